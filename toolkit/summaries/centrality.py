"""Features of sentences as arrays, one number a sentence: centrality, frequency, closeness to the title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]  # (sentences,)
Matrix = npt.NDArray[np.float64]  # (sentences, vocabulary) or (sentences, sentences)

DAMPING = 0.85
"""PageRank's usual chance of following a link (Brin and Page, 1998; LexRank, Erkan and Radev, 2004)."""
_STEPS = 60  # the error shrinks by DAMPING a step: 0.85^60 < 1e-4


def standardise(values: Vector) -> Vector:
    """Return *values* with mean 0 and standard deviation 1; all zero where they do not differ.

    >>> standardise(np.array([1.0, 3.0])).tolist(), standardise(np.array([2.0, 2.0])).tolist()
    ([-1.0, 1.0], [0.0, 0.0])
    """
    spread = float(values.std()) if len(values) else 0.0
    if spread < 1e-9:
        return np.zeros(len(values))
    return np.asarray((values - values.mean()) / spread, dtype=np.float64)


class Vectors:
    """Sentences as unit tf-idf vectors; the idf is that of the sentences themselves, ln(1 + n / df).

    ``matrix`` has the shape (sentences, vocabulary); a sentence without content words is a row of zeros.
    """

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        self._document_frequency = Counter(stem for stems in sentences for stem in set(stems))
        # sorted: the order of the columns, and with it the last bit of every sum, is the same on every run
        self._columns = {stem: column for column, stem in enumerate(sorted(self._document_frequency))}
        self._count = len(sentences)
        self.matrix = np.vstack([self.vector(stems) for stems in sentences]) if sentences else np.zeros((0, 0))

    def vector(self, stems: Sequence[str]) -> Vector:
        """The unit vector of any text; stems that no sentence has do not count."""
        vector = np.zeros(len(self._columns))
        for stem, count in Counter(stems).items():
            if stem in self._columns:
                vector[self._columns[stem]] = count * np.log1p(self._count / self._document_frequency[stem])
        norm = float(np.linalg.norm(vector))
        return vector / norm if norm else vector


def lexrank(matrix: Matrix) -> Vector:
    """Continuous LexRank: the stationary weight of each sentence, 1 on average.

    PageRank on the graph whose edges are cosines of the rows of *matrix* (no threshold, no self-loops); a sentence
    that resembles no other passes its weight to all alike.
    """
    count = len(matrix)
    if not count:
        return np.zeros(0)
    similarity = matrix @ matrix.T
    np.fill_diagonal(similarity, 0.0)
    degree = similarity.sum(axis=1, keepdims=True)
    step = np.divide(similarity, degree, out=np.full_like(similarity, 1 / count), where=degree > 0)
    weight = np.full(count, 1 / count)
    for _ in range(_STEPS):
        weight = (1 - DAMPING) / count + DAMPING * (step.T @ weight)
    return np.asarray(weight * count, dtype=np.float64)


def mean_frequency(sentences: Sequence[Sequence[str]]) -> Vector:
    """How often, on average, the distinct stems of each sentence occur in all of them (SumBasic's first step)."""
    frequency = Counter(stem for stems in sentences for stem in stems)
    return np.array([_mean([frequency[stem] for stem in sorted(set(stems))]) for stems in sentences], dtype=np.float64)


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) if values else 0.0
