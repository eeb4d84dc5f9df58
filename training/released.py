"""The weights inside a released package, read back: whoever holds a package can carry its training on.

CTranslate2's ``model.bin`` (binary version 6) is a list of named variables, little-endian, as
``ctranslate2.specs.model_spec.ModelSpec._serialize`` writes them::

    uint32 version · string specification · uint32 revision
    uint32 count · count × (string name · uint8 rank · rank × uint32 size · uint8 type · uint32 bytes · data)
    uint32 count · count × (string alias · string name)

    string: uint16 length with the closing NUL · UTF-8 · NUL

An int8 matrix ``x/weight`` has its scales in ``x/weight_scale``, one for each row: value = integer / scale. What comes
back differs from the trained weights by at most half a step of 1/127 of the row's largest.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from toolkit.errors import PackageError
from toolkit.models.archive import read
from training.config import ModelConfig

Array = npt.NDArray[np.float32]

_BIN = "model.bin"
_VERSION = 6
_TYPES = ("<f4", "i1", "<i2", "<i4", "<f2")  # CTranslate2's DataType, without bfloat16
_FOREIGN = "carry on only packages that this recipe made (docs/model-card.md)"
EMBEDDINGS = ("encoder/embeddings_0/weight", "decoder/embeddings/weight", "decoder/projection/weight")
"""Three variables, one matrix."""
_NORM = {"norm.weight": "layer_norm/gamma", "norm.bias": "layer_norm/beta"}
_SELF = _NORM | {"query_key_value.weight": "linear_0/weight", "out.weight": "linear_1/weight"}
_CROSS = _NORM | {
    "query.weight": "linear_0/weight",
    "key_value.weight": "linear_1/weight",
    "out.weight": "linear_2/weight",
}
_FEED_FORWARD = _NORM | {"up.weight": "linear_0/weight", "down.weight": "linear_1/weight"}
_ENCODER_LAYER = (("attention", "self_attention", _SELF), ("feed_forward", "ffn", _FEED_FORWARD))
_DECODER_LAYER = (*_ENCODER_LAYER, ("cross_attention", "attention", _CROSS))


def variable_names(config: ModelConfig) -> dict[str, str]:
    """Return CTranslate2's name for each parameter of `training.model.Translator` but the embedding.

    >>> names = variable_names(ModelConfig(encoder_layers=1, decoder_layers=1))
    >>> names["decoder.0.cross_attention.query.weight"]
    'decoder/layer_0/attention/linear_0/weight'
    """
    names: dict[str, str] = {}
    for side, layers, parts in (
        ("encoder", config.encoder_layers, _ENCODER_LAYER),
        ("decoder", config.decoder_layers, _DECODER_LAYER),
    ):
        names |= {f"{side}_{ours}": f"{side}/{theirs}" for ours, theirs in _NORM.items()}
        for layer in range(layers):
            for part, scope, weights in parts:
                for ours, theirs in weights.items():
                    names[f"{side}.{layer}.{part}.{ours}"] = f"{side}/layer_{layer}/{scope}/{theirs}"
    return names


@dataclass(frozen=True, slots=True)
class ReleasedModel:
    """A package's model: shape, weights under the names of `training.model.Translator`, and its SentencePiece model."""

    config: ModelConfig
    weights: Mapping[str, Array]
    vocabulary: bytes


def is_package(path: Path) -> bool:
    """Whether *path* is to be read as a package: an ``.argosmodel`` file or an installed package's folder."""
    return path.suffix == ".argosmodel" or path.is_dir()


