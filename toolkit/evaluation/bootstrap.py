"""Whether a difference between two systems would last: the paired bootstrap (Koehn, 2004)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from toolkit.errors import InputError

SAMPLES = 2000
"""Enough for the second digit of a 95 % interval."""
_SEED = 20240516


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean difference and its 95 % interval; reliable if the interval leaves out zero."""

    mean: float
    low: float
    high: float

    @property
    def reliable(self) -> bool:
        """Whether zero lies outside the interval."""
        return self.low > 0 or self.high < 0

    def __str__(self) -> str:
        return f"{self.mean:+.2f} ({self.low:+.2f}…{self.high:+.2f})"


def paired_bootstrap(first: Sequence[float], second: Sequence[float], samples: int = SAMPLES) -> Difference:
    """Compare two systems' scores on the same documents in the same order: *first* minus *second*.

    The documents are drawn anew, with repetition, *samples* times; the same input gives the same interval.

    >>> str(paired_bootstrap([3.0, 4.0, 5.0], [1.0, 2.0, 3.0]))
    '+2.00 (+2.00…+2.00)'

    Raises:
        InputError: The two have different lengths or none.
    """
    if len(first) != len(second) or not first:
        raise InputError(f"{len(first)} and {len(second)} scores make no pairs")
    differences = [one - other for one, other in zip(first, second, strict=True)]
    generator = random.Random(_SEED)  # noqa: S311 - statistics, not a secret
    means = sorted(fmean(generator.choices(differences, k=len(differences))) for _ in range(samples))
    return Difference(fmean(differences), means[round(0.025 * (samples - 1))], means[round(0.975 * (samples - 1))])
