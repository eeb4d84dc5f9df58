"""The store shares argospm's folder: installs whole or not at all, and one bad package never breaks another."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.models.tiny import FAKE, archive, fake_archive, metadata
from toolkit.errors import OutputError, PackageError, PackageNotInstalled
from toolkit.languages import LanguagePair
from toolkit.models import PackageStore, builtin, installation, read
from toolkit.models.digests import file_digest
from toolkit.models.store import packages_folder

GERMAN_ENGLISH = LanguagePair("de", "en")


@pytest.fixture
def store(tmp_path: Path) -> PackageStore:
    return PackageStore(tmp_path / "packages", with_builtin=False)


def test_the_folder_is_argospms(tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """XDG data folder, then argospm's settings file, then the environment: the later one wins."""
    assert packages_folder() == own_home / "xdg_data_home" / "argos-translate" / "packages"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert packages_folder() == own_home / ".local" / "share" / "argos-translate" / "packages"
    settings = own_home / "xdg_config_home" / "argos-translate" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"ARGOS_PACKAGES_DIR": "/srv/packages"}))
    assert packages_folder() == Path("/srv/packages")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path))
    assert PackageStore().folder == tmp_path
    monkeypatch.delenv("ARGOS_PACKAGES_DIR")
    settings.write_text("{")
    with pytest.raises(PackageError, match="settings cannot be read"):
        packages_folder()


def test_install_list_verify_remove(store: PackageStore, tmp_path: Path) -> None:
    """The life of a package; its digest is the archive's, and only our lock is left behind."""
    path = fake_archive(tmp_path / "a.argosmodel", version="1.3")
    package = store.install(path)
    assert package.sha256 == file_digest(path) == store.installed()[0].sha256
    assert package.path == store.folder / "translate-de_en-1_3"
    assert (package.path / "model" / "model.bin").read_bytes() == b"weights"
    assert [verdict.state for verdict in store.verify()] == ["intact"]
    assert store.remove("translate-de_en") == (package.path,)
    assert not store.installed()
    assert not store.broken()
    assert [path.name for path in store.folder.iterdir()] == [".toolkit.lock"]


def test_the_same_archive_again_changes_nothing(store: PackageStore, tmp_path: Path) -> None:
    path = fake_archive(tmp_path / "a.argosmodel")
    before = (store.install(path).path / "model" / "model.bin").stat()
    assert (store.install(path).path / "model" / "model.bin").stat() == before


def test_another_build_of_a_version_replaces_it(store: PackageStore, tmp_path: Path) -> None:
    store.install(fake_archive(tmp_path / "a.argosmodel"))
    files = {"metadata.json": metadata(), **FAKE, "model/model.bin": b"better weights"}
    package = store.install(archive(tmp_path / "b.argosmodel", files))
    assert (package.path / "model" / "model.bin").read_bytes() == b"better weights"
    assert len(store.installed()) == 1


def test_a_folder_of_another_pair_is_not_overwritten(store: PackageStore, tmp_path: Path) -> None:
    store.install(archive(tmp_path / "a.argosmodel", {"metadata.json": metadata("de", "en"), **FAKE}, "model"))
    other = archive(tmp_path / "b.argosmodel", {"metadata.json": metadata("fr", "en"), **FAKE}, "model")
    with pytest.raises(PackageError, match="another pair"):
        store.install(other)
    assert store.installed()[0].pair == GERMAN_ENGLISH


def test_tampering_is_found(store: PackageStore, tmp_path: Path) -> None:
    """A changed file changes the digest in listings and signatures at once, and verifying names it."""
    package = store.install(fake_archive(tmp_path / "a.argosmodel"))
    (package.path / "model" / "model.bin").write_bytes(b"evil!!!")
    assert store.installed()[0].sha256 != package.sha256
    verdict = store.verify("de_en")[0]
    assert (verdict.state, verdict.label) == ("changed", "translate-de_en 1.0")
    store.install(fake_archive(tmp_path / "a.argosmodel"))
    assert store.verify()[0].state == "intact"


def test_packages_of_argospm_are_found(store: PackageStore, tmp_path: Path) -> None:
    """It unpacks and notes nothing: there is no digest to compare with, and the files are used as they are."""
    package = read(fake_archive(tmp_path / "a.argosmodel"))
    shutil.unpack_archive(package.path, store.folder, "zip")
    assert store.installed()[0].label == package.label
    assert store.verify()[0].state == "unrecorded"


def test_one_bad_package_never_breaks_the_others(store: PackageStore, tmp_path: Path) -> None:
    store.install(fake_archive(tmp_path / "a.argosmodel"))
    (store.folder / "stray folder").mkdir()
    (store.folder / "stray file.txt").write_text("")
    (store.folder / "no-json").mkdir()
    (store.folder / "no-json" / "metadata.json").write_text("{")
    damaged = store.install(fake_archive(tmp_path / "b.argosmodel", "fr", "en")).path
    (damaged / ".toolkit.json").write_text("[]")
    assert [package.pair for package in store.installed()] == [GERMAN_ENGLISH]
    assert [broken.path.name for broken in store.broken()] == ["no-json", "stray folder", "translate-fr_en-1_0"]
    assert "metadata.json" in str(store.broken()[1].error)
    assert [verdict.state for verdict in store.verify()] == ["intact", "broken", "broken", "broken"]
    assert store.find(GERMAN_ENGLISH).reason == "installed"
    assert store.remove("stray folder")
    assert store.install(fake_archive(tmp_path / "b.argosmodel", "fr", "en")).version == "1.0"


