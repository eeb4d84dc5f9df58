"""Faults thrown at the real command with the real package, and at a run from within: the same bytes or a plain word."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.models.tiny import decodable_archive
from toolkit.engines.base import DecodingOptions
from toolkit.engines.fake import FakeEngine
from toolkit.memory import TranslationMemory
from toolkit.models import PackageStore
from toolkit.runs import FileOutcome, plan_jobs, translate_folder
from toolkit.translation import DocumentTranslator
from toolkit.types import Hypothesis

SENTENCES = ("Das ist wahr.", "Putin traf Xi am 15. Dezember.", "Die Regierung trat zurück.", "Der Kreml schweigt.")
KILLS = 3


def start(*arguments: str | Path, home: Path, **streams: int) -> subprocess.Popen[bytes]:
    """The command line in a process of its own, with a home (memory, packages) of its own."""
    environment = os.environ | {"XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "toolkit", *map(str, arguments)]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    return subprocess.Popen(command, env=environment, cwd=ROOT, **pipes)  # type: ignore[call-overload,no-any-return]


def finish(*arguments: str | Path, home: Path, **streams: int) -> tuple[int, str, str]:
    """Run it to its end: status, stdout, stderr."""
    process = start(*arguments, home=home, **streams)
    out, err = process.communicate()
    return process.returncode, (out or b"").decode(), (err or b"").decode()


def results(out: Path) -> dict[str, bytes]:
    """What a run has made, without its own folder."""
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for number in range(8):
        lines = [f"Meldung {number}: {SENTENCES[number % 4]}", SENTENCES[(number + 1) % 4]]
        (place / f"{number:02d}.txt").write_text("\n\n".join(lines) + "\n")
    return place


def test_killed_at_any_moment_the_same_command_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """SIGKILL at moments spread over a run (the seed is fixed, the machine's speed is not: any moment will do)."""
    began = time.monotonic()
    assert finish("translate", folder, "--out", tmp_path / "whole", home=tmp_path / "home1")[0] == 0
    length = time.monotonic() - began
    out, home, chance = tmp_path / "out", tmp_path / "home2", random.Random(7)
    for _ in range(KILLS):
        process = start("translate", folder, "--out", out, home=home)
        time.sleep(length * chance.uniform(0.3, 1.0))
        process.kill()
        process.communicate()
    status, _, err = finish("translate", folder, "--out", out, home=home)
    assert status == 0, err
    assert results(out) == results(tmp_path / "whole")
    assert "damaged" not in err


def test_ctrl_c_ends_it_at_once_with_130_and_whole_files_only(folder: Path, tmp_path: Path) -> None:
    """In the middle of a window of a thousand sentences: nobody waits till it is decoded."""
    for number in range(300):
        (folder / f"more{number}.txt").write_text(f"Er kam {number} Mal am Montag, dann am Dienstag nach Peking.\n")
    out = tmp_path / "out"
    process = start("translate", folder, "--out", out, "--no-memory", home=tmp_path / "home")
    while not (out / ".toolkit" / "lock").exists():
        assert process.poll() is None
        time.sleep(0.05)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    assert "interrupted" in err.decode()
    assert "Traceback" not in err.decode()
    assert not list(out.rglob("*.part"))


def test_a_truncated_package_is_named_and_results_stay(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    store = PackageStore(home / "argos-translate" / "packages")
    package = store.install(decodable_archive(tmp_path / "p.argosmodel", "de", "en"))
    command = ("translate", folder, "--out", tmp_path / "out", "--no-memory", "--no-builtin-glossary")
    assert finish(*command, home=home)[0] == 0
    before = results(tmp_path / "out")
    weights = package.path / "model" / "model.bin"
    weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])
    status, _, err = finish(*command, home=home)
    assert status == 4
    assert "cannot be loaded" in err
    assert "Cure:" in err
    assert results(tmp_path / "out") == before


