"""Writing so that a killed program leaves either the old file or the new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from toolkit.runs.files import replacing


def write_atomically(path: Path, data: bytes | memoryview | Callable[[BinaryIO], None]) -> None:
    """Write *data*, or let it write into the open file; *path* changes only when all is on the disk.

    Raises:
        OutputError: The disk is full, or the place cannot be written to.
    """
    with replacing(path) as file:
        out = cast("BinaryIO", file.buffer)
        if callable(data):
            data(out)
        else:
            out.write(data)
