"""What ``translate`` and ``brief`` share: working through files, saying how far, and leaving with the right status."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from toolkit.cli.console import Progress, put_json, say

if TYPE_CHECKING:
    from toolkit.api import Translator
    from toolkit.runs import Job, RunReport
    from toolkit.settings import Settings
    from toolkit.types import TranslatedDocument


def work_through(
    jobs: Sequence[Job],
    out: str,
    settings: Settings,
    translator: Translator,
    on_document: Callable[[TranslatedDocument], None] | None,
    *,
    dry_run: bool,
    again: bool = False,
) -> RunReport:
    """Translate *jobs* with a progress line; see `toolkit.runs.translate_folder`."""
    from toolkit.runs import RunOptions, translate_folder

    progress = Progress(len(jobs))
    report = translate_folder(
        jobs,
        Path(out),
        translator,
        RunOptions(settings.max_size, again, dry_run),
        on_outcome=lambda outcome: progress.step(outcome.path),
        on_document=on_document,
    )
    for notice in translator.memory.notices if translator.memory else ():
        say(f"note: {notice}")
    return report


def finish(report: RunReport, *, as_json: bool, strict: bool) -> None:
    """Show what became of a run, and leave with the status it calls for."""
    from toolkit.cli.outcomes import say_outcomes

    say_outcomes(report)
    if as_json:
        put_json(report.as_dict())
    if report.count("failed"):
        raise typer.Exit(1)
    if strict and any(kind != "retried" for kind in report.flags):
        raise typer.Exit(3)
