"""Which files a run works on, and where each result goes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from toolkit.errors import InputError, ToolkitError

WORK_FOLDER = ".toolkit"
"""Folder inside the output folder for the manifest and the lock."""


@dataclass(frozen=True, slots=True)
class Job:
    """One input file and its output, or the reason why it cannot be done.

    ``name`` is the input's place in the tree it was found in, with ``/``.
    """

    path: Path
    output: Path
    name: str
    error: ToolkitError | None = None


def plan_jobs(
    paths: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    target: str = "en",
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> list[Job]:
    """List the jobs for *paths* in a stable order; a folder's tree is mirrored under *out*.

    Hidden files and folders, the output folder itself and links to folders are passed over. ``a/b.txt`` becomes
    ``a/b.en.txt``.

    Args:
        include: Globs on the name inside the tree (``*.md``, ``2024/*``); with none, every file.
        exclude: Globs of names to leave out.

    Raises:
        InputError: A path does not exist, nothing is left to do, or two inputs would write the same file.
    """
    root = Path(out).resolve()
    jobs = []
    for given in map(Path, paths):
        if not given.exists():
            raise InputError("no such file or folder", where=str(given), cure="check the spelling")
        base = given if given.is_dir() else given.parent
        for path in _files(given, root):
            name = path.relative_to(base).as_posix()
            if given.is_dir() and not _wanted(name, include, exclude):
                continue
            jobs.append(_job(path, root, name, target))
    if not jobs:
        raise InputError("no files to work on", where=", ".join(map(str, paths)), cure="check --include and --exclude")
    return _distinct(jobs)


def _files(given: Path, out: Path) -> Iterator[Path]:
    if not given.is_dir():
        yield given
        return
    for folder, folders, files in os.walk(given, followlinks=False):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and (here / name).resolve() != out)
        yield from (here / name for name in sorted(files) if not name.startswith("."))


def _wanted(name: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    def matches(globs: Sequence[str]) -> bool:
        return any(fnmatch(name, glob) or fnmatch(name.rsplit("/", 1)[-1], glob) for glob in globs)

    return (not include or matches(include)) and not matches(exclude)


def _job(path: Path, root: Path, name: str, target: str) -> Job:
    relative = Path(name)
    output = root / relative.parent / f"{relative.stem}.{target}{relative.suffix}"
    error: ToolkitError | None = None
    try:
        regular = path.is_file()
    except OSError:  # a link that leads to itself
        regular = False
    if not regular:
        error = InputError("not a regular file (a broken or looping link?)", where=str(path), cure="remove or mend it")
    elif not _is_text(name):
        error = InputError("its name is not valid UTF-8, so it cannot be noted", where=str(path), cure="rename it")
    elif not output.resolve().is_relative_to(root):
        error = InputError("its output would leave the output folder", where=str(path), cure="remove the link in --out")
    return Job(path, output, name, error)


def _is_text(name: str) -> bool:
    """Whether the system's bytes of a name are text, so that it can stand in a manifest, a report, a briefing."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _distinct(jobs: Sequence[Job]) -> list[Job]:
    """The jobs without files named twice; two files with one output are an error."""
    taken: dict[str, Job] = {}
    for job in jobs:
        key = str(job.output).casefold()
        if key in taken and taken[key].path.resolve() != job.path.resolve():
            raise InputError(
                f"{taken[key].path} would be written to the same file, {job.output.name}",
                where=str(job.path),
                cure="translate the two in separate runs with separate --out folders",
            )
        taken.setdefault(key, job)
    return list(taken.values())
