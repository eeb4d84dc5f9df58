"""Inline Markdown with places: markdown-it parses, and its rules are watched to learn where each token stands.

markdown-it's inline tokens carry no offsets. Every rule is wrapped in one that notes what it consumed, so that the
markup comes out again exactly as it was written (``*`` or ``_``, inline or reference link, number of backticks).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from toolkit.documents.inline import Inline, InlineBuilder
from toolkit.types import Span

Rule = Callable[[StateInline, bool], bool]
_RULES: dict[str, Rule] = {
    "newline": rules_inline.newline,
    "escape": rules_inline.escape,
    "backticks": rules_inline.backtick,
    "strikethrough": rules_inline.strikethrough.tokenize,
    "emphasis": rules_inline.emphasis.tokenize,
    "link": rules_inline.link,
    "image": rules_inline.image,
    "autolink": rules_inline.autolink,
    "html_inline": rules_inline.html_inline,
    "entity": rules_inline.entity,
}
_KEEP = re.compile(r"(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)\]'\"“”»*_]|\[\^[^\]\s]+\]")
"""In running text: addresses and footnote marks, kept word for word."""
_HTML_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_PLAIN = re.compile(r"(?:[^\[\]\\`*_<>&\n]|\\[!-/:-@\[-`{-~])+")
_VOID = frozenset({"br", "img", "wbr", "hr", "input"})
Environment = MutableMapping[str, Any]


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables and strikethrough, whose inline tokens have ``meta["span"]``."""
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    markdown.core.ruler.disable("text_join")
    markdown.inline.ruler2.disable("fragments_join")
    for name, rule in _RULES.items():
        markdown.inline.ruler.at(name, _watched(rule))
    return markdown


def _watched(rule: Rule) -> Rule:
    def watched(state: StateInline, silent: bool) -> bool:
        before, start = len(state.tokens), state.pos
        if not rule(state, silent):
            return False
        if not silent and len(state.tokens) > before:
            _note(state, state.tokens[before:], start)
        return True

    return watched


def _note(state: StateInline, new: list[Token], start: int) -> None:
    last = new[-1]
    if last.type == "link_close":
        opening = next(token for token in new if token.type == "link_open")
        if last.markup == "autolink":
            opening.meta["span"] = Span(start, state.pos)
            return
        label_end = state.md.helpers.parseLinkLabel(state, start, True)
        opening.meta["span"], last.meta["span"] = Span(start, start + 1), Span(label_end, state.pos)
    elif last.type != "text":
        last.meta["span"] = Span(start, state.pos)
    else:  # delimiters, one token each or one a pair; before them may be words that waited
        end = state.pos
        for token in reversed(new):
            if end <= start:
                break
            token.meta["span"] = Span(end - len(token.content), end)
            end -= len(token.content)


def read_inline(tokens: Sequence[Token], content: str) -> Inline:
    """Collect the words and marks of *content*; spans in the result are in *content*.

    >>> content = "Der **Kreml** sagt `x`"
    >>> inline = read_inline(parser().parseInline(content)[0].children, content)
    >>> inline.text, [content[slice(*entry.opening)] for entry in inline.markup]
    ('Der Kreml sagt x', ['**', '`x`'])
    """
    builder = InlineBuilder(content, collapse=True)
    cursor = taken = 0
    for token, span in _placed(tokens):
        if span.start < cursor:  # strikethrough reorders odd runs of "~": read them as words
            continue
        cursor = span.end
        if token.type == "text":  # a delimiter that delimits nothing is a part of the words around it
            continue
        words = content[taken : span.start]
        words = words.rstrip(" ") if token.type in {"softbreak", "hardbreak"} else words
        _words(builder, words, taken)
        whole = Span(taken + len(words), span.end) if token.type == "hardbreak" else span
        _piece(builder, token, whole, content[slice(*whole)])
        taken = span.end
    _words(builder, content[taken:], taken)
    return builder.finish()


def _placed(tokens: Sequence[Token]) -> Iterator[tuple[Token, Span]]:
    """Tokens with their spans; the second delimiter of a strong emphasis (an empty text token) is taken into it."""
    spans: list[tuple[Token, Span]] = [(token, token.meta["span"]) for token in tokens if "span" in token.meta]
    for index, (token, span) in enumerate(spans):
        if token.type == "text" and not token.content:
            continue
        if token.type == "strong_open":
            yield token, Span(spans[index - 1][1].start, span.end)
        elif token.type == "strong_close":
            yield token, Span(span.start, spans[index + 1][1].end)
        else:
            yield token, span


def _piece(builder: InlineBuilder, token: Token, span: Span, raw: str) -> None:
    kind = token.type
    if kind == "text_special":
        builder.text(token.content)
    elif kind == "softbreak":
        builder.text(" ")
    elif kind == "hardbreak":
        builder.verbatim("\n", span)
    elif kind == "code_inline":
        builder.verbatim(token.content.strip(), span)
    elif token.markup == "autolink":
        builder.verbatim(raw[1:-1], span)
    elif kind.endswith("_open"):
        builder.open(kind.removesuffix("_open"), span)
    elif kind.endswith("_close"):
        builder.close(kind.removesuffix("_close"), span)
    elif kind == "html_inline":
        _html(builder, token.content, span)
    else:
        builder.point(span)


def _html(builder: InlineBuilder, markup: str, span: Span) -> None:
    tag = _HTML_TAG.match(markup)
    name = tag[2].lower() if tag else ""
    if name == "br":
        builder.verbatim("\n", span)
    elif not tag or name in _VOID or markup.endswith("/>"):
        builder.point(span)
    elif tag[1]:
        builder.close(("html", name), span)
    else:
        builder.open(("html", name), span)


def _words(builder: InlineBuilder, words: str, start: int) -> None:
    cursor = 0
    for match in _KEEP.finditer(words):
        builder.text(words[cursor : match.start()])
        builder.verbatim(match[0], Span(start + match.start(), start + match.end()))
        cursor = match.end()
    builder.text(words[cursor:])


def images(tokens: Iterable[Token], content: str) -> Iterator[tuple[str, Span]]:
    """Alternative texts that are plain words, with their places in *content*."""
    for token in tokens:
        span = token.meta.get("span")
        if token.type == "image" and span:
            place = Span(span.start + 2, span.start + 2 + len(token.content))
            if content[slice(*place)] == token.content and _PLAIN.fullmatch(token.content):
                yield re.sub(r"\\(.)", r"\1", token.content), place
