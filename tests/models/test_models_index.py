"""The index: fetched once, kept where argospm keeps it, and clear about what to do without a network."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from tests.models.tiny import fake_archive
from toolkit.errors import PackageError
from toolkit.models import PackageStore, index

SITE = "https://packages.example/"
DE_EN = {"from_code": "de", "to_code": "en", "package_version": "1.3", "links": [f"{SITE}old", f"{SITE}de_en"]}
EN_FR = {"from_code": "en", "to_code": "fr", "package_version": "1.9", "links": ["ipfs://x"]}
LIST = [DE_EN, {**DE_EN, "package_version": "1.0"}, EN_FR, {"type": "sbd", "links": []}, "nonsense"]


class Web:
    """Pages by address; everything asked for is kept. Stands in for `urllib.request.urlopen`."""

    def __init__(self, pages: Mapping[str, bytes]) -> None:
        self.pages, self.asked = dict(pages), list[str]()

    def __call__(self, address: str, *, timeout: float) -> BytesIO:
        self.asked.append(address)
        if address not in self.pages:
            raise URLError("no route to host")
        return BytesIO(self.pages[address])


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Web:
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", SITE)
    package = fake_archive(tmp_path / "site" / "a.argosmodel", version="1.3").read_bytes()
    monkeypatch.setattr(index, "KNOWN_DIGESTS", {})
    return Web({f"{SITE}index.json": json.dumps(LIST).encode(), f"{SITE}de_en": package})


def test_the_index_is_fetched_once_and_again_on_demand(web: Web, own_home: Path) -> None:
    """Translation packages only, by name and version; other entries are passed over."""
    entries = index.available(opener=web)
    assert [(entry.name, entry.version) for entry in entries] == [
        ("translate-de_en", "1.0"),
        ("translate-de_en", "1.3"),
        ("translate-en_fr", "1.9"),
    ]
    assert (own_home / "xdg_data_home" / "argos-translate" / "index.json").is_file()
    assert index.available(opener=web) == entries
    assert web.asked == [f"{SITE}index.json"]
    index.available(refresh=True, opener=web)
    assert len(web.asked) == 2


def test_the_official_index_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web({"https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json": b"[]"})
    assert index.available(opener=web) == ()


@pytest.mark.parametrize("name", ["de_en", "translate-de_en"])
def test_the_newest_version_is_fetched_from_the_first_link_that_works(web: Web, tmp_path: Path, name: str) -> None:
    path = index.download(name, tmp_path, opener=web)
    assert path.name == "translate-de_en-1_3.argosmodel"
    assert web.asked[1:] == [f"{SITE}old", f"{SITE}de_en"]
    assert index.install(name, PackageStore(tmp_path / "packages"), opener=web).label == "translate-de_en 1.3"


def test_without_a_network_the_cure_is_named(tmp_path: Path, web: Web) -> None:
    """First for the index, then, with an index kept, for the package; no half file is left."""
    with pytest.raises(PackageError, match="no route to host") as caught:
        index.available(opener=Web({}))
    assert "toolkit models install FILE.argosmodel" in caught.value.cure
    index.available(opener=web)
    with pytest.raises(PackageError, match="no route to host") as caught:
        index.download("de_en", tmp_path / "site", opener=Web({}))
    assert "toolkit models install de_en.argosmodel" in caught.value.cure
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["a.argosmodel"]


def _wrong_digest(monkeypatch: pytest.MonkeyPatch, _: Web) -> None:
    monkeypatch.setattr(index, "KNOWN_DIGESTS", {"translate-de_en-1_3.argosmodel": "0" * 64})


def _too_large(monkeypatch: pytest.MonkeyPatch, _: Web) -> None:
    monkeypatch.setattr(index, "MAX_ARCHIVE", 10)


def _digest_in_the_index(_: pytest.MonkeyPatch, web: Web) -> None:
    web.pages[f"{SITE}index.json"] = json.dumps([{**DE_EN, "sha256": "0" * 64}]).encode()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [(_wrong_digest, "expected 0000"), (_digest_in_the_index, "expected 0000"), (_too_large, "larger than")],
)
def test_a_file_that_is_not_the_expected_one_is_not_kept(
    web: Web,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[pytest.MonkeyPatch, Web], None],
    reason: str,
) -> None:
    spoil(monkeypatch, web)
    (tmp_path / "out").mkdir()
    with pytest.raises(PackageError, match=reason):
        index.download("de_en", tmp_path / "out", opener=web)
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("name", "reason"), [("xx_en", "no such package"), ("en_fr", "only http and https links are followed")]
)
def test_a_package_that_cannot_be_had_is_named(web: Web, tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(PackageError, match=reason):
        index.download(name, tmp_path, opener=web)


@pytest.mark.parametrize(("page", "reason"), [(b"<html>", "damaged"), (b"{}", "no list of packages")])
def test_what_is_no_index_is_refused(web: Web, page: bytes, reason: str) -> None:
    web.pages[f"{SITE}index.json"] = page
    with pytest.raises(PackageError, match=reason):
        index.available(opener=web)


def test_the_digest_of_the_official_german_package_is_known() -> None:
    """It guards the download most users of this toolkit will make."""
    known: Any = index.KNOWN_DIGESTS["translate-de_en-1_3.argosmodel"]
    assert known == "becc2b0011f8249fcb89be9ecb75ba0d876b1fab93c28ee6ff0420936897d637"
