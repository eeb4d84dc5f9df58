"""Plain text: paragraphs between blank lines or one a line, bullets, hard wraps; all else is layout and stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.documents.base import Written, splice
from toolkit.documents.encodings import decode, encode
from toolkit.documents.inline import plain
from toolkit.text.wrapping import join_lines, paragraphs, wrap
from toolkit.types import Block, Document, Role, Span, TranslatedBlock, TranslatedDocument

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_PREFIX = re.compile(r"[\s\ufeff]*(?P<quote>(?:>[ \t]*)*)")
_BULLET = re.compile(r"(?:[•‣◦▪·*+\-–—]|\(?\d{1,3}[.)]|\[[ xX]\])[ \t\u00a0]+(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it stands in the text (without its end), what ends it, and its parts.

    ``body`` is the offset in the text of the first character after indentation, quote marks and bullet.
    """

    span: Span
    newline: str
    body: int
    text: str
    role: Role = "paragraph"


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where a block stands and how it is wrapped; ``width`` 0: not at all; ``column``: where its first line begins."""

    span: Span
    width: int = 0
    column: int = 0
    indent: str = ""
    newline: str = "\n"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block found in plain text, before it has an id; other formats hold plain text too (JSON Lines)."""

    text: str
    role: Role
    place: TextPlace


def split_lines(text: str) -> Iterator[tuple[Span, str]]:
    r"""Every line's span and its end; only ``\n``, ``\r\n`` and ``\r`` end a line.

    >>> list(split_lines("a\r\nb"))
    [(Span(start=0, end=1), '\r\n'), (Span(start=3, end=4), '')]
    """
    for match in _LINE.finditer(text):
        if match.start() < len(text):
            yield Span(*match.span(1)), match.group(2)


def find_blocks(text: str) -> list[TextBlock]:
    r"""Find the blocks of plain text.

    >>> [(block.role, block.text) for block in find_blocks("Wir nutzen nicht:\n  • Popups\n\n-----\n")]
    [('paragraph', 'Wir nutzen nicht:'), ('list_item', 'Popups')]
    """
    lines = _numbered(text, [_line(text, span, newline) for span, newline in split_lines(text)])
    blocks: list[TextBlock] = []
    group: list[Line] = []
    for line in [*lines, None]:
        if group and (line is None or line.role == "list_item" or _parted(group[-1], line)):
            blocks += _group_blocks(text, group)
            group = []
        if line is not None and any(character.isalnum() for character in line.text):
            group.append(line)
    return blocks


def rewrite(translated: TranslatedBlock, place: TextPlace) -> str:
    """A changed block as it goes into the text: on one line, or wrapped as its source was."""
    text = re.sub(r"\s*[\r\n]+\s*", " ", translated.text)
    if not place.width:
        return text
    return wrap(text, place.width, indent=place.indent, column=place.column, newline=place.newline)


def _line(text: str, span: Span, newline: str) -> Line:
    prefix = _PREFIX.match(text, span.start, span.end)
    body = prefix.end() if prefix else span.start
    bullet = _BULLET.match(text, body, span.end)
    role: Role = "list_item" if bullet else "quote" if prefix and prefix["quote"] else "paragraph"
    body = bullet.end() if bullet else body
    return Line(span, newline, body, text[body : span.end].rstrip(), role)


def _numbered(text: str, lines: Sequence[Line]) -> list[Line]:
    """Take back the bullets of lone numbers: ``15. Dezember`` begins a sentence, ``1.`` before ``2.`` a list."""
    numbers: list[tuple[int, int, int]] = []
    for index, line in enumerate(lines):
        start = _start(text, line)
        match = _NUMBER.match(text, start, line.body)
        if match and line.role == "list_item":
            numbers.append((index, int(match[1]), start))
    checked = list(lines)
    for place, (index, number, start) in enumerate(numbers):
        before = numbers[place - 1][1] if place else None
        after = numbers[place + 1][1] if place + 1 < len(numbers) else None
        if before != number - 1 and after != number + 1:
            whole = text[start : lines[index].span.end].rstrip()
            checked[index] = replace(lines[index], body=start, text=whole, role="paragraph")
    return checked


def _start(text: str, line: Line) -> int:
    prefix = _PREFIX.match(text, *line.span)
    return prefix.end() if prefix else line.span.start


def _parted(line: Line, following: Line) -> bool:
    blank = not any(character.isalnum() for character in following.text)
    return blank or (line.role == "quote") != (following.role == "quote")


def _group_blocks(text: str, group: Sequence[Line]) -> Iterator[TextBlock]:
    hanging = group[0].role == "list_item" and all(_column(line) >= _column(group[0]) for line in group[1:])
    whole = [range(len(group))] if hanging else paragraphs([text[slice(*line.span)] for line in group])
    for chosen in whole:
        members = group[chosen.start : chosen.stop]
        first, last = members[0], members[-1]
        span = Span(first.body, last.body + len(last.text))
        role: Role = first.role
        if len(members) == 1:
            yield TextBlock(plain(first.text), role, TextPlace(span, newline=first.newline or "\n"))
            continue
        width = max(len(text[slice(*line.span)].rstrip()) for line in members)
        indent = text[members[1].span.start : members[1].body]
        place = TextPlace(span, width, first.body - first.span.start, indent, first.newline)
        yield TextBlock(plain(join_lines([line.text for line in members])), role, place)


def _column(line: Line) -> int:
    return line.body - line.span.start


class PlainText:
    """Reads and writes ``.txt``."""

    name = "text"
    suffixes = frozenset({".txt", ".text"})

    def parse(self, data: bytes, path: str, language: str) -> Document:
        """Read plain text; see `find_blocks`."""
        decoded = decode(data, path)
        found = find_blocks(decoded.text)
        blocks = tuple(Block(f"b{n}", block.text, block.role, block.place) for n, block in enumerate(found))
        return Document(path, self.name, data, blocks, language, decoded.encoding, decoded.notices)

    def write(self, translated: TranslatedDocument) -> Written:
        """Put changed blocks in place; wrapped paragraphs are wrapped to their old width."""
        raw = translated.document.raw.decode(translated.document.encoding)
        edits = [
            (block.block.place.span, rewrite(block, block.block.place))
            for block in translated.blocks
            if block.text != block.block.text
        ]
        return encode(splice(raw, edits), translated.document.encoding)
