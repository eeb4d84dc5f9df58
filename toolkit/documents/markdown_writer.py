"""Writes translated words as Markdown that reads back as just these words, with the marks on them.

Which characters need a backslash depends on their surroundings, so the writer tries: as it is, then everything
escaped, then without emphasis; the first attempt that reads back as the translation is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from toolkit.documents.base import Patches, splice
from toolkit.documents.inline import Inline, Node, Place, Placed, arrange, render
from toolkit.documents.markdown_inline import Environment, parser, read_inline
from toolkit.documents.markdown_reader import MarkdownPlace
from toolkit.text.wrapping import wrap
from toolkit.types import Block, TranslatedBlock

_SPECIAL = re.compile(r"[\\`*_\[\]<>#~|&]|!(?=\[|$)")
_EMPHASIS = frozenset("*_~")
_BEGINS_BLOCK = re.compile(
    r"[-+*](?=\s|$)|#{1,6}(?=\s|$)|[>|<]|(?:=+|-+)\s*$|(?:[-*_][ \t]*){3,}$|~{3}|`{3}|\[[^\]]*\]:"
    r"|\d{1,9}(?=[.)](?:\s|$))"
)
_BEGINS_LINE = re.compile(r"[-+*>#=<|~:`]|\d{1,9}[.)]$")


def rewrite(raw: str, body: int, changed: Sequence[TranslatedBlock]) -> str:
    """The text *raw*, whose Markdown begins at *body*, with the changed blocks in place."""
    environment: Environment = {}
    parser().parse(raw[body:], environment)  # for its link references
    images = [(b.block.place.span, _alternative(b.text)) for b in changed if b.block.place.kind == "image"]
    patches = Patches(raw, images)
    edits = [
        (block.block.place.span, _write_block(block, patches, environment))
        for block in changed
        if block.block.place.kind != "image"
    ]
    return splice(raw, [*edits, *patches.outside(edits)])


def _write_block(translated: TranslatedBlock, patches: Patches, environment: Environment) -> str:
    place: MarkdownPlace = translated.block.place
    written = write_inline(translated, place, patches, environment)
    if place.kind in {"td", "th"}:
        return written.replace("|", r"\|").replace("\n", " ")
    if place.kind == "heading" and not place.width:
        return re.sub(r"#(\s*)$", r"\\#\1", written)
    lines = written.split("\n")
    if not place.width:
        return (place.newline + place.indent).join(lines)
    columns = [place.column, *([len(place.indent)] * (len(lines) - 1))]
    return (place.newline + place.indent).join(
        wrap(line, place.width, indent=place.indent, column=column, newline=place.newline, may_begin=_may_begin_line)
        for line, column in zip(lines, columns, strict=True)
    )


def _alternative(text: str) -> str:
    return re.sub(r"([\[\]\\`*_<>&])", r"\\\1", " ".join(text.split()))


def write_inline(translated: TranslatedBlock, place: Place, patches: Patches, environment: Environment) -> str:
    """The block's translation as inline Markdown; a line break in it is a hard break.

    Args:
        environment: The document's link references, as the parser left them.
    """
    nodes = arrange(translated, place.markup)
    marks = translated.block.marks

    def opening(index: int) -> str:
        return patches.slice(place.markup[index].opening) or marks[index].opening

    def closing(index: int) -> str:
        return patches.slice(place.markup[index].closing) or marks[index].closing

    bare = tuple(_without_emphasis(nodes, lambda index: marks[index].opening))
    expected = _words(nodes, translated.block)
    written = ""
    for chosen, escape in ((nodes, _one_line), (nodes, _escape), (bare, _escape)):
        written = _guarded(render(chosen, escape, opening, closing), chosen)
        if _reads_as(written, expected, environment):
            break
    return written


def _may_begin_line(word: str) -> bool:
    """Whether a wrapped line may begin with *word* without beginning a list, a heading or the like."""
    return not _BEGINS_LINE.match(word)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", _one_line(text))


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _guarded(written: str, nodes: tuple[Node, ...]) -> str:
    """Words that would begin a list, a heading, a quote … at the start of a block get a backslash."""
    begins = _BEGINS_BLOCK.match(written) if nodes and isinstance(nodes[0], str) else None
    if not begins:
        return written
    at = begins.end() if begins[0].isdigit() else 0
    return f"{written[:at]}\\{written[at:]}"


def _without_emphasis(nodes: tuple[Node, ...], opening: Callable[[int], str]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif set(opening(node.index)) <= _EMPHASIS:
            yield from _without_emphasis(node.children, opening)
        else:
            yield Placed(node.index, tuple(_without_emphasis(node.children, opening)))


def _words(nodes: tuple[Node, ...], block: Block) -> str:
    pieces = []
    for node in nodes:
        if isinstance(node, str):
            pieces.append(node)
        elif node.children:
            pieces.append(_words(node.children, block))
        elif not block.marks[node.index].closing:
            pieces.append(block.text[slice(*block.marks[node.index].span)])
    return "".join(pieces)


def _reads_as(written: str, text: str, environment: Environment) -> bool:
    inline: Inline = read_inline(parser().parseInline(written, environment)[0].children or [], written)
    return inline.text.split() == text.split()
