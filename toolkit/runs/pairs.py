"""Every sentence pair of a run in one JSON Lines file: for review, for statistics, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from toolkit.runs.files import replacing
from toolkit.types import SegmentPair, TranslatedDocument


def pair_record(path: str, block: str, role: str, pair: SegmentPair) -> dict[str, Any]:
    """A sentence pair as JSON shows it: where it stands, both sides, score, flags, terms, origin."""
    record = asdict(pair)
    del record["alignment"]
    return {"path": path, "block": block, "role": role, **record}


class PairsFile:
    """Writes the pairs of documents, one JSON object a line."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def add(self, translated: TranslatedDocument) -> None:
        """Add the pairs of one document."""
        for block in translated.blocks:
            for pair in block.pairs:
                record = pair_record(translated.document.path, block.block.id, block.block.role, pair)
                self._file.write(json.dumps(record, ensure_ascii=False) + "\n")


@contextmanager
def pairs_file(path: Path) -> Iterator[PairsFile]:
    """A `PairsFile` at *path*; the file is there, whole, when the block ends without an error.

    Raises:
        OutputError: The place cannot be written to.
    """
    with replacing(path) as file:
        yield PairsFile(file)
