"""When two sentences say the same: measured on the stems of their content words."""

from __future__ import annotations

from collections.abc import Sequence

OVERLAP = 0.5
"""Share of the shorter sentence's stems that the longer one has, from which on a bullet tells nothing new.

Reprints of one agency sentence that differ by a clause share 0.7 and over, retellings of it 0.5 and over; sentences on
one event that merely name the same people stay under that. From 0.5 to 0.7 ROUGE is the same within 0.2 points."""
MIN_SHARED = 4
"""Stems that two sentences must share at least, so that short ones on one topic do not count as repetitions."""
HEADLINE = 0.8
"""Share of a sentence's stems that the headline has, from which on the sentence is the headline (perhaps cut short)."""


def repeats(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two sentences, given as content stems, are near-duplicates.

    >>> repeats(["xi", "empfang", "putin", "peking"], ["putin", "peking", "xi", "empfang", "donnerstag"])
    True
    >>> repeats(["xi", "empfang", "putin", "peking"], ["putin", "reist", "peking", "donnerstag"])
    False
    """
    one, two = set(first), set(second)
    shared = len(one & two)
    return shared >= max(MIN_SHARED, OVERLAP * min(len(one), len(two))) or (shared > 0 and one == two)


def adds_nothing(sentence: Sequence[str], headline: Sequence[str]) -> bool:
    """Whether a sentence is only the headline again; a sentence that tells more than its headline is not.

    >>> adds_nothing(["putin", "trifft", "xi"], ["putin", "trifft", "xi", "peking"])
    True
    >>> adds_nothing(["putin", "trifft", "xi", "heut", "peking"], ["putin", "trifft", "xi"])
    False
    """
    stems = set(sentence)
    return bool(stems) and len(stems & set(headline)) >= HEADLINE * len(stems)
