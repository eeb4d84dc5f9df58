"""A run's report in words, on stderr."""

from __future__ import annotations

from toolkit.cli.console import say
from toolkit.runs import RunReport

_WORDS = {
    "untranslated": "came back untranslated",
    "cut_off": "cut off",
    "loop": "repeats itself",
    "numbers": "other numbers",
    "length": "unusual length",
    "low_score": "unsure",
    "split": "too long, decoded in parts",
    "glossary": "a glossary term is missing",
    "retried": "decoded again, better now",
}


def say_outcomes(report: RunReport) -> None:
    """Name every failure with its cure, every notice, and the totals."""
    for outcome in report.outcomes:
        for notice in outcome.notices:
            say(f"note: {outcome.path}: {notice}")
        if outcome.status == "failed":
            cure = f". Cure: {outcome.cure}" if outcome.cure else ""
            say(f"failed: {outcome.path}: {outcome.reason}{cure}")
        elif outcome.status == "planned":
            say(f"would write {outcome.output}")
    counts = [f"{report.count('done')} translated", f"{report.count('unchanged')} unchanged"]
    counts += [f"{report.count('planned')} planned"] if report.count("planned") else []
    say(", ".join([*counts, f"{report.count('failed')} failed"]))
    flagged = [f"{count} {_WORDS[kind]}" for kind, count in report.flags.items()]
    if flagged:
        say("sentences to look at: " + ", ".join(flagged))
