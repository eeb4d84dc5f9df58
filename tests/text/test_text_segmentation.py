"""Sentences: exact spans, whatever the text; one case for every rule; time linear in the text."""

from __future__ import annotations

import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import make_document

from toolkit.text.clauses import split_clauses
from toolkit.text.segmentation import segment, split
from toolkit.types import Block, Document, Span

WORDS = "z. B. |Nr. 5 |15. |Dezember |„Ja.“ |fragte |Dr. |u. a. |Mio. |… |!? |A. |U.S. |I. |Er kam. |3,5 |14.30 Uhr "
MARKS = '(|) | – |“|”|»|" |[1] |…?“ |。|gesagt.Der |www.a.de |ß|😀 |שלום. '
CONTROLS = "\n|\n\n|\r\n|\xa0|\u2028|\u200f|\u0301|\x00|\x1b[31m"
PIECES = st.sampled_from([*WORDS.split("|"), *MARKS.split("|"), *CONTROLS.split("|")])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))
LANGUAGES = st.sampled_from(["de", "en", "fr", "de-CH", "xx"])


def sentences(text: str, language: str = "de") -> list[str]:
    return [text[start:end] for start, end in split(text, language)]


def check_spans(text: str, spans: list[Span]) -> None:
    """In order, disjoint, without white space at the ends, and nothing but white space between them."""
    assert all(start < end for start, end in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())


@given(TEXTS, LANGUAGES)
@settings(deadline=None, max_examples=150)
def test_no_character_is_lost_doubled_or_moved(text, language):
    check_spans(text, split(text, language))


@given(TEXTS, st.integers(min_value=1, max_value=40), LANGUAGES)
@settings(deadline=None, max_examples=100)
def test_clauses_cover_the_text_and_keep_to_the_limit(text, limit, language):
    """Only what cannot be cut, a letter with its accents or a joined emoji, may be longer than the limit."""
    spans = split_clauses(text, lambda part: len(part) <= limit, language)
    check_spans(text, spans)
    for start, end in spans:
        rest = text[start + 1 : end]
        joined = all(unicodedata.category(letter).startswith("M") or letter == "\u200d" for letter in rest)
        assert len(rest) < limit or joined or "\u200d" in rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", []),
        ("x", ["x"]),
        ("Ja", ["Ja"]),
        ("Er kam.\r\nSie ging.", ["Er kam.", "Sie ging."]),
        ("Er kam\nspät. Sie ging.", ["Er kam\nspät.", "Sie ging."]),
        ("Erster Absatz\n\nzweiter Absatz", ["Erster Absatz", "zweiter Absatz"]),
        ("Gut. 😀 Weiter.", ["Gut.", "😀 Weiter."]),
        ("gesagt.Der Präsident ging.", ["gesagt.", "Der Präsident ging."]),
        ("Gemeinsame KriegsspieleDarunter Manöver.", ["Gemeinsame KriegsspieleDarunter Manöver."]),
        (
            "Der Ausschuss (Vorsitz: K. Meier. Der Rat: leer) tagt.",
            ["Der Ausschuss (Vorsitz: K. Meier. Der Rat: leer) tagt."],
        ),
        ("(Er kam. Sie ging.) Ende.", ["(Er kam.", "Sie ging.)", "Ende."]),
        ("Er ging. “ Sie blieb.", ["Er ging. “", "Sie blieb."]),
        ("Das steht fest.[1][2] Der Rest nicht.", ["Das steht fest.[1][2]", "Der Rest nicht."]),
        ("Staaten – die lange schwiegen. – Sie reden.", ["Staaten – die lange schwiegen. – Sie reden."]),
        ("Er schwieg. – Sie redete.", ["Er schwieg.", "– Sie redete."]),
        ("1. Erstens das Wetter", ["1. Erstens das Wetter"]),
        ("sagte die Regierung. sagte die Agentur.", ["sagte die Regierung.", "sagte die Agentur."]),
    ],
)
def test_german_cases(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He is ill. Putin left.", ["He is ill.", "Putin left."]),
        ("“Why now?” Putin asked.", ["“Why now?” Putin asked."]),
        ("“Stop!” Putin left.", ["“Stop!”", "Putin left."]),
        ("The U.S. Senate voted.", ["The U.S. Senate voted."]),
        ("The 2nd U.S. Circuit Court ruled.", ["The 2nd U.S. Circuit Court ruled."]),
        ("He left the U.S. The court ruled.", ["He left the U.S.", "The court ruled."]),
        ("It opens on 16. October in Rome.", ["It opens on 16. October in Rome."]),
        ("It was OK. Nobody complained.", ["It was OK.", "Nobody complained."]),
    ],
)
def test_english_cases(text, expected):
    assert sentences(text, "en") == expected


def test_segments_are_numbered_within_their_block():
    document = segment(make_document([("Er kam. Sie ging.", "paragraph"), ("Ja. Nein.", "title"), (" ", "paragraph")]))
    found = [[(part.id, part.text, part.span) for part in block.segments] for block in document.blocks]
    assert found == [
        [("b0.0", "Er kam.", Span(0, 7)), ("b0.1", "Sie ging.", Span(8, 17))],
        [("b1.0", "Ja. Nein.", Span(0, 9))],
        [],
    ]


def test_code_is_not_segmented():
    document = Document("a.md", "markdown", b"", (Block("b0", "x = 1. y", "code", translatable=False),))
    assert segment(document).blocks[0].segments == ()


def test_clauses_are_cut_at_the_strongest_border_near_the_middle():
    text = "Er sprach lange über den Krieg; sie hörte zu, weil sie musste, und schwieg."
    parts = [text[start:end] for start, end in split_clauses(text, lambda part: len(part) <= 45, "de")]
    assert parts == ["Er sprach lange über den Krieg;", "sie hörte zu, weil sie musste, und schwieg."]


def test_a_decimal_comma_is_no_clause_border():
    text = "rund 1.234,56 Euro und 7,89 Dollar und noch mehr"
    parts = [text[start:end] for start, end in split_clauses(text, lambda part: len(part) <= 20, "de")]
    assert all("1.234,56" in part or "234" not in part for part in parts)


def _operations(text: str) -> int:
    """Calls, of Python and of C functions, that splitting *text* takes."""
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        split(text, "de")
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "piece", ["a. ", '" . ', "( ", "(a. B) ", "… ", "Wort. – ", "[1]", "1. ", "Er kam. ", "ab.cd.Er ", "u. a. Er\n"]
)
def test_work_grows_with_the_length_of_the_text(piece):
    """Twice the text, about twice the calls; a quadratic step would take four times as many."""
    split(piece * 10, "de")
    assert _operations(piece * 800) <= 2.2 * _operations(piece * 400) + 100
