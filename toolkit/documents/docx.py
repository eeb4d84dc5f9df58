"""Word documents (DOCX): paragraphs, tables, headers, footers, notes, text boxes; the rest of the package stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from toolkit.documents.archives import Archive, changed_paragraphs, to_bytes
from toolkit.documents.base import Written
from toolkit.documents.docx_paragraphs import Paragraph, local, read_paragraph, rebuild
from toolkit.documents.inline import arrange
from toolkit.types import Document, Role, TranslatedBlock, TranslatedDocument

_PART = re.compile(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml")
_ORDER = ("document", "footnotes", "endnotes", "header", "footer")
_BOILERPLATE = {"header": "page header", "footer": "page footer", "footnotes": "footnote", "endnotes": "endnote"}
_STYLES = "word/styles.xml"
_ROLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"title$"), "title"),
    (re.compile(r"heading|subtitle"), "heading"),
    (re.compile(r"list"), "list_item"),
    (re.compile(r"quote"), "quote"),
    (re.compile(r"caption"), "caption"),
)


class Docx:
    """Reads and writes ``.docx``."""

    name = "docx"
    suffixes = frozenset({".docx"})

    def parse(self, data: bytes, path: str, language: str) -> Document:
        """Read a document; roles come from styles (``heading 1`` whatever the language of Word), lists and tables."""
        archive = Archive(data, path, "DOCX")
        styles = _style_names(archive)
        parts = ((part, _paragraphs(archive.xml(part))) for part in _parts(archive))
        blocks = archive.blocks(parts, lambda element, part: _role(element, part, styles))
        return Document(path, self.name, data, blocks, language)

    def write(self, translated: TranslatedDocument) -> Written:
        """Rewrite the paragraphs that changed; without a change the file is the very same."""
        changed = changed_paragraphs(translated)
        if not changed:
            return Written(translated.document.raw)
        archive = Archive(translated.document.raw, translated.document.path, "DOCX")
        parts = {part: _rewrite(archive.xml(part), blocks, translated.language) for part, blocks in changed.items()}
        if _STYLES in archive.names:
            parts[_STYLES] = _relabel(archive.xml(_STYLES), translated.language)
        return Written(archive.replace(parts))


def _parts(archive: Archive) -> list[str]:
    found = [(match[1], name) for name in archive.names if (match := _PART.fullmatch(name))]
    if not any(kind == "document" for kind, _ in found):
        raise archive.error("not a DOCX file: it has no word/document.xml")
    return [name for kind, name in sorted(found, key=lambda part: (_ORDER.index(part[0]), part[1]))]


def _paragraphs(root: Any) -> Iterator[Paragraph]:
    for element in root.iter():
        if local(element) == "p":
            yield read_paragraph(element)


def _rewrite(root: Any, blocks: dict[int, TranslatedBlock], language: str) -> bytes:
    for number, paragraph in enumerate(list(_paragraphs(root))):
        if number in blocks:
            rebuild(paragraph, arrange(blocks[number], paragraph.inline.markup), language)
    return to_bytes(root)


def _relabel(styles: Any, language: str) -> bytes:
    """Tell Word's spelling checker what language the document is in now."""
    for defaults in styles:
        if local(defaults) == "docDefaults":
            for element in defaults.iter():
                key = next((key for key in element.attrib if key.endswith("}val")), "")
                if local(element) == "lang" and key:
                    element.set(key, language)
    return to_bytes(styles)


def _style_names(archive: Archive) -> dict[str, str]:
    """Style identifiers (which are in Word's language) and the styles' names (which are not), in lower case."""
    if _STYLES not in archive.names:
        return {}
    names: dict[str, str] = {}
    for style in archive.xml(_STYLES):
        if local(style) == "style":
            names[_attribute(style, "styleId")] = next(
                (_attribute(child, "val").lower() for child in style if local(child) == "name"), ""
            )
    return names


def _role(element: Any, part: str, styles: dict[str, str]) -> tuple[Role, str]:
    kind = _PART.fullmatch(part)
    if kind and kind[1] in _BOILERPLATE:
        return "boilerplate", _BOILERPLATE[kind[1]]
    around = list(element.iterancestors())
    if any(isinstance(entry.tag, str) and entry.tag.endswith("}Fallback") for entry in around):
        return "boilerplate", "copy of a text box for older programs"
    properties = [entry for child in element if local(child) == "pPr" for entry in child]
    style = next((styles.get(_attribute(entry, "val"), "") for entry in properties if local(entry) == "pStyle"), "")
    for pattern, role in _ROLES:
        if pattern.match(style) or (role == "quote" and pattern.search(style)):
            return role, f"style {style}"
    if any(local(entry) == "numPr" for entry in properties):
        return "list_item", ""
    return ("cell", "") if any(local(entry) == "tc" for entry in around) else ("paragraph", "")


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.endswith("}" + name)), "")
