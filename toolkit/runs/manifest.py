"""What is done already in an output folder, so that an interrupted run goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from toolkit.errors import OutputError
from toolkit.runs.plan import WORK_FOLDER, Job

VERSION = 1
_TEXTS = ("name", "made_by", "input", "output")
_COUNTS = {"sentences", "flags", "terms"}
"""What a line's summary holds; see `toolkit.runs.report.summarize_document`."""


class Manifest:
    """One line a finished file: the digests of input and output, what made it, and what was reported.

    A line is appended only after the output is in place. A line torn by a crash, or changed, is passed over.
    """

    def __init__(self, out: Path, made_by: str) -> None:
        self._path = out / WORK_FOLDER / "manifest.jsonl"
        self._out, self._made_by = out, made_by
        self._lines = {line["name"]: line for line in self._read()}
        self._torn = self._path.exists() and self._path.read_bytes()[-1:] not in (b"\n", b"")

    def _read(self) -> list[dict[str, Any]]:
        if not self._path.exists():
            return []
        lines = []
        for text in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                line = json.loads(text)
            except (ValueError, RecursionError):
                continue
            if _is_whole(line):
                lines.append(line)
        return lines

    def finished(self, job: Job) -> dict[str, Any] | None:
        """The line of *job* if its output stands as it was made, from the same input, in the same way."""
        line = self._lines.get(job.name)
        if line is None or line["made_by"] != self._made_by or not job.output.is_file():
            return None
        same = line["input"] == digest(job.path) and line["output"] == digest(job.output)
        return line if same else None

    def add(self, job: Job, raw: bytes, written: bytes, summary: dict[str, Any]) -> None:
        """Record that *job* is done.

        Raises:
            OutputError: The disk is full.
        """
        line = {
            "version": VERSION,
            "name": job.name,
            "made_by": self._made_by,
            "input": hashlib.sha256(raw).hexdigest(),
            "output": hashlib.sha256(written).hexdigest(),
            "summary": summary,
        }
        text = json.dumps(line, ensure_ascii=False) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)  # somebody may have removed the folder meanwhile
            with self._path.open("a", encoding="utf-8") as file:
                file.write(("\n" if self._torn else "") + text)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise OutputError(
                f"cannot be written: {error.strerror}", where=str(self._path), cure="free some space"
            ) from error
        self._torn = False


def _is_whole(line: Any) -> bool:
    """Whether *line* is one that `Manifest.add` wrote: only then it can be trusted to say that a file is done."""
    if not isinstance(line, dict) or line.get("version") != VERSION or not isinstance(line.get("summary"), dict):
        return False
    return all(isinstance(line.get(key), str) for key in _TEXTS) and line["summary"].keys() == _COUNTS


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
