"""How common a word is in news: document frequencies of about 11,000 German and English word stems.

The table (``background.txt``) holds facts about language only. It was counted, after stemming and without stop words,
over runs of twelve sentences of public news, parliament and encyclopedia text (references of the WMT news tasks
2008–2017, Europarl, MLQE-PE, XQuAD, Copenhagen Dependency Treebank); ``benchmarks/stories.py background`` makes it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Background:
    """Number of texts counted, and in how many of them each common stem stands."""

    documents: int
    frequencies: Mapping[str, int]

    def idf(self, stem: str) -> float:
        """Inverse document frequency (natural logarithm); stems outside the table count as seen once.

        >>> background("de").idf("regier") < background("de").idf("raumsond")
        True
        """
        return math.log((self.documents + 1) / (self.frequencies.get(stem, 1) + 1))


@cache
def background(language: str) -> Background:
    """The counts of a language; for one without a table every word weighs the same."""
    text = resources.files(__package__).joinpath("background.txt").read_text(encoding="utf-8")
    frequencies: dict[str, int] = {}
    documents = 1
    for line in text.splitlines():
        tag, number, words = line.split("\t")
        if tag == language and words:
            frequencies |= dict.fromkeys(words.split(" "), int(number))
        elif tag == language:
            documents = int(number)
    return Background(documents, frequencies)
