"""The briefing as data: what is in it, where it comes from, and that the same input gives the same."""

from __future__ import annotations

import pytest

from tests.briefings import sample
from toolkit.briefings import Briefing, build
from toolkit.briefings.reading import articles
from toolkit.briefings.selection import KEY_POINTS, choose_bullets
from toolkit.errors import InputError
from toolkit.types import TranslatedDocument


def test_every_citation_leads_to_a_sentence_with_that_text(briefing: Briefing) -> None:
    sentences = {
        f"{card.id}-{sentence.id}": sentence.source
        for card in briefing.articles
        for passage in card.passages
        for sentence in passage.sentences
    }
    bullets = [*briefing.key_points, *(bullet for story in briefing.stories for bullet in story.bullets)]
    assert bullets
    assert all(sentences[bullet.citation.anchor] == bullet.source for bullet in bullets)
    facts = [fact for s in briefing.stories for group in (s.dates, s.figures, s.quotes) for fact in group]
    assert facts
    assert all(fact.citation.anchor in sentences for fact in facts)


def test_real_articles_say_nothing_from_an_advertisement(translated_seeds: list[TranslatedDocument]) -> None:
    briefing = build(translated_seeds)
    said = " ".join(bullet.source for story in briefing.stories for bullet in story.bullets)
    assert all(word not in said for word in ("Adblocker", "Melden Sie sich", "Siehe auch", "Krypto", "Bierfan"))
    assert len({bullet.source for bullet in briefing.key_points}) == len(briefing.key_points)
    assert KEY_POINTS[0] <= len(briefing.key_points) <= KEY_POINTS[1]


def test_the_seeds_date_that_contradicts_itself_is_inferred_from_its_weekday(
    translated_seeds: list[TranslatedDocument],
) -> None:
    """The page is stamped November 2024; the agency's dateline, a Wednesday 15 December, makes it 2021."""
    briefing = build(translated_seeds)
    days = {mention.iso: mention.note for story in briefing.stories for mention in story.dates}
    assert "inferred" in days["2021-12-15"]
    assert briefing.period == ("", "")


def test_a_copy_adds_neither_bullets_nor_facts(briefing: Briefing) -> None:
    story = briefing.stories[0]
    cited = {each.citation.article for group in (story.bullets, story.quotes, story.figures) for each in group}
    assert cited == {"a1", "a3"}


@pytest.mark.parametrize(
    ("sentence", "supports"),
    [
        ("Der Landtag hat mit 52 Stimmen am Dienstag eine neue Präsidentin gewählt.", True),
        ("Mit 52 Stimmen hat der Landtag eine Präsidentin gewählt.", True),
        ("Der Landtag hat am Dienstag mit 47 Stimmen eine neue Präsidentin gewählt.", False),
        ("Der Landtag hat eine neue Hausordnung.", False),
    ],
)
def test_another_article_is_cited_only_if_it_says_the_same(sentence: str, supports: bool) -> None:
    other = sample.translated("b.txt", [("title", [("Wahl im Landtag", "…")]), ("paragraph", [(sentence, sentence)])])
    pair = articles([sample.translated("a.txt", sample.VOTE), other])
    [(_, bullet), *_] = choose_bullets(pair, 1, "lead")
    assert [citation.article for citation in bullet.also] == (["a2"] if supports else [])


def test_cards_tell_where_an_article_comes_from(briefing: Briefing) -> None:
    card = briefing.article("a1")
    assert (card.outlet, card.date, card.date_source, card.has_title) == ("Küstenbote", "2024-05-16", "header", True)
    assert card.flags == (("low_score", 1),)
    assert len(card.sha256) == 64
    assert card.set_aside > 0
    assert [each.source for each in briefing.set_aside if each.article == "a1"] == [
        "Melden Sie sich für unseren Newsletter an"
    ]


def test_counts_period_failures_and_terms(briefing: Briefing) -> None:
    assert (briefing.counts.articles, briefing.counts.stories, briefing.counts.duplicates) == (4, 2, 1)
    assert briefing.counts.failed == 1
    assert briefing.errors[0].cure == "give text, HTML or DOCX"
    assert briefing.period == ("2024-05-16", "2024-05-17")
    assert {term.expected: term.occurrences for term in briefing.glossary_report}["Rügen"] == 6


def test_an_article_without_a_headline_is_called_by_its_first_sentence() -> None:
    briefing = build([sample.translated("a.txt", sample.VOTE[1:])], glossary=sample.GLOSSARY)
    card = briefing.article("a1")
    assert not card.has_title
    assert card.title.source.startswith("Der Landtag hat am Dienstag")


def test_several_articles_of_one_file_are_articles_of_their_own() -> None:
    from dataclasses import replace

    one, other = sample.translated("a.jsonl", sample.VOTE), sample.translated("a.jsonl", sample.FERRY)
    moved = [
        replace(block, block=replace(block.block, article=1, id=f"c{number}"))
        for number, block in enumerate(other.blocks)
    ]
    metadata = {"articles": [{"outlet": "Eins"}, {"outlet": "Zwei"}]}
    both = replace(
        one,
        document=replace(one.document, metadata=metadata),
        blocks=(*one.blocks, *moved),
    )
    briefing = build([both], glossary=sample.GLOSSARY)
    assert [card.outlet for card in briefing.articles] == ["Eins", "Zwei"]


def test_no_article_is_an_error_that_says_so() -> None:
    with pytest.raises(InputError, match="no article"):
        build([])


def test_the_clock_is_only_in_it_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    article = sample.translated("a.txt", sample.VOTE)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert build([article], glossary=sample.GLOSSARY).generated_at == ""
    assert build([article], glossary=sample.GLOSSARY, generated_at="today").generated_at == "today"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1716000000")
    assert build([article], glossary=sample.GLOSSARY).generated_at == "2024-05-18T02:40:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH"):
        build([article], glossary=sample.GLOSSARY)


def test_equal_input_gives_an_equal_briefing(briefing: Briefing) -> None:
    again = build(sample.folder(), glossary=sample.GLOSSARY, method="lead", title="Test briefing")
    assert again.stories == briefing.stories
    assert again.key_points == briefing.key_points
