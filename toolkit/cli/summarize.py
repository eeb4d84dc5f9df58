"""``toolkit summarize``: the sentences of an article that say most, in one language or both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.console import report_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.settings import Settings
    from toolkit.summaries import ExtractiveSummary, Length, MethodName, Mode
    from toolkit.types import Document, TranslatedDocument


def summarize(
    context: typer.Context,
    paths: options.Paths,
    language: Annotated[str, typer.Option("--language", "-l", help="Language of the summary: de or en.")] = "de",
    sentences: Annotated[
        int | None, typer.Option("--sentences", "-n", min=1, help="Length in sentences.", show_default="3")
    ] = None,
    words: Annotated[int | None, typer.Option("--words", min=1, help="Length in words.")] = None,
    share: Annotated[
        float | None, typer.Option("--share", min=0.0, max=1.0, help="Length as a share of the words.")
    ] = None,
    method: Annotated[
        str, typer.Option("--method", "-m", help="default, lead, lex-rank, text-rank, lsa, luhn, kl …")
    ] = "default",
    bilingual: Annotated[
        bool, typer.Option("--bilingual", help="Choose once, show each sentence in both languages.")
    ] = False,
    glossary: options.GlossaryFiles = None,
    package: options.PackageName = None,
    use_memory: options.UseMemory = None,
    max_size: options.MaxSize = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object a line and article.")] = False,
) -> None:
    """Print an extractive summary of each file; German text is translated first when the summary is to be English."""
    from toolkit.summaries.methods import check_method

    with report_errors():
        settings = options.settings_from(context)
        length, chosen = _length(sentences, words, share), check_method(method)
        failed = 0
        for path, summary in _summaries(paths, settings, language, length, chosen, bilingual=bilingual):
            failed += summary is None
            if summary is not None:
                _show(path, summary, as_json=as_json)
        if failed:
            raise typer.Exit(1)


def _length(sentences: int | None, words: int | None, share: float | None) -> Length:
    from toolkit.errors import InputError
    from toolkit.summaries import Length

    given = [value for value in (sentences, words, share) if value is not None]
    if len(given) > 1:
        raise InputError("more than one length given", cure="use one of --sentences, --words, --share")
    if words is not None:
        return Length.words(words)
    if share is not None:
        return Length.share(share)
    return Length.sentences(3 if sentences is None else sentences)


def _summaries(
    paths: list[str], settings: Settings, language: str, length: Length, method: MethodName, *, bilingual: bool
) -> Iterator[tuple[str, ExtractiveSummary | None]]:
    """Each file's summary as soon as it is made; ``None`` for a file that cannot be read (said on stderr)."""
    from toolkit.cli.console import say
    from toolkit.errors import InputError
    from toolkit.summaries import summarize as make_summary

    translators = _Translators(settings)
    for path in _files(paths):
        try:
            document = _read(path, settings)
            material = translators.material(document, language, bilingual=bilingual)
            mode: Mode = "aligned" if bilingual else "one-side"
            yield str(path), make_summary(material, length=length, method=method, language=language, mode=mode)
        except InputError as error:
            say(f"failed: {error}")
            yield str(path), None


class _Translators:
    """Opens the engine when, and only when, a document is in another language than its summary."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def material(self, document: Document, language: str, *, bilingual: bool) -> Document | TranslatedDocument:
        if document.language == language and not bilingual:
            return document
        from toolkit.api import open_translator

        target = "en" if bilingual and language == document.language else language
        settings = self._settings.updated("article", {"source": document.language, "target": target})
        return next(open_translator(settings).translate([document]))


def _files(paths: list[str]) -> list[Path | str]:
    from toolkit.runs import plan_jobs

    if paths == ["-"]:
        return ["-"]
    return [job.path for job in plan_jobs(paths, ".toolkit-no-output")]


def _read(path: Path | str, settings: Settings) -> Document:
    """The document with its language as identified (the default source language when that is unsure)."""
    import sys
    from dataclasses import replace

    from toolkit.documents import parse, read
    from toolkit.settings import MEGABYTE
    from toolkit.text.languages import identify

    if path == "-":
        document = parse(sys.stdin.buffer.read(), format="text", language=settings.source)
    else:
        document = read(path, language=settings.source, max_bytes=settings.max_size * MEGABYTE)
    tag, confidence = identify(" ".join(block.text for block in document.blocks)[:20000])
    return replace(document, language=tag) if confidence >= 0.5 and tag in ("de", "en") else document


def _show(path: str, summary: ExtractiveSummary, *, as_json: bool) -> None:
    from toolkit.cli import console

    if as_json:
        console.put(console.as_json({"path": path, **summary.as_dict()}))
        return
    console.put(path)
    for sentence in summary.sentences:
        console.put(f"  • {sentence.text}")
        if sentence.other:
            console.put(f"    {sentence.other}")
    console.put("")
