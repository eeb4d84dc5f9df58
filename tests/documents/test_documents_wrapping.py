"""Hard wraps: joined where a paragraph was wrapped, never where lines are lines; wrapped again without loss."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.text.wrapping import join_lines, paragraphs, wrap

PROSE = (
    "Die Gespräche in der Hauptstadt dauerten bis in den späten Abend, und keine der beiden Seiten wollte sagen, "
    "ob man sich in den wichtigsten Fragen näher gekommen sei. Am Freitag soll es weitergehen, wie ein Sprecher sagte."
)
SENTENCES = st.lists(st.sampled_from(PROSE.split()), min_size=1, max_size=60).map(" ".join)


@pytest.mark.parametrize("width", [45, 60, 72, 78, 100])
def test_wrapped_prose_is_one_paragraph(width):
    lines = textwrap.wrap(PROSE, width)
    assert paragraphs(lines) == [range(len(lines))]
    assert join_lines(lines) == PROSE


def test_a_short_last_line_ends_a_paragraph():
    lines = textwrap.wrap(PROSE, 60)
    assert paragraphs(lines * 2) == [range(len(lines)), range(len(lines), 2 * len(lines))]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Putin und Xi treffen sich zu einem Gipfel in Peking",
            "Ein Hai greift vor der Küste Jamaikas an",
            "Mehr lesen",
        ],
        ["Eva Roth", "Hauptstraße 5", "10115 Berlin"],
        ["Ein Satz, der für sich steht und endet.", "Noch ein Satz, der für sich steht."],
        [PROSE, PROSE.lower()],
        ["toi-allgemeines"],
        [],
    ],
)
def test_lines_that_are_lines_stay_apart(lines):
    assert paragraphs(lines) == [range(index, index + 1) for index in range(len(lines))]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Zusammen-", "arbeit"], "Zusammenarbeit"),
        (["Kreml-", "Berater"], "Kreml-Berater"),
        (["Ein-", "und Ausfuhr"], "Ein- und Ausfuhr"),
        (["Zu\u00ad", "sammen"], "Zusammen"),
        (["er kam -", "spät"], "er kam - spät"),
        (["COVID-", "19"], "COVID-19"),
        (["a", "", "b"], "a b"),
        ([], ""),
    ],
)
def test_divided_words(lines, joined):
    assert join_lines(lines) == joined


@given(text=SENTENCES, width=st.integers(1, 80), indent=st.sampled_from(["", "  ", "> "]))
@settings(deadline=None, max_examples=80)
def test_wrapping_loses_nothing_and_keeps_the_width(text, width, indent):
    lines = wrap(text, width, indent=indent, column=len(indent)).split("\n" + indent)
    assert " ".join(lines) == text
    assert all(len(indent) + len(line) <= width or " " not in line for line in lines)


@given(lines=st.lists(st.text(st.sampled_from("aB .-\u00ad\t,"), max_size=50), max_size=8))
@settings(deadline=None, max_examples=80)
def test_every_line_is_in_one_paragraph(lines):
    assert [index for group in paragraphs(lines) for index in group] == list(range(len(lines)))
