"""Bring the glossary's terms into translations: check first, touch only what fails, record what was done.

The cascade, for every failing occurrence the first step that works: ``inline`` (marks in the source, if the package
knows them) → ``nbest`` → ``source`` (English names in the German sentence) → ``repair`` (the wrong words exchanged) →
``forced`` (decoded anew from the wrong words) → ``unenforced``. A name whose wrong spelling is
plain to see is repaired before anything is decoded: that changes least. Every step decodes all sentences that still
fail in one call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.engines.base import DecodingOptions, Engine
from toolkit.glossary.cascade.acceptance import Acceptance, Limits
from toolkit.glossary.cascade.editing import ForcedPrefix, Repair
from toolkit.glossary.cascade.redecoding import Inline, NBest, SourceSubstitution
from toolkit.glossary.cascade.sentence import Sentence, Step
from toolkit.glossary.entries import Glossary
from toolkit.types import Hypothesis, Occurrence

CASCADE: tuple[Step, ...] = (
    Repair(),
    Inline("failing"),
    Inline("all"),
    NBest(),
    SourceSubstitution(),
    Repair(),
    ForcedPrefix(),
)
"""The steps in order. Repair stands twice: a step that decoded one term right can have left another to repair."""
ROUNDS = 4
"""How often a step is tried on a sentence as long as it helps: for sentences in which several terms fail."""


@dataclass(frozen=True, slots=True)
class Enforcer:
    """Enforces *glossary* on translations made by *engine* with *options* (default: the engine's own).

    >>> from toolkit.engines.fake import FakeEngine
    >>> from toolkit.glossary.entries import GlossaryEntry
    >>> glossary = Glossary([GlossaryEntry("Uschakow", "Ushakov", "person")])
    >>> enforcer = Enforcer(glossary, FakeEngine())
    >>> ((hypothesis, occurrences),) = enforcer.enforce(["Uschakows Plan"], [Hypothesis("Uschakow's plan")])
    >>> hypothesis.text, occurrences[0].method
    ("Ushakov's plan", 'repair')
    """

    glossary: Glossary
    engine: Engine
    options: DecodingOptions | None = None
    limits: Limits = field(default_factory=Limits)
    steps: Sequence[Step] = CASCADE

    def enforce(
        self, sources: Sequence[str], hypotheses: Sequence[Hypothesis]
    ) -> list[tuple[Hypothesis, tuple[Occurrence, ...]]]:
        """Return every hypothesis with its terms enforced, and the record of each occurrence.

        A hypothesis whose source has no hit, or whose terms are right already, comes back as the identical object.

        Raises:
            EngineError: The decoder failed.
            ValueError: *sources* and *hypotheses* differ in number.
        """
        pairs = zip(sources, hypotheses, strict=True)
        started = [Sentence.start(source, self.glossary.find(source), hypothesis) for source, hypothesis in pairs]
        for step in self.steps:
            started = self._apply(step, started)
        return [(sentence.current, sentence.occurrences()) for sentence in started]

    def _apply(self, step: Step, sentences: list[Sentence]) -> list[Sentence]:
        changed = list(sentences)
        waiting = [number for number, sentence in enumerate(sentences) if sentence.failing]
        for _ in range(ROUNDS):
            if not waiting:
                break
            improved = self._improve(step, [changed[number] for number in waiting])
            helped = [number for number, better in zip(waiting, improved, strict=True) if better is not changed[number]]
            for number, better in zip(waiting, improved, strict=True):
                changed[number] = better
            waiting = [number for number in helped if changed[number].failing]
        return changed

    def _improve(self, step: Step, failing: Sequence[Sentence]) -> list[Sentence]:
        acceptance = Acceptance(self.limits, self.engine)
        proposals = step.propose(failing, self.engine, self.options or self.engine.defaults)
        improved = []
        for sentence, candidates in zip(failing, proposals, strict=True):
            chosen = acceptance.choose(sentence, candidates)
            improved.append(sentence.accept(*chosen, step.method) if chosen else sentence)
        return improved


def missing(occurrences: Sequence[Occurrence]) -> list[str]:
    """Return the terms of one sentence that a reader has to be told are missing.

    A concept named again for which English may say `it` or `their` is none, as long as one of its mentions is right and
    no wrong form stands for the others.

    >>> from dataclasses import replace
    >>> from toolkit.types import Span
    >>> right = Occurrence("China", "China", Span(0, 5), "China", "native", "China")
    >>> again = Occurrence("China", "China", Span(9, 14), "China", "unenforced")
    >>> missing([right, again]), missing([again]), missing([right, replace(again, found="Chine")])
    ([], ['China'], ['China'])
    """
    right = {one.concept for one in occurrences if one.method != "unenforced"}
    wanted = [one for one in occurrences if one.method == "unenforced"]
    return [one.expected for one in wanted if one.found or one.concept not in right]
