"""Packing gives the same bytes for the same files; conversion makes packages of models that people have."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.models.tiny import WIDTH, decodable_archive, fake_archive, random_model
from toolkit.engines import open_engine
from toolkit.errors import OutputError, PackageError
from toolkit.languages import LanguagePair
from toolkit.models import Package, PackageStore, conversion, read
from toolkit.models.archive import extract
from toolkit.models.conversion import convert
from toolkit.models.packing import pack

PAIR = LanguagePair("de", "en")


def test_packing_is_deterministic_and_installs(tmp_path: Path) -> None:
    """An archive, its installed folder and the repacked archive give one and the same file."""
    package = read(decodable_archive(tmp_path / "a.argosmodel", "de", "en"))
    store = PackageStore(tmp_path / "packages")
    first = pack(package, tmp_path / "first.argosmodel")
    installed = store.install(first.path)
    for path in installed.path.rglob("*"):
        os.utime(path, (1, 1))
    sources: tuple[Path | Package, ...] = (package.path, installed, first.path)
    again = [pack(source, tmp_path / f"{number}.argosmodel") for number, source in enumerate(sources)]
    assert {packed.path.read_bytes() for packed in again} == {first.path.read_bytes()}
    assert first.contents == package.contents
    assert ".toolkit.json" not in first.contents


def test_the_file_is_named_after_the_package(tmp_path: Path) -> None:
    packed = pack(fake_archive(tmp_path / "a.argosmodel", version="1.3"), tmp_path)
    assert packed.path.name == "translate-de_en-1_3.argosmodel"
    assert packed.folder == "translate-de_en-1_3"


def test_a_wrong_name_or_place_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    package = fake_archive(tmp_path / "a.argosmodel")
    with pytest.raises(OutputError, match="called"):
        pack(package, tmp_path / "a.zip")
    with pytest.raises(OutputError, match="cannot be written"):
        pack(package, package / "deeper" / "b.argosmodel")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == ["a.argosmodel"]


def _write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("nested", [True, False])
def test_a_ctranslate2_folder_becomes_a_package(tmp_path: Path, nested: bool) -> None:
    """With the model in the folder itself or in ``model/``; the package decodes, and its metadata is Argos's."""
    files = random_model()
    folder = _write(tmp_path / "in", files if nested else {name.split("/")[-1]: data for name, data in files.items()})
    package = convert(folder, PAIR, tmp_path, version="2.0")
    assert package.path.name == "translate-de_en-2_0.argosmodel"
    assert package.metadata["from_name"] == "German"
    assert open_engine(package, threads=1).translate(["das ist"], open_engine(package).defaults)[0][0].text


def test_an_opus_mt_model_becomes_a_package(tmp_path: Path) -> None:
    """Marian's own format with a SentencePiece model a side: both travel, and both are used."""
    folder = _opus_mt(tmp_path / "opus")
    package = convert(folder, PAIR, tmp_path / "out.argosmodel", quantization="int8")
    assert "target.sentencepiece.model" in package.contents
    files = package.open()
    assert files.sentencepiece == (folder / "source.spm").read_bytes()
    assert files.target_sentencepiece == (folder / "target.spm").read_bytes()
    unpacked = tmp_path / "installed"
    extract(package.path, unpacked)
    for source in (package, read(unpacked)):
        engine = open_engine(source, threads=1)
        assert engine.translate(["das ist"], engine.defaults, prefixes=["Both"])[0][0].text.startswith("Both")


def test_what_cannot_be_converted_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No pieces, no model, a broken model, and a Hugging Face model without its libraries."""
    folder = tmp_path / "in"
    folder.mkdir()
    out = tmp_path / "out.argosmodel"
    with pytest.raises(PackageError, match="no single SentencePiece model"):
        convert(folder, PAIR, out)
    _write(folder, {"source.spm": random_model()["sentencepiece.model"]})
    with pytest.raises(PackageError, match="no CTranslate2, Marian or OPUS-MT model"):
        convert(folder, PAIR, out)
    _write(folder, {"config.json": b"{"})
    with pytest.raises(PackageError, match="not JSON"):
        convert(folder, PAIR, out)
    _write(folder, {"config.json": b'{"model_type": "marian"}'})
    monkeypatch.setattr(conversion, "find_spec", lambda _: None)
    with pytest.raises(PackageError, match="pip install transformers torch"):
        convert(folder, PAIR, out)
    _write(folder, {"decoder.yml": b"models: [no.npz]\nvocabs: [no.yml]"})
    with pytest.raises(PackageError, match="CTranslate2 cannot convert it"):
        convert(folder, PAIR, out)
    assert not out.exists()


def _opus_mt(folder: Path) -> Path:
    files = random_model()
    pieces = json.loads(files["model/shared_vocabulary.json"])
    size, random = len(pieces), np.random.default_rng(3)
    depth = {"enc-depth": 1, "dec-depth": 1, "transformer-heads": 2, "type": "transformer"}
    shape = {"transformer-ffn-activation": "swish", "transformer-decoder-autoreg": "self-attention"}
    norm = {"transformer-preprocess": "", "transformer-postprocess": "dan", "transformer-postprocess-emb": "d"}
    rest = {"transformer-no-projection": False, "transformer-guided-alignment-layer": "last"}
    settings = json.dumps({**depth, **shape, **norm, **rest}).encode() + b"\0"
    weights: dict[str, Any] = {"special:model.yml": np.frombuffer(settings, np.int8)}

    def matrix(*shape: int) -> Any:
        return random.normal(scale=0.4, size=shape).astype(np.float32)

    def normed(scope: str) -> None:
        weights[f"{scope}_ln_scale"], weights[f"{scope}_ln_bias"] = np.ones((1, WIDTH), "f"), np.zeros((1, WIDTH), "f")

    weights["Wemb"], weights["decoder_ff_logit_out_b"] = matrix(size, WIDTH), matrix(1, size)
    for layer in ("encoder_l1", "decoder_l1"):
        for scope in [f"{layer}_self"] + ([f"{layer}_context"] if layer.startswith("decoder") else []):
            for part in "qkvo":
                weights[f"{scope}_W{part}"], weights[f"{scope}_b{part}"] = matrix(WIDTH, WIDTH), matrix(1, WIDTH)
            normed(f"{scope}_Wo")
        weights[f"{layer}_ffn_W1"], weights[f"{layer}_ffn_b1"] = matrix(WIDTH, 32), matrix(1, 32)
        weights[f"{layer}_ffn_W2"], weights[f"{layer}_ffn_b2"] = matrix(32, WIDTH), matrix(1, WIDTH)
        normed(f"{layer}_ffn_ffn")
    folder.mkdir()
    np.savez(folder / "model.npz", **weights)
    lines = [f"{json.dumps(piece, ensure_ascii=False)}: {index}" for index, piece in enumerate(pieces)]
    (folder / "vocab.yml").write_text("\n".join(lines), "utf-8")
    (folder / "decoder.yml").write_text("models: [model.npz]\nvocabs: [vocab.yml, vocab.yml]", "utf-8")
    (folder / "source.spm").write_bytes(files["sentencepiece.model"])
    (folder / "target.spm").write_bytes(random_model(quotes=True)["sentencepiece.model"])
    return folder
