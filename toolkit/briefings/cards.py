"""Article cards, what was set aside, and how the glossary fared: what stands behind a briefing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from toolkit.briefings.reading import Article
from toolkit.briefings.types import ArticleCard, Passage, Sentence, SetAside, TermUse
from toolkit.text import words
from toolkit.types import FlagKind, Method, TranslatedBlock


def make_card(article: Article, story: str, duplicate_of: str = "") -> ArticleCard:
    """Describe an article; its headline is the card's title and no passage of its own."""
    shown = [block for block in article.blocks if block.block.role != "boilerplate"]
    passages = [_passage(block) for block in shown if block is not article.headline and block.block.text.strip()]
    aside = sum(_word_count(b.block.text, article.language) for b in article.blocks if b.block.role == "boilerplate")
    kept = sum(_word_count(block.block.text, article.language) for block in shown)
    metadata = article.metadata
    return ArticleCard(
        id=article.id,
        path=article.path,
        sha256=article.sha256,
        title=article.title,
        has_title=article.headline is not None,
        story=story,
        outlet=_text(metadata, "outlet"),
        authors=_texts(metadata, "authors") or _texts(metadata, "author"),
        agency=_text(metadata, "agency"),
        date=article.date,
        date_source=_text(metadata, "date_source"),
        conflicts=article.conflicts,
        url=_text(metadata, "url"),
        notices=article.translated.document.notices,
        source_words=kept,
        target_words=sum(_word_count(block.text, article.translated.language) for block in shown),
        set_aside=round(aside / (aside + kept), 2) if aside else 0.0,
        duplicate_of=duplicate_of,
        flags=_count_flags(shown),
        passages=tuple(passages),
    )


def _text(metadata: Mapping[str, object], key: str) -> str:
    return str(metadata.get(key) or "")


def _texts(metadata: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = metadata.get(key) or ()
    return (
        (value,)
        if isinstance(value, str)
        else tuple(str(each) for each in value)
        if isinstance(value, Sequence)
        else ()
    )


def _word_count(text: str, language: str) -> int:
    return len(words.tokenize(text, language))


def _passage(block: TranslatedBlock) -> Passage:
    """A block's sentences; one that is not translated (code, a bare number) is one sentence, the same in both."""
    pairs = [Sentence(pair.id, pair.source, pair.target, pair.score, pair.flags) for pair in block.pairs]
    return Passage(block.block.role, tuple(pairs) or (Sentence(block.block.id, block.block.text, block.block.text),))


def _count_flags(blocks: Sequence[TranslatedBlock]) -> tuple[tuple[FlagKind, int], ...]:
    kinds = Counter(flag.kind for block in blocks for pair in block.pairs for flag in pair.flags)
    return tuple(sorted(kinds.items()))


def list_set_aside(articles: Sequence[Article]) -> tuple[SetAside, ...]:
    """Blocks that are not part of their article, in reading order."""
    return tuple(
        SetAside(article.id, block.block.text, block.block.reason, block.block.confidence)
        for article in articles
        for block in article.blocks
        if block.block.role == "boilerplate"
    )


def report_terms(articles: Sequence[Article]) -> tuple[TermUse, ...]:
    """How each glossary term came out, those with unenforced occurrences first, then by frequency."""
    surfaces: dict[str, Counter[str]] = defaultdict(Counter)
    methods: dict[str, Counter[Method]] = defaultdict(Counter)
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for article in articles:
        for term in (term for block in article.blocks for pair in block.pairs for term in pair.terms):
            surfaces[term.expected][term.surface] += 1
            methods[term.expected][term.method] += 1
            places[term.expected][article.id] = None
    report = [
        TermUse(
            expected,
            tuple(surface for surface, _ in sorted(surfaces[expected].items(), key=lambda item: (-item[1], item[0]))),
            tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
            tuple(places[expected]),
        )
        for expected, counts in methods.items()
    ]
    return tuple(sorted(report, key=lambda term: (-term.unenforced, -term.occurrences, term.expected)))
