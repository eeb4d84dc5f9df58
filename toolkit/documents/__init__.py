"""Files in and out: one module a format; a file read and written again unchanged is the same file.

>>> document = parse(b"Welt News\\n\\nPutin trifft Xi\\n", format="text")
>>> [block.text for block in document.blocks]
['Welt News', 'Putin trifft Xi']
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from toolkit.documents.base import Format, Written
from toolkit.documents.docx import Docx
from toolkit.documents.epub import Epub
from toolkit.documents.html import Html
from toolkit.documents.json_lines import JsonLines
from toolkit.documents.markdown import Markdown
from toolkit.documents.odt import Odt
from toolkit.documents.plain_text import PlainText
from toolkit.documents.subtitles import SUBRIP, WEBVTT
from toolkit.errors import InputError
from toolkit.types import Document, TranslatedDocument

__all__ = ["FORMATS", "MAX_BYTES", "Format", "Written", "compose", "parse", "read", "supported_suffixes", "write"]

MAX_BYTES = 64 * 2**20
"""Largest file read unless told otherwise: a book has 1 MiB of text, a year of a newspaper's wire service about 50."""
_ALL: tuple[Format, ...] = (PlainText(), Markdown(), Html(), Docx(), Odt(), Epub(), SUBRIP, WEBVTT, JsonLines())
FORMATS: Mapping[str, Format] = MappingProxyType({form.name: form for form in _ALL})
"""The formats by name."""


def supported_suffixes() -> frozenset[str]:
    """File name endings that `read` understands, in lower case with the dot.

    >>> ".txt" in supported_suffixes()
    True
    """
    return frozenset().union(*(form.suffixes for form in FORMATS.values()))


def read(path: str | os.PathLike[str], *, language: str = "de", max_bytes: int = MAX_BYTES) -> Document:
    """Read a file; its name's ending says the format.

    Args:
        language: What the text is in.
        max_bytes: Refuse a larger file.

    Raises:
        InputError: The file is missing, unreadable, too large, empty, binary, broken or of an unknown format.
    """
    name = os.fspath(path)
    form = _by_suffix(name)
    try:
        with Path(path).open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise InputError("no such file", where=name, cure="check the path") from error
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        raise InputError(reason, where=name, cure="check what it is and whether you may read it") from error
    if len(data) > max_bytes:
        raise InputError(f"larger than {max_bytes:,} bytes", where=name, cure="raise --max-size, or split the file")
    return form.parse(data, name, language)


def parse(data: bytes, *, path: str = "-", format: str | None = None, language: str = "de") -> Document:  # noqa: A002 - the word users say
    """Read bytes that are at hand already; *format* is a key of `FORMATS`, by default what *path* ends in.

    Raises:
        InputError: As in `read`.
    """
    if format is not None and format not in FORMATS:
        raise InputError(f"unknown format {format!r}", where=path, cure=f"use one of {', '.join(FORMATS)}")
    form = FORMATS[format] if format else FORMATS["text"] if path == "-" else _by_suffix(path)
    return form.parse(data, path, language)


def compose(translated: TranslatedDocument) -> Written:
    """Write a translation in its document's own format, with notices on what had to be decided."""
    return FORMATS[translated.document.format].write(translated)


def write(translated: TranslatedDocument) -> bytes:
    """Write a translation in its document's own format and encoding; what did not change is written as it was read."""
    return compose(translated).data


def _by_suffix(path: str) -> Format:
    suffix = Path(path).suffix.lower()
    for form in FORMATS.values():
        if suffix in form.suffixes:
            return form
    known = ", ".join(sorted(supported_suffixes()))
    raise InputError(f"unknown format {suffix or '(no ending)'}", where=path, cure=f"use a file ending in {known}")
