"""Put a package into the packages' folder whole or not at all, and note what was put there.

While it is unpacked, a package lies inside ``.installing-…``, whose own ``metadata.json`` names another type: argospm
reads every folder it finds and fails on one without that file. A rename puts the finished package in place.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.errors import OutputError, PackageError
from toolkit.locking import locked
from toolkit.models.archive import extract, read
from toolkit.models.digests import file_digest, folder_digest
from toolkit.models.package import SIDE_FILE, Package

_TEMPORARY = ".installing-"


@dataclass(frozen=True, slots=True)
class Installation:
    """The note in an installed folder: digests of archive and unpacked files, size and time of each file."""

    archive: str
    files: str
    states: dict[str, list[int]]

    def untouched(self, package: Package) -> bool:
        """Whether size and time of every file are as installed (a cheap test; `folder_digest` is the thorough one)."""
        return self.states == _states(package.path, package.contents)


def recorded_installation(package: Package) -> Installation | None:
    """The note of an installed package, or ``None`` if another tool installed it.

    Raises:
        PackageError: There is a note and it cannot be read.
    """
    path = package.path / SIDE_FILE
    try:
        note: Any = json.loads(path.read_text("utf-8"))
        return Installation(str(note["archive"]), str(note["files"]), dict(note["states"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        cure = "remove the package and install it again"
        raise PackageError(f"the note of its installation is damaged ({error})", where=str(path), cure=cure) from error


def install_archive(root: Path, path: Path, sha256: str | None) -> Package:
    """Install the archive *path* below *root*; see `toolkit.models.store.PackageStore.install`."""
    package = read(path)
    if not path.is_file():
        raise PackageError(
            "is a folder", where=str(path), cure="pack it first: toolkit models pack FOLDER --out FILE.argosmodel"
        )
    digest = file_digest(path)
    if sha256 is not None and digest != sha256:
        cure = "fetch it again, from its maker"
        raise PackageError(f"its SHA-256 is {digest}, expected {sha256}", where=str(path), cure=cure)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with locked(root / ".toolkit.lock"):
            _clean_up(root)
            if not _is_installed(root / package.folder, package, digest):
                _install(root, package, digest)
    except OSError as error:
        cure = "make room or set ARGOS_PACKAGES_DIR to a folder you may write to"
        raise OutputError(f"cannot install there ({error})", where=str(root), cure=cure) from error
    return replace(read(root / package.folder), recorded=digest)


def remove_folders(root: Path, folders: Iterable[Path]) -> None:
    """Remove *folders* of *root*: each vanishes from view at once, then from the disk."""
    try:
        with locked(root / ".toolkit.lock"):
            _clean_up(root)
            for folder in folders:
                shutil.rmtree(folder.rename(root / f"{_TEMPORARY}removed-{folder.name}"))
    except OSError as error:
        raise OutputError(
            f"cannot remove from there ({error})", where=str(root), cure="check its permissions"
        ) from error


def _clean_up(root: Path) -> None:
    """Remove what an interrupted installation or removal left behind; called with the lock held."""
    for leftover in root.glob(f"{_TEMPORARY}*"):
        shutil.rmtree(leftover)


def _is_installed(folder: Path, package: Package, digest: str) -> bool:
    if not folder.exists():
        return False
    try:
        present = read(folder)
        note = recorded_installation(present)
    except PackageError:
        return False  # broken: to be replaced
    if present.pair != package.pair:
        cure = f"remove it first: toolkit models remove {folder.name}"
        raise PackageError(f"the folder holds a package of another pair, {present.label}", where=str(folder), cure=cure)
    return note is not None and note.archive == digest and folder_digest(folder, present.contents) == note.files


def _install(root: Path, package: Package, digest: str) -> None:
    temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=root))
    try:
        (temporary / "metadata.json").write_text('{"type": "installing"}', "utf-8")
        unpacked = temporary / "package"
        extract(package.path, unpacked)
        _note(unpacked, package.contents, digest)
        _move_in(unpacked, root / package.folder, temporary / "replaced")
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _note(folder: Path, names: tuple[str, ...], digest: str) -> None:
    note = Installation(digest, folder_digest(folder, names), _states(folder, names))
    with (folder / SIDE_FILE).open("w", encoding="utf-8") as handle:
        json.dump(asdict(note), handle)
        handle.flush()
        os.fsync(handle.fileno())


def _move_in(unpacked: Path, place: Path, replaced: Path) -> None:
    if place.exists():
        place.rename(replaced)
    try:
        unpacked.rename(place)
    except OSError:
        if replaced.exists():
            replaced.rename(place)
        raise
    if os.name == "posix":
        descriptor = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _states(folder: Path, names: tuple[str, ...]) -> dict[str, list[int]]:
    states = {name: (folder / name).stat() for name in names}
    return {name: [state.st_size, state.st_mtime_ns] for name, state in states.items()}
