"""The packages that come with the toolkit: archives in ``builtin/``, with their digests in ``builtin/SHA256SUMS``.

A better package replaces one file, and its line in that list: ``sha256sum *.argosmodel > SHA256SUMS``.
They are read from the archive as they are: nothing is unpacked or installed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from toolkit.errors import PackageError
from toolkit.models.archive import read
from toolkit.models.package import Package

FOLDER = Path(__file__).with_name("builtin")


def archives(folder: Path = FOLDER) -> dict[Path, str]:
    """The built-in archives and the SHA-256 that each has to have.

    Raises:
        PackageError: The installation of the toolkit is damaged.
    """
    try:
        lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    except OSError as error:
        cure = "install the toolkit again"
        raise PackageError("the list of built-in packages is missing", where=str(folder), cure=cure) from error
    entries = [line.split(maxsplit=1) for line in lines if line.strip()]
    return {folder / name.lstrip("*"): digest for digest, name in entries}


def read_builtin(path: Path, digest: str) -> Package:
    """Read one of `archives`; its bytes are checked against *digest* when it is opened.

    Raises:
        PackageError: As `toolkit.models.archive.read`.
    """
    return replace(read(path), recorded=digest, builtin=True)


def packages() -> tuple[Package, ...]:
    """The built-in packages.

    Raises:
        PackageError: One of them is damaged.
    """
    return tuple(read_builtin(path, digest) for path, digest in archives().items())
