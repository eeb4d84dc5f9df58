"""The briefing in CommonMark. Text from articles is escaped, so that it shows as it is and marks up nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from toolkit.briefings.renderers import labels
from toolkit.briefings.renderers.escaping import visible, web_address
from toolkit.briefings.types import ArticleCard, Briefing, Bullet, Citation, Quote, Sentence, Story

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&!$]|(?<=[A-Za-z]):(?=//)|@(?=\w)|(?<=\bwww)\.")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def escape(text: str) -> str:
    r"""Text that Markdown shows as it is, on one line.

    >>> print(escape("1. <b>[x](javascript:y)</b> *fett*"))
    1\. \<b\>\[x\](javascript:y)\</b\> \*fett\*
    """
    escaped = _SPECIAL.sub(r"\\\g<0>", visible(text))
    return _LINE_START.sub(_escape_start, escaped).strip()


def _escape_start(match: re.Match[str]) -> str:
    mark = match[2]
    return match[1] + (mark + "\\" if mark[0].isdigit() else "\\" + mark)


def render(briefing: Briefing) -> bytes:
    """UTF-8 Markdown with line feeds."""
    parts = [*_header(briefing)]
    for position, story in enumerate(briefing.stories, 1):
        parts += _story(story, position, briefing)
    parts += ["## Articles"]
    for card in briefing.articles:
        parts += _article(card)
    parts += _appendices(briefing)
    return ("\n\n".join(parts) + "\n").encode()


def _header(briefing: Briefing) -> Iterator[str]:
    yield f"# {escape(briefing.title)}"
    facts = [labels.counts(briefing), labels.period(briefing), briefing.generated_at]
    yield " · ".join(escape(fact) for fact in facts if fact)
    yield f"> {escape(briefing.notice)}"
    if briefing.key_points:
        yield "## Key points"
        yield _bullets(briefing.key_points)


def _marks(citations: Iterable[Citation]) -> str:
    return " ".join(f"[\\[{labels.number(each.article)}\\]](#{each.anchor})" for each in citations)


def _bullets(bullets: Iterable[Bullet]) -> str:
    lines = []
    for bullet in bullets:
        flags = "".join(f" ⚑ {labels.FLAGS[flag.kind][0]}" for flag in bullet.flags)
        lines.append(f"- {escape(bullet.target)} {_marks((bullet.citation, *bullet.also))}{flags}\\")
        lines.append(f"  *{escape(bullet.source)}*")
    return "\n".join(lines)


def _story(story: Story, position: int, briefing: Briefing) -> Iterator[str]:
    yield f"## {position}. {escape(story.headline.target)}"
    yield f"*{escape(story.headline.source)}*"
    names = [f"[{escape(text)}](#{card.id})" for card, text in labels.sources(briefing, story)]
    yield f"{labels.plural(story.sources, 'independent source')}: {'; '.join(names)}"
    if story.bullets:
        yield _bullets(story.bullets)
    yield from _differences(story)
    rows = [*_entities(story), *_facts(story)]
    if rows:
        yield "\n".join(rows)
    if story.quotes:
        yield "### Quotes"
        yield "\n".join(_quote(quote) for quote in story.quotes)


def _differences(story: Story) -> Iterator[str]:
    if story.disagreements:
        yield "### Where sources differ"
        yield "\n".join(
            "- " + " – ".join(f"{escape(labels.claim_value(c.value))} {_marks([c.citation])}" for c in each.claims)
            for each in story.disagreements
        )


def _entities(story: Story) -> Iterator[str]:
    for heading, entities in labels.by_kind(story):
        names = []
        for entity in entities:
            seen = labels.spellings(entity)
            names.append(escape(entity.name) + (f" (*{escape(', '.join(seen))}*)" if seen else ""))
        yield f"- **{heading}**: {', '.join(names)}"


def _facts(story: Story) -> Iterator[str]:
    figures = [f"{escape(labels.amount(figure))} {_marks([figure.citation])}" for figure in story.figures]
    dates = [f"{escape(labels.known_date(each))} {_marks([each.citation])}" for each in labels.known_dates(story)]
    rows = [("Figures", figures), ("Dates", dates)]
    for reason, mentions in labels.open_dates(story):
        values = [f"“{escape(mention.text)}” {_marks([mention.citation])}" for mention in mentions]
        rows.append((f"Dates unresolved, as {escape(reason)}", values))
    for heading, values in rows:
        if values:
            yield f"- **{heading}**: {'; '.join(values)}"


def _quote(quote: Quote) -> str:
    said = f"“{escape(quote.target)}”" if quote.direct else escape(quote.target)
    original = f"„{escape(quote.source)}“" if quote.direct else escape(quote.source)
    return f"- {said} – {escape(labels.speaker(quote))} {_marks([quote.citation])}\\\n  *{original}*"


def _article(card: ArticleCard) -> Iterator[str]:
    yield f'### <a id="{card.id}"></a>{escape(f"[{labels.number(card.id)}] {card.title.target}")}'
    yield f"*{escape(card.title.source)}*"
    rows = [f"- **{escape(label)}**: {escape(value)}" for label, value in labels.provenance(card)]
    address = web_address(card.url)
    rows += [f"- **Address**: <{address}>"] if address else []
    yield "\n".join(rows)
    for passage in card.passages:
        yield "\n\n".join(_pair(sentence, card) for sentence in passage.sentences)


def _pair(sentence: Sentence, card: ArticleCard) -> str:
    flags = "".join(f" ⚑ {labels.FLAGS[flag.kind][0]}" for flag in sentence.flags)
    anchor = f'<a id="{Citation(card.id, sentence.id).anchor}"></a>'
    return f"{anchor}{escape(sentence.target)}{flags}\\\n*{escape(sentence.source)}*"


def _appendices(briefing: Briefing) -> Iterator[str]:
    for heading, rows in labels.appendices(briefing):
        yield f"## {heading}"
        yield "\n".join(f"- {escape(row)}" for row in rows)
