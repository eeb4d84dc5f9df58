"""Finds the blocks of Markdown and where each stands in the text.

markdown-it tells a block's lines and its content without the marks of lists and quotes around it; here the content is
found again in those lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from toolkit.documents.inline import Inline, Markup, Place, plain
from toolkit.documents.markdown_inline import images, parser, read_inline
from toolkit.documents.plain_text import split_lines
from toolkit.types import Block, Role, Span

_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")
_MARKER = re.compile(r"\[[ xX]\][ \t]+|\[\^[^\]\s]+\]:[ \t]+")
"""A check box or the mark of a footnote: what stands before the words of a block without being one of them."""
_CONTAINERS: dict[str, Role] = {"blockquote": "quote", "list_item": "list_item", "td": "cell", "th": "cell"}


@dataclass(frozen=True, slots=True)
class MarkdownPlace(Place):
    """Where a block stands; ``indent`` is what its continuation lines begin with, ``width`` 0 is one line.

    ``kind`` is markdown-it's word for the block, or ``code``, or ``image`` for an alternative text.
    """

    kind: str = ""
    width: int = 0
    column: int = 0
    indent: str = ""
    newline: str = "\n"


def read_blocks(text: str, body: int) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return the blocks of *text* from offset *body* on, and notices on what could not be placed.

    >>> blocks, _ = read_blocks("# Xi\\n\\n> Er *kam*.\\n", 0)
    >>> [(block.role, block.text) for block in blocks]
    [('title', 'Xi'), ('quote', 'Er kam.')]
    """
    reader = _Reader(text, body)
    reader.read()
    ordered = sorted(reader.blocks, key=lambda block: block.place.span)
    return tuple(replace(block, id=f"b{number}") for number, block in enumerate(ordered)), tuple(reader.notices)


