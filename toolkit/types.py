"""The data that travels through the toolkit.

A file becomes a `Document` of `Block` objects (a paragraph, a heading, a list item …), each with the sentences
(`Segment`) found in it. Translating turns every segment into a `SegmentPair`, **the core data type**: the glossary
report, summaries, briefings, memory and exports are all made of pairs. Everything here is frozen: a step returns new
objects and never changes those it was given. All offsets count Unicode code points; a `Span` is half open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

Role = Literal[
    "title",
    "heading",
    "paragraph",
    "list_item",
    "quote",
    "caption",
    "byline",
    "dateline",
    "cell",
    "code",
    "boilerplate",
]
"""What a block is in its article. Only paragraph, list_item and quote are read for summaries."""
SUMMARY_ROLES: frozenset[Role] = frozenset({"paragraph", "list_item", "quote"})

FlagKind = Literal[
    "untranslated",  # came back (nearly) as it was
    "cut_off",  # ends before its source does, or ran into the length limit
    "loop",  # repeats itself
    "numbers",  # a number of the source is missing or a new one appeared
    "length",  # far longer or shorter than its source
    "low_score",  # the decoder itself is unsure
    "split",  # too long for the engine: split at a clause border
    "glossary",  # a glossary term could not be enforced
    "retried",  # decoded a second time with other settings, and better now
]
Origin = Literal["engine", "memory", "copied"]
"""Who made a target: the engine, the translation memory, or nobody (code, URLs, numbers: copied as they are)."""
Method = Literal["native", "inline", "nbest", "source", "repair", "forced", "unenforced"]
"""How a glossary occurrence came out right; the order is the order in which methods are tried."""


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline markup (emphasis, a link, a line break) on part of a block's text.

    ``opening`` and ``closing`` are the raw markup; an empty span with an empty ``closing`` is a point (``<img>``), a
    filled span with an empty ``closing`` is kept word for word, as ``opening`` (inline code, a line break).
    """

    span: Span
    opening: str
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence; ``text`` is ``block.text[span.start:span.end]``."""

    id: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of layout: what a reader sees as one paragraph, heading, list item, cell or subtitle.

    ``text`` is plain: inline markup is in ``marks``, hard line wraps are joined. ``place`` is for the format's writer
    alone. ``translatable`` is false for code and the like, which are carried over. ``article`` numbers the articles of
    a file that holds several (JSON Lines). ``reason`` says why the role was given, ``confidence`` how sure (0–1).
    """

    id: str
    text: str
    role: Role = "paragraph"
    place: Any = None
    marks: tuple[Mark, ...] = ()
    segments: tuple[Segment, ...] = ()
    translatable: bool = True
    article: int = 0
    reason: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. ``raw`` is its bytes; ``notices`` say what the reader had to decide (an encoding guessed …)."""

    path: str
    format: str
    raw: bytes
    blocks: tuple[Block, ...]
    language: str = "de"
    encoding: str = "utf-8"
    notices: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reader of the translation should know about a sentence."""

    kind: FlagKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One glossary hit in one segment, and what became of it.

    ``span`` and ``surface`` are in the segment's source, ``found`` and ``found_span`` in its target (empty and ``None``
    when the term is not there). Scores are the hypothesis's before and after the step.
    """

    concept: str
    expected: str
    span: Span
    surface: str
    method: Method
    found: str = ""
    found_span: Span | None = None
    score_before: float | None = None
    score_after: float | None = None


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One decoder output.

    ``score`` is the mean log-probability a target token (natural logarithm; 0 is certainty). ``alignment`` links words:
    pairs of (span in the source, span in ``text``), empty when the engine gives none.
    """

    text: str
    score: float | None = None
    alignment: tuple[tuple[Span, Span], ...] = ()
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class SegmentPair:
    """A source sentence and its translation.

    ``span`` is the segment's place in its block's text; ``alignment`` as in `Hypothesis`.
    """

    id: str
    span: Span
    source: str
    target: str
    score: float | None = None
    flags: tuple[Flag, ...] = ()
    terms: tuple[Occurrence, ...] = ()
    origin: Origin = "engine"
    alignment: tuple[tuple[Span, Span], ...] = ()


