"""Files as they come: encodings, sizes, names; what cannot be read is named with its reason and a cure."""

from __future__ import annotations

import pytest

from toolkit import documents
from toolkit.errors import InputError
from toolkit.types import Signature, TranslatedBlock, TranslatedDocument

PDF = b"%PDF-1.7\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_are_recognised(codec, same):
    data = "Übung\r\n\r\nGröße\r".encode(codec)
    document = documents.parse(data)
    assert [block.text for block in document.blocks] == ["Übung", "Größe"]
    assert bool(document.notices) == (codec == "cp1252")
    same(data, "text")


@pytest.mark.parametrize("codec", ["utf-16", "cp1252", "utf-8-sig"])
def test_a_translation_is_written_in_the_encoding_of_its_source(codec, translate):
    document = documents.parse("Übung\r\n".encode(codec))
    assert documents.write(translate(document, str.upper)) == "ÜBUNG\r\n".encode(codec)


def test_what_the_encoding_lacks_is_written_as_utf8_with_a_notice(translate):
    document = documents.parse("Übung".encode("cp1252"))
    written = documents.compose(translate(document, lambda text: "Łódź"))
    assert (written.data, written.notices) == ("Łódź".encode(), ("cp1252 has no Ł: written as UTF-8",))


def test_html_has_character_references_for_that(translate):
    document = documents.parse("<meta charset=iso-8859-1><p>Übung".encode("latin-1"), format="html")
    written = documents.write(translate(document, lambda text: "Übung in Łódź"))
    assert written == "<meta charset=iso-8859-1><p>Übung in &#321;ód&#378;".encode("cp1252")


def test_a_declared_encoding_is_used_and_reported():
    document = documents.parse("<meta charset='windows-1250'><p>Łódź".encode("cp1250"), format="html")
    assert (document.encoding, document.blocks[0].text) == ("cp1250", "Łódź")
    assert "cp1250" in document.notices[0]


def test_text_is_composed_and_the_raw_kept(same):
    """Blocks hold NFC whatever the file holds; unchanged text is written as it was."""
    data = "Gru\u0308ße".encode()
    assert documents.parse(data).blocks[0].text == "Grüße"
    same(data, "text")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\t", "empty"),
        (b"a\0b", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not text"),
        (b"\xff\xfea", "broken"),
        (b"a\x81\x8d", "not text"),
        (PDF, "is a PDF"),
        (b"PK\x03\x04", "is a ZIP archive"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, data, reason):
    path = tmp_path / "ein Artikel 📰.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=reason) as caught:
        documents.read(path)
    assert caught.value.where == str(path)
    assert caught.value.cure


def test_files_that_cannot_be_read(tmp_path):
    large = tmp_path / "large.txt"
    large.write_text("Wort " * 100)
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    unknown = tmp_path / "a.xyz"
    unknown.write_text("x")
    for path, reason in [
        (tmp_path / "missing.txt", "no such file"),
        (folder, "cannot be read"),
        (loop, "cannot be read"),
        (unknown, "unknown format .xyz"),
    ]:
        with pytest.raises(InputError, match=reason):
            documents.read(path)
    with pytest.raises(InputError, match="larger than 100 bytes") as caught:
        documents.read(large, max_bytes=100)
    assert "--max-size" in caught.value.cure
    assert documents.read(large, max_bytes=500).blocks


def test_formats_are_known_by_name_and_suffix():
    assert set(documents.FORMATS) >= {"text", "markdown", "html", "docx", "srt", "vtt", "jsonl"}
    suffixes = [suffix for form in documents.FORMATS.values() for suffix in form.suffixes]
    assert sorted(suffixes) == sorted(documents.supported_suffixes())
    with pytest.raises(InputError, match="unknown format 'doc'"):
        documents.parse(b"x", format="doc")


def test_a_document_without_pairs_is_written_as_it_was():
    document = documents.parse(b"Ja.\n", path="a.md")
    blocks = tuple(TranslatedBlock(block) for block in document.blocks)
    assert documents.write(TranslatedDocument(document, blocks, "en", Signature("test"))) == b"Ja.\n"
