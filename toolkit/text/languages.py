"""Which language a text is in, without a model: function words, typical letter groups, and the script.

The evidence is written down in ``data/languages.toml``. It is meant to notice foreign headlines and wrong ``--from``
options, and needs a sentence or a good headline to be sure; words alone are too little.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources

UNKNOWN = ("und", 0.0)
"""BCP 47's tag for an undetermined language."""
_SAMPLE = 4000
"""Characters that are looked at: enough to be sure, and the cost stays the same for a book."""
_PIECE_WEIGHT = 0.3
"""A typical letter group counts less than a function word."""
_LEAST_EVIDENCE = 1.2
"""About two function words, or one and several letter groups: less is a guess."""
_ENOUGH_EVIDENCE = 4.0
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?")
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_CYRILLIC_LETTERS = {"uk": "іїєґ", "sr": "јљњћђџ", "be": "ў", "ru": "ыэё", "bg": "ъ"}
"""Letters that only one of the languages uses, or that the ones before it in this order do not use."""


def identify(text: str) -> tuple[str, float]:
    """Return the tag of the language *text* is most likely in, and a confidence (0–1); `UNKNOWN` for too little text.

    >>> identify("Der Präsident ist am Montag mit dem Minister nach Berlin gereist.")[0]
    'de'
    >>> identify("The president has travelled to Berlin with the minister.")[0]
    'en'
    >>> identify("Putin"), identify("12:30")
    (('und', 0.0), ('und', 0.0))
    """
    sample = text[:_SAMPLE].lower()
    words = _WORD.findall(sample)
    letters = sum(len(word) for word in words)
    if len(_GREEK.findall(sample)) * 2 > letters:
        return "el", _certainty(letters)
    if len(_CYRILLIC.findall(sample)) * 2 > letters:
        return _cyrillic(sample), _certainty(letters)
    scores = _scores(words)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < _LEAST_EVIDENCE:
        return UNKNOWN
    best, second = ranked[0][1], ranked[1][1] if len(ranked) > 1 else 0.0
    margin = (best - second) / best
    return ranked[0][0], round(min(1.0, 2 * margin) * min(1.0, best / _ENOUGH_EVIDENCE), 3)


def _scores(words: list[str]) -> Mapping[str, float]:
    """Evidence for each language; what several languages share is divided among them."""
    known, pieces = _profiles()
    scores: defaultdict[str, float] = defaultdict(float)
    for word, times in Counter(words).items():
        languages = known.get(word, ())
        for language in languages:
            scores[language] += times / len(languages)
        padded = f"_{word.replace('’', chr(39))}_"
        for language, pattern in pieces.items():
            scores[language] += _PIECE_WEIGHT * times * min(2, len(pattern.findall(padded)))
    return scores


def _cyrillic(sample: str) -> str:
    counts = {language: sum(map(sample.count, letters)) for language, letters in _CYRILLIC_LETTERS.items()}
    if counts["ru"] and counts["ru"] >= counts["uk"]:
        return "be" if counts["be"] else "ru"
    return next((language for language in ("be", "uk", "sr", "bg") if counts[language]), "ru")


def _certainty(letters: int) -> float:
    """The script leaves few languages to choose from; a word is enough to know the script."""
    return round(min(0.95, letters / 20), 3)


@cache
def _profiles() -> tuple[dict[str, tuple[str, ...]], dict[str, re.Pattern[str]]]:
    """Languages by function word, and the letter groups of every language as a pattern."""
    file = resources.files("toolkit.text") / "data" / "languages.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    known: defaultdict[str, list[str]] = defaultdict(list)
    for language, profile in table.items():
        for word in set(profile["words"].split()):
            known[word].append(language)
    pieces = {
        language: re.compile("|".join(map(re.escape, profile["pieces"].split()))) for language, profile in table.items()
    }
    return {word: tuple(languages) for word, languages in known.items()}, pieces
