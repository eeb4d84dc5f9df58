"""Summaries of documents, of translations and of several articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from toolkit.engines.fake import FakeEngine
from toolkit.errors import InputError
from toolkit.summaries import METHODS, Length, MethodName, summarize, summarize_many
from toolkit.summaries.candidates import document_of
from toolkit.text import roles
from toolkit.types import Block, Document, Flag, SegmentPair, Signature, TranslatedBlock, TranslatedDocument

ENGLISH = {
    "Rat verkauft Stadtwerke": "Council sells utility",
    "Der Rat von Altheim verkauft die Hälfte der Stadtwerke.": "The council of Altheim is selling half of the utility.",
    "Er stimmte in der Nacht darüber ab.": "It voted on the matter at night.",
    "Vor dem Rathaus regnete es in Strömen.": "Outside the town hall it was pouring.",
    "Der Verkauf der Stadtwerke bringt Altheim 85 Millionen Euro.": "The sale of the utility brings in 85 million.",
    "Lesen Sie auch unseren Kommentar dazu.": "Read also our comment on this.",
}
TITLE, *BODY = ENGLISH


def article() -> Document:
    blocks = (
        Block("b0", TITLE, role="title"),
        Block("b1", f"{BODY[0]} {BODY[1]}"),
        Block("b2", f"{BODY[2]} {BODY[3]}"),
        Block("b3", "Jetzt den Newsletter der Redaktion bestellen und nichts verpassen.", role="boilerplate"),
        Block("b4", BODY[4]),
    )
    return roles.segment(Document("altheim.txt", "text", b"", blocks))


def translated(document: Document, flags: Mapping[str, tuple[Flag, ...]] | None = None) -> TranslatedDocument:
    """Translate with a table; *flags* are given to the sentences with those ids."""
    engine = FakeEngine(ENGLISH)
    blocks = []
    for block in document.blocks:
        sources = [segment.text for segment in block.segments]
        targets = [candidates[0].text for candidates in engine.translate(sources, engine.defaults)] if sources else []
        pairs = tuple(
            SegmentPair(segment.id, segment.span, segment.text, target, flags=(flags or {}).get(segment.id, ()))
            for segment, target in zip(block.segments, targets, strict=True)
        )
        blocks.append(TranslatedBlock(block, pairs))
    return TranslatedDocument(document, tuple(blocks), "en", Signature("test"))


def test_a_document_is_summarised_in_its_language_with_ids_and_places() -> None:
    summary = summarize(article(), length=Length.sentences(2))
    assert summary.texts() == (BODY[0], BODY[3])
    assert [(sentence.index, sentence.segment) for sentence in summary.sentences] == [(0, "b1.0"), (3, "b2.1")]
    assert (summary.languages, summary.method, summary.mode, summary.notices) == (("de",), "default", "one-side", ())


def test_a_translation_is_summarised_on_its_target_side_unless_asked() -> None:
    material = translated(article())
    assert summarize(material, length=Length.sentences(1)).texts() == (ENGLISH[BODY[0]],)
    assert summarize(material, length=Length.sentences(1), language="de").texts() == (BODY[0],)


@pytest.mark.parametrize("method", METHODS)
def test_an_aligned_summary_shows_the_same_sentences_on_both_sides(method: MethodName) -> None:
    summary = summarize(translated(article()), length=Length.sentences(2), method=method, mode="aligned")
    assert summary.languages == ("de", "en")
    assert summary.texts("en") == tuple(ENGLISH[text] for text in summary.texts("de"))
    assert TITLE not in summary.texts()
    assert not any("Newsletter" in text or "Lesen Sie" in text for text in summary.texts())


def test_an_aligned_length_in_words_holds_on_both_sides() -> None:
    summary = summarize(translated(article()), length=Length.words(12), mode="aligned")
    assert summary.sentences
    assert all(sum(len(text.split()) for text in summary.texts(language)) <= 12 for language in ("de", "en"))


def test_independent_summaries_come_one_after_the_other() -> None:
    summary = summarize(translated(article()), length=Length.sentences(2), mode="independent")
    assert [sentence.language for sentence in summary.sentences] == ["de", "de", "en", "en"]
    assert summary.texts("de") == (BODY[0], BODY[3])
    assert summary.texts("en") == (ENGLISH[BODY[0]], ENGLISH[BODY[3]])


@pytest.mark.parametrize("kind", ["untranslated", "cut_off", "loop"])
def test_a_sentence_with_an_unfit_translation_is_left_out(kind: str) -> None:
    flagged = translated(article(), {"b1.0": (Flag(kind),)})  # type: ignore[arg-type]
    for mode in ("aligned", "one-side"):
        assert "b1.0" not in {sentence.segment for sentence in summarize(flagged, mode=mode).sentences}  # type: ignore[arg-type]


def test_a_mere_warning_leaves_a_sentence_in() -> None:
    flagged = translated(article(), {"b1.0": (Flag("numbers"),)})
    assert "b1.0" in {sentence.segment for sentence in summarize(flagged, mode="aligned").sentences}


def test_the_headline_is_not_shown_again_from_the_body() -> None:
    document = roles.segment(
        replace(article(), blocks=(*article().blocks[:1], Block("x", TITLE + "."), *article().blocks[1:]))
    )
    assert TITLE + "." not in summarize(document, length=Length.sentences(5)).texts()


@pytest.mark.parametrize(
    "first", ['"Endlich auf die Bremse treten!"', "Wann endet der Streik?", "Rat verkauft Stadtwerke"]
)
def test_a_headline_that_nobody_marked_is_not_shown(first: str) -> None:
    blocks = (Block("b0", first), Block("b1", f"{BODY[0]} {BODY[2]}"), Block("b2", BODY[3]))
    document = roles.segment(Document("a.txt", "text", b"", blocks))
    for material in (document, translated(document)):
        assert "b0.0" not in {
            sentence.segment for sentence in summarize(material, length=Length.sentences(9)).sentences
        }


def test_a_first_line_that_ends_like_a_sentence_is_body() -> None:
    blocks = (Block("b0", BODY[0]), Block("b1", f"{BODY[2]} {BODY[3]}"))
    assert BODY[0] in summarize(roles.segment(Document("a.txt", "text", b"", blocks))).texts()


def test_fewer_sentences_than_asked_for_are_explained() -> None:
    summary = summarize(article(), length=Length.sentences(9))
    assert len(summary.sentences) == 4
    assert summary.notices == ("4 of 9 sentences: no other can stand alone without repeating",)


@pytest.mark.parametrize("text", ["", "\n\n", "Warum?", "Teilen"])
def test_a_text_with_nothing_to_show_gives_an_empty_summary_and_says_so(text: str) -> None:
    summary = summarize(text, language="de")
    assert summary.texts() == ()
    assert summary.notices == ("no sentence can stand alone in 3 sentences",)


def test_several_articles_are_told_once() -> None:
    """A reprint adds nothing; sentences keep the articles' order and say which article they are from."""
    other = document_of("Die Stadtwerke Altheim gehen zur Hälfte an den Versorger Elbstrom aus Seestadt.", "de")
    summary = summarize_many([article(), article(), other], length=Length.sentences(4))
    assert len(set(summary.texts())) == len(summary.texts())
    assert [sentence.document for sentence in summary.sentences] == sorted(s.document for s in summary.sentences)
    assert {sentence.document for sentence in summary.sentences} == {0, 2}


