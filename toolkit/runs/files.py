"""Writing files so that nobody ever sees half of one, and one run at a time in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path

from toolkit.errors import OutputError
from toolkit.locking import locked
from toolkit.runs.plan import WORK_FOLDER

_PART = ".part"


def write_atomically(path: Path, data: bytes) -> None:
    """Put *data* into *path*, whole or not at all; see `replacing`."""
    with replacing(path) as file:
        file.buffer.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[TextIOWrapper]:
    """A UTF-8 file that takes the place of *path* when the block ends without an error.

    It is written beside *path*, flushed to the disk, and renamed. After an error nothing of it is left.

    Raises:
        OutputError: The disk is full, or the place cannot be written to.
    """
    part = path.with_name(f".{path.name}{_PART}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        cure = "free some space, or choose another place"
        raise OutputError(f"cannot be written: {error.strerror}", where=str(path), cure=cure) from error
    finally:
        with suppress(OSError):  # what cannot be reached cannot have been written
            part.unlink(missing_ok=True)


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files of a run that was killed; only under `lock`."""
    for part in folder.rglob(f".*{_PART}"):
        part.unlink(missing_ok=True)


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold *folder* for this process; the system lets go of it even if the process is killed.

    Raises:
        OutputError: Another run is at work there, or the folder cannot be written to.
    """
    place = folder / WORK_FOLDER
    if place.is_symlink():
        raise OutputError("is a link that leads elsewhere", where=str(place), cure="remove it")
    with ExitStack() as held:
        try:
            place.mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(place / "lock", wait=False))
        except BlockingIOError as error:
            raise OutputError(
                "another run is writing to this folder", where=str(folder), cure="wait for it, or choose another --out"
            ) from error
        except OSError as error:
            raise OutputError(
                f"cannot be written to: {error.strerror}", where=str(folder), cure="choose another --out"
            ) from error
        yield
