"""A sentence on its way through the cascade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from toolkit.engines.base import DecodingOptions, Engine
from toolkit.glossary.matching import TermHit
from toolkit.glossary.verification import Verdict, Verification, verify
from toolkit.types import Hypothesis, Method, Occurrence


@dataclass(frozen=True, slots=True)
class Fix:
    """How one hit came out right: by which method, and the hypothesis's score before and after."""

    method: Method
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Source, hits, what the engine made of it unasked (``original``) and the best hypothesis so far (``current``)."""

    source: str
    hits: tuple[TermHit, ...]
    original: Hypothesis
    current: Hypothesis
    verification: Verification
    fixes: tuple[Fix | None, ...]

    @classmethod
    def start(cls, source: str, hits: Sequence[TermHit], hypothesis: Hypothesis) -> Sentence:
        """Check a fresh hypothesis; what is right in it is ``native``."""
        verification = verify(source, hits, hypothesis.text, hypothesis.alignment)
        native = Fix("native", hypothesis.score, hypothesis.score)
        fixes = tuple(native if verdict.right else None for verdict in verification.verdicts)
        return cls(source, tuple(hits), hypothesis, hypothesis, verification, fixes)

    @property
    def failing(self) -> tuple[Verdict, ...]:
        """Verdicts of the hits that are still to be enforced."""
        return self.verification.failing

    @property
    def held(self) -> tuple[TermHit, ...]:
        """Hits that an earlier step put right: decoded anew without its help they would be lost again."""
        pairs = zip(self.hits, self.fixes, strict=True)
        return tuple(hit for hit, fix in pairs if fix is not None and fix.method != "native")

    def check(self, hypothesis: Hypothesis) -> Verification:
        """Verify another hypothesis of the same source."""
        return verify(self.source, self.hits, hypothesis.text, hypothesis.alignment)

    def accept(self, hypothesis: Hypothesis, verification: Verification, method: Method) -> Sentence:
        """Go on with *hypothesis*; hits that it puts right are recorded with *method*."""
        fix = Fix(method, self.current.score, hypothesis.score)
        fixes = tuple(
            (known or fix) if verdict.right else None
            for known, verdict in zip(self.fixes, verification.verdicts, strict=True)
        )
        return replace(self, current=hypothesis, verification=verification, fixes=fixes)

    def occurrences(self) -> tuple[Occurrence, ...]:
        """Return the record of every hit; one that is only admitted and not there is none, for nothing was asked."""
        lost = Fix("unenforced", self.original.score, self.current.score)
        return tuple(
            occurrence_of(verdict, fix or lost, self.current.text)
            for verdict, fix in zip(self.verification.verdicts, self.fixes, strict=True)
            if fix is not None or verdict.hit.entry.status == "preferred"
        )


def occurrence_of(verdict: Verdict, fix: Fix, text: str) -> Occurrence:
    """Return the record of one hit in the target *text*; a wrong form found is shown as found."""
    hit, span = verdict.hit, verdict.wrong or verdict.span
    found = text[span.start : span.end] if span else ""
    entry = hit.entry
    return Occurrence(entry.source, entry.target, hit.span, hit.surface, fix.method, found, span, fix.before, fix.after)


class Step(Protocol):
    """One way to bring missing terms into translations."""

    @property
    def method(self) -> Method:
        """The name under which its successes are recorded."""
        ...

    def propose(
        self, sentences: Sequence[Sentence], engine: Engine, options: DecodingOptions
    ) -> list[tuple[Hypothesis, ...]]:
        """Return candidates for every sentence (none where the step does not apply), with one decoder call for all."""
        ...
