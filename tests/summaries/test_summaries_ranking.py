"""Every method ranks by position, not by text, and the same on every run."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.summaries import METHODS, MethodName, RankedSentence, Sentence, rank
from toolkit.summaries.centrality import Vectors, lexrank, mean_frequency, standardise
from toolkit.summaries.cues import BONUS, STIGMA
from toolkit.summaries.methods import limit
from toolkit.summaries.ranker import WEIGHTS, features

TEXTS = (
    "Der Rat von Altheim verkauft die Stadtwerke an Elbstrom.",
    "Vor dem Rathaus regnete es.",
    "Der Rat von Altheim verkauft die Stadtwerke an Elbstrom.",
    "Die Stadtwerke bringen Altheim beim Verkauf 85 Millionen Euro.",
    "und so",
)


def sentences(texts: tuple[str, ...] | list[str], language: str = "de") -> list[Sentence]:
    return [Sentence.of(text, language, position=place, paragraph=place // 2) for place, text in enumerate(texts)]


@pytest.mark.parametrize("method", METHODS)
def test_equal_sentences_stay_two_and_every_sentence_is_ranked_once(method: MethodName) -> None:
    ranked = rank(sentences(TEXTS), method=method, title="Altheim verkauft Stadtwerke")
    assert sorted(sentence.index for sentence in ranked) == list(range(len(TEXTS)))
    assert [sentence.score for sentence in ranked] == sorted((each.score for each in ranked), reverse=True)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("texts", [(), ("Ein Satz.",), ("und", "oder"), ("Hund", "Katze"), ("", "", "")])
def test_texts_too_short_to_compare_are_ranked_in_their_order_or_any(
    method: MethodName, texts: tuple[str, ...]
) -> None:
    """None of them makes a method divide by zero (warnings are errors here)."""
    assert {sentence.index for sentence in rank(sentences(texts), method=method)} == set(range(len(texts)))


def test_ranks_do_not_depend_on_the_hash_seed() -> None:
    """sumy keeps words in sets; what a set's order decides would change from run to run."""
    code = (
        "import json, sys; from toolkit.summaries import *\n"
        "texts = json.load(sys.stdin)\n"
        "made = [Sentence.of(text, 'de', position=n, paragraph=n) for n, text in enumerate(texts)]\n"
        "print({method: rank(made, method=method, title=texts[0]) for method in METHODS})"
    )
    texts = [*TEXTS, "Elbstrom liefert Strom.", "Strom wird teurer.", "Wasser wird teurer.", "Gas wird billiger."]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(texts),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4711")
    }
    assert len(outputs) == 1
    assert "'lsa': (RankedSentence(" in outputs.pop()


def test_lead_ranks_by_position_in_the_article() -> None:
    two = [
        *sentences(TEXTS[:2]),
        *(Sentence.of(text, "de", position=n, document=1) for n, text in enumerate(TEXTS[2:4])),
    ]
    assert [sentence.index for sentence in rank(two, method="lead")] == [0, 2, 1, 3]


def test_edmundson_follows_the_headline_and_the_cue_words() -> None:
    texts = ("Es war ein ruhiger Tag.", "Der Rat beschloss erstmals einen Verkauf.", "Vielleicht regnet es irgendwann.")
    ranked = rank([*sentences(texts)], method="edmundson", title="Rat beschloss Verkauf")
    assert ranked[0].index == 1


def test_edmundson_says_which_languages_it_has_words_for() -> None:
    with pytest.raises(InputError, match=r"no.* for fr.*Cure: use another method, or one of the languages de, en"):
        rank(sentences(["Le chat dort."], "fr"), method="edmundson")


def test_cue_words_are_lower_case_and_never_both_good_and_bad() -> None:
    assert BONUS.keys() == STIGMA.keys() == {"de", "en"}
    for language in BONUS:
        assert not BONUS[language] & STIGMA[language]
        assert all(word == word.lower() for word in BONUS[language] | STIGMA[language])


def test_an_unknown_method_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"'textrank'.*text-rank"):
        rank(sentences(TEXTS), method="textrank")  # type: ignore[arg-type]


def test_methods_whose_time_explodes_have_a_limit() -> None:
    assert limit("lead") is None
    assert (limit("kl") or 0) < (limit("lex-rank") or 0) < (limit("default") or 0)


def test_features_are_those_that_have_weights() -> None:
    found = features(sentences(TEXTS), "Altheim verkauft Stadtwerke")
    assert found.keys() == WEIGHTS.keys()
    assert all(len(values) == len(TEXTS) and np.isfinite(values).all() for values in found.values())
    assert found["title"][0] > found["title"][1]
    assert found["centrality"][0] > found["centrality"][1]
    assert not features(sentences(TEXTS))["title"].any()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), min_size=1, max_size=12))
def test_centrality_is_a_distribution(stems: list[list[str]]) -> None:
    """LexRank's weights are positive and 1 on average, whatever the sentences share."""
    weights = lexrank(Vectors(stems).matrix)
    assert np.all(weights > 0)
    assert np.isclose(weights.mean(), 1)
    assert len(mean_frequency(stems)) == len(stems)
    assert np.isclose(standardise(weights).mean(), 0)


def test_a_ranked_sentence_is_known_by_its_place() -> None:
    assert rank(sentences(("Der Hund schläft.", "Der Hund schläft.")), method="lead")[1] == RankedSentence(1, 0.5)
