"""What an article says, sentence by sentence: its dates, figures and quotes, each with its citation.

The finders read German; an article in another language has none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.briefings import dates, figures, quotes
from toolkit.briefings.reading import Article
from toolkit.briefings.types import Bilingual, Citation, DateMention, Figure, Quote
from toolkit.glossary.entries import Glossary
from toolkit.types import SegmentPair, Span, TranslatedBlock

LANGUAGE = "de"


@dataclass(frozen=True, slots=True)
class Facts:
    """An article's figures and dates with the sentence they stand in, and its quotes."""

    figures: tuple[tuple[Figure, SegmentPair], ...] = ()
    dates: tuple[tuple[DateMention, SegmentPair], ...] = ()
    quotes: tuple[Quote, ...] = ()


def collect(article: Article, glossary: Glossary) -> Facts:
    """Read an article's body."""
    if article.language != LANGUAGE:
        return Facts()
    reference = dates.reference_day(article.opening, article.date, bool(article.conflicts))
    return Facts(
        tuple((_figure(found, article, pair), pair) for pair in article.pairs for found in _figures(pair)),
        tuple(
            (DateMention(found.text, found.iso, found.note, Citation(article.id, pair.id)), pair)
            for pair in article.pairs
            for found in dates.find_dates(pair.source, reference)
        ),
        _quotes(article, glossary),
    )


def _figures(pair: SegmentPair) -> list[figures.Found]:
    return figures.find_figures(pair.source)


def _figure(found: figures.Found, article: Article, pair: SegmentPair) -> Figure:
    return Figure(found.text, f"{found.value:f}", found.unit, found.approximate, Citation(article.id, pair.id))


def _quotes(article: Article, glossary: Glossary) -> tuple[Quote, ...]:
    collected: list[Quote] = []
    speaker = ""
    for block in article.body:
        found = quotes.find_quotes(block.block.text, [pair.span for pair in block.pairs], speaker)
        speaker = found[-1].speaker if found else ""
        collected += [_quote(each, block, article, glossary) for each in found]
    return tuple(collected)


def _quote(found: quotes.Found, block: TranslatedBlock, article: Article, glossary: Glossary) -> Quote:
    pairs = [pair for pair in block.pairs if pair.span.start < found.span.end and pair.span.end > found.span.start]
    source = block.block.text[found.span.start : found.span.end]
    target = _quoted_target(found.span, block, pairs) if found.direct else " ".join(pair.target for pair in pairs)
    speaker = Bilingual(found.speaker, _english_name(found.speaker, glossary)) if found.speaker else None
    return Quote(speaker, found.verb, source, target, found.direct, Citation(article.id, pairs[0].id), found.inferred)


def _quoted_target(span: Span, block: TranslatedBlock, pairs: Sequence[SegmentPair]) -> str:
    """The same quote in the translation, if it has as many as its source; else the whole sentences."""
    start, end = pairs[0].span.start, pairs[-1].span.end
    target = " ".join(pair.target for pair in pairs)
    inside = quotes.quoted_spans(block.block.text[start:end])
    translated = quotes.quoted_spans(target)
    position = next((index for index, each in enumerate(inside) if each.start + start == span.start), None)
    if position is None or len(inside) != len(translated):
        return target
    return target[translated[position].start : translated[position].end].strip()


def _english_name(speaker: str, glossary: Glossary) -> str:
    """The English name of a speaker, if the glossary knows one; else the speaker as the article has it."""
    names = [hit.entry.target for hit in glossary.find(speaker) if hit.entry.kind in ("person", "organisation")]
    return max(names, key=len, default=speaker)
