"""How well a glossary was kept, as figures between 0 and 1. All work on the occurrences of one or more documents.

Term success counts an accepted form in any inflection; exact success asks for the wanted form as written (a possessive
aside); consistency is that of Semenov and Bojar (2022): a term's first translation is the pseudo-reference of the
others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.glossary.entries import Glossary
from toolkit.glossary.folding import fold
from toolkit.glossary.inflection import TargetText, singular
from toolkit.types import Occurrence


@dataclass(frozen=True, slots=True)
class TermScores:
    """Figures over ``occurrences`` hits; the shares are 1.0 where there is nothing to count."""

    occurrences: int
    success: float
    exact: float
    consistency: float
    forbidden: float

    def __str__(self) -> str:
        return (
            f"{self.occurrences} occurrences: success {self.success:.3f}, exact {self.exact:.3f}, "
            f"consistency {self.consistency:.3f}, forbidden {self.forbidden:.3f}"
        )


def score(occurrences: Sequence[Occurrence], glossary: Glossary) -> TermScores:
    """Return all figures. *glossary* says which found forms are forbidden."""
    banned = {entry.source: {fold(form) for form in entry.forbidden} for entry in glossary.entries}
    return TermScores(
        len(occurrences),
        term_success(occurrences),
        exact_success(occurrences),
        consistency(occurrences),
        _share([fold(o.found) in banned.get(o.concept, ()) for o in occurrences], when_empty=0.0),
    )


def term_success(occurrences: Iterable[Occurrence]) -> float:
    """Share of the occurrences whose term is rightly in the translation (lemma-based, counted)."""
    return _share([occurrence.method != "unenforced" for occurrence in occurrences])


def exact_success(occurrences: Iterable[Occurrence]) -> float:
    """Share of the occurrences whose term is there in the wanted form itself; only the first letter's case is free."""
    return _share([o.method != "unenforced" and _same(o.found, o.expected) for o in occurrences])


def consistency(occurrences: Iterable[Occurrence]) -> float:
    """Share of the repetitions of a concept that are translated as its first occurrence was.

    Number and case are levelled. A translation that was not found is consistent with nothing.

    >>> from toolkit.types import Span
    >>> def seen(found): return Occurrence("Kiew", "Kyiv", Span(0, 4), "Kiew", "native", found)
    >>> consistency([seen("Kyiv"), seen("Kyiv"), seen("Kiev")])
    0.5
    """
    first: dict[str, str] = {}
    same: list[bool] = []
    for occurrence in occurrences:
        found = _lemma(occurrence.found)
        if occurrence.concept not in first:
            first[occurrence.concept] = found
        else:
            same.append(bool(found) and found == first[occurrence.concept])
    return _share(same)


def collateral(glossary: Glossary, sources: Sequence[str], before: Sequence[str], after: Sequence[str]) -> float:
    """Share of the sentences without any term that a glossary run changed; anything but 0 is a fault.

    >>> collateral(Glossary(), ["Ja.", "Nein."], ["Yes.", "No."], ["Yes.", "Nope."])
    0.5
    """
    triples = zip(sources, before, after, strict=True)
    return _share([old != new for source, old, new in triples if not glossary.find(source)], when_empty=0.0)


def forbidden_forms(glossary: Glossary, source: str, target: str) -> list[str]:
    """Return the forbidden forms in *target* of the entries that *source* has.

    >>> from toolkit.glossary.entries import GlossaryEntry
    >>> forbidden_forms(Glossary([GlossaryEntry("Kiew", "Kyiv", "place", forbidden=("Kiev",))]), "in Kiew", "in Kiev")
    ['Kiev']
    """
    text = TargetText(target)
    entries = dict.fromkeys(hit.entry for hit in glossary.find(source))
    found = [(span, form) for e in entries for form in e.forbidden for span in text.find(form, name=e.is_name)]
    return [form for _, form in sorted(found)]


def _share(checks: Sequence[bool], when_empty: float = 1.0) -> float:
    return sum(checks) / len(checks) if checks else when_empty


def _same(found: str, expected: str) -> bool:
    return found[1:] == expected[1:] and fold(found[:1]) == fold(expected[:1])


def _lemma(found: str) -> str:
    return " ".join(singular(word) for word in fold(found).split())
