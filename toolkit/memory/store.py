"""Exact recall of sentence pairs across runs and files.

A pair is found again only if everything that made it is the same: text, languages, package, decoding options and the
glossary entries that concern the sentence. So the glossary outranks the memory, and an entry that is added to it makes
only those sentences new that it matches.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from toolkit.engines.base import DecodingOptions
from toolkit.errors import InputError
from toolkit.languages import LanguagePair
from toolkit.types import Flag, Occurrence, SegmentPair, Span

SCHEMA = 1
_CREATE = f"""
CREATE TABLE IF NOT EXISTS pair (
    key TEXT PRIMARY KEY, source_language TEXT, target_language TEXT, source TEXT, target TEXT, engine TEXT, data TEXT
) WITHOUT ROWID;
PRAGMA user_version = {SCHEMA};
"""
_CHUNK = 500
"""Keys looked up in one statement; SQLite's oldest limit on parameters is 999."""


def default_path() -> Path:
    """Where the memory lives when nothing else is said: ``$XDG_DATA_HOME/toolkit/memory.sqlite``."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "toolkit" / "memory.sqlite"


def memory_key(
    source: str, pair: LanguagePair, engine: str, options: DecodingOptions, terms: Sequence[Mapping[str, Any]]
) -> str:
    """Digest of all that a translation depends on; fields are separated by structure, never by joining strings.

    Args:
        engine: The engine's `identity`.
        terms: What can change a translation of the glossary entries that match *source*, in order.
    """
    parts = [SCHEMA, source, pair.source, pair.target, engine, asdict(options), list(terms)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class MemoryStatistics:
    """What a memory holds: number of pairs, by language pair and by engine, and its size in bytes."""

    path: str
    pairs: int
    by_languages: Mapping[str, int]
    by_engine: Mapping[str, int]
    size: int


@dataclass(frozen=True, slots=True)
class MemoryEntry:
    """One line of a memory: the key says what made the pair (`memory_key`), ``engine`` names it for people."""

    key: str
    languages: LanguagePair
    engine: str
    pair: SegmentPair


class TranslationMemory:
    """A store of sentence pairs in one SQLite file, safe for several processes at once.

    A file that is damaged is moved aside (``notices`` says where to) and a new one begun: a memory may be lost without
    harm, a translation may not.

    Raises:
        InputError: The file cannot be opened, or stays locked by another process for 30 seconds.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self.path = Path(path) if path is not None else default_path()
        self.notices: list[str] = []
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._check()
        except OSError as error:
            raise self._unusable(str(error)) from error

    def _check(self) -> None:
        """Make the tables, or set a damaged file aside and begin anew."""
        try:
            with closing(self._connect()) as connection:
                if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                    raise sqlite3.DatabaseError("quick_check failed")
                connection.executescript(_CREATE)
        except sqlite3.OperationalError as error:
            raise self._unusable(str(error)) from error
        except sqlite3.DatabaseError as error:
            aside = self._set_aside()
            self.notices.append(f"{self.path}: damaged ({error}); moved to {aside}, a new memory was begun")
            with closing(self._connect()) as connection:
                connection.executescript(_CREATE)

    def _set_aside(self) -> Path:
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists():
            number += 1
        self.path.rename(aside)
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        return aside

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _unusable(self, reason: str) -> InputError:
        return InputError(
            f"the translation memory cannot be used: {reason}",
            where=str(self.path),
            cure="wait for the other run, choose another file with --memory FILE, or do without: --no-memory",
        )

    def recall(self, keys: Mapping[str, str]) -> dict[str, SegmentPair]:
        """Find pairs again.

        Args:
            keys: `memory_key` of each source sentence, by sentence.

        Returns:
            The pairs found, by sentence, with the origin ``memory`` and without id or place.
        """
        rows = self._select("SELECT key, data FROM pair WHERE key IN ({})", list(keys.values()))
        found = {source: _whole_pair(rows[key]) for source, key in keys.items() if key in rows}
        return {source: pair for source, pair in found.items() if pair is not None}

    def store(self, pairs: Iterable[tuple[str, SegmentPair]], languages: LanguagePair, engine: str) -> None:
        """Keep pairs under their keys; what is there already under a key is replaced.

        Args:
            engine: What made the targets, for people (the engine's `label`).
        """
        rows = [(key, *_columns(languages), pair.source, pair.target, engine, dump_pair(pair)) for key, pair in pairs]
        with self._using() as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def imported(self, sources: Sequence[str], languages: LanguagePair) -> dict[str, str]:
        """Targets of *sources* that were brought in from outside (TMX), by source: no engine made them."""
        keys = {source: _imported_key(source, languages) for source in sources}
        rows = self._select("SELECT key, target FROM pair WHERE key IN ({})", list(keys.values()))
        return {source: rows[key] for source, key in keys.items() if key in rows}

    def import_units(self, units: Iterable[tuple[LanguagePair, str, str]]) -> int:
        """Bring in translations made elsewhere, ``(languages, source, target)``; returns how many.

        They are used whatever the engine, and before it is asked.
        """
        return self.import_entries(
            [
                MemoryEntry(
                    _imported_key(source, languages),
                    languages,
                    "imported",
                    SegmentPair("", _whole(source), source, target),
                )
                for languages, source, target in units
            ]
        )

    def import_entries(self, entries: Iterable[MemoryEntry]) -> int:
        """Bring in what `entries` of another memory gave; returns how many."""
        count = 0
        with self._using() as connection, connection:
            for entry in entries:
                row = (entry.key, *_columns(entry.languages), entry.pair.source, entry.pair.target)
                connection.execute(
                    "INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (*row, entry.engine, dump_pair(entry.pair)),
                )
                count += 1
        return count

    def entries(self) -> Iterator[MemoryEntry]:
        """Everything the memory holds, in the order of keys."""
        query = "SELECT key, source_language, target_language, engine, data FROM pair ORDER BY key"
        with self._using() as connection:
            for key, source, target, engine, data in connection.execute(query):
                yield MemoryEntry(key, LanguagePair(source, target), engine, load_pair(data))

    def statistics(self) -> MemoryStatistics:
        """Count what is there."""
        with self._using() as connection:
            languages = connection.execute(
                "SELECT source_language || '_' || target_language, count(*) FROM pair GROUP BY 1 ORDER BY 1"
            ).fetchall()
            engines = connection.execute("SELECT engine, count(*) FROM pair GROUP BY 1 ORDER BY 1").fetchall()
        total = sum(count for _, count in languages)
        return MemoryStatistics(str(self.path), total, dict(languages), dict(engines), self.path.stat().st_size)

    def clear(self) -> int:
        """Forget everything; returns how many pairs that were."""
        with self._using() as connection:
            with connection:
                count = connection.execute("DELETE FROM pair").rowcount
            connection.execute("VACUUM")
        return int(count)

    def _select(self, query: str, keys: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        with self._using() as connection:
            for start in range(0, len(keys), _CHUNK):
                chunk = keys[start : start + _CHUNK]
                found |= dict(connection.execute(query.format(",".join("?" * len(chunk))), chunk))
        return found

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._connect()) as connection:
                yield connection
        except sqlite3.Error as error:
            raise self._unusable(str(error)) from error


