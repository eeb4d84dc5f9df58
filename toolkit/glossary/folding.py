"""Fold text so that spellings which mean the same compare equal, and remember where every character came from.

Folded are: case, ``ß``/``ss``, composed and decomposed letters (NFC), typographic apostrophes and hyphens, runs of
white space (a line wrap, a no-break space), soft hyphens, and a word broken at a line end.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from toolkit.types import Span

_APOSTROPHES = dict.fromkeys("’‘ʼ`´′", "'")
_HYPHENS = dict.fromkeys("‐‑", "-")
_DROPPED = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
_SIGNS = _APOSTROPHES | _HYPHENS | _DROPPED
_SPECIAL = re.compile(
    r"(?<=\w)-\n\s*(?=[a-zäöüß])|\s{2,}|[^\S ]|.[\u0300-\u036f]+|[ßẞİ’‘ʼ`´′‐‑\u00ad\u200b-\u200d\u2060\ufeff]",
    re.DOTALL,
)
"""What folding changes by more than its case; all between can be taken over in one go."""


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Folded *text*; ``starts[i]`` and ``ends[i]`` give the place of folded character ``i`` in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """Span in the original of the folded characters ``start`` to ``end`` (not empty)."""
        return Span(self.starts[start], self.ends[end - 1])


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    if cluster.isspace():
        return " "
    if cluster.startswith("-\n"):
        return ""
    if cluster in _SIGNS:
        return _SIGNS[cluster]
    return unicodedata.normalize("NFC", cluster).lower().replace("ß", "ss")


def fold_with_places(text: str) -> FoldedText:
    """Fold *text* and keep the places.

    >>> folded = fold_with_places("Gro\u00dfe\\n Stra\u00dfe")
    >>> folded.text, folded.original(7, 14)
    ('grosse strasse', Span(start=7, end=13))
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for match in _SPECIAL.finditer(text):
        begin, end = match.span()
        folded = _fold_cluster(match.group())
        pieces += (text[done:begin].lower(), folded)
        starts += (*range(done, begin), *[begin] * len(folded))
        ends += (*range(done + 1, begin + 1), *[end] * len(folded))
        done = end
    pieces.append(text[done:].lower())
    starts += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return FoldedText("".join(pieces), tuple(starts), tuple(ends))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold a term: as `fold_with_places`, and without white space around it.

    >>> fold(" Wei\u00dfes\u00a0Haus ")
    'weisses haus'
    """
    return (fold_with_places(text).text if _SPECIAL.search(text) else text.lower()).strip()
