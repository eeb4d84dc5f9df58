"""The briefing as plain text for a terminal or a mail: 80 columns, no markup, nothing that a terminal would obey."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from toolkit.briefings.renderers import labels
from toolkit.briefings.renderers.escaping import visible
from toolkit.briefings.types import ArticleCard, Briefing, Bullet, Citation, Story

WIDTH = 80


def render(briefing: Briefing) -> bytes:
    """UTF-8 text with line feeds."""
    parts = [*_header(briefing), *_key_points(briefing)]
    for position, story in enumerate(briefing.stories, 1):
        parts += _story(story, position, briefing)
    parts += _heading("Articles")
    for card in briefing.articles:
        parts += _article(card)
    parts += _appendices(briefing)
    return ("\n".join(parts).rstrip() + "\n").encode()


def _wrap(text: str, first: str = "", rest: str | None = None) -> list[str]:
    indent = " " * len(first) if rest is None else rest
    return textwrap.wrap(
        visible(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _heading(text: str, sign: str = "=") -> list[str]:
    lines = _wrap(text)
    return ["", *lines, sign * max((len(line) for line in lines), default=1)]


def _marks(citations: Iterable[Citation]) -> str:
    return "".join(f" [{labels.number(citation.article)}]" for citation in citations)


def _header(briefing: Briefing) -> list[str]:
    lines = _heading(briefing.title)[1:]
    lines += _wrap(labels.counts(briefing))
    lines += _wrap(f"Period: {labels.period(briefing)}") if labels.period(briefing) else []
    lines += _wrap(f"Made: {briefing.generated_at}") if briefing.generated_at else []
    return [*lines, "", *_wrap(briefing.notice)]


def _key_points(briefing: Briefing) -> list[str]:
    lines = _heading("Key points") if briefing.key_points else []
    for bullet in briefing.key_points:
        lines += _bullet(bullet)
    return lines


def _bullet(bullet: Bullet) -> list[str]:
    flags = "".join(f" ({labels.FLAGS[flag.kind][0]})" for flag in bullet.flags)
    return [
        *_wrap(bullet.target + _marks((bullet.citation, *bullet.also)) + flags, "* "),
        *_wrap(bullet.source, "  ", "  "),
    ]


def _story(story: Story, position: int, briefing: Briefing) -> list[str]:
    lines = [*_heading(f"{position}. {story.headline.target}"), *_wrap(story.headline.source)]
    names = "; ".join(text for _, text in labels.sources(briefing, story))
    lines += _wrap(f"{labels.plural(story.sources, 'independent source')}: {names}")
    lines.append("")
    for bullet in story.bullets:
        lines += _bullet(bullet)
    return [*lines, *_facts(story)]


def _facts(story: Story) -> Iterator[str]:
    for each in story.disagreements:
        claims = " / ".join(labels.claim_value(claim.value) + _marks([claim.citation]) for claim in each.claims)
        yield from ("", *_wrap(f"Sources differ: {claims}"))
    for heading, entities in labels.by_kind(story):
        yield from _wrap(f"{heading}: {', '.join(entity.name for entity in entities)}", rest="  ")
    rows = [
        ("Figures", [labels.amount(figure) + _marks([figure.citation]) for figure in story.figures]),
        ("Dates", [labels.known_date(mention) + _marks([mention.citation]) for mention in labels.known_dates(story)]),
    ]
    for reason, mentions in labels.open_dates(story):
        values = [f"“{mention.text}”{_marks([mention.citation])}" for mention in mentions]
        rows.append((f"Dates unresolved, as {reason}", values))
    for heading, values in rows:
        if values:
            yield from _wrap(f"{heading}: {'; '.join(values)}", rest="  ")
    for quote in (quote for quote in story.quotes if quote.direct):
        yield from _wrap(f"“{quote.target}” – {labels.speaker(quote)}{_marks([quote.citation])}", "> ")


def _article(card: ArticleCard) -> list[str]:
    lines = [*_heading(f"[{labels.number(card.id)}] {card.title.target}", "-"), *_wrap(card.title.source)]
    for label, value in labels.provenance(card):
        lines += _wrap(f"{label}: {value}", rest="  ")
    for passage in card.passages:
        lines += ["", *_wrap(" ".join(sentence.target for sentence in passage.sentences))]
        lines += _wrap(" ".join(sentence.source for sentence in passage.sentences), "  | ", "  | ")
    return lines


def _appendices(briefing: Briefing) -> Iterator[str]:
    for heading, rows in labels.appendices(briefing):
        yield from _heading(heading)
        for row in rows:
            yield from _wrap(row, "* ")
