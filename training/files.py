"""Writing so that a killed program leaves either the old file or the new one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def write_atomically(path: Path, data: bytes | memoryview | Callable[[BinaryIO], None]) -> None:
    """Write *data*, or let it write into the open file; *path* changes only when all is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as out:
        if callable(data):
            data(out)
        else:
            out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
