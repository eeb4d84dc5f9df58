"""Obedience: terms are marked where they stand, and counted when their translation is in the output."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
from training.config import DecodingConfig
from training.decoder import GREEDY, Decoder
from training.obedience import Obedience, mark, measure, read_terms


@pytest.mark.parametrize(
    ("source", "terms", "expected"),
    [
        ("Der Rat tagt.", [("Rat", "council")], "Der ⟦ Rat → council ⟧ tagt."),
        ("Der Rat tagt.", [("Bus", "bus")], "Der Rat tagt."),
        ("Der Rat tagt.", [], "Der Rat tagt."),
        ("", [("Rat", "council")], ""),
        ("A → B", [("→", "to"), ("→", "to")], "A ⟦ → → to ⟧ B"),
    ],
)
def test_mark(source: str, terms: list[tuple[str, str]], expected: str) -> None:
    assert mark(source, terms) == expected


@given(st.text(alphabet="ab ", max_size=20), st.lists(st.text(alphabet="ab", min_size=1, max_size=2), max_size=3))
def test_marking_only_adds(source: str, terms: list[str]) -> None:
    marked = mark(source, [(term, "x") for term in terms])
    assert marked.replace("⟦ ", "").replace(" → x ⟧", "") == source


class Obeys(Decoder):
    """Says nothing but what it is told."""

    def __init__(self) -> None:
        pass

    def translate(self, sources: object, decoding: DecodingConfig, *, sample: int = 0) -> list[str]:
        return [source.upper() if "⟦" in source else "..." for source in list(sources)]  # type: ignore[call-overload]


def test_measure_counts_what_stands_in_the_output() -> None:
    terms = [[("Rat", "council"), ("Bus", "bus")], [("Wahl", "election")]]
    assert measure(Obeys(), ["Der Rat tagt.", "Die Wahl."], terms, GREEDY) == Obedience(3, 0, 2)


def test_terms_are_read_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "terms"
    path.write_text('[{"en": "council", "de": "Rat"}]\n[]\n', encoding="utf-8")
    assert list(read_terms(path, "de", "en")) == [[("Rat", "council")], []]


@pytest.mark.parametrize("line", ["", "{}x", '[{"de": "Rat"}]', "[1]"])
def test_another_line_is_an_input_error(tmp_path: Path, line: str) -> None:
    path = tmp_path / "terms"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="terms:1"):
        list(read_terms(path, "de", "en"))
