"""Propose glossary entries from articles, each with its evidence; a person edits the list and passes it back.

Three kinds of evidence: one name spelled in several ways; a German transcription of a Cyrillic name, turned into
English usage by rule; a name that the translations at hand render inconsistently.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.glossary.cascade.locating import similarity
from toolkit.glossary.entries import Glossary, GlossaryEntry, Kind
from toolkit.glossary.exchange.tables import write_tsv
from toolkit.glossary.folding import fold
from toolkit.glossary.inflection import tokens
from toolkit.glossary.transliteration import looks_cyrillic, skeleton, to_english
from toolkit.types import Document, SegmentPair

SHORTEST = 5
"""Letters a name must have: shorter ones agree with too much by chance."""
ALIKE = 0.6
"""Similarity from which a capitalised target word counts as a rendering of a source name."""
_NAME = re.compile(r"[^\W\d_a-zäöüß][^\W\d_]+(?:-[^\W\d_a-zäöüß][^\W\d_]+)*")
_WORD = r"[^\W\d_a-zäöüß][\w\-]+"
_FULL_NAME = re.compile(rf"(?<![\w\-])(?=({_WORD}) ({_WORD})(?![\w\-]))")
_ENGLISH = re.compile(r"ova?$|eva?$|sky$|shenko$|kh|[iy]y$|^Y[aeou]|^Zh|vich$")
_PLACE = re.compile(r"(?:[iy]w|sk|grad|iwka|stan)$")
_NOT_FIRST_NAMES = frozenset(
    fold(word)
    for word in re.findall(
        r"\w+",
        """Der Die Das Dem Den Des Ein Eine Und Mit Von Für Als Auch In Im Am Bei Laut Nach Seit Herr
        Herrn Frau Präsident Präsidenten Präsidentin Kremlchef Staatschef Regierungschef Minister
        Außenminister Verteidigungsminister Ministerpräsident Kanzler General Sprecher Berater
        Staatsoberhaupt Region Gebiet Oblast Provinz Stadt""",
    )
)
"""Capitalised words that stand before a surname and are no first name."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed entry and why it is proposed, in words."""

    entry: GlossaryEntry
    evidence: tuple[str, ...]


@dataclass(slots=True)
class _Sightings:
    """Where a spelling was seen: number of times in each file."""

    files: Counter[str] = field(default_factory=Counter)

    @property
    def times(self) -> int:
        return self.files.total()


def suggest(
    texts: Mapping[str, str],
    translations: Mapping[str, Sequence[SegmentPair]] | None = None,
    glossary: Glossary | None = None,
) -> list[Suggestion]:
    """Return proposals for the names in *texts* (path → German text), those spelled in most ways first.

    Args:
        texts: What to read; `texts_of` makes it from documents.
        translations: Sentence pairs of the same articles, to find names that are rendered inconsistently.
        glossary: What is known already and so not proposed.

    >>> found = suggest({"a.txt": "Juri Uschakow sprach.", "b.txt": "Er traf Yuri Ushakov."})
    >>> [(each.entry.source, each.entry.target, each.entry.aliases) for each in found]
    [('Juri Uschakow', 'Yuri Ushakov', ('Yuri Ushakov',)), ('Uschakow', 'Ushakov', ('Ushakov',))]
    """
    seen = _spellings(texts)
    groups: dict[str, list[str]] = defaultdict(list)
    for spelling in seen:
        groups[skeleton(spelling)].append(spelling)
    proposals = [_from_group(spellings, seen) for spellings in groups.values() if _is_cyrillic(spellings)]
    proposals += _inconsistent(translations or {}, {form for each in proposals for form in each.entry.forms})
    known = glossary or Glossary()
    fresh = [each for each in proposals if not _known(each.entry, known)]
    return sorted(fresh, key=lambda each: (-len(each.entry.aliases), each.entry.source))


def texts_of(documents: Iterable[Document]) -> dict[str, str]:
    """Return path → text of all blocks that are to be translated."""
    return {
        document.path: "\n".join(block.text for block in document.blocks if block.translatable and block.text)
        for document in documents
    }


def write(suggestions: Iterable[Suggestion]) -> str:
    """Return the proposals as a term base in TSV, with the evidence under ``note``: to be edited and passed back."""
    head = "# Proposed entries. Keep, change or delete rows, then pass the file with --glossary.\n"
    return head + write_tsv(replace(each.entry, note="; ".join(each.evidence)) for each in suggestions)


