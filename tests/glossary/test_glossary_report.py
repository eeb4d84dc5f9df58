"""Metrics, report and audit."""

import json

import pytest

from toolkit.errors import InputError
from toolkit.glossary.audit import audit, audit_sentence, pair_up
from toolkit.glossary.entries import Glossary, GlossaryEntry
from toolkit.glossary.metrics import collateral, consistency, exact_success, forbidden_forms, score, term_success
from toolkit.glossary.report import COLUMNS, GlossaryReport
from toolkit.types import Block, Document, Occurrence, Segment, SegmentPair, Signature, Span, TranslatedBlock
from toolkit.types import TranslatedDocument as Translated

GLOSSARY = Glossary(
    [
        GlossaryEntry("Kiew", "Kyiv", "place", variants=("Kyjiv",), forbidden=("Kiev",)),
        GlossaryEntry("Sanktion", "sanction"),
        GlossaryEntry("=Formel", "=formula", match="exact"),
    ]
)
SOURCES = ["In Kiew.", "Kiews Sanktionen", "Aus Kiew", "Es regnet."]
TARGETS = ["In Kyiv.", "Kyjiv's sanctions", "From Kiev", "It rains."]


def pairs() -> tuple[SegmentPair, ...]:
    listed = enumerate(zip(SOURCES, TARGETS, strict=True))
    return audit(GLOSSARY, [SegmentPair(f"b{n}.0", Span(0, len(s)), s, t) for n, (s, t) in listed])


def occurrences() -> list[Occurrence]:
    return [term for pair in pairs() for term in pair.terms]


def test_scores() -> None:
    scores = score(occurrences(), GLOSSARY)
    assert scores.occurrences == 4
    assert scores.success == 0.75
    assert scores.exact == 0.25
    assert scores.forbidden == 0.25
    assert scores.consistency == 0.0
    assert "success 0.750" in str(scores)


def test_nothing_to_count_is_no_failure() -> None:
    assert (term_success([]), exact_success([]), consistency([])) == (1.0, 1.0, 1.0)
    assert score([], GLOSSARY).forbidden == 0.0


def test_collateral_counts_only_sentences_without_a_term() -> None:
    assert collateral(GLOSSARY, SOURCES, TARGETS, ["x", "y", "z", "It rains."]) == 0.0
    assert collateral(GLOSSARY, SOURCES, TARGETS, [*TARGETS[:3], "It pours."]) == 1.0


def test_forbidden_forms_are_those_of_the_terms_at_hand() -> None:
    assert forbidden_forms(GLOSSARY, "In Kiew", "Kiev, not Kyiv, but Kiev") == ["Kiev", "Kiev"]
    assert forbidden_forms(GLOSSARY, "In Rom", "Kiev") == []


def test_audit_tells_the_wrong_form_it_found() -> None:
    (occurrence,) = audit_sentence(GLOSSARY, "Aus Kiew", "From Kiev")
    assert (occurrence.method, occurrence.found, occurrence.found_span) == ("unenforced", "Kiev", Span(5, 9))


def document(path: str, *texts: str, split: bool = True) -> Document:
    blocks = []
    for number, text in enumerate(texts):
        segments = (Segment(f"b{number}.0", text, Span(0, len(text))),) if split else ()
        blocks.append(Block(f"b{number}", text, segments=segments))
    return Document(path, "text", b"", tuple(blocks))


def test_documents_are_paired_block_by_block() -> None:
    paired = pair_up(document("a.de.txt", "In Kiew.", "", "Ja."), document("a.en.txt", "In Kyiv.", "Yes."))
    assert [(pair.id, pair.source, pair.target) for pair in paired] == [
        ("b0.0", "In Kiew.", "In Kyiv."),
        ("b2.0", "Ja.", "Yes."),
    ]


def test_blocks_with_other_numbers_of_sentences_are_paired_whole() -> None:
    (pair,) = pair_up(document("a.txt", "In Kiew."), document("b.txt", "In Kyiv. Yes.", split=False))
    assert (pair.id, pair.target) == ("b0", "In Kyiv. Yes.")


def test_documents_of_different_layout_are_refused() -> None:
    with pytest.raises(InputError, match=r"b\.txt: has 1 blocks, its source a\.txt has 2"):
        pair_up(document("a.txt", "Ja.", "Nein."), document("b.txt", "Yes."))


def test_report_of_documents() -> None:
    source = document("a.txt", *SOURCES)
    blocks = tuple(TranslatedBlock(block, (pair,)) for block, pair in zip(source.blocks, pairs(), strict=True))
    report = GlossaryReport.from_documents([Translated(source, blocks, "en", Signature("0.1"))], GLOSSARY)
    assert (report.sentences, len(report.rows), report.glossary) == (4, 4, GLOSSARY.signature)
    assert [row.occurrence.found for row in report.unenforced] == ["Kiev"]
    assert report.methods["native"] == 3
    table = report.as_table()
    assert table.startswith(f"Glossary {GLOSSARY.signature}: 4 occurrences: success 0.750")
    assert "a.txt  b2.0      Kiew    Kyiv      Kiev   unenforced" in table


def test_json_has_schema_totals_and_rows() -> None:
    report = GlossaryReport.from_pairs({"a.txt": pairs()}, GLOSSARY, collateral=0)
    data = json.loads(report.as_json())
    assert data["schema"] == 1
    assert data["totals"]["success"] == 0.75
    assert data["totals"]["collateral"] == 0
    assert data["occurrences"][3]["found_span"] == [5, 9]
    assert set(data["methods"]) == {"native", "inline", "nbest", "source", "repair", "forced", "unenforced"}


def test_tables_have_one_header_and_no_formulas() -> None:
    terms = audit_sentence(GLOSSARY, "=Formel", "=formula")
    report = GlossaryReport.from_pairs({"=x\ty": [SegmentPair("b0.0", Span(0, 7), "", "", terms=terms)]}, GLOSSARY)
    header, row = report.as_tsv().splitlines()
    assert header.split("\t") == list(COLUMNS)
    assert row.split("\t")[0] == "'=x y"
    assert "'=formula" in report.as_csv()


def test_a_report_without_terms_says_so() -> None:
    assert "no term found" in GlossaryReport.from_pairs({}, GLOSSARY).as_table()
