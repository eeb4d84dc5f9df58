"""Checkpoint → CTranslate2 int8 → ``.argosmodel``.

    python -m training.export run.pt --vocabulary deen.model --version 0.2 --out translate-de_en-0_2.argosmodel

The same checkpoint always gives the same bytes (members sorted, dates fixed), so that a SHA-256 names a release.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from toolkit.errors import InputError
from toolkit.languages import NAMES, LanguagePair
from training.command import run
from training.config import DecodingConfig, ModelConfig, add_options, from_options
from training.corpus import CorpusFile, load_recipe
from training.files import write_atomically
from training.released import EMBEDDINGS, ReleasedModel, is_package, read_package, variable_names
from training.tokens import ANNOTATION, BOS_PIECE, EOS_PIECE, UNK_PIECE
from training.vocabulary import processor, rewrite

_ARGOS_VERSION = "1.9"
"""Oldest Argos Translate for which this kind of package is meant."""
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold


@dataclass(frozen=True, slots=True)
class Release:
    """What a package says of itself in ``metadata.json``."""

    pair: LanguagePair
    version: str
    sources: tuple[CorpusFile, ...] = ()
    decoding: DecodingConfig = DecodingConfig()
    scores: Mapping[str, Any] = field(default_factory=dict)
    licence: str = "MIT"
    annotated: bool = True  # whether the model was trained on annotations

    @property
    def folder(self) -> str:
        """Name of the package's top folder: ``translate-de_en-0_2``."""
        return f"translate-{self.pair.source}_{self.pair.target}-{self.version.replace('.', '_')}"

    def metadata(self) -> dict[str, Any]:
        """Return the content of ``metadata.json``; Argos reads the first seven keys, the toolkit the others too."""
        source, target = self.pair.source, self.pair.target
        base = {
            "package_version": self.version,
            "argos_version": _ARGOS_VERSION,
            "from_code": source,
            "from_name": NAMES.get(source, source),
            "to_code": target,
            "to_name": NAMES.get(target, target),
            "code": f"translate-{source}_{target}",
            "licence": self.licence,
            "sources": [{"about": one.about, "licence": one.licence} for one in self.sources],
            "decoding": asdict(self.decoding),
            "scores": dict(self.scores),
        }
        return base | ({"annotation": {"template": ANNOTATION.template}} if self.annotated else {})


def export(model: ReleasedModel, release: Release, out: Path) -> None:
    """Write a package with int8 weights.

    Args:
        model: Shape, fp32 weights, and a SentencePiece model with as many pieces as the embedding has rows.
        release: What ``metadata.json`` is to say.
        out: The ``.argosmodel`` file.

    Raises:
        InputError: Vocabulary and embedding differ in size.
    """
    vocabulary = rewrite(model.vocabulary, release.pair.source, release.pair.target)
    readme = f"{release.folder}: {release.pair} translation model. Licence and sources: metadata.json.\n"
    members = {
        "metadata.json": _json(release.metadata()),
        "README.md": readme.encode(),
        "sentencepiece.model": vocabulary,
        **{f"model/{name}": data for name, data in _convert(model.config, model.weights, vocabulary).items()},
    }
    write_atomically(out, _zip({f"{release.folder}/{name}": data for name, data in members.items()}))


