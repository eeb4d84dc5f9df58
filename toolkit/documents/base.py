"""The seam between the toolkit and file formats: the `Format` protocol, and what writing gives back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Protocol

from toolkit.types import Document, Span, TranslatedDocument


@dataclass(frozen=True, slots=True)
class Written:
    """A translation in its file format; ``notices`` say what the writer had to decide (another encoding …)."""

    data: bytes
    notices: tuple[str, ...] = ()


class Format(Protocol):
    """Reads and writes one file format.

    The promise of every format: a document whose blocks' texts are unchanged is written as the bytes that were read
    (DOCX: with the same structure); a changed block changes nothing outside itself.
    """

    @property
    def name(self) -> str:
        """The key in `toolkit.documents.FORMATS`."""
        ...

    @property
    def suffixes(self) -> frozenset[str]:
        """File name endings in lower case, with the dot."""
        ...

    def parse(self, data: bytes, path: str, language: str) -> Document:
        """Read *data*; *path* is for messages and the document's name.

        Raises:
            InputError: *data* is empty, binary, broken or not of this format.
        """
        ...

    def write(self, translated: TranslatedDocument) -> Written:
        """Put the translation in the place of the source, and leave everything else as it was."""
        ...


def splice(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    """Replace spans of *text*; the edits may come in any order but may not overlap.

    >>> splice("Guten Tag, Welt", [(Span(11, 15), "world"), (Span(0, 9), "Hello")])
    'Hello, world'
    """
    pieces, cursor = [], 0
    for span, new in sorted(edits, key=lambda edit: edit[0]):
        if span.start < cursor:
            raise ValueError(f"edits overlap at {span.start}")
        pieces += [text[cursor : span.start], new]
        cursor = span.end
    return "".join([*pieces, text[cursor:]])


class Patches:
    """Small edits of the raw text (an attribute's value), some of them inside the markup of a block written anew.

    >>> patches = Patches('<img alt="Haus"> ja', [(Span(9, 15), '"house"')])
    >>> patches.slice(Span(0, 16)), list(patches.outside([(Span(0, 19), "<img alt=...> yes")]))
    ('<img alt="house">', [])
    """

    def __init__(self, raw: str, edits: Iterable[tuple[Span, str]]) -> None:
        self._raw, self._edits = raw, sorted(edits)
        self._starts = [span.start for span, _ in self._edits]

    def slice(self, span: Span) -> str:
        """A part of the raw text with the edits that lie in it."""
        inner = (self._edits[n] for n in range(bisect_left(self._starts, span.start), len(self._edits)))
        edits = takewhile(lambda edit: edit[0].start < span.end, inner)
        moved = [(Span(place.start - span.start, place.end - span.start), new) for place, new in edits]
        return splice(self._raw[slice(*span)], moved)

    def outside(self, larger: Iterable[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
        """The edits that no larger edit covers."""
        covers = sorted(span for span, _ in larger)
        starts = [span.start for span in covers]
        for span, new in self._edits:
            before = bisect_left(starts, span.start + 1) - 1
            if before < 0 or covers[before].end <= span.start:
                yield span, new
