"""Whatever the file, unchanged text gives back the very bytes; changed text changes nothing around it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from toolkit import documents
from toolkit.errors import InputError

settings.register_profile("documents", deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
PROPERTY = settings.get_profile("documents")

ODD = st.sampled_from("aÄß1 \t\n\r.-*_#>`|~[]()<&;!=:/\\\"'{}„“•–\u00a0\u0301\ufeff\u2028\x0b\x85😀中\u00ad0A")
TEXT = st.text(ODD | st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200)
WORDS = st.lists(
    st.sampled_from(["Putin", "trifft", "Xi", "am", "15.", "Übung", "&", "<b>", "_x_", "1.", "-"]), max_size=12
)
LINES = {  # fragments from which files are put together
    "text": ["Putin trifft Xi", "  • Popups", "", "> Zitat", "1. Eins", "2. Zwei", "\t", "-----",
        "Er sagte, er wolle in"],
    "markdown": [
        "# Titel #", "Text *mit* **Marken** und `Code`", "> Zitat", "> > tiefer", "- Punkt", "  weiter", "1. eins", "",
        "| a | b |", "|---|:-:|", "| c \\| d | *e* |", "```", "    Code", "---", "<div>", "</div>", "[x]: http://y.de",
        "[a](b 'c') ![d](e)", "***a*** ~~b~~ ~~~c~~~", "a  ", "b\\", "<b>f</b> &amp; &#65; \\*", "===", "\tTab",
        "- [ ] x",
        "[^1]: Fuß", "https://a.de/b_c_d.", "`` ` ``", "*a _b* c_", "+ c", "* d",
    ],
    "html": [
        "<p>Text <b>fett</b>", "</p>", "<ul><li>eins", "<li>zwei</ul>", "<br><br>", "<pre>x", "</pre>", "<!-- c -->",
        "<a href=x title='t &amp; u'>", "</a>", "<img alt=Bild>", "<script>if(a<b)</script>", "&nbsp;&lt; &copy 2",
        "<code>f()</code>", "<code>", "<h1>Kopf</h1>", "<table><tr><td>a<td>b", "</table>", "<title>T</title>",
        "<html>",
        "<span translate=no>x</span>", "<p translate=no>y", "< 3", "<![CDATA[x]]>", "<?php ?>", "</b>", "<i>", "<a b='",
        "<div lang=de xml:lang>z", "<svg><text>q</text></svg>", "<textarea>t</textarea>",
        "<meta name=description content=d>",
    ],
    "srt": ["1", "00:00:01,000 --> 00:00:02,000", "Guten <i>Tag</i>", "- Ja.", "- Nein.", "", "{\\an8}Oben", "</b>",
        "<b>"],
    "vtt": ["WEBVTT", "00:01.000 --> 00:02.000 align:start", "<v Eva>Hallo &amp; ja", "NOTE x", "", "<c.a>b</c> 1 < 2",
        "x"],
}  # fmt: skip


@st.composite
def files(draw: st.DrawFn, form: str) -> bytes:
    newline = st.sampled_from(["\n", "\r\n", "\r", "\n\n"])
    parts = draw(st.lists(st.tuples(st.sampled_from(LINES[form]) | TEXT, newline), max_size=14))
    text = "".join(line + end for line, end in parts)
    if form in {"srt", "vtt"}:
        text += "\n\n00:00:01,000 --> 00:00:02,000\nx"
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-32"]))
    return text.replace("\0", "").encode(encoding)


@pytest.mark.parametrize("form", LINES)
@given(data=st.data())
@PROPERTY
def test_unchanged_text_gives_back_the_bytes(same, form, data):
    try:
        same(data.draw(files(form)), form)
    except InputError as error:
        event(error.reason)


@pytest.mark.parametrize("form", LINES)
@given(data=st.data())
@PROPERTY
def test_changed_text_can_be_written_and_read_again(translate, form, data):
    raw = data.draw(files(form))
    try:
        document = documents.parse(raw, format=form)
    except InputError:
        return
    words = " ".join(data.draw(WORDS))
    translated = translate(document, lambda text: f"{text} {words}" if words else text.upper())
    written = documents.write(translated)
    assert documents.parse(written, format=form).blocks or not document.blocks


@given(data=st.binary(max_size=300), form=st.sampled_from(sorted(documents.FORMATS)))
@PROPERTY
def test_any_bytes_are_read_or_refused(same, data, form):
    try:
        same(data, form)
    except InputError as error:
        event(error.reason.split("(")[0])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT, lambda inner: st.lists(inner, max_size=2), max_leaves=3
)
OBJECTS = st.dictionaries(st.sampled_from(["text", "title", "id", "body", "date", "x"]), VALUES, max_size=5)


@given(objects=st.lists(OBJECTS, max_size=4), ascii_only=st.booleans(), separator=st.sampled_from([",", ", ", " , \t"]))
@PROPERTY
def test_json_lines(same, translate, objects, ascii_only, separator):
    lines = [json.dumps(entry, ensure_ascii=ascii_only, separators=(separator, ": ")) for entry in objects]
    raw = "\r\n".join(lines).encode()
    try:
        same(raw, "jsonl")
    except InputError as error:
        event(error.reason)
        return
    document = documents.parse(raw, format="jsonl")
    written = documents.write(translate(document, lambda text: text + "!"))
    for before, after in zip(objects, written.decode().split("\r\n"), strict=True):
        read = json.loads(after)
        assert list(read) == list(before)
        assert {k: v for k, v in read.items() if k not in {"text", "title", "body"}} == {
            k: v for k, v in before.items() if k not in {"text", "title", "body"}
        }


@given(lines=st.lists(st.sampled_from(LINES["markdown"]), max_size=12), words=WORDS)
@PROPERTY
def test_markdown_reads_back_as_the_translation(translate, lines, words):
    raw = "\n".join(["Anfang", "", *lines]).encode()
    document = documents.parse(raw, format="markdown")
    plain = {block.text for block in document.blocks if not block.marks}
    wanted = " ".join(["Neu", *words])
    translated = translate(document, lambda text: wanted if text in plain else text)
    again = documents.parse(documents.write(translated), format="markdown")
    assert [block.text.split() for block in again.blocks] == [block.text.split() for block in translated.blocks]


@given(words=st.text(st.sampled_from("ab<>&\"' \n/!-="), min_size=1, max_size=40))
@PROPERTY
def test_no_text_becomes_a_tag(translate, words):
    raw = b'<p title="Guten Tag">Hallo <i>Welt</i></p>'
    written = documents.write(translate(documents.parse(raw, format="html"), lambda text: f"x{words}")).decode()
    assert re.fullmatch(r'<p title="[^"<]*">(?:[^<]|</?i>)*</p>', written)
