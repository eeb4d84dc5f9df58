"""What the articles of one story give differently: numbers and days for what looks like the same thing.

Two statements are compared only if they stand in different articles, neither of which repeats the other, and their
sentences share most of their rare words once numbers and names are taken out. Precision comes first: a missed
disagreement costs a look at the articles, a false one costs trust.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal

from toolkit.briefings import stories
from toolkit.briefings.types import Citation, Claim, DateMention, Disagreement, Figure
from toolkit.types import SegmentPair

SHARED_STEMS = 3
"""Stems that two sentences must share, besides the unit, to be about one thing."""
SHARED_PART = 0.5
"""Part of the shorter sentence's stems that must be shared."""
TOLERANCE = Decimal("0.02")
"""Relative difference up to which two amounts are one, rounded differently; 10 % where either is approximate."""
LOOSE_TOLERANCE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Statement:
    """A value as one article gives it, with its sentence."""

    value: str
    sort: str
    written: str
    citation: Citation
    pair: SegmentPair
    agrees: Callable[[Statement], bool]


def find_disagreements(
    figures: Iterable[tuple[Figure, SegmentPair]], dates: Iterable[tuple[DateMention, SegmentPair]], language: str
) -> tuple[Disagreement, ...]:
    """Disagreements in one story, numbers first, each with its two claims in the order of the articles."""
    amounts = [_amount(figure, pair) for figure, pair in figures]
    days = [_day(mention, pair) for mention, pair in dates if mention.iso and len(mention.iso) == 10]
    found = [*_conflicts("figure", amounts, language), *_conflicts("date", days, language)]
    return tuple(_without_repeats(found))


def _amount(figure: Figure, pair: SegmentPair) -> Statement:
    value, loose = Decimal(figure.value), figure.approximate

    def agrees(other: Statement) -> bool:
        theirs = Decimal(other.value)
        tolerance = LOOSE_TOLERANCE if loose else TOLERANCE
        return abs(value - theirs) <= tolerance * max(abs(value), abs(theirs))

    return Statement(figure.value, figure.unit, figure.text, figure.citation, pair, agrees)


def _day(mention: DateMention, pair: SegmentPair) -> Statement:
    value = mention.iso or ""
    return Statement(value, "day", mention.text, mention.citation, pair, lambda other: other.value == value)


def _conflicts(kind: Literal["figure", "date"], statements: Sequence[Statement], language: str) -> list[Disagreement]:
    found = []
    for one, other in combinations(statements, 2):
        comparable = one.citation.article != other.citation.article and one.sort == other.sort
        if comparable and not (one.agrees(other) or other.agrees(one)):
            first, second = _content(one, language), _content(other, language)
            if _same_thing(first, second):
                claims = (_claim(one), _claim(other))
                found.append(Disagreement(kind, one.sort, claims))
    return found


def _content(statement: Statement, language: str) -> set[str]:
    """Stems of a statement's sentence, without its value and without any number."""
    value = set(stories.stems(statement.written, language))
    stems = stories.stems(statement.pair.source, language)
    return {stem for stem in stems if stem not in value and not any(sign.isdigit() for sign in stem)}


def _same_thing(one: set[str], other: set[str]) -> bool:
    shared = len(one & other)
    return shared >= SHARED_STEMS and shared >= SHARED_PART * min(len(one), len(other))


def _claim(statement: Statement) -> Claim:
    value = statement.value if statement.sort == "day" else f"{statement.value} {statement.sort}"
    return Claim(value, statement.pair.source, statement.pair.target, statement.citation)


def _without_repeats(found: Sequence[Disagreement]) -> list[Disagreement]:
    """One disagreement for each pair of values."""
    first: dict[tuple[str, ...], Disagreement] = {}
    for each in found:
        first.setdefault((each.kind, *sorted(claim.value for claim in each.claims)), each)
    return list(first.values())
