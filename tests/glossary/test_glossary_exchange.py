"""TSV, CSV and TBX: round trips, foreign files, and errors with line and cure."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.glossary import exchange
from toolkit.glossary.entries import Glossary, GlossaryEntry
from toolkit.glossary.exchange import tables, tbx

FULL = [
    GlossaryEntry(
        "Juri Uschakow",
        "Yuri Ushakov",
        "person",
        aliases=("Jurij Uschakow", "Juri Uschakov"),
        variants=("Yury Ushakov",),
        forbidden=("Juri Ushakov",),
        case="sensitive",
        match="exact",
        note="Berater; “Kreml” & <Co>",
        status="admitted",
    ),
    GlossaryEntry("Tagesschau", kind="keep"),
    GlossaryEntry("=SUMME", "-sum", note="@x"),
]


def plain(entries: list[GlossaryEntry]) -> list[tuple[object, ...]]:
    """Entries without the place they were read from."""
    return [
        (e.source, e.target, e.kind, e.aliases, e.variants, e.forbidden, e.case, e.match, e.note, e.status)
        for e in entries
    ]


@pytest.mark.parametrize("suffix", [".tsv", ".csv", ".tbx"])
def test_round_trip(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"terms{suffix}"
    path.write_text(exchange.dumps(FULL, suffix), encoding="utf-8")
    assert plain(exchange.read(path)) == plain(FULL)


WORD = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="|#\"'"), min_size=1)
ENTRY = st.builds(
    GlossaryEntry,
    source=WORD,
    target=WORD,
    kind=st.sampled_from(["person", "place", "term"]),
    aliases=st.lists(WORD, max_size=3).map(tuple),
    forbidden=st.lists(WORD, max_size=2).map(tuple),
    note=WORD,
)


@pytest.mark.parametrize("suffix", [".tsv", ".csv", ".tbx"])
@settings(max_examples=40, deadline=None)
@given(entries=st.lists(ENTRY, max_size=4))
def test_any_entries_survive_a_round_trip(suffix: str, entries: list[GlossaryEntry]) -> None:
    parse, write = exchange.FORMATS[suffix]
    assert plain(parse(write(entries), "-")) == plain(entries)


def test_tsv_takes_comments_blank_lines_any_column_order_and_short_rows() -> None:
    text = "# ours\ntarget\tsource\tnote\n\n# cities\nKyiv\tKiew\r\nKremlin\tKreml\tMoscow\n"
    entries = tables.parse_tsv(text, "a.tsv")
    assert [(e.source, e.target, e.note, e.origin) for e in entries] == [
        ("Kiew", "Kyiv", "", "a.tsv:5"),
        ("Kreml", "Kremlin", "Moscow", "a.tsv:6"),
    ]


BROKEN = [
    ("source\ttarget\tknd\n", "a.tsv:1: unknown column 'knd'. Cure: did you mean 'kind'?"),
    ("source\tkind\nx\tterm\n", "a.tsv:1: needs one column 'target'"),
    ("source\ttarget\tkind\nx\ty\tpersn\n", "a.tsv:2: unknown kind 'persn'. Cure: did you mean 'person'?"),
    ("source\ttarget\tcase\nx\ty\tsmrt\n", "a.tsv:2: unknown case 'smrt'. Cure: did you mean 'smart'?"),
    ("source\ttarget\nx\ty\tz\n", "a.tsv:2: 3 cells under 2 columns"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_a_broken_row_is_told_with_line_and_cure(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        tables.parse_tsv(text, "a.tsv")
    assert str(caught.value).startswith(message)


def test_csv_without_header_is_source_and_target_with_either_delimiter() -> None:
    for text in ("Kiew,Kyiv\nKreml,Kremlin\n", "Kiew;Kyiv\r\nKreml;Kremlin\r\n"):
        assert [(e.source, e.target) for e in tables.parse_csv(text)] == [("Kiew", "Kyiv"), ("Kreml", "Kremlin")]


def test_white_space_inside_a_form_is_levelled() -> None:
    (entry,) = tables.parse_csv('source,target\n"Weißes\n  Haus",White\u00a0House\n')
    assert (entry.source, entry.target) == ("Weißes Haus", "White House")


@pytest.mark.parametrize("text", ["a,b,c\n", 'source,target\n"Kiew,Kyiv\n'])
def test_csv_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        tables.parse_csv(text)


def test_report_cells_are_no_formulas_but_exchange_cells_are_untouched() -> None:
    assert tables.write_report_csv([["=1", "+a", "-1-1", "@a", "-1.5"]]) == "'=1,'+a,'-1-1,'@a,-1.5\n"
    assert "=SUMME,-sum" in tables.write_csv(FULL)


def test_tbx_of_another_tool_in_the_older_style_is_read() -> None:
    text = """<?xml version="1.0"?>
    <martif type="TBX" xml:lang="en"><text><body><termEntry id="c7">
      <langSet xml:lang="de-DE"><tig><term>Kiew</term></tig><tig><term>Kyjiw</term>
        <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig></langSet>
      <langSet xml:lang="en"><ntig><termGrp><term>Kiev</term>
        <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termGrp></ntig>
        <ntig><termGrp><term>Kyiv</term></termGrp></ntig></langSet>
    </termEntry></body></text></martif>"""
    (entry,) = tbx.parse(text, "x.tbx")
    assert (entry.source, entry.target, entry.aliases, entry.forbidden) == ("Kiew", "Kyiv", ("Kyjiw",), ("Kiev",))
    assert entry.origin == "x.tbx#c7"


GERMAN_ONLY = '<langSec xml:lang="de"><termSec><term>x</term></termSec></langSec>'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<tbx><text>", "broken XML"),
        ('<!DOCTYPE t [<!ENTITY a "b">]><tbx>&a;</tbx>', "unsafe XML"),
        ("<tbx><conceptEntry>" + GERMAN_ONLY + "</conceptEntry></tbx>", "no term in 'en'"),
    ],
)
def test_tbx_that_is_broken_unsafe_or_lacks_a_side_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        tbx.parse(text, "x.tbx")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no term base format"):
        exchange.read(tmp_path / "terms.docx")
    with pytest.raises(InputError, match="No such file"):
        exchange.read(tmp_path / "none.tsv")
    latin = tmp_path / "latin.tsv"
    latin.write_bytes("source\ttarget\nWeißrussland\tBelarus\n".encode("cp1252"))
    with pytest.raises(InputError, match=r"latin\.tsv:2: is not UTF-8"):
        exchange.read(latin)


def test_loading_several_files_lays_the_later_over_the_earlier(tmp_path: Path) -> None:
    for name, target in (("ours", "Kyiv"), ("mine", "Kiev")):
        (tmp_path / f"{name}.tsv").write_text(f"source\ttarget\nKiew\t{target}\n", encoding="utf-8-sig")
    glossary = Glossary.load([tmp_path / "ours.tsv", tmp_path / "mine.tsv"])
    assert [entry.target for entry in glossary.entries] == ["Kiev"]
