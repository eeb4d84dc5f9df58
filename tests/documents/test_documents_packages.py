"""OpenDocument texts and EPUB books: packages whose other parts stay as they are."""

from __future__ import annotations

import io
import zipfile

import pytest

from toolkit import documents
from toolkit.errors import InputError


def packed(parts: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return target.getvalue()


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)
BODY = """<text:p text:style-name="Title">Putin trifft Xi</text:p><text:h text:outline-level="1">Druck</text:h>\
<text:p>Die <text:span text:style-name="T1">Gespräche <text:a xlink:href="http://x.de">begannen</text:a></text:span> am\
 Montag.<text:line-break/>Neue Zeile<draw:frame/> hier<text:note><text:note-citation>1</text:note-citation>\
<text:note-body><text:p>Eine Fußnote</text:p></text:note-body></text:note></text:p>\
<text:list><text:list-item><text:p>Punkt</text:p></text:list-item></text:list>\
<table:table-cell><text:p>Zelle</text:p></table:table-cell>\
<text:p/><text:p>-----</text:p>"""
CONTENT = f"<office:document-content {OFFICE}><office:text>{BODY}</office:text></office:document-content>"
ODT = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": CONTENT, "Pictures/a.png": "x"})

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/a.opf"/></rootfiles></container>'
OPF = """<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Buch</dc:title><dc:creator>Eva Roth\
</dc:creator><dc:date>2024-05-16</dc:date><dc:language>de</dc:language></metadata><manifest>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml"/><item id="c2" href="b%20c.xhtml" \
media-type="application/xhtml+xml"/><item id="c1" href="a.xhtml" media-type="application/xhtml+xml"/>
</manifest><spine><itemref idref="c1"/><itemref idref="c2"/></spine></package>"""
PAGE = '<?xml version="1.0"?>\r\n<html xml:lang="de"><body><h1>{}</h1><p>Er <i>kam</i>.<br/>Ja</p></body></html>'
EPUB = packed(
    {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/a.opf": OPF,
        "OEBPS/nav.xhtml": "<html><body><nav><ol><li>Eins</li></ol></nav></body></html>",
        "OEBPS/b c.xhtml": PAGE.format("Zwei"),
        "OEBPS/a.xhtml": PAGE.format("Eins"),
    }
)


def test_odt_roles_and_texts():
    blocks = documents.parse(ODT, path="a.odt").blocks
    assert [(block.role, block.text) for block in blocks] == [
        ("title", "Putin trifft Xi"),
        ("heading", "Druck"),
        ("paragraph", "Die Gespräche begannen am Montag.\nNeue Zeile hier"),
        ("boilerplate", "Eine Fußnote"),
        ("list_item", "Punkt"),
        ("cell", "Zelle"),
    ]


@pytest.mark.parametrize(("data", "form"), [(ODT, "odt"), (EPUB, "epub")])
def test_unchanged_is_the_same_file(data, form, same):
    same(data, form)


def test_odt_keeps_its_structure(translate):
    written = documents.write(translate(documents.parse(ODT, path="a.odt"), str.upper))
    names = (
        "Putin trifft Xi",
        "Druck",
        "Die ",
        "Gespräche ",
        "begannen",
        " am Montag.",
        "Neue Zeile",
        " hier",
        "Punkt",
    )
    wanted = CONTENT
    for words in (*names, "Eine Fußnote", "Zelle"):
        wanted = wanted.replace(f">{words}<", f">{words.upper()}<")
    assert part(written, "content.xml").split("\n", 1)[1] == wanted
    assert part(written, "Pictures/a.png") == "x"
    assert zipfile.ZipFile(io.BytesIO(written)).namelist() == zipfile.ZipFile(io.BytesIO(ODT)).namelist()


def test_epub_is_read_in_the_order_of_its_spine():
    document = documents.parse(EPUB, path="a.epub")
    assert [(block.role, block.text) for block in document.blocks] == [
        ("title", "Eins"),
        ("paragraph", "Er kam.\nJa"),
        ("title", "Zwei"),
        ("paragraph", "Er kam.\nJa"),
        ("boilerplate", "Eins"),
    ]
    assert document.metadata == {"title": "Buch", "author": "Eva Roth", "date": "2024-05-16", "date_source": "meta"}


def test_epub_pages_change_and_nothing_else(translate):
    document = documents.parse(EPUB, path="a.epub")
    written = documents.write(translate(document, lambda text: text.upper() if text != "Zwei" else text))
    page = PAGE.replace('lang="de"', 'lang="en"').replace("Er <i>kam", "ER <i>KAM").replace("Ja", "JA")
    assert part(written, "OEBPS/a.xhtml") == page.format("EINS")
    assert part(written, "OEBPS/b c.xhtml") == page.format("Zwei")
    assert "<dc:language>en</dc:language>" in part(written, "OEBPS/a.opf")
    archive = zipfile.ZipFile(io.BytesIO(written))
    assert archive.infolist()[0].filename == "mimetype"
    assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"x", "a.odt", "not ODT"),
        (packed({"a": "b"}), "a.odt", "no content.xml"),
        (packed({"content.xml": "<a>"}), "a.odt", "broken XML"),
        (packed({"content.xml": "<a/>"}), "a.odt", "empty"),
        (packed({"a": "b"}), "a.epub", "no META-INF/container.xml"),
        (packed({"META-INF/container.xml": "<a/>"}), "a.epub", "without a package document"),
        (packed({"META-INF/container.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "a.epub", "document type"),
    ],
)
def test_bad_packages_are_refused(data, name, reason):
    with pytest.raises(InputError, match=reason) as caught:
        documents.parse(data, path=name)
    assert caught.value.where == name
    assert caught.value.cure
