"""ROUGE of summaries, by Google's rouge-score with a tokenizer that knows more letters than a to z.

rouge-score's own tokenizer replaces every other letter by a blank ("Grüße" becomes "gr" and "e"), so its scores for
German are of something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from toolkit.errors import InputError, MissingExtra
from toolkit.text import words

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class RougeScores:
    """F1 from 0 to 100 of single words, word pairs and the longest common subsequence."""

    rouge1: float
    rouge2: float
    rouge_l: float


class RougeTokenizer:
    """Lower-cased, stemmed words of letters and digits of any script.

    German stems are CISTEM's; English ones Porter's by rouge-score's rule (words of up to three letters stay whole), so
    that English scores are those of ``rouge_score`` with ``use_stemmer=True``. Other languages are not stemmed.

    >>> RougeTokenizer("de").tokenize("Die Grüße des 20-jährigen Übersetzers")
    ['die', 'gruss', 'des', '20', 'jahrig', 'ubersetz']
    """

    def __init__(self, language: str) -> None:
        self._language = language

    def tokenize(self, text: str) -> list[str]:
        """Split *text* into stems, in order (the name is rouge-score's)."""
        return [self._stem(word) for word in _WORD.findall(text.lower())]

    def _stem(self, word: str) -> str:
        if self._language == "de":
            return words.stem(word, "de")
        return _porter(word) if self._language == "en" and word.isascii() else word


@cache
def _porter(word: str) -> str:
    return " ".join(_english().tokenize(word))


@cache
def _english() -> Any:
    try:
        from rouge_score.tokenizers import DefaultTokenizer
    except ImportError as error:
        raise MissingExtra("evaluation", "ROUGE") from error
    return DefaultTokenizer(use_stemmer=True)


@cache
def _scorer(language: str) -> Any:
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as error:
        raise MissingExtra("evaluation", "ROUGE") from error
    return RougeScorer(["rouge1", "rouge2", "rougeL"], tokenizer=RougeTokenizer(language))


def rouge(summary: str | Sequence[str], references: str | Sequence[str], *, language: str) -> RougeScores:
    """Score one summary (a text or its sentences) against one reference text or several.

    ROUGE-1, -2 and -L (Lin, 2004), F1; ROUGE-L is of the whole text, not of its sentences. Of several references each
    measure takes the one that fits best.

    >>> rouge(["Schöne Grüße aus Köln."], "Viele Grüße aus Köln", language="de").rouge2
    66.66666666666666

    Raises:
        InputError: There is no reference.
        MissingExtra: rouge-score is not installed.
    """
    targets = [references] if isinstance(references, str) else list(references)
    if not targets:
        raise InputError("a summary cannot be scored without a reference")
    text = summary if isinstance(summary, str) else " ".join(summary)
    scorer = _scorer(language)
    found = [scorer.score(target, text) for target in targets]
    best = {name: 100 * max(score[name].fmeasure for score in found) for name in ("rouge1", "rouge2", "rougeL")}
    return RougeScores(best["rouge1"], best["rouge2"], best["rougeL"])
