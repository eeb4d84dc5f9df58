"""Weights of a released package: read back whole, and given back as the same package."""

import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from toolkit.errors import PackageError
from training.config import ModelConfig
from training.released import EMBEDDINGS, ReleasedModel, read_package, read_variables, variable_names

BUILTIN = sorted((Path(__file__).parents[2] / "toolkit/models/builtin").glob("translate-de_en-*.argosmodel"))[-1]


@pytest.fixture(scope="module")
def model() -> ReleasedModel:
    return read_package(BUILTIN)


def test_the_builtin_package_can_be_carried_on(model: ReleasedModel) -> None:
    assert (model.config.vocabulary, model.config.heads) == (16_000, model.config.width // 64)
    assert model.config.encoder_layers == 6
    assert model.config.decoder_layers == 2
    assert set(model.weights) == {*variable_names(model.config), "embedding.weight"}
    spread = {name: float(weight.std()) for name, weight in model.weights.items() if weight.ndim == 2}
    assert all(0.005 < one < 1 for one in spread.values()), spread


def test_every_row_is_whole_steps_of_its_scale(model: ReleasedModel) -> None:
    weight = model.weights["encoder.0.attention.out.weight"]
    steps = weight / np.abs(weight).max(axis=1, keepdims=True) * 127
    assert np.abs(steps - np.round(steps)).max() < 1e-3


def test_an_unpacked_package_reads_the_same(model: ReleasedModel, tmp_path: Path) -> None:
    with zipfile.ZipFile(BUILTIN) as archive:
        archive.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    name = "decoder.1.cross_attention.key_value.weight"
    assert np.array_equal(read_package(folder).weights[name], model.weights[name])


def test_names_are_distinct() -> None:
    names = variable_names(ModelConfig())
    assert len(set(names.values()) | set(EMBEDDINGS)) == len(names) + len(EMBEDDINGS)


def binary(name: bytes, shape: list[int], kind: int, data: bytes, version: int = 6) -> bytes:
    def text(value: bytes) -> bytes:
        return struct.pack("<H", len(value) + 1) + value + b"\0"

    variable = text(name) + struct.pack(f"<B{len(shape)}IBI", len(shape), *shape, kind, len(data)) + data
    alias = struct.pack("<I", 1) + text(b"other") + text(name)
    return struct.pack("<I", version) + text(b"Spec") + struct.pack("<II", 1, 1) + variable + alias


def test_variables_and_aliases() -> None:
    read = read_variables(binary(b"x", [2, 2], 1, bytes([1, 2, 255, 4])))
    assert read["x"].tolist() == read["other"].tolist() == [[1, 2], [-1, 4]]


GOOD = binary(b"x", [1], 0, b"\0\0\0\0")


@pytest.mark.parametrize(
    "data",
    [b"", GOOD[:3], GOOD[:-1], GOOD[:40], binary(b"x", [3], 0, b"\0\0\0\0"), binary(b"x", [1], 9, b"\0"),
     binary(b"x", [1], 0, b"\0\0\0\0", version=5)],
)  # fmt: skip
def test_other_or_damaged_data_is_a_package_error(data: bytes) -> None:
    with pytest.raises(PackageError, match=r"model\.bin"):
        read_variables(data)
