"""Installed packages: where argospm keeps them, in argospm's layout, so that both tools see the same ones.

The folder is ``ARGOS_PACKAGES_DIR`` (environment, or argospm's ``settings.json``), else ``argos-translate/packages`` in
``XDG_DATA_HOME`` (``~/.local/share``). A folder that is no valid package is listed as broken and breaks no other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from toolkit.errors import PackageError, PackageNotInstalled
from toolkit.languages import LanguagePair
from toolkit.models import builtin
from toolkit.models.archive import read
from toolkit.models.digests import folder_digest
from toolkit.models.installation import install_archive, recorded_installation, remove_folders
from toolkit.models.package import Package, version_key

PIVOT = "en"
"""Official packages lead from and to English; every other pair goes through it."""
State = Literal["intact", "changed", "unrecorded", "broken"]


@dataclass(frozen=True, slots=True)
class BrokenPackage:
    """A folder or archive that should be a package and is not, and why."""

    path: Path
    error: PackageError


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: ``unrecorded`` packages were installed by another tool, so there is nothing to compare."""

    path: Path
    label: str
    state: State
    detail: str


@dataclass(frozen=True, slots=True)
class Route:
    """The packages that lead from ``pair.source`` to ``pair.target``: one, or two through English; and why these."""

    pair: LanguagePair
    packages: tuple[Package, ...]
    reason: str = ""


def packages_folder() -> Path:
    """Where argospm keeps packages on this machine (the folder need not exist)."""
    configuration = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    chosen = os.environ.get("ARGOS_PACKAGES_DIR") or _argospm_setting(
        configuration / "argos-translate" / "settings.json"
    )
    return Path(chosen) if chosen else data_folder() / "packages"


