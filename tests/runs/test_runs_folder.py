"""A folder is worked through whole: failures are named, nothing is done twice, nothing is left half."""

from __future__ import annotations

import errno
import multiprocessing
import os
from pathlib import Path

import pytest

from toolkit.engines.fake import FakeEngine
from toolkit.errors import OutputError
from toolkit.runs import RunOptions, RunReport, plan_jobs, translate_folder
from toolkit.runs.files import lock, write_atomically
from toolkit.translation import DocumentTranslator

SENTENCES = {"Das ist wahr.": "That is true.", "Er kam gestern.": "He came yesterday."}


def run(folder: Path, out: Path, engine: FakeEngine | None = None, **options: object) -> RunReport:
    translator = DocumentTranslator(engine or FakeEngine(SENTENCES))
    return translate_folder(plan_jobs([folder], out), out, translator, RunOptions(**options))  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    (place / "sub").mkdir(parents=True)
    (place / "a.txt").write_text("Das ist wahr.\n")
    (place / "sub" / "mit Leerzeichen 🙂.txt").write_text("Er kam gestern.\n\nDas ist wahr.\n")
    return place


def test_good_files_are_done_and_bad_ones_named_with_a_cure(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not really")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(64))
    (folder / "cp1252.txt").write_bytes("Das ist wahr.\nSchöne Grüße – „ja“.\n".encode("cp1252"))
    (folder / "large.txt").write_bytes(b"Das ist wahr.\n" * 90_000)
    os.symlink(folder, folder / "loop")

    report = run(folder, tmp_path / "out", max_size=1)

    failed = {Path(o.path).name: o for o in report.outcomes if o.status == "failed"}
    assert set(failed) == {"empty.txt", "binary.txt", "broken.docx", "picture.jpg", "large.txt"}
    assert all(o.reason and o.cure for o in failed.values())
    assert report.count("done") == 3
    assert (
        tmp_path / "out" / "sub" / "mit Leerzeichen 🙂.en.txt"
    ).read_text() == "He came yesterday.\n\nThat is true.\n"
    assert any("1252" in notice for o in report.outcomes for notice in o.notices)
    left = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and ".toolkit" not in path.parts]
    assert len(left) == 3


def test_a_second_run_does_only_what_is_new_or_changed(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(folder, out)
    (folder / "a.txt").write_text("Er kam gestern.\n")
    engine = FakeEngine(SENTENCES)

    report = run(folder, out, engine)

    assert [o.status for o in report.outcomes] == ["done", "unchanged"]
    assert engine.calls == [["Er kam gestern."]]
    assert report.outcomes[1].sentences == 2


def test_another_engine_makes_everything_new(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    engine = FakeEngine(SENTENCES)
    engine.identity = "another"
    assert run(folder, tmp_path / "out", engine).count("done") == 2


def test_a_changed_or_missing_output_is_made_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(folder, out)
    (out / "a.en.txt").write_text("edited")
    assert run(folder, out).count("done") == 1
    assert run(folder, out, again=True).count("done") == 2


def test_a_dry_run_writes_nothing(folder: Path, tmp_path: Path) -> None:
    report = run(folder, tmp_path / "out", dry_run=True)
    assert report.count("planned") == 2
    assert not (tmp_path / "out").exists()


def _die_after(folder: Path, out: Path, files: int) -> None:
    count = 0

    def strike(_: object) -> None:
        nonlocal count
        count += 1
        if count == files:
            os.kill(os.getpid(), 9)

    translate_folder(plan_jobs([folder], out), out, DocumentTranslator(FakeEngine(SENTENCES)), on_outcome=strike)


def test_after_sigkill_only_the_rest_is_done_with_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for n in range(8):
        (folder / f"more{n}.txt").write_text(f"Das ist wahr.\n\nNummer {n}.\n")
    whole = tmp_path / "whole"
    run(folder, whole)
    out = tmp_path / "out"
    child = multiprocessing.get_context("spawn").Process(target=_die_after, args=(folder, out, 5))
    child.start()
    child.join()
    assert child.exitcode == -9
    (out / ".a.en.txt.part").write_bytes(b"half")
    with (out / ".toolkit" / "manifest.jsonl").open("a") as manifest:
        manifest.write('{"version": 1, "name": "torn')

    report = run(folder, out)

    assert (report.count("unchanged"), report.count("done"), report.count("failed")) == (5, 5, 0)
    files = sorted(path.relative_to(whole) for path in whole.rglob("*.txt"))
    assert files == sorted(path.relative_to(out) for path in out.rglob("*.txt"))
    assert all((out / name).read_bytes() == (whole / name).read_bytes() for name in files)
    assert not list(out.rglob("*.part"))
    assert run(folder, out).count("unchanged") == 10


def test_two_runs_do_not_meet_in_one_folder(folder: Path, tmp_path: Path) -> None:
    with lock(tmp_path / "out"), pytest.raises(OutputError, match="another run"):
        run(folder, tmp_path / "out")
    assert run(folder, tmp_path / "out").count("done") == 2


def test_a_full_disk_fails_the_file_and_leaves_nothing_of_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def full(descriptor: int) -> None:
        if os.readlink(f"/proc/self/fd/{descriptor}").endswith("a.en.txt.part"):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    report = run(folder, tmp_path / "out")

    assert next((o.status, o.reason) for o in report.outcomes) == (
        "failed",
        "cannot be written: No space left on device",
    )
    assert report.count("done") == 1
    assert not list((tmp_path / "out").rglob("*.part"))


def test_an_unreadable_file_is_named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """(The suite may run as root, who can read everything: the system's answer is made up.)"""
    real = Path.open

    def refuse(self: Path, *arguments: object, **options: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return real(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", refuse)
    report = run(folder, tmp_path / "out")
    assert [o.status for o in report.outcomes] == ["failed", "done"]
    assert "Permission denied" in report.outcomes[0].reason


def test_atomic_writing_replaces_or_does_nothing(tmp_path: Path) -> None:
    place = tmp_path / "x" / "y.txt"
    write_atomically(place, b"one")
    write_atomically(place, b"two")
    assert place.read_bytes() == b"two"
    with pytest.raises(OutputError, match="cannot be written"):
        write_atomically(place / "z.txt", b"three")
    assert [path.name for path in place.parent.iterdir()] == ["y.txt"]


def test_the_report_as_json_counts_everything(folder: Path, tmp_path: Path) -> None:
    data = run(folder, tmp_path / "out").as_dict()
    assert data["schema_version"] == 1
    assert data["totals"] == {"done": 2, "unchanged": 0, "failed": 0, "planned": 0}
    assert [file["sentences"] for file in data["files"]] == [1, 2]
