"""Every error the toolkit raises on purpose.

    ToolkitError
    ├── InputError            a file, a folder, an option or a text that cannot be used
    │   └── OutputError       a place that cannot be written to
    ├── PackageError          an Argos package that is missing, broken or not to be trusted
    │   └── PackageNotInstalled
    ├── EngineError           the decoder itself failed
    └── MissingExtra          an optional part is not installed

A message says what is wrong, where, and what cures it; the fields hold the same for programs.
"""

from __future__ import annotations


class ToolkitError(Exception):
    """Anything that the toolkit reports to its user.

    >>> str(ToolkitError("too large", where="a.txt", cure="raise --max-size"))
    'a.txt: too large. Cure: raise --max-size'
    """

    exit_status = 1

    def __init__(self, reason: str, *, where: str = "", cure: str = "") -> None:
        self.reason, self.where, self.cure = reason, where, cure
        super().__init__(reason, where, cure)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f". Cure: {self.cure}" if self.cure else ""
        return f"{place}{self.reason}{remedy}"


class InputError(ToolkitError):
    """A file, folder, option or text that cannot be used as it is."""

    exit_status = 2


class OutputError(InputError):
    """A place that cannot be written to, or that lies outside the output folder."""


class PackageError(ToolkitError):
    """An Argos package that is missing, broken, tampered with or of an unknown make."""

    exit_status = 4


class PackageNotInstalled(PackageError):
    """No package, and no route through English, leads from *source* to *target*."""

    def __init__(self, source: str, target: str, installed: tuple[str, ...] = ()) -> None:
        self.source, self.target, self.installed = source, target, installed
        have = ", ".join(installed) or "none"
        super().__init__(
            f"no package translates {source} to {target} (installed: {have})",
            cure=f"toolkit models install {source}_{target}, or toolkit models install FILE.argosmodel",
        )


class EngineError(ToolkitError):
    """The decoder failed on input it should have handled."""

    exit_status = 4


class MissingExtra(ToolkitError):
    """An optional part of the toolkit is not installed."""

    exit_status = 2

    def __init__(self, extra: str, purpose: str) -> None:
        self.extra, self.purpose = extra, purpose
        super().__init__(f"{purpose} needs an optional part", cure=f"pip install 'toolkit[{extra}]'")
