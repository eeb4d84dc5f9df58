"""A lock between processes: two installations, or two runs, never write to one place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int, *, wait: bool) -> None:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(*error.args) from error

    def _release(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _acquire(descriptor: int, *, wait: bool) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of the file *path* (made if needed), waiting for another holder unless told not to.

    The operating system lets go of the lock when its holder dies, so a crash leaves nothing to clean up.

    Raises:
        BlockingIOError: Another process holds it, and *wait* is off.
        OSError: The file cannot be made.
    """
    with path.open("ab") as handle:
        _acquire(handle.fileno(), wait=wait)
        try:
            yield
        finally:
            _release(handle.fileno())
