"""Markdown, HTML, subtitles and JSON Lines: small files with all that matters in them, in capitals."""

from __future__ import annotations

import json

import pytest

from toolkit import documents
from toolkit.errors import InputError
from toolkit.types import SegmentPair, Signature, Span, TranslatedBlock, TranslatedDocument

MARKDOWN = """\
---
title: Bleibt
date: 2024-05-16
author: "Eva Roth"
---

# Putin **trifft** Xi #

Die *Gespräche* begannen in `foo_bar()` nach [Putins Ankunft](http://x.de/a_b "T"),
siehe https://foo.de/a_b_c. Mit ![einem Bild](a.png) und \\*Stern.

> Zitat, das über zwei
> Zeilen geht

- [ ] Punkt __eins__
  geht weiter
1. Ein<br>Umbruch &amp; <b>fett</b>

| Kopf | *Zelle* |
|------|---------|
| a\\|b | 31 % |

```python
print("bleibt")
```

<div>bleibt</div>

Zeile eins\\
Zeile zwei [Ref][1] und <http://auto.de>

[1]: http://ref.de
"""
MARKDOWN_UPPER = """\
---
title: Bleibt
date: 2024-05-16
author: "Eva Roth"
---

# PUTIN **TRIFFT** XI #

DIE *GESPRÄCHE* BEGANNEN IN `foo_bar()` NACH [PUTINS ANKUNFT](http://x.de/a_b "T"),
SIEHE https://foo.de/a_b_c. MIT ![EINEM BILD](a.png) UND *STERN.

> ZITAT, DAS ÜBER ZWEI
> ZEILEN GEHT

- [ ] PUNKT __EINS__
  GEHT WEITER
1. EIN<br>UMBRUCH & <b>FETT</b>

| KOPF | *ZELLE* |
|------|---------|
| A\\|B | 31 % |

```python
print("bleibt")
```

<div>bleibt</div>

ZEILE EINS\\
ZEILE ZWEI [REF][1] UND <http://auto.de>

[1]: http://ref.de
"""
HTML = """\
<!DOCTYPE html>
<html lang="de-DE"><head><title>Xi – Welt</title>
<meta name="description" content="Ein &quot;Teaser&quot;"><meta property="og:site_name" content="Welt">
<meta property="article:published_time" content="2024-05-16T10:00:00+02:00"><meta name=author content="Eva Roth">
<script>if (a<b) alert("bleibt")</script></head>
<body><!-- bleibt --><nav><ul><li>Start<li><a href=x>Politik</a></ul></nav>
<h1>Putin &amp; Xi</h1>
<p>Die <b>Gespräche <i>begannen</i></b> am&nbsp;Donnerstag,
  <a href="u" title='Ein "Titel"'>hier</a> <img src=a alt=Foto> mit <code>foo(x)</code>.<br>Neue Zeile
<p translate=no>Bleibt
<blockquote><p>„Zitat“ <span class="notranslate">Xinhua</span> sagt</blockquote>
<pre>bleibt</pre><textarea>bleibt</textarea>
<figure><figcaption>Foto: dpa</figcaption></figure>
<table><tr><td>Zelle<td>31 &lt; 32</table>
Absatz eins<br><br>Absatz zwei
<footer><button>Mehr</button></footer></body></html>
"""
HTML_UPPER = """\
<!DOCTYPE html>
<html lang="en"><head><title>XI – WELT</title>
<meta name="description" content="EIN &quot;TEASER&quot;"><meta property="og:site_name" content="Welt">
<meta property="article:published_time" content="2024-05-16T10:00:00+02:00"><meta name=author content="Eva Roth">
<script>if (a<b) alert("bleibt")</script></head>
<body><!-- bleibt --><nav><ul><li>START<li><a href=x>POLITIK</a></ul></nav>
<h1>PUTIN &amp; XI</h1>
<p>DIE <b>GESPRÄCHE <i>BEGANNEN</i></b> AM\u00a0DONNERSTAG, <a href="u" title="EIN &quot;TITEL&quot;">HIER</a> \
<img src=a alt="FOTO"> MIT <code>foo(x)</code>.<br>NEUE ZEILE
<p translate=no>Bleibt
<blockquote><p>„ZITAT“ <span class="notranslate">Xinhua</span> SAGT</blockquote>
<pre>bleibt</pre><textarea>bleibt</textarea>
<figure><figcaption>FOTO: DPA</figcaption></figure>
<table><tr><td>ZELLE<td>31 &lt; 32</table>
ABSATZ EINS<br><br>ABSATZ ZWEI
<footer><button>MEHR</button></footer></body></html>
"""
SRT = """\
1
00:00:01,000 --> 00:00:03,000
Guten <i>Tag</i>,
meine Damen und Herren

2
00:00:04,000 --> 00:00:05,000
- Ja.
- Nein.
3
00:00:06,000 --> 00:00:08,000
{\\an8}Das ist eine Zeile, die für eine Zeile zu lang ist.
"""
SRT_UPPER = """\
1
00:00:01,000 --> 00:00:03,000
GUTEN <i>TAG</i>, MEINE
DAMEN UND HERREN

2
00:00:04,000 --> 00:00:05,000
- JA.
- NEIN.
3
00:00:06,000 --> 00:00:08,000
{\\an8}DAS IST EINE ZEILE, DIE
FÜR EINE ZEILE ZU LANG IST.
"""
VTT = """\
WEBVTT - bleibt

STYLE
::cue { color: red }

NOTE bleibt

intro
00:01.000 --> 00:03.000 align:start
<v Eva>Guten &amp; Tag</v>
"""


