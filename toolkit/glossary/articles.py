"""The English article before a term that was put in: `a` or `an`."""

from __future__ import annotations

import re

from toolkit.types import Span

_ARTICLE = re.compile(r"\b(an?) $", re.IGNORECASE)
_LIKE_YOU = re.compile(r"eu|ewe|on(?:e|ce)\b|u(?:ni(?!n|m)|k|s[aeiu]|t[ei]|r[aeu]|ga)")
"""Beginnings that are written with a vowel and spoken with a consonant: `a European`, `a one-off`, `a union`."""
_SILENT_H = re.compile(r"hour|hono|honest|heir")
_SPELLED = frozenset("FHLMNRSX")
"""Capitals whose names begin with a vowel; whether an acronym is spelled out (`an NBC`) or read (`a NATO`) is open."""


def fitting(word: str) -> str:
    """Return the article that *word* has to have, ``a`` or ``an``; "" where that depends on how it is read.

    >>> [fitting(word) for word in ("Iranian", "European", "UN", "EU", "hour", "NATO", "Kyiv", "unimportant")]
    ['an', 'a', 'a', 'an', 'an', '', 'a', 'an']
    """
    if not word[:1].isalpha():
        return ""
    if len(word) > 1 and word[:2].isupper():
        return "" if word[0] in _SPELLED else "an" if word[0] in "AEIO" else "a"
    low = word.lower()
    vowel = _SILENT_H.match(low) or (low[0] in "aeiou" and not _LIKE_YOU.match(low))
    return "an" if vowel else "a"


def article_edit(text: str, start: int, term: str) -> tuple[Span, str] | None:
    """Return what to write over an article that does not fit *term*, which comes to stand at *start*; ``None`` if it
    fits or there is none.

    >>> article_edit("In a Kiev", 5, "Iranian city")
    (Span(start=3, end=4), 'an')
    """
    match = _ARTICLE.search(text, 0, start)
    wanted = fitting(term)
    if match is None or not wanted or match.group(1).lower() == wanted:
        return None
    written = wanted.capitalize() if match.group(1)[0].isupper() else wanted
    return Span(*match.span(1)), written
