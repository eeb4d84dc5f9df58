"""The main job, as a user runs it: the installed command, the built-in package, the five real articles."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

STEMS = [
    "000_8c1793af080bb79d",
    "001_2612218f5bf9bc56",
    "002_16f8a168350e8805",
    "003_4aeaa9fc9e734761",
    "004_e33f22081f87459f",
]
NO_SOCKETS = """
import socket, sys
def refuse(*_, **__): raise OSError("no network in tests")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


def toolkit(*arguments: str, home: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, in which no socket can be opened."""
    code = NO_SOCKETS + f"sys.argv = {['toolkit', *arguments]!r}\nfrom toolkit.cli.app import main\nmain()\n"
    environment = os.environ | {"XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def out(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    result = toolkit("brief", "seeds", "--out", str(folder), home=home)
    assert result.returncode == 0, result.stderr
    return folder


def english(out: Path, number: int) -> str:
    return (out / f"{STEMS[number]}.en.txt").read_text()


def test_every_article_has_its_english_and_there_is_a_briefing(out: Path) -> None:
    names = {path.name for path in out.iterdir() if path.is_file()}
    assert names == {f"{stem}.en.txt" for stem in STEMS} | {"briefing.html", "briefing.md", "briefing.json"}


@pytest.mark.parametrize("number", range(5))
def test_layout_stays_line_for_line(out: Path, seeds: Path, number: int) -> None:
    german = (seeds / f"{STEMS[number]}.txt").read_text().split("\n")
    assert [bool(line.strip()) for line in english(out, number).split("\n")] == [bool(line.strip()) for line in german]


def test_names_come_out_right(out: Path) -> None:
    whole = "\n".join(english(out, number) for number in range(5))
    for name in (
        "Xi Jinping",
        "Vladimir Putin",
        "Ushakov",
        "Kyiv",
        "Kharkiv",
        "Volodymyr Zelensky",
        "Beijing",
        "Xinjiang",
    ):
        assert name in whole
    for wrong in ("Uschakow", "Wladimir", "Selenskyj", "Charkiw", "Peking", "Kiewer", "⟦", "⟧", "→"):
        assert wrong not in whole


def test_the_briefing_holds_four_events_and_no_advertisement(out: Path) -> None:
    briefing = json.loads((out / "briefing.json").read_text())
    assert len(briefing["articles"]) == 5
    assert len(briefing["stories"]) == 4
    bullets = json.dumps([briefing["key_points"], briefing["stories"]], ensure_ascii=False)
    for advertisement in ("Adblocker", "Krypto", "reuters.com", "Schreibe einen Kommentar", "More Stories", "Bierfan"):
        assert advertisement not in bullets


def test_the_html_asks_nobody_outside(out: Path) -> None:
    html = (out / "briefing.html").read_text()
    assert "Content-Security-Policy" in html
    assert not re.search(r"""(?:src|href)=["'](?!#|data:)""", html)


def test_the_same_command_again_does_nothing_twice_and_gives_the_same_bytes(out: Path, home: Path) -> None:
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    result = toolkit("brief", "seeds", "--out", str(out), home=home)
    assert "0 translated, 5 unchanged, 0 failed" in result.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before


def test_stdin_and_library_give_the_same_bytes(home: Path) -> None:
    from toolkit import Translator

    text = "Juri Uschakow sprach am Donnerstag in Peking.\n\n  Der Kreml schweigt.\n"
    result = toolkit("translate", "-", "--from", "de", "--to", "en", home=home, stdin=text)
    assert result.returncode == 0, result.stderr
    assert result.stdout == Translator().translate_text(text)
    assert "Ushakov" in result.stdout


@pytest.mark.parametrize("language", ["de", "en"])
def test_summaries_as_json_lines(home: Path, language: str) -> None:
    result = toolkit("summarize", "seeds", "--language", language, "--sentences", "2", "--json", home=home)
    assert result.returncode == 0, result.stderr
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [Path(line["path"]).stem for line in lines] == STEMS
    assert all(
        len(line["sentences"]) == 2 and all(isinstance(text, str) for text in line["sentences"]) for line in lines
    )


def test_evaluation_as_json(home: Path, tmp_path: Path) -> None:
    (tmp_path / "de").write_text("Der Präsident sprach am Montag.\nDie Regierung trat zurück. Das Volk feierte.\n")
    (tmp_path / "en").write_text("The president spoke on Monday.\nThe government resigned. The people celebrated.\n")
    result = toolkit(
        "evaluate",
        "translation",
        "--source",
        str(tmp_path / "de"),
        "--reference",
        str(tmp_path / "en"),
        "--json",
        home=home,
    )
    scores = json.loads(result.stdout)
    assert 20 < scores["bleu"] < 100.01
    assert 40 < scores["chrf"] <= 100


def test_models_and_doctor_say_what_would_be_used(home: Path) -> None:
    packages = json.loads(toolkit("models", "list", "--json", home=home).stdout)["packages"]
    assert [(p["name"], p["builtin"], p["used"]) for p in packages] == [("translate-de_en", True, True)]
    result = toolkit("doctor", home=home)
    assert result.returncode == 0
    assert packages[0]["sha256"][:12] in result.stdout
