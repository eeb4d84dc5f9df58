"""Every format: as the golden file has it, the same bytes each time, and safe whatever the articles hold.

After a wanted change run ``TOOLKIT_UPDATE_GOLDEN=1 pytest tests/briefings`` and read the difference.
"""

from __future__ import annotations

import html
import io
import json
import os
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from toolkit.briefings import FORMATS, SUFFIXES, Briefing, FormatName, render
from toolkit.briefings.renderers.escaping import visible, web_address
from toolkit.briefings.renderers.markdown import escape
from toolkit.errors import InputError

GOLDEN = Path(__file__).parent / "golden"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def style(paragraph: Any) -> str:
    return str(paragraph.style.name)


def shown(briefing: Briefing, name: FormatName) -> str:
    """A format as text: of a Word document, its paragraphs and cells."""
    data = render(briefing, name)
    if name != "docx":
        return data.decode()
    document = docx.Document(io.BytesIO(data))
    lines = [f"{style(paragraph)}: {paragraph.text}" for paragraph in document.paragraphs]
    lines += [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", FORMATS)
def test_briefing_looks_as_it_did(briefing: Briefing, name: FormatName) -> None:
    path = GOLDEN / ("briefing.docx.txt" if name == "docx" else f"briefing{SUFFIXES[name]}")
    text = shown(briefing, name)
    if os.environ.get("TOOLKIT_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_equal_briefings_give_equal_bytes(briefing: Briefing, name: str) -> None:
    assert render(briefing, name) == render(briefing, name)


@pytest.mark.parametrize("name", ["html", "markdown", "text", "json"])
def test_no_character_that_a_terminal_obeys_is_written(briefing: Briefing, name: str) -> None:
    assert not CONTROL.search(render(briefing, name).decode())


def test_unknown_format_is_an_error_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="use html, markdown"):
        render(None, "pdf")  # type: ignore[arg-type]


def test_json_says_its_schema_first_and_keeps_the_text_exactly(briefing: Briefing) -> None:
    data = json.loads(render(briefing, "json"))
    assert next(iter(data)) == "schema_version"
    assert data["schema_version"] == 1
    texts = [s["source"] for card in data["articles"] for p in card["passages"] for s in p["sentences"]]
    assert any("\x1b[31mrot\u202e" in text for text in texts)
    assert data["stories"][0]["bullets"][0]["citation"] == {"article": "a1", "segment": "b1.0"}


def test_markup_of_articles_is_text_in_markdown(briefing: Briefing) -> None:
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(render(briefing, "markdown").decode())
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; [hier](javascript:alert(2))" in page
    assert not re.search(r'href="(?!#|https://example\.org/)', page)
    assert set(re.findall(r"<(\w+)", page)) <= {
        "h1",
        "h2",
        "h3",
        "p",
        "a",
        "em",
        "strong",
        "ul",
        "li",
        "br",
        "blockquote",
    }


def test_every_markdown_citation_has_its_anchor(briefing: Briefing) -> None:
    text = render(briefing, "markdown").decode()
    anchors = set(re.findall(r'<a id="([^"]+)">', text))
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links
    assert links <= anchors


@given(st.text(max_size=120))
def test_escaped_text_is_read_back_from_markdown_as_it_was(text: str) -> None:
    """One paragraph, no markup, the same characters (white space at its ends and in runs aside)."""
    rendered = MarkdownIt("commonmark", {"html": True}).render(escape(text)).strip()
    plain = re.sub(r"\s+", " ", visible(text)).strip().replace("\x00", "\ufffd")
    if not plain:
        assert rendered == ""
        return
    assert rendered.startswith("<p>")
    assert rendered.endswith("</p>")
    inner = rendered[3:-4]
    assert "<" not in inner
    assert re.sub(r"\s+", " ", html.unescape(inner)).strip() == plain


@given(st.text(max_size=60))
def test_visible_text_is_one_line_without_control_characters(text: str) -> None:
    assert not CONTROL.search(visible(text))
    assert len(visible(text).splitlines()) <= 1
    visible(text).encode()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://example.org",
        "https://exa mple.org",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        'https://example.org/"onclick=x',
        "https://example.org\njavascript:x",
        "",
    ],
)
def test_only_plain_web_addresses_are_linked(address: str) -> None:
    assert web_address(address) == ""


def test_a_link_that_is_none_is_not_linked_anywhere(briefing: Briefing) -> None:
    assert 'href="javascript' not in render(briefing, "html").decode()
    archive = zipfile.ZipFile(io.BytesIO(render(briefing, "docx")))
    assert b"javascript:alert(3)" not in b"".join(archive.read(name) for name in archive.namelist())


def test_word_document_has_headings_links_and_marked_german(briefing: Briefing) -> None:
    data = render(briefing, "docx")
    document = docx.Document(io.BytesIO(data))
    levels = [int(style(p)[-1]) for p in document.paragraphs if style(p).startswith("Heading")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    anchors = set(re.findall(r'w:hyperlink w:anchor="([^"]+)"', xml))
    assert anchors
    assert anchors <= set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml))
    assert '<w:lang w:val="de"/>' in xml
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_plain_text_keeps_to_eighty_columns(briefing: Briefing) -> None:
    lines = render(briefing, "text").decode().splitlines()
    assert all(len(line) <= 80 or " " not in line.strip() for line in lines)