@pytest.mark.parametrize(
    ("form", "raw", "wanted"),
    [
        ("markdown", MARKDOWN, MARKDOWN_UPPER),
        ("html", HTML, HTML_UPPER),
        ("srt", SRT, SRT_UPPER),
        ("vtt", VTT, VTT.replace("Guten &amp; Tag", "GUTEN &amp; TAG")),
    ],
)
def test_capitals(form, raw, wanted, upper, same):
    assert upper(raw, form) == wanted
    assert upper(raw.replace("\n", "\r\n"), form) == wanted.replace("\n", "\r\n")
    same(raw.encode(), form)


def test_markdown_roles():
    blocks = documents.parse(MARKDOWN.encode(), format="markdown").blocks
    roles = [block.role for block in blocks]
    assert roles[:4] == ["title", "paragraph", "caption", "quote"]
    assert roles[4:6] == ["list_item", "list_item"]
    assert roles[6:] == ["cell"] * 4 + ["code", "paragraph"]
    assert not blocks[10].translatable


def test_markdown_metadata():
    metadata = documents.parse(MARKDOWN.encode(), format="markdown").metadata
    assert metadata == {"date": "2024-05-16", "date_source": "meta", "author": "Eva Roth"}


@pytest.mark.parametrize(
    "words",
    ["- kein Punkt", "1. Mai", "# kein Kopf", "*a* _b_ `c`", "<script>x</script>", "[a](b)", "[a]: b", "> x", "===",
     "a#", "&amp;", "![a](b)", "``", "a | b", "~~~", "C:\\*", "+ 1", "<div", "http://x.de/_a_", "***"],
)  # fmt: skip
@pytest.mark.parametrize("before", ["Satz", "# Satz", "> Satz", "- Satz", "| a |\n|---|\n| Satz |", "Satz\n==="])
def test_words_that_mean_something_in_markdown_stay_words(words, before, translate):
    document = documents.parse(before.encode(), format="markdown")
    translated = translate(document, lambda text: words if text == "Satz" else text)
    again = documents.parse(documents.write(translated), format="markdown")
    assert [(b.role, b.text) for b in again.blocks if b.text != "a" or before[0] != "|"] == [
        (b.block.role, b.text) for b in translated.blocks if any(map(str.isalnum, b.text)) and b.block.text == "Satz"
    ]


def test_html_roles():
    blocks = documents.parse(HTML.encode(), format="html").blocks
    roles = {block.text: (block.role, block.reason) for block in blocks}
    assert roles["Putin & Xi"] == ("title", "<h1>")
    assert roles["Xi – Welt"] == ("boilerplate", "<title>")
    assert roles["Politik"] == ("boilerplate", "inside <nav>")
    assert roles["Mehr"] == ("boilerplate", "inside <footer>")
    assert roles["Foto: dpa"][0] == "caption"
    assert roles["Zelle"][0] == "cell"
    assert roles["„Zitat“ Xinhua sagt"][0] == "quote"
    assert roles["Absatz zwei"][0] == "paragraph"
    assert "Bleibt" not in roles


def test_a_page_without_h1_has_its_window_title():
    blocks = documents.parse(b"<title>Xi</title><h2>Druck</h2>", format="html").blocks
    assert [block.role for block in blocks] == ["title", "heading"]


