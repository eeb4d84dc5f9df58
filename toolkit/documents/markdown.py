"""Markdown: words of paragraphs, headings, lists, quotes and tables; code, HTML blocks and front matter stay."""

from __future__ import annotations

import re
from typing import Any

from toolkit.documents.base import Written
from toolkit.documents.encodings import BYTE_ORDER_MARK, decode, encode
from toolkit.types import Document, TranslatedDocument

_FRONT_MATTER = re.compile(
    r"\ufeff?(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)(?:.*?(?:\r\n|\n|\r))??\1[ \t]*(?:\r\n|\n|\r|\Z)", re.DOTALL
)
_FIELD = re.compile(r"""^(date|author|outlet|url)\s*[:=]\s*["']?([^"'\r\n]+?)["']?\s*$""", re.MULTILINE)


class Markdown:
    """Reads and writes ``.md``."""

    name = "markdown"
    suffixes = frozenset({".md", ".markdown"})

    def parse(self, data: bytes, path: str, language: str) -> Document:
        """Read Markdown (CommonMark with tables and strikethrough)."""
        from toolkit.documents.markdown_reader import read_blocks

        decoded = decode(data, path)
        body = _body(decoded.text)
        blocks, notices = read_blocks(decoded.text, body)
        metadata = _metadata(decoded.text[:body])
        return Document(
            path, self.name, data, blocks, language, decoded.encoding, (*decoded.notices, *notices), metadata
        )

    def write(self, translated: TranslatedDocument) -> Written:
        """Put changed blocks in place, wrapped and indented as they were."""
        document = translated.document
        changed = [block for block in translated.blocks if block.text != block.block.text]
        if not changed:
            return Written(document.raw)
        from toolkit.documents.markdown_writer import rewrite

        raw = document.raw.decode(document.encoding)
        return encode(rewrite(raw, _body(raw), changed), document.encoding)


def _body(text: str) -> int:
    """Where the text begins, after front matter or a byte order mark."""
    front = _FRONT_MATTER.match(text)
    return front.end() if front else int(text.startswith(BYTE_ORDER_MARK))


def _metadata(front_matter: str) -> dict[str, Any]:
    found: dict[str, Any] = dict(reversed(_FIELD.findall(front_matter)))
    date = re.match(r"\d{4}-\d{2}-\d{2}", found.pop("date", ""))
    return found | ({"date": date[0], "date_source": "meta"} if date else {})
