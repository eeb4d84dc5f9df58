"""Term bases as tables: TSV, the native format, and CSV.

The first row that is no comment names the columns. A CSV file without such a row whose rows have two cells is read as
``source,target``, the form in which DeepL and many others keep glossaries.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_args

from toolkit.errors import InputError
from toolkit.glossary.entries import Case, GlossaryEntry, Kind, MatchMode, Status

COLUMNS = ("source", "target", "kind", "aliases", "variants", "forbidden", "case", "match", "note", "status")
SEPARATOR = " | "
_LISTS = frozenset({"aliases", "variants", "forbidden"})
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "case": get_args(Case),
    "match": get_args(MatchMode),
    "status": get_args(Status),
}
_DEFAULTS = {"kind": "term", "case": "smart", "match": "inflected", "status": "preferred"}
Row = tuple[int, list[str]]
_FORMULA_MARKS = tuple("=+-@＝＋－＠\t\r")
"""The wide ones are taken for the others in Japanese and Chinese spreadsheets."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def parse_tsv(text: str, path: str = "-") -> list[GlossaryEntry]:
    r"""Read the native format; *path* is for messages.

    >>> parse_tsv("source\ttarget\tkind\nKiew\tKyiv\tplcae\n", "my.tsv")
    Traceback (most recent call last):
    ...
    toolkit.errors.InputError: my.tsv:2: unknown kind 'plcae'. Cure: did you mean 'place'? Known: person, place,
    organisation, term, keep
    """
    lines = enumerate(text.splitlines(), 1)
    rows = [(number, line.split("\t")) for number, line in lines if line.strip() and not line.startswith("#")]
    return _entries(rows, path)


def parse_csv(text: str, path: str = "-") -> list[GlossaryEntry]:
    """Read CSV with the native format's columns, or with two columns and no header; comma or semicolon.

    >>> [entry.target for entry in parse_csv('Uschakow,Ushakov\\n"Berlin, Stadt",Berlin')]
    ['Ushakov', 'Berlin']
    """
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = list(_csv_rows(text, delimiter, path))
    if rows and "source" not in [cell.strip().lower() for cell in rows[0][1]]:
        if any(len(cells) != 2 for _, cells in rows):
            raise InputError("no header", where=path, cure=f"name the columns in the first row: {', '.join(COLUMNS)}")
        rows.insert(0, (0, ["source", "target"]))
    return _entries(rows, path)


def _csv_rows(text: str, delimiter: str, path: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"broken CSV: {error}", where=f"{path}:{begin}", cure="close every quotation mark") from error


def _entries(rows: list[Row], path: str) -> list[GlossaryEntry]:
    if not rows:
        return []
    number, header = rows[0]
    names = [cell.strip().lower() for cell in header]
    for name in names:
        choose("column", name, COLUMNS, f"{path}:{number}")
    for needed in ("source", "target"):
        if names.count(needed) != 1:
            raise InputError(f"needs one column {needed!r}", where=f"{path}:{number}", cure="name it in the first row")
    return [_entry(names, cells, f"{path}:{line}") for line, cells in rows[1:]]


def _entry(names: list[str], cells: list[str], where: str) -> GlossaryEntry:
    if any(cell.strip() for cell in cells[len(names) :]):
        raise InputError(
            f"{len(cells)} cells under {len(names)} columns", where=where, cure="take out the surplus separator"
        )
    values: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=False):  # trailing empty cells may be left out
        value = cell.strip() if name == "note" else " ".join(cell.split())
        if name in _LISTS:
            values[name] = tuple(form.strip() for form in value.split("|") if form.strip())
        elif name in CHOICES:
            values[name] = choose(name, value.lower(), CHOICES[name], where) if value else _DEFAULTS[name]
        else:
            values[name] = value
    return GlossaryEntry(**values, origin=where)


def choose(what: str, value: str, known: tuple[str, ...], where: str) -> str:
    """Return *value* if it is one of *known*; the error of any other proposes the nearest."""
    if value in known:
        return value
    near = difflib.get_close_matches(value, known, 1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    raise InputError(f"unknown {what} {value!r}", where=where, cure=f"{hint}Known: {', '.join(known)}")


def cells_of(entry: GlossaryEntry) -> list[str]:
    """Return an entry's cells in the order of `COLUMNS`; what is the default stays empty."""
    cells = []
    for name in COLUMNS:
        value = getattr(entry, name)
        text = SEPARATOR.join(value) if name in _LISTS else str(value)
        cells.append("" if _DEFAULTS.get(name) == text else text)
    return cells


def write_tsv(entries: Iterable[GlossaryEntry]) -> str:
    """Return the native format: header first, one row an entry; notes lose tabs and line breaks."""
    rows = [list(COLUMNS), *map(cells_of, entries)]
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


def write_csv(entries: Iterable[GlossaryEntry]) -> str:
    """Return CSV with the same columns. Cells are written as they are, so that reading gives the same entries back."""
    return _csv([list(COLUMNS), *map(cells_of, entries)], str)


def write_report_csv(rows: Iterable[Iterable[str]]) -> str:
    """Return CSV for a spreadsheet: one line a row, and no cell that would be taken for a formula.

    >>> write_report_csv([["=1+1", "Putin"]])
    "'=1+1,Putin\\n"
    """
    return _csv(rows, lambda cell: defuse(" ".join(cell.split())))


def defuse(cell: str) -> str:
    """Return *cell* so that no spreadsheet runs it (OWASP, "CSV injection"): an apostrophe before the formula.

    >>> defuse("-2+3"), defuse("-0.412")
    ("'-2+3", '-0.412')
    """
    return f"'{cell}" if cell.startswith(_FORMULA_MARKS) and not _NUMBER.fullmatch(cell) else cell


def _csv(rows: Iterable[Iterable[str]], clean: Callable[[str], str]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    for row in rows:
        writer.writerow([clean(cell) for cell in row])
    return buffer.getvalue()
