"""Attention over pieces becomes links between words, exact in both texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.engines.alignment import align, compose, piece_spans, words
from toolkit.engines.batching import STEP, Request, batches
from toolkit.types import Span

LETTERS = st.sampled_from("ab “”½ ")


def cut(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("surfaces", "text", "expected"),
    [
        ([" Das", " ist", "."], "Das ist.", ["Das", "ist", "."]),
        ([" „", " Bei", "de", "“,"], "„Beide“,", ["„", "Bei", "de", "“,"]),
        ([" a", " b"], "  a \t b ", ["a", "b"]),
        ([" 1⁄2", " km"], "½ km", ["½", "km"]),
        ([" wait", "..."], "wait…", ["wait", "…"]),
        ([" é", "a"], "e\u0301a", ["e\u0301", "a"]),
        ([" ", "x"], "x", ["", "x"]),
        ([], "", []),
        ([" gone"], "", [""]),
    ],
)
def test_pieces_are_found_in_the_text_they_came_from(surfaces: list[str], text: str, expected: list[str]) -> None:
    assert cut(text, piece_spans(surfaces, text)) == expected


@given(st.lists(st.text(LETTERS, max_size=4), max_size=8), st.text(LETTERS, max_size=20))
def test_piece_spans_stay_inside_any_text(surfaces: list[str], text: str) -> None:
    """One span a piece, in order, also for text that has nothing to do with the pieces."""
    spans = piece_spans(surfaces, text)
    assert len(spans) == len(surfaces)
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    solid = [span for span in spans if span.start < span.end]
    assert solid == sorted(solid)


@given(st.text())
def test_words_cover_all_that_is_not_space(text: str) -> None:
    covered = "".join(cut(text, words(text)))
    assert covered == "".join(text.split())


def test_words_get_the_attention_of_all_their_pieces() -> None:
    """Two weak pieces of one source word outweigh one stronger piece of another."""
    source, target = "Außenminister reist", "minister"
    sources, targets = [Span(0, 6), Span(6, 13), Span(14, 19)], [Span(0, 8)]
    assert align([[0.3, 0.3, 0.4]], sources, targets, source, target) == ((Span(0, 13), Span(0, 8)),)


def test_words_are_not_linked_with_punctuation_while_there_are_words() -> None:
    sources, targets = [Span(0, 2), Span(2, 3)], [Span(0, 3), Span(3, 4)]
    links = align([[0.1, 0.9], [0.8, 0.2]], sources, targets, "Ja.", "Yes.")
    assert links == ((Span(0, 2), Span(0, 3)), (Span(2, 3), Span(3, 4)))
    assert align([[1.0]], [Span(0, 1)], [Span(0, 2)], "–", "to") == ((Span(0, 1), Span(0, 2)),)


@pytest.mark.parametrize(
    ("source", "target", "rest", "expected"),
    [
        ("Am Montag sprach Uschakow", "Ushakov spoke Monday", ["sprach", "Montag"], "Uschakow"),
        ("Die Polizei warnt", "Police warn", ["warnt"], "Polizei"),
        ("Das Haus brennt", "The house burns", ["Haus", "brennt"], "Das"),
        ("Natürlich kommt er", "Of course he", ["Natürlich", "er"], "Natürlich"),
    ],
)
def test_a_first_word_without_attention_is_linked_by_spelling_and_place(
    source: str, target: str, rest: list[str], expected: str
) -> None:
    sources, targets = words(source), words(target)
    attention = [[0.0] * len(sources)]
    attention += [[float(source[span.start : span.end] == word) for span in sources] for word in rest]
    first = align(attention, sources, targets, source, target)[0]
    assert cut(source, [first[0]]) == [expected]
    assert first[1] == targets[0]


def test_no_words_no_links() -> None:
    assert align([], [], [], "", "") == ()
    assert align([[1.0]], [Span(0, 2)], [], "Ja", "") == ()
    assert compose((), ((Span(0, 1), Span(0, 1)),)) == ()


@given(st.lists(st.integers(1, 300), max_size=60), st.integers(1, 4096))
def test_batches_hold_every_sentence_once_and_pad_by_its_own_length_alone(lengths: list[int], limit: int) -> None:
    """The padded length of a sentence, and so its result, is the same whatever else is decoded."""
    requests = [Request(index, ("▁a",) * length) for index, length in enumerate(lengths)]
    found = list(batches(requests, limit))
    assert sorted(request.index for batch in found for request in batch.requests) == list(range(len(lengths)))
    for batch in found:
        assert max(map(len, batch.sources)) == batch.length
        assert len(batch.requests) == 1 or len(batch.requests) * (batch.length + 1) <= limit
        assert all(batch.length - STEP < len(request.source) <= batch.length for request in batch.requests)
