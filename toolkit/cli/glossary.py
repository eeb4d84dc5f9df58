"""``toolkit glossary``: check a term base or a translation, propose entries, convert between formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.console import report_errors

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.glossary.report import GlossaryReport
    from toolkit.settings import Settings
    from toolkit.types import Document, SegmentPair

app = typer.Typer(help="Term bases: check, suggest, convert.", no_args_is_help=True)


@app.command()
def check(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Term bases to validate; or an article and its translation (files or folders)."),
    ] = None,
    glossary: options.GlossaryFiles = None,
    builtin_glossary: options.BuiltinGlossary = None,
    strict: options.Strict = False,
    as_json: options.Json = False,
) -> None:
    """Validate term bases; or audit a translation: ``check articles out`` reports every term in it."""
    from toolkit.cli.console import put, put_json

    with report_errors():
        settings = options.settings_from(context)
        if paths is None or all(path.endswith((".tsv", ".csv", ".tbx")) for path in paths):
            _validate(paths or [], settings, as_json=as_json)
            return
        report = _audit(paths, settings)
        if as_json:
            put_json({"schema_version": 1, **report.as_data()})
        else:
            put(report.as_table())
        if strict and report.unenforced:
            raise typer.Exit(3)


def _validate(paths: list[str], settings: Settings, *, as_json: bool) -> None:
    from toolkit.cli.console import put_json, put_table
    from toolkit.glossary import Glossary
    from toolkit.languages import LanguagePair

    found = {path: Glossary.load(path) for path in paths}
    if not found:
        found = {"built in": Glossary.builtin(LanguagePair(settings.source, settings.target))}
    rows = [(path, len(glossary.entries), glossary.signature) for path, glossary in found.items()]
    if as_json:
        names = ("path", "entries", "signature")
        put_json({"schema_version": 1, "glossaries": [dict(zip(names, row, strict=True)) for row in rows]})
    else:
        put_table(("term base", "entries", "signature"), list(rows))


def _audit(paths: list[str], settings: Settings) -> GlossaryReport:
    from toolkit.api import open_glossary
    from toolkit.errors import InputError
    from toolkit.glossary.audit import audit, pair_up
    from toolkit.glossary.report import GlossaryReport

    if len(paths) != 2:
        raise InputError("an audit takes two paths", cure="toolkit glossary check ARTICLES TRANSLATIONS")
    glossary = open_glossary(settings)
    pairs: dict[str, tuple[SegmentPair, ...]] = {}
    for source, target in _matched(paths[0], paths[1], settings):
        found = pair_up(_segmented(source, settings.source), _segmented(target, settings.target))
        pairs[str(source)] = audit(glossary, found)
    return GlossaryReport.from_pairs(pairs, glossary)


def _matched(source: str, target: str, settings: Settings) -> list[tuple[Path, Path]]:
    """Articles with their translations, which stand where ``translate`` would put them."""
    from pathlib import Path

    from toolkit.errors import InputError
    from toolkit.runs import plan_jobs

    if not Path(source).is_dir():
        return [(Path(source), Path(target))]
    jobs = plan_jobs([source], target, target=settings.target)
    matched = [(job.path, job.output) for job in jobs if job.output.is_file()]
    if not matched:
        raise InputError(
            f"holds no translation of a file in {source}", where=target, cure="name the --out folder of translate"
        )
    return matched


def _segmented(path: Path, language: str) -> Document:
    from toolkit.documents import read
    from toolkit.text.segmentation import segment

    return segment(read(path, language=language))


@app.command()
def suggest(
    context: typer.Context,
    paths: options.Paths,
    out: Annotated[str | None, typer.Option("--out", "-o", help="Term base to write.", show_default="stdout")] = None,
    translate: Annotated[
        bool, typer.Option("--translate", help="Also translate, to find names that come out in several ways.")
    ] = False,
    glossary: options.GlossaryFiles = None,
    builtin_glossary: options.BuiltinGlossary = None,
    as_json: options.Json = False,
) -> None:
    """Propose entries for names that are spelled in several ways or transliterated; edit the file, pass it back."""
    from dataclasses import asdict
    from pathlib import Path

    from toolkit.api import open_glossary, open_translator
    from toolkit.cli.console import put, put_json, say
    from toolkit.documents import read
    from toolkit.glossary.suggest import suggest as make_suggestions
    from toolkit.glossary.suggest import texts_of, write
    from toolkit.runs import plan_jobs
    from toolkit.runs.files import write_atomically

    with report_errors():
        settings = options.settings_from(context)
        documents = [read(job.path, language=settings.source) for job in plan_jobs(paths, "out")]
        pairs = {}
        if translate:
            pairs = {each.document.path: each.pairs for each in open_translator(settings).translate(documents)}
        found = make_suggestions(texts_of(documents), pairs, open_glossary(settings))
        if as_json:
            put_json({"schema_version": 1, "suggestions": [asdict(each) for each in found]})
        elif out is None:
            put(write(found).removesuffix("\n"))
        else:
            write_atomically(Path(out), write(found).encode())
            say(f"wrote {len(found)} proposals to {out}")


@app.command()
def convert(
    source: Annotated[str, typer.Argument(help="Term base to read (.tsv, .csv, .tbx).")],
    target: Annotated[str, typer.Argument(help="Term base to write (.tsv, .csv, .tbx).")],
) -> None:
    """Convert a term base between TSV, CSV and TBX (ISO 30042)."""
    from pathlib import Path

    from toolkit.cli.console import say
    from toolkit.glossary import Glossary
    from toolkit.glossary.exchange import dumps
    from toolkit.runs.files import write_atomically

    with report_errors():
        glossary = Glossary.load(source)
        write_atomically(Path(target), dumps(glossary.entries, Path(target).suffix).encode())
        say(f"wrote {len(glossary.entries)} entries to {target}")
