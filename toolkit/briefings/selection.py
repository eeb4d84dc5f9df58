"""Which sentences a briefing shows: a story's bullets, and the key points across stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.briefings.figures import find_figures
from toolkit.briefings.reading import Article
from toolkit.briefings.stories import stems
from toolkit.briefings.types import Bullet, Citation
from toolkit.summaries import Length, MethodName, SummarySentence, summarize_many
from toolkit.summaries.redundancy import repeats

KEY_POINTS = (3, 7)
"""Fewest and most key points; more than seven are no longer read as one list."""
SAME = 0.5
"""Share of all stems of two sentences that both must have for one to be cited as support of the other. Stricter than
what keeps a bullet out as a repetition: a bullet too few is no harm, a source that does not say it is."""


def choose_bullets(articles: Sequence[Article], sentences: int, method: MethodName) -> list[tuple[float, Bullet]]:
    """Choose a story's bullets with their scores, once for both languages, in the order of the articles.

    *articles* are the story's independent ones; what two of them say is said once and cites both.
    """
    sources = [replace(article.translated, blocks=article.blocks) for article in articles]
    summary = summarize_many(sources, length=Length.sentences(sentences), method=method, mode="aligned")
    return [(sentence.score, _bullet(sentence, articles)) for sentence in summary.sentences]


def _bullet(sentence: SummarySentence, articles: Sequence[Article]) -> Bullet:
    article = articles[sentence.document]
    pair = next(pair for pair in article.pairs if pair.id == sentence.segment)
    content = stems(pair.source, article.language)
    also = [
        Citation(other.id, match.id)
        for other in articles
        if other is not article
        for match in other.pairs
        if _says_the_same(content, stems(match.source, other.language))
        and _amounts(match.source) == _amounts(pair.source)
    ]
    first = {citation.article: citation for citation in reversed(also)}
    citations = tuple(first[each.id] for each in articles if each.id in first)
    return Bullet(Citation(article.id, pair.id), pair.source, pair.target, pair.flags, citations)


def _says_the_same(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(set(one) & set(other)) >= SAME * len({*one, *other}) > 0


def _amounts(text: str) -> set[tuple[Decimal, str]]:
    """The figures of a sentence; one that gives other figures does not say the same."""
    return {(found.value, found.unit) for found in find_figures(text)}


def choose_key_points(stories: Sequence[Sequence[tuple[float, Bullet]]], language: str) -> tuple[Bullet, ...]:
    """The best bullet of each story, at most seven; with fewer than three stories, their next best ones too.

    What an earlier key point says already is left out. Key points come in the order of the stories.
    """
    fewest, most = KEY_POINTS
    ranked = [[bullet for _, bullet in sorted(story, key=lambda each: -each[0])] for story in stories]
    rounds = max((len(bullets) for bullets in ranked), default=0)
    chosen: dict[int, list[Bullet]] = {number: [] for number in range(len(ranked))}
    for turn in range(rounds):
        for number, bullets in enumerate(ranked):
            taken = [bullet for each in chosen.values() for bullet in each]
            if turn < len(bullets) and len(taken) < (most if turn == 0 else fewest):
                content = stems(bullets[turn].source, language)
                if not any(repeats(content, stems(bullet.source, language)) for bullet in taken):
                    chosen[number].append(bullets[turn])
    return tuple(bullet for number in chosen for bullet in chosen[number])
