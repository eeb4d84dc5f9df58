"""Preparing: from weighted pairs to arrays, with sampled segmentations on the source side only."""

import random
from pathlib import Path

import numpy as np
import pytest

from training.batches import TokenPairs
from training.config import PackConfig
from training.corpus import SentencePair
from training.prepare import View, segment, views

pytest.importorskip("google.protobuf", reason="rewriting a SentencePiece model needs protobuf")

from toolkit.models.archive import read
from training.prepare import main

BUILTIN = sorted((Path(__file__).parents[2] / "toolkit/models/builtin").glob("translate-de_en-*.argosmodel"))[-1]
VOCABULARY = read(BUILTIN).open().sentencepiece
SENTENCE = "Die Außenministerin empfing den Verhandlungsführer am Mittwochnachmittag."


@pytest.mark.parametrize(("weight", "copies"), [(1.0, 1), (1.5, 2), (3.0, 3), (4.0, 3)])
def test_heavy_pairs_become_copies_that_share_the_weight(weight: float, copies: int) -> None:
    made = list(views([SentencePair("a", "b", weight)], PackConfig(), random.Random(0)))
    assert len(made) == copies
    assert sum(view.weight for view in made) == pytest.approx(weight)
    assert [view.sampled for view in made] == [False] + [True] * (copies - 1)


def test_light_pairs_are_kept_now_and_then_with_their_weight_on_average() -> None:
    pairs = [SentencePair("a", "b", 0.1)] * 3000
    made = list(views(pairs, PackConfig(), random.Random(0)))
    assert 800 < len(made) < 1000
    assert sum(view.weight for view in made) == pytest.approx(300, rel=0.1)
    assert 0.3 < sum(view.sampled for view in made) / len(made) < 0.5


def test_only_the_source_of_a_sampled_view_is_segmented_at_random() -> None:
    items = [View(SENTENCE, SENTENCE, 1.0, sampled=True)] * 20
    arrays = segment(items, VOCABULARY, ("de", "en"), PackConfig(processes=1))
    sources = {tuple(part) for part in np.split(arrays.source, arrays.source_starts[1:-1])}
    targets = {tuple(part) for part in np.split(arrays.target, arrays.target_starts[1:-1])}
    assert len(sources) > 5
    assert len(targets) == 1


def test_segmenting_again_gives_the_same_arrays() -> None:
    items = [View(SENTENCE, "x", 1.0, sampled=True)] * 5
    first, second = (segment(items, VOCABULARY, ("de", "en"), PackConfig(processes=1)) for _ in range(2))
    assert first.source.tolist() == second.source.tolist()


def test_the_program_packs_a_corpus_without_its_test_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.tsv").write_text(f"Ja.\tYes.\n{SENTENCE}\tThe minister received the negotiator.\n", encoding="utf-8")
    (tmp_path / "test.de").write_text(SENTENCE + "\n", encoding="utf-8")
    (tmp_path / "v.model").write_bytes(VOCABULARY)
    recipe = "[[source]]\nfile = 'a.tsv'\nweight = 1.0\nabout = 'x'\nlicence = 'MIT'\n"
    (tmp_path / "recipe.toml").write_text(recipe, encoding="utf-8")
    options = f"--recipe {tmp_path}/recipe.toml --vocabulary {tmp_path}/v.model --tests {tmp_path}/test.de"
    monkeypatch.setattr("sys.argv", ["prepare", str(tmp_path), *options.split(), "--out", str(tmp_path / "out.npz")])
    main()
    assert len(TokenPairs.load(tmp_path / "out.npz")) == 1
    assert "'exact': 1" in capsys.readouterr().out
