"""Every command answers --help, is documented, and turns errors into messages and exit statuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.conftest import ROOT
from toolkit.cli.app import app
from toolkit.cli.console import clean, report_errors
from toolkit.engines.base import Engine
from toolkit.engines.fake import FakeEngine
from toolkit.errors import EngineError, InputError, PackageNotInstalled, ToolkitError
from toolkit.languages import LanguagePair

runner = CliRunner()
TABLE = {"Das ist wahr.": "That is true.", "Es kamen 70 Menschen.": "There came 17 people."}


def commands(group: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    subcommands = getattr(group, "commands", None)
    if subcommands:
        for name, command in subcommands.items():
            yield from commands(command, (*path, name))
    else:
        yield path


COMMANDS = list(commands(typer.main.get_command(app)))


@pytest.fixture
def fake_engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    engine = FakeEngine(TABLE)

    def open_fake(pair: LanguagePair, package: str = "", threads: int = 0) -> Engine:
        if pair.target != "en":
            raise PackageNotInstalled(pair.source, pair.target)
        return engine

    monkeypatch.setattr("toolkit.api.open_engine", open_fake)
    return engine


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_and_is_in_the_docs(command: tuple[str, ...]) -> None:
    result = runner.invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert len(result.stdout.split()) > 15
    docs = "".join(path.read_text() for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    assert " ".join(command[:1]) in docs
    assert command[-1] in docs


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError("bad"), 2),
        (EngineError("bad"), 4),
        (PackageNotInstalled("de", "xx"), 4),
        (ToolkitError("bad"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_errors_become_exit_statuses_and_one_line(
    error: BaseException, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_, report_errors():
        raise error
    assert exit_.value.code == status
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_no_control_character_reaches_the_terminal() -> None:
    assert clean("a\x1b]0;title\x07b\x9bc\n") == "a\\x1b]0;title\\x07b\\x9bc\n"


def test_translate_reports_as_json_and_says_what_to_look_at(fake_engine: FakeEngine, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Das ist wahr. Es kamen 70 Menschen.")
    result = runner.invoke(app, ["translate", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--json"])
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["flags"] == {"numbers": 1}
    assert report["files"][0]["output"].endswith("a.en.txt")
    assert "1 other numbers" in result.stderr


def test_strict_makes_a_flag_an_exit_status(fake_engine: FakeEngine, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Es kamen 70 Menschen.")
    assert (
        runner.invoke(app, ["translate", str(tmp_path / "a.txt"), "--out", str(tmp_path / "o"), "--strict"]).exit_code
        == 3
    )


def test_a_failed_file_makes_the_exit_status_one(fake_engine: FakeEngine, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Das ist wahr.")
    (tmp_path / "b.txt").write_bytes(b"\0\0")
    result = runner.invoke(app, ["translate", str(tmp_path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "b.txt" in result.stderr
    assert "Cure:" in result.stderr


def test_pairs_are_written_with_everything_known_of_them(fake_engine: FakeEngine, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Das ist wahr. Es kamen 70 Menschen.")
    pairs = tmp_path / "pairs.jsonl"
    runner.invoke(app, ["translate", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--pairs", str(pairs)])
    first, second = map(json.loads, pairs.read_text().splitlines())
    assert (first["source"], first["target"], first["flags"]) == ("Das ist wahr.", "That is true.", [])
    assert second["flags"][0]["kind"] == "numbers"
    assert second["span"] == [14, 35]


def test_a_dry_run_names_the_outputs_and_makes_none(fake_engine: FakeEngine, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Das ist wahr.")
    result = runner.invoke(app, ["translate", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--dry-run"])
    assert result.exit_code == 0
    assert "a.en.txt" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["translate", "nowhere"], 2, "no such file"),
        (["translate", "seeds", "--to", "fr"], 4, "toolkit models install de_fr"),
        (["translate", "seeds", "--to", "French"], 2, "BCP 47"),
        (["translate", "seeds", "--glossary", "nowhere.tsv"], 2, "nowhere.tsv"),
        (["brief", "seeds", "--also", "pdf"], 2, "one of html"),
        (["summarize", "seeds", "--method", "lexrank2"], 2, "lex-rank"),
        (["summarize", "seeds", "--sentences", "2", "--words", "5"], 2, "one of --sentences"),
        (["memory", "export", "memory.txt"], 2, "tmx"),
        (["models", "install", "nowhere.argosmodel"], 4, "nowhere.argosmodel"),
        (["models", "info", "translate-xx_yy"], 4, "models list"),
    ],
)
def test_mistakes_are_answered_with_a_cure(
    fake_engine: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    status: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("Das ist wahr. Das ist gut. Das ist schön.")
    result = runner.invoke(app, arguments)
    assert (result.exit_code, message in result.stderr) == (status, True), result.output
    assert "Traceback" not in result.output


def test_memory_goes_out_and_comes_back(fake_engine: FakeEngine, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Das ist wahr.")
    runner.invoke(app, ["translate", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out")])
    assert runner.invoke(app, ["memory", "export", str(tmp_path / "m.tmx")]).exit_code == 0
    assert runner.invoke(app, ["memory", "clear", "--yes"]).exit_code == 0
    assert runner.invoke(app, ["memory", "import", str(tmp_path / "m.tmx")]).exit_code == 0
    statistics = json.loads(runner.invoke(app, ["memory", "stats", "--json"]).stdout)
    assert statistics["by_engine"] == {"imported": 1}
