"""Bytes to text and back, so that unchanged text gives back the very bytes.

The order: a byte order mark, strict UTF-8, the encoding a file declares itself (HTML), then Windows-1252, each guess
with a notice. A byte order mark stays in the text as its first character and so comes out again by itself.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from toolkit.documents.base import Written
from toolkit.errors import InputError

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FALLBACK = "cp1252"
_NOT_TEXT = ((b"%PDF-", "a PDF"), (b"PK\x03\x04", "a ZIP archive (DOCX, ODT, EPUB …)"), (b"{\\rtf", "an RTF file"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was in; ``text.encode(encoding)`` is the bytes that were read."""

    text: str
    encoding: str
    notices: tuple[str, ...] = ()


def decode(data: bytes, path: str, *, declared: str = "") -> Decoded:
    """Decode *data*; *declared* is what the file itself says its encoding is.

    >>> decode("Grüße".encode("cp1252"), "a.txt")
    Decoded(text='Grüße', encoding='cp1252', notices=('not UTF-8: read as Windows-1252 (cp1252)',))
    >>> decode(b"", "a.txt")
    Traceback (most recent call last):
    ...
    toolkit.errors.InputError: a.txt: empty. Cure: leave it out, or save the article in it

    Raises:
        InputError: Empty, binary, or in none of the encodings.
    """
    for magic, what in _NOT_TEXT:
        if data.startswith(magic):
            raise InputError(
                f"is {what}, not text", where=path, cure="give the file its proper ending, or save it as text"
            )
    decoded = _by_mark(data, path) or _by_trial(data, path, declared)
    if "\0" in decoded.text:
        raise InputError("binary: it holds NUL characters", where=path, cure="leave it out, or save it as UTF-8 text")
    if not decoded.text.strip(BYTE_ORDER_MARK + " \t\r\n"):
        raise InputError("empty", where=path, cure="leave it out, or save the article in it")
    return decoded


def _by_mark(data: bytes, path: str) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError as error:
                reason = f"begins as {encoding.upper()} but is broken at byte {error.start}"
                raise InputError(reason, where=path, cure="save it as UTF-8 text") from error
    return None


def _by_trial(data: bytes, path: str, declared: str) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    for encoding in (_single_byte(declared), _FALLBACK):
        try:
            text = data.decode(encoding) if encoding else ""
        except UnicodeDecodeError:
            continue
        if text and not _CONTROL.search(text):
            name = "Windows-1252 (cp1252)" if encoding == _FALLBACK else f"{encoding}, as it declares"
            return Decoded(text, encoding, (f"not UTF-8: read as {name}",))
    raise InputError(
        f"not text: neither UTF-8 (byte {broken}) nor Windows-1252",
        where=path,
        cure="leave it out, or save it as UTF-8",
    )


def _single_byte(declared: str) -> str:
    """The codec of a declared one-byte encoding; other codecs need not give the same bytes back."""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return ""
    if name in {"iso8859-1", "ascii"}:  # on the web both mean Windows-1252 (WHATWG Encoding Standard)
        return _FALLBACK
    return name if name.startswith(("cp125", "iso8859", "koi8", "mac")) else ""


def encode(text: str, encoding: str) -> Written:
    """Encode in *encoding* if it can hold *text*, else in UTF-8 with a notice.

    >>> encode("„Łódź“", "cp1252").notices
    ('cp1252 has no Ł: written as UTF-8',)
    """
    try:
        return Written(text.encode(encoding))
    except UnicodeEncodeError as error:
        return Written(text.encode("utf-8", "replace"), (f"{encoding} has no {text[error.start]}: written as UTF-8",))
