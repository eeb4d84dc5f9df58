"""What became of every file of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from toolkit.types import TranslatedDocument

SCHEMA_VERSION = 1
Status = Literal["done", "unchanged", "failed", "planned"]


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One file: ``done`` now, ``unchanged`` since an earlier run, ``failed`` (with reason and cure) or ``planned``.

    ``sentences`` counts segments; ``flags`` counts them by kind; ``terms`` counts glossary occurrences by method.
    """

    path: str
    status: Status
    output: str = ""
    reason: str = ""
    cure: str = ""
    sentences: int = 0
    flags: Mapping[str, int] = field(default_factory=dict)
    terms: Mapping[str, int] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunReport:
    """All outcomes, in the order of the plan."""

    outcomes: tuple[FileOutcome, ...]
    signature: str

    def count(self, status: Status) -> int:
        """How many files have *status*."""
        return sum(outcome.status == status for outcome in self.outcomes)

    @property
    def flags(self) -> Mapping[str, int]:
        """Flags of all files, by kind, most frequent first."""
        total: Counter[str] = Counter()
        for outcome in self.outcomes:
            total.update(outcome.flags)
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON shows it; ``schema_version`` changes when a field's meaning does."""
        totals = {status: self.count(status) for status in ("done", "unchanged", "failed", "planned")}
        return {
            "schema_version": SCHEMA_VERSION,
            "signature": self.signature,
            "totals": totals,
            "flags": self.flags,
            "files": [asdict(outcome) for outcome in self.outcomes],
        }


def summarize_document(translated: TranslatedDocument) -> dict[str, Any]:
    """The counts of a `FileOutcome`: sentences, flags and terms."""
    pairs = translated.pairs
    return {
        "sentences": len(pairs),
        "flags": dict(sorted(Counter(flag.kind for pair in pairs for flag in pair.flags).items())),
        "terms": dict(sorted(Counter(term.method for pair in pairs for term in pair.terms).items())),
    }
