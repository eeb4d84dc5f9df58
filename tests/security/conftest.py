"""What these tests share: the command line with a decoder that needs no package, and hostile articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from toolkit.cli.app import app
from toolkit.engines.base import Engine
from toolkit.engines.fake import FakeEngine
from toolkit.languages import LanguagePair

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command with `FakeEngine`, in a folder of its own."""

    def open_fake(pair: LanguagePair, package: str = "", threads: int = 0) -> Engine:
        return FakeEngine({"Das ist wahr.": "That is true."})

    monkeypatch.setattr("toolkit.api.open_engine", open_fake)
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return invoke
