"""Flags: what they catch, and what they must leave in peace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.translation.checks import check
from toolkit.translation.numbers import compare, find_numbers, readings
from toolkit.translation.typography import match_style
from toolkit.types import Hypothesis


def kinds(source: str, target: str, score: float = -0.3, *, truncated: bool = False) -> list[str]:
    return [flag.kind for flag in check(source, Hypothesis(target, score, truncated=truncated))]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Der Minister trat am Montag zurück.", "The minister resigned on Monday.", []),
        ("Der Minister trat am Montag zurück.", "Der Minister trat am Montag zurück.", ["untranslated"]),
        ("Der Minister trat am Montag zurück.", "", ["untranslated"]),
        ("Wladimir Putin und Xi Jinping", "Vladimir Putin and Xi Jinping", []),
        ("New York Times, Washington Post", "New York Times, Washington Post", ["untranslated"]),
        ("Popups", "Popups", []),
        ("Das sagte er.", "He said that that that.", ["loop"]),
        ("Das war sehr, sehr, sehr gut.", "That was very, very, very good.", []),
        (
            "Er sagte, dass er komme und bleibe.",
            "He said that he was coming and that he was coming and staying.",
            ["loop"],
        ),
        (
            "Die Regierung hat gestern in Berlin ein neues Gesetz beschlossen.",
            "The government has",
            ["cut_off", "length"],
        ),
        ("Im Jahr 2023 waren es 228 Milliarden.", "In 2023 it was 228 billion.", []),
        ("Im Jahr 2023 waren es 228 Milliarden.", "In 2022 it was 228 billion.", ["numbers"]),
        ("Er sprach kurz.", "He spoke briefly and then went on about many other things that nobody had asked.", []),
        (
            "Er sprach kurz mit den Leuten.",
            "He spoke briefly and then went on about many other things that nobody had ever asked him to speak about.",
            ["length"],
        ),
    ],
)
def test_flags_of_a_pair(source: str, target: str, expected: list[str]) -> None:
    assert kinds(source, target) == expected


def test_a_low_score_and_the_length_limit_are_told() -> None:
    assert kinds("Er kam am Abend mit dem Zug aus Wien.", "He came from Vienna by train.", -2.5) == ["low_score"]
    assert kinds("Layer", "Layer", -2.5) == []
    assert kinds("Er kam am Abend.", "He came in the evening.", truncated=True) == ["cut_off"]


@pytest.mark.parametrize(
    ("source", "target", "missing", "invented"),
    [
        ("am 15. Dezember", "on December 15", (), ()),
        ("um 14.30 Uhr", "at 2:30 p.m.", (), ()),
        ("um 0.15 Uhr", "at 12:15 a.m.", (), ()),
        ("1.234.567,8 Euro", "1,234,567.8 euros", (), ()),
        ("12 000 Menschen", "12,000 people", (), ()),
        ("3,5 Prozent", "3.5 percent", (), ()),
        ("31 % auf 123 Milliarden US-Dollar", "31% to $123 billion", (), ()),
        ("die 8 Länder", "the eight countries", (), ()),
        ("die acht Länder", "the 8 countries", (), ()),
        ("der 2. Weltkrieg", "the second world war", (), ()),
        ("im 19. Jahrhundert", "in the 19th century", (), ()),
        ("COVID-19", "COVID-19", (), ()),
        ("25 Soldaten", "twenty-five soldiers", (), ()),
        ("2021/22", "2021-22", (), ()),
        ("240 Milliarden", "24 billion", ("240",), ("24",)),
        ("5 Tote und 5 Verletzte", "5 dead", ("5",), ()),
        ("viele Tote", "17 dead", (), ("17",)),
        ("im Jahr 2024", "in the year", ("2024",), ()),
    ],
)
def test_numbers_compared(source: str, target: str, missing: tuple[str, ...], invented: tuple[str, ...]) -> None:
    assert compare(source, target) == (missing, invented)


@given(st.text())
def test_a_text_has_the_numbers_of_itself(text: str) -> None:
    assert compare(text, text) == ((), ())


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_german_and_an_english_decimal_have_a_reading_in_common(whole: int, hundredths: int) -> None:
    german = f"{whole:,}".replace(",", ".") + f",{hundredths:02}"
    assert find_numbers(german) == [german]
    assert readings(german) & readings(f"{whole:,}.{hundredths:02}")


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("„Ja“, sagte er.", "“Yes,” he said.", "“Yes,” he said."),
        ('"Ja", sagte er.', "“Yes,” he said.", '"Yes," he said.'),
        ("»Ja«, sagte er.", '"Yes," he said.', "“Yes,” he said."),
        ("Er sagte ja.", "He said “yes.”", "He said “yes.”"),
        ("Die „Einmischung“ der USA", "The U.S. “ interference ” in it", "The U.S. “interference” in it"),
        ("Er nannte es „gut“.", "He called it (“ good ”).", "He called it (“good”)."),
        ("Xi trifft Putin", "Xi meets Putin.", "Xi meets Putin"),
        ("Handel mit den USA", "Trade with the U.S.", "Trade with the U.S."),
        ("Und dann", "And then...", "And then..."),
        ("Er kam.", "He came.", "He came."),
    ],
)
def test_the_target_takes_the_look_of_its_source(source: str, target: str, expected: str) -> None:
    assert match_style(source, target) == expected
