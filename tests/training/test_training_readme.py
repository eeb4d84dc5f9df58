"""The recipe's README gives only commands and options that exist."""

import importlib
import re
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "training" / "README.md"


def commands() -> list[tuple[str, tuple[str, ...]]]:
    """(program, its options) of every command in the README's shell blocks."""
    text = "\n".join(re.findall(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL))
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        match = re.match(r"(?:python -m training\.|bash training/)(\w+)", line)
        if match:
            program = "train" if match[1] == "background" else match[1]
            found.append((program, tuple(re.findall(r"(?<= )--[a-z0-9-]+", line))))
    return found


def test_the_readme_has_every_step() -> None:
    assert {program for program, _ in commands()} == {
        "annotate", "backtranslate", "export", "obedience", "prepare", "score", "train", "vocabulary"
    }  # fmt: skip


@pytest.mark.parametrize(("program", "options"), sorted(set(commands())))
def test_documented_options_exist(
    program: str, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if program == "train":
        pytest.importorskip("torch", reason="training.train needs torch: pip install '.[training]'")
    module = importlib.import_module(f"training.{program}")
    monkeypatch.setattr("sys.argv", [program, "--help"])
    with pytest.raises(SystemExit) as leaving:
        module.main()
    assert leaving.value.code == 0
    known = re.findall(r"--[a-z0-9-]+", capsys.readouterr().out)
    assert set(options) <= set(known)
