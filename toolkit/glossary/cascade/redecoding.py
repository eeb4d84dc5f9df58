"""Steps that decode a changed source, or the same source for more candidates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from toolkit.engines.base import DecodingOptions, Engine
from toolkit.glossary.articles import article_edit
from toolkit.glossary.cascade.sentence import Sentence
from toolkit.glossary.matching import TermHit
from toolkit.types import Hypothesis, Method

CANDIDATES = 8
"""Hypotheses asked for by `NBest`. Of 42 sentences that the steps before left (WMT23 development, news, seeds), 9 had
an acceptable one among the best 16, 7 of them among the best 8, 2 among the best 4."""


def decode_variants(
    variants: Sequence[Sequence[str]], engine: Engine, options: DecodingOptions
) -> list[tuple[Hypothesis, ...]]:
    """Decode every sentence's variants in one call, and take all hypotheses of the beam, which cost nothing more.

    Alignments are dropped, for they point into a changed source. A variant that the marks made too long for the engine
    is left out.
    """
    flat = [variant for several in variants for variant in several]
    lengths = engine.count_tokens(flat)
    short = [variant for variant, length in zip(flat, lengths, strict=True) if length <= engine.max_tokens]
    decoded = engine.translate(short, replace(options, hypotheses=options.beam_size)) if short else []
    by_source = {
        variant: tuple(replace(hypothesis, alignment=()) for hypothesis in found)
        for variant, found in zip(short, decoded, strict=True)
    }
    return [tuple(each for variant in several for each in by_source.get(variant, ())) for several in variants]


def rewrite(source: str, hits: Iterable[TermHit], write: Callable[[TermHit], str]) -> str:
    """Return *source* with every hit replaced by what *write* makes of it.

    >>> from toolkit.glossary.entries import Glossary, GlossaryEntry
    >>> source = "Uschakows Plan"
    >>> hits = Glossary([GlossaryEntry("Uschakow", "Ushakov", "person")]).find(source)
    >>> rewrite(source, hits, lambda hit: hit.entry.target + hit.ending)
    'Ushakovs Plan'
    """
    for hit in sorted(hits, key=lambda hit: hit.span, reverse=True):
        source = source[: hit.span.start] + write(hit) + source[hit.span.end :]
    return source


@dataclass(frozen=True, slots=True)
class Inline:
    """Terms marked inside the source, for packages that were trained to obey such marks (Dinu et al. 2019).

    ``marked`` says which: the ``failing`` hits, or ``all`` of them, so that none that was right gets lost.
    """

    marked: Literal["failing", "all"]
    method: Method = "inline"

    def propose(
        self, sentences: Sequence[Sentence], engine: Engine, options: DecodingOptions
    ) -> list[tuple[Hypothesis, ...]]:
        """Mark and decode; nothing for an engine without annotation."""
        annotation = engine.annotation
        if annotation is None:
            return [()] * len(sentences)

        def write(hit: TermHit) -> str:
            return annotation.mark(hit.surface, hit.entry.target)

        chosen = [self._chosen(sentence) for sentence in sentences]
        pairs = zip(sentences, chosen, strict=True)
        variants = [[rewrite(sentence.source, hits, write)] if hits else [] for sentence, hits in pairs]
        decoded = decode_variants(variants, engine, options)
        return [
            tuple(_unglued(hypothesis, hits) for hypothesis in hypotheses)
            for hypotheses, hits in zip(decoded, chosen, strict=True)
        ]

    def _chosen(self, sentence: Sentence) -> tuple[TermHit, ...]:
        least = tuple(verdict.hit for verdict in sentence.failing) + sentence.held
        if self.marked == "failing":
            return least
        enforced = tuple(hit for hit in sentence.hits if hit.entry.status == "preferred")
        return enforced if len(enforced) > len(least) else ()


def _unglued(hypothesis: Hypothesis, marked: Iterable[TermHit]) -> Hypothesis:
    """Set the spaces and the article before the terms right: marks in the source can spoil them (`theUS`, `( US`)."""
    text = hypothesis.text
    for target in {hit.entry.target for hit in marked}:
        if target[:1].isupper():
            text = re.sub(rf"(?<=[a-z,;])(?={re.escape(target)}\b)", " ", text)
        text = re.sub(rf"(?<=[(\[“‘]) (?={re.escape(target)})", "", text)
        for match in reversed(list(re.finditer(re.escape(target), text))):
            if edit := article_edit(text, match.start(), target):
                (start, end), article = edit
                text = text[:start] + article + text[end:]
    return replace(hypothesis, text=text)


@dataclass(frozen=True, slots=True)
class NBest:
    """Another hypothesis of the unchanged source that has the term."""

    method: Method = "nbest"

    def propose(
        self, sentences: Sequence[Sentence], engine: Engine, options: DecodingOptions
    ) -> list[tuple[Hypothesis, ...]]:
        """Decode with a beam wide enough for `CANDIDATES` hypotheses."""
        wide = replace(options, hypotheses=CANDIDATES, beam_size=max(CANDIDATES, options.beam_size))
        return list(engine.translate([sentence.source for sentence in sentences], wide))


@dataclass(frozen=True, slots=True)
class SourceSubstitution:
    """English names written into the German sentence, with their German endings; the engine copies them."""

    method: Method = "source"

    def propose(
        self, sentences: Sequence[Sentence], engine: Engine, options: DecodingOptions
    ) -> list[tuple[Hypothesis, ...]]:
        """Substitute names (not common nouns, which the engine would take for foreign matter) and decode."""
        variants = []
        for sentence in sentences:
            failing = [verdict.hit for verdict in sentence.failing if verdict.hit.entry.is_name]
            names = [*failing, *(hit for hit in sentence.held if hit.entry.is_name)] if failing else []
            text = rewrite(sentence.source, names, lambda hit: hit.entry.target + hit.ending)
            variants.append([text] if text != sentence.source else [])
        return decode_variants(variants, engine, options)
