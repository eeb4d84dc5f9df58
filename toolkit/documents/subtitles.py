"""SubRip (SRT) and WebVTT: the words of the cues; numbers, times, settings, notes and styles stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from toolkit.documents.base import Written, splice
from toolkit.documents.encodings import decode, encode
from toolkit.documents.inline import InlineBuilder, Place, arrange, render
from toolkit.documents.plain_text import split_lines
from toolkit.errors import InputError
from toolkit.types import Block, Document, Span, TranslatedBlock, TranslatedDocument

_TIMES = re.compile(r"[\s\ufeff]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}")
_TAG = re.compile(r"<(/?)([A-Za-z]*)[^<>\r\n]*>|\{\\[^{}\r\n]*\}")
_SPEAKER = re.compile(r"[-–—][ \t\u00a0]*(?=\S)")
LINE_LENGTH = 42
"""Characters a subtitle line should not exceed (BBC and Netflix guidelines: 37–42)."""


@dataclass(frozen=True, slots=True)
class CuePlace(Place):
    """Where a cue's words stand; ``lines`` is how many lines they had."""

    lines: int = 1
    newline: str = "\n"


@dataclass(frozen=True, slots=True)
class Subtitles:
    """Reads and writes subtitles; WebVTT is HTML-like (``&amp;``), SubRip has tags but no escapes."""

    name: str
    suffixes: frozenset[str]
    escapes: bool = False

    def parse(self, data: bytes, path: str, language: str) -> Document:
        """Read cues: one block each, or one a speaker where lines begin with dashes."""
        decoded = decode(data, path)
        text = decoded.text
        blocks: list[Block] = []
        for cue in _cues(text):
            for lines in _speakers(text, cue):
                block = self._block(text, lines, f"b{len(blocks)}")
                blocks += [block] if any(character.isalnum() for character in block.text) else []
        if not any(_TIMES.match(text, span.start, span.end) for span, _ in split_lines(text)):
            raise InputError("no cue times (00:00:01,000 --> 00:00:02,000)", where=path, cure="check the file's format")
        return Document(path, self.name, data, tuple(blocks), language, decoded.encoding, decoded.notices)

    def write(self, translated: TranslatedDocument) -> Written:
        """Put changed cues in place, in two lines at most."""
        document = translated.document
        raw = document.raw.decode(document.encoding)
        edits = [
            (block.block.place.span, self._cue(raw, block))
            for block in translated.blocks
            if block.text != block.block.text
        ]
        return encode(splice(raw, edits), document.encoding)

    def _block(self, text: str, lines: Sequence[tuple[Span, str]], name: str) -> Block:
        builder = InlineBuilder(text, collapse=True)
        for span, _ in lines:
            builder.text(" ")
            cursor = span.start
            for tag in _TAG.finditer(text, span.start, span.end):
                builder.text(self._words(text[cursor : tag.start()]))
                _take(builder, tag)
                cursor = tag.end()
            builder.text(self._words(text[cursor : span.end]))
        inline = builder.finish()
        (first, newline), (last, _) = lines[0], lines[-1]
        place = CuePlace(Span(first.start, last.end), inline.markup, len(lines), newline or "\n")
        return Block(name, inline.text, place=place, marks=inline.marks)

    def _words(self, raw: str) -> str:
        return unescape(raw) if self.escapes else raw

    def _cue(self, raw: str, translated: TranslatedBlock) -> str:
        place: CuePlace = translated.block.place
        marks = translated.block.marks
        nodes = arrange(translated, place.markup)
        at = break_line(translated.text, place.lines)
        written, passed = [], 0

        def write(words: str) -> str:
            nonlocal passed
            inside = at - passed
            passed += len(words)
            words = re.sub(r"[\r\n]", " ", words)
            if 0 <= inside < len(words):
                return self._escape(words[:inside]) + place.newline + self._escape(words[inside + 1 :])
            return self._escape(words)

        written.append(render(nodes, write, lambda n: marks[n].opening, lambda n: marks[n].closing))
        return "".join(written)

    def _escape(self, words: str) -> str:
        if self.escapes:
            words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return words.replace("-->", "->")  # would be read as times


SUBRIP = Subtitles("srt", frozenset({".srt"}))
WEBVTT = Subtitles("vtt", frozenset({".vtt"}), escapes=True)


def break_line(text: str, lines: int) -> int:
    """Offset of the space at which a cue is broken in two, as near the middle as can be; -1 for one line.

    A cue gets two lines if it had more than one, or is too long for one.

    >>> break_line("The talks began on Thursday after Putin's arrival", 1)
    27
    >>> break_line("The talks began", 1)
    -1
    """
    if lines < 2 and len(text) <= LINE_LENGTH:
        return -1
    spaces = [match.start() for match in re.finditer(" ", text)]
    return min(spaces, key=lambda space: abs(2 * space + 1 - len(text)), default=-1)


def _cues(text: str) -> Iterator[list[tuple[Span, str]]]:
    """The lines of words of each cue: from its times to the next blank line."""
    words: list[tuple[Span, str]] = []
    inside = False
    for span, newline in split_lines(text):
        line = text[slice(*span)]
        times = _TIMES.match(line)
        if not line.strip() or times:
            if times and words and text[slice(*words[-1][0])].strip().isdecimal():
                words.pop()  # the next cue's number, with no blank line before it
            if words:
                yield words
            words, inside = [], bool(times)
        elif inside:
            words.append((span, newline))
    if words:
        yield words


def _speakers(text: str, cue: Sequence[tuple[Span, str]]) -> Iterator[list[tuple[Span, str]]]:
    """Split a cue where lines begin with a dash; the dash and white space at both ends stay outside."""
    group: list[tuple[Span, str]] = []
    for span, newline in cue:
        line = text[slice(*span)]
        start = span.start + len(line) - len(line.lstrip())
        end = span.start + len(line.rstrip())
        dash = _SPEAKER.match(text, start, end)
        if dash and group:
            yield group
            group = []
        group.append((Span(dash.end() if dash else start, end), newline))
    if group:
        yield group


def _take(builder: InlineBuilder, tag: re.Match[str]) -> None:
    span = Span(*tag.span())
    name = (tag[2] or "").lower()
    if not name:  # a time inside the cue, or an {\an8} position
        builder.point(span)
    elif tag[1]:
        builder.close(name, span)
    else:
        builder.open(name, span)