def test_plain_text_without_blank_lines_has_a_paragraph_a_line_and_wraps_are_joined() -> None:
    lines = document_of("Rat verkauft Stadtwerke\nDer Rat hat das beschlossen.\nVor dem Rathaus regnete es.", "de")
    wrapped = document_of(
        "Der Rat von Altheim hat in der Nacht auf\nFreitag beschlossen, die Stadtwerke zu\nverkaufen.", "de"
    )
    assert len(lines.blocks) == 3
    assert len(wrapped.blocks) == 1


def test_a_very_long_text_is_read_from_its_beginning_and_that_is_said() -> None:
    text = " ".join(f"Satz {number} nennt das Wort{number % 97} und den Ort{number % 89}." for number in range(110))
    assert summarize(text, language="de", method="kl").notices == ("kl looked at the first 100 of 110 sentences",)


def test_json_holds_the_texts_in_order_and_the_details() -> None:
    found = summarize(translated(article()), length=Length.sentences(2), mode="aligned").as_dict()
    assert found["sentences"] == [BODY[0], BODY[3]]
    assert found["details"][1]["other"] == ENGLISH[BODY[3]]
    assert found["languages"] == ["de", "en"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"mode": "aligned"}, "needs a translation"),
        ({"language": "en"}, "the document is in de, not in en"),
        ({"method": "best"}, "no summary method is called 'best'"),
    ],
)
def test_impossible_requests_on_a_document_are_explained(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        summarize(article(), **arguments)  # type: ignore[arg-type]


def test_impossible_requests_on_translations_are_explained() -> None:
    with pytest.raises(InputError, match="no side in fr"):
        summarize(translated(article()), language="fr")
    with pytest.raises(InputError, match="not in fr"):
        summarize(translated(article())).texts("fr")
    with pytest.raises(InputError, match="different languages"):
        summarize_many([article(), document_of("The council sells the utility.", "en")])
    with pytest.raises(InputError, match="nothing to summarize"):
        summarize_many([])