def _spellings(texts: Mapping[str, str]) -> dict[str, _Sightings]:
    """Single words and full names as spelled; genitives are counted under the form without s.

    A word that only ever stands before a surname is no entry of its own: the full name is.
    """
    seen: dict[str, _Sightings] = defaultdict(_Sightings)
    first_names: Counter[str] = Counter()
    for path, text in texts.items():
        for match in _NAME.finditer(text):
            word = match.group()
            if len(word) >= SHORTEST and not word.isupper():
                seen[_nominative(word)].files[path] += 1
        for match in _FULL_NAME.finditer(text):
            first, last = match[1], _nominative(match[2])
            if fold(first) not in _NOT_FIRST_NAMES and any(_like_cyrillic(word) for word in (first, last)):
                seen[f"{first} {last}"].files[path] += 1
                first_names[first] += 1
    return {spelling: times for spelling, times in seen.items() if first_names[spelling] < times.times}


def _like_cyrillic(word: str) -> bool:
    return looks_cyrillic(word) or bool(_ENGLISH.search(word))


def _nominative(word: str) -> str:
    """The word without a genitive s, where what is left can be told for a Cyrillic name."""
    return word[:-1] if word.endswith("s") and _like_cyrillic(word[:-1]) else word


def _is_cyrillic(spellings: Sequence[str]) -> bool:
    return any(looks_cyrillic(spelling) and to_english(spelling) != spelling for spelling in spellings)


def _from_group(spellings: Sequence[str], seen: Mapping[str, _Sightings]) -> Suggestion:
    """One name, however spelled: the German form is the source, the English one the target if the texts have it."""
    german = max((s for s in spellings if looks_cyrillic(s)), key=lambda s: (to_english(s) != s, seen[s].times, s))
    others = sorted((s for s in spellings if s != german), key=lambda s: (-seen[s].times, s))
    by_rule = to_english(german)
    target = by_rule if by_rule in others else next((s for s in others if _ENGLISH.search(s)), by_rule)
    spelled = ", ".join(f"{spelling} {_places(seen[spelling])}" for spelling in (german, *others))
    kind: Kind = "place" if _PLACE.search(german) else "person"
    evidence = (f"spelled {spelled}" if others else f"seen {_places(seen[german])}", f"by rule {by_rule}")
    return Suggestion(GlossaryEntry(german, target, kind, aliases=tuple(others)), evidence)


def _places(sightings: _Sightings) -> str:
    files = ", ".join(sorted(sightings.files)[:3])
    more = f" and {len(sightings.files) - 3} more" if len(sightings.files) > 3 else ""
    return f"{sightings.times}× in {files}{more}"


def _inconsistent(translations: Mapping[str, Sequence[SegmentPair]], proposed: set[str]) -> list[Suggestion]:
    """Names with two or more renderings; the most frequent is proposed, the others are shown."""
    renderings: dict[str, Counter[str]] = defaultdict(Counter)
    for pairs in translations.values():
        for pair in pairs:
            for name, rendering in _renderings(pair):
                renderings[name][rendering] += 1
    found = []
    for name, counts in renderings.items():
        if len(counts) > 1 and name not in proposed:
            (target, _), *_ = counts.most_common()
            told = ", ".join(f"{form} ({times}×)" for form, times in counts.most_common())
            found.append(Suggestion(GlossaryEntry(name, target, "person"), (f"translated as {told}",)))
    return found


def _renderings(pair: SegmentPair) -> list[tuple[str, str]]:
    """Source names with the target word most like them; German nouns that were translated have none."""
    targets = [token.text for token in tokens(pair.target)[1:] if token.text[:1].isupper()]
    found = []
    for match in _NAME.finditer(pair.source):
        name = match.group()
        if len(name) < SHORTEST or match.start() == 0:
            continue
        best = max(targets, key=lambda word: similarity(fold(word), fold(name)), default="")
        if best and similarity(fold(best), fold(name)) >= ALIKE:
            found.append((_nominative(name), _nominative(best)))
    return found


def _known(entry: GlossaryEntry, glossary: Glossary) -> bool:
    return all(any(hit.surface == form for hit in glossary.find(form)) for form in entry.forms)
