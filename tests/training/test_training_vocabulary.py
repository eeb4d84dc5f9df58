"""Vocabulary: opening quotes are followed by a word's usual piece, and nobody sees the space that makes it so."""

from pathlib import Path
from typing import Any

import pytest
import toy_language
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.models.archive import read
from training.config import VocabularyConfig
from training.tokens import BOS_PIECE, EOS_PIECE, MARKS, PAD_PIECE, UNK_PIECE
from training.vocabulary import LETTERS, QUOTES, normalizer, processor, rewrite, rules_of, train

BUILTIN = sorted((Path(__file__).parents[2] / "toolkit/models/builtin").glob("translate-de_en-*.argosmodel"))[-1]


def seen(language: str, text: str) -> str:
    return str(normalizer(language).normalize(text)).replace("▁", " ").strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„Beide“, sagte er", "„ Beide“, sagte er"),
        ('"Beide", sagte er', "„ Beide“, sagte er"),
        ("»Beide«, sagte er", "„ Beide“, sagte er"),
        ("«Beide», sagte er", "„ Beide“, sagte er"),
        ("“Beide”, sagte er", "„ Beide“, sagte er"),
        ("„Die ‚Welt‘ schrieb“", "„ Die „ Welt“ schrieb“"),
        ("›Welt‹", "„ Welt“"),
        ("„ Beide “", "„ Beide “"),
        ("„Älteste“ und „42“", "„ Älteste“ und „ 42“"),
        ("„⟦ A → B ⟧“", "„ ⟦ A → B ⟧“"),
        ("geht’s, geht´s, geht`s, geht's", "geht's, geht's, geht's, geht's"),
        ("Do\u00adnau\u00a0fluss …", "Donau fluss ..."),
        ("e\u0301 und u\u0308", "é und ü"),
        ("", ""),
    ],
)
def test_german_as_the_model_sees_it(text: str, expected: str) -> None:
    assert seen("de", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Both,” he said", "“ Both,” he said"),
        ('"Both," he said', "“ Both,” he said"),
        ("‘Both,’ he said", "“ Both,' he said"),  # why corpus.tidy turns nested single quotes into double ones
        ("„Both“", "“ Both“"),
        ("don’t", "don't"),
        ("5 ‘ 6", "5 ‘ 6"),
    ],
)
def test_english_as_the_model_sees_it(text: str, expected: str) -> None:
    assert seen("en", text) == expected


@pytest.mark.parametrize("language", sorted(QUOTES))
def test_rules_never_touch_what_other_rules_made(language: str) -> None:
    for written in rules_of(language).table().values():
        assert seen(language, written) == written.strip()


@given(st.text(alphabet='ab „“”"»«‚‘’›‹1.,', max_size=20))
def test_seeing_twice_is_seeing_once(text: str) -> None:
    once = seen("de", text)
    assert seen("de", once) == once


@given(st.text(alphabet=LETTERS + " .,:-", max_size=30))
def test_text_without_signs_is_left_alone(text: str) -> None:
    spaced = " ".join(text.split())
    assert seen("de", spaced) == seen("en", spaced) == spaced


def test_an_unknown_language_is_an_input_error() -> None:
    with pytest.raises(InputError, match="'fr'"):
        rules_of("fr")


@pytest.fixture(scope="module")
def builtin() -> bytes:
    pytest.importorskip("google.protobuf", reason="writing a SentencePiece model needs protobuf")
    return read(BUILTIN).open().sentencepiece


@pytest.fixture(scope="module")
def rewritten(builtin: bytes) -> Any:
    return processor(rewrite(builtin, "de", "en"))


def test_rewriting_keeps_the_pieces(builtin: bytes, rewritten: Any) -> None:
    before = processor(builtin)
    numbers = range(before.get_piece_size())
    assert [rewritten.id_to_piece(number) for number in numbers] == [before.id_to_piece(number) for number in numbers]


def test_a_word_after_a_quote_has_its_usual_piece(rewritten: Any) -> None:
    assert rewritten.encode("„Beide Seiten“", out_type=str)[:2] == ["▁„", "▁Beide"]
    assert rewritten.encode("Beide", out_type=str) == ["▁Beide"]


@pytest.mark.parametrize(
    "text", ["“Both sides,” he said.", "He said: “Yes.”", "No quotes, don't worry: 5 km.", "“A” “B”", ""]
)
def test_decoding_takes_the_space_away(builtin: bytes, rewritten: Any, text: str) -> None:
    target = processor(rewrite(builtin, "en", "en"))
    assert rewritten.decode(target.encode(text)) == text


def test_rewriting_twice_gives_the_same_bytes(builtin: bytes) -> None:
    once = rewrite(builtin, "de", "en")
    assert rewrite(once, "de", "en") == once


def test_other_bytes_are_an_input_error() -> None:
    pytest.importorskip("google.protobuf")
    with pytest.raises(InputError, match="no SentencePiece model"):
        rewrite(b"\xff\xff\xff", "de", "en")


def test_a_new_model_has_the_special_pieces_in_their_places() -> None:
    pytest.importorskip("google.protobuf")
    sides = dict(zip(("de", "en"), zip(*toy_language.pairs(), strict=True), strict=True))
    model = processor(train(VocabularyConfig(size=400, threads=1), sides))
    assert [model.id_to_piece(number) for number in range(4)] == [PAD_PIECE, UNK_PIECE, BOS_PIECE, EOS_PIECE]
    assert all(model.piece_to_id(mark) > 3 for mark in MARKS)
    assert model.encode("⟦ Rat → council ⟧", out_type=str)[0].strip("▁") in {"", "⟦"}
    assert model.encode("„Partei") == model.encode("„") + model.encode("Partei")


def test_too_little_text_is_an_input_error() -> None:
    with pytest.raises(InputError, match="SentencePiece"):
        train(VocabularyConfig(size=5000, threads=1), {"de": ["a"], "en": ["b"]})


@settings(max_examples=30)
@given(st.text(alphabet="abcÄöß „“\"'.,⟦→⟧", max_size=40))
def test_encoding_never_loses_a_letter(builtin: bytes, text: str) -> None:
    model = processor(builtin)
    letters = [char for char in text if char.isalpha()]
    assert [char for char in model.decode(model.encode(text)) if char.isalpha()] == letters
