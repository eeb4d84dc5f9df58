"""Nothing in a file's name or text reaches the terminal as a command, and no name stops a run."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.security.conftest import Run

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Escape sequences (ESC and the one-byte CSI), bells, backspaces, marks that reorder text, halves of letters."""
TEXT = (
    "Das ist wahr. Er kam mit \x1b[31m roter \x9b2J Farbe und \u202e am Montag nach Peking \x1b]0;x\x07. "
    "Die Regierung trat am Dienstag in Berlin zurück, sagte ein Sprecher des Ministers.\n"
)
NAME = "a\x1b[31m\x07\x9b2J\u202etxt.txt"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with a good and a bad file, both with names that are commands."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / NAME).write_text(TEXT)
    (folder / "b\x1b]0;x\x07\n.jpg").write_bytes(b"no article")
    return folder


COMMANDS = [
    ("translate", "in", "--out", "out"),
    ("translate", "in", "--out", "out", "--json"),
    ("translate", "in", "--out", "out", "--dry-run"),
    ("translate", f"in/{NAME}", "--out", f"in/{NAME}"),
    ("summarize", "in"),
    ("summarize", "in", "--json"),
    ("summarize", f"in/{NAME}", "--language", "en"),
    ("summarize", f"in/{NAME}", "--bilingual"),
    ("brief", "in", "--out", "out"),
    ("brief", "in", "--out", "out", "--json"),
    ("glossary", "suggest", f"in/{NAME}"),
    ("glossary", "check", f"in/{NAME}"),
    ("memory", "import", f"in/{NAME}"),
    ("models", "install", f"in/{NAME}"),
    ("models", "info", f"in/{NAME}"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: re.sub(r"[^\w -]", "", " ".join(command)))
def test_no_output_holds_a_character_that_a_terminal_obeys(run: Run, hostile: Path, command: tuple[str, ...]) -> None:
    result = run(*command)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.stdout or result.stderr
    assert not OBEYED.search(result.stdout)
    assert not OBEYED.search(result.stderr)


def test_json_says_the_name_as_it_is(run: Run, hostile: Path) -> None:
    result = run("translate", hostile, "--out", "out", "--json")
    assert json.loads(result.stdout)["files"][0]["path"].endswith(NAME)


def test_a_name_that_is_no_text_is_named_and_the_others_are_done(run: Run, tmp_path: Path) -> None:
    """Linux allows any bytes in a name; Python shows them as halves of letters, which no file or report can hold."""
    folder = tmp_path / "in"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.txt")).write_text("Das ist wahr.")
    (folder / "b.txt").write_text("Das ist wahr.")
    for command in (["translate", "in", "--out", "a", "--json", "--pairs", "p"], ["brief", "in", "--out", "b"]):
        result = run(*command)
        assert result.exit_code == 1, result.output
        assert "Cure: rename it" in result.stderr
        assert (tmp_path / command[3] / "b.en.txt").read_text() == "That is true."
    assert run("summarize", "in").exit_code == 0