def data_folder() -> Path:
    """Argos Translate's data folder: index and packages."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "argos-translate"


def _argospm_setting(path: Path) -> str:
    try:
        settings: Any = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise PackageError(
            f"argospm's settings cannot be read ({error})", where=str(path), cure="repair or remove it"
        ) from error
    return str(settings.get("ARGOS_PACKAGES_DIR") or "") if isinstance(settings, dict) else ""


class PackageStore:
    """The packages in one folder (default: argospm's), and the built-in ones.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     route = PackageStore(folder).find(LanguagePair("de", "en"))
    >>> route.packages[0].builtin, route.reason
    (True, 'built in; no other package of this pair is installed')
    """

    def __init__(self, folder: str | os.PathLike[str] | None = None, *, with_builtin: bool = True) -> None:
        self.folder = packages_folder() if folder is None else Path(folder)
        self._with_builtin = with_builtin

    def installed(self) -> tuple[Package, ...]:
        """Valid packages of the folder, by name, the newest version of each first."""
        return _sorted(found for found in self._folders() if isinstance(found, Package))

    def builtin(self) -> tuple[Package, ...]:
        """Valid packages that come with the toolkit."""
        return _sorted(found for found in self._builtins() if isinstance(found, Package))

    def broken(self) -> tuple[BrokenPackage, ...]:
        """What lies among the packages but is none, with the reason."""
        return tuple(found for found in chain(self._folders(), self._builtins()) if isinstance(found, BrokenPackage))

    def named(self, choice: str) -> Package:
        """The package called *choice* (as for `find`), of whatever pair; an installed one before a built-in one.

        Raises:
            PackageError: The package does not exist or is broken.
        """
        return self._named(choice)[0]

    def find(self, pair: LanguagePair, choice: str | None = None) -> Route:
        """The packages to translate *pair* with.

        *choice* (a package's name, label or folder, ``builtin``, or the path of an archive or a folder) is obeyed;
        else an installed package goes before a built-in one, the newest version before an older one, and one package
        before two through English.

        Raises:
            PackageNotInstalled: No route leads from source to target.
            PackageError: The chosen package does not exist, is broken, or is of another pair.
        """
        if choice is not None:
            return self._chosen(pair, choice)
        candidates = (*self.installed(), *self.builtin())
        direct = _best(pair, candidates)
        if direct is not None:
            return Route(pair, (direct,), _reason(direct, candidates))
        if PIVOT not in (pair.source, pair.target):
            legs = [
                _best(leg, candidates) for leg in (LanguagePair(pair.source, PIVOT), LanguagePair(PIVOT, pair.target))
            ]
            if None not in legs:
                return Route(
                    pair, tuple(leg for leg in legs if leg), "through English; no package leads there directly"
                )
        raise PackageNotInstalled(pair.source, pair.target, tuple(package.label for package in candidates))

    def install(self, path: str | os.PathLike[str], *, sha256: str | None = None) -> Package:
        """Install the archive *path* and return the installed package; the same archive again changes nothing.

        Another build in a folder of the same name is replaced; versions in folders of other names stay beside it.

        Raises:
            PackageError: The archive is not safe or not valid, its digest is not *sha256*, or its folder is taken.
            OutputError: The packages' folder cannot be written to.
        """
        return install_archive(self.folder, Path(path), sha256)

    def remove(self, name: str) -> tuple[Path, ...]:
        """Remove what is called *name*: a package's name (all versions), its label, or a folder, broken ones too.

        Raises:
            PackageError: Nothing in the folder is called so.
        """
        found = [package.path for package in self.installed() if name in _names(package)]
        found += [
            broken.path for broken in self.broken() if broken.path.name == name and broken.path.parent == self.folder
        ]
        if not found:
            if any(name in _names(package) for package in self.builtin()):
                raise PackageError(
                    "a built-in package cannot be removed", where=name, cure="install another: it goes first"
                )
            raise PackageError("no such package is installed", where=name, cure="toolkit models list")
        remove_folders(self.folder, found)
        return tuple(found)

    def verify(self, name: str | None = None) -> tuple[Verdict, ...]:
        """Compare every package (or those called *name*) with the digest recorded at its installation or release."""
        packages = [package for package in (*self.installed(), *self.builtin()) if name in (None, *_names(package))]
        broken = [each for each in self.broken() if name in (None, each.path.name)]
        verdicts = [_verify(package) for package in packages]
        return (*verdicts, *(Verdict(each.path, each.path.name, "broken", str(each.error)) for each in broken))

    def _chosen(self, pair: LanguagePair, choice: str) -> Route:
        fitting = [package for package in self._named(choice) if package.pair == pair]
        if not fitting:
            raise PackageError(f"does not translate {pair}", where=choice, cure="choose another package, or none")
        return Route(pair, (fitting[0],), "chosen by name")

    def _named(self, choice: str) -> list[Package]:
        """Every package called *choice*, or the one at the path *choice*; never empty."""
        candidates = (*self.installed(), *self.builtin())
        found = [
            package for package in candidates if choice in _names(package) or (choice == "builtin" and package.builtin)
        ]
        if not found and Path(choice).exists():
            return [read(choice)]
        if not found:
            raise PackageError(
                "no such package", where=choice, cure="toolkit models list, or give the path of a package"
            )
        return found

    def _folders(self) -> Iterator[Package | BrokenPackage]:
        if self.folder.is_dir():
            paths = sorted(path for path in self.folder.iterdir() if path.is_dir() and not path.name.startswith("."))
            yield from (_attempt(partial(_read_installed, path), path) for path in paths)

    def _builtins(self) -> Iterator[Package | BrokenPackage]:
        if self._with_builtin:
            for path, digest in builtin.archives().items():
                yield _attempt(partial(builtin.read_builtin, path, digest), path)


def _attempt(reading: Callable[[], Package], path: Path) -> Package | BrokenPackage:
    try:
        return reading()
    except PackageError as error:
        return BrokenPackage(path, error)
    except OSError as error:
        return BrokenPackage(
            path, PackageError(f"cannot be read ({error})", where=str(path), cure="check its permissions")
        )


def _read_installed(path: Path) -> Package:
    package = read(path)
    note = recorded_installation(package)
    return replace(package, recorded=note.archive) if note and note.untouched(package) else package


def _verify(package: Package) -> Verdict:
    note = None if package.builtin else recorded_installation(package)
    if package.builtin:
        actual, expected = replace(package, recorded="").sha256, package.recorded
    elif note is None:
        return Verdict(package.path, package.label, "unrecorded", f"installed by another tool; now {package.sha256}")
    else:
        actual, expected = folder_digest(package.path, package.contents), note.files
    if actual == expected:
        return Verdict(package.path, package.label, "intact", package.sha256)
    return Verdict(
        package.path, package.label, "changed", f"expected {expected}, found {actual}: remove and install it again"
    )


def _names(package: Package) -> tuple[str, ...]:
    pair = f"{package.pair.source}_{package.pair.target}"
    return package.name, pair, package.label, f"{package.name} {package.version}", package.folder, package.path.name


def _sorted(packages: Iterator[Package]) -> tuple[Package, ...]:
    newest_first = sorted(packages, key=lambda package: version_key(package.version), reverse=True)
    return tuple(sorted(newest_first, key=lambda package: package.name))


def _best(pair: LanguagePair, candidates: tuple[Package, ...]) -> Package | None:
    return next((package for package in candidates if package.pair == pair), None)


def _reason(package: Package, candidates: tuple[Package, ...]) -> str:
    rivals = [other for other in candidates if other.pair == package.pair and other is not package]
    if package.builtin:
        return "built in; no other package of this pair is installed"
    if any(not rival.builtin for rival in rivals):
        return "installed; the newest version of this pair"
    return "installed; goes before the built-in one" if rivals else "installed"
