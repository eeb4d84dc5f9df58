"""``toolkit evaluate``: how good translations and summaries are, against references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.console import report_errors

if TYPE_CHECKING:
    from toolkit.settings import Settings

app = typer.Typer(help="Score translations and summaries against references.", no_args_is_help=True)
Reference = Annotated[str, typer.Option("--reference", help="References, one sentence a line.")]


@app.command()
def translation(
    context: typer.Context,
    source: Annotated[str, typer.Option("--source", help="Sources, one sentence a line.")],
    reference: Reference,
    hypothesis: Annotated[
        str | None, typer.Option("--hypothesis", help="Score this file instead of translating.")
    ] = None,
    write: Annotated[str | None, typer.Option("--write", help="Also write the translations to this file.")] = None,
    from_language: options.From = None,
    to_language: options.To = None,
    glossary: options.GlossaryFiles = None,
    builtin_glossary: options.BuiltinGlossary = None,
    package: options.PackageName = None,
    beam_size: options.Beam = None,
    threads: options.Threads = None,
    as_json: options.Json = False,
) -> None:
    """BLEU and chrF (sacrebleu) of the translations that ``translate`` would make; never from a memory."""
    with report_errors():
        settings = options.settings_from(context, source=from_language, target=to_language, use_memory=False)
        from toolkit.cli.console import put_json, put_table
        from toolkit.evaluation.translation import evaluate

        sources, references = _lines(source), _lines(reference)
        _check_equal(source, len(sources), reference, len(references))
        hypotheses = _lines(hypothesis) if hypothesis else _translate(sources, settings)
        _check_equal(source, len(sources), hypothesis or "translations", len(hypotheses))
        if write:
            from pathlib import Path

            from toolkit.runs.files import write_atomically

            write_atomically(Path(write), "".join(line + "\n" for line in hypotheses).encode())
        scores = evaluate(hypotheses, references)
        if as_json:
            put_json({"schema_version": 1, **scores.as_dict()})
        else:
            rows = [
                ("BLEU", f"{scores.bleu:.2f}", scores.bleu_signature),
                ("chrF", f"{scores.chrf:.2f}", scores.chrf_signature),
            ]
            put_table(("metric", "score", "signature"), list(rows))


def _lines(path: str) -> list[str]:
    from pathlib import Path

    from toolkit.errors import InputError

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=path, cure="one sentence a line, in UTF-8") from error
    return text.removesuffix("\n").replace("\r\n", "\n").split("\n")


def _check_equal(one: str, count: int, other: str, other_count: int) -> None:
    from toolkit.errors import InputError

    if count != other_count:
        raise InputError(f"has {other_count} lines, {one} has {count}", where=other, cure="one line a sentence in both")


def _translate(sources: list[str], settings: Settings) -> list[str]:
    from toolkit.api import open_translator

    return open_translator(settings).translate_lines(sources)
