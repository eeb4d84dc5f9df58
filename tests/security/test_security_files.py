"""Files from people one need not trust: XML that reaches outside, JSON without an end, links in the output folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fuzz.samples import CONTAINER, OPF, docx_part, zipped
from tests.security.conftest import Run
from toolkit import documents
from toolkit.errors import InputError
from toolkit.glossary import Glossary
from toolkit.memory.exchange import from_jsonl, from_tmx

BOMB = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY c SYSTEM "file://{secret}">]>'


def _docx(doctype: str) -> None:
    part = doctype.encode() + docx_part(b"<w:p><w:r><w:t>&c;</w:t></w:r></w:p>")
    documents.parse(zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": part}), path="a.docx")


def _odt(doctype: str) -> None:
    part = doctype + '<x xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:p>&c;</text:p></x>'
    documents.parse(zipped({"content.xml": part.encode()}), path="a.odt")


def _epub(doctype: str) -> None:
    parts = {"META-INF/container.xml": CONTAINER, "a.opf": doctype.encode() + OPF, "a.xhtml": b"<p>Ja.</p>"}
    documents.parse(zipped(parts), path="a.epub")


def _tbx(doctype: str, folder: Path) -> None:
    entry = '<langSec xml:lang="{}"><termSec><term>&c;</term></termSec></langSec>'
    concept = f"<conceptEntry>{entry.format('de')}{entry.format('en')}</conceptEntry>"
    (folder / "a.tbx").write_text(f"{doctype}<tbx><text><body>{concept}</body></text></tbx>")
    Glossary.load([folder / "a.tbx"])


def _tmx(doctype: str) -> None:
    unit = '<tu><tuv xml:lang="de"><seg>&c;</seg></tuv><tuv xml:lang="en"><seg>&c;</seg></tuv></tu>'
    list(from_tmx(f'{doctype}<tmx><header srclang="de"/><body>{unit}</body></tmx>'.encode()))


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE], ids=["bomb", "outside"])
@pytest.mark.parametrize("read", [_docx, _odt, _epub, _tmx, _tbx])
def test_entities_are_refused(read: Callable[..., None], doctype: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    arguments = (doctype.format(secret=tmp_path / "secret"), *([tmp_path] if read is _tbx else []))
    with pytest.raises(InputError) as caught:
        read(*arguments)
    assert "the secret" not in str(caught.value)


DEEP = '{"text": ' + "[" * 100_000
HUGE = '{"text": "Das ist wahr.", "n": ' + "9" * 10_000 + "}"


@pytest.mark.parametrize("line", [DEEP, HUGE, "{", '"text"', "[]", "null", '{"text": "\\ud800"', "NaN"])
def test_json_lines_that_are_none_are_refused_with_their_line(run: Run, tmp_path: Path, line: str) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Das ist wahr."}\n' + line + "\n")
    result = run("translate", tmp_path / "a.jsonl", "--out", tmp_path / "out")
    assert result.exit_code == 1, result.output
    assert "failed: " in result.stderr
    assert "a.jsonl" in result.stderr
    assert isinstance(result.exception, SystemExit)
    with pytest.raises(InputError, match=r"m\.jsonl:1"):
        list(from_jsonl(line.encode(), where="m.jsonl"))


CHANGED = [
    {"summary": None},
    {"summary": {"evil": 1}},
    {"made_by": 5},
    {"input": None},
    {"output": ["x"]},
    {"name": {}},
    {"version": "1"},
]


@pytest.mark.parametrize("change", CHANGED, ids=str)
def test_a_manifest_that_somebody_changed_stops_nothing(run: Run, tmp_path: Path, change: dict[str, object]) -> None:
    (tmp_path / "a.txt").write_text("Das ist wahr.")
    run("translate", "a.txt", "--out", "out")
    manifest = tmp_path / "out" / ".toolkit" / "manifest.jsonl"
    line = json.loads(manifest.read_text())
    missing = {key: value for key, value in line.items() if key not in change}
    for changed in (line | change, missing):
        manifest.write_text("[" * 100_000 + "\n" + json.dumps(changed) + "\n")
        result = run("translate", "a.txt", "--out", "out")
        assert "1 translated, 0 unchanged, 0 failed" in result.stderr


def test_links_in_the_output_folder_lead_nowhere(run: Run, tmp_path: Path) -> None:
    victim, outside = tmp_path / "victim.txt", tmp_path / "outside"
    victim.write_text("untouched")
    outside.mkdir()
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text("Das ist wahr.")
    (tmp_path / "in" / "sub" / "b.txt").write_text("Das ist wahr.")
    out = tmp_path / "out"
    out.mkdir()
    (out / ".a.en.txt.part").symlink_to(victim)
    (out / "sub").symlink_to(outside)

    result = run("translate", "in", "--out", "out")

    assert result.exit_code == 1
    assert "would leave the output folder" in result.stderr
    assert (out / "a.en.txt").read_text() == "That is true."
    assert victim.read_text() == "untouched"
    assert not list(outside.iterdir())


@pytest.mark.parametrize("name", ["a.en.txt", ".toolkit"])
def test_a_link_in_place_of_a_result_is_not_followed(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("Das ist wahr.")
    outside, out = tmp_path / "outside", tmp_path / "out"
    outside.mkdir()
    out.mkdir()
    (out / name).symlink_to(outside)
    assert run("translate", "a.txt", "--out", "out").exit_code in (1, 2)
    assert not list(outside.iterdir())
