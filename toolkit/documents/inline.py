"""Inline markup: taken off when a block is read, and put back on the right words when it is written.

Three kinds of `Mark`, told apart by their fields:

    closing filled                       wraps words            <b>…</b>, **…**, [ … ](url)
    closing empty, span empty            stands at a point      <img>, a lone tag
    closing empty, span filled           kept word for word     `code`, <br> (a line break in the text), a URL

`InlineBuilder` collects a block's text with its marks; `arrange` places the marks in the translation, as a tree, so
that what comes out is nested properly whatever the translation did to the word order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from toolkit.types import Mark, Span, TranslatedBlock

_SPACES = re.compile(r"[ \t\n\r\f]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PUNCTUATION = " \t\n.,;:!?)(»«“”„‚‘’\"'"
MAX_DEPTH = 60
"""Deeper markup is kept as points: no real text nests so deep, and hostile text must not exhaust the stack."""


class Markup(NamedTuple):
    """Where a mark's opening and closing stand in the raw text, and in which other mark (-1: in none) it is."""

    opening: Span
    closing: Span
    parent: int = -1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in the decoded text of its file, with one `Markup` for each of its marks."""

    span: Span
    markup: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark in the translation, by its index in ``block.marks``, with what it holds."""

    index: int
    children: tuple[Node, ...] = ()


Node = str | Placed


def plain(text: str) -> str:
    """Text as blocks hold it: NFC, and no lone surrogates (JSON can bring them in; no encoding holds them).

    >>> plain("Gru\\u0308\\u00dfe")
    'Grüße'
    """
    return unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", text))


@dataclass(slots=True)
class _Draft:
    start: int
    end: int
    opening: Span
    closing: Span
    parent: int


@dataclass(frozen=True, slots=True)
class Inline:
    """What a builder collected: plain text, its marks, and the marks' raw places (both in the same order)."""

    text: str
    marks: tuple[Mark, ...]
    markup: tuple[Markup, ...]


class InlineBuilder:
    """Collects a block piece by piece, in reading order.

    Args:
        raw: The decoded text of the file; spans given to the methods are in it.
        collapse: Runs of white space count as one space, as in HTML.

    >>> builder = InlineBuilder("Der <b>Kreml</b>")
    >>> builder.text("Der "); builder.open("b", Span(4, 7)); builder.text("Kreml"); builder.close("b", Span(12, 16))
    >>> builder.finish().marks
    (Mark(span=Span(start=4, end=9), opening='<b>', closing='</b>'),)
    """

    def __init__(self, raw: str, *, collapse: bool = False) -> None:
        self._raw, self._collapse = raw, collapse
        self._pieces: list[str] = []
        self._length = 0
        self._drafts: list[_Draft] = []
        self._open: list[tuple[Hashable, int]] = []

    def text(self, piece: str) -> None:
        """Append words."""
        if self._collapse:
            piece = _SPACES.sub(" ", piece)
            if piece.startswith(" ") and (not self._pieces or self._pieces[-1][-1] in " \n"):
                piece = piece[1:]
                self._space_after_point()
        if piece:
            self._pieces.append(piece)
            self._length += len(piece)

    def _space_after_point(self) -> None:
        """A point between two spaces keeps the second one as part of its markup: in the words there is only one."""
        draft = self._drafts[-1] if self._drafts else None
        if not draft or (draft.start, draft.end) != (self._length, self._length):
            return
        end = draft.opening.end + 1
        if self._raw[end - 1 : end] in {" ", "\t", "\n", "\r", "\f"}:
            draft.opening, draft.closing = Span(draft.opening.start, end), Span(end, end)

    def verbatim(self, content: str, raw: Span) -> None:
        """Append words that come out again as the raw text of *raw*, whatever the engine made of them."""
        start = self._length
        if content:
            self._pieces.append(content)
            self._length += len(content)
        self._add(start, self._length, raw, Span(raw.end, raw.end))

    def point(self, raw: Span) -> None:
        """Note markup that stands at this place."""
        self._add(self._length, self._length, raw, Span(raw.end, raw.end))

    def open(self, key: Hashable, raw: Span) -> None:
        """Begin markup that is ended by `close` with the same *key*; without one it counts as a point."""
        self.point(raw)
        if len(self._open) < MAX_DEPTH:
            self._open.append((key, len(self._drafts) - 1))

    def close(self, key: Hashable, raw: Span) -> None:
        """End the innermost markup opened with *key*; what was opened inside it and not ended becomes points."""
        keys = [opened for opened, _ in self._open]
        if key not in keys:
            self.point(raw)
            return
        depth = len(keys) - 1 - keys[::-1].index(key)
        index = self._open[depth][1]
        unclosed = {lost for _, lost in self._open[depth + 1 :]}
        del self._open[depth:]
        self._reparent(unclosed)
        draft = self._drafts[index]
        draft.end, draft.closing = self._length, raw
        if draft.start == draft.end:  # holds no words: one point with everything inside
            del self._drafts[index + 1 :]
            draft.opening, draft.closing = Span(draft.opening.start, raw.end), Span(raw.end, raw.end)

    def finish(self) -> Inline:
        """Return what was collected, white space at both ends left off."""
        self._reparent({lost for _, lost in self._open})
        self._open.clear()
        whole = "".join(self._pieces)
        text = plain(whole)
        lead = len(text) - len(text.lstrip())
        stripped = text.strip()

        def offset(position: int) -> int:
            moved = position if text == whole else len(plain(whole[:position]))
            return min(max(moved - lead, 0), len(stripped))

        marks = tuple(self._mark(draft, Span(offset(draft.start), offset(draft.end))) for draft in self._drafts)
        markup = tuple(Markup(draft.opening, draft.closing, draft.parent) for draft in self._drafts)
        return Inline(stripped, marks, markup)

    def _add(self, start: int, end: int, opening: Span, closing: Span) -> None:
        parent = self._open[-1][1] if self._open else -1
        self._drafts.append(_Draft(start, end, opening, closing, parent))

    def _reparent(self, lost: set[int]) -> None:
        for draft in self._drafts if lost else ():
            while draft.parent in lost:
                draft.parent = self._drafts[draft.parent].parent

    def _mark(self, draft: _Draft, span: Span) -> Mark:
        return Mark(span, self._raw[slice(*draft.opening)], self._raw[slice(*draft.closing)])


