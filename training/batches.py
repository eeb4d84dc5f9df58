"""Token arrays on disk, and batches cut from them.

A batch holds sources of **one exact length**: encoder and cross attention then need no padding mask, which on a CPU is
worth more than the shuffling it costs. Targets are padded; under the causal mask padding behind a sentence is harmless,
and the loss leaves it out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from toolkit.errors import InputError
from training.files import write_atomically
from training.tokens import BOS, EOS, PAD

Tokens = npt.NDArray[np.uint16]
Integers = npt.NDArray[np.int64]
_LEAST_SENTENCES = 8  # in a batch, however long they are
_LONGEST_STRETCH = 1.5  # times the shortest target that a batch's longest may have before the batch is cut down
_JITTER = 4  # tokens by which neighbours in the sort order may differ, so that batches differ between epochs


@dataclass(frozen=True, slots=True)
class TokenPairs:
    """Tokenised pairs, end to end.

    Pair ``i`` is ``source[source_starts[i]:source_starts[i + 1]]`` and likewise its target. Both sides end with
    ``</s>``. ``weights[i]`` is how often an epoch holds the pair.
    """

    source: Tokens  # (source tokens,)
    source_starts: Integers  # (pairs + 1,)
    target: Tokens  # (target tokens,)
    target_starts: Integers  # (pairs + 1,)
    weights: npt.NDArray[np.float32]  # (pairs,)

    def __len__(self) -> int:
        return len(self.weights)

    @property
    def source_lengths(self) -> Integers:
        """Tokens of each source, (pairs,)."""
        return np.diff(self.source_starts)

    @property
    def target_lengths(self) -> Integers:
        """Tokens of each target, (pairs,)."""
        return np.diff(self.target_starts)

    def save(self, path: Path) -> None:
        """Write the arrays as ``.npz``."""
        buffer = io.BytesIO()
        np.savez(buffer, **{one.name: getattr(self, one.name) for one in fields(self)})
        write_atomically(path, buffer.getbuffer())

    @classmethod
    def load(cls, path: Path) -> TokenPairs:
        """Read what `save` wrote.

        Raises:
            InputError: The file is missing or holds something else.
        """
        try:
            with path.open("rb") as file, np.load(file) as arrays:
                return cls(**{one.name: arrays[one.name] for one in fields(cls)})
        except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise InputError(
                f"holds no token arrays: {error}", where=str(path), cure="make it with python -m training.prepare"
            ) from error


def pack(
    sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]], weights: Sequence[float], max_tokens: int
) -> TokenPairs:
    """Lay token lists end to end, each with ``</s>`` behind it; leave out empty sides and those above *max_tokens*.

    >>> pairs = pack([[5, 6], [], [7]], [[8], [9], [10] * 99], [1.0, 1.0, 1.0], max_tokens=10)
    >>> pairs.source.tolist(), pairs.target.tolist(), len(pairs)
    ([5, 6, 3], [8, 3], 1)
    """
    fit = [
        index
        for index, (source, target) in enumerate(zip(sources, targets, strict=True))
        if source and target and max(len(source), len(target)) < max_tokens
    ]
    source, source_starts = _flatten(sources[index] for index in fit)
    target, target_starts = _flatten(targets[index] for index in fit)
    return TokenPairs(
        source, source_starts, target, target_starts, np.array([weights[index] for index in fit], np.float32)
    )


def epoch(pairs: TokenPairs, batch_tokens: int, rng: np.random.Generator) -> list[Integers]:
    """Return the batches of one epoch in random order, as indices of pairs.

    A pair of weight 2.5 comes twice or three times. Each batch has one source length and targets of nearly one length,
    and about *batch_tokens* tokens on its longer side.
    """
    copies = np.floor(pairs.weights + rng.random(len(pairs))).astype(np.int64)
    drawn = np.repeat(np.arange(len(pairs)), copies)
    lengths, target_lengths = pairs.source_lengths[drawn], pairs.target_lengths[drawn]
    order = np.lexsort((rng.random(len(drawn)), target_lengths + rng.integers(0, _JITTER, len(drawn)), lengths))
    drawn, lengths, target_lengths = drawn[order], lengths[order], target_lengths[order]
    borders = np.flatnonzero(np.diff(lengths)) + 1
    batches = []
    for start, end in zip([0, *borders], [*borders, len(drawn)], strict=True):
        while start < end:
            stop = _batch_end(start, end, target_lengths, int(lengths[start]), batch_tokens)
            batches.append(drawn[start:stop])
            start = stop
    rng.shuffle(batches)
    return batches


def _batch_end(start: int, end: int, target_lengths: Integers, length: int, batch_tokens: int) -> int:
    """Return where a batch that begins at *start* ends; a few very long targets must not pad all the others."""
    longer = max(length, int(target_lengths[start]))
    stop = min(end, start + max(_LEAST_SENTENCES, batch_tokens // longer))
    longest = int(target_lengths[start:stop].max())
    if longest > _LONGEST_STRETCH * longer:
        stop = min(stop, start + max(_LEAST_SENTENCES, batch_tokens // longest))
    return stop


@dataclass(frozen=True, slots=True)
class Batch:
    """What the model reads and should say; ``positions`` are the places of real tokens in the flattened target."""

    source: Integers  # (batch, source length)
    target_input: Integers  # (batch, target length): <s> and the target without its last token
    target_output: Integers  # (real tokens,): the target, </s> included
    positions: Integers  # (real tokens,) in 0 … batch · target length - 1


def assemble(pairs: TokenPairs, indices: Integers) -> Batch:
    """Build the arrays of one batch.

    >>> pairs = pack([[5, 6], [7, 8]], [[9], [10, 11]], [1.0, 1.0], max_tokens=10)
    >>> batch = assemble(pairs, np.array([0, 1]))
    >>> batch.target_input.tolist(), batch.target_output.tolist(), batch.positions.tolist()
    ([[2, 9, 3], [2, 10, 11]], [9, 3, 10, 11, 3], [0, 1, 3, 4, 5])
    """
    length = int(pairs.source_lengths[indices[0]])
    source = pairs.source[pairs.source_starts[indices][:, None] + np.arange(length)]
    lengths = pairs.target_lengths[indices]
    columns = np.arange(int(lengths.max()))
    real = columns < lengths[:, None]
    places = np.minimum(pairs.target_starts[indices][:, None] + columns, len(pairs.target) - 1)
    target = np.where(real, pairs.target[places], PAD).astype(np.int64)
    shifted = np.concatenate([np.full((len(indices), 1), BOS), target[:, :-1]], axis=1)
    shifted[shifted == PAD] = EOS  # any known piece will do behind the end
    return Batch(source.astype(np.int64), shifted, target[real], np.flatnonzero(real))


def _flatten(sequences: Iterable[Sequence[int]]) -> tuple[Tokens, Integers]:
    arrays = [np.array([*sequence, EOS], np.uint16) for sequence in sequences]
    starts = np.concatenate([[0], np.cumsum([len(array) for array in arrays])]).astype(np.int64)
    return np.concatenate([*arrays, np.empty(0, np.uint16)]), starts


def describe(pairs: TokenPairs) -> dict[str, Any]:
    """Return the size of a pack: pairs, tokens of one epoch in millions."""
    return {
        "pairs": len(pairs),
        "pairs_an_epoch": round(float(pairs.weights.sum())),
        "target_mtokens_an_epoch": round(float((pairs.target_lengths * pairs.weights).sum()) / 1e6, 2),
    }
