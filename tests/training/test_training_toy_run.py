"""The whole way on a CPU in seconds: text → vocabulary → arrays → training → package → three programs that open it."""

import subprocess
import sys
from pathlib import Path

import pytest
import toy_language

NEEDS = "the learning half of the recipe needs torch: pip install '.[training]'"
pytest.importorskip("torch", reason=NEEDS)
pytest.importorskip("google.protobuf", reason=NEEDS)

from toolkit.languages import LanguagePair
from toolkit.models.archive import read
from training.config import (
    DecodingConfig,
    ModelConfig,
    OptimizerConfig,
    PackConfig,
    ScheduleConfig,
    TrainingConfig,
    VocabularyConfig,
)
from training.decoder import GREEDY, Decoder
from training.export import Release, export
from training.prepare import View, segment
from training.released import ReleasedModel, read_package
from training.train import Learner, begin, train
from training.vocabulary import train as train_vocabulary

PAIRS = toy_language.pairs()
LEARNT, HELD_OUT = PAIRS[:1500], PAIRS[1500:1540]
SHAPE = ModelConfig(vocabulary=400, width=64, heads=2, hidden=128, encoder_layers=2, decoder_layers=1, max_length=300)
TRAINING = TrainingConfig(batch_tokens=700, threads=1, log_every=50, precision="float32", device="cpu")
RATES = OptimizerConfig(muon_rate=0.02, adam_rate=0.01, momentum_warmup=20)
PACKING = PackConfig(processes=1)


def views(pairs: list[tuple[str, str]]) -> list[View]:
    return [View(source, target, 1.0, sampled=False) for source, target in pairs]


@pytest.fixture(scope="module")
def vocabulary() -> bytes:
    sources, targets = zip(*LEARNT, strict=True)
    return train_vocabulary(VocabularyConfig(size=400, threads=1), {"de": sources, "en": targets})


@pytest.fixture(scope="module")
def package(vocabulary: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    pairs = segment(views(LEARNT), vocabulary, ("de", "en"), PACKING)
    first = begin(folder / "run.pt", None, SHAPE, seed=1)
    schedule = ScheduleConfig(steps=120, warmup=10, decay=0.5)
    last = train(pairs, first, folder / "run.pt", TRAINING, RATES, schedule)
    weights = {name: tensor.numpy() for name, tensor in last.live.items()}
    out = folder / "translate-de_en-0_0.argosmodel"
    export(ReleasedModel(last.config, weights, vocabulary), Release(LanguagePair("de", "en"), "0.0"), out)
    return out


def right(hypotheses: list[str]) -> int:
    return sum(made == target for made, (_, target) in zip(hypotheses, HELD_OUT, strict=True))


def test_ctranslate2_translates_sentences_it_has_never_seen(package: Path) -> None:
    hypotheses = Decoder(package, workers=1).translate([source for source, _ in HELD_OUT], GREEDY)
    assert right(hypotheses) >= 30, hypotheses


def test_the_toolkits_engine_translates_with_it(package: Path) -> None:
    from toolkit.engines import open_engine

    engine = open_engine(read(package))
    assert str(engine.pair) == "de→en"
    assert engine.annotation is not None
    found = engine.translate([source for source, _ in HELD_OUT], engine.defaults)
    assert right([candidates[0].text for candidates in found]) >= 30


ARGOS = """
import sys
from argostranslate import package, translate
package.install_from_path(sys.argv[1])
(installed,) = package.get_installed_packages()
import ctranslate2
class OneSentence:
    def split_sentences(self, text):
        return [text]
translator = ctranslate2.Translator(str(installed.package_path / "model"))
for source in sys.stdin.read().splitlines():
    print(translate.apply_packaged_translation(installed, source, translator, OneSentence(), 1)[0].value)
"""


def test_the_real_argostranslate_installs_it_and_translates(package: Path, tmp_path: Path) -> None:
    """Its sentence splitter would be downloaded: sentences are given to it one by one."""
    pytest.importorskip("argostranslate", reason="argostranslate is not installed: pip install '.[argos]'")
    environment = {"ARGOS_PACKAGES_DIR": str(tmp_path / "packages"), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin",
                   "XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path),
                   "PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ARGOS, str(package)],
        input="\n".join(source for source, _ in HELD_OUT), env=environment, capture_output=True, text=True, check=False,
        encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert right(done.stdout.splitlines()) >= 30


def test_training_goes_on_from_the_package_with_about_the_same_loss(package: Path, tmp_path: Path) -> None:
    released = read_package(package)
    held_out = segment(views(HELD_OUT), released.vocabulary, ("de", "en"), PACKING)
    before = Learner(begin(package.with_name("run.pt"), None, SHAPE, 1), TRAINING, RATES)
    before.average = before.optimizer.masters  # what was exported
    after = Learner(begin(tmp_path / "new.pt", package, SHAPE, 1), TRAINING, RATES)
    assert after.validate(held_out) == pytest.approx(before.validate(held_out), abs=0.05)
    more = train(
        segment(views(LEARNT), released.vocabulary, ("de", "en"), PACKING),
        begin(tmp_path / "new.pt", package, SHAPE, 1),
        tmp_path / "new.pt",
        TRAINING,
        OptimizerConfig(muon_rate=0.004, adam_rate=0.002),
        ScheduleConfig(steps=10, warmup=2, decay=0.9),
    )
    assert more.progress.steps == 10
    assert Learner(more, TRAINING, RATES).validate(held_out) < after.validate(held_out) + 0.05


def test_decoding_defaults_reach_the_package(package: Path) -> None:
    assert read(package).decoding["beam_size"] == DecodingConfig().beam_size
