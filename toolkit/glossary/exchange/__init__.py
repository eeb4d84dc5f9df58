"""Reading and writing term bases: TSV (native), CSV and TBX, chosen by the file's suffix."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from toolkit.errors import InputError
from toolkit.glossary.entries import GlossaryEntry
from toolkit.glossary.exchange import tables, tbx

Parser = Callable[[str, str], list[GlossaryEntry]]
Writer = Callable[[Iterable[GlossaryEntry]], str]
FORMATS: Mapping[str, tuple[Parser, Writer]] = {
    ".tsv": (tables.parse_tsv, tables.write_tsv),
    ".csv": (tables.parse_csv, tables.write_csv),
    ".tbx": (tbx.parse, tbx.write),
    ".xml": (tbx.parse, tbx.write),
}
"""Suffix → (function from text and path to entries, function from entries to text)."""
MAX_BYTES = 64 * 2**20
"""Larger files are refused; a term base of 500,000 rows has about 30 MiB."""


def read(path: str | os.PathLike[str]) -> list[GlossaryEntry]:
    """Read the entries of a term base file; entries are not yet checked against each other.

    Raises:
        InputError: No such file, an unknown suffix, another encoding than UTF-8, or a row that breaks the format.
    """
    place = Path(path)
    parse, _ = _format(place)
    try:
        data = place.read_bytes()
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=str(place), cure="check the path") from error
    if len(data) > MAX_BYTES:
        raise InputError("too large for a term base", where=str(place), cure="split it and pass the parts one by one")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("is not UTF-8", where=f"{place}:{line}", cure="save the file as UTF-8") from error
    return parse(text, str(place))


def dumps(entries: Iterable[GlossaryEntry], suffix: str = ".tsv") -> str:
    """Return *entries* in the format that *suffix* names.

    >>> print(dumps([GlossaryEntry("Kreml", "Kremlin", "place")]), end="")
    source	target	kind	aliases	variants	forbidden	case	match	note	status
    Kreml	Kremlin	place	\t\t\t\t\t\t
    """
    return _format(Path(f"glossary{suffix}"))[1](entries)


def _format(path: Path) -> tuple[Parser, Writer]:
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        known = ", ".join(FORMATS)
        raise InputError(
            f"{path.suffix or 'no suffix'!r} is no term base format", where=str(path), cure=f"use one of {known}"
        ) from None
