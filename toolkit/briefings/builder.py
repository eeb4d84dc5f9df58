"""Makes a `Briefing` of translated articles."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from toolkit.briefings import cards, selection, stories
from toolkit.briefings.disagreements import find_disagreements
from toolkit.briefings.duplicates import find_duplicates
from toolkit.briefings.entities import find_entities, known_names
from toolkit.briefings.facts import Facts, collect
from toolkit.briefings.reading import Article, articles
from toolkit.briefings.types import (
    ArticleCard,
    Bilingual,
    Briefing,
    Bullet,
    Counts,
    DateMention,
    Duplicate,
    Failure,
    Figure,
    Story,
)
from toolkit.errors import InputError, ToolkitError
from toolkit.glossary.entries import Glossary
from toolkit.languages import NAMES, LanguagePair
from toolkit.summaries import MethodName
from toolkit.types import TranslatedDocument

NOTICE = (
    "Translated by machine and summarised by selection: every sentence below is taken from an article as it stands, "
    "none was written for this briefing. Check the original before you quote. Articles are grouped, and names, dates, "
    "figures and speakers are found, by rule; each leads back to its sentence."
)
SENTENCES = 5
"""Bullets of a story."""


def build(
    translated: Iterable[TranslatedDocument],
    *,
    title: str | None = None,
    glossary: Glossary | None = None,
    sentences: int = SENTENCES,
    method: MethodName = "default",
    generated_at: str | None = None,
    errors: Sequence[ToolkitError] = (),
) -> Briefing:
    """Make a briefing of translated articles.

    Identical input gives an identical briefing: there is no clock in it unless *generated_at* (or the environment's
    ``SOURCE_DATE_EPOCH``) gives the time.

    Args:
        translated: Documents with their roles assigned, all of one language pair.
        title: "Briefing" and the number of articles unless given.
        glossary: Where names are known from; the toolkit's own for the language pair unless given.
        sentences: Bullets of a story, at most.
        method: How bullets are ranked, see `toolkit.summaries`.
        generated_at: When the briefing is made, as it is to be shown.
        errors: Files that could not be used, to be named in the briefing.

    Raises:
        InputError: There is no article, or they are not all of one language pair.
    """
    found = articles(translated)
    pair = _language_pair(found)
    known = glossary if glossary is not None else Glossary.builtin(pair)
    duplicates = find_duplicates(found)
    drafts = [
        _draft(f"s{number}", members, duplicates, known, sentences, method)
        for number, members in enumerate(stories.group(found, duplicates), 1)
    ]
    shown = _cards(found, [draft.story for draft in drafts], duplicates)
    failures = tuple(Failure(error.where, error.reason, error.cure) for error in errors)
    days = sorted(card.date[:10] for card in shown if card.date and not card.conflicts)
    return Briefing(
        title=title or f"Briefing: {len(found)} article{'s' if len(found) != 1 else ''}",
        source_language=pair.source,
        target_language=pair.target,
        period=(days[0], days[-1]) if days else ("", ""),
        generated_at=generated_at or _epoch(os.environ.get("SOURCE_DATE_EPOCH", "")),
        counts=_count(shown, drafts, duplicates, failures),
        signature="; ".join(dict.fromkeys(str(article.translated.signature) for article in found)),
        settings=f"at most {sentences} sentences a story, chosen by {method} on both languages",
        notice=NOTICE,
        key_points=selection.choose_key_points([draft.ranked for draft in drafts], pair.source),
        stories=tuple(draft.story for draft in drafts),
        articles=shown,
        glossary_report=cards.report_terms(found),
        set_aside=cards.list_set_aside(found),
        duplicates=duplicates,
        errors=failures,
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    story: Story
    ranked: list[tuple[float, Bullet]]


def _language_pair(found: Sequence[Article]) -> LanguagePair:
    pairs = sorted({(article.language, article.translated.language) for article in found})
    if not pairs:
        raise InputError("there is no article to brief on", cure="give files that have text in them")
    if len(pairs) > 1:
        names = ", ".join(f"{NAMES.get(one, one)} to {NAMES.get(two, two)}" for one, two in pairs)
        raise InputError(f"the articles are of several language pairs ({names})", cure="make a briefing of each")
    return LanguagePair(*pairs[0])


def _draft(
    id: str,  # noqa: A002 - the field's name
    members: Sequence[Article],
    duplicates: Sequence[Duplicate],
    glossary: Glossary,
    sentences: int,
    method: MethodName,
) -> _Draft:
    repeated = {duplicate.article for duplicate in duplicates}
    own = [article for article in members if article.id not in repeated]
    ranked = selection.choose_bullets(own, sentences, method)
    facts = [collect(article, glossary) for article in own]
    figures = [each for fact in facts for each in fact.figures]
    dates = [each for fact in facts for each in fact.dates]
    story = Story(
        id=id,
        headline=_headline(own),
        articles=tuple(article.id for article in members),
        sources=len(own),
        bullets=tuple(bullet for _, bullet in ranked),
        entities=find_entities(own, glossary),
        dates=_dates(facts),
        figures=_figures(facts),
        quotes=tuple(quote for fact in facts for quote in fact.quotes),
        disagreements=find_disagreements(figures, dates, own[0].language, known_names(glossary)),
    )
    return _Draft(story, ranked)


def _headline(own: Sequence[Article]) -> Bilingual:
    """Of the article that stands for the story; for want of a headline, of the next one that has one."""
    return next((article.title for article in own if article.headline), own[0].title)


def _dates(facts: Sequence[Facts]) -> tuple[DateMention, ...]:
    """Each date once: those that are known in order of time, then the unresolved ones as they come."""
    mentions = [mention for fact in facts for mention, _ in fact.dates]
    known = {mention.iso: mention for mention in reversed(mentions) if mention.iso}
    open_ones = {(mention.citation.article, mention.text): mention for mention in reversed(mentions) if not mention.iso}
    unresolved = [mention for mention in mentions if mention in open_ones.values()]
    return (*(known[iso] for iso in sorted(known)), *dict.fromkeys(unresolved))


def _figures(facts: Sequence[Facts]) -> tuple[Figure, ...]:
    """Each amount once, where it is named first."""
    first: dict[tuple[str, str], Figure] = {}
    for fact in facts:
        for figure, _ in fact.figures:
            first.setdefault((figure.value, figure.unit), figure)
    return tuple(first.values())


def _cards(
    found: Sequence[Article], shown: Sequence[Story], duplicates: Sequence[Duplicate]
) -> tuple[ArticleCard, ...]:
    original = {duplicate.article: duplicate.of for duplicate in duplicates}
    story_of = {article: story.id for story in shown for article in story.articles}
    return tuple(cards.make_card(article, story_of[article.id], original.get(article.id, "")) for article in found)


def _count(
    shown: Sequence[ArticleCard], drafts: Sequence[_Draft], duplicates: Sequence[Duplicate], failures: Sequence[Failure]
) -> Counts:
    sentences = [sentence for card in shown for passage in card.passages for sentence in passage.sentences]
    return Counts(
        articles=len(shown),
        stories=len(drafts),
        duplicates=len(duplicates),
        failed=len(failures),
        sentences=len(sentences),
        flagged=sum(1 for sentence in sentences if sentence.flags),
        source_words=sum(card.source_words for card in shown),
    )


def _epoch(seconds: str) -> str:
    """ISO time (UTC) of ``SOURCE_DATE_EPOCH``; empty without one.

    Raises:
        InputError: It is not a whole number of seconds.
    """
    if not seconds:
        return ""
    if not seconds.isdigit():
        raise InputError(f"SOURCE_DATE_EPOCH={seconds!r} is not a number of seconds", cure="set it to one or unset it")
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
