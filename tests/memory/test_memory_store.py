"""The memory gives back exactly what was stored, only under the same circumstances, and survives damage."""

from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from toolkit.engines.base import DecodingOptions
from toolkit.errors import InputError
from toolkit.languages import LanguagePair
from toolkit.memory import TranslationMemory, memory_key
from toolkit.types import Flag, Occurrence, SegmentPair, Span

PAIR = LanguagePair("de", "en")
OPTIONS = DecodingOptions()


def key(source: str, **changes: object) -> str:
    circumstances: dict[str, object] = {"pair": PAIR, "engine": "e1", "options": OPTIONS, "terms": ()}
    return memory_key(source, **(circumstances | changes))  # type: ignore[arg-type]


def rich_pair(source: str = "Uschakow sprach.") -> SegmentPair:
    term = Occurrence("Ushakov", "Ushakov", Span(0, 8), "Uschakow", "repair", "Ushakov", Span(0, 7), -0.5, -0.4)
    return SegmentPair(
        "b0.0",
        Span(4, 20),
        source,
        "Ushakov spoke.",
        -0.4,
        (Flag("retried", "decoded again: loop"),),
        (term,),
        alignment=((Span(0, 8), Span(0, 7)),),
    )


def test_a_stored_pair_comes_back_whole_apart_from_its_place(tmp_path: Path) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    pair = rich_pair()
    memory.store([(key(pair.source), pair)], PAIR, "engine 1")

    back = memory.recall({pair.source: key(pair.source)})[pair.source]

    assert (back.target, back.score, back.flags, back.terms) == (pair.target, pair.score, pair.flags, pair.terms)
    assert back.alignment == pair.alignment
    assert back.origin == "memory"
    assert memory.statistics().pairs == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"pair": LanguagePair("de", "fr")},
        {"engine": "e2"},
        {"options": DecodingOptions(beam_size=1)},
        {"terms": [{"source": "Ja", "target": "Aye"}]},
    ],
    ids=["languages", "package", "options", "glossary entries"],
)
def test_other_circumstances_are_another_key(changes: dict[str, object]) -> None:
    assert key("Ja.") != key("Ja.", **changes)


def test_texts_that_look_alike_when_joined_do_not_collide() -> None:
    assert len({key("a|b"), key("a"), key('["a"]')}) == 3


def test_more_keys_than_one_statement_takes(tmp_path: Path) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    sources = [f"Satz {n}." for n in range(1203)]
    memory.store([(key(s), rich_pair(s)) for s in sources], PAIR, "e")
    assert list(memory.recall({s: key(s) for s in sources})) == sources


def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    path.write_bytes(b"this is no database, whatever its name says" * 100)

    memory = TranslationMemory(path)

    assert memory.statistics().pairs == 0
    assert (tmp_path / "m.sqlite.damaged-1").read_bytes().startswith(b"this is no")
    assert "damaged-1" in memory.notices[0]


def test_a_locked_file_is_an_error_with_a_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "m.sqlite"
    memory = TranslationMemory(path)
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda database, timeout: connect(database, timeout=0.01))
    other = connect(path)
    other.execute("BEGIN EXCLUSIVE")

    with pytest.raises(InputError, match="--no-memory"):
        memory.store([(key("Ja."), rich_pair("Ja."))], PAIR, "e")

    other.close()


def test_a_place_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="cannot be used"):
        TranslationMemory(tmp_path / "file" / "m.sqlite")


def _store_many(path: Path, start: int) -> None:
    memory = TranslationMemory(path)
    for n in range(start, start + 40):
        memory.store([(key(f"Satz {n}."), rich_pair(f"Satz {n}."))], PAIR, "e")


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_store_many, args=(path, start)) for start in (0, 40)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert TranslationMemory(path).statistics().pairs == 80


def test_clear_and_statistics(tmp_path: Path) -> None:
    memory = TranslationMemory(tmp_path / "m.sqlite")
    memory.store([(key("Ja."), rich_pair("Ja."))], PAIR, "engine 1")
    memory.import_units([(PAIR, "Nein.", "No.")])

    statistics = memory.statistics()

    assert (statistics.pairs, dict(statistics.by_languages)) == (2, {"de_en": 2})
    assert dict(statistics.by_engine) == {"engine 1": 1, "imported": 1}
    assert memory.imported(["Nein.", "Ja."], PAIR) == {"Nein.": "No."}
    assert memory.clear() == 2
    assert memory.statistics().pairs == 0
