"""The article before a term that was put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.glossary.articles import article_edit, fitting

FITTING = [
    ("ceasefire", "a"), ("anti-aircraft missile", "an"), ("Ukrainian", "a"), ("uprising", "an"), ("US", "a"),
    ("IAEA", "an"), ("hourly", "an"), ("human", "a"), ("one-off", "a"), ("only", "an"), ("MP", ""), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("word", "article"), FITTING)
def test_article_by_sound(word: str, article: str) -> None:
    assert fitting(word) == article


PLACED = [
    ("An Kyiv", 3, "Kyiv", "A Kyiv"),
    ("a  EU", 3, "EU", "a  EU"),
    ("data EU", 5, "EU", "data EU"),
    ("EU", 0, "EU", "EU"),
    ("it is a EU", 8, "EU", "it is an EU"),
]


@pytest.mark.parametrize(("text", "start", "term", "wanted"), PLACED)
def test_only_an_article_right_before_the_term_is_changed(text: str, start: int, term: str, wanted: str) -> None:
    edit = article_edit(text, start, term)
    if edit is not None:
        (first, last), article = edit
        text = text[:first] + article + text[last:]
    assert text == wanted


@given(st.text(max_size=30), st.integers(0, 30), st.text(max_size=8))
def test_an_edit_ends_before_the_term(text: str, start: int, term: str) -> None:
    edit = article_edit(text, start, term)
    assert edit is None or (edit[0].end < start and text[slice(*edit[0])].lower() in ("a", "an"))
