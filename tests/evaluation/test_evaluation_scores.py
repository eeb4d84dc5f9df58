"""Scores are the libraries' own, for German too, and say what cannot be scored."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError, MissingExtra
from toolkit.evaluation import summaries
from toolkit.evaluation.bootstrap import paired_bootstrap
from toolkit.evaluation.redundancy import redundancy
from toolkit.evaluation.summaries import RougeTokenizer, rouge
from toolkit.evaluation.translation import evaluate


def test_translations_are_scored_with_signatures() -> None:
    scores = evaluate(["The cat sat on the mat.", "Hello."], ["The cat sat on a mat.", "Hello."])
    assert 0 < scores.bleu < 100
    assert 0 < scores.chrf < 100
    assert "tok:13a" in scores.bleu_signature
    assert "version:" in scores.chrf_signature
    assert scores.as_dict()["sentences"] == 2


@pytest.mark.parametrize(("hypotheses", "references"), [([], []), (["a"], []), (["a"], ["a", "b"])])
def test_translations_need_a_reference_each(hypotheses: list[str], references: list[str]) -> None:
    with pytest.raises(InputError, match="Cure"):
        evaluate(hypotheses, references)


@pytest.mark.parametrize(
    ("text", "language", "tokens"),
    [
        ("Grüße aus Köln", "de", ["gruss", "aus", "kol"]),
        ("Straßenbahnen", "de", ["strassenbah"]),
        ("20-jährige, z. B. COVID-19", "de", ["20", "jahrig", "z", "b", "covid", "19"]),
        ("The running cats at 5", "en", ["the", "run", "cat", "at", "5"]),
        ("Café naïve", "en", ["café", "naïve"]),
        ("Дом на холме", "ru", ["дом", "на", "холме"]),
        ("… – !", "de", []),
    ],
)
def test_tokens_keep_every_letter(text: str, language: str, tokens: list[str]) -> None:
    assert RougeTokenizer(language).tokenize(text) == tokens


def test_umlauts_count() -> None:
    """rouge-score's own tokenizer finds the same letters in both and calls them alike."""
    assert rouge("Bär", "Bor", language="de").rouge1 == 0
    assert rouge("Schöne Grüße", "schöne grüße", language="de").rouge1 == 100


def test_english_scores_are_those_of_rouge_score() -> None:
    from rouge_score.rouge_scorer import RougeScorer

    summary, reference = "The ferries were running again on Monday.", "On Monday, the ferry runs again."
    theirs = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True).score(reference, summary)
    ours = rouge(summary, reference, language="en")
    assert (ours.rouge1, ours.rouge2, ours.rouge_l) == pytest.approx(
        tuple(100 * theirs[name].fmeasure for name in ("rouge1", "rouge2", "rougeL"))
    )


def test_the_best_of_several_references_counts() -> None:
    assert rouge(["Der Hund", "schläft."], ["Die Katze", "Der Hund schläft"], language="de").rouge2 == 100
    with pytest.raises(InputError, match="without a reference"):
        rouge("Der Hund", [], language="de")


def test_without_rouge_score_the_cure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rouge_score.rouge_scorer", None)
    summaries._scorer.cache_clear()
    with pytest.raises(MissingExtra, match=r"ROUGE.*pip install 'toolkit\[evaluation\]'"):
        rouge("a", "a", language="xx")


@pytest.mark.parametrize(
    ("sentences", "share"),
    [
        ([], 0),
        (["Der Hund schläft im Garten."], 0),
        (["Der Hund schläft im Garten.", "Die Katze jagt Mäuse."], 0),
        (["Der Hund schläft.", "Der Hund schläft.", "Der Hund schläft."], 2 / 3),
        (["Der große Hund schläft heute im Garten.", "Heute schläft der Hund im Garten."], 0.5),
    ],
)
def test_redundancy_is_the_share_of_sentences_that_repeat_another(sentences: list[str], share: float) -> None:
    assert redundancy(sentences, language="de") == pytest.approx(share)


def test_a_difference_is_reliable_when_every_document_shows_it() -> None:
    better = paired_bootstrap([2.0, 3.0, 4.0, 5.0], [1.0, 1.0, 2.0, 2.0])
    assert better.reliable
    assert better.low <= better.mean <= better.high
    assert not paired_bootstrap([1.0, -1.0, 1.0, -1.0], [0.0] * 4).reliable
    with pytest.raises(InputError, match="no pairs"):
        paired_bootstrap([1.0], [])


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=1, max_size=20))
def test_the_bootstrap_is_antisymmetric_in_its_mean_and_repeatable(pairs: list[tuple[float, float]]) -> None:
    first, second = [one for one, _ in pairs], [two for _, two in pairs]
    found = paired_bootstrap(first, second, samples=50)
    assert found == paired_bootstrap(first, second, samples=50)
    assert found.mean == pytest.approx(-paired_bootstrap(second, first, samples=50).mean)
    assert found.low <= found.high
