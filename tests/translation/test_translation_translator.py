"""The translator: order, pooling, layout, retries, memory, glossary, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.documents import parse, write
from toolkit.engines.base import DecodingOptions
from toolkit.engines.fake import FakeEngine
from toolkit.glossary import Glossary, GlossaryEntry
from toolkit.memory import TranslationMemory
from toolkit.translation import DocumentTranslator
from toolkit.types import Document, Hypothesis

TABLE = {
    "Das ist wahr.": "That is true.",
    "Er kam gestern.": "He came yesterday.",
    "Uschakow sprach mit Reportern.": "Uschakow spoke to reporters.",
}


def document(text: str, path: str = "a.txt") -> Document:
    return parse(text.encode(), path=path, format="text", language="de")


def test_documents_come_back_in_order_with_every_sentence_paired() -> None:
    translator = DocumentTranslator(FakeEngine(TABLE))
    documents = [document(f"Das ist wahr. Er kam gestern.\n\nNummer {n}.", f"{n}.txt") for n in range(5)]

    results = list(translator.translate(documents))

    assert [result.document.path for result in results] == [f"{n}.txt" for n in range(5)]
    assert [pair.target for pair in results[3].pairs] == ["That is true.", "He came yesterday.", "Nummer 3."]
    assert write(results[0]).decode() == "That is true. He came yesterday.\n\nNummer 0."


def test_every_distinct_sentence_is_decoded_once() -> None:
    engine = FakeEngine(TABLE)
    list(DocumentTranslator(engine).translate([document("Das ist wahr.\n\nDas ist wahr."), document("Das ist wahr.")]))
    assert engine.calls == [["Das ist wahr."]]


def test_documents_are_read_only_as_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """At most three windows are in memory: one read, one decoded, one consumed."""
    monkeypatch.setattr("toolkit.translation.translator.WINDOW", 2)
    read = 0

    def documents() -> Iterator[Document]:
        nonlocal read
        for n in range(50):
            read += 1
            yield document(f"Das ist wahr.\n\nNummer {n}.")

    results = DocumentTranslator(FakeEngine(TABLE)).translate(documents())
    next(results)
    assert read <= 3


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n \t"), min_size=1))
def test_the_identity_engine_changes_no_byte(text: str) -> None:
    if not text.strip():
        return
    translated = next(DocumentTranslator(FakeEngine()).translate([document(text)]))
    assert write(translated) == text.encode()


def test_text_layout_stays() -> None:
    text = "  Das ist wahr.\n\n\n\tEr kam gestern.\n"
    assert DocumentTranslator(FakeEngine(TABLE)).translate_text(text) == "  That is true.\n\n\n\tHe came yesterday.\n"


@pytest.mark.parametrize(
    "text", ["", "  \n\n", "* * *", "https://example.org/a_b", "31 %", "This is English already, and plainly so."]
)
def test_what_has_nothing_to_translate_is_copied(text: str) -> None:
    engine = FakeEngine(lambda source: "changed")
    assert DocumentTranslator(engine).translate_text(text) == text
    assert engine.calls == []


class StutteringEngine(FakeEngine):
    """Loops at its default settings; the wider search of a retry finds the right words."""

    def translate(
        self,
        sources: Sequence[str],
        options: DecodingOptions,
        *,
        prefixes: Sequence[str] | None = None,
        suppress: Sequence[str] = (),
    ) -> list[tuple[Hypothesis, ...]]:
        bad, good = Hypothesis("That is true is true is true is true.", -0.2), Hypothesis("That is true.", -0.6)
        return [(bad, good)[: options.hypotheses] for _ in sources]


def test_a_suspicious_sentence_is_decoded_again_and_the_better_result_kept() -> None:
    (pair,) = DocumentTranslator(StutteringEngine()).translate_sentences(["Das ist wahr."])
    assert pair.target == "That is true."
    assert [flag.kind for flag in pair.flags] == ["retried"]


def test_what_stays_wrong_is_flagged() -> None:
    engine = FakeEngine(lambda source: "It was 17 people in all that day.")
    (pair,) = DocumentTranslator(engine).translate_sentences(["Es waren 70 Menschen an jenem Tag."])
    assert [flag.kind for flag in pair.flags] == ["numbers"]


def test_a_sentence_too_long_for_the_engine_is_split_flagged_and_whole() -> None:
    source = ", und ".join(f"Haus {n} steht leer" for n in range(30)) + "."
    engine = FakeEngine(max_tokens=20)
    (pair,) = DocumentTranslator(engine).translate_sentences([source])
    assert "split" in [flag.kind for flag in pair.flags]
    assert pair.target.split() == source.split()
    assert all(count <= 20 for call in engine.calls for count in engine.count_tokens(call))


def test_the_memory_is_asked_first_and_says_so(tmp_path: Path) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    first = DocumentTranslator(FakeEngine(TABLE), memory=memory).translate_sentences(["Das ist wahr."])
    engine = FakeEngine(TABLE)
    second = DocumentTranslator(engine, memory=memory).translate_sentences(["Das ist wahr."])
    assert (first[0].origin, second[0].origin) == ("engine", "memory")
    assert first[0].target == second[0].target
    assert engine.calls == []


def test_a_new_glossary_entry_outranks_the_memory_where_it_matches(tmp_path: Path) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    sources = ["Uschakow sprach mit Reportern.", "Das ist wahr."]
    DocumentTranslator(FakeEngine(TABLE), memory=memory).translate_sentences(sources)
    glossary = Glossary([GlossaryEntry("Uschakow", "Ushakov", "person")])

    pairs = DocumentTranslator(FakeEngine(TABLE), memory=memory, glossary=glossary).translate_sentences(sources)

    assert [pair.target for pair in pairs] == ["Ushakov spoke to reporters.", "That is true."]
    assert [pair.origin for pair in pairs] == ["engine", "memory"]


def test_imported_translations_come_before_the_engine(tmp_path: Path) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    engine = FakeEngine(TABLE)
    translator = DocumentTranslator(engine, memory=memory)
    memory.import_units([(translator.pair, "Das ist wahr.", "True enough.")])
    assert translator.translate_sentences(["Das ist wahr."])[0].target == "True enough."


def test_addresses_and_identifiers_survive_an_engine_that_garbles_them() -> None:
    engine = FakeEngine(lambda source: "See example dot org for details.")
    (pair,) = DocumentTranslator(engine).translate_sentences(["Siehe https://example.org/a_b für Einzelheiten."])
    assert "https://example.org/a_b" in pair.target or [flag.kind for flag in pair.flags] == ["glossary"]


def test_sentences_without_a_term_are_identical_with_and_without_glossary() -> None:
    glossary = Glossary([GlossaryEntry("Uschakow", "Ushakov", "person")])
    sources = ["Das ist wahr.", "Er kam gestern."]
    without = DocumentTranslator(FakeEngine(TABLE)).translate_sentences(sources)
    assert DocumentTranslator(FakeEngine(TABLE), glossary=glossary).translate_sentences(sources) == without


def test_boilerplate_may_be_left_as_it_is() -> None:
    text = "Das ist wahr.\n\nMelden Sie sich jetzt für unseren kostenlosen Newsletter an!\n"
    engine = FakeEngine(lambda source: "X.")
    translator = DocumentTranslator(engine, drop_boilerplate=True)
    assert write(next(translator.translate([document(text)]))).decode().startswith("X.\n\nMelden Sie sich")
    assert "boilerplate dropped" in str(translator.signature)
