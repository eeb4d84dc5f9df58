"""``toolkit brief``: translate a folder and write one bilingual briefing over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.console import report_errors
from toolkit.cli.translate import finish

if TYPE_CHECKING:
    from toolkit.briefings import FormatName
    from toolkit.runs import RunReport
    from toolkit.settings import Settings

ALWAYS = ("html", "markdown", "json")


def brief(
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
    with report_errors():
        settings = options.settings_from(
            source=source,
            target=target,
            glossary=glossary,
            builtin_glossary=builtin_glossary,
            package=package,
            beam_size=beam_size,
            threads=threads,
            memory=memory,
            use_memory=use_memory,
            max_size=max_size,
        )
        report = _brief(
            paths,
            out,
            settings,
            (include, exclude),
            _formats(also),
            title=title,
            sentences=sentences,
            date=date,
            dry_run=dry_run,
        )
        finish(report, as_json=as_json, strict=strict)


def _formats(also: list[str] | None) -> list[FormatName]:
    from toolkit.briefings import FORMATS
    from toolkit.errors import InputError

    for name in also or ():
        if name not in FORMATS:
            raise InputError(f"there is no briefing format {name!r}", cure="use one of " + ", ".join(FORMATS))
    return [name for name in FORMATS if name in ALWAYS or name in (also or ())]


def _brief(
    paths: list[str],
    out: str,
    settings: Settings,
    globs: tuple[list[str] | None, list[str] | None],
    formats: list[FormatName],
    *,
    title: str | None,
    sentences: int,
    date: str | None,
    dry_run: bool,
) -> RunReport:
    from pathlib import Path

    from toolkit.api import open_translator
    from toolkit.briefings import SUFFIXES, build, render
    from toolkit.cli.console import Progress, say
    from toolkit.errors import InputError
    from toolkit.runs import RunOptions, plan_jobs, translate_folder
    from toolkit.runs.files import write_atomically
    from toolkit.types import TranslatedDocument

    include, exclude = globs
    jobs = plan_jobs(paths, out, target=settings.target, include=include or (), exclude=exclude or ())
    translator = open_translator(settings)
    progress = Progress(len(jobs))
    articles: list[TranslatedDocument] = []
    report = translate_folder(
        jobs,
        Path(out),
        translator,
        RunOptions(settings.max_size, dry_run=dry_run),
        on_outcome=lambda outcome: progress.step(outcome.path),
        on_document=articles.append,
    )
    if articles:
        errors = [
            InputError(outcome.reason, where=outcome.path, cure=outcome.cure)
            for outcome in report.outcomes
            if outcome.status == "failed"
        ]
        briefing = build(
            articles, title=title, sentences=sentences, generated_at=date, glossary=translator.glossary, errors=errors
        )
        for name in formats:
            path = Path(out) / f"briefing{SUFFIXES[name]}"
            write_atomically(path, render(briefing, name))
            say(f"wrote {path}")
    return report
