"""The package index, and **the only network access of the toolkit**: nothing else imports `urllib.request`.

The index is argospm's: ``index.json``, a list of packages' metadata with links, at ``ARGOS_PACKAGE_INDEX`` (else the
official one). It is kept where argospm keeps it, so that names can be looked up again without a network.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any

from toolkit.errors import PackageError
from toolkit.languages import LanguagePair
from toolkit.models.package import SUFFIX, Package, describe, version_key
from toolkit.models.store import PackageStore, data_folder

OFFICIAL = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
KNOWN_DIGESTS = {
    "translate-de_en-1_3.argosmodel": "becc2b0011f8249fcb89be9ecb75ba0d876b1fab93c28ee6ff0420936897d637",
}
"""SHA-256 of official archives: the official index gives links and no digests."""
TIMEOUT = 30.0
"""Seconds without an answer."""
MAX_INDEX = 16 * 2**20
MAX_ARCHIVE = 4 * 2**30
Opener = Callable[..., AbstractContextManager[IO[bytes]]]
"""Like `urllib.request.urlopen`; tests give their own."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A package one can fetch; ``sha256`` is "" where nobody has published it."""

    pair: LanguagePair
    name: str
    version: str
    links: tuple[str, ...]
    sha256: str = ""


def available(*, refresh: bool = False, opener: Opener = urllib.request.urlopen) -> tuple[IndexEntry, ...]:
    """The translation packages of the index, by name; fetched at the first call or with *refresh*, else as kept.

    Raises:
        PackageError: The index is not kept and cannot be fetched, or is no index.
    """
    kept = data_folder() / "index.json"
    if refresh or not kept.is_file():
        _fetch_index(kept, opener)
    try:
        content: Any = json.loads(kept.read_bytes())
    except (OSError, ValueError) as error:
        cure = "remove it, or fetch it again: toolkit models available"
        raise PackageError(f"the index is damaged ({error})", where=str(kept), cure=cure) from error
    if not isinstance(content, list):
        raise PackageError("the index is no list of packages", where=str(kept), cure="check ARGOS_PACKAGE_INDEX")
    entries = [entry for entry in map(_entry, content) if entry is not None]
    return tuple(sorted(entries, key=lambda entry: (entry.name, version_key(entry.version))))


def find(name: str, *, opener: Opener = urllib.request.urlopen) -> IndexEntry:
    """The newest package of the index called *name*: ``translate-de_en`` or ``de_en``.

    Raises:
        PackageError: It is not in the index, or the index cannot be had.
    """
    entries = available(opener=opener)
    found = [entry for entry in entries if name in (entry.name, entry.name.removeprefix("translate-"))]
    if not found:
        cure = "toolkit models available lists what there is"
        raise PackageError("the index has no such package", where=name, cure=cure)
    return found[-1]


def download(name: str, folder: Path, *, opener: Opener = urllib.request.urlopen) -> Path:
    """Fetch the package *name* into *folder* (for a USB stick, say) and return the archive's path.

    Links are tried in order. The digest is checked where it is known.

    Raises:
        PackageError: No link gave the archive.
    """
    entry = find(name, opener=opener)
    target = folder / f"{entry.name}-{entry.version.replace('.', '_')}{SUFFIX}"
    expected = entry.sha256 or KNOWN_DIGESTS.get(target.name, "")
    failures = []
    for link in entry.links:
        try:
            _fetch(link, target, MAX_ARCHIVE, expected, opener)
        except PackageError as error:
            failures.append(f"{link}: {error.reason}")
        else:
            return target
    raise PackageError("; ".join(failures) or "the index has no link to it", where=entry.name, cure=_offline_cure(name))


def install(name: str, store: PackageStore, *, opener: Opener = urllib.request.urlopen) -> Package:
    """Fetch the package *name* and install it.

    Raises:
        PackageError: It cannot be had, or is not valid.
        OutputError: The packages' folder cannot be written to.
    """
    with tempfile.TemporaryDirectory() as folder:
        return store.install(download(name, Path(folder), opener=opener))


def _offline_cure(name: str) -> str:
    return (
        "connect this machine to a network, or fetch the package on another one and bring the file: "
        f"toolkit models install {name}{SUFFIX}"
    )


def _fetch_index(kept: Path, opener: Opener) -> None:
    place = os.environ.get("ARGOS_PACKAGE_INDEX") or OFFICIAL
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PackageError(f"cannot keep the index ({error})", where=str(kept), cure="set XDG_DATA_HOME") from error
    try:
        _fetch(f"{place}index.json", kept, MAX_INDEX, "", opener)
    except PackageError as error:
        reason = f"the package index cannot be fetched ({error.reason})"
        raise PackageError(reason, where=error.where, cure=_offline_cure("FILE")) from error


def _fetch(link: str, target: Path, limit: int, expected: str, opener: Opener) -> None:
    if not re.match(r"https?://", link):
        raise PackageError("only http and https links are followed", where=link)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fetching-") as folder:
        part = Path(folder, "part")
        try:
            digest = _stream(link, part, limit, opener)
        except (OSError, HTTPException) as error:
            raise PackageError(f"cannot be fetched ({error})", where=link) from error
        if expected and digest != expected:
            raise PackageError(f"its SHA-256 is {digest}, expected {expected}", where=link)
        part.replace(target)


def _stream(link: str, part: Path, limit: int, opener: Opener) -> str:
    total, digest = 0, hashlib.sha256()
    with part.open("wb") as handle, opener(link, timeout=TIMEOUT) as response:
        while block := response.read(2**18):
            total += len(block)
            if total > limit:
                raise PackageError(f"larger than {limit >> 20} MiB", where=link)
            digest.update(block)
            handle.write(block)
    return digest.hexdigest()


def _entry(metadata: Any) -> IndexEntry | None:
    """The entry, or ``None`` for what is no translation package (sentence splitters are in the index, too)."""
    with contextlib.suppress(PackageError):
        pair, name, version = describe(metadata, "index.json")
        links = tuple(link for link in metadata.get("links", []) if isinstance(link, str))
        return IndexEntry(pair, name, version, links, str(metadata.get("sha256", "")))
    return None
