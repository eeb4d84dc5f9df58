"""What each block is in its article, decided by rules that say why.

First by a block's own wording (page furniture, date lines, bylines, captions), then by its place (headline, copies of
it, lists of other articles, edges, headings). A rule that is not sure leaves the block as the reader made it: to show
a line of page furniture is a flaw, to lose a sentence of the article a fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from toolkit.text import layout
from toolkit.text.boilerplate import judge
from toolkit.text.credits import is_caption, read_byline
from toolkit.text.datelines import is_date_line
from toolkit.text.layout import Judgement
from toolkit.text.provenance import describe
from toolkit.text.segmentation import segment
from toolkit.types import Block, Document, Role

_OPEN: frozenset[Role] = frozenset({"paragraph", "heading", "list_item", "title"})
"""Roles of readers that may be judged anew; quotes and cells are what their markup says."""
_SETTLED: frozenset[Role] = frozenset({"boilerplate", "byline", "dateline", "caption", "code"})
"""Roles that stand, from the reader or an earlier call: no running text, whatever the block looks like."""
_LINE_BY_LINE = frozenset({"srt", "vtt", "subtitles"})
"""Formats whose blocks are no articles: nothing is judged."""


def prepare(document: Document) -> Document:
    """Assign roles, then cut sentences: what a document needs before it is translated or summarised."""
    return segment(assign(document))


def assign(document: Document) -> Document:
    """Return *document* with a role, a reason and a confidence for every block, and its metadata filled in.

    Metadata that the reader found is kept; see `toolkit.text.provenance.describe` for the keys. A file of several
    articles has ``metadata["articles"]``, one mapping for each.

    >>> lines = ["Welt News", "Putin trifft Xi in Peking", "Er kam am Montag in Peking an.", "Teilen"]
    >>> document = Document("a.txt", "text", b"", tuple(Block(f"b{n}", line) for n, line in enumerate(lines)))
    >>> [block.role for block in assign(document).blocks], assign(document).metadata["outlet"]
    (['boilerplate', 'title', 'paragraph', 'boilerplate'], 'Welt News')
    """
    if document.format in _LINE_BY_LINE:
        return document
    articles = [list(blocks) for _, blocks in groupby(document.blocks, key=lambda block: block.article)]
    judged = [_assign_article(blocks, document.language) for blocks in articles]
    blocks = tuple(block for article in judged for block in article)
    return replace(document, blocks=blocks, metadata=describe(document, judged))


def _assign_article(blocks: Sequence[Block], language: str) -> list[Block]:
    known = {n: found for n, block in enumerate(blocks) if (found := _by_wording(block, language))}
    known |= layout.find_lists(blocks, known)
    known |= layout.find_lists_of_furniture(blocks, known)
    known |= layout.find_title(blocks, known)
    title = next((n for n, block in enumerate(blocks) if _role(block, known.get(n)) == "title"), None)
    if title is not None:
        known |= layout.find_copies(blocks, title)
    known |= {n: found for n, found in layout.find_edges(blocks, known, title).items() if n not in known}
    known |= layout.find_headings(blocks, {**known, **({title: _AS_MARKED} if title is not None else {})})
    return [_judged(block, known.get(n)) for n, block in enumerate(blocks)]


_AS_MARKED = Judgement("title", "marked as the title", 1.0)


def _role(block: Block, judgement: Judgement | None) -> Role:
    return judgement.role if judgement else block.role


def _by_wording(block: Block, language: str) -> Judgement | None:
    if block.role in _SETTLED:
        return Judgement(block.role, block.reason, block.confidence)
    if block.role not in _OPEN or not block.translatable:
        return None
    if is_date_line(block.text):
        return Judgement("dateline", "a date and nothing else", 0.95)
    if read_byline(block.text):
        return Judgement("byline", "names after “von”, “by” or “Autor”", 0.85)
    found = judge(block.text, language)
    if found:
        return Judgement("boilerplate", found.reason, found.confidence)
    if is_caption(block.text):
        return Judgement("caption", "worded as a picture's caption or credit", 0.85)
    return None


def _judged(block: Block, judgement: Judgement | None) -> Block:
    if judgement is None:
        return block
    return replace(block, role=judgement.role, reason=judgement.reason, confidence=judgement.confidence)
