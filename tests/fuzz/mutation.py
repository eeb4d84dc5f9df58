"""Small random changes to an input, the same ones for the same seed: for the smoke run, which measures no coverage."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

_BYTES = (
    b"\0",
    b"\xff",
    b"\n",
    b"\r",
    b"\t",
    b" ",
    b"<",
    b">",
    b"&",
    b'"',
    b"\\",
    b"\xe2\x80\xa8",
    b"\xed\xa0\x80",
    b"A",
)


def mutants(seeds: Sequence[bytes], words: Sequence[str], number: int, seed: int = 1) -> Iterator[bytes]:
    """The seeds themselves, nothing, and *number* changed inputs, each one to eight steps away from a seed."""
    chance = random.Random(seed)
    yield b""
    yield from seeds
    pieces = [*_BYTES, *(word.encode("utf-8", "replace") for word in words)]
    for _ in range(number):
        data = chance.choice(seeds)
        for _ in range(chance.randint(1, 8)):
            data = _changed(data, pieces, chance)
        yield data


def _changed(data: bytes, pieces: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = sorted(chance.randint(0, len(data)) for _ in range(2))
    match chance.randrange(5):
        case 0:  # put a word of the format in
            return data[:start] + chance.choice(pieces) + data[start:]
        case 1:  # cut out
            return data[:start] + data[end:]
        case 2:  # say twice
            return (data[:end] + data[start:])[:4096]
        case 3:  # another byte
            return data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :]
        case _:  # swap two parts
            return data[start:end] + data[:start] + data[end:]
