"""Hold an existing translation against a glossary: nothing is changed, every occurrence is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from toolkit.errors import InputError
from toolkit.glossary.cascade.sentence import Fix, occurrence_of
from toolkit.glossary.entries import Glossary
from toolkit.glossary.verification import verify
from toolkit.types import Block, Document, Occurrence, SegmentPair, Span


def audit_sentence(glossary: Glossary, source: str, target: str) -> tuple[Occurrence, ...]:
    """Return every occurrence of a term in *source*: ``native`` if it is rightly in *target*, else ``unenforced``.

    >>> from toolkit.glossary.entries import GlossaryEntry
    >>> glossary = Glossary([GlossaryEntry("Uschakow", "Ushakov", "person")])
    >>> [(found.method, found.found) for found in audit_sentence(glossary, "Uschakow kam.", "Uschakow came.")]
    [('unenforced', 'Uschakow')]
    """
    verification = verify(source, glossary.find(source), target)
    return tuple(
        occurrence_of(verdict, Fix("native" if verdict.right else "unenforced", None, None), target)
        for verdict in verification.verdicts
    )


def audit(glossary: Glossary, pairs: Iterable[SegmentPair]) -> tuple[SegmentPair, ...]:
    """Return *pairs* with their ``terms`` filled in anew."""
    return tuple(replace(pair, terms=audit_sentence(glossary, pair.source, pair.target)) for pair in pairs)


def pair_up(source: Document, target: Document) -> tuple[SegmentPair, ...]:
    """Pair the sentences of an article and of its translation, a file of the same layout.

    Blocks are paired in order, and their sentences where a block has as many on both sides; else the whole block is one
    pair. Both documents have to be segmented.

    Raises:
        InputError: The files have different numbers of blocks, so that it is unknown what translates what.
    """
    left, right = (tuple(block for block in document.blocks if block.text.strip()) for document in (source, target))
    if len(left) != len(right):
        raise InputError(
            f"has {len(right)} blocks, its source {source.path} has {len(left)}",
            where=target.path,
            cure="audit files that were translated block by block",
        )
    blocks = zip(left, right, strict=True)
    return tuple(pair for one, other in blocks for pair in _pairs(one, other))


def _pairs(source: Block, target: Block) -> Iterator[SegmentPair]:
    if source.segments and len(source.segments) == len(target.segments):
        for one, other in zip(source.segments, target.segments, strict=True):
            yield SegmentPair(one.id, one.span, one.text, other.text)
    else:
        yield SegmentPair(source.id, Span(0, len(source.text)), source.text, target.text)