@dataclass(frozen=True)
class TranslatedBlock:
    """A block and the pairs of its segments, in order; what lies between segments is carried over.

    >>> block = Block("b0", "Ja.  Nein.")
    >>> pairs = (SegmentPair("b0.0", Span(0, 3), "Ja.", "Yes."), SegmentPair("b0.1", Span(5, 10), "Nein.", "No."))
    >>> translated = TranslatedBlock(block, pairs)
    >>> translated.text, translated.project(Span(5, 10))
    ('Yes.  No.', Span(start=6, end=9))
    """

    block: Block
    pairs: tuple[SegmentPair, ...] = ()

    @cached_property
    def text(self) -> str:
        """The block's text with every segment replaced by its target."""
        return "".join(text for text, _, _ in self._pieces)

    @cached_property
    def _pieces(self) -> tuple[tuple[str, Span, SegmentPair | None], ...]:
        pieces: list[tuple[str, Span, SegmentPair | None]] = []
        source, cursor = self.block.text, 0
        for pair in self.pairs:
            if cursor < pair.span.start:
                pieces.append((source[cursor : pair.span.start], Span(cursor, pair.span.start), None))
            pieces.append((pair.target, pair.span, pair))
            cursor = pair.span.end
        if cursor < len(source):
            pieces.append((source[cursor:], Span(cursor, len(source)), None))
        return tuple(pieces)

    def project(self, span: Span) -> Span:
        """Where the words of *span* (in the block's text) stand in `text`.

        Exact for gaps, unchanged segments and whole segments; inside a changed segment by word alignment, and in
        proportion to its length where the engine gave no alignment. Never reversed, always inside `text`.
        """
        start = self._position(span.start, of_end=False, inside=span)
        end = start if span.start == span.end else self._position(span.end, of_end=True, inside=span)
        return Span(min(start, end), max(start, end))

    def _position(self, offset: int, *, of_end: bool, inside: Span) -> int:
        written = 0
        for text, place, pair in self._pieces:
            here = place.start < offset <= place.end if of_end else place.start <= offset < place.end
            if here:
                return written + _inside(text, place, pair, offset, of_end, inside)
            written += len(text)
        return written if offset >= len(self.block.text) else 0


def _inside(text: str, place: Span, pair: SegmentPair | None, offset: int, of_end: bool, inside: Span) -> int:
    if pair is None or pair.source == pair.target:
        return offset - place.start
    whole = inside.start <= place.start and inside.end >= place.end
    low, high = inside.start - place.start, inside.end - place.start
    touched = [target for source, target in pair.alignment if source.end > low and source.start < max(high, low + 1)]
    if touched and not whole and not (inside.start == inside.end == place.start):
        return max(target.end for target in touched) if of_end else min(target.start for target in touched)
    if offset == place.start:
        return 0
    if offset == place.end:
        return len(text)
    return _word_border(text, round((offset - place.start) / (place.end - place.start) * len(text)))


def _word_border(text: str, offset: int) -> int:
    space = text.find(" ", offset)
    return len(text) if space < 0 else space


@dataclass(frozen=True, slots=True)
class Signature:
    """How a result was made: enough to make it again, and shown on everything the toolkit writes.

    ``packages`` names each package on the route with its version and SHA-256, ``glossary`` the term base's digest.
    """

    toolkit: str
    packages: tuple[str, ...] = ()
    glossary: str = ""
    settings: str = ""

    def __str__(self) -> str:
        parts = [f"toolkit {self.toolkit}", *self.packages]
        parts += [f"glossary {self.glossary}"] if self.glossary else []
        parts += [self.settings] if self.settings else []
        return " | ".join(parts)


@dataclass(frozen=True, slots=True)
class TranslatedDocument:
    """A document with its translation, block by block (one `TranslatedBlock` a block, in order)."""

    document: Document
    blocks: tuple[TranslatedBlock, ...]
    language: str
    signature: Signature

    @property
    def pairs(self) -> tuple[SegmentPair, ...]:
        """All sentence pairs in reading order."""
        return tuple(pair for block in self.blocks for pair in block.pairs)
