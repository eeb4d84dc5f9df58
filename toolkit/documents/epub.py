"""EPUB books: their chapters are pages read and written by the HTML format; the rest of the package stays.

Container, package document and spine are those of EPUB 3.3 (https://www.w3.org/TR/epub-33/); EPUB 2 has the same.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from toolkit.documents.archives import Archive, to_bytes
from toolkit.documents.base import Written
from toolkit.documents.html import Html
from toolkit.types import Block, Document, TranslatedBlock, TranslatedDocument

_CONTAINER = "META-INF/container.xml"
_FIELDS = {"creator": "author", "publisher": "outlet", "title": "title"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PAGE = Html()


@dataclass(frozen=True, slots=True)
class ChapterPlace:
    """A block's page in the package, and its place there."""

    page: str
    inner: Any


class Epub:
    """Reads and writes ``.epub``; a table of contents in the old NCX form keeps its language."""

    name = "epub"
    suffixes = frozenset({".epub"})

    def parse(self, data: bytes, path: str, language: str) -> Document:
        """Read a book's pages in reading order; title, author, publisher and date go into its metadata."""
        archive = Archive(data, path, "EPUB")
        package = archive.xml(_package(archive))
        blocks: list[Block] = []
        notices: list[str] = []
        for page in _pages(archive, package):
            chapter = _PAGE.parse(archive.read(page), f"{path}:{page}", language)
            notices += [f"{page}: {notice}" for notice in chapter.notices]
            for block in chapter.blocks:
                place = ChapterPlace(page, block.place)
                blocks.append(replace(block, id=f"b{len(blocks)}", place=place))
        if not blocks:
            raise archive.empty()
        return Document(path, self.name, data, tuple(blocks), language, "utf-8", tuple(notices), _metadata(package))

    def write(self, translated: TranslatedDocument) -> Written:
        """Rewrite the pages in which something changed, and the book's language."""
        document = translated.document
        pages: defaultdict[str, list[TranslatedBlock]] = defaultdict(list)
        for block in translated.blocks:
            inner = replace(block.block, place=block.block.place.inner)
            pages[block.block.place.page].append(TranslatedBlock(inner, block.pairs))
        archive = Archive(document.raw, document.path, "EPUB")
        parts = {}
        for page, blocks in pages.items():
            chapter = _PAGE.parse(archive.read(page), page, document.language)
            written = _PAGE.write(replace(translated, document=chapter, blocks=tuple(blocks)))
            if written.data != chapter.raw:
                parts[page] = written.data
        if not parts:
            return Written(document.raw)
        name = _package(archive)
        return Written(archive.replace(parts | {name: _relabel(archive.xml(name), translated.language)}))


def _package(archive: Archive) -> str:
    if _CONTAINER not in archive.names:
        raise archive.error(f"not an EPUB file: it has no {_CONTAINER}")
    for element in archive.xml(_CONTAINER).iter():
        if _name(element) == "rootfile" and element.get("full-path") in archive.names:
            return str(element.get("full-path"))
    raise archive.error("an EPUB file without a package document")


def _pages(archive: Archive, package: Any) -> list[str]:
    """The pages of the spine in its order, then others (a table of contents)."""
    folder = posixpath.dirname(_package(archive))
    pages: dict[str, str] = {}
    for element in package.iter():
        if _name(element) == "item" and element.get("media-type") == "application/xhtml+xml":
            pages[element.get("id")] = posixpath.normpath(posixpath.join(folder, unquote(element.get("href", ""))))
    spine = [pages[key] for element in package.iter() if (key := element.get("idref")) in pages]
    return [page for page in dict.fromkeys([*spine, *pages.values()]) if page in archive.names]


def _metadata(package: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for element in package.iter():
        words = " ".join((element.text or "").split())
        if words and _name(element) in _FIELDS:
            found.setdefault(_FIELDS[_name(element)], words)
        if _name(element) == "date" and (date := _DATE.match(words)):
            found |= {"date": date[0], "date_source": "meta"}
    return found


def _relabel(package: Any, language: str) -> bytes:
    for element in package.iter():
        if _name(element) == "language":
            element.text = language
    return to_bytes(package)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
