"""What an Argos package is to the toolkit: its metadata, its files, its digest."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from toolkit.errors import InputError, PackageError
from toolkit.languages import LanguagePair
from toolkit.models.digests import file_digest, folder_digest

SUFFIX = ".argosmodel"
SIDE_FILE = ".toolkit.json"
"""Where `PackageStore` notes, inside an installed folder, what it installed; never part of the package itself."""
TARGET_PIECES = "target.sentencepiece.model"
"""Our addition for models with one SentencePiece model a side (OPUS-MT): Argos tools do not read it."""
DECODING_KEYS = frozenset({"beam_size", "length_penalty", "repetition_penalty", "no_repeat_ngram_size", "max_tokens"})
Tokenizer = Literal["sentencepiece", "bpe"]


@dataclass(frozen=True, slots=True)
class PackageFiles:
    """What an engine needs. ``model`` is a folder, or the model's files in memory by name."""

    model: Path | Mapping[str, bytes]
    sentencepiece: bytes
    target_sentencepiece: bytes | None = None


@dataclass(frozen=True)
class Package:
    """A valid Argos package, as `toolkit.models.archive.read` found it: an archive or an installed folder.

    ``name`` is argospm's (``translate-de_en``), ``folder`` the package's own top folder, ``contents`` its files below
    that folder. ``recorded`` is the digest noted at installation or shipped with the toolkit ("" for none).
    """

    pair: LanguagePair
    name: str
    version: str
    path: Path
    folder: str
    contents: tuple[str, ...] = field(repr=False)
    metadata: Mapping[str, Any] = field(repr=False, compare=False)
    recorded: str = field(default="", repr=False)
    builtin: bool = False

    @property
    def label(self) -> str:
        """Name and version, for people: ``translate-de_en 1.3``."""
        return f"{self.name} {self.version}".strip() + (" (built-in)" if self.builtin else "")

    @property
    def archived(self) -> bool:
        """Whether it is a zip file (used without unpacking), not a folder."""
        return self.path.suffix == SUFFIX and self.path.is_file()

    @cached_property
    def sha256(self) -> str:
        """The archive's SHA-256; for a folder whose archive is not known, the digest over its files."""
        if self.recorded:
            return self.recorded
        return file_digest(self.path) if self.archived else folder_digest(self.path, self.contents)

    @property
    def tokenizer(self) -> Tokenizer:
        """How text is cut into pieces."""
        return "sentencepiece" if "sentencepiece.model" in self.contents else "bpe"

    @property
    def target_prefix(self) -> str:
        """A token that every target begins with and that is not part of the text ("" for none)."""
        return str(self.metadata.get("target_prefix", ""))

    @property
    def annotation(self) -> str | None:
        """Template of the inline annotation the package was trained to obey: ``⟦ {source} → {target} ⟧``."""
        annotation = self.metadata.get("annotation")
        return None if annotation is None else str(annotation["template"])

    @property
    def decoding(self) -> Mapping[str, float]:
        """Decoding options the package was released with (keys: `DECODING_KEYS`); empty if it names none."""
        return MappingProxyType(dict(self.metadata.get("decoding", {})))

    def open(self) -> PackageFiles:
        """Give an engine what it needs; an archive is read, checked against ``recorded`` and not unpacked to disk.

        Raises:
            PackageError: The package has no SentencePiece model, cannot be read or was tampered with.
        """
        if self.tokenizer != "sentencepiece":
            raise PackageError(
                "this package cuts words with the older bpe.model, which needs Moses tokenisation rules",
                where=str(self.path),
                cure="install a newer version of the package (1.9 or later), or decode it with the argos engine: "
                "pip install 'toolkit[argos]'",
            )
        if self.archived:
            return self._open_archive()
        extra = self.path / TARGET_PIECES
        target = extra.read_bytes() if TARGET_PIECES in self.contents else None
        return PackageFiles(self.path / "model", (self.path / "sentencepiece.model").read_bytes(), target)

    def _open_archive(self) -> PackageFiles:
        data = self.path.read_bytes()
        if self.recorded and hashlib.sha256(data).hexdigest() != self.recorded:
            raise PackageError(
                "its SHA-256 is not the recorded one: damaged or tampered with",
                where=str(self.path),
                cure="install the toolkit, or the package, again",
            )
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files = {name: _member(archive, self.path, f"{self.folder}/{name}") for name in self._needed}
        model = {name.removeprefix("model/"): data for name, data in files.items() if name.startswith("model/")}
        return PackageFiles(model, files["sentencepiece.model"], files.get(TARGET_PIECES))

    @property
    def _needed(self) -> tuple[str, ...]:
        extras = {"sentencepiece.model", TARGET_PIECES}
        return tuple(name for name in self.contents if name in extras or name.startswith("model/"))


def _member(archive: zipfile.ZipFile, path: Path, name: str) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
        raise PackageError(
            f"{name} cannot be unpacked ({error})", where=str(path), cure="fetch the file again"
        ) from error


def version_key(version: str) -> tuple[int, ...]:
    """Sort key of a version: its numbers.

    >>> version_key("1.10") > version_key("1.9")
    True
    """
    return tuple(int(number) for number in re.findall(r"\d+", version))


def describe(metadata: Any, where: str) -> tuple[LanguagePair, str, str]:
    """Check ``metadata.json`` and return the package's pair, name and version.

    Raises:
        PackageError: A field is missing or of the wrong kind, or it is no translation package.
    """
    if not isinstance(metadata, dict):
        raise PackageError(
            "metadata.json is not a JSON object", where=where, cure="get the package from its maker again"
        )
    kind = metadata.get("type", "translate")
    if kind != "translate":
        raise PackageError(f"a package of type {kind!r} does not translate", where=where, cure="choose another package")
    for key in ("from_code", "to_code"):
        if not isinstance(metadata.get(key), str):
            raise PackageError(f"metadata.json has no {key}", where=where, cure="add it, or get the package again")
    try:
        pair = LanguagePair(metadata["from_code"], metadata["to_code"])
    except InputError as error:
        raise PackageError(f"metadata.json: {error.reason}", where=where, cure=error.cure) from error
    for key in ("package_version", "target_prefix"):
        if not isinstance(metadata.get(key, ""), str):
            raise PackageError(f"metadata.json: {key} is not text", where=where, cure="put it in quotation marks")
    _check_annotation(metadata.get("annotation"), where)
    _check_decoding(metadata.get("decoding", {}), where)
    return pair, f"translate-{pair.source}_{pair.target}", metadata.get("package_version", "")


def _check_annotation(annotation: Any, where: str) -> None:
    if annotation is None:
        return
    template = annotation.get("template") if isinstance(annotation, dict) else None
    if not isinstance(template, str) or not re.fullmatch(r"[^{}]*\{source\}[^{}]*\{target\}[^{}]*", template):
        raise PackageError(
            "metadata.json: annotation.template has to hold {source} and {target}, in this order",
            where=where,
            cure='write it like "annotation": {"template": "⟦ {source} → {target} ⟧"}',
        )


def _check_decoding(decoding: Any, where: str) -> None:
    known = ", ".join(sorted(DECODING_KEYS))
    if not isinstance(decoding, dict) or not decoding.keys() <= DECODING_KEYS:
        raise PackageError("metadata.json: unknown decoding options", where=where, cure=f"use only {known}")
    for key, value in decoding.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise PackageError(f"metadata.json: decoding.{key} is not a number", where=where, cure="give it a number")
