"""The term base: identity, layering, and every fault told with its place and cure."""

import pytest

from toolkit.errors import InputError
from toolkit.glossary.entries import Glossary, GlossaryEntry
from toolkit.glossary.validation import find_faults
from toolkit.languages import LanguagePair

KYIV = GlossaryEntry("Kiew", "Kyiv", "place", forbidden=("Kiev",))
PUTIN = GlossaryEntry("Putin", "Putin", "person")


def test_signature_ignores_order_and_notes_but_not_content() -> None:
    noted = GlossaryEntry("Putin", "Putin", "person", note="president", origin="a.tsv:3")
    assert Glossary([KYIV, PUTIN]).signature == Glossary([noted, KYIV]).signature
    assert Glossary([KYIV]).signature != Glossary([PUTIN]).signature
    assert Glossary([KYIV]) == Glossary([KYIV])
    assert len({Glossary([KYIV]), Glossary([KYIV])}) == 1


def test_keep_needs_no_target() -> None:
    assert GlossaryEntry("Tagesschau", kind="keep").target == "Tagesschau"


def test_the_layer_on_top_wins_form_by_form() -> None:
    ours = Glossary([GlossaryEntry("Kiew", "Kyiv", "place", aliases=("Kyjiw",)), PUTIN])
    theirs = Glossary([GlossaryEntry("kiew", "Kiev", "place")])
    assert [(e.source, e.target) for e in ours.layer(theirs).entries] == [
        ("kiew", "Kiev"),
        ("Kyjiw", "Kyiv"),
        ("Putin", "Putin"),
    ]


def test_layering_drops_what_would_make_a_chain() -> None:
    below = Glossary([GlossaryEntry("Kiew", "Kiev", "place")])
    above = Glossary([GlossaryEntry("Kiev", "Kyiv", "place")])
    assert [entry.source for entry in below.layer(above).entries] == ["Kiev"]


FAULTS = [
    ([GlossaryEntry("", "x")], "without a source", "write the German form"),
    ([GlossaryEntry("Kreml", " ")], "no target", "set kind to keep"),
    ([GlossaryEntry("Kreml", "Kremlin", "keep")], "is to be kept", "leave the target empty"),
    ([GlossaryEntry("Kiew", "Kyiv", forbidden=("Kyiv",))], "wanted and forbidden", "take it out"),
    ([GlossaryEntry("Kiew", "Kyiv", variants=("Kiev",), forbidden=("Kiev",))], "wanted and forbidden", "take it out"),
    ([GlossaryEntry("A|B", "x")], "separator", "may not contain"),
    ([GlossaryEntry("Kiew", "Kyiv"), GlossaryEntry("Kiew", "Kiev")], "two targets", "variants or forbidden"),
    ([GlossaryEntry("Kiew", "Kyiv"), GlossaryEntry("Kiew", "Kyiv")], "listed twice", "delete one"),
    ([GlossaryEntry("Kiew", "Kyiv"), GlossaryEntry("Stadt", "city", aliases=("Kiew",))], "two concepts", "one of the"),
    ([GlossaryEntry("Kiew", "Kiev"), GlossaryEntry("Kiev", "Kyiv")], "a chain", "final target"),
]


@pytest.mark.parametrize(("entries", "reason", "cure"), FAULTS)
def test_every_fault_is_told_with_its_cure(entries: list[GlossaryEntry], reason: str, cure: str) -> None:
    with pytest.raises(InputError) as caught:
        Glossary(entries)
    assert reason in str(caught.value)
    assert cure in str(caught.value)


def test_several_faults_come_in_one_message() -> None:
    with pytest.raises(InputError, match="2 faults") as caught:
        Glossary([GlossaryEntry("", "x", origin="g.tsv:2"), GlossaryEntry("Kreml", "", origin="g.tsv:3")])
    assert "g.tsv:2" in str(caught.value)
    assert "g.tsv:3" in str(caught.value)


@pytest.mark.parametrize(
    "entries",
    [
        [GlossaryEntry("Putin", "Putin"), GlossaryEntry("Wladimir Putin", "Vladimir Putin")],
        [GlossaryEntry("Gift", "poison"), GlossaryEntry("Geschenk", "gift")],
        [GlossaryEntry("Deutschland", "Germany"), GlossaryEntry("Bundesrepublik", "Germany")],
        [GlossaryEntry("Kiew", "Kiev", status="deprecated"), GlossaryEntry("Kiew", "Kyiv")],
        [GlossaryEntry("EU", "EU", case="sensitive"), GlossaryEntry("eu", "you", case="sensitive")],
    ],
)
def test_what_is_no_fault(entries: list[GlossaryEntry]) -> None:
    assert find_faults(entries) == []


def test_a_pair_without_term_base_has_an_empty_one() -> None:
    assert Glossary.builtin(LanguagePair("fi", "sv")).entries == ()
