"""TMX goes out and comes back; JSON Lines keeps everything; hostile files are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.memory.test_memory_store import PAIR, key, rich_pair
from toolkit.errors import InputError
from toolkit.languages import LanguagePair
from toolkit.memory import TranslationMemory
from toolkit.memory.exchange import from_jsonl, from_tmx, to_jsonl, to_tmx
from toolkit.memory.store import MemoryEntry
from toolkit.types import SegmentPair, Span

XML_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1)


def test_json_lines_keep_everything(tmp_path: Path) -> None:
    memory = TranslationMemory(tmp_path / "a.sqlite")
    memory.store([(key("Uschakow sprach."), rich_pair())], PAIR, "engine 1")
    other = TranslationMemory(tmp_path / "b.sqlite")

    other.import_entries(from_jsonl(to_jsonl(memory.entries())))

    assert list(other.entries()) == list(memory.entries())


@given(XML_TEXT, XML_TEXT)
def test_tmx_round_trip(source: str, target: str) -> None:
    entry = MemoryEntry("k", PAIR, "engine <1>", SegmentPair("", Span(0, len(source)), source, target))
    assert list(from_tmx(to_tmx([entry]))) == [(PAIR, source, target)]


def test_tmx_of_another_tool_with_inline_tags_and_regions() -> None:
    data = b"""<?xml version="1.0"?><tmx version="1.4"><header srclang="de-DE"/><body>
    <tu><tuv xml:lang="en-US"><seg>Press <bpt i="1">b</bpt>Start.</seg></tuv>
    <tuv xml:lang="de-DE"><seg>Start dr\xc3\xbccken.</seg></tuv></tu></body></tmx>"""
    assert list(from_tmx(data)) == [(LanguagePair("de", "en"), "Start drücken.", "Press bStart.")]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<tmx><body><tu><tuv xml:lang="de"><seg>&b;</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize("data", [b"", b"<tmx", b"<html/>", BOMB], ids=["empty", "torn", "no TMX", "entities"])
def test_what_is_no_tmx_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(InputError, match=r"memory\.tmx"):
        list(from_tmx(data, where="memory.tmx"))


@pytest.mark.parametrize("line", ["{}", "[1]", "no json", '{"key": 1, "pair": {}}'])
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(InputError, match=r"m\.jsonl:2"):
        list(from_jsonl(f"\n{line}\n".encode(), where="m.jsonl"))
