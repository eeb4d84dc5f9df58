"""Annotations: only true terms are marked, and taking the marks away gives the sentence back."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.annotate import annotate, find_terms, load_lexicon

LEXICON = load_lexicon(
    [
        ("Waffenruhe", "ceasefire"),
        ("Partei", "party"),
        ("Vereinte Nationen", "United Nations"),
        ("die", "the"),
        ("Staatschef", "head of state"),
        ("gehen", "to go"),
    ]
)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Die Waffenruhe hält.", "The ceasefire holds.", [("Waffenruhe", "ceasefire")]),
        ("Die Parteien streiten.", "The parties quarrel.", [("Parteien", "parties")]),
        ("Vereinte Nationen warnen", "United Nations warn", [("Vereinte Nationen", "United Nations")]),
        ("Der Staatschef kam.", "The head of state came.", [("Staatschef", "head of state")]),
        ("Präsident Lukaschenko kam.", "President Lukashenko came.", [("Lukaschenko", "Lukashenko")]),
        ("Die Waffenruhe hält.", "The truce holds.", []),
        ("Eine Waffenruhe", "A ceasefire is a ceasefire", []),
        ("die", "the", []),
        ("Wir gehen heim.", "We go home.", []),
        ("", "", []),
    ],
)
def test_terms_are_found_where_the_target_has_them_once(
    source: str, target: str, expected: list[tuple[str, str]]
) -> None:
    terms = find_terms(source, target, LEXICON, random.Random(1))
    assert [(source[slice(*term.span)], term.surface) for term in terms] == expected


def test_a_translation_over_a_comma_is_none() -> None:
    assert find_terms("Der Staatschef", "The head, of state", LEXICON, random.Random(1)) == []


def test_an_inflected_target_is_told_in_both_forms() -> None:
    told = {
        term.translation
        for seed in range(20)
        for term in find_terms("Die Parteien", "The parties", LEXICON, random.Random(seed))
    }
    assert told == {"party", "parties"}


def test_arbitrary_names_go_into_both_sides() -> None:
    made = [
        annotate("Herr Uschakow sagte nichts.", "Mr Ushakov said nothing.", {}, ["Zebra"], random.Random(seed))
        for seed in range(40)
    ]
    assert ("Herr ⟦ Uschakow → Zebra ⟧ sagte nichts.", "Mr Zebra said nothing.") in made
    assert ("Herr ⟦ Uschakow → Ushakov ⟧ sagte nichts.", "Mr Ushakov said nothing.") in made


def test_a_pair_that_has_marks_is_left_alone() -> None:
    assert annotate("Die ⟦ Waffenruhe → truce ⟧", "The truce, a ceasefire", LEXICON, [], random.Random(1)) is None


def test_load_lexicon_leaves_out_verbs_long_entries_and_vague_words() -> None:
    rows = [("Zug", f"meaning {number}") for number in range(13)]
    assert load_lexicon([*rows, ("ein sehr langer Ausdruck", "x y"), ("gehen", "to walk"), ("Ei", "egg")]) == {}


WORDS = st.sampled_from(
    ["Waffenruhe", "Parteien", "ceasefire", "party", "Moskau", "Moscow,", "und.", "„Die", "Kiew", "Kyiv"]
)


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=12), st.integers(0, 99))
def test_without_its_marks_an_annotated_source_is_the_source(left: list[str], right: list[str], seed: int) -> None:
    source, target = " ".join(left), " ".join(right)
    made = annotate(source, target, LEXICON, [], random.Random(seed))
    if made is not None:
        assert re.sub(r"⟦ (.*?) → .*? ⟧", r"\1", made[0]) == source
        assert made[1] == target
        told = re.findall(r"→ (.*?) ⟧", made[0])
        assert told
        assert all(one.lower()[:4] in target.lower() for one in told)
