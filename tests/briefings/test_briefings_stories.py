"""Articles are grouped by event, not by who appears in them; copies count once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.briefings import sample
from toolkit.briefings import Briefing, build, stories
from toolkit.briefings.background import background
from toolkit.briefings.clustering import average_linkage
from toolkit.briefings.duplicates import find_duplicates
from toolkit.briefings.events import conflict, read_cues
from toolkit.briefings.reading import articles
from toolkit.types import TranslatedDocument


def members(briefing: Briefing) -> list[list[str]]:
    return [[briefing.article(each).path.rpartition("/")[2] for each in story.articles] for story in briefing.stories]


def test_two_reports_and_a_copy_are_one_story_and_the_vote_is_another(briefing: Briefing) -> None:
    assert members(briefing) == [["ferry.txt", "wave.txt", "copy.txt"], ["vote.txt"]]
    assert [story.sources for story in briefing.stories] == [2, 1]


def test_the_five_real_articles_are_four_events(translated_seeds: list[TranslatedDocument]) -> None:
    """Two on the summit in May 2024; the two video calls and the telephone call of the same two men are their own."""
    found = {frozenset(path[:3] for path in story) for story in members(build(translated_seeds))}
    assert found == {frozenset({"000", "003"}), frozenset({"001"}), frozenset({"002"}), frozenset({"004"})}


def test_what_is_told_does_not_depend_on_the_order_of_the_articles() -> None:
    forward = build(sample.folder(), glossary=sample.GLOSSARY)
    backward = build(reversed(sample.folder()), glossary=sample.GLOSSARY)
    assert {frozenset(each) for each in members(forward)} == {frozenset(each) for each in members(backward)}


def test_a_copy_is_named_with_what_it_copies(briefing: Briefing) -> None:
    assert [(each.article, each.of, each.kind) for each in briefing.duplicates] == [("a4", "a1", "copy")]
    assert briefing.article("a4").duplicate_of == "a1"


def test_a_reprint_that_was_cut_is_found_and_the_longer_article_is_kept() -> None:
    """The same agency text with a paragraph less: contained in the longer one, though shorter."""
    longer = sample.FERRY + sample.VOTE[1:]
    pair = [sample.translated("short.txt", sample.FERRY), sample.translated("long.txt", longer)]
    assert [(each.article, each.of, each.kind) for each in find_duplicates(articles(pair))] == [("a1", "a2", "reprint")]


def test_articles_without_common_text_are_no_duplicates() -> None:
    pair = [sample.translated("one.txt", sample.FERRY), sample.translated("two.txt", sample.VOTE)]
    assert find_duplicates(articles(pair)) == ()


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("Putin besuchte Peking am Donnerstag", "Der Gipfel am Donnerstagnachmittag", 1.0),
        ("das Telefonat am Donnerstag", "der Gipfel in Peking am Donnerstag", 0.5),
        ("die Videokonferenz am Mittwoch", "das Videotreffen am Dienstag", 0.6),
        ("a phone call on Thursday", "a visit on Tuesday", 0.3),
        ("am 15. Dezember", "December 16, 2021", 0.6),
        ("nichts davon", "das Telefonat am Donnerstag", 1.0),
        ("", "", 1.0),
    ],
)
def test_day_and_form_of_meeting_speak_against_one_event(one: str, other: str, factor: float) -> None:
    assert conflict(read_cues(one), read_cues(other)) == pytest.approx(factor)
    assert conflict(read_cues(other), read_cues(one)) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("2024-05-16", "2024-05-20", 1.0),
        ("2024-05-16", "2024-06-20", 0.5),
        ("2024-05", "2024-06-20", 1.0),
        ("", "2024-06-20", 1.0),
    ],
)
def test_weeks_between_two_articles_speak_against_one_event(one: str, other: str, factor: float) -> None:
    assert conflict(read_cues("", one), read_cues("", other)) == pytest.approx(factor)


def test_articles_without_text_are_their_own_stories() -> None:
    assert stories.cluster([stories.View({"de": ()}), stories.View({"de": ()})]) == [[0], [1]]
    assert stories.cluster([]) == []


@given(
    count=st.integers(0, 8),
    values=st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.floats(0, 1), max_size=20),
    threshold=st.floats(0.05, 1),
)
def test_linkage_puts_every_item_into_exactly_one_group(
    count: int, values: dict[tuple[int, int], float], threshold: float
) -> None:
    table = {(one, other): value for (one, other), value in values.items() if one < other < count}
    groups = average_linkage(count, table, threshold)
    assert sorted(item for group in groups for item in group) == list(range(count))
    assert groups == sorted(sorted(group) for group in groups)


def test_linkage_takes_the_mean_and_not_the_best_link() -> None:
    """Item 2 is close to 1 and far from 0, so the three are not one group at 0.5."""
    assert average_linkage(3, {(0, 1): 0.9, (1, 2): 0.6}, 0.5) == [[0, 1], [2]]
    assert average_linkage(3, {(0, 1): 0.9, (1, 2): 0.6, (0, 2): 0.4}, 0.5) == [[0, 1, 2]]


@pytest.mark.parametrize("language", ["de", "en"])
def test_background_knows_common_words_from_rare_ones(language: str) -> None:
    table = background(language)
    assert table.documents > 5000
    assert len(table.frequencies) == 5500
    assert all(1 <= number <= table.documents for number in table.frequencies.values())
    assert table.idf("a stem nobody has seen") == max(table.idf(stem) for stem in [*table.frequencies, "?"])


def test_every_word_weighs_the_same_in_a_language_without_a_table() -> None:
    assert background("fr").idf("le") == background("fr").idf("président")
