"""Steps that start from the wrong words in a translation: replace them, or decode anew from there.

Banning the wrong word (UEDIN's system at WMT23) is no step: after the others it put none of 35 sentences right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.engines.base import DecodingOptions, Engine
from toolkit.glossary.articles import article_edit
from toolkit.glossary.cascade.locating import CLEAR, VAGUE, Place, locate
from toolkit.glossary.cascade.sentence import Sentence
from toolkit.glossary.entries import GlossaryEntry
from toolkit.glossary.inflection import in_place_of
from toolkit.glossary.verification import Verdict
from toolkit.types import Hypothesis, Method, Span

_AFTER_PREPOSITION = re.compile(
    r"\b(?:of|by|from|to|with|for|in|on|at|about|against|between) (?:the )?$", re.IGNORECASE
)
"""Before a name, these rule out that it is a possessive: `a failure of Ljudmilas` means `of Lyudmila`."""
_NOUN_FOLLOWS = re.compile(r" (?!(?:of|by|from|to|with|for|in|on|at|and|or|is|was|has|had|will|were|are)\b)\w")
"""After a name, that it can be a possessive."""


@dataclass(frozen=True, slots=True)
class Repair:
    """The wrong form exchanged for the right one, and nothing else touched; ’s, plural and capitals are kept.

    Only where the wrong form is known or clearly a spelling of the same name; the score stays that of the hypothesis,
    for nothing is decoded.
    """

    method: Method = "repair"

    def propose(
        self, sentences: Sequence[Sentence], engine: Engine, options: DecodingOptions
    ) -> list[tuple[Hypothesis, ...]]:
        """Exchange all clear wrong spans of each sentence; no decoder call."""
        return [self._repair(sentence) for sentence in sentences]

    def _repair(self, sentence: Sentence) -> tuple[Hypothesis, ...]:
        text, alignment = sentence.current.text, sentence.current.alignment
        edits: list[tuple[Span, str]] = []
        for verdict in sentence.failing:
            place = locate(sentence, verdict)
            if place is not None and place.similarity >= CLEAR and not _touches(place.span, edits):
                span = _with_possessive(text, place.span)
                edits.append((span, _written(text, span, verdict)))
                article = article_edit(text, span.start, edits[-1][1])
                edits += [article] if article else []
        if not edits:
            return ()
        for span, written in sorted(edits, reverse=True):
            text = text[: span.start] + written + text[span.end :]
            alignment = _shifted(alignment, span, len(written))
        return (replace(sentence.current, text=text, alignment=alignment),)


@dataclass(frozen=True, slots=True)
class ForcedPrefix:
    """The translation kept up to the wrong words, the right term put there, and the rest decoded anew.

    Each failing hit that can be located is a candidate of its own. A name fits wherever the wrong one stood; a common
    word need not (`to protect` is no place for `protection`), and then what follows is less sure than the translation
    was: ``term_drop`` is how much less it may be, in nats a token. Of ten on WMT23's development set, read by eye, it
    refuses the one that broke its sentence.
    """

    method: Method = "forced"
    term_drop: float = 0.1

    def propose(
        self, sentences: Sequence[Sentence], engine: Engine, options: DecodingOptions
    ) -> list[tuple[Hypothesis, ...]]:
        """Decode every sentence with each of its prefixes, all in one call."""
        starts = [self._starts(sentence) for sentence in sentences]
        sources = [sentence.source for sentence, several in zip(sentences, starts, strict=True) for _ in several]
        flat = [start for several in starts for start, _ in several]
        if not flat:
            return [()] * len(sentences)
        decoded = iter(engine.translate(sources, replace(options, hypotheses=options.beam_size), prefixes=flat))
        return [
            tuple(each for _, entry in several for each in next(decoded) if self._reads_on(sentence, each, entry))
            for sentence, several in zip(sentences, starts, strict=True)
        ]

    def _starts(self, sentence: Sentence) -> list[tuple[str, GlossaryEntry]]:
        text = sentence.current.text
        starts = []
        for verdict in sentence.failing:
            place = locate(sentence, verdict)
            if place is not None and _asks(sentence, verdict, place):
                written = _written(text, place.span, verdict)
                starts.append((_begin(text, place.span.start, written) + written, verdict.hit.entry))
        return starts

    def _reads_on(self, sentence: Sentence, hypothesis: Hypothesis, entry: GlossaryEntry) -> bool:
        before, after = sentence.original.score, hypothesis.score
        if entry.is_name or before is None or after is None:
            return True
        return before - after <= self.term_drop


def _asks(sentence: Sentence, verdict: Verdict, place: Place) -> bool:
    """A concept named again may be a pronoun in English: no words are taken for it by their alignment alone."""
    verdicts = sentence.verification.verdicts
    said = any(other.right and other.hit.entry == verdict.hit.entry for other in verdicts)
    return not said or place.similarity >= VAGUE


def _begin(text: str, end: int, term: str) -> str:
    """The text up to *end*, with the article before *term* fitted."""
    edit = article_edit(text, end, term)
    if edit is None:
        return text[:end]
    (start, close), article = edit
    return text[:start] + article + text[close:end]


def _written(text: str, span: Span, verdict: Verdict) -> str:
    """The target as it has to be written in place of *span*."""
    wrong, entry = text[span.start : span.end], verdict.hit.entry
    copied = entry.is_name and verdict.hit.ending.lower() in ("s", "es") and not entry.target.endswith("s")
    owned = _NOUN_FOLLOWS.match(text, span.end) and not _AFTER_PREPOSITION.search(text[: span.start])
    return in_place_of(wrong, entry.target, at_start=_at_start(text, span.start), genitive=copied and bool(owned))


def _touches(span: Span, edits: Sequence[tuple[Span, str]]) -> bool:
    return any(span.start < other.end and other.start < span.end for other, _ in edits)


def _with_possessive(text: str, span: Span) -> Span:
    """Take a possessive after *span* into it, so that it can be fitted to the new word."""
    tail = text[span.end : span.end + 2]
    if tail in ("'s", "’s"):
        return Span(span.start, span.end + 2)
    ends_in_s = text[span.end - 1 : span.end] == "s"
    return Span(span.start, span.end + 1) if tail[:1] in ("'", "’") and ends_in_s and not tail[1:].isalnum() else span


def _at_start(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"'“„‚‘(–-")
    return not before or before[-1] in ".!?:"


def _shifted(alignment: tuple[tuple[Span, Span], ...], span: Span, length: int) -> tuple[tuple[Span, Span], ...]:
    """Alignment after *span* of the target has been replaced by *length* characters."""
    by = length - (span.end - span.start)

    def shift(target: Span) -> Span:
        if target.start >= span.end:
            return Span(target.start + by, target.end + by)
        return target if target.end <= span.start else Span(min(target.start, span.start), span.start + length)

    return tuple((source, shift(target)) for source, target in alignment)
