"""What is fuzzed: one function a target, from any bytes to nothing; an exception it lets through is a finding.

Errors that the toolkit raises on purpose (`ToolkitError`) are answers, not findings. Everything else that goes wrong is
one: another exception, a broken promise (an ``assert`` below), a hang, memory without bounds.
"""

from __future__ import annotations

import io
import json
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.documents.conftest import translate_by
from tests.fuzz.samples import CONTAINER, DOCX, EPUB, METADATA, OPF, TEXTS, docx_part, zipped
from toolkit import documents
from toolkit.errors import ToolkitError
from toolkit.glossary import Glossary
from toolkit.glossary.exchange import FORMATS as TERM_BASES
from toolkit.memory.exchange import from_jsonl, from_tmx, to_jsonl, to_tmx
from toolkit.memory.store import MemoryEntry
from toolkit.models.archive import extract, read
from toolkit.text.roles import prepare
from toolkit.text.segmentation import split, split_clauses
from toolkit.translation.checks import check
from toolkit.types import Hypothesis, SegmentPair, Signature, Span, TranslatedBlock, TranslatedDocument


@dataclass(frozen=True, slots=True)
class Target:
    """A function to feed, inputs to begin with, and words that the format knows."""

    run: Callable[[bytes], None]
    seeds: Sequence[bytes]
    words: Sequence[str] = ()


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\0", "")


def archive(data: bytes) -> None:
    """Any bytes as a package: refused, or read; and what can be read can be unpacked, below its folder only."""
    with tempfile.TemporaryDirectory() as name:
        place, path = Path(name, "inner", "package"), Path(name, "x.argosmodel")
        path.write_bytes(data)
        with suppress(ToolkitError):
            read(path)
            extract(path, place)
        outside = {each.relative_to(name).parts[:2] for each in Path(name).rglob("*") if each != path}
        assert outside <= {("inner",), ("inner", "package")}, outside


def archive_names(data: bytes) -> None:
    """A well-formed zip whose entries have the lines of *data* as names; a first letter L makes one a link."""
    target = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(target, "w") as packed:  # of names said twice
        for line in data.decode("utf-8", "replace").split("\n"):
            entry = zipfile.ZipInfo(line[1:] or "x")
            entry.external_attr = (0o120777 if line[:1] == "L" else 0o100644) << 16
            with suppress(UnicodeEncodeError):
                packed.writestr(entry, METADATA if line.endswith("metadata.json") else b"weights")
    archive(target.getvalue())


def _covers(text: str, spans: Sequence[Span]) -> None:
    cursor = 0
    for start, end in spans:
        assert cursor <= start < end <= len(text)
        assert not text[cursor:start].strip(), "text lost between two spans"
        cursor = end
    assert not text[cursor:].strip(), "text lost at the end"


def segmenter(data: bytes) -> None:
    """Spans are in order and apart, and lose nothing; a sentence can be cut to any length."""
    text = _text(data)
    for language in ("de", "en", "fr"):
        spans = split(text, language)
        _covers(text, spans)
    for start, end in spans[:3]:
        sentence = text[start:end]
        _covers(sentence, split_clauses(sentence, lambda part: len(part) <= 20, "de"))


def reader(form: str, wrap: Callable[[bytes], bytes] = bytes) -> Callable[[bytes], None]:
    """A format: unchanged it gives its bytes back; prepared and changed it can be written and read again."""

    def run(data: bytes) -> None:
        raw = wrap(data)
        try:
            document = documents.parse(raw, format=form)
        except ToolkitError:
            return
        untouched = TranslatedDocument(document, tuple(map(TranslatedBlock, document.blocks)), "en", Signature("test"))
        assert documents.write(untouched) == raw, "not the same bytes"
        assert documents.write(translate_by(document, str)) == raw, "not the same bytes after a translation to itself"
        for block in prepare(document).blocks:
            if block.translatable:
                _covers(block.text, [segment.span for segment in block.segments])
        written = documents.write(translate_by(document, lambda text: "Putin & <b>Xi</b> *_[meet]( " + text.upper()))
        documents.parse(written, format=form)

    return run


def docx_file(data: bytes) -> None:
    """The archive itself: a fault in a part that is not read comes to light, and is named, when all is written."""
    with suppress(ToolkitError):
        reader("docx")(data)


