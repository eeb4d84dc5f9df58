"""Find the words of a translation that stand where a term should: the wrong span.

Evidence is, in this order: a form known to be wrong (forbidden, or left German); similarity to the target or to the
German form, for a name that was spelled another way (Ushakow, Uschakov); the word alignment of the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from toolkit.glossary.cascade.sentence import Sentence
from toolkit.glossary.folding import fold
from toolkit.glossary.inflection import Token, tokens
from toolkit.glossary.verification import Verdict
from toolkit.types import Span

CLEAR = 0.72
"""Similarity from which a name is taken for a misspelling of the wanted one. In the term base shipped, 867 of the 869
forbidden forms are this like a German or English form of their entry, and of 9,730 pairs of different persons 3 are."""
VAGUE = 0.5
"""Similarity from which a place is good enough to decode anew from there (the result is still checked)."""
_POSITION = 0.1
"""What being at the other end of the sentence costs; it only decides between near equals."""
_FRAME = frozenset({"the", "a", "an", "of", "in", "on", "at", "to", "for", "by", "with", "from", "and", "or"})
_DEMONYM = re.compile(r"(?:[aei]an|ish|ese)s?$")
"""Ending of an adjective made from a place: `Asian` is no misspelling of `Asia`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A wrong span and how sure it is (0–1; 1 for a form known to be wrong)."""

    span: Span
    similarity: float


@lru_cache(maxsize=65536)
def similarity(left: str, right: str) -> float:
    """Normalised edit similarity of two folded names, 0 to 1; transpositions count once.

    >>> similarity("ushakow", "ushakov") > CLEAR > similarity("lawrow", "ushakov")
    True
    """
    from rapidfuzz.distance import OSA

    return float(OSA.normalized_similarity(left, right))


def locate(sentence: Sentence, verdict: Verdict) -> Place | None:
    """Return the wrong span of *verdict*, which is failing, in the current translation of *sentence*."""
    if verdict.wrong is not None:
        return Place(verdict.wrong, 1.0)
    best = max(_places(sentence, verdict), key=lambda pair: pair[0], default=None)
    aligned = _aligned(sentence, verdict)
    if best is not None and best[1].similarity >= VAGUE:
        return best[1]
    return Place(aligned, 0.0) if aligned else None


def _places(sentence: Sentence, verdict: Verdict) -> Iterator[tuple[float, Place]]:
    """Capitalised words (or the right ones in small letters) outside all right terms, with their similarity less what
    their distance costs."""
    entry = verdict.hit.entry
    if not entry.is_name:
        return
    text = sentence.current.text
    forms = {fold(form) for form in (*entry.accepted, *entry.forms, verdict.hit.stem)}
    expected = verdict.hit.span.start / max(1, len(sentence.source))
    for window in _windows(sentence, max(len(tokens(form)) for form in (*entry.accepted, *entry.forms))):
        span = Span(window[0].span.start, window[-1].span.end)
        written = fold(text[span.start : span.end])
        likeness = max(similarity(written, form) for form in forms)
        distance = abs(span.start / max(1, len(text)) - expected)
        if (likeness == 1 or _capitals(window)) and not (entry.kind == "place" and _DEMONYM.search(written)):
            yield likeness - _POSITION * distance, Place(span, likeness)


def _capitals(window: tuple[Token, ...]) -> bool:
    return window[0].text[:1].isupper() and window[-1].text[:1].isupper()


def _windows(sentence: Sentence, longest: int) -> Iterator[tuple[Token, ...]]:
    taken = [verdict.span for verdict in sentence.verification.verdicts if verdict.right and verdict.span]
    words = tokens(sentence.current.text)
    copied = _other_names(sentence)
    for size in range(1, longest + 1):
        for first in range(len(words) - size + 1):
            window = words[first : first + size]
            clash = any(t.span.start < s.end and s.start < t.span.end for t in window for s in taken)
            if not clash and not (size == 1 and window[0].folded in copied):
                yield window


def _other_names(sentence: Sentence) -> frozenset[str]:
    """Folded words of the source outside its hits: a copy of one of them in the target is right where it is."""
    source = sentence.source
    inside = [hit.span for hit in sentence.hits]
    return frozenset(
        token.folded
        for token in tokens(source)
        if not any(span.start <= token.span.start < span.end for span in inside)
    )


def _aligned(sentence: Sentence, verdict: Verdict) -> Span | None:
    """The run of target words that are aligned to the hit and belong to no right term."""
    hit = verdict.hit.span
    taken = [other.span for other in sentence.verification.verdicts if other.right and other.span]
    spans = [
        target
        for words, target in sentence.current.alignment
        if words.start < hit.end and hit.start < words.end
        if not any(target.start < span.end and span.start < target.end for span in taken)
    ]
    spans = _without_frame(sentence.current.text, spans, verdict.hit.entry.target)
    if not spans:
        return None
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return Span(start, end) if end - start <= 3 * len(verdict.hit.entry.target) else min(spans)


def _without_frame(text: str, spans: list[Span], target: str) -> list[Span]:
    """Leave out articles and prepositions: they were aligned with the term, and stay before what takes its place."""
    begins = {token.folded for token in tokens(target)}
    return [span for span in spans if (word := fold(text[span.start : span.end])) not in _FRAME or word in begins]
