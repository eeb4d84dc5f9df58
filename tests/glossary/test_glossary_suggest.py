"""Proposals: names spelled in several ways, Cyrillic names by rule, renderings that differ; nothing known."""

from toolkit.glossary.entries import Glossary, GlossaryEntry
from toolkit.glossary.exchange.tables import parse_tsv
from toolkit.glossary.suggest import suggest, texts_of, write
from toolkit.types import Block, Document, SegmentPair, Span

TEXTS = {
    "a.txt": "Putins Berater Yuri Ushakov sprach. Die Landschaft war schön. Selenskyj kam nach Charkiw.",
    "b.txt": "Juri Uschakow sagte, Uschakows Plan stehe. Uschakow flog ab. Die Grundschule blieb zu.",
}


def found(texts: dict[str, str], **more: object) -> dict[str, tuple[str, tuple[str, ...], str]]:
    return {s.entry.source: (s.entry.target, s.entry.aliases, s.entry.kind) for s in suggest(texts, **more)}  # type: ignore[arg-type]


def test_names_in_several_spellings_and_names_by_rule() -> None:
    assert found(TEXTS) == {
        "Juri Uschakow": ("Yuri Ushakov", ("Yuri Ushakov",), "person"),
        "Uschakow": ("Ushakov", ("Ushakov",), "person"),
        "Selenskyj": ("Zelensky", (), "person"),
        "Charkiw": ("Kharkiv", (), "place"),
    }


def test_the_evidence_says_where_and_how_often() -> None:
    (first, *_) = suggest(TEXTS)
    assert first.evidence == ("spelled Juri Uschakow 1× in b.txt, Yuri Ushakov 1× in a.txt", "by rule Yuri Ushakov")


def test_a_first_name_that_never_stands_alone_is_no_entry() -> None:
    assert list(found({"a": "Wladimir Putin kam. Wladimir Putin ging."})) == ["Wladimir Putin"]
    assert list(found({"a": "Präsident Lukaschenko kam."})) == ["Lukaschenko"]


def test_what_the_glossary_knows_is_not_proposed() -> None:
    known = Glossary(
        [
            GlossaryEntry("Uschakow", "Ushakov", "person", aliases=("Ushakov",)),
            GlossaryEntry("Juri Uschakow", "Yuri Ushakov", "person", aliases=("Yuri Ushakov",)),
        ]
    )
    assert list(found(TEXTS, glossary=known)) == ["Charkiw", "Selenskyj"]


def test_names_that_are_rendered_inconsistently() -> None:
    sentences = [
        ("Als Karsai kam", "When Karzai came"),
        ("Doch Karsai ging", "But Karsai left"),
        ("Weil Karsai", "As Karzai"),
    ]
    pairs = [SegmentPair(str(n), Span(0, len(s)), s, t) for n, (s, t) in enumerate(sentences)]
    (each,) = suggest({}, {"a.txt": pairs})
    assert (each.entry.source, each.entry.target) == ("Karsai", "Karzai")
    assert each.evidence == ("translated as Karzai (2×), Karsai (1×)",)


def test_the_list_is_a_term_base_that_can_be_passed_back() -> None:
    entries = parse_tsv(write(suggest(TEXTS)))
    assert Glossary(entries).find("Uschakows Plan")[0].entry.target == "Ushakov"
    assert "by rule" in entries[0].note


def test_texts_of_documents_leave_out_what_is_not_translated() -> None:
    blocks = (Block("b0", "Ja."), Block("b1", "x = 1", role="code", translatable=False), Block("b2", ""))
    assert texts_of([Document("a.txt", "text", b"", blocks)]) == {"a.txt": "Ja."}
