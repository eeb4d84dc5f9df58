"""The archive reader takes what argospm's packages are and refuses everything that could do harm."""

from __future__ import annotations

import stat
import warnings
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.models.tiny import FAKE, archive, fake_archive, metadata
from toolkit.errors import PackageError
from toolkit.languages import LanguagePair
from toolkit.models import archive as reader
from toolkit.models import read
from toolkit.models.archive import extract
from toolkit.models.package import version_key

GOOD = {"metadata.json": metadata(), **FAKE}


def test_a_valid_archive_tells_what_it_is(tmp_path: Path) -> None:
    """Pair, name, version and label come from metadata.json, the digest from the bytes."""
    package = read(fake_archive(tmp_path / "any name.argosmodel", "pt-BR", "en", "1.3"))
    assert (package.pair, package.name, package.version) == (LanguagePair("pt-BR", "en"), "translate-pt-BR_en", "1.3")
    assert package.label == "translate-pt-BR_en 1.3"
    assert package.tokenizer == "sentencepiece"
    assert len(package.sha256) == 64
    assert package.annotation is None
    assert not package.decoding
    assert package.target_prefix == ""


def test_an_unpacked_folder_is_read_like_its_archive(tmp_path: Path) -> None:
    """Folder and archive agree in everything but digest and path, and a side file of ours is not part of it."""
    packed = read(fake_archive(tmp_path / "a.argosmodel"))
    folder = tmp_path / packed.folder
    extract(packed.path, folder)
    (folder / ".toolkit.json").write_text("{}")
    unpacked = read(folder)
    assert (unpacked.pair, unpacked.version, unpacked.contents) == (packed.pair, packed.version, packed.contents)
    assert unpacked.sha256 == read(folder).sha256 != packed.sha256


def test_our_own_keys_are_read(tmp_path: Path) -> None:
    """A package may say how it takes inline terms and how it wants to be decoded."""
    decoding = {"beam_size": 2, "length_penalty": 1.2, "max_tokens": 100}
    template = {"template": "⟦ {source} → {target} ⟧"}
    package = read(fake_archive(tmp_path / "a.argosmodel", annotation=template, decoding=decoding))
    assert package.annotation == "⟦ {source} → {target} ⟧"
    assert dict(package.decoding) == decoding


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "not JSON"),
        (b"[]", "not a JSON object"),
        (b"[" * 100_000, "not JSON"),
        (metadata(type="sbd"), "type 'sbd'"),
        (b'{"to_code": "en"}', "no from_code"),
        (b'{"from_code": "de", "to_code": 3}', "no to_code"),
        (metadata("../..", "en"), "not a language tag"),
        (b'{"from_code": "de", "to_code": "en", "package_version": 1.3}', "package_version is not text"),
        (metadata(target_prefix=3), "target_prefix is not text"),
        (metadata(annotation={"template": "{target} {source}"}), "annotation.template"),
        (metadata(annotation="⟦"), "annotation.template"),
        (metadata(decoding={"beams": 4}), "unknown decoding options"),
        (metadata(decoding=[4]), "unknown decoding options"),
        (metadata(decoding={"beam_size": True}), "decoding.beam_size"),
        (metadata(decoding={"beam_size": -1}), "decoding.beam_size"),
        (b" " * (2**20 + 1), "too large"),
    ],
)
def test_bad_metadata_is_refused_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = archive(tmp_path / "a.argosmodel", {**GOOD, "metadata.json": content})
    with pytest.raises(PackageError, match=reason) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert caught.value.cure


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ("metadata.json", "metadata.json missing"),
        ("model/model.bin", "model/model.bin missing"),
        ("model/shared_vocabulary.json", "vocabulary"),
        ("sentencepiece.model", "sentencepiece.model missing"),
    ],
)
def test_a_missing_file_is_named(tmp_path: Path, missing: str, reason: str) -> None:
    files = {name: data for name, data in GOOD.items() if name != missing}
    with pytest.raises(PackageError, match=reason):
        read(archive(tmp_path / "a.argosmodel", files))
    folder = tmp_path / "folder"
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    with pytest.raises(PackageError, match=reason):
        read(folder)


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "/etc/evil.txt",
        "translate-de_en-1_0/../../evil.txt",
        "translate-de_en-1_0/model/../evil",
        "translate-de_en-1_0/./evil",
        "translate-de_en-1_0//evil",
        "translate-de_en-1_0\\..\\evil.txt",
        "C:evil.txt",
        "C:/evil.txt",
        "other-folder/evil.txt",
        "evil.txt",
        "translate-de_en-1_0/MODEL/model.bin",
        "translate-de_en-1_0/Metadata.json",
        "translate-de_en-1_0/model",
        "translate-de_en-1_0/metadata.json/x",
        "translate-de_en-1_0/nul\x00.txt",
        "translate-de_en-1_0/line\nbreak",
        "translate-de_en-1_0/dot.",
        "translate-de_en-1_0/ blank",
        "translate-de_en-1_0/" + "x" * 600,
    ],
)
def test_a_name_that_leads_astray_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    """Absolute, climbing, drive, colliding, unportable names, and a second top folder."""
    path = archive(tmp_path / "in" / "a.argosmodel", GOOD)
    with zipfile.ZipFile(path, "a") as packed:
        member = zipfile.ZipInfo("x")
        member.filename = member.orig_filename = name
        packed.writestr(member, b"evil")
    with pytest.raises(PackageError):
        read(path)
    with pytest.raises(PackageError):
        extract(path, tmp_path / "out" / "deep")
    assert [each.name for each in tmp_path.iterdir()] == ["in"]


