"""The glossary report: a row for every occurrence, and the totals; as a table, TSV, CSV and JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, get_args

from toolkit.glossary.entries import Glossary
from toolkit.glossary.exchange.tables import defuse, write_report_csv
from toolkit.glossary.metrics import TermScores, score
from toolkit.types import Method, Occurrence, SegmentPair, TranslatedDocument

SCHEMA = 1
"""Version of the JSON form; raised when a field changes its meaning or goes."""
COLUMNS = ("file", "sentence", "start", "end", "source", "expected", "found", "method", "score_before", "score_after")


@dataclass(frozen=True, slots=True)
class Row:
    """One occurrence and where it is: ``sentence`` is the pair's id."""

    file: str
    sentence: str
    occurrence: Occurrence

    def cells(self) -> tuple[str, ...]:
        """Return the row's cells in the order of `COLUMNS`."""
        one = self.occurrence
        scores = ("" if value is None else f"{value:.3f}" for value in (one.score_before, one.score_after))
        places = (str(one.span.start), str(one.span.end))
        return (self.file, self.sentence, *places, one.surface, one.expected, one.found, one.method, *scores)


@dataclass(frozen=True, slots=True)
class GlossaryReport:
    """All occurrences of a run, in reading order, with their scores.

    ``sentences`` counts the pairs looked at, ``glossary`` is its signature. ``collateral`` is the number of
    sentences without a term that the glossary changed: 0 by construction, ``None`` where there was nothing to compare.
    """

    rows: tuple[Row, ...]
    scores: TermScores
    sentences: int
    glossary: str
    collateral: int | None = None

    @classmethod
    def from_pairs(
        cls, files: Mapping[str, Sequence[SegmentPair]], glossary: Glossary, *, collateral: int | None = None
    ) -> GlossaryReport:
        """Make the report of path → pairs from the terms recorded in the pairs."""
        rows = tuple(Row(path, pair.id, term) for path, pairs in files.items() for pair in pairs for term in pair.terms)
        scores = score([row.occurrence for row in rows], glossary)
        return cls(rows, scores, sum(map(len, files.values())), glossary.signature, collateral)

    @classmethod
    def from_documents(cls, documents: Iterable[TranslatedDocument], glossary: Glossary) -> GlossaryReport:
        """Make the report of translated documents; consistency is taken over all of them."""
        return cls.from_pairs({each.document.path: each.pairs for each in documents}, glossary)

    @property
    def methods(self) -> dict[Method, int]:
        """How often each method was the one that worked, all methods listed."""
        counts = Counter(row.occurrence.method for row in self.rows)
        return {method: counts[method] for method in get_args(Method)}

    @property
    def unenforced(self) -> tuple[Row, ...]:
        """Rows of the occurrences that did not come out right."""
        return tuple(row for row in self.rows if row.occurrence.method == "unenforced")

    def as_table(self) -> str:
        """Return the totals and the occurrences that were not right from the start, for people."""
        ways = ", ".join(f"{method} {count}" for method, count in self.methods.items() if count)
        lines = [
            f"Glossary {self.glossary}: {self.scores} in {self.sentences} sentences",
            f"  {ways or 'no term found'}",
        ]
        told = [row.cells() for row in self.rows if row.occurrence.method != "native"]
        return "\n".join([*lines, *_columns([COLUMNS[:2] + COLUMNS[4:8], *(c[:2] + c[4:8] for c in told)])]) + "\n"

    def as_tsv(self) -> str:
        """Return all rows as tab-separated values, safe to open in a spreadsheet."""
        rows = [COLUMNS, *(row.cells() for row in self.rows)]
        return "".join("\t".join(defuse(" ".join(cell.split())) for cell in row) + "\n" for row in rows)

    def as_csv(self) -> str:
        """Return all rows as CSV, safe to open in a spreadsheet."""
        return write_report_csv([COLUMNS, *(row.cells() for row in self.rows)])

    def as_data(self) -> dict[str, Any]:
        """Return the report as plain data (what `as_json` writes)."""
        totals = {**asdict(self.scores), "sentences": self.sentences, "collateral": self.collateral}
        rows = [{"file": row.file, "sentence": row.sentence, **_plain(row.occurrence)} for row in self.rows]
        return {
            "schema": SCHEMA,
            "glossary": self.glossary,
            "totals": totals,
            "methods": self.methods,
            "occurrences": rows,
        }

    def as_json(self) -> str:
        """Return the report as JSON."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=2) + "\n"


def _plain(occurrence: Occurrence) -> dict[str, Any]:
    data = asdict(occurrence)
    data["span"] = list(occurrence.span)
    data["found_span"] = list(occurrence.found_span) if occurrence.found_span else None
    return data


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay out rows in columns; just the header, and there is nothing to tell."""
    if len(rows) == 1:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
