"""What the tests of all formats share: a translation made by a function, and a file read and written again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from toolkit import documents
from toolkit.types import Document, SegmentPair, Signature, Span, TranslatedBlock, TranslatedDocument

Translate = Callable[[Document, Callable[[str], str]], TranslatedDocument]
_WORD = re.compile(r"\S+")


def _block(block: TranslatedBlock, function: Callable[[str], str]) -> TranslatedBlock:
    source = block.block
    if not source.translatable or not source.text:
        return block
    target = function(source.text)
    words = [[Span(*match.span()) for match in _WORD.finditer(text)] for text in (source.text, target)]
    alignment = tuple(zip(*words, strict=False))
    pair = SegmentPair(f"{source.id}.0", Span(0, len(source.text)), source.text, target, alignment=alignment)
    return TranslatedBlock(source, (pair,))


def translate_by(document: Document, function: Callable[[str], str]) -> TranslatedDocument:
    """Translate every block as one segment; words are aligned in order."""
    blocks = tuple(_block(TranslatedBlock(block), function) for block in document.blocks)
    return TranslatedDocument(document, blocks, "en", Signature("test"))


@pytest.fixture(scope="session")
def translate() -> Translate:
    """See `translate_by`."""
    return translate_by


@pytest.fixture(scope="session")
def upper() -> Callable[[str | bytes, str], str]:
    """Read, turn all words to capitals, write."""

    def written(raw: str | bytes, form: str) -> str:
        data = raw.encode() if isinstance(raw, str) else raw
        return documents.write(translate_by(documents.parse(data, format=form), str.upper)).decode()

    return written


@pytest.fixture(scope="session")
def same() -> Callable[[bytes, str], None]:
    """Assert that a file comes out as it went in, with no pairs and with pairs that change nothing."""

    def check(data: bytes, form: str) -> None:
        document = documents.parse(data, format=form)
        empty = TranslatedDocument(document, tuple(map(TranslatedBlock, document.blocks)), "en", Signature("test"))
        assert documents.write(empty) == data
        assert documents.write(translate_by(document, lambda text: text)) == data

    return check
