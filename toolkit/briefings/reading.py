"""Articles as the rest of the room reads them: a translated file cut into its articles, without page furniture."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from toolkit.briefings.types import Bilingual
from toolkit.types import SUMMARY_ROLES, SegmentPair, TranslatedBlock, TranslatedDocument

LEAD_SENTENCES = 6
"""How much of an article's start tells its event. Four to six gave the same clusters on ECB+; six reach past an opening
list of bullet points."""
OPENING_CHARACTERS = 600
"""How far into an article its dateline is looked for."""
TITLE_CHARACTERS = 110
"""Length at which a first sentence that stands in for a missing headline is cut."""


@dataclass(frozen=True)
class Article:
    """One article of a translated file; ``id`` (``a1``, ``a2`` …) is its number in the briefing.

    ``metadata`` is what the readers found out: title, outlet, authors, agency, date, date_source, conflicts, url.
    """

    id: str
    translated: TranslatedDocument
    blocks: tuple[TranslatedBlock, ...]
    metadata: Mapping[str, Any]

    @property
    def path(self) -> str:
        """The file, as it was given."""
        return self.translated.document.path

    @property
    def language(self) -> str:
        """Language of the source."""
        return self.translated.document.language

    @property
    def date(self) -> str:
        """Publication date in ISO 8601, or empty."""
        return str(self.metadata.get("date") or "")

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Evidence that the publication date may be wrong."""
        found = self.metadata.get("conflicts") or ()
        return (found,) if isinstance(found, str) else tuple(str(each) for each in found)

    @cached_property
    def opening(self) -> str:
        """The first blocks in the source language, a line each, dateline included."""
        shown = (block.block for block in self.blocks if block.block.role not in ("boilerplate", "title"))
        return "\n".join(block.text for block in shown if block.role != "list_item")[:OPENING_CHARACTERS]

    @cached_property
    def sha256(self) -> str:
        """Digest of the file."""
        return hashlib.sha256(self.translated.document.raw).hexdigest()

    @cached_property
    def body(self) -> tuple[TranslatedBlock, ...]:
        """The blocks that tell the story: no headline, caption, byline or page furniture."""
        return tuple(block for block in self.blocks if block.block.role in SUMMARY_ROLES and block.pairs)

    @cached_property
    def pairs(self) -> tuple[SegmentPair, ...]:
        """The body's sentences in reading order."""
        return tuple(pair for block in self.body for pair in block.pairs)

    @cached_property
    def headline(self) -> TranslatedBlock | None:
        """The block that is the article's headline."""
        titles = (block for block in self.blocks if block.block.role == "title" and block.pairs)
        return next(titles, None)

    @cached_property
    def title(self) -> Bilingual:
        """The headline; for want of one, the start of the first sentence."""
        if self.headline:
            return Bilingual(self.headline.block.text.strip(), self.headline.text.strip())
        if self.pairs:
            return Bilingual(shorten(self.pairs[0].source), shorten(self.pairs[0].target))
        return Bilingual(self.path, self.path)

    def texts(self, language: str) -> list[str]:
        """Headline and body sentences in one of the two languages; the lead comes first."""
        pairs = [*(self.headline.pairs if self.headline else ()), *self.pairs]
        return [pair.source if language == self.language else pair.target for pair in pairs]


def shorten(text: str, limit: int = TITLE_CHARACTERS) -> str:
    """Cut *text* at a word border, with an ellipsis, so that it has at most *limit* characters.

    >>> shorten("Der Präsident dankte dem Staatschef", 20)
    'Der Präsident …'
    """
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(maxsplit=1)[0].rstrip(" ,;:–-") + " …"


def articles(translated: Iterable[TranslatedDocument]) -> tuple[Article, ...]:
    """Number the articles of all files, in the order given; files without any sentence give none."""
    found: list[Article] = []
    for document in translated:
        for number, blocks in groupby(document.blocks, key=lambda block: block.block.article):
            content = tuple(blocks)
            if any(block.pairs for block in content):
                found.append(Article(f"a{len(found) + 1}", document, content, _metadata(document, number)))
    return tuple(found)


def _metadata(document: TranslatedDocument, number: int) -> Mapping[str, Any]:
    """Metadata of one article: ``metadata["articles"][number]`` for a file of several, else the file's own."""
    metadata = document.document.metadata
    several: Sequence[Mapping[str, Any]] = metadata.get("articles", ())
    return several[number] if number < len(several) else metadata
