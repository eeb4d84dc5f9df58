"""Choosing from a ranking: within the length, nothing twice, nothing that leaves its reader guessing."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.summaries.candidates import Sentence
from toolkit.summaries.model import Length, RankedSentence
from toolkit.summaries.redundancy import repeats


def select(
    sentences: Sequence[Sentence],
    ranked: Sequence[RankedSentence],
    length: Length,
    counts: Sequence[int] | None = None,
) -> tuple[int, ...]:
    """Return the indices of the sentences to show, in reading order.

    Goes down the ranking and takes what fits *length* and repeats nothing taken. A dangling sentence waits till the one
    before it has been taken; it is never taken without.

    Args:
        counts: Words of each sentence, where they are not those of *sentences* (an aligned summary counts the longer
            side).
    """
    return _Selection(sentences, length, counts or [len(sentence.stems) for sentence in sentences]).go_through(ranked)


class _Selection:
    def __init__(self, sentences: Sequence[Sentence], length: Length, counts: Sequence[int]) -> None:
        self._sentences, self._length, self._counts = sentences, length, counts
        open_to_choice = zip(sentences, counts, strict=True)
        self._total = sum(count for sentence, count in open_to_choice if not sentence.barred)
        self._taken: list[int] = []
        self._waiting: set[int] = set()
        self._words = 0

    def go_through(self, ranked: Sequence[RankedSentence]) -> tuple[int, ...]:
        for candidate in ranked:
            if not self._sentences[candidate.index].barred:
                self._consider(candidate.index)
            if self._length.unit == "sentences" and len(self._taken) >= self._length.value:
                break
        return tuple(sorted(self._taken))

    def _consider(self, index: int) -> None:
        """Take the sentence if it may be taken, and then those that waited for it, one after the other."""
        while True:
            if self._sentences[index].dangling and index - 1 not in self._taken:
                self._waiting.add(index)
                return
            if not self._may_take(index):
                return
            self._taken.append(index)
            self._words += self._counts[index]
            index += 1
            if index not in self._waiting:
                return
            self._waiting.discard(index)

    def _may_take(self, index: int) -> bool:
        if not self._length.fits(len(self._taken) + 1, self._words + self._counts[index], self._total):
            return False
        content = self._sentences[index].content
        return not any(repeats(content, self._sentences[other].content) for other in self._taken)
