"""OpenDocument texts (ODT): paragraphs, headings, lists, tables, notes; the rest of the package stays.

Text stands between elements here (OpenDocument 1.3, part 3, sections 5 and 6): a paragraph is words with spans, links
and points among them. Markup places are indices into a list of elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from toolkit.documents.archives import Archive, changed_paragraphs, to_bytes
from toolkit.documents.base import Written
from toolkit.documents.docx_paragraphs import xml_text
from toolkit.documents.inline import Event, Inline, Node, arrange, from_events
from toolkit.types import Document, Role, Span, TranslatedBlock, TranslatedDocument

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CONTENT, _STYLES = "content.xml", "styles.xml"
_WRAPPING = frozenset({f"{_TEXT}span", f"{_TEXT}a", f"{_TEXT}meta"})
_BREAKS = {f"{_TEXT}line-break": "\n", f"{_TEXT}tab": "\t", f"{_TEXT}s": " "}
_AROUND: dict[str, Role] = {f"{_TEXT}list-item": "list_item", f"{_TABLE}table-cell": "cell"}


@dataclass(slots=True)
class _Paragraph:
    element: Any
    elements: list[Any] = field(default_factory=list)
    inline: Inline = field(default_factory=lambda: Inline("", (), ()))


class Odt:
    """Reads and writes ``.odt``."""

    name = "odt"
    suffixes = frozenset({".odt"})

    def parse(self, data: bytes, path: str, language: str) -> Document:
        """Read a text; page headers and footers (in its styles) are boilerplate."""
        archive = Archive(data, path, "ODT")
        if _CONTENT not in archive.names:
            raise archive.error(f"not an ODT file: it has no {_CONTENT}")
        parts = ((part, _paragraphs(archive.xml(part))) for part in _parts(archive))
        return Document(path, self.name, data, archive.blocks(parts, _role), language)

    def write(self, translated: TranslatedDocument) -> Written:
        """Rewrite the paragraphs that changed; without a change the file is the very same."""
        changed = changed_paragraphs(translated)
        if not changed:
            return Written(translated.document.raw)
        archive = Archive(translated.document.raw, translated.document.path, "ODT")
        return Written(archive.replace({part: _rewrite(archive.xml(part), blocks) for part, blocks in changed.items()}))


def _parts(archive: Archive) -> list[str]:
    return [name for name in (_CONTENT, _STYLES) if name in archive.names]


def _paragraphs(root: Any) -> Iterator[_Paragraph]:
    for element in root.iter(f"{_TEXT}p", f"{_TEXT}h"):
        paragraph = _Paragraph(element)
        events = list(_events(element, paragraph.elements))
        paragraph.inline = from_events(events, len(paragraph.elements), collapse=True)
        yield paragraph


def _events(holder: Any, elements: list[Any]) -> Iterator[Event]:
    """Words and markup of a paragraph in order; every piece of markup adds to *elements*."""

    def place(element: Any) -> Span:
        elements.append(element)
        return Span(len(elements) - 1, len(elements))

    if holder.text:
        yield "text", holder.text, Span(0, 0)
    for child in holder:
        if child.tag in _WRAPPING:
            yield "open", child, place(child)
            yield from _events(child, elements)
            yield "close", child, place(child)
        elif child.tag in _BREAKS:
            yield "break", _BREAKS[child.tag], place(child)
        else:
            yield "point", None, place(child)
        if child.tail:
            yield "text", child.tail, Span(0, 0)


def _role(element: Any, part: str) -> tuple[Role, str]:
    if part == _STYLES:
        return "boilerplate", "page header or footer"
    ancestors = [entry.tag for entry in element.iterancestors()]
    if f"{_TEXT}note" in ancestors:
        return "boilerplate", "footnote"
    if element.tag == f"{_TEXT}h":
        return "heading", ""
    style = element.get(f"{_TEXT}style-name", "")
    if style in {"Title", "Quotations"}:
        return ("title" if style == "Title" else "quote"), f"style {style}"
    return next(((_AROUND[tag], "") for tag in ancestors if tag in _AROUND), ("paragraph", ""))


def _rewrite(root: Any, blocks: dict[int, TranslatedBlock]) -> bytes:
    for number, paragraph in enumerate(list(_paragraphs(root))):
        if number in blocks:
            _fill(paragraph.element, arrange(blocks[number], paragraph.inline.markup), paragraph)
    return to_bytes(root)


def _fill(holder: Any, nodes: tuple[Node, ...], paragraph: _Paragraph) -> None:
    for child in list(holder):
        holder.remove(child)
    holder.text = None
    for node in nodes:
        if isinstance(node, str):
            _append(holder, node)
            continue
        element = paragraph.elements[paragraph.inline.markup[node.index].opening.start]
        element.tail = None
        if paragraph.inline.marks[node.index].closing:
            _fill(element, node.children, paragraph)
        holder.append(element)


def _append(holder: Any, words: str) -> None:
    words = xml_text(words)
    if len(holder):
        holder[-1].tail = (holder[-1].tail or "") + words
    else:
        holder.text = (holder.text or "") + words
