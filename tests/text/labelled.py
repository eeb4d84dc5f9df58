"""Reads the labelled fixtures and scores against them; makes documents without a file reader."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.types import Block, Document, Role, Span

FIXTURES = Path(__file__).parent / "fixtures"
SEEDS = Path(__file__).parents[2] / "seeds"


@dataclass(frozen=True)
class LabelledBlock:
    """A block as a person read it: its text, its role, and its sentences where they were labelled."""

    text: str
    role: Role
    marked: Role = "paragraph"
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """Hits, false alarms and misses."""

    hits: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.extra)

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed)


def compare(expected: Iterable[object], found: Iterable[object]) -> Score:
    wanted, got = set(expected), set(found)
    return Score(len(wanted & got), len(got - wanted), len(wanted - got))


def make_document(blocks: Sequence[tuple[str, Role]], path: str = "a.txt", language: str = "de") -> Document:
    made = tuple(Block(f"b{number}", text, role) for number, (text, role) in enumerate(blocks))
    return Document(path, "text", b"", made, language)


def make_lines(text: str, path: str = "a.txt", language: str = "de") -> Document:
    """A document whose blocks are the non-blank lines of *text*; bullets become list items."""
    lines = (line.strip() for line in text.splitlines() if line.strip())
    blocks = [(line.removeprefix("•").strip(), _marked(line)) for line in lines]
    return make_document(blocks, path, language)


def _marked(line: str) -> Role:
    return "list_item" if line.startswith("•") else "paragraph"


def read_seeds() -> dict[str, list[LabelledBlock]]:
    labels = json.loads((FIXTURES / "seeds.json").read_text(encoding="utf-8"))
    articles = {}
    for name, rows in labels.items():
        lines = (SEEDS / name).read_text(encoding="utf-8").splitlines()
        raw = [(lines[row["line"] - 1].strip(), row) for row in rows]
        articles[name] = [
            LabelledBlock(line.removeprefix("•").strip(), row["role"], _marked(line), tuple(row["sentences"]))
            for line, row in raw
        ]
    return articles


def read_blocks(half: str) -> list[list[LabelledBlock]]:
    articles = (FIXTURES / f"blocks_{half}.txt").read_text(encoding="utf-8").split("\n\n")[1:]
    return [[_labelled(line) for line in article.strip().splitlines()] for article in articles]


def _labelled(line: str) -> LabelledBlock:
    role, text = line.split("\t")
    marked: Role = "list_item" if role == "list_item" else "paragraph"
    return LabelledBlock(text, role, marked)  # type: ignore[arg-type]


def read_sentences(half: str) -> list[tuple[str, str, list[Span]]]:
    """Language, text and sentence spans of every case; ``¦`` marks a border, with a blank or without."""
    cases = []
    for line in (FIXTURES / f"sentences_{half}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            language, marked = line.split("\t")
            text = marked.replace(" ¦ ", " ").replace("¦", "")
            cases.append((language, text, locate(text, [part.strip() for part in marked.split("¦")])))
    return cases


def locate(text: str, sentences: Sequence[str]) -> list[Span]:
    spans, cursor = [], 0
    for sentence in sentences:
        start = text.index(sentence, cursor)
        cursor = start + len(sentence)
        spans.append(Span(start, cursor))
    return spans


def digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
