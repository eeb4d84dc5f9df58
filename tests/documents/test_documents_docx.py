"""Word documents keep styles, tables, pictures, links and fields; formatting lands on the right words."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit import documents
from toolkit.documents import archives
from toolkit.errors import InputError
from toolkit.types import SegmentPair, Signature, Span, TranslatedBlock, TranslatedDocument


def png() -> io.BytesIO:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def hyperlink(paragraph, words: str):
    link = OxmlElement("w:hyperlink")
    link.set(
        qn("r:id"),
        paragraph.part.relate_to("https://example.org", docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, True),
    )
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = words
    run.append(text)
    link.append(run)
    paragraph._p.append(link)


def field(paragraph, code: str, shown: str):
    for kind in ("begin", code, "separate", shown, "end"):
        run = paragraph.add_run()
        if kind in {"begin", "separate", "end"}:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText" if kind == code else "w:t")
            element.text = kind
        run._r.append(element)


def article() -> bytes:
    document = docx.Document()
    document.add_heading("Putin trifft Xi", 0)
    document.add_heading("Druck", 1)
    paragraph = document.add_paragraph("Die Gespräche ")
    paragraph.add_run("begannen am ").bold = True
    paragraph.add_run("Donnerstag").bold = True
    paragraph.add_run(" nach ")
    hyperlink(paragraph, "Putins Ankunft")
    paragraph.add_run(" in ")
    field(paragraph, ' HYPERLINK "x" ', "Peking")
    paragraph.add_run(".")
    document.add_paragraph("Popups", style="List Bullet")
    broken = document.add_paragraph("Erste Zeile")
    broken.add_run().add_break()
    broken.add_run("zweite Zeile")
    broken.add_run().add_picture(png(), width=Mm(5))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Zelle", "31"
    document.add_paragraph("Zitat", style="Intense Quote")
    document.sections[0].header.paragraphs[0].text = "Welt News\tSeite"
    document.styles.add_style("Code", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


ARTICLE = article()


def test_roles_and_texts():
    """Roles come from styles, lists and tables; an empty paragraph is no block; a header is boilerplate."""
    blocks = documents.parse(ARTICLE, path="a.docx").blocks
    assert [(block.role, block.text) for block in blocks] == [
        ("title", "Putin trifft Xi"),
        ("heading", "Druck"),
        ("paragraph", "Die Gespräche begannen am Donnerstag nach Putins Ankunft in Peking."),
        ("list_item", "Popups"),
        ("paragraph", "Erste Zeile\nzweite Zeile"),
        ("cell", "Zelle"),
        ("cell", "31"),
        ("quote", "Zitat"),
        ("boilerplate", "Welt News\tSeite"),
    ]


def test_unchanged_is_the_same_file(same):
    same(ARTICLE, "docx")


def outline(data: bytes) -> list[tuple[str, str]]:
    document = docx.Document(io.BytesIO(data))
    return [(p.style.name, p.text) for p in document.paragraphs]


def test_structure_stays(translate):
    """Every paragraph in its style and place, the other parts of the package byte for byte, the picture still there."""
    translated = translate(documents.parse(ARTICLE, path="a.docx"), str.upper)
    written = documents.write(translated)
    assert outline(written) == [(style, text.upper()) for style, text in outline(ARTICLE)]
    before, after = (zipfile.ZipFile(io.BytesIO(data)) for data in (ARTICLE, written))
    assert before.namelist() == after.namelist()
    changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed == {"word/document.xml", "word/header1.xml", "word/styles.xml"}
    document = docx.Document(io.BytesIO(written))
    assert len(document.inline_shapes) == 1
    assert document.tables[0].cell(0, 0).text == "ZELLE"
    assert document.sections[0].header.paragraphs[0].text == "WELT NEWS\tSEITE"
    assert documents.parse(written, path="a.docx").blocks[2].text == translated.blocks[2].text


def test_formatting_lands_on_the_right_words():
    """The aligned words are bold wherever they now stand; the link and the field hold theirs."""
    document = documents.parse(ARTICLE, path="a.docx")
    block = document.blocks[2]
    target = "After Putin's arrival in Beijing on Thursday the talks began."
    links = [("Gespräche", "talks"), ("begannen", "began"), ("Donnerstag", "Thursday"), ("Putins", "Putin's")]
    links += [("Ankunft", "arrival"), ("Peking", "Beijing"), ("am", "on")]

    def span(text: str, word: str) -> Span:
        return Span(text.index(word), text.index(word) + len(word))

    alignment = tuple((span(block.text, source), span(target, word)) for source, word in links)
    pair = SegmentPair("b2.0", Span(0, len(block.text)), block.text, target, alignment=alignment)
    blocks = tuple(TranslatedBlock(entry, (pair,) if entry is block else ()) for entry in document.blocks)
    written = documents.write(TranslatedDocument(document, blocks, "en", Signature("test")))
    paragraph = docx.Document(io.BytesIO(written)).paragraphs[2]
    assert paragraph.text == target
    assert paragraph.hyperlinks[0].text == "Putin's arrival"
    assert paragraph.hyperlinks[0].address == "https://example.org"
    assert "".join(run.text for run in paragraph.runs if run.bold) == "on Thursday the talks began"
    field_and_words = paragraph._p.iter(qn("w:fldChar"), qn("w:t"))
    kinds = [element.get(qn("w:fldCharType")) or element.text for element in field_and_words]
    assert kinds[kinds.index("begin") :][:4] == ["begin", "separate", "Beijing", "end"]


@given(words=st.lists(st.sampled_from(["a", "B", "\x0b", "<&>", "ß", "\n", " "]), max_size=6))
@settings(deadline=None, max_examples=8, suppress_health_check=list(HealthCheck))
def test_any_translation_can_be_written(translate, words):
    translated = translate(documents.parse(ARTICLE, path="a.docx"), lambda text: "x" + "".join(words) + text)
    written = documents.parse(documents.write(translated), path="a.docx")
    assert len(written.blocks) == len(translated.blocks)


def packed(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return target.getvalue()


BOMB = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 100 + b'"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"not a zip", "not DOCX"),
        (ARTICLE[: len(ARTICLE) // 2], "not DOCX"),
        (packed(styles=b"<a/>"), "no word/document.xml"),
        (packed(document=b"<a>"), "broken XML"),
        (packed(document=BOMB), "document type"),
        (packed(document=b"<a/>"), "empty"),
        (ARTICLE.replace(b"word/document.xml", b"word/documenx.xml"), "no word/document.xml"),
    ],
)
def test_bad_files_are_refused(data, reason):
    with pytest.raises(InputError, match=reason) as caught:
        documents.parse(data, path="a.docx")
    assert caught.value.where == "a.docx"
    assert caught.value.cure


def test_what_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1000)
    with pytest.raises(InputError, match="unpacks to"):
        documents.parse(packed(document=b" " * 2000), path="a.docx")


@given(start=st.integers(0, len(ARTICLE) - 1), junk=st.binary(min_size=1, max_size=8))
@settings(deadline=None, max_examples=20)
def test_damaged_files_are_read_or_refused(start, junk):
    damaged = ARTICLE[:start] + junk + ARTICLE[start + len(junk) :]
    try:
        document = documents.parse(damaged, path="a.docx")
    except InputError as error:
        assert error.where == "a.docx"  # noqa: PT017 - either outcome is right
    else:
        assert document.blocks
