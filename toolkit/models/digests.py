"""SHA-256 of files and of folders."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def file_digest(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def folder_digest(folder: Path, names: Iterable[str]) -> str:
    """Hexadecimal SHA-256 over the files *names* of *folder*: their names, in sorted order, and their digests.

    Neither the file system's order, nor times, nor permissions matter.
    """
    total = hashlib.sha256()
    for name in sorted(names):
        total.update(f"{name}\0{file_digest(folder / name)}\n".encode())
    return total.hexdigest()
