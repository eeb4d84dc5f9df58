"""Read Argos packages: ``.argosmodel`` archives and installed folders, trusting neither.

An archive is a zip with one top folder::

    translate-de_en-1_3/metadata.json
    translate-de_en-1_3/model/model.bin, config.json, shared_vocabulary.json    (CTranslate2)
    translate-de_en-1_3/sentencepiece.model                                     (or the older bpe.model)

Sentence splitters (``stanza/``, ``spacy/``, ``minisbd/``) and a README may lie beside them; they are not used.
"""

from __future__ import annotations

import json
import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from toolkit.errors import PackageError
from toolkit.models.package import SIDE_FILE, Package, describe

MAX_ENTRIES = 2_000
"""Official packages have 10 to 40 files; those with a whole spaCy model about 100."""
MAX_BYTES = 8 * 2**30
"""Unpacked size; the largest known package unpacks to 0.4 GiB."""
MAX_RATIO = 120
"""Largest compression ratio of an entry over 1 MiB; vocabularies reach 10, a bomb of zeros 1,000."""
MAX_METADATA = 2**20
_FRESH = "get the package from its maker again"
_VOCABULARIES = ({"shared_vocabulary"}, {"source_vocabulary", "target_vocabulary"}, {"vocabulary"})
_DAMAGE = (zipfile.BadZipFile, EOFError, NotImplementedError, UnicodeDecodeError, struct.error, zlib.error)
"""What zipfile raises on bytes that are no whole zip archive."""
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


def read(path: str | os.PathLike[str]) -> Package:
    """Read and check a package: an archive or a folder. Weights are neither loaded nor hashed.

    Raises:
        PackageError: It is missing, damaged, unsafe to unpack, or not a translation package.
    """
    place = Path(path)
    if place.is_dir():
        return _read_folder(place)
    with open_archive(place) as (archive, members):
        folder = members[0].filename.split("/")[0]
        names = tuple(sorted(member.filename.split("/", 1)[1] for member in members))
        _check_contents(names, place)
        info = archive.getinfo(f"{folder}/metadata.json")
        if info.file_size > MAX_METADATA:
            raise PackageError("metadata.json is too large", where=str(place), cure=_FRESH)
        return _package(archive.read(info), place, folder, names)


def _read_folder(folder: Path) -> Package:
    names = tuple(sorted(_walk(folder)))
    _check_contents(names, folder)
    if (folder / "metadata.json").stat().st_size > MAX_METADATA:
        raise PackageError("metadata.json is too large", where=str(folder), cure=_FRESH)
    return _package((folder / "metadata.json").read_bytes(), folder, folder.name, names)


def _walk(folder: Path) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(parent, name)
            if path.is_symlink():
                raise PackageError(f"{path.name} is a symbolic link", where=str(folder), cure=_FRESH)
        yield from (Path(parent, name).relative_to(folder).as_posix() for name in files if name != SIDE_FILE)


def _package(raw: bytes, path: Path, folder: str, names: tuple[str, ...]) -> Package:
    try:
        metadata: Any = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise PackageError(f"metadata.json is not JSON ({error})", where=str(path), cure=_FRESH) from error
    pair, name, version = describe(metadata, str(path))
    return Package(pair, name, version, path, folder, names, MappingProxyType(metadata))


def _check_contents(names: tuple[str, ...], path: Path) -> None:
    files = frozenset(names)
    stems = {name.removeprefix("model/").rpartition(".")[0] for name in files if name.startswith("model/")}
    missing = [name for name in ("metadata.json", "model/model.bin") if name not in files]
    missing += [] if any(needed <= stems for needed in _VOCABULARIES) else ["a vocabulary in model/"]
    missing += [] if files & {"sentencepiece.model", "bpe.model"} else ["sentencepiece.model"]
    if missing:
        raise PackageError(f"no Argos package: {', '.join(missing)} missing", where=str(path), cure=_FRESH)


@contextmanager
def open_archive(path: Path) -> Iterator[tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]]:
    """Open the archive and yield it with its files, checked: safe to unpack below any folder.

    Raises:
        PackageError: It is missing, damaged, or breaks one of the rules of this module.
    """
    if not path.is_file():
        raise PackageError("there is no such package", where=str(path), cure="check the path")
    with _open(path) as archive:
        try:
            yield archive, _checked(archive, path)
        except _DAMAGE as error:
            raise PackageError(f"damaged archive ({error})", where=str(path), cure="fetch it again") from error


def _open(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (*_DAMAGE, OSError) as error:
        raise PackageError(f"not a zip archive ({error})", where=str(path), cure="fetch it again") from error


def extract(path: Path, destination: Path) -> None:
    """Unpack the archive's files (without its top folder) into *destination*, each flushed to the disk.

    Raises:
        PackageError: As `open_archive`; files unpacked before the fault stay in *destination*.
    """
    with open_archive(path) as (archive, members):
        for member in members:
            place = destination.joinpath(*member.filename.split("/")[1:])
            place.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as packed, place.open("wb") as unpacked:
                while block := packed.read(2**20):
                    unpacked.write(block)
                unpacked.flush()
                os.fsync(unpacked.fileno())


def _checked(archive: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    if len(members) > MAX_ENTRIES:
        raise PackageError(f"more than {MAX_ENTRIES} entries", where=str(path), cure=_FRESH)
    if sum(member.file_size for member in members) > MAX_BYTES:
        raise PackageError(f"unpacks to more than {MAX_BYTES >> 30} GiB", where=str(path), cure=_FRESH)
    size = path.stat().st_size
    for member in members:
        fault = _fault(member) if 0 <= member.header_offset < size else "lies outside the archive"
        if fault:
            raise PackageError(f"entry {member.filename!r} {fault}", where=str(path), cure=_FRESH)
    files = [member for member in members if not member.is_dir()]
    if not files:
        raise PackageError("an archive without files", where=str(path), cure=_FRESH)
    clash = _clash(member.filename for member in files)
    if clash:
        raise PackageError(f"entry {clash!r} collides with another", where=str(path), cure=_FRESH)
    if len({member.filename.split("/")[0] for member in members}) != 1 or any(
        "/" not in file.filename for file in files
    ):
        raise PackageError(
            "not exactly one top folder",
            where=str(path),
            cure="pack it with: toolkit models pack FOLDER --out FILE.argosmodel",
        )
    return files


def _fault(member: zipfile.ZipInfo) -> str:
    name, mode = member.filename, member.external_attr >> 16
    parts = name.removesuffix("/").split("/")
    # orig_filename is what the archive says: zipfile cuts names at NUL and turns the system's separator into a slash
    if _FORBIDDEN.search(member.orig_filename) or len(name.encode()) > 512:
        return "has a name that is not portable"
    if any(part in ("", ".", "..") or part != part.strip(" ") or part.endswith(".") for part in parts):
        return "leads out of the package or has an empty part"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a symbolic link or a special file"
    if member.flag_bits & 0x1:
        return "is encrypted"
    if member.file_size > 2**20 and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        return "is packed too densely to be genuine"
    return ""


def _clash(names: Iterable[str]) -> str:
    """The first name that another one equals, or is a folder of, on a file system that ignores case."""
    seen: set[str] = set()
    folders: set[str] = set()
    for name in names:
        folded = unicodedata.normalize("NFC", name).casefold()
        parents = {folded[:at] for at, letter in enumerate(folded) if letter == "/"}
        if folded in seen or folded in folders or parents & seen:
            return name
        seen.add(folded)
        folders |= parents
    return ""