def term_base(suffix: str) -> Callable[[bytes], None]:
    """A term base: refused with a reason, or its entries survive being written and read again in every format."""

    def run(data: bytes) -> None:
        parse, write = TERM_BASES[suffix]
        with suppress(ToolkitError):
            glossary = Glossary(parse(_text(data), "fuzz"))
            again = Glossary(parse(write(glossary.entries), "fuzz"))
            assert again.signature == glossary.signature, "entries changed on the way"

    return run


def matcher(data: bytes) -> None:
    """Terms in the first lines, text behind a blank one: hits are in order, apart, and name their own text."""
    terms, _, text = _text(data).partition("\n\n")
    try:
        glossary = Glossary(TERM_BASES[".tsv"][0]("source\ttarget\taliases\tkind\n" + terms, "fuzz"))
    except ToolkitError:
        return
    cursor = 0
    for hit in glossary.find(text):
        assert cursor <= hit.span.start < hit.span.end <= len(text)
        assert text[hit.span.start : hit.span.end] == hit.surface
        assert hit.surface.endswith(hit.ending)
        cursor = hit.span.end


def tmx(data: bytes) -> None:
    """A memory as TMX: refused, or the same units after being written and read again."""
    with suppress(ToolkitError):
        units = list(from_tmx(data, where="fuzz"))
        pairs = [SegmentPair("", Span(0, len(source)), source, target) for _, source, target in units]
        entries = [MemoryEntry("k", unit[0], "e", pair) for unit, pair in zip(units, pairs, strict=True)]
        again = list(from_tmx(to_tmx(entries), where="fuzz"))
        assert [each[0] for each in again] == [each[0] for each in units]


def memory_lines(data: bytes) -> None:
    """A memory as JSON Lines: refused with the line's number, or written again as it was read."""
    with suppress(ToolkitError):
        entries = list(from_jsonl(data, where="fuzz"))
        assert list(from_jsonl(to_jsonl(entries), where="fuzz")) == entries


def checks(data: bytes) -> None:
    """Source and target, parted by a tab: the checks give flags, whatever they are shown."""
    source, _, target = _text(data).partition("\t")
    check(source, Hypothesis(target, -1.0))


_SENTENCES = [text.encode() for text in TEXTS]
_MEMORY = json.dumps(
    {"key": "k", "source_language": "de", "target_language": "en", "engine": "e", "pair": {"source": "Ja.",
     "target": "Yes.", "score": -0.1, "flags": [{"kind": "loop", "detail": ""}], "terms": [],
     "alignment": [[[0, 2], [0, 3]]]}}
).encode()  # fmt: skip
_PACKAGE = {"metadata.json": METADATA, "model/model.bin": b"w", "model/shared_vocabulary.json": b"[]",
            "sentencepiece.model": b"p"}  # fmt: skip
_PARAGRAPH = b"<w:p><w:r><w:t>Putin </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>trifft</w:t></w:r></w:p>"
_NAMES = "\n".join(f" t/{name}" for name in _PACKAGE).encode()

