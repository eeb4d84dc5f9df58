"""Floors: how well roles and sentence borders agree with what a person read in the seeds and in composed cases.

A floor may be raised when the code gets better; lowering one takes a reason in the commit. The composed cases were
written before the code; one half served to tune it, the other is only measured.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from labelled import (
    FIXTURES,
    SEEDS,
    LabelledBlock,
    compare,
    digest,
    locate,
    make_document,
    read_blocks,
    read_seeds,
    read_sentences,
)

from toolkit.documents import read
from toolkit.text.roles import assign, prepare
from toolkit.text.segmentation import split

FLOORS: dict[str, Any] = json.loads((FIXTURES / "floors.json").read_text(encoding="utf-8"))
HALVES = ("tuning", "held_out")


def test_floors_belong_to_these_texts():
    """A figure means nothing for another corpus than the one it was measured on."""
    assert digest(*sorted(SEEDS.glob("*.txt")), FIXTURES / "seeds.json") == FLOORS["seeds"]["sha256"]
    for half in HALVES:
        files = (FIXTURES / f"sentences_{half}.txt", FIXTURES / f"blocks_{half}.txt")
        assert digest(*files) == FLOORS[half]["sha256"]


def test_every_block_of_the_seeds_is_labelled():
    """A label for each non-blank line, and sentences that make up the whole line."""
    for name, blocks in read_seeds().items():
        lines = [line for line in (SEEDS / name).read_text(encoding="utf-8").splitlines() if line.strip()]
        assert len(blocks) == len(lines)
        assert all("".join(block.sentences).split() for block in blocks)
        assert all(_letters("".join(block.sentences)) == _letters(block.text) for block in blocks)


def _letters(text: str) -> str:
    return "".join(text.split())


def test_sentence_borders_of_the_seeds():
    """Borders within blocks; the end of a block, which nobody can miss, does not count."""
    expected, found = set(), set()
    for name, blocks in read_seeds().items():
        for number, block in enumerate(blocks):
            expected |= {(name, number, span.end) for span in locate(block.text, block.sentences)[:-1]}
            found |= {(name, number, span.end) for span in split(block.text, "de")[:-1]}
    score = compare(expected, found)
    assert score.precision >= FLOORS["seeds"]["border_precision"]
    assert score.recall >= FLOORS["seeds"]["border_recall"]


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_sentence_borders_of_composed_cases(half, language):
    """Abbreviations, ordinals, initials, quotes, ellipses, times, addresses, parentheses, missing blanks."""
    expected, found = set(), set()
    for number, (case_language, text, spans) in enumerate(read_sentences(half)):
        if case_language == language:
            expected |= {(number, span.end) for span in spans[:-1]}
            found |= {(number, span.end) for span in split(text, language)[:-1]}
    score = compare(expected, found)
    assert score.precision >= FLOORS[half][f"border_precision_{language}"]
    assert score.recall >= FLOORS[half][f"border_recall_{language}"]


def test_the_seeds_as_the_reader_gives_them():
    """The file reader's blocks are the labelled ones, and get the labelled roles and sentences."""
    for name, labelled in read_seeds().items():
        document = prepare(read(SEEDS / name))
        assert [block.text for block in document.blocks] == [block.text for block in labelled]
        assert [block.role for block in document.blocks] == [block.role for block in labelled]
        found = [[part.text for part in block.segments] for block in document.blocks]
        assert found == [list(block.sentences) for block in labelled]


def _roles(articles: list[list[LabelledBlock]]) -> list[tuple[str, str]]:
    """Labelled and assigned role of every block."""
    pairs = []
    for article in articles:
        judged = assign(make_document([(block.text, block.marked) for block in article]))
        pairs += [(block.role, found.role) for block, found in zip(article, judged.blocks, strict=True)]
    return pairs


@pytest.mark.parametrize("part", ["seeds", *HALVES])
def test_roles(part):
    """Accuracy over all roles, and precision and recall of what is set aside."""
    pairs = _roles(list(read_seeds().values()) if part == "seeds" else read_blocks(part))
    labelled = {n for n, (wanted, _) in enumerate(pairs) if wanted == "boilerplate"}
    score = compare(labelled, {n for n, (_, got) in enumerate(pairs) if got == "boilerplate"})
    assert sum(wanted == got for wanted, got in pairs) / len(pairs) >= FLOORS[part]["role_accuracy"]
    assert score.precision >= FLOORS[part]["boilerplate_precision"]
    assert score.recall >= FLOORS[part]["boilerplate_recall"]
