"""How much of a summary says the same twice.

Measured on the words as they are written, neither stemmed nor freed of stop words: another yardstick than the one by
which the summaries room avoids repetition, so that the two can disagree.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.text import words

CONTAINED = 0.7
"""Share of a sentence's words that an earlier one has, from which on it repeats it. Two independent news sentences on
one event share up to a half, most of it articles and prepositions; reprints that differ by a clause share over 0.7."""


def redundancy(sentences: Sequence[str], *, language: str) -> float:
    """Share of *sentences* (0 to 1) whose words are mostly those of one other sentence before them, or the reverse.

    >>> redundancy(["Xi empfing Putin in Peking.", "In Peking empfing Xi am Donnerstag Putin."], language="de")
    0.5
    >>> redundancy([], language="de")
    0.0
    """
    bags = [frozenset(word.lower() for word in words.tokenize(sentence, language)) for sentence in sentences]
    repeated = sum(any(_repeats(bag, earlier) for earlier in bags[:place]) for place, bag in enumerate(bags))
    return repeated / len(bags) if bags else 0.0


def _repeats(bag: frozenset[str], earlier: frozenset[str]) -> bool:
    smaller = min(len(bag), len(earlier))
    return smaller > 0 and len(bag & earlier) >= CONTAINED * smaller
