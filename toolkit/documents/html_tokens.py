"""Splits HTML into tokens that together are the whole file, byte for byte.

After the tokenizer of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html), as far as it decides
what is text and what is a tag. `html.parser` of the standard library gives no spans of attributes and treats raw text
elements differently from one Python release to the next. Linear in the length of the text, whatever is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal, NamedTuple

from toolkit.types import Span

Kind = Literal["text", "open", "close", "raw", "other"]
"""Words; a start tag; an end tag; what a raw text element holds; a comment, doctype or processing instruction."""

_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+))?+"""
_TAG = re.compile(rf"</?([A-Za-z][^\s/>]*+)(?:{_ATTRIBUTE})*+[\s/]*+>")
_PART = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+))?+""")
_MARKUP = re.compile(r"<(?=[A-Za-z!?/])")
_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements that hold no markup."""


class Attribute(NamedTuple):
    """One attribute; ``value`` has its entities decoded, ``span`` is the raw value with its quotes."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of HTML; ``name`` is the element's, in lower case."""

    kind: Kind
    span: Span
    name: str = ""
    attributes: tuple[Attribute, ...] = ()

    def get(self, attribute: str) -> str:
        """An attribute's value, "" when it is not there (the first one counts, as in browsers)."""
        return next((entry.value for entry in self.attributes if entry.name == attribute), "")


def tokenize(text: str) -> Iterator[Token]:
    """Split *text*; the tokens' spans follow each other without a gap.

    >>> [(token.kind, token.name) for token in tokenize("<p>1 < 2<br></p>")]
    [('open', 'p'), ('text', ''), ('open', 'br'), ('close', 'p')]
    """
    position = int(text.startswith("\ufeff"))
    if position:  # a byte order mark is no word
        yield Token("other", Span(0, position))
    while position < len(text):
        markup = _MARKUP.search(text, position)
        start = markup.start() if markup else len(text)
        if start > position:
            yield Token("text", Span(position, start))
        if not markup:
            return
        token = _markup(text, start)
        yield token
        position = token.span.end
        if token.kind == "open" and token.name in RAW_TEXT and text[position - 2] != "/":
            end = re.compile(rf"</{token.name}(?=[\s/>])", re.IGNORECASE).search(text, position)
            content = Span(position, end.start() if end else len(text))
            if content.end > content.start:
                yield Token("raw", content, token.name)
            position = content.end


def _markup(text: str, start: int) -> Token:
    tag = _TAG.match(text, start)
    if tag and text[start + 1] == "/":
        return Token("close", Span(*tag.span()), tag[1].lower())
    if tag:
        return Token("open", Span(*tag.span()), tag[1].lower(), tuple(_attributes(text, tag.end(1), tag.end() - 1)))
    if text.startswith("<!--", start):
        comment = _COMMENT.match(text, start)
        return Token("other", Span(start, comment.end() if comment else len(text)))
    closing = "]]>" if text.startswith("<![CDATA[", start) else ">"
    end = text.find(closing, start)
    return Token("other", Span(start, end + len(closing) if end >= 0 else len(text)))


def _attributes(text: str, start: int, end: int) -> Iterator[Attribute]:
    for part in _PART.finditer(text, start, end):
        raw = part[2] or ""
        value = raw[1:-1] if raw[:1] in {'"', "'"} else raw
        span = Span(*part.span(2)) if part[2] is not None else Span(part.end(1), part.end(1))
        yield Attribute(part[1].lower(), unescape(value), span)
