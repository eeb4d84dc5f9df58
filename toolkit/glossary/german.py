"""German word forms, as far as finding terms a text needs them: endings, adjectives, everyday words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from toolkit.glossary.entries import GlossaryEntry


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ADJECTIVE_ENDINGS = ("", "e", "er", "es", "en", "em")
_NAME_ENDINGS = frozenset({"", "s", "es", "'", "'s"})
_NOUN_ENDINGS = frozenset({"", "s", "es", "e", "en", "n", "'", "'s"})
_SHORT_NOUN_ENDINGS = frozenset({"", "s", "es", "'s"})
_ADJECTIVE = re.compile(r"(?P<stem>\w{3,}?)(?:e|er|es|en)")
_INVARIABLE = _words("der die das des dem den ein eine und oder für von vom zur zum über unter ohne")
_EXPANDED_WORDS = 3
"""A form with more adjectives than this not expanded (5³ = 125 forms): no real term has that many."""
ENDING = re.compile(r"'s(?![^\W_])|(?:es|en|em|er|e|s|n)?(?![^\W_])'?(?![^\W_])")
"""What may follow a term before the word ends; which of these a term takes, `endings` says."""

EVERYDAY = _words(
    """
    abend au bach baden bauer berg bitter braun buchen dar ehe essen feld freund fuchs graf groß grün grüne hagen
    halle heil herbst herzog hof jäger kaiser kehl klein koch kohl kraft lange leer linke morgen oder papst
    plauen reich richter rot schwarz singen sommer stark stein sturm vogel weiden weiß werder winter wo wolf
    """
)
"""Words that are also names of people, towns or rivers (politicians' surnames, towns of the list of German cities); as
a name they count only with a name or a title before them or, for places, a preposition of place."""
_PLACE_SIGNS = _words("in aus nach bei von um stadt raum bis richtung")
_ARTICLES = _words("der die das des dem den ein eine einen einem einer eines kein keine sein seine ihr ihre")
_PERSON_SIGNS = _words("herr frau herrn kanzler kanzlerin präsident präsidentin minister ministerin dr prof professor")


def is_adjective(form: str) -> bool:
    """Whether a form's last word is written small, so that it takes adjective endings.

    >>> is_adjective("russisch"), is_adjective("Kreml")
    (True, False)
    """
    return form.split()[-1][:1].islower()


def endings(entry: GlossaryEntry, form: str) -> frozenset[str]:
    """Folded endings that *form* may take in a German sentence.

    >>> sorted(endings(GlossaryEntry("Uschakow", "Ushakov", "person"), "Uschakow"))
    ['', "'", "'s", 'es', 's']
    """
    if entry.match == "exact":
        return frozenset({""})
    if is_adjective(form):
        return frozenset(_ADJECTIVE_ENDINGS)
    if entry.is_name:
        return _NAME_ENDINGS
    return _NOUN_ENDINGS if len(form) > 3 else _SHORT_NOUN_ENDINGS


def inflected_words(entry: GlossaryEntry, folded: str) -> Iterator[str]:
    """Yield *folded* with every ending of the adjectives before its last word.

    >>> house = GlossaryEntry("Weißes Haus", "White House", "organisation")
    >>> [form for form in inflected_words(house, "weisses haus") if form.startswith("weissen")]
    ['weissen haus']
    """
    *before, last = folded.split(" ")
    if not before or entry.match == "exact" or entry.kind in ("person", "keep"):
        yield folded
        return
    stems = [None if word in _INVARIABLE else _ADJECTIVE.fullmatch(word) for word in before]
    if not 0 < sum(stem is not None for stem in stems) <= _EXPANDED_WORDS:
        yield folded
        return
    choices = [
        [word] if stem is None else [stem["stem"] + ending for ending in _ADJECTIVE_ENDINGS[1:]]
        for word, stem in zip(before, stems, strict=True)
    ]
    for words in itertools.product(*choices):
        yield " ".join([*words, last])


def reads_as_name(entry: GlossaryEntry, before: str) -> bool:
    """Whether an everyday word that is also a name is the name here, given the text *before* it.

    >>> essen, kohl = GlossaryEntry("Essen", kind="place"), GlossaryEntry("Kohl", kind="person")
    >>> reads_as_name(essen, "Sie wohnt in "), reads_as_name(essen, "Das ")
    (True, False)
    >>> reads_as_name(kohl, "Helmut "), reads_as_name(kohl, "Der ")
    (True, False)
    """
    words = [word.strip('„“"»«(.,') for word in before.split()[-2:]]
    if not words:
        return False
    last = words[-1].lower()
    if entry.kind == "place":
        return last in _PLACE_SIGNS or " ".join(words).lower() == "an der"
    return last in _PERSON_SIGNS or (words[-1].istitle() and last not in _ARTICLES)
