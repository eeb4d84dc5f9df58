"""JSON Lines: one article a line; its text fields are translated, every other character of the line stays."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.documents.base import Written, splice
from toolkit.documents.encodings import BYTE_ORDER_MARK, decode, encode
from toolkit.documents.plain_text import TextPlace, find_blocks, rewrite
from toolkit.errors import InputError
from toolkit.types import Block, Document, Role, Span, TranslatedBlock, TranslatedDocument

TEXT_FIELDS: dict[str, Role] = {
    "title": "title", "headline": "title", "lead": "paragraph", "text": "paragraph", "body": "paragraph",
}  # fmt: skip
"""Fields that hold an article's words; a headline beside a title is a heading."""
_METADATA = ("date", "author", "url", "outlet")
_BLANKS = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_DEEP = "its values are nested too deeply"


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """A block in a string of the file: the raw string with its quotes, and the place in what it says."""

    span: Span
    inner: TextPlace


class JsonLines:
    """Reads and writes ``.jsonl``."""

    name = "jsonl"
    suffixes = frozenset({".jsonl", ".ndjson"})

    def parse(self, data: bytes, path: str, language: str) -> Document:
        """Read one article a line; ``metadata["articles"]`` lists what each says of date, author, url and outlet."""
        decoded = decode(data, path)
        blocks: list[Block] = []
        articles: list[dict[str, Any]] = []
        for number, start, line in _lines(decoded.text):
            fields = _fields(line, f"{path}:{number}")
            values = {name: value for name, _, value in fields}
            articles.append({key: values[key] for key in _METADATA if isinstance(values.get(key), str)})
            for name, span, value in fields:
                if name in TEXT_FIELDS and isinstance(value, str):
                    place = Span(start + span.start, start + span.end)
                    blocks += _blocks(name, value, place, len(articles) - 1, len(blocks), "title" in values)
        if not blocks:
            known = ", ".join(TEXT_FIELDS)
            raise InputError("no line has an article's text", where=path, cure=f"call its field one of {known}")
        metadata = {"articles": articles}
        return Document(path, self.name, data, tuple(blocks), language, decoded.encoding, decoded.notices, metadata)

    def write(self, translated: TranslatedDocument) -> Written:
        """Put changed strings in place; a string that was written in ASCII is so again."""
        document = translated.document
        raw = document.raw.decode(document.encoding)
        strings: defaultdict[Span, list[TranslatedBlock]] = defaultdict(list)
        for block in translated.blocks:
            if block.text != block.block.text:
                strings[block.block.place.span].append(block)
        edits = [(span, _string(raw[slice(*span)], changed)) for span, changed in strings.items()]
        return encode(splice(raw, edits), document.encoding)


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Number, offset and text of every line that is not blank; only a line feed ends a line of JSON Lines."""
    start = int(text.startswith(BYTE_ORDER_MARK))
    for number, line in enumerate(text[start:].split("\n"), start=1):
        if line.strip(" \t\r"):
            yield number, start, line
        start += len(line) + 1


def _fields(line: str, where: str) -> list[tuple[str, Span, Any]]:
    """The fields of an object with the places of their values.

    >>> _fields('{"text": "Ja", "n": [1]}', "a.jsonl:1")
    [('text', Span(start=9, end=13), 'Ja'), ('n', Span(start=20, end=23), [1])]
    """
    try:
        if not isinstance(json.loads(line), dict):
            raise InputError("not a JSON object", where=where, cure='write one object a line, such as {"text": "…"}')
        return list(_members(line))
    except ValueError as error:
        raise InputError(f"not JSON ({error})", where=where, cure="write one JSON object a line") from error
    except RecursionError as error:
        raise InputError(f"not JSON that can be read: {_DEEP}", where=where, cure="leave the line out") from error


def _members(line: str) -> Iterator[tuple[str, Span, Any]]:
    """Walk over an object that is known to be well formed."""
    position = _after_blanks(line, line.index("{") + 1)
    while line[position] != "}":
        name, position = _DECODER.raw_decode(line, position)
        start = _after_blanks(line, line.index(":", position) + 1)
        value, end = _DECODER.raw_decode(line, start)
        yield name, Span(start, end), value
        position = _after_blanks(line, end)
        position = _after_blanks(line, position + 1) if line[position] == "," else position


def _after_blanks(line: str, position: int) -> int:
    blanks = _BLANKS.match(line, position)
    return blanks.end() if blanks else position


def _blocks(name: str, value: str, place: Span, article: int, number: int, titled: bool) -> Iterator[Block]:
    role = "heading" if name == "headline" and titled else TEXT_FIELDS[name]
    for offset, found in enumerate(find_blocks(value)):
        chosen = found.role if role == "paragraph" else role
        yield Block(f"b{number + offset}", found.text, chosen, FieldPlace(place, found.place), article=article)


def _string(raw: str, changed: list[TranslatedBlock]) -> str:
    value = json.loads(raw)
    new = splice(value, [(block.block.place.inner.span, rewrite(block, block.block.place.inner)) for block in changed])
    ascii_only = raw.isascii() and not value.isascii()
    return json.dumps(new, ensure_ascii=ascii_only or any("\ud800" <= character <= "\udfff" for character in new))
