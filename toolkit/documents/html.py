"""HTML: words, alternative texts and titles are translated; every other byte of the page stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.documents.base import Patches, Written, splice
from toolkit.documents.encodings import decode
from toolkit.documents.html_metadata import read_metadata
from toolkit.documents.html_reader import AttributePlace, read_blocks
from toolkit.documents.html_tokens import tokenize
from toolkit.documents.inline import Place, arrange, render
from toolkit.types import Document, Span, TranslatedBlock, TranslatedDocument

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""")
_HEAD = 2048  # bytes in which browsers look for the encoding, and some


class Html:
    """Reads and writes ``.html``."""

    name = "html"
    suffixes = frozenset({".html", ".htm", ".xhtml"})

    def parse(self, data: bytes, path: str, language: str) -> Document:
        """Read a page; its date, author and outlet go into the document's metadata."""
        declared = _DECLARED.search(data[:_HEAD])
        decoded = decode(data, path, declared=declared[1].decode("ascii") if declared else "")
        metadata = read_metadata(list(tokenize(decoded.text)))
        blocks = read_blocks(decoded.text)
        return Document(path, self.name, data, blocks, language, decoded.encoding, decoded.notices, metadata)

    def write(self, translated: TranslatedDocument) -> Written:
        """Write the page; characters that its encoding lacks become character references."""
        document = translated.document
        raw = document.raw.decode(document.encoding)
        return Written(rewrite(raw, translated).encode(document.encoding, "xmlcharrefreplace"))


def rewrite(raw: str, translated: TranslatedDocument) -> str:
    """The page *raw* with the changed blocks in place (EPUB chapters are pages too)."""
    changed = [block for block in translated.blocks if block.text != block.block.text]
    if not changed:
        return raw
    small = [
        (block.block.place.span, '"' + _escape(block.text).replace('"', "&quot;") + '"')
        for block in changed
        if isinstance(block.block.place, AttributePlace)
    ]
    patches = Patches(raw, [*small, *_languages(raw, translated.document.language, translated.language)])
    large = [block for block in changed if isinstance(block.block.place, Place)]
    edits = [(block.block.place.span, _block(block, patches)) for block in large]
    return splice(raw, [*edits, *patches.outside(edits)])


def _block(translated: TranslatedBlock, patches: Patches) -> str:
    place: Place = translated.block.place
    return render(
        arrange(translated, place.markup),
        _escape,
        lambda index: patches.slice(place.markup[index].opening),
        lambda index: patches.slice(place.markup[index].closing),
    )


def _languages(raw: str, source: str, target: str) -> Iterator[tuple[Span, str]]:
    """Language attributes that now say the wrong thing; <html> always has one afterwards."""
    for token in tokenize(raw):
        if token.kind != "open":
            continue
        tags = [entry for entry in token.attributes if entry.name in {"lang", "xml:lang"}]
        for entry in tags:
            if token.name == "html" or entry.value.lower().split("-")[0] == source.lower().split("-")[0]:
                equals = raw[token.span.start : entry.span.start].rstrip().endswith("=")
                yield entry.span, f'"{target}"' if equals else f'="{target}"'
        if token.name == "html" and not tags:
            end = token.span.start + len("<html")
            yield Span(end, end), f' lang="{target}"'


def _escape(text: str) -> str:
    """Nothing that a translation says can become a tag.

    >>> _escape("<script>1 && 2")
    '&lt;script&gt;1 &amp;&amp; 2'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
