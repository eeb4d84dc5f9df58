"""The term base: entries, and the immutable `Glossary` that holds them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from toolkit.errors import InputError
from toolkit.languages import LanguagePair

if TYPE_CHECKING:
    from toolkit.glossary.matching import Matcher, TermHit

Kind = Literal["person", "place", "organisation", "term", "keep"]
Case = Literal["smart", "sensitive", "insensitive"]
MatchMode = Literal["inflected", "exact"]
Status = Literal["preferred", "admitted", "deprecated"]
NAMES: frozenset[Kind] = frozenset({"person", "place", "organisation", "keep"})
"""Kinds whose target is a proper name: spelled one way, capital letters kept."""


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """One concept: how it is written in German, and how it has to read in English.

    ``aliases`` are further source spellings, ``variants`` further targets accepted as right, ``forbidden`` targets that
    are wrong. A ``keep`` entry's target is its source. ``origin`` says where it was read (``path:line``), for messages.

    >>> GlossaryEntry("Tagesschau", kind="keep").target
    'Tagesschau'
    """

    source: str
    target: str = ""
    kind: Kind = "term"
    aliases: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    case: Case = "smart"
    match: MatchMode = "inflected"
    note: str = ""
    status: Status = "preferred"
    origin: str = ""

    def __post_init__(self) -> None:
        if self.kind == "keep" and not self.target:
            object.__setattr__(self, "target", self.source)

    @property
    def forms(self) -> tuple[str, ...]:
        """All source spellings, the main one first."""
        return (self.source, *self.aliases)

    @property
    def accepted(self) -> tuple[str, ...]:
        """All targets that count as right, the wanted one first."""
        return (self.target, *self.variants)

    @property
    def is_name(self) -> bool:
        """Whether the target is a proper name."""
        return self.kind in NAMES


class Glossary:
    """An immutable set of entries that finds its terms in German text.

    Raises:
        InputError: Entries that contradict each other (see `toolkit.glossary.validation`).

    >>> kremlin = GlossaryEntry("Kreml", "Kremlin", "place")
    >>> glossary = Glossary([GlossaryEntry("Uschakow", "Ushakov", "person"), kremlin])
    >>> [(hit.surface, hit.entry.target) for hit in glossary.find("Der Kreml-Berater sprach mit Uschakows Frau.")]
    [('Kreml', 'Kremlin'), ('Uschakows', 'Ushakov')]
    """

    def __init__(self, entries: Iterable[GlossaryEntry] = ()) -> None:
        from toolkit.glossary.validation import check

        self.entries: tuple[GlossaryEntry, ...] = tuple(entries)
        check(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Glossary) and self.signature == other.signature

    def __hash__(self) -> int:
        return hash(self.signature)

    @classmethod
    def load(cls, paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]]) -> Glossary:
        """Read one file, or several of which each is laid over those before it.

        The suffix names the format: ``.tsv``, ``.csv``, ``.tbx`` (or ``.xml``).

        Raises:
            InputError: A file that cannot be read, a row that breaks the format, entries that contradict each other.
        """
        from toolkit.glossary import exchange

        several = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        glossary = cls()
        for path in several:
            glossary = glossary.layer(cls(exchange.read(path)))
        return glossary

    @classmethod
    def builtin(cls, pair: LanguagePair) -> Glossary:
        """Return the term base that the toolkit ships for *pair*; an empty one for a pair without."""
        path = _termbase_folder() / f"{pair.source}-{pair.target}.tsv"
        return cls.load(path) if path.is_file() else cls()

    def layer(self, over: Glossary) -> Glossary:
        """Return this glossary with *over* on top: where both know a source form, *over*'s entry holds.

        >>> ours = Glossary([GlossaryEntry("Kiew", "Kyiv", "place", aliases=("Kyjiw",))])
        >>> theirs = Glossary([GlossaryEntry("Kiew", "Kiev", "place")])
        >>> [(entry.source, entry.target) for entry in ours.layer(theirs).entries]
        [('Kiew', 'Kiev'), ('Kyjiw', 'Kyiv')]
        """
        from toolkit.glossary.folding import fold
        from toolkit.glossary.validation import chained

        taken = {fold(form) for entry in over.entries for form in entry.forms}
        kept = [_without(entry, [form for form in entry.forms if fold(form) not in taken]) for entry in self.entries]
        below = [entry for entry in kept if entry and not any(chained(entry, other) for other in over.entries)]
        return Glossary([*over.entries, *below])

    @cached_property
    def signature(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of all that changes a translation, whatever the order of rows."""
        rows = sorted(
            (e.source, e.target, e.kind, *map(sorted, (e.aliases, e.variants, e.forbidden)), e.case, e.match, e.status)
            for e in self.entries
        )
        canonical = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]

    def find(self, text: str) -> list[TermHit]:
        """Find the terms in *text*, in order, never overlapping; the longest match wins."""
        return self._matcher.find(text)

    @cached_property
    def _matcher(self) -> Matcher:
        from toolkit.glossary.matching import Matcher

        return Matcher(self.entries)


def _without(entry: GlossaryEntry, forms: list[str]) -> GlossaryEntry | None:
    if len(forms) == len(entry.forms):
        return entry
    return replace(entry, source=forms[0], aliases=tuple(forms[1:])) if forms else None


def _termbase_folder() -> Path:
    packaged = resources.files("toolkit.glossary") / "termbases"
    if packaged.is_dir():
        return Path(str(packaged))
    checkout = Path(__file__).parents[2] / "glossaries"
    if checkout.is_dir():
        return checkout
    raise InputError("the term bases shipped with the toolkit are missing", cure="install the toolkit again")