def _columns(languages: LanguagePair) -> tuple[str, str]:
    return languages.source, languages.target


def _imported_key(source: str, languages: LanguagePair) -> str:
    parts = json.dumps(["imported", SCHEMA, source, *_columns(languages)], ensure_ascii=False)
    return hashlib.sha256(parts.encode()).hexdigest()


def _whole(text: str) -> Span:
    return Span(0, len(text))


def dump_pair(pair: SegmentPair) -> str:
    """A pair as JSON, without its place in a document."""
    data = asdict(pair)
    del data["id"], data["span"], data["origin"]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def load_pair(text: str) -> SegmentPair:
    """Read what `dump_pair` wrote; the origin is ``memory``.

    >>> pair = SegmentPair("x", Span(3, 6), "Ja.", "Yes.", -0.25, (Flag("retried"),))
    >>> load_pair(dump_pair(pair)).flags
    (Flag(kind='retried', detail=''),)
    """
    data = json.loads(text)
    return SegmentPair(
        id="",
        span=_whole(data["source"]),
        source=data["source"],
        target=data["target"],
        score=data["score"],
        flags=tuple(Flag(**flag) for flag in data["flags"]),
        terms=tuple(_occurrence(term) for term in data["terms"]),
        origin="memory",
        alignment=tuple((Span(*source), Span(*target)) for source, target in data["alignment"]),
    )


def _whole_pair(text: str) -> SegmentPair | None:
    """The pair in *text*, or ``None`` when somebody else has written there: it is decoded anew, and replaced."""
    try:
        return load_pair(text)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _occurrence(data: dict[str, Any]) -> Occurrence:
    found = data.pop("found_span")
    return Occurrence(**data | {"span": Span(*data["span"]), "found_span": Span(*found) if found else None})
