"""Finding terms in German: endings, compounds, capitals, typography, borders, the longest match, and size."""

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.glossary.entries import Glossary, GlossaryEntry
from toolkit.glossary.folding import fold, fold_with_places

GLOSSARY = Glossary(
    [
        GlossaryEntry("Uschakow", "Ushakov", "person"),
        GlossaryEntry("Juri Uschakow", "Yuri Ushakov", "person"),
        GlossaryEntry("Putin", "Putin", "person"),
        GlossaryEntry("Wladimir Putin", "Vladimir Putin", "person"),
        GlossaryEntry("Xi", "Xi", "person"),
        GlossaryEntry("Merz", "Merz", "person"),
        GlossaryEntry("Kohl", "Kohl", "person"),
        GlossaryEntry("Großbritannien", "Great Britain", "place"),
        GlossaryEntry("Essen", "Essen", "place"),
        GlossaryEntry("Kreml", "Kremlin", "place"),
        GlossaryEntry("Weißes Haus", "White House", "organisation"),
        GlossaryEntry("Vereinte Nationen", "United Nations", "organisation"),
        GlossaryEntry("USA", "US", "place"),
        GlossaryEntry("russisch", "Russian"),
        GlossaryEntry("Sanktion", "sanction"),
        GlossaryEntry("Rat", "council"),
        GlossaryEntry("Tagesschau", kind="keep", match="exact"),
        GlossaryEntry("Die Zeit", "Die Zeit", "organisation", case="sensitive"),
        GlossaryEntry("Altes Wort", "old word", status="deprecated"),
    ]
)

FOUND = [
    ("Uschakow sagte", ["Uschakow"]),
    ("Uschakows Plan", ["Uschakows"]),
    ("Juri\nUschakow und Juri\u00a0Uschakow", ["Juri\nUschakow", "Juri\u00a0Uschakow"]),
    ("Wladimir Putins Besuch", ["Wladimir Putins"]),
    ("Merz' Plan und Merz’ Plan", ["Merz'", "Merz’"]),
    ("‚Putin‘ „Putin“ »Putin« 'Putin' “Putin”", ["Putin"] * 5),
    ("'Frau Putins'", ["Putins"]),
    ("Putin's Rede", ["Putin's"]),
    ("Kreml-Berater, Xi-Besuch und Putin-Vertrauter", ["Kreml", "Xi", "Putin"]),
    ("Ex-Kreml-Chef", ["Kreml"]),
    ("KREML WARNT USA", ["KREML", "USA"]),
    ("GROSSBRITANNIEN und Grossbritannien", ["GROSSBRITANNIEN", "Grossbritannien"]),
    (unicodedata.normalize("NFD", "Weißes Haus in Großbritannien"), ["Weißes Haus", "Großbritannien"]),
    ("im Weißen Haus, des Weißen Hauses", ["Weißen Haus", "Weißen Hauses"]),
    ("der Vereinten Nationen", ["Vereinten Nationen"]),
    ("russischer, russische und Russisch", ["russischer", "russische", "Russisch"]),
    ("US-russische Sanktionen", ["russische", "Sanktionen"]),
    ("Er lebt in Essen.", ["Essen"]),
    ("Helmut Kohl kam", ["Kohl"]),
    ("Die Zeit schreibt", ["Die Zeit"]),
    ("Krem\u00adl und Us\u00adchakow", ["Krem\u00adl", "Us\u00adchakow"]),
    ("Usch-\nakow", ["Usch-\nakow"]),
    ("Tagesschau.", ["Tagesschau"]),
]
NOT_FOUND = [
    "",
    "P",
    "Putinismus",
    "Kremlchef",
    "xi putin kreml",
    "Das Essen war gut. Essen ist wichtig.",
    "Er aß Kohl und Der Kohl",
    "usa",
    "Raten",
    "Tagesschau-Sprecher, Tagesschaus",
    "die Zeit vergeht",
    "Altes Wort",
]


@pytest.mark.parametrize(("text", "surfaces"), FOUND)
def test_found(text: str, surfaces: list[str]) -> None:
    assert [unicodedata.normalize("NFC", hit.surface) for hit in GLOSSARY.find(text)] == surfaces


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert [hit.surface for hit in GLOSSARY.find(text)] == []


def test_the_longest_match_wins_and_the_compound_is_known() -> None:
    hits = GLOSSARY.find("Juri Uschakow, der Kreml-Berater, und Uschakow")
    assert [(hit.entry.target, hit.compound) for hit in hits] == [
        ("Yuri Ushakov", False),
        ("Kremlin", True),
        ("Ushakov", False),
    ]


def test_ending_and_stem() -> None:
    (hit,) = GLOSSARY.find("des Weißen Hauses")
    assert (hit.ending, hit.stem) == ("es", "Weißen Haus")


def test_an_insensitive_entry_is_found_in_any_case() -> None:
    glossary = Glossary([GlossaryEntry("Nato", "NATO", "organisation", case="insensitive")])
    assert [hit.surface for hit in glossary.find("NATO, Nato, nato")] == ["NATO", "Nato", "nato"]


def test_an_empty_glossary_finds_nothing() -> None:
    assert Glossary().find("Putin") == []


@settings(deadline=None)
@given(st.text(st.sampled_from("PutinsUchakowXKreml -\n'’„“.äß\u00ad\u0308"), max_size=60))
def test_hits_are_in_order_apart_and_name_their_own_text(text: str) -> None:
    end = 0
    for hit in GLOSSARY.find(text):
        assert hit.span.start >= end
        assert hit.surface == text[hit.span.start : hit.span.end]
        assert fold(hit.surface)
        end = hit.span.end


@settings(deadline=None)
@given(st.text(max_size=80))
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold_with_places(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


def test_a_term_set_into_any_text_is_found() -> None:
    for before in ("", "Der ", "(", "„", "\n", "Ex-"):
        for after in ("", " kam", ")", "“", "\n", "-Besuch", "s", "s Plan", ",", "…"):
            assert "Putin" in [hit.entry.source for hit in GLOSSARY.find(f"{before}Putin{after}")], (before, after)


def test_a_large_term_base_finds_the_same_as_a_small_one() -> None:
    letters = "abcdefghij"
    names = ("".join(word) for word in itertools.product(letters, repeat=4))
    filler = [GlossaryEntry(f"Q{name}owski", "x", "person") for name in names]
    text = "Qabcaowskis Rede und Wladimir Putins Besuch im Weißen Haus"
    large = Glossary([*GLOSSARY.entries, *filler])
    assert [hit.surface for hit in large.find(text)] == ["Qabcaowskis", "Wladimir Putins", "Weißen Haus"]
