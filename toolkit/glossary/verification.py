"""Is every term of a sentence rightly in its translation? Counted, never looked up by mere presence.

Two hits of one entry need two places in the target, and one place serves one hit: `Vladimir Putin` in the target does
for the entry `Wladimir Putin`, and not a second time for `Putin`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.glossary.entries import GlossaryEntry
from toolkit.glossary.folding import fold
from toolkit.glossary.inflection import TargetText, tokens
from toolkit.glossary.matching import TermHit
from toolkit.types import Span

Alignment = Sequence[tuple[Span, Span]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one hit: ``span`` is its place in the target, ``wrong`` that of a wrong form known for sure.

    A known wrong form is one the entry forbids, or the German form left in the translation.
    """

    hit: TermHit
    span: Span | None = None
    wrong: Span | None = None

    @property
    def right(self) -> bool:
        """Whether the term is in the target and nothing speaks against it."""
        return self.span is not None and self.wrong is None


@dataclass(frozen=True, slots=True)
class Verification:
    """All verdicts of a sentence, in the order of its hits.

    ``mentions`` counts, for each entry, every right or known wrong form in the target: a candidate with more than the
    source asks for says a name twice.
    """

    text: str
    verdicts: tuple[Verdict, ...]
    mentions: tuple[tuple[GlossaryEntry, int], ...]
    forbidden: tuple[Span, ...]

    @property
    def right(self) -> int:
        """Number of hits that are right."""
        return sum(verdict.right for verdict in self.verdicts)

    @property
    def failing(self) -> tuple[Verdict, ...]:
        """Verdicts that are not right and whose entry is to be enforced."""
        return tuple(v for v in self.verdicts if not v.right and v.hit.entry.status == "preferred")


def verify(source: str, hits: Sequence[TermHit], text: str, alignment: Alignment = ()) -> Verification:
    """Check the translation *text* of *source*, in which *hits* were found.

    >>> from toolkit.glossary.entries import Glossary, GlossaryEntry
    >>> source = "Uschakow traf Uschakow."
    >>> hits = Glossary([GlossaryEntry("Uschakow", "Ushakov", "person")]).find(source)
    >>> [verdict.right for verdict in verify(source, hits, "Ushakov met Uschakow.").verdicts]
    [True, False]
    """
    target = TargetText(text)
    positions = [_expected_place(source, hit.span, text, alignment) for hit in hits]
    groups = _groups(hits)
    chosen = _choose(target, groups, positions)
    taken = list(chosen.values())
    places: dict[int, Verdict] = {}
    mentions: list[tuple[GlossaryEntry, int]] = []
    forbidden: list[Span] = []
    for entry, numbers in groups:
        banned = _spans(target, entry, entry.forbidden, taken)
        wrong = banned + _leftovers(target, entry, [*taken, *banned])
        spare = _spans(target, entry, entry.accepted, [*taken, *wrong])
        mentions.append((entry, sum(number in chosen for number in numbers) + len(spare) + len(wrong)))
        forbidden += banned
        places |= _verdicts(hits, numbers, chosen, banned, wrong, positions)
    return Verification(text, tuple(places[number] for number in range(len(hits))), tuple(mentions), tuple(forbidden))


def _choose(
    target: TargetText, groups: Sequence[tuple[GlossaryEntry, list[int]]], positions: Sequence[float]
) -> dict[int, Span]:
    """Give hits their places: first by the wanted targets, then, for what is left, by the variants.

    A variant may hold the target of another entry (`Bayern Munich`, where `München` wants `Munich`), so it waits.
    Part of a form known to be wrong (`Saudi` in a `Saudi-Arabien` left German) is no place.
    """
    chosen: dict[int, Span] = {}
    faults = {entry: _faults(target, entry) for entry, _ in groups}
    for wanted_only in (True, False):
        for entry, numbers in groups:
            left = [number for number in numbers if number not in chosen]
            forms = (entry.target,) if wanted_only else entry.accepted
            free = _spans(target, entry, forms, list(chosen.values())) if left else []
            free = [span for span in free if not any(_inside(span, fault) for fault in faults[entry])]
            pairs = _pair_up([positions[number] for number in left], free)
            chosen |= {left[index]: span for index, span in pairs.items()}
    return chosen


