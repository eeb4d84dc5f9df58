"""Write ``.argosmodel`` archives: the same bytes for the same files, whatever the machine's clock and file system."""

from __future__ import annotations

import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from toolkit.errors import OutputError, PackageError
from toolkit.models.archive import open_archive, read
from toolkit.models.package import SUFFIX, Package

_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip archive can hold."""
_WORTH_DEFLATING = 0.9
"""Weights in int8 shrink to 0.9 and less than that is not worth inflating at every start."""


def pack(source: Package | str | os.PathLike[str], out: str | os.PathLike[str]) -> Package:
    """Write a package (installed, or an archive) as the archive *out* and return it, read back.

    *out* may be a folder; the file is then called like ``translate-de_en-1_3.argosmodel``.

    Raises:
        PackageError: *source* is no valid package.
        OutputError: *out* cannot be written.
    """
    package = source if isinstance(source, Package) else read(source)
    folder = f"{package.name}-{package.version.replace('.', '_') or '0'}"
    target = Path(out)
    target = target / f"{folder}{SUFFIX}" if target.is_dir() else target
    if target.suffix != SUFFIX:
        raise OutputError(f"an Argos package is called *{SUFFIX}", where=str(target), cure=f"write to NAME{SUFFIX}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=SUFFIX, delete=False) as handle:
            temporary = Path(handle.name)
        try:
            _write(package, folder, temporary)
            read(temporary)
            temporary.chmod(0o644)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"cannot be written ({error})", where=str(target), cure="choose another place") from error
    return read(target)


def _write(package: Package, folder: str, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in _files(package):
            member = zipfile.ZipInfo(f"{folder}/{name}", _TIME)
            member.create_system, member.external_attr = 3, 0o100644 << 16
            dense = len(zlib.compress(data, 1)) > _WORTH_DEFLATING * len(data)
            archive.writestr(member, data, zipfile.ZIP_STORED if dense else zipfile.ZIP_DEFLATED, 9)


def _files(package: Package) -> Iterator[tuple[str, bytes]]:
    if not package.archived:
        for name in package.contents:
            yield name, (package.path / name).read_bytes()
        return
    with open_archive(package.path) as (archive, members):
        if len(members) != len(package.contents):
            raise PackageError("has changed since it was read", where=str(package.path), cure="try again")
        for member in sorted(members, key=lambda member: member.filename):
            yield member.filename.split("/", 1)[1], archive.read(member)
