"""From HTML tokens to blocks: runs of words and inline tags between block elements, and texts in attributes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

from toolkit.documents.html_elements import BLOCK, VOID, Context, Surroundings, is_untouched
from toolkit.documents.html_tokens import Attribute, Token, tokenize
from toolkit.documents.inline import InlineBuilder, Place, plain
from toolkit.types import Block, Span

_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")
_DESCRIPTIONS = frozenset(
    {"description", "og:description", "og:title", "twitter:title", "twitter:description", "dc.title", "dc.description"}
)


@dataclass(frozen=True, slots=True)
class AttributePlace:
    """A block that is an attribute's value; the span includes the quotes."""

    span: Span


@dataclass(frozen=True, slots=True)
class _Piece:
    """A token of a run, or an element that is kept as it is (``text`` is what it reads as)."""

    token: Token
    span: Span
    text: str = ""
    kept: bool = False

    @property
    def is_blank(self) -> bool:
        return self.token.kind == "text" and not self.text.strip(" \t\n\r\f")


def read_blocks(text: str) -> tuple[Block, ...]:
    """Find the blocks of a page, in reading order.

    >>> [(block.role, block.text) for block in read_blocks("<h1>Xi &amp; Putin</h1><nav>Mehr</nav>")]
    [('title', 'Xi & Putin'), ('boilerplate', 'Mehr')]
    """
    reader = _Reader(text, list(tokenize(text)))
    reader.read()
    blocks = sorted(reader.blocks, key=lambda block: block.place.span)
    return tuple(replace(block, id=f"b{number}") for number, block in enumerate(_titled(blocks)))


def _titled(blocks: Sequence[Block]) -> Iterator[Block]:
    """The first <h1> is the title; a page without one has the <title>, which else repeats it for the window."""
    first = next((block for block in blocks if block.reason == "<h1>"), None)
    for block in blocks:
        if block is first or (first is None and block.reason == "<title>"):
            yield replace(block, role="title")
        else:
            yield block


@dataclass(slots=True)
class _Reader:
    text: str
    tokens: list[Token]
    blocks: list[Block] = field(default_factory=list)
    around: Surroundings = field(default_factory=Surroundings)
    run: list[_Piece] = field(default_factory=list)
    unclosed: dict[str, int] = field(default_factory=dict)

    def read(self) -> None:
        position = 0
        while position < len(self.tokens):
            token = self.tokens[position]
            if token.kind == "open" and is_untouched(token) and token.name not in VOID:
                position = self._untouched(position)
                continue
            self._take(token)
            position += 1
        self._flush()

    def _take(self, token: Token) -> None:
        if token.kind == "open":
            self._attributes(token)
        if token.name in BLOCK and token.kind in {"open", "close"}:
            self._flush()
            if token.kind == "open":
                self.around.open(token)
            else:
                self.around.close(token.name)
        elif token.kind == "raw":
            self._raw(token)
        else:
            if token.name == "br" and next((p.token.name for p in reversed(self.run) if not p.is_blank), "") == "br":
                self._flush()
            words = unescape(self.text[slice(*token.span)]) if token.kind == "text" else ""
            self.run.append(_Piece(token, token.span, words))

    def _raw(self, token: Token) -> None:
        if token.name == "title":
            content = self.text[slice(*token.span)]
            span = _strip(self.text, token.span)
            if _has_words(content):
                words = plain(" ".join(unescape(content).split()))
                self.blocks.append(Block("", words, "boilerplate", Place(span), reason="<title>"))

    def _untouched(self, start: int) -> int:
        """Take an element with all it holds as one piece; return the position after it."""
        token = self.tokens[start]
        end = self._end(start)
        if end is None:
            self._take(token)
            return start + 1
        span = Span(token.span.start, self.tokens[end].span.end)
        words = "".join(self.text[slice(*part.span)] for part in self.tokens[start : end + 1] if part.kind == "text")
        if token.name in BLOCK:
            self._flush()
            if token.name == "pre" and words.strip():
                self.blocks.append(Block("", plain(unescape(words)), "code", Place(span), translatable=False))
        else:
            shown = "" if token.name in {"svg", "math", "object"} else " ".join(unescape(words).split())
            self.run.append(_Piece(token, span, shown, kept=True))
        return end + 1

    def _end(self, start: int) -> int | None:
        """Position of the end tag; an inline element that its block does not close is taken as any other tag."""
        name, depth = self.tokens[start].name, 0
        if start < self.unclosed.get(name, -1):
            return None
        for position in range(start, len(self.tokens)):
            token = self.tokens[position]
            if token.name == name and token.kind in {"open", "close"}:
                depth += 1 if token.kind == "open" else -1
                if depth == 0:
                    return position
            if name == "p" and position > start and token.name in BLOCK and token.kind != "raw":
                return position - 1
            if token.name in BLOCK and name not in BLOCK:
                self.unclosed[name] = position
                return None
        self.unclosed[name] = len(self.tokens)
        return len(self.tokens) - 1 if name == "pre" else None

    def _attributes(self, token: Token) -> None:
        chosen = [
            entry for entry in token.attributes if entry.name in _ATTRIBUTES and token.name not in {"link", "style"}
        ]
        key = (token.get("name") or token.get("property")).lower()
        if token.name == "meta" and key in _DESCRIPTIONS:
            chosen = [entry for entry in token.attributes if entry.name == "content"]
        for entry in chosen:
            if _has_words(entry.value):
                self.blocks.append(_attribute_block(entry, token))

    def _flush(self) -> None:
        pieces, self.run = _trim(self.run), []
        if any(_has_words(piece.text) for piece in pieces if not piece.kept):
            self.blocks.append(_run_block(self.text, pieces, self.around.context))