def test_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.argosmodel", GOOD)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile's own, about the duplicate
        with zipfile.ZipFile(path, "a") as packed:
            packed.writestr("translate-de_en-1_0/model/model.bin", b"other weights")
    with pytest.raises(PackageError, match="collides"):
        read(path)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_special_files_are_refused(tmp_path: Path, kind: int) -> None:
    path = archive(tmp_path / "a.argosmodel", GOOD)
    with zipfile.ZipFile(path, "a") as packed:
        member = zipfile.ZipInfo("translate-de_en-1_0/link")
        member.create_system, member.external_attr = 3, (kind | 0o777) << 16
        packed.writestr(member, "/etc/passwd")
    with pytest.raises(PackageError, match="symbolic link or a special file"):
        read(path)


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    package = read(fake_archive(tmp_path / "a.argosmodel"))
    extract(package.path, tmp_path / "folder")
    (tmp_path / "folder" / "model" / "vmap.txt").symlink_to("/etc/passwd")
    with pytest.raises(PackageError, match="symbolic link"):
        read(tmp_path / "folder")


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By density, by unpacked size and by number of entries."""
    path = tmp_path / "a.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in GOOD.items():
            packed.writestr(f"p/{name}", data)
        packed.writestr("p/zeros", bytes(2**22))
    with pytest.raises(PackageError, match="too densely"):
        read(path)
    monkeypatch.setattr(reader, "MAX_BYTES", 2**20)
    with pytest.raises(PackageError, match="unpacks to more"):
        read(path)
    monkeypatch.setattr(reader, "MAX_ENTRIES", 3)
    with pytest.raises(PackageError, match="more than 3 entries"):
        read(path)


def test_a_truncated_or_flipped_archive_is_refused(tmp_path: Path) -> None:
    """Every cut is noticed at once; a changed byte in a file's data when that file is unpacked."""
    whole = fake_archive(tmp_path / "a.argosmodel").read_bytes()
    broken = tmp_path / "b.argosmodel"
    for length in range(0, len(whole), 37):
        broken.write_bytes(whole[:length])
        with pytest.raises(PackageError):
            read(broken)
    broken.write_bytes(whole.replace(b"weights", b"weighed"))
    with pytest.raises(PackageError, match="damaged"):
        extract(broken, tmp_path / "out")
    with pytest.raises(PackageError, match=r"model\.bin cannot be unpacked"):
        read(broken).open()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 255)), min_size=1, max_size=6))
def test_no_changed_byte_makes_the_reader_crash(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    """Whatever the bytes, there is a package or a `PackageError`."""
    data = bytearray(fake_archive(tmp_path / "a.argosmodel").read_bytes())
    for place, value in changes:
        data[place % len(data)] = value
    path = tmp_path / "b.argosmodel"
    path.write_bytes(data)
    with suppress(PackageError):
        assert read(path).pair.target
        extract(path, tmp_path / "out")
    assert {each.name for each in tmp_path.iterdir()} <= {"a.argosmodel", "b.argosmodel", "out", "home"}


def test_a_path_that_is_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"nowhere\.argosmodel: there is no such package"):
        read(tmp_path / "nowhere.argosmodel")


def test_an_old_bpe_package_is_listed_but_says_what_cures_it(tmp_path: Path) -> None:
    """Argos packages before 1.9 cut words by BPE codes and Moses rules."""
    files = {name: data for name, data in GOOD.items() if name != "sentencepiece.model"}
    package = read(archive(tmp_path / "a.argosmodel", {**files, "bpe.model": b"#version: 0.2"}))
    assert package.tokenizer == "bpe"
    with pytest.raises(PackageError, match=r"toolkit\[argos\]"):
        package.open()


@pytest.mark.parametrize(("older", "newer"), [("1.9", "1.10"), ("", "0.1"), ("1", "1.1"), ("1.0", "2")])
def test_versions_are_ordered_by_their_numbers(older: str, newer: str) -> None:
    assert version_key(older) < version_key(newer)
