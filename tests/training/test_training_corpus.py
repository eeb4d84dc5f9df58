"""Corpus: what is read, what is dropped, and that nothing of a test set is learnt."""

import lzma
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
from training.corpus import (
    FILTERS,
    NGRAM,
    CorpusFile,
    SentencePair,
    TestSets,
    clean,
    fault,
    load_recipe,
    read,
    read_lines,
    tidy,
)

RECIPE = Path(__file__).parents[2] / "training" / "recipe.toml"
TEST_LINE = "Am Dienstag will der Ausschuss über den Entwurf des neuen Gesetzes zur Pflege beraten."


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("", "Yes.", "empty"),
        ("Ja.", "", "empty"),
        ("Das ist \ufffdbel.", "That is bad.", "broken characters"),
        ("Das\x07", "That", "broken characters"),
        ("12 / 34", "12 / 34", "no letters"),
        ("a" * 1001, "b " * 500, "too long"),
        ("Sie ging.", "She left the house in the evening and was never seen again.", "lengths differ"),
        ("Open the file menu now", "Open the file menu now", "untranslated"),
        ("Frank-Walter Steinmeier", "Frank-Walter Steinmeier", None),
        ("Ja.", "Yes, certainly.", None),
        ("Der Rat tagt.", "The council meets.", None),
        (f"Er sagte: ⟦ {'Wort' * 9} → word ⟧", "He said: word " + "and so on " * 2, None),
    ],
)
def test_filters(source: str, target: str, expected: str | None) -> None:
    assert fault(SentencePair(source, target)) == expected


def test_every_filter_has_a_case_above() -> None:
    assert set(FILTERS) == {
        "empty", "broken characters", "no letters", "too long", "lengths differ", "untranslated"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "overlap"),
    [
        (TEST_LINE, "exact"),
        (TEST_LINE.upper().replace(".", " !"), "exact"),
        ("Wie gemeldet: " + TEST_LINE, "10-gram"),
        (" ".join(TEST_LINE.split()[: NGRAM - 1]), None),
        ("Der Ausschuss berät.", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("side", ["source", "target"])
def test_overlap_with_a_test_set_is_seen_on_either_side(line: str, overlap: str | None, side: str) -> None:
    other = {"source": "target", "target": "source"}[side]
    pair = SentencePair(**{side: line, other: "Ganz anderes."})
    assert TestSets([TEST_LINE]).overlap(pair) == overlap


def test_an_annotation_does_not_hide_a_test_sentence() -> None:
    source = TEST_LINE.replace("Ausschuss", "⟦ Ausschuss → committee ⟧")
    assert TestSets([TEST_LINE]).overlap(SentencePair(source, "x")) == "exact"


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_test_set_overlaps_with_itself_and_punctuation_never_does(line: str, other: str) -> None:
    has_words = any(char.isalnum() or char == "_" for char in line)
    assert (TestSets([line]).overlap(SentencePair(line, "")) == "exact") == has_words
    assert TestSets([]).overlap(SentencePair(line, other)) is None


def test_clean_counts_what_it_drops() -> None:
    dropped: Counter[str] = Counter()
    pairs = [SentencePair("Ja.", "Yes."), SentencePair("", "No."), SentencePair(TEST_LINE, "x y z")]
    kept = list(clean(pairs, TestSets([TEST_LINE]), dropped))
    assert [pair.target for pair in kept] == ["Yes."]
    assert dropped["empty"] == 1
    assert dropped.total() == 2


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("⟦Moskau→Moscow⟧", "", ("⟦ Moskau → Moscow ⟧", "")),
        ("⟦ Moskau → Moscow ⟧s", "", ("⟦ Moskau → Moscow ⟧s", "")),
        (" Ja. ", "It was ‘over’, he said.", ("Ja.", "It was “over”, he said.")),
        ("Ja.", "The players’ union’s ‘yes’.", ("Ja.", "The players’ union’s “yes”.")),
        ("Ja.", "‘no end", ("Ja.", "‘no end")),
    ],
)
def test_tidy(source: str, target: str, expected: tuple[str, str]) -> None:
    pair = tidy(SentencePair(source, target))
    assert (pair.source, pair.target) == expected


@given(st.text(alphabet="ab⟦→⟧ ‘’.", max_size=30), st.text(alphabet="ab⟦→⟧ ‘’.", max_size=30))
def test_tidy_twice_changes_nothing_more_in_the_source(source: str, target: str) -> None:
    once = tidy(SentencePair(source, target))
    assert tidy(once).source == once.source


def test_the_projects_recipe_names_every_file_once() -> None:
    files = [source.file for source in load_recipe(RECIPE)]
    assert len(files) == len(set(files)) == 8
    assert all(source.licence and source.about and source.weight > 0 for source in load_recipe(RECIPE))


def test_tags_choose_the_weight() -> None:
    news = next(source for source in load_recipe(RECIPE) if source.file.startswith("news"))
    assert [news.weight_of(tag) for tag in ("wmt14", "tatoeba", "wmt20-chat", "xquad")] == [3.0, 0.7, 0.4, 1.5]


def test_read_weights_tidies_and_reverses(tmp_path: Path) -> None:
    with lzma.open(tmp_path / "a.tsv.xz", "wt", encoding="utf-8") as out:
        out.write("Ja.\tYes.\twmt14/x\nNein.\tNo.\n")
    sources = [CorpusFile("a.tsv.xz", 0.5, "", "", {"wmt": 3.0})]
    assert list(read(tmp_path, sources)) == [
        SentencePair("Ja.", "Yes.", 3.0, "a.tsv.xz:wmt14/x"),
        SentencePair("Nein.", "No.", 0.5, "a.tsv.xz:"),
    ]
    assert next(read(tmp_path, sources, reverse=True)).source == "Yes."


def test_reversed_pairs_have_no_annotations(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("⟦Rat→Council⟧\tCouncil\nJa.\tYes.\n", encoding="utf-8")
    pairs = list(read(tmp_path, [CorpusFile("a.tsv", 1.0, "", "")], reverse=True))
    assert [(pair.source, pair.target) for pair in pairs] == [("Yes.", "Ja.")]


def test_a_line_without_a_tab_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("Ja.\tYes.\nNein.\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.tsv:2.*no tab"):
        list(read(tmp_path, [CorpusFile("a.tsv", 1.0, "", "")]))


@pytest.mark.parametrize("content", [None, b"not xz"])
def test_a_missing_or_broken_file_is_an_input_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.tsv.xz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"a\.tsv\.xz"):
        list(read_lines(path))


def test_lines_end_at_newlines_only(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("a\u2028b\r\nc\x0bd\n\n".encode())
    assert list(read_lines(path)) == ["a\u2028b", "c\x0bd", ""]


@pytest.mark.parametrize("content", ["", "[[source]]\nfile = 1", "[[source]]\nfile = 'a'\nbogus = 1", "= ="])
def test_a_wrong_recipe_is_an_input_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="no recipe"):
        load_recipe(path)