def _groups(hits: Sequence[TermHit]) -> list[tuple[GlossaryEntry, list[int]]]:
    """Entries with the numbers of their hits; the longest target first, so that it gets its words before its parts."""
    groups: dict[GlossaryEntry, list[int]] = {}
    for number, hit in enumerate(hits):
        groups.setdefault(hit.entry, []).append(number)
    return sorted(groups.items(), key=lambda group: -max(len(tokens(form)) for form in group[0].accepted))


def _spans(target: TargetText, entry: GlossaryEntry, forms: Sequence[str], taken: Sequence[Span]) -> list[Span]:
    """Where *forms* stand outside *taken*, not overlapping; the longest wins."""
    name = entry.is_name or entry.case == "sensitive"
    spans = [span for form in forms for span in target.find(form, name=name)]
    kept: list[Span] = []
    for span in sorted(_free(spans, taken), key=lambda span: span.start - span.end):
        if not any(_overlap(span, other) for other in kept):
            kept.append(span)
    return sorted(kept)


def _faults(target: TargetText, entry: GlossaryEntry) -> list[Span]:
    return _spans(target, entry, entry.forbidden, ()) + _leftovers(target, entry, ())


def _leftovers(target: TargetText, entry: GlossaryEntry, taken: Sequence[Span]) -> list[Span]:
    """Where the German form was left standing; nouns are told from English words by their capital."""
    right = {fold(form) for form in entry.accepted}
    forms = [form for form in entry.forms if fold(form) not in right and not form.islower()]
    return _free([span for form in forms for span in target.find(form, name=True)], taken)


def _free(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    return [span for span in spans if not any(_overlap(span, other) for other in taken)]


def _overlap(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end


def _inside(span: Span, other: Span) -> bool:
    return span != other and other.start <= span.start and span.end <= other.end


def _expected_place(source: str, span: Span, text: str, alignment: Alignment) -> float:
    """Where in the target a hit's translation should begin: by alignment, else in proportion."""
    aligned = [target.start for words, target in alignment if _overlap(words, span)]
    return float(min(aligned)) if aligned else span.start / max(1, len(source)) * len(text)


def _pair_up(expected: Sequence[float], spans: Sequence[Span]) -> dict[int, Span]:
    """Pair hits with places so that the sum of the distances is least; as many pairs as there can be."""
    costs: list[tuple[float, int, int]] = sorted(
        (abs(place - span.start), index, number)
        for index, place in enumerate(expected)
        for number, span in enumerate(spans)
    )
    pairs: dict[int, Span] = {}
    used: set[int] = set()
    for _, index, number in costs:
        if index not in pairs and number not in used:
            pairs[index] = spans[number]
            used.add(number)
    return pairs


def _verdicts(
    hits: Sequence[TermHit],
    numbers: Sequence[int],
    chosen: dict[int, Span],
    banned: Sequence[Span],
    wrong: Sequence[Span],
    positions: Sequence[float],
) -> dict[int, Verdict]:
    missing = [number for number in numbers if number not in chosen]
    paired = _pair_up([positions[number] for number in missing], wrong)
    wrong_of: dict[int, Span] = {missing[index]: span for index, span in paired.items()}
    rest = [span for span in banned if span not in wrong_of.values()]
    standing = [number for number in numbers if number in chosen]
    wrong_of |= dict(zip(standing, rest, strict=False))  # a forbidden form beside a right one still has to go
    return {number: Verdict(hits[number], chosen.get(number), wrong_of.get(number)) for number in numbers}
