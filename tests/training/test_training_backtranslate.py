"""Back-translation: which lines are taken, which of their translations are kept."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from training.backtranslate import backtranslate, eligible, main, usable
from training.config import DecodingConfig
from training.decoder import Decoder

BUILTIN = sorted((Path(__file__).parents[2] / "toolkit/models/builtin").glob("translate-de_en-*.argosmodel"))[-1]


def test_lines_are_distinct_of_useful_length_and_in_a_repeatable_order() -> None:
    lines = ["one two three", " one two three ", "too short", "a b\tc d", " ".join("x" * 61), "four five six"]
    assert sorted(eligible(lines)) == ["four five six", "one two three"]
    assert eligible(lines) == eligible(list(reversed(lines)))


@pytest.mark.parametrize(
    ("made", "real", "kept"),
    [
        ("Das Haus ist alt.", "The house is old.", True),
        ("Haus", "The house.", False),
        ("ja ja ja ja ja ja ja ja", "Yes, yes.", False),
        ("Das ist", "This is a very long sentence about nothing.", False),
        ("The house is old again.", "The house is old again.", False),
    ],
)
def test_usable(made: str, real: str, kept: bool) -> None:
    assert usable(made, real) == kept


class Canned(Decoder):
    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers

    def translate(self, sources: object, decoding: DecodingConfig, *, sample: int = 0) -> list[str]:
        assert decoding.beam_size == 1
        return [self.answers[source] for source in list(sources)]  # type: ignore[call-overload]


def test_made_sources_are_tagged_and_bad_ones_left_out() -> None:
    decoder = Canned({"The council meets.": "Der\tRat tagt.", "It is late.": "es"})
    assert list(backtranslate(decoder, ["The council meets.", "It is late."])) == [
        ("⟧ Der Rat tagt.", "The council meets.")
    ]


def test_an_interrupted_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, out = tmp_path / "mono.txt", tmp_path / "back.tsv"
    text.write_text("Der Rat tagt heute.\nDie Wahl ist am Sonntag.\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["backtranslate", str(BUILTIN), str(text), str(out)])
    main()
    first = out.read_text(encoding="utf-8")
    assert first.count("back-translated") == 2
    main()
    assert out.read_text(encoding="utf-8") == first


def test_a_missing_text_is_an_input_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["x", str(BUILTIN), str(tmp_path / "no.txt"), str(tmp_path / "out.tsv")])
    with pytest.raises(InputError, match=r"no\.txt"):
        main()
