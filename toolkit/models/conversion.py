"""Make Argos packages of models that a person has: CTranslate2 folders, Marian and OPUS-MT models.

An Argos package has one SentencePiece model: argostranslate cuts sources with it and joins targets with it. OPUS-MT has
two. Joining needs no model (unknown pieces are joined as they are), so the source model becomes ``sentencepiece.model``
and the target model travels beside it for this toolkit, which needs it to force or forbid words of a target.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from toolkit.errors import PackageError
from toolkit.languages import NAMES, LanguagePair
from toolkit.models.package import TARGET_PIECES, Package
from toolkit.models.packing import pack

_SOURCE_PIECES = (
    "sentencepiece.model",
    "source.spm",
    "spm.model",
    "sp.model",
    "tokenizer.model",
    "*.spm",
    "*.spm.model",
)
_MODEL_FILES = ("model.bin", "config.json", "vmap.txt", "*vocabulary.json", "*vocabulary.txt")


def convert(
    folder: str | os.PathLike[str],
    pair: LanguagePair,
    out: str | os.PathLike[str],
    *,
    version: str = "1.0",
    quantization: str = "int8",
) -> Package:
    """Make an Argos package of the model in *folder* and return it, read back from *out* (as `pack`).

    *folder* holds SentencePiece models and either a CTranslate2 model (taken as it is), a Marian model
    (``decoder.yml`` and ``*.npz``, as OPUS-MT publishes them) or a Marian model of the Hugging Face hub, which needs
    transformers and torch. *quantization* is CTranslate2's.

    Raises:
        PackageError: No such model is there, it cannot be converted, or transformers or torch is not installed.
        OutputError: *out* cannot be written.
    """
    origin = Path(folder)
    source = _pieces(origin)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copyfile(source, place / "sentencepiece.model")
        target = origin / "target.spm"
        if target.is_file() and target.read_bytes() != source.read_bytes():
            shutil.copyfile(target, place / TARGET_PIECES)
        _write_model(origin, place / "model", quantization)
        metadata = {
            "package_version": version,
            "argos_version": "1.9",
            "from_code": pair.source,
            "from_name": NAMES.get(pair.source, pair.source),
            "to_code": pair.target,
            "to_name": NAMES.get(pair.target, pair.target),
            "code": f"translate-{pair.source}_{pair.target}",
        }
        (place / "metadata.json").write_text(json.dumps(metadata, indent=2, ensure_ascii=False), "utf-8")
        return pack(place, out)


def _pieces(folder: Path) -> Path:
    for pattern in _SOURCE_PIECES:
        found = sorted(path for path in folder.glob(pattern) if path.name != "target.spm")
        if len(found) == 1:
            return found[0]
    raise PackageError(
        "no single SentencePiece model there (source.spm, sentencepiece.model …)",
        where=str(folder),
        cure="put the model's SentencePiece file into the folder as sentencepiece.model; models cut with BPE codes and "
        "Moses rules (*.bpe) cannot become a package",
    )


def _write_model(folder: Path, place: Path, quantization: str) -> None:
    for model in (folder, folder / "model"):
        if (model / "model.bin").is_file():
            _copy(model, place)
            return
    try:
        _converter(folder).convert(str(place), quantization=quantization)
    except (KeyError, TypeError, IndexError, ValueError, RuntimeError, OSError) as error:
        cure = "see which models CTranslate2 converts: https://opennmt.net/CTranslate2/conversion.html"
        raise PackageError(f"CTranslate2 cannot convert it ({error})", where=str(folder), cure=cure) from error


def _copy(model: Path, place: Path) -> None:
    place.mkdir()
    for pattern in _MODEL_FILES:
        for path in model.glob(pattern):
            shutil.copyfile(path, place / path.name)


def _converter(folder: Path) -> Any:
    """CTranslate2's converter for what lies in *folder*."""
    if (folder / "decoder.yml").is_file():
        from ctranslate2.converters import OpusMTConverter

        return OpusMTConverter(str(folder))
    if not (folder / "config.json").is_file() or _kind(folder / "config.json") != "marian":
        raise PackageError(
            "no CTranslate2, Marian or OPUS-MT model there",
            where=str(folder),
            cure="give the folder that holds model.bin, decoder.yml with *.npz, or config.json of type marian",
        )
    if find_spec("transformers") is None or find_spec("torch") is None:
        raise PackageError(
            "a model of the Hugging Face hub is converted with transformers and torch, which are not installed",
            where=str(folder),
            cure="pip install transformers torch, or get the model in Marian's own format (decoder.yml and *.npz)",
        )
    from ctranslate2.converters import TransformersConverter

    return TransformersConverter(str(folder), low_cpu_mem_usage=True)


def _kind(configuration: Path) -> str:
    try:
        content: Any = json.loads(configuration.read_bytes())
    except ValueError as error:
        raise PackageError(f"not JSON ({error})", where=str(configuration), cure="fetch the model again") from error
    return str(content.get("model_type", "")) if isinstance(content, dict) else ""
