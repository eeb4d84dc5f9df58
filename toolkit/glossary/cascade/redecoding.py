"""Steps that decode a changed source, or the same source for more candidates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from toolkit.engines.base import DecodingOptions, Engine
from toolkit.glossary.articles import article_edit
from toolkit.glossary.cascade.sentence import Sentence
from toolkit.glossary.matching import TermHit
from toolkit.types import Hypothesis, Method

CANDIDATES = 8
"""Hypotheses asked for by `NBest`. Of 42 sentences that the steps before left (WMT23 development, news, seeds), 9 had
an acceptable one among the best 16, 7 of them among the best 8, 2 among the best 4."""
MARKED_SINGLY = 3
"""Failing hits up to which they are marked one by one; each costs a decoding and it seldom helps."""


def decode_variants(
    variants: Sequence[Sequence[str]], engine: Engine, options: DecodingOptions
) -> list[tuple[Hypothesis, ...]]:
    """Decode every sentence's variants in one call; alignments are dropped, for they point into a changed source.

    A variant that the marks made too long for the engine comes back as an empty hypothesis, which nobody accepts.
    """
    flat = [variant for several in variants for variant in several]
    lengths = engine.count_tokens(flat)
    short = [variant for variant, length in zip(flat, lengths, strict=True) if length <= engine.max_tokens]
    decoded = engine.translate(short, replace(options, hypotheses=1)) if short else []
    by_source = {variant: replace(best, alignment=()) for variant, (best, *_) in zip(short, decoded, strict=True)}
    return [tuple(by_source.get(variant, Hypothesis("")) for variant in several) for several in variants]


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

    ``marked`` says which: the ``failing`` hits together; ``all`` hits, so that none that was right gets lost; the
    failing ones ``singly``, for sentences in which one mark disturbs another.
    """

    marked: str
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

        choices = [self._choices(sentence) for sentence in sentences]
        pairs = zip(sentences, choices, strict=True)
        variants = [[rewrite(sentence.source, hits, write) for hits in several] for sentence, several in pairs]
        decoded = decode_variants(variants, engine, options)
        return [
            tuple(_unglued(hypothesis, marked) for hypothesis, marked in zip(hypotheses, several, strict=True))
            for hypotheses, several in zip(decoded, choices, strict=True)
        ]

    def _choices(self, sentence: Sentence) -> list[tuple[TermHit, ...]]:
        failing = tuple(verdict.hit for verdict in sentence.failing)
        held = sentence.held
        if self.marked == "failing":
            return [failing + held]
        if self.marked == "all":
            enforced = tuple(hit for hit in sentence.hits if hit.entry.status == "preferred")
            return [enforced] if len(enforced) > len(failing) + len(held) else []
        return [(hit, *held) for hit in failing] if 1 < len(failing) <= MARKED_SINGLY else []


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