def read_package(path: Path) -> ReleasedModel:
    """Read an ``.argosmodel`` file or an installed package's folder.

    Raises:
        PackageError: It is no valid package, or its network is not the recipe's (biases, other layers …).
    """
    files = read(path).open()
    data = (files.model / _BIN).read_bytes() if isinstance(files.model, Path) else files.model[_BIN]
    variables = dequantise(read_variables(data, str(path)))
    config = _shape(variables, str(path))
    names = variable_names(config)
    missing = sorted({*names.values(), EMBEDDINGS[1]} - variables.keys())
    foreign = sorted(name for name in variables if name.endswith("/bias"))
    if missing or foreign:
        raise PackageError(
            f"its network is another one: {(missing or foreign)[0]} is {'missing' if missing else 'unknown'}",
            where=str(path),
            cure=_FOREIGN,
        )
    weights = {ours: variables[theirs].astype(np.float32) for ours, theirs in names.items()}
    weights["embedding.weight"] = variables[EMBEDDINGS[1]].astype(np.float32)
    return ReleasedModel(config, weights, files.sentencepiece)


def read_variables(data: bytes, where: str = "model.bin") -> dict[str, npt.NDArray[Any]]:
    """Return the variables of a ``model.bin`` as stored, aliases resolved.

    Raises:
        PackageError: The data is no model of binary version 6, or is cut off.
    """
    reader = _Reader(data)
    try:
        version = reader.number("I")
        if version != _VERSION:
            raise PackageError(f"model.bin has version {version}, not {_VERSION}", where=where, cure=_FOREIGN)
        reader.string()
        reader.number("I")
        variables = dict(reader.variable() for _ in range(reader.number("I")))
        aliases = [(reader.string(), reader.string()) for _ in range(reader.number("I"))]
        return variables | {alias: variables[name] for alias, name in aliases}
    except (struct.error, ValueError, KeyError, IndexError) as error:
        raise PackageError(f"model.bin is damaged: {error}", where=where, cure="get the package again") from error


def dequantise(variables: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """Turn int8 matrices and their scales into fp32 matrices.

    >>> stored = {"a/weight": np.array([[64, -32]], np.int8), "a/weight_scale": np.array([128.0], np.float32)}
    >>> dequantise(stored)["a/weight"].tolist()
    [[0.5, -0.25]]
    """
    values = {name: value for name, value in variables.items() if not name.endswith("_scale")}
    for name, value in values.items():
        if f"{name}_scale" in variables:
            values[name] = value.astype(np.float32) / variables[f"{name}_scale"][:, None]
    return values


class _Reader:
    """A place in the bytes of a model."""

    def __init__(self, data: bytes) -> None:
        self._data, self._place = memoryview(data), 0

    def number(self, kind: str) -> int:
        (value,) = struct.unpack_from(f"<{kind}", self._data, self._place)
        self._place += struct.calcsize(f"<{kind}")
        return int(value)

    def string(self) -> str:
        return bytes(self._take(self.number("H"))[:-1]).decode("utf-8")

    def variable(self) -> tuple[str, npt.NDArray[Any]]:
        name = self.string()
        shape = [self.number("I") for _ in range(self.number("B"))]
        kind = np.dtype(_TYPES[self.number("B")])
        return name, np.frombuffer(self._take(self.number("I")), kind).reshape(shape)

    def _take(self, size: int) -> memoryview:
        if self._place + size > len(self._data):
            raise ValueError(f"cut off after {len(self._data)} bytes")
        self._place += size
        return self._data[self._place - size : self._place]


def _shape(variables: Mapping[str, npt.NDArray[Any]], where: str) -> ModelConfig:
    try:
        vocabulary, width = variables[EMBEDDINGS[1]].shape
        return ModelConfig(
            vocabulary=vocabulary,
            width=width,
            heads=int(variables["encoder/num_heads"]),
            hidden=len(variables["encoder/layer_0/ffn/linear_0/weight"]),
            encoder_layers=1 + max(_layers("encoder", variables)),
            decoder_layers=1 + max(_layers("decoder", variables)),
            max_length=len(variables["decoder/position_encodings/encodings"]),
        )
    except (KeyError, ValueError) as error:
        raise PackageError(f"its network is another one ({error})", where=where, cure=_FOREIGN) from error


def _layers(side: str, variables: Mapping[str, Any]) -> Iterator[int]:
    return (int(match[1]) for name in variables if (match := re.match(rf"{side}/layer_(\d+)/", name)))
