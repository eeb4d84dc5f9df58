"""``toolkit translate``: files and folders, or stdin, from one language to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.console import report_errors

if TYPE_CHECKING:
    from toolkit.runs import RunReport
    from toolkit.settings import Settings


def translate(
    paths: options.Paths,
    out: Annotated[str, typer.Option("--out", "-o", help="Folder for the translations.")] = "out",
    source: options.From = None,
    target: options.To = None,
    glossary: options.GlossaryFiles = None,
    builtin_glossary: options.BuiltinGlossary = None,
    package: options.PackageName = None,
    beam_size: options.Beam = None,
    threads: options.Threads = None,
    memory: options.MemoryFile = None,
    use_memory: options.UseMemory = None,
    drop_boilerplate: options.DropBoilerplate = None,
    max_size: options.MaxSize = None,
    include: options.Include = None,
    exclude: options.Exclude = None,
    format: Annotated[str | None, typer.Option("--format", help="Format of stdin.", show_default="text")] = None,  # noqa: A002
    pairs: Annotated[
        str | None, typer.Option("--pairs", help="Also write every sentence pair to this JSON Lines file.")
    ] = None,
    strict: options.Strict = False,
    as_json: options.Json = False,
    dry_run: options.DryRun = False,
    again: options.Again = False,
) -> None:
    """Translate files; each result keeps its format and its place in the tree (article.txt → out/article.en.txt)."""
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
            drop_boilerplate=drop_boilerplate,
            max_size=max_size,
        )
        if paths == ["-"]:
            _translate_stdin(settings, format or "text")
            return
        report = _translate_files(paths, out, settings, include, exclude, pairs, dry_run=dry_run, again=again)
        finish(report, as_json=as_json, strict=strict)


def _translate_stdin(settings: Settings, format: str) -> None:  # noqa: A002 - the word users know
    import sys

    from toolkit.api import open_translator
    from toolkit.documents import parse, write

    document = parse(sys.stdin.buffer.read(), format=format, language=settings.source)
    sys.stdout.buffer.write(write(next(open_translator(settings).translate([document]))))


def _translate_files(
    paths: list[str],
    out: str,
    settings: Settings,
    include: list[str] | None,
    exclude: list[str] | None,
    pairs: str | None,
    *,
    dry_run: bool,
    again: bool,
) -> RunReport:
    from contextlib import nullcontext
    from pathlib import Path

    from toolkit.api import open_translator
    from toolkit.cli.console import Progress, say
    from toolkit.runs import RunOptions, plan_jobs, translate_folder
    from toolkit.runs.pairs import pairs_file

    jobs = plan_jobs(paths, out, target=settings.target, include=include or (), exclude=exclude or ())
    translator = open_translator(settings)
    progress = Progress(len(jobs))
    with pairs_file(Path(pairs)) if pairs and not dry_run else nullcontext() as written:
        report = translate_folder(
            jobs,
            Path(out),
            translator,
            RunOptions(settings.max_size, again, dry_run),
            on_outcome=lambda outcome: progress.step(outcome.path),
            on_document=written.add if written else None,
        )
    for notice in translator.memory.notices if translator.memory else ():
        say(notice)
    return report


def finish(report: RunReport, *, as_json: bool, strict: bool) -> None:
    """Show what became of a run, and leave with the status it calls for."""
    from toolkit.cli.console import put_json
    from toolkit.cli.outcomes import say_outcomes

    say_outcomes(report)
    if as_json:
        put_json(report.as_dict())
    if report.count("failed"):
        raise typer.Exit(1)
    if strict and any(kind != "retried" for kind in report.flags):
        raise typer.Exit(3)
