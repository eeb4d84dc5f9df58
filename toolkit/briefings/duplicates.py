"""Copies and agency reprints: articles that share most of their word sequences.

Broder's containment of word shingles (1997): the share of the shorter text's five-word sequences that the longer one
has too. It finds a wire story inside a longer article, which Jaccard similarity misses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Literal

from toolkit.briefings.reading import Article
from toolkit.briefings.types import Duplicate
from toolkit.text import words

SHINGLE_WORDS = 5
REPRINT = 0.5
"""Containment from which two articles are one text. Independent reports of one event in ECB+ stay below 0.2, quotes
included; a reprint with a paragraph cut or added stays above 0.6."""
COPY = 0.95
MINIMUM_SHINGLES = 15
"""Shorter texts (a stub, a caption) are too short to judge; only identical ones count as copies."""


def shingles(article: Article) -> frozenset[tuple[str, ...]]:
    """The article's five-word sequences, lower-cased, over its whole body in the source language."""
    text = " ".join(pair.source for pair in article.pairs)
    tokens = [word.lower() for word in words.tokenize(text, article.language)]
    runs = zip(*(tokens[start:] for start in range(SHINGLE_WORDS)), strict=False)
    return frozenset(runs) or frozenset([tuple(tokens)])


def find_duplicates(articles: Sequence[Article]) -> tuple[Duplicate, ...]:
    """Name each article that repeats another one; the longest of a family is kept, of equals the first.

    Only articles that share a shingle are compared, so a large folder costs little more than reading it.
    """
    sets = [shingles(article) for article in articles]
    ranks = sorted(range(len(articles)), key=lambda index: (-len(sets[index]), index))
    shared = _shared_counts(sets)
    kept: list[int] = []
    found: dict[int, Duplicate] = {}
    for index in ranks:
        best = max(((_containment(shared, sets, index, other), -other) for other in kept), default=(0.0, 0))
        original = -best[1]
        if best[0] >= _threshold(sets[index]):
            same_length = len(sets[original]) <= len(sets[index]) / COPY
            kind: Literal["copy", "reprint"] = "copy" if best[0] >= COPY and same_length else "reprint"
            found[index] = Duplicate(articles[index].id, articles[original].id, round(best[0], 2), kind)
        else:
            kept.append(index)
    return tuple(found[index] for index in sorted(found))


def _threshold(own: frozenset[tuple[str, ...]]) -> float:
    return REPRINT if len(own) >= MINIMUM_SHINGLES else 1.0


def _shared_counts(sets: Sequence[frozenset[tuple[str, ...]]]) -> dict[tuple[int, int], int]:
    """Number of shingles that two articles share, for those that share any."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, own in enumerate(sets):
        for shingle in own:
            holders[shingle].append(index)
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for indexes in holders.values():
        for pair in combinations(indexes, 2):
            counts[pair] += 1
    return counts


def _containment(
    shared: dict[tuple[int, int], int], sets: Sequence[frozenset[tuple[str, ...]]], shorter: int, longer: int
) -> float:
    return shared.get((min(shorter, longer), max(shorter, longer)), 0) / len(sets[shorter])
