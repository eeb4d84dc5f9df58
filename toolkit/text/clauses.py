"""Cutting a sentence that is too long for an engine, at the borders of its clauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from toolkit.types import Span

_CONJUNCTIONS = {
    "de": """aber als bevor da damit dass denn der die das den dem deren dessen doch indem jedoch nachdem ob obwohl oder
        sodass sondern sowie um und was während weil welche welcher welches wenn wie wo wobei wodurch""",
    "en": """after although and as because before but if or since so that though unless until when where which while who
        whom whose""",
}
_JOINER = "\u200d"
_SPACE = re.compile(r"\s+")


def split_clauses(text: str, limit: Callable[[str], bool], language: str) -> list[Span]:
    """Cut *text* till *limit* accepts every part; spans as in `segmentation.split`.

    The strongest border near the middle is taken first: semicolon, colon or dash; comma before a conjunction; any other
    comma; before *und* or *oder*; white space; and inside a word only when nothing else is left. A part of a
    single letter is returned even when *limit* refuses it.

    >>> text = "Er sagte, dass es regnet, und ging nach Hause."
    >>> [text[a:b] for a, b in split_clauses(text, lambda part: len(part) < 30, "de")]
    ['Er sagte, dass es regnet,', 'und ging nach Hause.']
    """
    borders = _borders(language.partition("-")[0])
    parts: list[Span] = []
    waiting = [_trim(text, 0, len(text))]
    while waiting:
        part = waiting.pop()
        if part.start == part.end:
            continue
        cut = None if limit(text[part.start : part.end]) else _best_cut(text, part, borders)
        if cut is None:
            parts.append(part)
        else:
            waiting += [_trim(text, cut, part.end), _trim(text, part.start, cut)]
    return parts


def _borders(language: str) -> tuple[re.Pattern[str], ...]:
    words = "|".join(_CONJUNCTIONS.get(language, _CONJUNCTIONS["en"]).split())
    joining = "und|oder|sowie" if language == "de" else "and|or"
    patterns = (r"[;:](?=\s)|\s(?=[–—]\s)", rf",(?=\s+(?:{words})\b)", r",(?=\s)", rf"\s(?=(?:{joining})\s)", r"\s")
    return tuple(re.compile(pattern) for pattern in patterns)


def _best_cut(text: str, part: Span, borders: tuple[re.Pattern[str], ...]) -> int | None:
    """Return the offset of the strongest border that leaves at least a fifth on each side, nearest the middle."""
    middle = (part.start + part.end) / 2
    margin = (part.end - part.start) / 5
    for pattern in borders:
        cuts = [match.end() for match in pattern.finditer(text, part.start, part.end)]
        inner = [cut for cut in cuts if part.start + margin < cut < part.end - margin]
        if inner:
            return min(inner, key=lambda cut: abs(cut - middle))
    spaces = (match.end() for match in _SPACE.finditer(text, part.start, part.end))
    return _nearest(spaces, middle) or _nearest(_between_letters(text, part), middle)


def _between_letters(text: str, part: Span) -> Iterator[int]:
    """Offsets at which no letter is parted from its accents, no emoji from what it is joined to."""
    for cut in range(part.start + 1, part.end):
        letter = text[cut]
        if not unicodedata.category(letter).startswith("M") and _JOINER not in (letter, text[cut - 1]):
            yield cut


def _nearest(cuts: Iterator[int], middle: float) -> int | None:
    return min(cuts, key=lambda cut: abs(cut - middle), default=None)


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    return Span(left, max(left, start + len(piece.rstrip())))
