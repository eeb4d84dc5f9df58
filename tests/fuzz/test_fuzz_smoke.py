"""A short run of every fuzzing target, without coverage; ``python -m tests.fuzz`` is the long one."""

from __future__ import annotations

import pytest

from tests.fuzz.mutation import mutants
from tests.fuzz.targets import TARGETS

NUMBER = 60


@pytest.mark.parametrize("name", TARGETS)
def test_changed_inputs_are_answered_or_refused(name: str) -> None:
    target, done = TARGETS[name], 0
    for data in mutants(target.seeds, target.words, NUMBER):
        target.run(data)
        done += 1
    assert done == NUMBER + len(target.seeds) + 1


def test_the_same_seed_gives_the_same_inputs() -> None:
    assert list(mutants([b"abc"], ["x"], 20)) == list(mutants([b"abc"], ["x"], 20))
    assert len(set(mutants([b"abcdefgh"], ["x"], 20))) > 15