def _attribute_block(entry: Attribute, token: Token) -> Block:
    words = plain(" ".join(entry.value.split()))
    if entry.name == "alt":
        return Block("", words, "caption", AttributePlace(entry.span), reason="alternative text of an image")
    return Block("", words, "boilerplate", AttributePlace(entry.span), reason=f"{entry.name} of <{token.name}>")


def _trim(run: Sequence[_Piece]) -> list[_Piece]:
    """Leave off what stands at both ends without being part of the words: white space, lone tags, tags around all."""
    pieces = list(run)
    pairs = _pairs(pieces)
    low, high = 0, len(pieces)

    def loose(index: int) -> bool:
        piece = pieces[index]
        return piece.is_blank or (piece.token.kind != "text" and not piece.text and index not in pairs)

    while low < high:
        if loose(low):
            low += 1
        elif loose(high - 1):
            high -= 1
        elif pairs.get(low) == high - 1:
            low, high = low + 1, high - 1
        else:
            break
    return pieces[low:high]


def _pairs(pieces: Sequence[_Piece]) -> dict[int, int]:
    """Start tags and their end tags in the run, both ways."""
    pairs: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for index, piece in enumerate(pieces):
        token = piece.token
        if piece.kept or token.name in VOID:
            continue
        if token.kind == "open":
            opened.setdefault(token.name, []).append(index)
        elif token.kind == "close" and opened.get(token.name):
            start = opened[token.name].pop()
            pairs |= {start: index, index: start}
    return pairs


def _run_block(text: str, pieces: Sequence[_Piece], context: Context) -> Block:
    builder = InlineBuilder(text, collapse=True)
    for piece in pieces:
        kind, name = piece.token.kind, piece.token.name
        if piece.kept:
            builder.verbatim(piece.text, piece.span)
        elif kind == "text":
            builder.text(piece.text)
        elif name == "br":
            builder.verbatim("\n", piece.span)
        elif kind == "open" and name not in VOID:
            builder.open(name, piece.span)
        elif kind == "close":
            builder.close(name, piece.span)
        else:
            builder.point(piece.span)
    inline = builder.finish()
    first, last = pieces[0].span, pieces[-1].span
    span = _strip(text, Span(first.start, last.end))
    reason = "<h1>" if context.element == "h1" and context.role != "boilerplate" else context.reason
    return Block("", inline.text, context.role, Place(span, inline.markup), inline.marks, reason=reason)


def _strip(text: str, span: Span) -> Span:
    raw = text[slice(*span)]
    start = span.start + len(raw) - len(raw.lstrip(" \t\n\r\f"))
    return Span(start, max(start, span.start + len(raw.rstrip(" \t\n\r\f"))))


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
