"""Words, stop words, stems, normal forms, and which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.text.languages import identify
from toolkit.text.normalisation import fingerprint, nfc, printable, squeeze
from toolkit.text.words import stem, stop_words, tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("„Demokratie‘ verfolgen.“", ["Demokratie", "verfolgen"]),
        ("COVID-19 und ein 20-jähriges Abkommen", ["COVID-19", "und", "ein", "20-jähriges", "Abkommen"]),
        ("um 31 % auf 1.234,5 Mrd. Euro", ["um", "31", "auf", "1.234,5", "Mrd", "Euro"]),
        ("um 14.30 Uhr.", ["um", "14.30", "Uhr"]),
        ("US-Präsident, z. B. auf reuters.com.", ["US-Präsident", "z", "B", "auf", "reuters.com"]),
        ("gesagt.Danach kam er", ["gesagt", "Danach", "kam", "er"]),
    ],
)
def test_german_words(text, words):
    assert tokenize(text, "de") == words


def test_english_words():
    assert tokenize("Xi’s aide didn’t say it’s over; AT&T in the U.S. did.", "en") == (
        ["Xi", "aide", "didn't", "say", "it's", "over", "AT&T", "in", "the", "U.S", "did"]
    )


@given(st.text(), st.sampled_from(["de", "en"]))
def test_words_hold_a_letter_or_digit_and_no_space(text, language):
    assert all(
        any(letter.isalnum() or letter == "_" for letter in word) and " " not in word
        for word in tokenize(text, language)
    )


@pytest.mark.parametrize(("language", "least"), [("de", 230), ("en", 180)])
def test_stop_words_are_enough_and_lower_case(language, least):
    words = stop_words(language)
    assert len(words) >= least
    assert all(word == word.lower() for word in words)


def test_stop_words_hold_what_the_usual_lists_lack():
    assert {"haben", "hat", "damit", "dann", "alle", "gegen", "ihm", "sagte", "erklärte", "laut"} <= stop_words("de")
    assert {"said", "would", "don't", "according"} <= stop_words("en")


def test_stems_join_forms_of_a_word():
    assert stem("Präsidenten", "de") == stem("Präsident", "de")
    assert stem("Verhandlungen", "de") == stem("Verhandlung", "de")
    assert stem("sanctions", "en") == stem("sanction", "en")
    assert stem("Wort", "xx") == "wort"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Präsident ist am Montag mit dem Minister nach Berlin gereist.", "de"),
        ("The president has travelled to Berlin with the minister.", "en"),
        ("Le président a rencontré les ministres à Paris pour parler de la guerre.", "fr"),
        ("El presidente se reunió con los ministros en Madrid para hablar de la guerra.", "es"),
        ("Il presidente ha incontrato i ministri a Roma per parlare della guerra.", "it"),
        ("O presidente encontrou-se com os ministros em Lisboa, mas não falou da guerra.", "pt"),
        ("De president heeft de ministers in Den Haag ontmoet om over de oorlog te praten.", "nl"),
        ("Prezydent spotkał się z ministrami w Warszawie, żeby rozmawiać o wojnie.", "pl"),
        ("Prezident se setkal s ministry v Praze, aby mluvil o válce, která začala.", "cs"),
        ("Presidenten träffade ministrarna i Stockholm för att tala om kriget.", "sv"),
        ("Президент встретился с министрами в Москве, чтобы обсудить войну.", "ru"),
        ("Президент зустрівся з міністрами в Києві, щоб обговорити війну.", "uk"),
        ("Ο πρόεδρος συναντήθηκε με τους υπουργούς στην Αθήνα.", "el"),
    ],
)
def test_languages(text, language):
    found, confidence = identify(text)
    assert found == language
    assert confidence > 0.5


@pytest.mark.parametrize("text", ["", "Putin", "12:30", "😀", "OK", "Xi Jinping"])
def test_too_little_text_is_undetermined(text):
    assert identify(text) == ("und", 0.0)


@given(st.text())
def test_any_text_has_a_tag_and_a_confidence(text):
    tag, confidence = identify(text)
    assert tag.isalpha()
    assert 0 <= confidence <= 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b]0;böse\x07gut", "gut"),
        ("\x1b[1;31mrot\x1b[0m", "rot"),
        ("a\x00b\x7fc\x9bd", "abcd"),
        ("\u202eleb\u202c", "leb"),
        ("a\r\nb\tc", "a\nb\tc"),
    ],
)
def test_what_a_terminal_would_obey_is_not_shown(text, expected):
    assert printable(text) == expected


@given(st.text())
def test_shown_text_holds_no_control_characters(text):
    shown = printable(text)
    assert not any((ord(letter) < 32 and letter not in "\t\n") or 127 <= ord(letter) < 160 for letter in shown)
    assert printable(shown) == shown


@given(st.text())
def test_normal_forms_are_final(text):
    assert nfc(nfc(text)) == nfc(text)
    assert squeeze(squeeze(text)) == squeeze(text)
    assert fingerprint(fingerprint(text)) == fingerprint(text)
