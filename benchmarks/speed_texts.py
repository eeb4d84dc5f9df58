"""The texts that are translated: the seeds as they are, or folders of articles of any size made from a text file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from toolkit.text.segmentation import split

ROOT = Path(__file__).parent.parent
LINES_AN_ARTICLE = 20


@dataclass(frozen=True, slots=True)
class Text:
    """A folder of articles, with the sentences of every line as our splitter finds them."""

    name: str
    folder: Path
    splits: dict[str, list[str]]

    @property
    def files(self) -> list[Path]:
        """Its articles."""
        return sorted(self.folder.glob("*.txt"))

    @property
    def sentences(self) -> list[str]:
        """All sentences, in order."""
        lines = (line for path in self.files for line in path.read_text("utf-8").split("\n"))
        return [sentence for line in lines for sentence in self.splits.get(line, ())]


def seeds(place: Path) -> Text:
    """The five articles of the main job."""
    shutil.copytree(ROOT / "seeds", place)
    return _described("the seeds (5 articles)", place)


def lines_of(path: Path | None) -> list[str]:
    """The lines of *path*; without one, those of the seeds that are sentences."""
    if path is not None:
        return [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    lines = (line.strip() for file in sorted((ROOT / "seeds").glob("*.txt")) for line in file.read_text().splitlines())
    return [line for line in lines if len(line.split()) > 5]


def of_sentences(place: Path, lines: Sequence[str], sentences: int) -> Text:
    """Articles of `LINES_AN_ARTICLE` lines with at least so many *sentences* altogether."""
    articles, found = [], 0
    source = _endless(lines)
    while found < sentences:
        articles.append([next(source) for _ in range(LINES_AN_ARTICLE)])
        found += sum(len(split(line, "de")) for line in articles[-1])
    return _written(f"{found:,} sentences ({len(articles)} articles)", place, articles)


def of_articles(place: Path, lines: Sequence[str], articles: int, length: int) -> Text:
    """So many articles of *length* lines."""
    source = _endless(lines)
    return _written(f"{articles:,} articles", place, [[next(source) for _ in range(length)] for _ in range(articles)])


def _endless(lines: Sequence[str]) -> Iterator[str]:
    """The lines, and again with a number in front, so that none is ever the same: a repeated sentence costs nothing."""
    yield from lines
    for turn in count(2):
        yield from (f"Meldung {turn}: {line}" for line in lines)


def _written(name: str, place: Path, articles: Sequence[Sequence[str]]) -> Text:
    place.mkdir(parents=True)
    for number, article in enumerate(articles):
        (place / f"{number:06d}.txt").write_text("\n\n".join(article) + "\n", "utf-8")
    return _described(name, place)


def _described(name: str, place: Path) -> Text:
    lines = {line for path in place.glob("*.txt") for line in path.read_text("utf-8").split("\n") if line.strip()}
    return Text(name, place, {line: [line[start:end] for start, end in split(line, "de")] for line in sorted(lines)})
