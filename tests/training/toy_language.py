"""A small German and English to learn in seconds: news-like sentences from a grammar of a few dozen words."""

import itertools
import random

SUBJECTS = [
    ("Der Minister", "The minister"),
    ("Die Kanzlerin", "The chancellor"),
    ("Der Präsident", "The president"),
    ("Die Regierung", "The government"),
    ("Das Parlament", "Parliament"),
    ("Die Stadt", "The city"),
    ("Ein Sprecher", "A spokesman"),
    ("Herr Uschakow", "Mr Ushakov"),
    ("Die „Partei der Mitte“", "The “Centre Party”"),
]
VERBS = [
    ("lobt", "praises"),
    ("kritisiert", "criticises"),
    ("prüft", "examines"),
    ("verteidigt", "defends"),
    ("unterstützt", "supports"),
    ("veröffentlicht", "publishes"),
]
OBJECTS = [
    ("das neue Gesetz", "the new law"),
    ("den alten Vertrag", "the old treaty"),
    ("die Waffenruhe", "the ceasefire"),
    ("den Bericht", "the report"),
    ("die Wahl in Moskau", "the election in Moscow"),
    ("42 Vorschläge", "42 proposals"),
    ("die Reise nach Brüssel", "the trip to Brussels"),
]
TIMES = [
    ("am Montag", "on Monday"),
    ("am Dienstag", "on Tuesday"),
    ("seit Jahren", "for years"),
    ("heute", "today"),
    ("wieder", "again"),
]


def pairs(seed: int = 0) -> list[tuple[str, str]]:
    """All 1,890 sentences in random order."""
    made = [
        (f"{subject[0]} {verb[0]} {time[0]} {object_[0]}.", f"{subject[1]} {verb[1]} {object_[1]} {time[1]}.")
        for subject, verb, object_, time in itertools.product(SUBJECTS, VERBS, OBJECTS, TIMES)
    ]
    random.Random(seed).shuffle(made)
    return made
