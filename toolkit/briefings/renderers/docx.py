"""The briefing as a Word document: real headings for the navigation pane, links to sentences, a two-column table an
article, German text marked as German so that spelling checks and screen readers treat it so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from toolkit.briefings.renderers import labels
from toolkit.briefings.renderers.escaping import visible
from toolkit.briefings.types import ArticleCard, Briefing, Bullet, Citation, Story

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Date of every entry in the archive (the earliest that ZIP knows), so that equal briefings give equal bytes."""


def render(briefing: Briefing) -> bytes:
    """A .docx file."""
    import docx

    paper = _Paper(docx.Document(), briefing.source_language)
    paper.set_properties(briefing.title)
    _opening(paper, briefing)
    for position, story in enumerate(briefing.stories, 1):
        _story(paper, briefing, story, position)
    paper.heading("Articles", 1)
    for card in briefing.articles:
        _article(paper, card)
    for heading, rows in labels.appendices(briefing):
        paper.heading(heading, 1)
        for row in rows:
            paper.bullet(row)
    return paper.data()


class _Paper:
    """A Word document under construction; keeps python-docx's and OOXML's vocabulary in one place."""

    def __init__(self, document: Any, source_language: str) -> None:
        self._document, self._source_language = document, source_language
        self._bookmarks = 0

    def set_properties(self, title: str) -> None:
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = visible(title), "toolkit", ""
        properties.created = properties.modified = datetime(*_EPOCH[:3], tzinfo=UTC).replace(tzinfo=None)

    def heading(self, text: str, level: int, anchor: str = "") -> None:
        paragraph = self._document.add_heading(visible(text), level)
        if anchor:
            self._bookmark(paragraph, anchor)

    def paragraph(self, text: str, *, source: bool = False, style: str | None = None) -> Any:
        paragraph = self._document.add_paragraph(style=style)
        self._run(paragraph, text, source=source)
        return paragraph

    def bullet(self, text: str, citations: Iterable[Citation] = (), source: str = "") -> None:
        paragraph = self.paragraph(text, style="List Bullet")
        for citation in citations:
            self._link(paragraph, f" [{labels.number(citation.article)}]", citation.anchor)
        if source:
            paragraph.add_run().add_break()
            self._run(paragraph, source, source=True)

    def table(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Rows of target, source and the anchor of each."""
        table = self._document.add_table(rows=0, cols=2)
        table.style = "Table Grid"
        for target, source, anchor in rows:
            left, right = table.add_row().cells
            self._run(left.paragraphs[0], target)
            self._bookmark(left.paragraphs[0], anchor)
            self._run(right.paragraphs[0], source, source=True)

    def data(self) -> bytes:
        written, fixed = io.BytesIO(), io.BytesIO()
        self._document.save(written)
        with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(entry, old.read(name))
        return fixed.getvalue()

    def _run(self, paragraph: Any, text: str, *, source: bool = False) -> None:
        run = paragraph.add_run(visible(text))
        if source:
            run.italic = True
            run._element.get_or_add_rPr().append(_element("w:lang", {"w:val": self._source_language}))

    def _bookmark(self, paragraph: Any, anchor: str) -> None:
        self._bookmarks += 1
        number, name = str(self._bookmarks), _bookmark_name(anchor)
        paragraph._element.insert(
            min(1, len(paragraph._element)), _element("w:bookmarkStart", {"w:id": number, "w:name": name})
        )
        paragraph._element.append(_element("w:bookmarkEnd", {"w:id": number}))

    def _link(self, paragraph: Any, text: str, anchor: str) -> None:
        link = _element("w:hyperlink", {"w:anchor": _bookmark_name(anchor)})
        run = paragraph.add_run(text)
        link.append(run._element)
        paragraph._element.append(link)


def _element(tag: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element


def _bookmark_name(anchor: str) -> str:
    """Word allows letters, digits and underscores, 40 at most.

    >>> _bookmark_name("a1-b2.0")
    'a1_b2_0'
    """
    return "".join(sign if sign.isalnum() else "_" for sign in anchor)[-40:]


def _opening(paper: _Paper, briefing: Briefing) -> None:
    paper.heading(briefing.title, 0)
    facts = [labels.counts(briefing), labels.period(briefing), briefing.generated_at]
    paper.paragraph(" · ".join(fact for fact in facts if fact))
    paper.paragraph(briefing.notice, style="Intense Quote")
    if briefing.key_points:
        paper.heading("Key points", 1)
        _bullets(paper, briefing.key_points)


def _bullets(paper: _Paper, bullets: Iterable[Bullet]) -> None:
    for bullet in bullets:
        flags = "".join(f" ⚑ {labels.FLAGS[flag.kind][0]}" for flag in bullet.flags)
        paper.bullet(bullet.target + flags, (bullet.citation, *bullet.also), bullet.source)


def _story(paper: _Paper, briefing: Briefing, story: Story, position: int) -> None:
    paper.heading(f"{position}. {story.headline.target}", 1, story.id)
    paper.paragraph(story.headline.source, source=True)
    names = "; ".join(text for _, text in labels.sources(briefing, story))
    paper.paragraph(f"{labels.plural(story.sources, 'independent source')}: {names}")
    _bullets(paper, story.bullets)
    if story.disagreements:
        paper.heading("Where sources differ", 2)
        for claim in (claim for each in story.disagreements for claim in each.claims):
            paper.bullet(f"{labels.claim_value(claim.value)}: {claim.target}", [claim.citation], claim.source)
    for heading, entities in labels.by_kind(story):
        paper.paragraph(f"{heading}: {', '.join(_entity(each.name, labels.spellings(each)) for each in entities)}")
    _facts(paper, story)


def _entity(name: str, seen: tuple[str, ...]) -> str:
    return f"{name} ({', '.join(seen)})" if seen else name


def _facts(paper: _Paper, story: Story) -> None:
    if story.figures:
        paper.heading("Figures", 2)
    for figure in story.figures:
        paper.bullet(labels.amount(figure), [figure.citation], figure.text)
    if story.dates:
        paper.heading("Dates", 2)
    for mention in labels.known_dates(story):
        paper.bullet(labels.known_date(mention), [mention.citation])
    for reason, mentions in labels.open_dates(story):
        written = ", ".join(f"“{mention.text}”" for mention in mentions)
        paper.bullet(f"{written}: unresolved, as {reason}", [mention.citation for mention in mentions])
    if story.quotes:
        paper.heading("Quotes and statements", 2)
    for quote in story.quotes:
        said = f"“{quote.target}”" if quote.direct else quote.target
        paper.bullet(f"{said} – {labels.speaker(quote)}", [quote.citation], quote.source)


def _article(paper: _Paper, card: ArticleCard) -> None:
    paper.heading(f"[{labels.number(card.id)}] {card.title.target}", 2, card.id)
    paper.paragraph(card.title.source, source=True)
    for label, value in labels.provenance(card):
        paper.bullet(f"{label}: {value}")
    rows = [
        (
            sentence.target + "".join(f" ⚑ {labels.FLAGS[flag.kind][0]}" for flag in sentence.flags),
            sentence.source,
            Citation(card.id, sentence.id).anchor,
        )
        for passage in card.passages
        for sentence in passage.sentences
    ]
    paper.table(rows)
