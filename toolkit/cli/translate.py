"""``toolkit translate``: files and folders, or stdin, from one language to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.console import report_errors

if TYPE_CHECKING:
    from toolkit.settings import Settings


def translate(
    context: typer.Context,
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
    from contextlib import nullcontext
    from pathlib import Path

    from toolkit.api import open_translator
    from toolkit.cli.folder import finish, work_through
    from toolkit.runs import plan_jobs
    from toolkit.runs.pairs import pairs_file

    with report_errors():
        settings = options.settings_from(context)
        if paths == ["-"]:
            _translate_stdin(settings, format or "text")
            return
        jobs = plan_jobs(paths, out, target=settings.target, include=include or (), exclude=exclude or ())
        translator = open_translator(settings)
        with pairs_file(Path(pairs)) if pairs and not dry_run else nullcontext() as written:
            add = written.add if written else None
            report = work_through(jobs, out, settings, translator, add, dry_run=dry_run, again=again)
        finish(report, as_json=as_json, strict=strict)


def _translate_stdin(settings: Settings, format: str) -> None:  # noqa: A002 - the word users know
    import sys

    from toolkit.api import open_translator
    from toolkit.documents import parse, write

    document = parse(sys.stdin.buffer.read(), format=format, language=settings.source)
    sys.stdout.buffer.write(write(next(open_translator(settings).translate([document]))))