def _convert(
    config: ModelConfig, weights: Mapping[str, npt.NDArray[np.float32]], vocabulary: bytes
) -> dict[str, bytes]:
    """Return the files of a CTranslate2 model, by name."""
    pieces = processor(vocabulary)
    names = [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]
    if len(names) != config.vocabulary:
        raise InputError(
            f"the vocabulary has {len(names)} pieces, the model {config.vocabulary}",
            cure="give the vocabulary that the model was trained with",
        )
    spec = _specification(config, weights)
    spec.register_source_vocabulary(names)
    spec.register_target_vocabulary(names)
    spec.validate()
    spec.optimize(quantization="int8")
    with tempfile.TemporaryDirectory() as folder:
        spec.save(folder)
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def _specification(config: ModelConfig, weights: Mapping[str, npt.NDArray[np.float32]]) -> Any:
    from ctranslate2.specs import TransformerSpec, common_spec

    spec = TransformerSpec.from_config(
        (config.encoder_layers, config.decoder_layers),
        config.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
        alignment_layer=-1,  # the last layer's heads, averaged, align words best in a model of two decoder layers
        alignment_heads=config.heads,
    )
    for ours, theirs in variable_names(config).items():
        _assign(spec, theirs, weights[ours])
    for name in EMBEDDINGS:
        _assign(spec, name, weights["embedding.weight"])
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = _sinusoids(config)
        side.scale_embeddings = True
    spec.config.add_source_bos, spec.config.add_source_eos = False, True
    spec.config.bos_token = spec.config.decoder_start_token = BOS_PIECE
    spec.config.eos_token, spec.config.unk_token = EOS_PIECE, UNK_PIECE
    return spec


def _assign(spec: Any, name: str, value: npt.NDArray[np.float32]) -> None:
    from ctranslate2.specs.model_spec import index_spec

    scope, _, attribute = name.rpartition("/")
    setattr(index_spec(spec, scope), attribute, np.ascontiguousarray(value, np.float32))


def _sinusoids(config: ModelConfig) -> npt.NDArray[np.float32]:
    """Return `training.model.sinusoids` without torch."""
    position = np.arange(config.max_length, dtype=np.float32)[:, None]
    rate = np.exp(np.arange(0, config.width, 2, dtype=np.float32) * np.float32(-np.log(10_000.0) / config.width))
    table = np.zeros((config.max_length, config.width), np.float32)
    table[:, 0::2], table[:, 1::2] = np.sin(position * rate), np.cos(position * rate)
    return table


def _zip(members: Mapping[str, bytes]) -> memoryview:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, members[name])
    return buffer.getbuffer()


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def main() -> None:
    """Export a checkpoint, or a package again with other metadata."""
    parser = argparse.ArgumentParser(prog="training.export", description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path, help="checkpoint, or a package (to give it new metadata)")
    parser.add_argument("--out", type=Path, required=True, help="the .argosmodel file")
    parser.add_argument("--version", required=True, help="like 0.2")
    parser.add_argument("--vocabulary", type=Path, help="SentencePiece model (a package brings its own)")
    parser.add_argument("--pair", type=LanguagePair.parse, default=LanguagePair("de", "en"))
    parser.add_argument("--which", choices=("average", "live"), default="average", help="weights of the checkpoint")
    parser.add_argument("--recipe", type=Path, default=Path(__file__).with_name("recipe.toml"))
    parser.add_argument("--scores", type=Path, help="JSON written by training.score")
    parser.add_argument("--licence", default="MIT")
    parser.add_argument("--plain", action="store_true", help="the model was not trained on annotations")
    add_options(parser, DecodingConfig)
    arguments = parser.parse_args()
    release = Release(
        arguments.pair,
        arguments.version,
        load_recipe(arguments.recipe),
        from_options(DecodingConfig, arguments),
        json.loads(arguments.scores.read_text(encoding="utf-8")) if arguments.scores else {},
        arguments.licence,
        not arguments.plain,
    )
    export(_load(arguments.weights, arguments.vocabulary, arguments.which), release, arguments.out)
    print(f"{arguments.out}: {arguments.out.stat().st_size / 2**20:.1f} MiB")


def _load(path: Path, vocabulary: Path | None, which: Any) -> ReleasedModel:
    if is_package(path):
        return read_package(path)
    if vocabulary is None:
        raise InputError("a checkpoint has no vocabulary", where=str(path), cure="name it with --vocabulary")
    from training.checkpoint import weights_to_start_from  # needs torch

    config, tensors = weights_to_start_from(path, which)
    return ReleasedModel(config, {name: tensor.numpy() for name, tensor in tensors.items()}, vocabulary.read_bytes())


if __name__ == "__main__":
    run(main)