Event = tuple[Literal["text", "break", "open", "close", "point"], Any, Span]
"""A step of reading: words, words to keep, or the key of markup; and the place of its markup."""


def from_events(events: Iterable[Event], size: int, *, collapse: bool = False) -> Inline:
    """Collect a paragraph whose markup is not text but *size* elements; spans are indices of elements.

    >>> from_events([("text", "Der ", Span(0, 0)), ("point", None, Span(0, 1))], 1).text
    'Der'
    """
    builder = InlineBuilder("\ufffc" * size, collapse=collapse)
    for kind, payload, span in events:
        if kind == "text":
            builder.text(payload)
        elif kind == "break":
            builder.verbatim(payload, span)
        elif kind == "open":
            builder.open(payload, span)
        elif kind == "close":
            builder.close(payload, span)
        else:
            builder.point(span)
    return builder.finish()


def arrange(translated: TranslatedBlock, markup: tuple[Markup, ...]) -> tuple[Node, ...]:
    """The translation as words and marks in order; a mark never ends outside the mark that holds it."""
    spans = _placements(translated)
    children: dict[int, list[int]] = {}
    for index, entry in enumerate(markup):
        children.setdefault(entry.parent, []).append(index)

    def level(parent: int, window: Span) -> tuple[Node, ...]:
        nodes: list[Node] = []
        cursor = window.start
        for index in sorted(children.get(parent, ()), key=lambda child: spans[child].start):
            start = min(max(spans[index].start, cursor), window.end)
            end = max(min(spans[index].end, window.end), start)
            held = level(index, Span(start, end)) if translated.block.marks[index].closing else ()
            mark = translated.block.marks[index]
            lost = start == end and not mark.closing and translated.block.text[slice(*mark.span)].strip() != ""
            before = translated.text[cursor:start]
            nodes += [before + " " if lost and before[-1:].strip() else before, Placed(index, held)]
            nodes += [" "] if lost and translated.text[end : end + 1].isalnum() else []
            cursor = end
        nodes.append(translated.text[cursor : window.end])
        return tuple(node for node in nodes if node != "")

    return level(-1, Span(0, len(translated.text)))


def render(
    nodes: tuple[Node, ...], write: Callable[[str], str], opening: Callable[[int], str], closing: Callable[[int], str]
) -> str:
    """Write an arrangement as a string; *write* escapes words, *opening* and *closing* give a mark's raw markup."""
    pieces = []
    for node in nodes:
        if isinstance(node, str):
            pieces.append(write(node))
        else:
            pieces += [opening(node.index), render(node.children, write, opening, closing), closing(node.index)]
    return "".join(pieces)


def _placements(translated: TranslatedBlock) -> list[Span]:
    taken: set[Span] = set()
    spans = []
    for mark in translated.block.marks:
        if mark.closing:
            spans.append(_wrapped(translated, mark.span))
        elif mark.span.start == mark.span.end:
            spans.append(translated.project(mark.span))
        else:
            spans.append(_verbatim(translated, mark.span, taken))
            taken.add(spans[-1])
    return spans


def _wrapped(translated: TranslatedBlock, span: Span) -> Span:
    """Where the marked words are now: not empty, and with no more punctuation at its ends than the source had."""
    source, text = translated.block.text[slice(*span)], translated.text
    start, end = translated.project(span)
    if start == end:
        start = len(text[:start].rstrip()) if not text[start:].strip() else start
        word = re.compile(r"\s*\S*").match(text, start)
        end = word.end() if word else end
    while end > start and text[end - 1] in _PUNCTUATION and not source.endswith(text[end - 1]):
        end -= 1
    while start < end and text[start] in _PUNCTUATION and not source.startswith(text[start]):
        start += 1
    return Span(start, end) if start < end else translated.project(span)


def _verbatim(translated: TranslatedBlock, span: Span, taken: set[Span]) -> Span:
    """Where the words to be kept stand: as they are, else in other case, else the aligned words if they are alike.

    If nothing is like them, nothing is replaced: the kept words then stand beside what the engine made of them.
    """
    content, text = translated.block.text[slice(*span)], translated.text
    breaks = content.isspace()
    guess = translated.project(span)
    if breaks and span.start:  # a line break stands after the word before it
        guess = Span(*[translated.project(Span(span.start - 1, span.start)).end] * 2)
    patterns = [re.escape(content), r"\s+" if breaks else "(?i)" + re.escape(content)]
    for pattern in patterns:
        hits = [Span(*match.span()) for match in re.finditer(pattern, text)]
        free = [hit for hit in hits if hit not in taken]
        if free:
            return min(free, key=lambda hit: abs(hit.start - guess.start))
    return Span(guess.start, guess.start) if breaks or not _alike(content, text[slice(*guess)]) else guess


def _alike(content: str, words: str) -> bool:
    return SequenceMatcher(None, content.casefold(), words.casefold(), autojunk=False).ratio() >= 0.6
