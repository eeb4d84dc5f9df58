"""Export: a valid package, always the same bytes, and the weights in it are those that went in."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.config import DecodingConfig, ModelConfig
from training.corpus import CorpusFile
from training.export import Release, export
from training.released import ReleasedModel, read_package, variable_names
from training.score import load_set, score, settings

pytest.importorskip("google.protobuf", reason="writing a SentencePiece model needs protobuf")

from toolkit.errors import InputError
from toolkit.languages import LanguagePair
from toolkit.models.archive import read
from training.decoder import GREEDY, Decoder

BUILTIN = sorted((Path(__file__).parents[2] / "toolkit/models/builtin").glob("translate-de_en-*.argosmodel"))[-1]
SMALL = ModelConfig(width=32, heads=2, hidden=48, encoder_layers=2, decoder_layers=1)
RELEASE = Release(
    LanguagePair("de", "en"),
    "0.9",
    (CorpusFile("a.tsv", 1.0, "news", "CC0"),),
    DecodingConfig(beam_size=2),
    {"wmt16": {"bleu": 1.0}},
)


def random_model() -> ReleasedModel:
    rng = np.random.default_rng(0)
    shapes = {
        "query_key_value.weight": (96, 32), "key_value.weight": (64, 32), "query.weight": (32, 32),
        "out.weight": (32, 32), "up.weight": (48, 32), "down.weight": (32, 48),
        "norm.weight": (32,), "norm.bias": (32,),
    }  # fmt: skip
    weights = {"embedding.weight": rng.normal(size=(16_000, 32)).astype(np.float32)}
    for name in variable_names(SMALL):
        shape = next(shape for ending, shape in shapes.items() if name.endswith(ending))
        weights[name] = rng.normal(size=shape).astype(np.float32)
    return ReleasedModel(SMALL, weights, read(BUILTIN).open().sentencepiece)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("export") / "translate-de_en-0_9.argosmodel"
    export(random_model(), RELEASE, out)
    return out


def test_weights_come_back_up_to_their_quantisation(package: Path) -> None:
    before, after = random_model(), read_package(package)
    assert after.config == before.config
    for name, weight in before.weights.items():
        step = np.abs(weight).max(axis=-1, keepdims=True) / 127 if weight.ndim == 2 else 1e-7
        assert (np.abs(after.weights[name] - weight) <= 0.51 * step).all(), name


def test_exporting_again_gives_the_same_bytes(package: Path, tmp_path: Path) -> None:
    export(random_model(), RELEASE, tmp_path / "again.argosmodel")
    assert (tmp_path / "again.argosmodel").read_bytes() == package.read_bytes()


def test_a_read_package_exports_to_the_same_weights(package: Path, tmp_path: Path) -> None:
    export(read_package(package), replace(RELEASE, version="1.0"), tmp_path / "b.argosmodel")
    first, second = read_package(package), read_package(tmp_path / "b.argosmodel")
    assert all(np.allclose(first.weights[name], second.weights[name], atol=1e-6) for name in first.weights)


def test_the_toolkit_reads_what_the_package_says(package: Path) -> None:
    found = read(package)
    assert (str(found.pair), found.version, found.folder) == ("de→en", "0.9", "translate-de_en-0_9")
    assert found.annotation == "⟦ {source} → {target} ⟧"
    assert found.decoding["beam_size"] == 2
    assert found.metadata["sources"] == [{"about": "news", "licence": "CC0"}]
    assert found.metadata["scores"] == {"wmt16": {"bleu": 1.0}}


def test_argos_fields_are_in_the_metadata(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        metadata = json.loads(archive.read("translate-de_en-0_9/metadata.json"))
        dates = {info.date_time for info in archive.infolist()}
    assert {"package_version", "argos_version", "from_code", "from_name", "to_code", "to_name"} <= set(metadata)
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_a_package_without_annotations_does_not_claim_them(tmp_path: Path) -> None:
    assert "annotation" not in replace(RELEASE, annotated=False).metadata()


def test_a_vocabulary_of_another_size_is_an_input_error(tmp_path: Path) -> None:
    model = random_model()
    with pytest.raises(InputError, match="16000 pieces, the model 400"):
        export(replace(model, config=replace(SMALL, vocabulary=400)), RELEASE, tmp_path / "a.argosmodel")
    assert list(tmp_path.iterdir()) == []


def test_ctranslate2_decodes_with_it(package: Path) -> None:
    decoder = Decoder(package, workers=1)
    sources = ["Guten Tag.", "Der Rat tagt heute."]
    assert decoder.translate(sources, GREEDY) == decoder.translate(sources, GREEDY)
    assert len(decoder.translate(sources, GREEDY, sample=5)) == 2
    reached = score(decoder, sources, ["Good day.", "The council meets today."], GREEDY)
    assert reached.lines == 2
    assert "|version:" in reached.bleu_signature


def test_the_sweep_changes_one_option_at_a_time() -> None:
    tried = list(settings(DecodingConfig()))
    assert len(tried) == len(set(tried)) == 7
    assert tried[0] == DecodingConfig()


def test_test_sets_of_two_lengths_are_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "s.de").write_text("a\nb\n", encoding="utf-8")
    (tmp_path / "s.en").write_text("a\n", encoding="utf-8")
    with pytest.raises(InputError, match="2 sources, 1 references"):
        load_set(tmp_path / "s", "de", "en")