@dataclass(slots=True)
class _Reader:
    text: str
    body: int
    blocks: list[Block] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    lines: list[tuple[Span, str]] = field(default_factory=list)
    cursor: tuple[int, int] = (-1, 0)
    titled: bool = False

    def read(self) -> None:
        body = self.body
        found = split_lines(self.text[body:])
        self.lines = [(Span(span.start + body, span.end + body), newline) for span, newline in found]
        around: list[Token] = []
        for token in parser().parse(self.text[body:]):
            if token.nesting > 0:
                around.append(token)
            elif token.nesting < 0:
                around.pop()
            elif token.type == "inline" and token.content.strip():
                self._inline(token, around)
            elif token.type in {"fence", "code_block"} and token.content.strip() and token.map:
                span = Span(self.lines[token.map[0]][0].start, self.lines[token.map[1] - 1][0].end)
                place = MarkdownPlace(span, kind="code")
                self.blocks.append(Block("", plain(token.content), "code", place, translatable=False))

    def _inline(self, token: Token, around: Sequence[Token]) -> None:
        kind = around[-1].type.removesuffix("_open") if around else "paragraph"
        placed = self._locate(token, kind)
        if placed is None:
            line = 1 + (token.map[0] if token.map else 0)
            self.notices.append(f"line {line} of the text: a {kind} is left as it is (its place cannot be told)")
            return
        children = token.children or []
        skip = _MARKER.match(token.content) if kind == "paragraph" else None
        inline = read_inline(children, token.content)
        if skip:
            inline = _without_marker(inline, token.content, skip.end())
        for words, span in images(children, token.content):
            raw = placed.raw(span)
            if raw and any(character.isalnum() for character in words):
                reason = "alternative text of an image"
                self.blocks.append(Block("", plain(words), "caption", MarkdownPlace(raw, kind="image"), reason=reason))
        if any(character.isalnum() for character in inline.text):
            self._add(inline, placed, kind, around, skip.end() if skip else 0)

    def _add(self, inline: Inline, placed: _Content, kind: str, around: Sequence[Token], skip: int) -> None:
        markup = tuple(
            Markup(placed.raw(entry.opening) or Span(0, 0), placed.raw(entry.closing) or Span(0, 0), entry.parent)
            for entry in inline.markup
        )
        first, last = placed.starts[0], placed.starts[-1]
        span = Span(first[1] + skip, last[1] + last[2])
        line, newline = self.lines[placed.line]
        following = self.lines[placed.line + 1][0] if len(placed.starts) > 1 else line
        width = max(len(self.text[slice(*self.lines[placed.line + n][0])].rstrip()) for n in range(len(placed.starts)))
        place = MarkdownPlace(
            span,
            markup,
            kind,
            width if len(placed.starts) > 1 else 0,
            span.start - line.start,
            self.text[following.start : placed.starts[1][1]] if len(placed.starts) > 1 else "",
            newline or "\n",
        )
        role, reason = self._role(around)
        self.blocks.append(Block("", inline.text, role, place, inline.marks, reason=reason))

    def _role(self, around: Sequence[Token]) -> tuple[Role, str]:
        for token in reversed(around):
            if token.type == "heading_open":
                is_title, self.titled = token.tag == "h1" and not self.titled, self.titled or token.tag == "h1"
                return ("title" if is_title else "heading"), f"<{token.tag}>"
            role = _CONTAINERS.get(token.type.removesuffix("_open"))
            if role:
                return role, ""
        return "paragraph", ""

    def _locate(self, token: Token, kind: str) -> _Content | None:
        """Find the lines of *token*'s content in the text; the marks of lists and quotes are not in it."""
        first = token.map[0] if token.map else 0
        cell = kind in {"td", "th"}
        starts, offset = [], 0
        for number, line in enumerate(token.content.split("\n")):
            span = self.lines[first + number][0]
            words = line.strip(" \t")
            needle = words.replace("|", r"\|") if cell else words
            raw = self.text[slice(*span)]
            if cell:
                at = raw.find(needle, self.cursor[1] if self.cursor[0] == first else 0)
                self.cursor = (first, at + len(needle))
            else:
                raw = _CLOSING_HASHES.sub("", raw) if token.markup.startswith("#") or kind == "heading" else raw
                at = raw.rfind(needle)
            if at < 0:
                return None
            starts.append((offset + len(line) - len(line.lstrip(" \t")), span.start + at, len(needle)))
            offset += len(line) + 1
        return _Content(token.content, first, tuple(starts), exact="|" not in token.content or not cell)


@dataclass(frozen=True, slots=True)
class _Content:
    """Inline content and its lines in the text: (offset in the content, offset in the text, length)."""

    content: str
    line: int
    starts: tuple[tuple[int, int, int], ...]
    exact: bool

    def raw(self, span: Span) -> Span | None:
        """The place of a part of the content in the text; none for what goes over a line's end."""
        for offset, place, length in reversed(self.starts):
            if offset <= span.start:
                inside = self.exact and span.start < span.end <= offset + length
                return Span(place + span.start - offset, place + span.end - offset) if inside else None
        return None


def _without_marker(inline: Inline, content: str, length: int) -> Inline:
    """Take a leading check box or footnote mark off the words."""
    marker = content[:length].strip()
    if not inline.text.startswith(marker):
        return inline
    cut = len(inline.text) - len(inline.text[len(marker) :].lstrip())
    kept = [
        index
        for index, (mark, entry) in enumerate(zip(inline.marks, inline.markup, strict=True))
        if mark.span.end > cut or entry.opening.start >= length
    ]
    moved = [replace(mark, span=Span(max(mark.span.start - cut, 0), mark.span.end - cut)) for mark in inline.marks]
    renumbered = {old: new for new, old in enumerate(kept)}
    markup = [inline.markup[old]._replace(parent=renumbered.get(inline.markup[old].parent, -1)) for old in kept]
    return Inline(inline.text[cut:], tuple(moved[index] for index in kept), tuple(markup))
