"""Which sentences may be shown, and which lean on the one before them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.summaries.candidates import document_of, read_document
from toolkit.summaries.eligibility import bar_reason, is_dangling, is_personal, is_punctuated
from toolkit.summaries.redundancy import adds_nothing, repeats


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Die Regierung in Wien hat ihren Haushalt vorgelegt.", ""),
        ("„Wir haben lange genug auf den Bericht gewartet.“", ""),
        ("Der Kurs stieg um 3,5 Prozent (plus 12 Punkte).", ""),
        ("Und wie geht es jetzt mit der Rente weiter?", "question"),
        ("„Wie soll das alles nur enden?“", "question"),
        ("Foto: Anna Berger / dpa, Archivbild vom Mai.", "credit"),
        ("Mehr zum Thema Klima finden Sie in unserem Dossier.", "credit"),
        ("Lesen Sie auch unser Interview mit der Ministerin.", "credit"),
        ("Subscribe to our newsletter for daily updates.", "credit"),
        ("Reporters in Berlin and Paris contributed to this report.", "credit"),
        ("© 2024 Verlag Müller, alle Rechte vorbehalten.", "credit"),
        ("Das sind die wichtigsten Punkte im Überblick:", "announcement"),
        ("Vielen herzlichen Dank.", "fragment"),
        ("Popups, Layer und Umleitungen auf fremde Seiten", "fragment"),
        ("Das teilte das Ministerium am Montag in Berlin mit.", "attribution"),
        ("Das sagte er.", "attribution"),
    ],
)
def test_reasons_that_bar_a_sentence(text: str, reason: str) -> None:
    assert bar_reason(text, len(text.split())) == reason


def test_a_text_without_any_full_stops_is_not_all_fragments() -> None:
    lines = ["Die Brücke über den Fluss bleibt gesperrt", "Der Verkehr wird durch den Ort umgeleitet"]
    assert not any(sentence.barred for sentence in read_document(document_of("\n".join(lines), "de")).sentences)


@pytest.mark.parametrize(
    ("text", "language", "dangling"),
    [
        ("Er sagte am Montag die Reise ab.", "de", True),
        ("Dies sei ein schwerer Fehler gewesen, hieß es.", "de", True),
        ("Diese Zahl nannte der Minister nicht.", "de", True),
        ("Das war der höchste Wert seit Jahren.", "de", True),
        ("Damit liegt die Quote unter dem Ziel.", "de", True),
        ("„Dafür sehe ich keinen Grund“, sagte er dem Sender.", "de", True),
        ("„Wir kommen wieder“, sagte sie.", "de", True),
        ("Ihr Sprecher wies die Vorwürfe zurück.", "de", True),
        ("Das Gericht gab der Klage statt.", "de", False),
        ("Die neue Regelung gilt ab Mai.", "de", False),
        ("Es gibt keinen Grund zur Sorge, sagte Merkel.", "de", False),
        ("Doch die Opposition lehnt den Plan ab.", "de", False),
        ("„Wir kommen wieder“, sagte Trainerin Sofia Lang.", "de", False),
        ("Erneut ist ein Wolf gesichtet worden.", "de", False),
        ("He said the talks would go on.", "en", True),
        ("These rules apply from May.", "en", True),
        ("That is why the bridge was closed.", "en", True),
        ("It was built in 1954 by Italian engineers.", "en", True),
        ('"We will be back," she said.', "en", True),
        ("It is unclear whether the talks will go on.", "en", False),
        ("That Monday the bridge was closed.", "en", False),
        ("The chairwoman said she would appeal.", "en", False),
        ("But the opposition rejects the plan.", "en", False),
        ("Il a dit que les négociations continuent.", "fr", False),
    ],
)
def test_dangling_references(text: str, language: str, dangling: bool) -> None:
    assert is_dangling(text, language) is dangling


@pytest.mark.parametrize(
    ("words", "language", "personal"),
    [
        (["Unsere", "Nachbarn"], "de", True),
        (["I've", "seen"], "en", True),
        (["US", "forces"], "en", False),
        ([], "de", False),
    ],
)
def test_the_first_person(words: list[str], language: str, personal: bool) -> None:
    assert is_personal(words, language) is personal


@pytest.mark.parametrize("text", ["Ja.", "Ja!“", "(So ist es.)", "Und dann …", "Folgendes:"])
def test_closing_marks_do_not_hide_the_end_of_a_sentence(text: str) -> None:
    assert is_punctuated(text)


@given(st.text(max_size=200), st.integers(0, 60))
def test_any_text_gets_an_answer(text: str, words: int) -> None:
    known = {"", "question", "credit", "announcement", "attribution", "fragment"}
    assert bar_reason(text, words) in known
    assert is_dangling(text, "de") in (True, False)
    assert is_dangling(text, "en") in (True, False)


@given(st.lists(st.sampled_from("abcdefgh")), st.lists(st.sampled_from("abcdefgh")))
def test_repetition_is_symmetric_and_of_itself(first: list[str], second: list[str]) -> None:
    assert repeats(first, second) == repeats(second, first)
    assert repeats(first, first) == bool(first)
    assert adds_nothing(first, first) == bool(first)
