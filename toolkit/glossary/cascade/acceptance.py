"""When a changed translation may take the place of the one before: never at the sentence's cost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.engines.base import Engine
from toolkit.glossary.cascade.sentence import Sentence
from toolkit.glossary.inflection import tokens
from toolkit.glossary.verification import Verification
from toolkit.types import Hypothesis

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a candidate may be from the engine's own translation.

    ``shortest`` and ``longest`` are ratios of lengths in characters (give or take ``slack``), ``score_drop`` is in
    nats a token, ``likeness`` the share of common words. They were chosen on 400 sentences of WMT and Europarl with
    name hits and the first built-in package: of 101 candidates that passed, the largest drop was 0.20, the least
    likeness 0.50, the ratios of lengths 0.78 to 1.46; shorter ones had lost a clause, less like ones the sense.
    """

    shortest: float = 0.7
    longest: float = 1.4
    slack: int = 12
    score_drop: float = 0.3
    likeness: float = 0.45


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The rules; ``engine`` is asked for nothing but the form of its annotations."""

    limits: Limits
    engine: Engine

    def choose(self, sentence: Sentence, candidates: Iterable[Hypothesis]) -> tuple[Hypothesis, Verification] | None:
        """Return the acceptable candidate that puts most hits right and, of those, changes least; or ``None``."""
        best: tuple[tuple[int, float], Hypothesis, Verification] | None = None
        for candidate in candidates:
            verification = sentence.check(candidate)
            if self.refusal(sentence, candidate, verification):
                continue
            rank = (verification.right, likeness(sentence.original.text, candidate.text))
            if best is None or rank > best[0]:
                best = (rank, candidate, verification)
        return best[1:] if best else None

    def refusal(self, sentence: Sentence, candidate: Hypothesis, verification: Verification) -> str:
        """Say why *candidate* is refused; "" if it is acceptable."""
        rules = (
            ("puts no hit right", not _improves(sentence.verification, verification)),
            ("says a term twice", _says_twice(sentence.verification, verification, sentence)),
            ("has a forbidden form", len(verification.forbidden) > len(sentence.verification.forbidden)),
            ("shows the annotation", self._leaks(sentence, candidate.text)),
            ("was cut off", candidate.truncated and not sentence.original.truncated),
            ("changes a number", not _numbers_kept(sentence, candidate.text)),
            ("repeats itself", _stutters(candidate.text) > _stutters(sentence.original.text)),
            ("length", not self._length_fits(sentence, candidate.text)),
            ("score", self._score_drops(sentence.original, candidate)),
            ("is another sentence", self._differs(sentence, verification)),
        )
        return next((reason for reason, broken in rules if broken), "")

    def _leaks(self, sentence: Sentence, text: str) -> bool:
        annotation = self.engine.annotation
        signs = set(annotation.mark("", "")) - {" "} if annotation else set()
        return any(sign in text and sign not in sentence.source for sign in signs)

    def _length_fits(self, sentence: Sentence, text: str) -> bool:
        """Longer is fine up to the source's length: the translation before may have lost a clause."""
        original = len(sentence.original.text)
        low, high = self.limits.shortest * original, self.limits.longest * max(original, len(sentence.source))
        return low - self.limits.slack <= len(text) <= high + self.limits.slack

    def _differs(self, sentence: Sentence, after: Verification) -> bool:
        pairs = zip(sentence.verification.verdicts, after.verdicts, strict=True)
        gained = [new.span for old, new in pairs if new.right and not old.right and new.span]
        words = sum(len(tokens(after.text[span.start : span.end])) for span in gained)
        return likeness(sentence.original.text, after.text, gained=words) < self.limits.likeness

    def _score_drops(self, original: Hypothesis, candidate: Hypothesis) -> bool:
        if original.score is None or candidate.score is None:
            return False
        return original.score - candidate.score > self.limits.score_drop


def likeness(left: str, right: str, *, gained: int = 0) -> float:
    """Share of words that two translations have in common, 0 to 1 (Dice coefficient over counted words).

    ``gained`` words of *right* are terms that had to come in; they are taken for common ones.

    >>> likeness("Ushakov met Putin", "Uschakow met Putin") == 2 / 3
    True
    """
    one, two = (Counter(token.folded for token in tokens(text)) for text in (left, right))
    total = one.total() + two.total()
    return min(1.0, 2 * ((one & two).total() + gained) / total) if total else 1.0


def _improves(before: Verification, after: Verification) -> bool:
    pairs = list(zip(before.verdicts, after.verdicts, strict=True))
    lost = any(old.right and not new.right for old, new in pairs)
    return after.right > before.right and not lost


def _says_twice(before: Verification, after: Verification, sentence: Sentence) -> bool:
    asked = Counter(hit.entry for hit in sentence.hits)
    had = dict(before.mentions)
    return any(count > max(asked[entry], had[entry]) for entry, count in after.mentions)


def _numbers_kept(sentence: Sentence, text: str) -> bool:
    """The numbers are those of the translation before, or those of the source."""
    allowed = [_numbers(sentence.current.text), _numbers(sentence.source)]
    return _numbers(text) in allowed


def _numbers(text: str) -> Counter[str]:
    return Counter(re.sub(r"[.,]", "", number) for number in _NUMBER.findall(text))


def _stutters(text: str) -> int:
    """Number of words said twice in a row, or of word pairs said twice in a row."""
    words = [token.folded for token in tokens(text)]
    return _repeats(words, 1) + _repeats(words, 2)


def _repeats(words: Sequence[str], size: int) -> int:
    return sum(words[i : i + size] == words[i + size : i + 2 * size] for i in range(len(words) - 2 * size + 1))
