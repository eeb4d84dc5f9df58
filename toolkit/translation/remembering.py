"""A translation memory that may fail on the way: it is told of and done without, for a translation is worth more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from toolkit.errors import InputError
from toolkit.languages import LanguagePair
from toolkit.memory import TranslationMemory
from toolkit.types import SegmentPair

T = TypeVar("T")


class Remembering:
    """What a translator asks of its memory, or of none; see the methods of the same names of `TranslationMemory`.

    A memory that cannot be used any more (damaged, locked, its disk full) gets a notice and is asked no more.
    """

    def __init__(self, memory: TranslationMemory | None) -> None:
        self._memory = memory

    def __bool__(self) -> bool:
        return self._memory is not None

    def recall(self, keys: Mapping[str, str]) -> dict[str, SegmentPair]:
        """Pairs found again, by sentence."""
        return self._ask(lambda memory: memory.recall(keys), {})

    def imported(self, sources: Sequence[str], languages: LanguagePair) -> dict[str, str]:
        """Targets brought in from outside, by source."""
        return self._ask(lambda memory: memory.imported(sources, languages), {})

    def store(self, pairs: Iterable[tuple[str, SegmentPair]], languages: LanguagePair, engine: str) -> None:
        """Keep pairs under their keys."""
        self._ask(lambda memory: memory.store(pairs, languages, engine), None)

    def _ask(self, use: Callable[[TranslationMemory], T], otherwise: T) -> T:
        if self._memory is None:
            return otherwise
        try:
            return use(self._memory)
        except InputError as error:
            self._memory.notices.append(f"{error.where}: {error.reason}; the run went on without it")
            self._memory = None
            return otherwise
