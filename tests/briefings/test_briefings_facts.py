"""Dates, figures, quotes, names and disagreements: found, resolved where the text allows it, otherwise left open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.briefings import sample
from toolkit.briefings import Briefing, build
from toolkit.briefings.dates import Reference, find_dates, reference_day
from toolkit.briefings.entities import find_entities
from toolkit.briefings.figures import find_figures
from toolkit.briefings.quotes import find_quotes, quoted_spans
from toolkit.briefings.reading import articles
from toolkit.briefings.spellings import looks_alike, skeleton
from toolkit.glossary.entries import Glossary
from toolkit.types import Span

FRIDAY = Reference(date(2024, 5, 17))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("am 15. Dezember 2021", [("15. Dezember 2021", "2021-12-15")]),
        ("am 1.3.2024 und 2024-03-02", [("1.3.2024", "2024-03-01"), ("2024-03-02", "2024-03-02")]),
        ("November 8, 2024", [("November 8, 2024", "2024-11-08")]),
        ("im Februar 2022, Anfang Jänner 2023", [("Februar 2022", "2022-02"), ("Jänner 2023", "2023-01")]),
        ("im Jahr 2023 waren es 2012 Euro", [("2023", "2023")]),
        ("Er kam am Donnerstag.", [("Donnerstag", "2024-05-16")]),
        ("Er kam am Freitagabend.", [("Freitagabend", "2024-05-17")]),
        ("am vergangenen Freitag", [("vergangenen Freitag", "2024-05-10")]),
        ("am kommenden Freitag", [("kommenden Freitag", "2024-05-24")]),
        ("Er wird am Montag reisen.", [("Montag", None)]),
        ("gestern und heute", [("gestern", "2024-05-16"), ("heute", "2024-05-17")]),
        ("im vergangenen Jahr, dieses Jahr", [("vergangenen Jahr", "2023"), ("dieses Jahr", "2024")]),
        ("am 3. März", [("3. März", "2024-03-03")]),
        ("am 30. Dezember", [("30. Dezember", "2023-12-30")]),
        ("im Februar", [("Februar", None)]),
        ("am 31. Februar 2024 und am 45. Mai", []),
        ("Guten Morgen, 20-jähriges Abkommen, 1.234.567 Euro", []),
        ("", []),
    ],
)
def test_dates_in_a_sentence(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(found.text, found.iso) for found in find_dates(text, FRIDAY)] == expected


@pytest.mark.parametrize("text", ["am Donnerstag", "gestern", "im vergangenen Jahr", "am 3. März"])
def test_relative_dates_stay_open_without_a_date_to_count_from(text: str) -> None:
    [found] = find_dates(text)
    assert found.iso is None
    assert found.note


@pytest.mark.parametrize(
    ("lead", "published", "conflicts", "day"),
    [
        ("Ein Satz.", "2024-05-17", False, date(2024, 5, 17)),
        ("Ein Satz.", "2024-05-17", True, None),
        ("Ein Satz.", "", False, None),
        ("BERLIN, 16. Mai (dpa) – Ein Satz.", "2024-05-17", False, date(2024, 5, 16)),
        ("BERLIN, 3. Mai 2019 (dpa) – Ein Satz.", "2024-05-17", True, date(2019, 5, 3)),
        ("MOSKAU, 15. Dezember (Reuters) – Sie haben am Mittwoch vereinbart", "2024-11-08", True, date(2021, 12, 15)),
        ("MOSKAU, 15. Dezember (Reuters) – Sie haben vereinbart", "2024-11-08", True, None),
        ("MOSKAU, 15. Dezember (Reuters) – am Mittwoch", "", False, None),
    ],
)
def test_the_day_that_relative_dates_count_from(lead: str, published: str, conflicts: bool, day: date | None) -> None:
    assert reference_day(lead, published, conflicts).day == day


def test_an_inferred_day_says_so() -> None:
    reference = reference_day("MOSKAU, 15. Dezember (Reuters) – am Mittwoch", "2024-11-08", True)
    assert find_dates("am Mittwoch", reference)[0].note == (
        "counted from 2021-12-15, inferred, because 15 December fell on a Wednesday in 2021"
    )


@given(st.text(max_size=80))
def test_finders_take_any_text_and_stay_inside_it(text: str) -> None:
    for found in find_dates(text, FRIDAY):
        assert text[found.start :].startswith(found.text[:1])
    for figure in find_figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
    for quote in find_quotes(text, [Span(0, len(text))] if text else []):
        assert 0 <= quote.span.start < quote.span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31 % mehr", [("31", "%", False)]),
        ("90 Prozent", [("90", "%", False)]),
        ("2,5 Prozentpunkte", [("2.5", "percentage points", False)]),
        ("auf 123 Milliarden US-Dollar", [("123000000000", "USD", False)]),
        ("rund 3,5 Mio. Euro", [("3500000", "EUR", True)]),
        ("1.234.567 Euro", [("1234567", "EUR", False)]),
        ("mehr als 150 Millionen Dosen", [("150000000", "Dosen", True)]),
        ("drei Tote und 15 Verletzte", [("3", "dead", False), ("15", "injured", False)]),
        ("zwei Millionen Menschen", [("2000000", "people", False)]),
        ("über 40 Mal", [("40", "times", True)]),
        ("Nr. 5, Seite 12, 2021, acht Tage", []),
        ("eine Million", []),
        ("", []),
    ],
)
def test_figures_in_a_sentence(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [(f"{each.value:f}", each.unit, each.approximate) for each in find_figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "„Der Krieg muss so bald wie möglich enden“, sagte Olaf Scholz am Montag.",
            [("Olaf Scholz", True, "Der Krieg muss so bald wie möglich enden")],
        ),
        (
            "Juri Uschakow, Putins Berater, sagte Reportern: „Wir werden diese Politik niemals akzeptieren.“",
            [("Juri Uschakow", True, "Wir werden diese Politik niemals akzeptieren.")],
        ),
        (
            "Am Vorabend des Besuchs sagte Putin, „solche Verhandlungen müssen alle Interessen berücksichtigen“.",
            [("Putin", True, "solche Verhandlungen müssen alle Interessen berücksichtigen")],
        ),
        (
            "»Wir haben alle Vorschläge sorgfältig geprüft«, so die Sprecherin Anna Weber.",
            [("die Sprecherin Anna Weber", True, "Wir haben alle Vorschläge sorgfältig geprüft")],
        ),
        (
            "“Wir haben alle Vorschläge sorgfältig geprüft”, hatte Xi gesagt.",
            [("Xi", True, "Wir haben alle Vorschläge sorgfältig geprüft")],
        ),
        (
            "Die Ministerin sagte, sie werde im Herbst nicht mehr antreten.",
            [("Die Ministerin", False, "Die Ministerin sagte, sie werde im Herbst nicht mehr antreten.")],
        ),
        (
            "Laut Wetterdienst bleibt es in den Bergen kalt.",
            [("Wetterdienst", False, "Laut Wetterdienst bleibt es in den Bergen kalt.")],
        ),
        (
            "Man sei sich einig gewesen, fügte der Botschafter hinzu.",
            [("der Botschafter", False, "Man sei sich einig gewesen, fügte der Botschafter hinzu.")],
        ),
        ("Sie nannten es eine „grenzenlose Freundschaft“ der beiden Länder.", []),
        ("Er las „Der Mann ohne Eigenschaften von Robert Musil“ zweimal.", []),
        ("", []),
    ],
)
def test_quotes_and_their_speakers(text: str, expected: list[tuple[str, bool, str]]) -> None:
    found = find_quotes(text, [Span(0, len(text))] if text else [])
    assert [(each.speaker, each.direct, text[slice(*each.span)]) for each in found] == expected


def test_a_pronoun_is_the_speaker_before_and_marked_as_inferred() -> None:
    [found] = find_quotes("Er sagte, es gebe keinen Zweifel.", [Span(0, 33)], speaker_before="Uschakow")
    assert (found.speaker, found.inferred) == ("Uschakow", True)
    assert find_quotes("Er sagte, es gebe keinen Zweifel.", [Span(0, 33)]) == []


def test_a_quote_nobody_is_named_for_keeps_no_speaker_of_another_paragraph() -> None:
    text = "„China und Russland müssen ihre gemeinsamen Anstrengungen in Zukunft verstärken.“"
    [found] = find_quotes(text, [Span(0, len(text))], speaker_before="die Regierung")
    assert (found.speaker, found.inferred) == ("", False)


def test_quotation_marks_of_german_english_and_french_hands() -> None:
    text = '„a“ “b” "c" »d« «e» „f”'
    assert [text[slice(*span)] for span in quoted_spans(text)] == list("abcdef")


def test_quotes_carry_both_languages_and_the_english_name(briefing: Briefing) -> None:
    [direct, indirect] = briefing.stories[0].quotes
    assert direct.speaker is not None
    assert direct.speaker.target == "Karin Brandt"
    assert direct.target == "We did not interrupt the search for the missing during the night,"
    assert (indirect.direct, indirect.inferred, indirect.citation.anchor) == (False, True, "a1-b2.1")


def test_the_same_count_given_differently_is_a_disagreement(briefing: Briefing) -> None:
    [found] = briefing.stories[0].disagreements
    assert [(claim.value, claim.citation.article) for claim in found.claims] == [
        ("12 people", "a1"),
        ("14 people", "a3"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Beim Untergang einer Fähre vor Rügen sind am Mittwoch rund 13 Menschen ums Leben gekommen.",
        "Der Bürgermeister empfing 300 Menschen im Rathaus.",
        "Beim Untergang einer Fähre vor Rügen sind am Mittwoch 15 Tonnen Öl ausgelaufen.",
        "Beim Untergang einer Fähre vor Rügen sind am Mittwoch 20 Menschen, 5 Menschen ums Leben gekommen.",
        "Beim Untergang einer Fähre sind im Mai 2019 in der Ostsee 30 Menschen ums Leben gekommen.",
    ],
)
def test_rounded_numbers_other_things_and_other_units_are_no_disagreement(sentence: str) -> None:
    other = sample.translated("other.txt", [*sample.WAVE[:1], ("paragraph", [(sentence, "…")])])
    pair = [sample.translated("ferry.txt", sample.FERRY), other]
    made = build(pair, glossary=sample.GLOSSARY)
    assert [each for story in made.stories for each in story.disagreements] == []


def test_three_values_for_one_thing_are_one_disagreement() -> None:
    text = "Beim Untergang der Fähre vor Rügen sind am Mittwoch {} Menschen ums Leben gekommen."
    paths = zip("abc", ("zwölf", "14", "18"), strict=True)
    tellings = [
        sample.translated(f"{path}.txt", [*sample.FERRY[:1], ("paragraph", [(text.format(count), "…")]), *extra])
        for (path, count), extra in zip(paths, (sample.FERRY[4:], sample.WAVE[2:], ()), strict=True)
    ]
    [story] = build(tellings, glossary=sample.GLOSSARY).stories
    [found] = story.disagreements
    assert sorted(claim.value for claim in found.claims) == ["12 people", "14 people", "18 people"]


def test_spellings_of_one_person_are_merged_under_the_english_name() -> None:
    """The full name, the surname alone, a genitive: one person; the place of a glossary keeps its kind."""
    text = [
        ("Karin Brandt kam nach Rügen.", "Karin Brandt came to Rügen."),
        ("Brandts Bericht liegt vor.", "Brandt's report is available."),
        ("Danach sprach Professor Jon Åström in Rügen.", "Then Professor Jon Åström spoke on Rügen."),
        ("Die Agentur Tassa meldete es.", "The agency Tassa reported it."),
    ]
    found = find_entities(articles([sample.translated("a.txt", [("paragraph", text)])]), sample.GLOSSARY)
    assert [(each.name, each.kind, each.count) for each in found] == [
        ("Karin Brandt", "person", 2),
        ("Rügen", "place", 2),
        ("Jon Åström", "person", 1),
        ("Tassa", "organisation", 1),
    ]
    assert found[0].spellings == ("Brandt", "Karin Brandt")


def test_german_nouns_and_weekdays_are_no_names() -> None:
    text = [("Der Minister kam im April am Montag ins Haus.", "The minister came to the house on Monday in April.")]
    assert find_entities(articles([sample.translated("a.txt", [("paragraph", text)])]), Glossary()) == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Juri", "Yuri", True),
        ("Uschakow", "Ushakov", True),
        ("Uschakows", "Uschakow", True),
        ("Schoigu", "Shoigu", True),
        ("Straße", "Strasse", True),
        ("Xi", "Li", False),
        ("Putin", "Putnin", False),
    ],
)
def test_transliterations_of_one_name_look_alike(one: str, other: str, alike: bool) -> None:
    assert looks_alike(one, other) is alike


@given(st.text(alphabet=st.characters(categories=["L"]), max_size=20))
def test_case_does_not_change_a_skeleton(name: str) -> None:
    assert skeleton(name) == skeleton(name.casefold())
