"""Batches: one source length each, nothing lost, weights kept."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
from training.batches import TokenPairs, assemble, epoch, pack
from training.tokens import BOS, EOS

TOKENS = st.lists(st.integers(4, 60_000), min_size=1, max_size=20)
PAIRS = st.lists(st.tuples(TOKENS, TOKENS), min_size=1, max_size=40)


def packed(pairs: list[tuple[list[int], list[int]]], weight: float = 1.0, max_tokens: int = 100) -> TokenPairs:
    return pack([one for one, _ in pairs], [other for _, other in pairs], [weight] * len(pairs), max_tokens)


@given(PAIRS)
def test_packing_keeps_every_token(pairs: list[tuple[list[int], list[int]]]) -> None:
    arrays = packed(pairs)
    for index, (source, target) in enumerate(pairs):
        start, end = arrays.source_starts[index : index + 2]
        assert arrays.source[start:end].tolist() == [*source, EOS]
        start, end = arrays.target_starts[index : index + 2]
        assert arrays.target[start:end].tolist() == [*target, EOS]


@pytest.mark.parametrize(("source", "target"), [([], [5]), ([5], []), ([5] * 10, [5]), ([5], [5] * 10)])
def test_empty_and_long_pairs_are_left_out(source: list[int], target: list[int]) -> None:
    assert len(packed([(source, target), ([5] * 9, [5])], max_tokens=10)) == 1


@given(PAIRS, st.integers(10, 200), st.integers(0, 9))
def test_an_epoch_holds_each_pair_once_in_batches_of_one_length(
    pairs: list[tuple[list[int], list[int]]], batch_tokens: int, seed: int
) -> None:
    arrays = packed(pairs)
    batches = epoch(arrays, batch_tokens, np.random.default_rng(seed))
    assert sorted(index for batch in batches for index in batch) == list(range(len(pairs)))
    assert all(len(set(arrays.source_lengths[batch])) == 1 for batch in batches)


def test_batches_hold_about_as_many_tokens_as_asked() -> None:
    arrays = packed([([7] * 9, [7] * 9)] * 1000)
    sizes = [len(batch) * 10 for batch in epoch(arrays, 500, np.random.default_rng(0))]
    assert set(sizes) == {500}


def test_one_long_target_does_not_pad_a_large_batch() -> None:
    arrays = packed([([7] * 9, [7] * 9)] * 40 + [([7] * 9, [7] * 90)])
    batches = [assemble(arrays, batch) for batch in epoch(arrays, 500, np.random.default_rng(0))]
    assert max(batch.target_input.size for batch in batches) <= 8 * 91


def test_weights_are_how_often_a_pair_comes() -> None:
    arrays = pack([[5]] * 3, [[5]] * 3, [2.0, 0.5, 0.0], 10)
    rng, seen = np.random.default_rng(1), Counter[int]()
    for _ in range(400):
        seen.update(int(index) for batch in epoch(arrays, 100, rng) for index in batch)
    assert seen[0] == 800
    assert 150 < seen[1] < 250
    assert 2 not in seen


@given(PAIRS)
def test_a_batch_shifts_its_targets_by_one(pairs: list[tuple[list[int], list[int]]]) -> None:
    arrays = packed(pairs)
    for indices in epoch(arrays, 100, np.random.default_rng(0)):
        batch = assemble(arrays, indices)
        assert batch.source.shape[0] == batch.target_input.shape[0] == len(indices)
        flat = batch.target_input.ravel()
        expected = np.concatenate([[*pairs[index][1], EOS] for index in indices])
        assert batch.target_output.tolist() == expected.tolist()
        starts = np.flatnonzero(flat == BOS)
        assert len(starts) == len(indices)
        inner = ~np.isin(batch.positions + 1, [*starts, flat.size])
        assert (flat[batch.positions[inner] + 1][batch.target_output[inner] != EOS]).tolist() == [
            token for token in batch.target_output[inner] if token != EOS
        ]


def test_saving_and_loading(tmp_path: Path) -> None:
    arrays = packed([([5, 6], [7]), ([8], [9, 10])])
    arrays.save(tmp_path / "deep" / "a.npz")
    loaded = TokenPairs.load(tmp_path / "deep" / "a.npz")
    assert loaded.source.tolist() == arrays.source.tolist()
    assert loaded.weights.dtype == np.float32
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["a.npz"]


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 broken", b"text"])
def test_a_file_that_is_no_pack_is_an_input_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"a\.npz.*training\.prepare"):
        TokenPairs.load(path)