def test_what_is_not_there_cannot_be_removed(store: PackageStore) -> None:
    with pytest.raises(PackageError, match="no such package is installed"):
        store.remove("../packages")
    with pytest.raises(PackageError, match="built-in package cannot be removed"):
        PackageStore(store.folder).remove("translate-de_en")


def test_a_failed_installation_leaves_nothing(
    store: PackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong digest, a damaged file, a full disk: what was there before stays as it was."""
    first = store.install(fake_archive(tmp_path / "a.argosmodel"))
    with pytest.raises(PackageError, match="expected 0000"):
        store.install(fake_archive(tmp_path / "b.argosmodel", "fr", "en"), sha256="0000")
    damaged = tmp_path / "c.argosmodel"
    damaged.write_bytes(
        fake_archive(tmp_path / "b.argosmodel", "fr", "en").read_bytes().replace(b"weights", b"weighed")
    )
    with pytest.raises(PackageError, match="damaged"):
        store.install(damaged)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(installation, "extract", full)
    with pytest.raises(OutputError, match="No space left"):
        store.install(tmp_path / "b.argosmodel")
    assert store.installed() == (first,)
    assert sorted(path.name for path in store.folder.iterdir()) == [".toolkit.lock", "translate-de_en-1_0"]


def test_a_failed_replacement_keeps_the_old_one(
    store: PackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.install(fake_archive(tmp_path / "a.argosmodel"))
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "package":
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    files = {"metadata.json": metadata(), **FAKE, "model/model.bin": b"better weights"}
    with pytest.raises(OutputError):
        store.install(archive(tmp_path / "b.argosmodel", files))
    assert (store.installed()[0].path / "model" / "model.bin").read_bytes() == b"weights"


def test_what_a_killed_installation_left_is_never_a_package_and_goes_away(store: PackageStore, tmp_path: Path) -> None:
    leftover = store.folder / ".installing-abc" / "package"
    leftover.mkdir(parents=True)
    assert not store.installed()
    assert not store.broken()
    store.install(fake_archive(tmp_path / "a.argosmodel"))
    assert not leftover.exists()


def test_a_folder_is_packed_before_it_is_installed(store: PackageStore, tmp_path: Path) -> None:
    package = store.install(fake_archive(tmp_path / "a.argosmodel"))
    with pytest.raises(PackageError, match="toolkit models pack"):
        store.install(package.path)


def test_the_newest_version_wins_unless_the_user_chooses(store: PackageStore, tmp_path: Path) -> None:
    for version in ("1.9", "1.10"):
        store.install(fake_archive(tmp_path / "a.argosmodel", version=version))
    route = store.find(GERMAN_ENGLISH)
    assert (route.packages[0].version, route.reason) == ("1.10", "installed; the newest version of this pair")
    for choice in ("translate-de_en 1.9", "translate-de_en-1_9"):
        assert store.find(GERMAN_ENGLISH, choice).packages[0].version == "1.9"
    path = fake_archive(tmp_path / "mine.argosmodel", version="7")
    assert store.find(GERMAN_ENGLISH, str(path)).packages[0].version == "7"
    with pytest.raises(PackageError, match="no such package"):
        store.find(GERMAN_ENGLISH, "translate-xx_en")
    with pytest.raises(PackageError, match="does not translate fr→en"):
        store.find(LanguagePair("fr", "en"), "translate-de_en 1.9")


def test_an_installed_package_goes_before_the_built_in_one(tmp_path: Path) -> None:
    store = PackageStore(tmp_path / "packages")
    assert store.find(GERMAN_ENGLISH).packages[0].builtin
    store.install(fake_archive(tmp_path / "a.argosmodel", version="0.0"))
    route = store.find(GERMAN_ENGLISH)
    assert not route.packages[0].builtin
    assert route.reason == "installed; goes before the built-in one"
    assert store.find(GERMAN_ENGLISH, "builtin").packages[0].builtin


def test_a_pair_without_a_package_goes_through_english(store: PackageStore, tmp_path: Path) -> None:
    for source, target in (("de", "en"), ("en", "fr")):
        store.install(fake_archive(tmp_path / "a.argosmodel", source, target))
    route = store.find(LanguagePair("de", "fr"))
    assert [str(package.pair) for package in route.packages] == ["de→en", "en→fr"]
    assert "through English" in route.reason
    for pair in (LanguagePair("fr", "de"), LanguagePair("en", "de")):
        with pytest.raises(PackageNotInstalled) as caught:
            store.find(pair)
        assert caught.value.installed == ("translate-de_en 1.0", "translate-en_fr 1.0")


def test_the_built_in_package_is_what_its_list_says() -> None:
    """One German→English package; its digest is checked whenever it is opened."""
    packages = builtin.packages()
    assert [str(package.pair) for package in packages] == ["de→en"]
    assert PackageStore("nowhere").verify()[0].state == "intact"
    assert sorted(path.name for path in builtin.FOLDER.glob("*.argosmodel")) == [
        package.path.name for package in packages
    ]


def test_a_tampered_built_in_package_is_not_opened(tmp_path: Path) -> None:
    path = fake_archive(tmp_path / "a.argosmodel")
    package = builtin.read_builtin(path, file_digest(path))
    assert package.open().model == {"model.bin": b"weights", "shared_vocabulary.json": b"[]"}
    fake_archive(path, version="1.1")
    with pytest.raises(PackageError, match="tampered"):
        builtin.read_builtin(path, package.sha256).open()


def test_a_toolkit_without_its_list_of_packages_says_so(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="install the toolkit again"):
        builtin.archives(tmp_path)
