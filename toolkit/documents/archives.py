"""ZIP archives with XML inside (DOCX, ODT, EPUB), from people one need not trust.

Refused, whatever the format: archives that unpack to too much or hold too many entries, encrypted ones, XML with a
document type (the door to entity bombs and outside files).
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from toolkit.documents.inline import Inline
from toolkit.errors import InputError
from toolkit.types import Block, Role, TranslatedBlock, TranslatedDocument

MAX_ENTRIES = 10_000
MAX_UNPACKED = 512 * 2**20
"""Bytes; a book with its pictures has a tenth of that."""
_BROKEN = "save it again with the program it comes from"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    KeyError,
    ValueError,  # places before the file's beginning, names that are no text
    OverflowError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
)
"""What zipfile raises on bytes that are no whole archive."""


@dataclass(frozen=True, slots=True)
class ParagraphPlace:
    """Where a block stands: a part of the package, and the paragraph's number there."""

    part: str
    number: int


def changed_paragraphs(translated: TranslatedDocument) -> dict[str, dict[int, TranslatedBlock]]:
    """Blocks whose text changed, by part and paragraph number (their places are `ParagraphPlace`)."""
    changed: dict[str, dict[int, TranslatedBlock]] = {}
    for block in translated.blocks:
        if block.text != block.block.text:
            place: ParagraphPlace = block.block.place
            changed.setdefault(place.part, {})[place.number] = block
    return changed


class ReadParagraph(Protocol):
    """A paragraph of an office document: its element, and its text with marks."""

    @property
    def element(self) -> Any:
        """The paragraph's XML element."""
        ...

    @property
    def inline(self) -> Inline:
        """Its text, marks and places."""
        ...


class Archive:
    """A ZIP archive in memory.

    Args:
        what: The format, for messages.

    Raises:
        InputError: Not a ZIP archive, broken, encrypted, or larger inside than the caps.
    """

    def __init__(self, data: bytes, path: str, what: str) -> None:
        self.path, self.what = path, what
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise self.error(f"not {what}, or broken ({error})") from error
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES or len({entry.filename for entry in entries}) < len(entries):
            raise self.error(f"a suspicious {what} file: too many entries, or two of one name")
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > MAX_UNPACKED:
            raise self.error(f"unpacks to {unpacked:,} bytes, more than {MAX_UNPACKED:,}")

    def error(self, reason: str) -> InputError:
        """An error about this file."""
        return InputError(reason, where=self.path, cure=_BROKEN)

    def empty(self) -> InputError:
        """The error for a file without words."""
        return InputError("empty: no words in it", where=self.path, cure="leave it out, or save the article in it")

    def blocks(
        self, parts: Iterable[tuple[str, Iterable[ReadParagraph]]], role: Callable[[Any, str], tuple[Role, str]]
    ) -> tuple[Block, ...]:
        """A block for every paragraph with words; its place is a `ParagraphPlace`.

        Args:
            parts: Entries of the archive that hold text, each with all its paragraphs in order.
            role: Role of a paragraph, and why, by its element and part.

        Raises:
            InputError: There are no words at all.
        """
        blocks: list[Block] = []
        for part, paragraphs in parts:
            for number, paragraph in enumerate(paragraphs):
                inline = paragraph.inline
                if any(character.isalnum() for character in inline.text):
                    kind, reason = role(paragraph.element, part)
                    place = ParagraphPlace(part, number)
                    blocks.append(Block(f"b{len(blocks)}", inline.text, kind, place, inline.marks, reason=reason))
        if not blocks:
            raise self.empty()
        return tuple(blocks)

    @property
    def names(self) -> list[str]:
        """The entries, in the archive's order."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """Unpack one entry; never more bytes than the archive's directory says.

        Raises:
            InputError: The entry is broken, encrypted or missing.
        """
        try:
            return self._zip.read(name)
        except _DAMAGE as error:
            raise self.error(f"a broken or encrypted {self.what} file ({name}: {error})") from error

    def xml(self, name: str) -> Any:
        """Parse one entry as XML and return its root (an lxml element).

        Raises:
            InputError: Not well formed, or with a document type.
        """
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise self.error(f"broken XML in {name} ({error})") from error
        if root.getroottree().docinfo.doctype:
            raise self.error(f"{name} has a document type, which may hide an entity bomb")
        return root

    def replace(self, parts: Mapping[str, bytes]) -> bytes:
        """The archive with other contents for some entries; order, dates and compression stay."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as new:
            for entry, content in self._contents(parts):
                new.writestr(entry, content, entry.compress_type)
        return target.getvalue()

    def _contents(self, parts: Mapping[str, bytes]) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
        for entry in self._zip.infolist():
            yield entry, parts[entry.filename] if entry.filename in parts else self.read(entry.filename)


def to_bytes(root: Any) -> bytes:
    """An element's document as bytes, as office programs write it."""
    from lxml import etree

    return bytes(etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True))
