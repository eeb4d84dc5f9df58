"""Ranking: every method by its name, from sentences to scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import numpy as np

from toolkit.errors import InputError
from toolkit.summaries import ranker
from toolkit.summaries.candidates import Sentence, stems_of
from toolkit.summaries.centrality import Vector
from toolkit.summaries.model import MethodName, RankedSentence
from toolkit.text import words

METHODS: tuple[MethodName, ...] = get_args(MethodName)
"""All methods, the default first."""
_LIMITS = {"kl": 100, "default": 2000}
_SUMY_LIMIT = 400
"""Sentences a method looks at, from the beginning. Time grows with their square (kl: their cube): at these limits
it is some seconds. No news article is as long."""


def check_method(method: str) -> MethodName:
    """Return *method* if there is one of that name.

    Raises:
        InputError: There is none.
    """
    for known in METHODS:
        if method == known:
            return known
    raise InputError(f"no summary method is called {method!r}", cure=f"use one of {', '.join(METHODS)}")


def limit(method: MethodName) -> int | None:
    """How many sentences *method* looks at; ``None`` for all."""
    return None if method in ("lead", "random") else _LIMITS.get(method, _SUMY_LIMIT)


def rank(
    sentences: Sequence[Sentence], *, method: MethodName = "default", title: str = ""
) -> tuple[RankedSentence, ...]:
    """Rank *sentences* (of one language, in reading order): best first, of equals the earlier one.

    A pure ranking: whether a sentence may stand in a summary is not asked here. The same sentences give the same
    ranking on every run.

    >>> texts = ("Der Streik endet am Montag.", "Er dauerte lang.", "Nach dem Streik fahren am Montag alle Züge.")
    >>> made = [Sentence.of(text, "de", position=position) for position, text in enumerate(texts)]
    >>> [ranked.index for ranked in rank(made, method="lead")]
    [0, 1, 2]

    Raises:
        InputError: *method* cannot rank sentences of this language.
    """
    scores = score(sentences, check_method(method), title)
    order = sorted(range(len(sentences)), key=lambda index: (-scores[index], index))
    return tuple(RankedSentence(index, float(scores[index])) for index in order)


def score(sentences: Sequence[Sentence], method: MethodName, title: str = "") -> Vector:
    """Score *sentences* in their order, higher is better; scores of different methods do not compare."""
    if not sentences:
        return np.zeros(0)
    if method == "lead":
        return np.array([1 / (1 + sentence.position) for sentence in sentences])
    if method == "default":
        return np.round(ranker.score(sentences, title), 9)
    from toolkit.summaries import algorithms  # sumy is slow to import

    language = sentences[0].language
    return algorithms.score(method, sentences, stems_of(words.tokenize(title, language), language))
