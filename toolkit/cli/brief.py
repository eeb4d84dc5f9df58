"""``toolkit brief``: translate a folder and write one bilingual briefing over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.console import report_errors, say

if TYPE_CHECKING:
    from toolkit.briefings import Briefing, FormatName
    from toolkit.errors import InputError
    from toolkit.runs import RunReport
    from toolkit.types import TranslatedDocument

ALWAYS = ("html", "markdown", "json")


def brief(
    context: typer.Context,
    paths: options.Paths,
    out: Annotated[str, typer.Option("--out", "-o", help="Folder for translations and briefing.")] = "out",
    title: Annotated[str | None, typer.Option("--title", help="Title of the briefing.", show_default=False)] = None,
    sentences: Annotated[int, typer.Option("--sentences", min=1, help="Bullets a story.")] = 4,
    also: Annotated[list[str] | None, typer.Option("--also", help="More formats: docx, text; may be repeated.")] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="Date to print on the briefing (ISO 8601).", show_default="none")
    ] = None,
    source: options.From = None,
    target: options.To = None,
    glossary: options.GlossaryFiles = None,
    builtin_glossary: options.BuiltinGlossary = None,
    package: options.PackageName = None,
    beam_size: options.Beam = None,
    threads: options.Threads = None,
    memory: options.MemoryFile = None,
    use_memory: options.UseMemory = None,
    max_size: options.MaxSize = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    strict: options.Strict = False,
    as_json: options.Json = False,
    dry_run: options.DryRun = False,
) -> None:
    """Translate files and write briefing.html, briefing.md and briefing.json beside the translations."""
    from toolkit.api import open_translator
    from toolkit.briefings import build
    from toolkit.cli.folder import finish, work_through
    from toolkit.runs import plan_jobs

    with report_errors():
        settings = options.settings_from(context)
        formats = _formats(also)
        jobs = plan_jobs(paths, out, target=settings.target, include=include or (), exclude=exclude or ())
        translator = open_translator(settings)
        articles: list[TranslatedDocument] = []
        report = work_through(jobs, out, settings, translator, articles.append, dry_run=dry_run)
        if articles:
            briefing = build(
                articles,
                title=title,
                sentences=sentences,
                generated_at=date,
                glossary=translator.glossary,
                errors=_errors(report),
            )
            _write(briefing, out, formats)
        finish(report, as_json=as_json, strict=strict)


def _formats(also: list[str] | None) -> list[FormatName]:
    from toolkit.briefings import FORMATS
    from toolkit.errors import InputError

    for name in also or ():
        if name not in FORMATS:
            raise InputError(f"there is no briefing format {name!r}", cure="use one of " + ", ".join(FORMATS))
    return [name for name in FORMATS if name in ALWAYS or name in (also or ())]


def _errors(report: RunReport) -> list[InputError]:
    """The files that failed, for the briefing to name."""
    from toolkit.errors import InputError

    failed = (outcome for outcome in report.outcomes if outcome.status == "failed")
    return [InputError(outcome.reason, where=outcome.path, cure=outcome.cure) for outcome in failed]


def _write(briefing: Briefing, out: str, formats: list[FormatName]) -> None:
    from pathlib import Path

    from toolkit.briefings import SUFFIXES, render
    from toolkit.runs.files import write_atomically

    for name in formats:
        path = Path(out) / f"briefing{SUFFIXES[name]}"
        write_atomically(path, render(briefing, name))
        say(f"wrote {path}")