def test_html_metadata():
    metadata = documents.parse(HTML.encode(), format="html").metadata
    assert metadata == {"date": "2024-05-16", "date_source": "meta", "author": "Eva Roth", "outlet": "Welt"}


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("<html><p>a", '<html lang="en"><p>A'),
        ("<html lang><p>a", '<html lang="en"><p>A'),
        ("<html lang=de><p lang='de'>a<p lang=fr>b", '<html lang="en"><p lang="en">A<p lang=fr>B'),
        ("<html lang=de><p>1<", "<html lang=de><p>1<"),
    ],
)
def test_html_says_its_language(raw, wanted, upper):
    assert upper(raw, "html") == wanted


def test_html_hostile_nesting_is_linear_and_whole(same):
    for piece in ("<b>", "<div>", "<li>", "<code>", "<a b='", "<!--", "</i>", "<table><tr><td>"):
        same(f"<p>Anfang {piece * 1000} Ende".encode(), "html")


def test_marks_follow_their_words_and_stay_nested():
    """Words move across each other; each tag pair keeps its words and none ends inside another."""
    raw = b"<p><b>Xi</b> traf <i>am Montag</i> <u>Putin</u></p>"
    document = documents.parse(raw, format="html")
    block = document.blocks[0]
    target = "On Monday Putin was met by Xi"
    words = [("Xi", "Xi"), ("am", "On"), ("Montag", "Monday"), ("Putin", "Putin"), ("traf", "met")]
    alignment = tuple(
        (Span(block.text.index(a), block.text.index(a) + len(a)), Span(target.index(b), target.index(b) + len(b)))
        for a, b in words
    )
    pair = SegmentPair("b0.0", Span(0, len(block.text)), block.text, target, alignment=alignment)
    translated = TranslatedDocument(document, (TranslatedBlock(block, (pair,)),), "en", Signature("test"))
    assert documents.write(translated) == b"<p><i>On Monday</i> <u>Putin</u> was met by <b>Xi</b></p>"


def test_kept_words_that_the_engine_lost_stand_beside_their_place(translate):
    document = documents.parse(b"Der Aufruf `foo()` endet.", format="markdown")
    assert documents.write(translate(document, lambda text: "The call ends.")) == b"The call `foo()` ends."


def test_subtitles_without_times_are_refused():
    with pytest.raises(InputError, match="no cue times"):
        documents.parse(b"Nur Text\n", path="a.srt")


def test_times_in_words_do_not_become_times(translate):
    document = documents.parse(SRT.encode(), format="srt")
    written = documents.write(translate(document, lambda text: "00:00:01,000 --> 00:00:02,000"))
    assert len(documents.parse(written, format="srt").blocks) == len(document.blocks)


JSONL = (
    '{"id": 1, "title" : "Kopf", "text": "Eins\\n\\n  \\u2022 Zwei", "date": "2024-05-16", "n": [1.50, null]}\r\n'
    "\r\n"
    '{"text":"Größe","url":"http://x.de","extra":{"text":"bleibt"}}'
)


def test_json_lines_keep_everything_but_the_words(upper, same):
    assert upper(JSONL, "jsonl") == JSONL.replace("Kopf", "KOPF").replace("Eins", "EINS").replace(
        "Zwei", "ZWEI"
    ).replace("Größe", "GRÖSSE")
    same(JSONL.encode(), "jsonl")


def test_json_lines_number_their_articles():
    document = documents.parse(JSONL.encode(), format="jsonl")
    assert [(block.article, block.role, block.text) for block in document.blocks] == [
        (0, "title", "Kopf"),
        (0, "paragraph", "Eins"),
        (0, "list_item", "Zwei"),
        (1, "paragraph", "Größe"),
    ]
    assert document.metadata["articles"] == [{"date": "2024-05-16"}, {"url": "http://x.de"}]


@pytest.mark.parametrize(
    ("line", "reason"),
    [("{", "not JSON"), ("[1]", "not a JSON object"), ("[" * 100_000, "nested"), ('{"text": 1}', "no line has")],
)
def test_bad_json_lines_are_named_with_their_line(line, reason):
    good = json.dumps({"text": "Ja"}) if "no line" not in reason else "{}"
    with pytest.raises(InputError, match=reason) as caught:
        documents.parse(f"{good}\n{line}\n".encode(), path="a.jsonl")
    assert caught.value.where == ("a.jsonl" if "no line" in reason else "a.jsonl:2")
