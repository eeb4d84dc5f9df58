"""What the articles of one story give differently: numbers and days for what looks like the same thing.

Two statements are compared only if they stand in different articles, neither of which repeats the other, name no
different people, places or times, and share at least half of their words. Precision comes first: a missed disagreement
costs a look at the articles, a false one costs trust.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal

from toolkit.briefings import stories
from toolkit.briefings.dates import find_dates
from toolkit.briefings.types import Citation, Claim, DateMention, Disagreement, Figure
from toolkit.types import SegmentPair

SHARED_STEMS = 3
"""Stems that two sentences must share, besides the value, to be about one thing."""
SHARED_PART = 0.5
"""Part of all their stems that two sentences must share."""
TOLERANCE = Decimal("0.02")
"""Relative difference up to which two amounts are one, rounded differently."""
LOOSE_TOLERANCE = Decimal("0.1")
"""The same where either amount is given as approximate."""

Names = Callable[[str], frozenset[str]]
"""Finds the known names in a source sentence."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A value as one article gives it, with its sentence; ``stems`` are the sentence's without value and numbers."""

    kind: Literal["figure", "date"]
    value: str
    sort: str
    approximate: bool
    citation: Citation
    pair: SegmentPair
    stems: frozenset[str]
    names: frozenset[str]
    times: frozenset[str]


def find_disagreements(
    figures: Iterable[tuple[Figure, SegmentPair]],
    dates: Iterable[tuple[DateMention, SegmentPair]],
    language: str,
    names: Names,
) -> tuple[Disagreement, ...]:
    """Disagreements in one story, numbers first; each has every value once, in the order of the articles."""

    def statement(kind: Literal["figure", "date"], fact: Figure | DateMention, pair: SegmentPair) -> Statement:
        figure = fact if isinstance(fact, Figure) else None
        value = figure.value if figure else getattr(fact, "iso", None) or ""
        sort, approximate = (figure.unit, figure.approximate) if figure else ("day", False)
        stems, times = _content(pair.source, fact.text, language), _times(pair.source, fact.text)
        return Statement(kind, value, sort, approximate, fact.citation, pair, stems, names(pair.source), times)

    amounts = [statement("figure", figure, pair) for figure, pair in figures]
    days = [statement("date", mention, pair) for mention, pair in dates if mention.iso and len(mention.iso) == 10]
    return (*_disagreements(amounts), *_disagreements(days))


def _content(sentence: str, value: str, language: str) -> frozenset[str]:
    own = set(stories.stems(value, language))
    stems = stories.stems(sentence, language)
    return frozenset(stem for stem in stems if stem not in own and not any(sign.isdigit() for sign in stem))


def _times(sentence: str, value: str) -> frozenset[str]:
    """Dates that a sentence gives in so many words, the value itself aside."""
    return frozenset(found.iso for found in find_dates(sentence) if found.iso and found.text != value)


def _disagreements(statements: Sequence[Statement]) -> list[Disagreement]:
    """One for each group of statements on one thing that do not all agree.

    A sentence that gives several values of one unit is left out: which of them is about what cannot be told.
    """
    values = Counter((each.citation, each.sort) for each in statements)
    single = [each for each in statements if values[each.citation, each.sort] == 1]
    groups: list[list[Statement]] = []
    for one, other in combinations(single, 2):
        if _comparable(one, other) and not _agree(one, other):
            group = next((group for group in groups if one in group or other in group), None)
            if group is None:
                groups.append([one, other])
            else:
                group += [each for each in (one, other) if each not in group]
    return [Disagreement(group[0].kind, group[0].sort, _claims(group)) for group in groups]


def _comparable(one: Statement, other: Statement) -> bool:
    if one.citation.article == other.citation.article or one.sort != other.sort:
        return False
    shared = len(one.stems & other.stems)
    same_thing = shared >= SHARED_STEMS and shared >= SHARED_PART * len(one.stems | other.stems)
    return same_thing and _nested(one.names, other.names) and _nested(one.times, other.times)


def _nested(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one names nothing that the other does not."""
    return one <= other or other <= one


def _agree(one: Statement, other: Statement) -> bool:
    if one.kind == "date":
        return one.value == other.value
    first, second = Decimal(one.value), Decimal(other.value)
    tolerance = LOOSE_TOLERANCE if one.approximate or other.approximate else TOLERANCE
    return abs(first - second) <= tolerance * max(abs(first), abs(second))


def _claims(group: Sequence[Statement]) -> tuple[Claim, ...]:
    first: dict[str, Claim] = {}
    for each in group:
        value = each.value if each.kind == "date" else f"{each.value} {each.sort}"
        first.setdefault(value, Claim(value, each.pair.source, each.pair.target, each.citation))
    return tuple(first.values())
