"""Terms in English: inflected, counted, in their place."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from toolkit.glossary.entries import Glossary, GlossaryEntry
from toolkit.glossary.inflection import TargetText, in_place_of, plural, singular, tokens, word_forms
from toolkit.glossary.verification import verify

SEEN = [
    ("Ushakov", True, "Ushakov's aide", 1),
    ("Ushakov", True, "the Ushakovs’ house", 1),
    ("Ushakov", True, "ushakov", 0),
    ("Ushakov", True, "Ushakova", 0),
    ("Putin", True, "the Putin-Xi talks, PUTIN, Putin’s", 3),
    ("Putin", True, "Putinism and putting", 0),
    ("US", True, "the U.S. and the US", 2),
    ("US", True, "let us go", 0),
    ("White House", True, "the White\nHouse, White-House staff", 2),
    ("United Nations", True, "United Nations' work", 1),
    ("sanction", False, "Sanctions, sanctioned, sanctioning a sanction", 4),
    ("sanctions", False, "a sanction", 1),
    ("embassy", False, "two embassies", 1),
    ("human rights violation", False, "human rights violations", 1),
    ("head of state", False, "heads of state and a head of states", 2),
    ("machine tool", False, "machine tools and machine tooling", 1),
    ("hostage-taking", False, "hostage taking and Hostage-Taking", 2),
    ("spokesman", False, "spokesmen", 1),
    ("ban", False, "bank banner", 0),
    ("R&D", False, "R&D and R & D", 2),
    ("%", False, "5 % and 6%", 2),
    ("C++", True, "C++ and C, C#", 1),
    ("F &", False, "F & E, F and E", 1),
    ("Canal+", True, "Canal+’s men at the Canal", 1),
    ("Kurdistan Workers' Party", True, "the Kurdistan Workers’ Party and the Kurdistan Workers' Party's men", 2),
    ("Kurdistan Workers' Party", True, "the Kurdistan Worker Party", 0),
    ("reuters.com", True, "reuters.com, Reuters.com; Reuters communicates", 2),
    ("Bündnis 90/Die Grünen", True, "Bündnis 90/Die Grünen and Bündnis 90, Die Grünen", 1),
    ("Washington, D.C.", True, "in Washington, D.C., and Washington", 1),
    ("", False, "anything", 0),
]


@pytest.mark.parametrize(("form", "name", "text", "times"), SEEN)
def test_how_often_a_form_is_in_a_text(form: str, name: bool, text: str, times: int) -> None:
    assert len(TargetText(text).find(form, name=name)) == times


PLACED = [
    ("Kiev", "Kyiv", False, "Kyiv"),
    ("Kiev's", "Kyiv", False, "Kyiv's"),
    ("penalties", "sanction", False, "sanctions"),
    ("Penalties", "sanction", True, "Sanctions"),
    ("KIEV", "Kyiv", False, "KYIV"),
    ("Brussels", "Bruges", False, "Bruges"),
    ("States’", "Nations", False, "Nations’"),
]


@pytest.mark.parametrize(("wrong", "target", "at_start", "written"), PLACED)
def test_a_term_is_written_as_its_place_asks(wrong: str, target: str, at_start: bool, written: str) -> None:
    assert in_place_of(wrong, target, at_start=at_start) == written


@settings(deadline=None)
@given(st.from_regex(r"[a-z]{4,10}", fullmatch=True))
def test_the_singular_and_plural_of_a_word_are_among_its_forms(word: str) -> None:
    assume(singular(word) == word)
    assert {word, plural(word)} <= word_forms(word)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_tokens_are_in_order_and_name_their_text(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.span.start >= end
        assert text[token.span.start : token.span.end] == token.text
        end = token.span.end


def test_one_place_serves_one_hit() -> None:
    glossary = Glossary(
        [GlossaryEntry("Wladimir Putin", "Vladimir Putin", "person"), GlossaryEntry("Putin", "Putin", "person")]
    )
    source = "Wladimir Putin kam, Putin ging."
    hits = glossary.find(source)
    assert [v.right for v in verify(source, hits, "Vladimir Putin came.").verdicts] == [True, False]
    assert [v.right for v in verify(source, hits, "Vladimir Putin came, Putin left.").verdicts] == [True, True]
    assert [v.right for v in verify(source, hits, "Putin came, Putin left.").verdicts] == [False, True]


def test_a_variant_waits_for_the_target_inside_it() -> None:
    glossary = Glossary(
        [
            GlossaryEntry("Bayern", "Bavaria", "place", variants=("Bayern Munich", "Bayern")),
            GlossaryEntry("München", "Munich", "place"),
        ]
    )
    source = "Bayern München siegte."
    assert verify(source, glossary.find(source), "Bayern Munich won.").right == 2


def test_part_of_a_wrong_form_is_no_place() -> None:
    glossary = Glossary(
        [
            GlossaryEntry("Saudi-Arabien", "Saudi Arabia", "place", variants=("Saudi",)),
            GlossaryEntry("Wladimir Putin", "Vladimir Putin", "person", ("Putins",), ("Putin",), ("Wladimir Putin",)),
        ]
    )
    for source, wrong in (("In Saudi-Arabien", "In Saudi-Arabien"), ("Wladimir Putin", "Wladimir Putin")):
        (verdict,) = verify(source, glossary.find(source), wrong).verdicts
        assert not verdict.right
        assert verdict.wrong is not None
    assert verify("In Saudi-Arabien", glossary.find("In Saudi-Arabien"), "On Saudi soil").right == 1


def test_a_forbidden_form_beside_the_right_one_is_still_wrong() -> None:
    glossary = Glossary([GlossaryEntry("Kiew", "Kyiv", "place", forbidden=("Kiev",))])
    source = "In Kiew"
    (verdict,) = verify(source, glossary.find(source), "In Kyiv (Kiev)").verdicts
    assert not verdict.right
    assert verdict.wrong is not None
