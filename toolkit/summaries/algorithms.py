"""sumy's algorithms, fed with our sentences and words; the one module that imports sumy.

sumy identifies a sentence by its text and reads its words with a tokenizer that needs downloads. Here a sentence's
"text" is its place in the list, and the "tokenizer" looks the words up: two sentences with the same words stay two,
and a stop word is "". Every algorithm then gives every sentence a score. Results do not depend on Python's hash seed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as DomSentence
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.random import RandomSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from toolkit.errors import InputError
from toolkit.summaries.candidates import Sentence
from toolkit.summaries.centrality import Matrix, Vector
from toolkit.summaries.cues import BONUS, STIGMA
from toolkit.text import words

STOP = frozenset({""})
"""The only stop word sumy sees."""
SEED = 20240516
"""Seed of the method ``random``: any fixed number."""
_TITLE = "title"


class _Lsa(LsaSummarizer):  # type: ignore[misc]  # sumy is untyped
    """sumy's LSA with its rows in a fixed order: it takes them from a set, and ties then move with the hash seed."""

    def _create_dictionary(self, document: Any) -> dict[str, int]:
        found = sorted({stem for sentence in document.sentences for stem in sentence.words if stem})
        return {stem: row for row, stem in enumerate(found)}

    def _create_matrix(self, document: Any, dictionary: Mapping[str, int]) -> Matrix:
        matrix = np.zeros((len(dictionary), len(document.sentences)))
        for column, sentence in enumerate(document.sentences):
            for stem in sentence.words:
                if stem:
                    matrix[dictionary[stem], column] += 1
        return matrix


class _LexRank(LexRankSummarizer):  # type: ignore[misc]  # sumy is untyped
    """sumy's LexRank, iterated till it stands still (its own 0.1 stops after a step or two) and summed exactly."""

    epsilon = 1e-4

    @staticmethod
    def cosine_similarity(
        _first: Sequence[str],
        _second: Sequence[str],
        tf_first: Mapping[str, float],
        tf_second: Mapping[str, float],
        idf: Mapping[str, float],
    ) -> float:
        """Cosine of two tf-idf vectors; ``fsum`` makes it the same whatever the order of the sets."""
        shared = tf_first.keys() & tf_second.keys()
        norms = [
            math.sqrt(math.fsum((tf[stem] * idf[stem]) ** 2 for stem in sorted(tf))) for tf in (tf_first, tf_second)
        ]
        product = math.fsum(tf_first[stem] * tf_second[stem] * idf[stem] ** 2 for stem in shared)
        return product / (norms[0] * norms[1]) if norms[0] and norms[1] else 0.0

    @staticmethod
    def power_method(matrix: Matrix, epsilon: float) -> Vector:
        """Stationary weights; equal ones if no sentence resembles any (sumy would divide by zero)."""
        if not matrix.any():
            return np.full(len(matrix), 1 / len(matrix))
        return np.asarray(LexRankSummarizer.power_method(matrix, epsilon), dtype=np.float64)


class _Random(RandomSummarizer):  # type: ignore[misc]  # sumy is untyped
    """sumy's random choice with a seed of its own, the same on every run."""

    def _get_random_ratings(self, sentences: Sequence[Any]) -> dict[Any, int]:
        ratings = list(range(len(sentences)))
        random.Random(SEED).shuffle(ratings)  # noqa: S311 - a baseline, not a secret
        return dict(zip(sentences, ratings, strict=True))


def _plain(summarizer: type[Any]) -> Callable[[str], Any]:
    def make(_language: str) -> Any:
        made = summarizer(str)
        made.stop_words = STOP
        return made

    return make


def _edmundson(language: str) -> Any:
    if language not in BONUS:
        raise InputError(
            f"edmundson needs cue words, and there are none for {language}",
            cure=f"use another method, or one of the languages {', '.join(sorted(BONUS))}",
        )
    made = EdmundsonSummarizer(str)
    made.bonus_words = {words.stem(word, language) for word in BONUS[language]}
    made.stigma_words = {words.stem(word, language) for word in STIGMA[language]}
    made.null_words = STOP
    return made


ALGORITHMS: Mapping[str, Callable[[str], Any]] = {
    "lsa": _plain(_Lsa),
    "lex-rank": _plain(_LexRank),
    "text-rank": _plain(TextRankSummarizer),
    "luhn": _plain(LuhnSummarizer),
    "sum-basic": _plain(SumBasicSummarizer),
    "kl": _plain(KLSummarizer),
    "reduction": _plain(ReductionSummarizer),
    "edmundson": _edmundson,
    "random": lambda _language: _Random(str),
}
"""Makes each method's summarizer for a language."""


class _Words:
    """The tokenizer that sumy is given: from a sentence's place to its words."""

    def __init__(self, found: Mapping[str, tuple[str, ...]]) -> None:
        self._found = found

    def to_words(self, place: str) -> tuple[str, ...]:
        return self._found[place]


def score(method: str, sentences: Sequence[Sentence], title: Sequence[str] = ()) -> Vector:
    """Score every sentence with one of `ALGORITHMS`; *title* is the headline's stems, for ``edmundson``.

    Scores are rounded to nine digits, so that what is equal but for the last bit is equal. Without a single content
    word all are 0.
    """
    scores = np.zeros(len(sentences))
    if not any(sentence.content for sentence in sentences):
        return scores
    summarizer = ALGORITHMS[method](sentences[0].language[:2])

    def collect(rated: Sequence[Any]) -> Sequence[Any]:
        for info in rated:
            scores[info.order] = round(float(info.rating), 9)
        return rated

    summarizer(_model(sentences, title), collect)
    return scores


def _model(sentences: Sequence[Sentence], title: Sequence[str]) -> Any:
    found = {str(place): sentence.stems for place, sentence in enumerate(sentences)}
    found[_TITLE] = tuple(title)
    tokenizer = _Words(found)
    numbered = groupby(enumerate(sentences), key=lambda item: (item[1].document, item[1].paragraph))
    paragraphs = [[DomSentence(str(place), tokenizer) for place, _ in members] for _, members in numbered]
    if title:
        paragraphs[0].insert(0, DomSentence(_TITLE, tokenizer, is_heading=True))
    return ObjectDocumentModel([Paragraph(members) for members in paragraphs])
