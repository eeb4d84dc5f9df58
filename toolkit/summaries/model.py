"""What a summary is: how long it may be, which sentences it has and where each of them stands."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any, Literal

from toolkit.errors import InputError

MethodName = Literal[
    "default",
    "lead",
    "lsa",
    "lex-rank",
    "text-rank",
    "luhn",
    "sum-basic",
    "kl",
    "reduction",
    "edmundson",
    "random",
]
Mode = Literal["one-side", "aligned", "independent"]
"""``one-side``: one language; ``aligned``: chosen once, shown in both; ``independent``: chosen in each for itself."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a summary may be; it may come out shorter, never longer.

    >>> Length.sentences(3), Length.words(90), Length.share(0.2)
    (Length(unit='sentences', value=3), Length(unit='words', value=90), Length(unit='share', value=0.2))
    >>> Length.share(20)
    Traceback (most recent call last):
    ...
    toolkit.errors.InputError: a share of 20 is not between 0 and 1. Cure: write 20 % as 0.2
    """

    unit: Literal["sentences", "words", "share"]
    value: float

    @classmethod
    def sentences(cls, count: int) -> Length:
        """At most *count* sentences."""
        return cls("sentences", _positive(count, "sentences"))

    @classmethod
    def words(cls, count: int) -> Length:
        """At most *count* words in all; in an aligned summary on each side."""
        return cls("words", _positive(count, "words"))

    @classmethod
    def share(cls, share: float) -> Length:
        """At most this share (over 0, up to 1) of the words that stand to choice, but one sentence at least."""
        if not 0 < share <= 1:
            raise InputError(f"a share of {share:g} is not between 0 and 1", cure="write 20 % as 0.2")
        return cls("share", share)

    def fits(self, sentences: int, words: int, total: int) -> bool:
        """Whether a summary of *sentences* and *words*, out of *total* words, is within the length.

        >>> Length.words(10).fits(2, 11, 400), Length.share(0.01).fits(1, 11, 400)
        (False, True)
        """
        if self.unit == "sentences":
            return sentences <= self.value
        if self.unit == "words":
            return words <= self.value
        return sentences == 1 or words <= math.floor(self.value * total)

    def __str__(self) -> str:
        return f"{self.value:.0%} of the words" if self.unit == "share" else f"{self.value:g} {self.unit}"


def _positive(count: int, unit: str) -> int:
    if count < 1:
        raise InputError(f"{count} {unit} make no summary", cure="ask for 1 or more")
    return count


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence's score under a method; ``index`` is its place among those that were ranked, whatever its text."""

    index: int
    score: float


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence that was chosen.

    ``index`` counts the sentences of the article's body in ``language`` from 0, ``document`` the articles given;
    ``segment`` is the sentence's id there. ``other`` is its text in the other language, in aligned summaries.
    """

    index: int
    score: float
    text: str
    segment: str
    language: str
    other: str = ""
    document: int = 0


@dataclass(frozen=True, slots=True)
class ExtractiveSummary:
    """Sentences taken from one or more articles as they are, in the articles' order.

    ``languages`` has one tag, or two (source first) for aligned and independent summaries. ``notices`` say what the
    reader would otherwise wonder about, such as why there are fewer sentences than asked for.
    """

    languages: tuple[str, ...]
    method: MethodName
    mode: Mode
    length: Length
    sentences: tuple[SummarySentence, ...]
    notices: tuple[str, ...] = ()

    def texts(self, language: str | None = None) -> tuple[str, ...]:
        """The sentences in *language* (the first of ``languages`` unless given), in order.

        Raises:
            InputError: The summary is not in *language*.
        """
        wanted = language or self.languages[0]
        if wanted not in self.languages:
            raise InputError(f"the summary is in {' and '.join(self.languages)}, not in {wanted}")
        if self.mode == "aligned" and wanted != self.languages[0]:
            return tuple(sentence.other for sentence in self.sentences)
        return tuple(sentence.text for sentence in self.sentences if sentence.language == wanted)

    def as_dict(self) -> dict[str, Any]:
        """The summary as JSON can hold it: ``sentences`` are the texts, ``details`` what is known of each."""
        return {
            "languages": list(self.languages),
            "method": self.method,
            "mode": self.mode,
            "length": str(self.length),
            "sentences": [sentence.text for sentence in self.sentences],
            "details": [asdict(sentence) for sentence in self.sentences],
            "notices": list(self.notices),
        }