TARGETS: dict[str, Target] = {
    "archive": Target(archive, [zipped({f"t/{name}": data for name, data in _PACKAGE.items()})]),
    "archive-names": Target(archive_names, [_NAMES, b"L t/link\n" + _NAMES], ["../", "/", "\\", "CON", " ", "L", "é"]),
    "segmenter": Target(segmenter, _SENTENCES, ["z. B.", "Nr. 5", "“, sagte", "…", "•", "15. Dezember", "\u2028"]),
    "text": Target(reader("text"), _SENTENCES, ["\r\n", "  • ", "-----", "\ufeff"]),
    "markdown": Target(
        reader("markdown"), [b"# Kopf\n\nText *mit* **Marken** und `Code`, [Wort](http://x.de \"t\").\n\n- P\n  1. z\n",
        b"| a | b |\n|---|:-:|\n| c \\| d | *e* |\n\n> Zitat\n\n```\nCode\n```\n<div>x</div>\n"],
        ["**", "```", "![", "](", "<!--", "~~", "|---|", "\\", "&amp;", "> ", "---"],
    ),
    "html": Target(
        reader("html"), [b"<!DOCTYPE html><html lang=de><title>T</title><body><h1>Kopf</h1><p>Text <b>fett</b> &amp; "
        b"mehr<br>z</p><ul><li>a</ul><table><tr><td>b</table><pre>c</pre><!-- d --><img alt='e'></body></html>"],
        ["<p>", "</p>", "<script>", "<![CDATA[", "&#x", "<a href=", "<!--", "-->", "translate=no", "<svg>", "<title>"],
    ),
    "srt": Target(
        reader("srt"), [b"1\n00:00:01,000 --> 00:00:02,000\nGuten <i>Tag</i>\n- Ja.\n"], [" --> ", "{\\an8}"],
    ),
    "vtt": Target(
        reader("vtt"), [b"WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n<v Eva>Hallo &amp; ja\n\nNOTE x\n"],
        ["WEBVTT", " --> ", "<v ", "&lt;", "STYLE"],
    ),
    "jsonl": Target(
        reader("jsonl"), [b'{"id": 1, "title": "Kopf", "text": "Er kam. \\u00dcber \\"alles\\"."}\r\n{"text": "B"}\n'],
        ['{"text": "', '"}', "\\ud800", "\\n", "[", "1e999", "NaN"],
    ),
    "docx": Target(reader("docx", lambda data: zipped(DOCX | {"word/document.xml": docx_part(data)})),
        [_PARAGRAPH],
        ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:br/>", "<w:tab/>", "<w:tbl>", "<w:ins>"]),
    "docx-file": Target(docx_file, [zipped(DOCX | {"word/document.xml": docx_part(_PARAGRAPH)})]),
    "odt": Target(reader("odt", lambda data: zipped({"mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": b'<o xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">' + data + b"</o>"})),
        [b"<text:h>Kopf</text:h><text:p>Er <text:span>kam</text:span>.<text:line-break/>Neu</text:p>"],
        ["<text:p>", "</text:p>", "<text:span>", "</text:span>", "<text:s/>", "<text:note>"]),
    "epub": Target(reader("epub", lambda data: zipped({**EPUB, "META-INF/container.xml": CONTAINER, "a.opf": OPF,
        "a.xhtml": data})), [b"<html><body><h1>Kopf</h1><p>Er <i>kam</i>.</p></body></html>"],
        ["<p>", "</p>", "<i>", "<br/>", "<?xml", "&amp;"]),
    "tsv": Target(
        term_base(".tsv"), [b"source\ttarget\tkind\taliases\tforbidden\nKiew\tKyiv\tplace\tKyjiw | Kijew\tKiev\n"],
        ["\t", " | ", "keep", "exact", "sensitive"]),
    "csv": Target(
        term_base(".csv"), [b'Uschakow,Ushakov\n"Berlin, Stadt",Berlin\n', b"source;target\na;b\n"], ['"', ",", ";"]),
    "tbx": Target(term_base(".tbx"), [TERM_BASES[".tbx"][1](TERM_BASES[".tsv"][0](
        "source\ttarget\tkind\taliases\tnote\nKiew\tKyiv\tplace\tKijew\tx", "-")).encode()],
        ["<termSec>", "<term>", "<langSec", "xml:lang", "<!DOCTYPE", "<!ENTITY", "deprecatedTerm-admn-sts"]),
    "matcher": Target(
        matcher, ["Kiew\tKyiv\tKyjiw | Kijew\tplace\nKreml\tKremlin\t\tplace\n\nDer Kreml-Berater in Kiews "
        "‚Kiew‘, KIEW und Kijew; Kyjiw’s".encode()], ["ß", "ẞ", "İ", "\u0301", "’s", "-", "ﬁ"]),
    "tmx": Target(
        tmx, [b'<tmx version="1.4"><header srclang="de"/><body><tu><tuv xml:lang="de"><seg>Ja<ph>x</ph></seg></tuv>'
        b'<tuv xml:lang="en"><seg>Yes</seg></tuv></tu></body></tmx>'],
        ["<tu>", "<seg>", "srclang", "<!ENTITY", "*all*"]),
    "memory-lines": Target(memory_lines, [_MEMORY], ['"pair"', '"alignment"', "null", "1e999", "NaN", "[[", "{}"]),
    "checks": Target(checks, [b"Es kamen 7.000 Menschen, 1,5 Mio.\t7,000 people came, 1.5m", b"Ja ja ja\tyes yes"],
        ["1.000", "½", "²", "zwanzig", "Mio.", "%", "-", "\u0663"]),
}  # fmt: skip
