"""Words as summaries and matching need them: tokens, stop words and stems.

sumy's own tokeniser drops every token with a digit or an attached quotation mark (COVID-19, 20-jähriges) and splits
after ``z. B.``; its German stop list lacks *haben*, *damit*, *gegen*. Hence these.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import resources

_DOMAINS = "de|com|org|net|eu|at|ch|info|ru|uk|gov|io|fr|us|tv"
_TOKEN = re.compile(
    rf"""
      \d+(?:[.,:]\d+)*(?:[-‐‑]\w+)*                       # 3,5  1.234.567  14.30  20-jähriges
    | [a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:{_DOMAINS})(?!\w)   # reuters.com
    | (?:[^\W\d_]\.)+[^\W\d_](?!\w)                       # z.B  U.S
    | \w+(?:[-‐‑'’&]\w+)*                                 # COVID-19  don't  AT&T
    """,
    re.VERBOSE,
)
_SNOWBALL = {
    "da": "danish",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
}


def tokenize(text: str, language: str) -> list[str]:
    """Return the words and numbers of *text* in order, without quotation marks and sentence periods.

    >>> tokenize("„Wir auch.“ COVID-19, ihr 20-jähriges Abkommen: 31 % mehr!", "de")
    ['Wir', 'auch', 'COVID-19', 'ihr', '20-jähriges', 'Abkommen', '31', 'mehr']
    >>> tokenize("The U.S. didn't reply to reuters.com.", "en")
    ['The', 'U.S', "didn't", 'reply', 'to', 'reuters.com']
    """
    words = _TOKEN.findall(text.replace("’", "'"))
    return [_without_genitive(word) for word in words] if language == "en" else words


def _without_genitive(word: str) -> str:
    return word[:-2] if word.endswith("'s") and word.casefold() not in _CONTRACTIONS else word


_CONTRACTIONS = frozenset(
    {"it's", "he's", "she's", "that's", "there's", "what's", "where's", "who's", "here's", "let's"}
)


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the lower-case function words of *language* and its verbs of reporting; empty for an unknown language.

    >>> {"haben", "damit", "sagte"} <= stop_words("de"), "the" in stop_words("en"), stop_words("xx")
    (True, True, frozenset())
    """
    file = resources.files("toolkit.text") / "data" / f"stopwords.{language}.txt"
    if not file.is_file():
        return frozenset()
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def stem(word: str, language: str) -> str:
    """Return the lower-case stem of *word*: CISTEM for German, Snowball for other languages that have one.

    CISTEM (Weißweiler and Fraser, 2017) joins umlaut plurals with their singular, which Snowball does not.

    >>> stem("Häuser", "de") == stem("Hauses", "de"), stem("meetings", "en"), stem("Слово", "xx")
    (True, 'meet', 'слово')
    """
    return _cached_stem(word.lower(), language)


@lru_cache(maxsize=65536)
def _cached_stem(word: str, language: str) -> str:
    return _stemmer(language)(word)


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    if language == "de":
        from nltk.stem.cistem import Cistem

        german: Callable[[str], str] = Cistem().stem
        return german
    if language in _SNOWBALL:
        from nltk.stem.snowball import SnowballStemmer

        other: Callable[[str], str] = SnowballStemmer(_SNOWBALL[language]).stem
        return other
    return str.lower