@pytest.mark.parametrize("command", [("translate", "-", "--no-memory"), ("models", "list", "--json"), ("doctor",)])
def test_closed_streams_are_no_crash(command: tuple[str, ...], tmp_path: Path) -> None:
    shell = f'"{sys.executable}" -m toolkit {" ".join(command)} <&- >&-'
    environment = os.environ | {"XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    process = start("models", "list", "--json", home=tmp_path)
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate()
    assert (process.returncode, err) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_behind_stdout_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        status, _, err = finish("models", "list", "--json", home=tmp_path, stdout=full.fileno())
    assert status == 1
    assert "No space left" in err
    assert "Traceback" not in err


def _translate(folder: Path, out: Path, memory: TranslationMemory | None = None, **calls: object) -> list[FileOutcome]:
    translator = DocumentTranslator(calls.pop("engine", FakeEngine()), memory=memory)  # type: ignore[arg-type]
    return list(translate_folder(plan_jobs([folder], out), out, translator, **calls).outcomes)  # type: ignore[arg-type]


class Saboteur(FakeEngine):
    """Strikes while the first sentences are decoded: between recalling and storing."""

    def __init__(self, memory: Path) -> None:
        super().__init__()
        self.memory = memory

    def translate(self, sources, options: DecodingOptions, **more) -> list[tuple[Hypothesis, ...]]:  # type: ignore[no-untyped-def]
        self.memory.write_bytes(b"no database any more" * 500)
        return super().translate(sources, options, **more)


def test_a_memory_destroyed_during_a_run_costs_no_translation(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    memory = TranslationMemory(path)
    outcomes = _translate(folder, tmp_path / "out", memory, engine=Saboteur(path))
    assert {outcome.status for outcome in outcomes} == {"done"}
    assert any("went on without it" in notice for notice in memory.notices)
    assert TranslationMemory(path).notices, "the next run sets it aside"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of a second instead of thirty."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda database, timeout: connect(database, timeout=0.01))


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[TranslationMemory]:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    other = sqlite3.connect(tmp_path / "m.sqlite")
    other.execute("BEGIN IMMEDIATE")
    yield memory
    other.close()


def test_a_memory_that_stays_locked_costs_no_translation(
    folder: Path, tmp_path: Path, locked: TranslationMemory, impatient: None
) -> None:
    outcomes = _translate(folder, tmp_path / "out", locked)
    assert {outcome.status for outcome in outcomes} == {"done"}
    assert "locked" in locked.notices[0]


@pytest.mark.parametrize("data", ["", "{}", "[1]", "x", '{"source": 1}', "[" * 100_000])
def test_a_row_that_somebody_changed_is_decoded_anew(folder: Path, tmp_path: Path, data: str) -> None:
    path = tmp_path / "m.sqlite"
    _translate(folder, tmp_path / "one", TranslationMemory(path))
    with sqlite3.connect(path) as database:
        database.execute("UPDATE pair SET data = ?", (data,))
    database.close()
    _translate(folder, tmp_path / "two", TranslationMemory(path))
    assert results(tmp_path / "two") == results(tmp_path / "one")


def test_an_output_folder_removed_during_the_run_is_made_again(folder: Path, tmp_path: Path) -> None:
    out, seen = tmp_path / "out", []

    def remove(outcome: FileOutcome) -> None:
        seen.append(outcome.path)
        if len(seen) == 3:
            shutil.rmtree(out)

    outcomes = _translate(folder, out, on_outcome=remove)
    assert {outcome.status for outcome in outcomes} == {"done"}
    assert len(results(out)) == len(outcomes) - 3
    again = _translate(folder, out)
    assert [outcome.status for outcome in again] == ["done"] * 3 + ["unchanged"] * (len(outcomes) - 3)


def test_the_clock_decides_nothing(folder: Path, tmp_path: Path) -> None:
    """Times far back and far ahead on inputs and outputs: what is done stays done, for contents say so."""
    _translate(folder, tmp_path / "out")
    before = results(tmp_path / "out")
    for path, moment in zip([*folder.iterdir(), *(tmp_path / "out").glob("*.txt")], [0, 4e9] * 8, strict=True):
        os.utime(path, (moment, moment))
    assert {outcome.status for outcome in _translate(folder, tmp_path / "out")} == {"unchanged"}
    assert results(tmp_path / "out") == before
