"""Measure summaries: ROUGE of the first sentences, of every bare sumy algorithm and of ours, on a folder of news sets.

    python benchmarks/summaries.py FOLDER [--documents 500] [--cache FILE] [--write docs/summaries.md]

FOLDER holds one ``LANGUAGE_NAME.jsonl`` or ``.jsonl.xz`` a set; each line has ``summary`` (the reference), ``text`` and
perhaps ``title``, or ``documents`` for an event told by several articles. A set of several articles is summarised at
its reference's number of sentences, all others at three. Needs ``pip install 'toolkit[evaluation]'``.

"Bare sumy" is what a user of sumy gets: its plain-text parser, stemmer and stop words; only its sentence tokenizer,
which would download Punkt, is given the same Punkt parameters from a package.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from statistics import fmean
from typing import Any

import toolkit
from toolkit.evaluation.bootstrap import paired_bootstrap
from toolkit.evaluation.redundancy import redundancy
from toolkit.evaluation.summaries import rouge
from toolkit.summaries import Length, MethodName, summarize_many
from toolkit.text import roles, segmentation
from toolkit.types import Block, Document

NAMES = {"de": "german", "en": "english"}
SUMY = ("lsa", "lex-rank", "text-rank", "luhn", "sum-basic", "kl", "reduction", "random")
SUMY_VERSION = version("sumy")
KL_DOCUMENTS = 30
"""Documents of a set that sumy's kl is run on, being slow; its figures do not compare with the rest of their column."""
CLUSTERS = 100
"""Events told by several articles that are measured: sumy's time grows with the square of all their sentences."""
MARK = re.compile(r"(?s)(<!-- measured -->\n).*?(<!-- /measured -->)")
Item = Mapping[str, Any]


@dataclass(frozen=True)
class Score:
    """One summary's ROUGE-1, -2, -L, its words and the share of its sentences that repeat another."""

    rouge: tuple[float, float, float]
    words: int
    redundancy: float


def articles(item: Item) -> list[str]:
    return [text for text in item.get("documents", [item.get("text", "")]) if text.strip()]


@cache
def document(text: str, language: str, title: str = "") -> Document:
    """A plain-text article as the toolkit reads it; one without blank lines has a paragraph a line."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    blocks = [Block("t", title, role="title")] if title else []
    blocks += [Block(f"b{number}", line) for number, line in enumerate(lines)]
    return roles.prepare(Document("-", "text", b"", tuple(blocks), language))


def count(item: Item, language: str) -> int:
    return len(segmentation.split(item["summary"], language)) if "documents" in item else 3


def lead(item: Item, language: str) -> list[str]:
    """The first sentences as they are; of several articles, each one's first, then each one's second …"""
    size = count(item, language)
    split = [[text[slice(*span)] for span in segmentation.split(text, language)] for text in articles(item)]
    return [sentences[place] for place in range(size) for sentences in split if place < len(sentences)][:size]


def ours(item: Item, language: str, *, method: MethodName = "default", with_title: bool = True) -> list[str]:
    title = item.get("title") or "" if with_title else ""
    documents = [document(text, language, title) for text in articles(item)]
    length = Length.sentences(count(item, language))
    return list(summarize_many(documents, length=length, method=method, language=language).texts())


class PunktTokenizer:
    """sumy's tokenizer without its download: the same sentences, the same filter for words."""

    _WORD = re.compile(r"^[^\W\d_](?:[^\W\d_]|['-])*$")

    def __init__(self, language: str) -> None:
        self._language = NAMES[language]

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        import punkt

        return tuple(sentence.strip() for sentence in punkt.sent_tokenize(paragraph, self._language))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        from nltk.tokenize import NLTKWordTokenizer

        return tuple(word for word in NLTKWordTokenizer().tokenize(sentence) if self._WORD.match(word))


@cache
def summarizer(method: str, language: str) -> Any:
    from importlib import import_module

    from sumy.nlp.stemmers import Stemmer
    from sumy.utils import get_stop_words

    module = method.replace("-", "_")
    name = {"kl": "KL"}.get(method, "".join(part.title() for part in method.split("-")))
    made = getattr(import_module(f"sumy.summarizers.{module}"), f"{name}Summarizer")(Stemmer(NAMES[language]))
    if hasattr(made, "stop_words"):
        made.stop_words = get_stop_words(NAMES[language])
    return made


def bare_sumy(item: Item, language: str, *, method: str) -> list[str]:
    from sumy.parsers.plaintext import PlaintextParser

    random.seed(str(item.get("id")))  # for the method random
    parser = PlaintextParser.from_string("\n\n".join(articles(item)), PunktTokenizer(language))
    return [str(sentence) for sentence in summarizer(method, language)(parser.document, count(item, language))]


SYSTEMS: dict[str, Callable[[Item, str], list[str]]] = {
    "lead": lead,
    **{f"sumy {name}": partial(bare_sumy, method=name) for name in SUMY},
    "toolkit lead": partial(ours, method="lead"),
    "toolkit lex-rank": partial(ours, method="lex-rank"),
    "toolkit default, no headline": partial(ours, with_title=False),
    "toolkit default": ours,
}


@dataclass(frozen=True)
class Task:
    """An item and the systems whose scores on it are not known yet."""

    item: Item
    language: str
    systems: tuple[str, ...]


def measure(task: Task) -> dict[str, Score]:
    """Summaries of one item by several systems, scored."""
    scores = {}
    for system in task.systems:
        sentences = SYSTEMS[system](task.item, task.language)
        found = rouge(sentences, task.item["summary"], language=task.language)
        size = sum(len(sentence.split()) for sentence in sentences)
        repeated = redundancy(sentences, language=task.language)
        scores[system] = Score((found.rouge1, found.rouge2, found.rouge_l), size, repeated)
    return scores


class Cache:
    """Scores of earlier runs in a file of JSON lines; ours are forgotten as soon as our code changes."""

    def __init__(self, path: Path | None) -> None:
        self._path, self._known = path, dict[str, Score]()
        if path and path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                key, values, size, repeated = json.loads(line)
                self._known[key] = Score(tuple(values), size, repeated)

    def get(self, item: Item, system: str) -> Score | None:
        return self._known.get(self._key(item, system))

    def put(self, item: Item, system: str, score: Score) -> None:
        key = self._key(item, system)
        self._known[key] = score
        if self._path:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps([key, score.rouge, score.words, score.redundancy]) + "\n")

    @staticmethod
    def _key(item: Item, system: str) -> str:
        version = own_version() if system.startswith("toolkit") else SUMY_VERSION
        return sha256(json.dumps([item, system, version], sort_keys=True).encode()).hexdigest()


@cache
def own_version() -> str:
    """Digest of the code that makes our summaries."""
    package = Path(toolkit.__file__).parent
    files = sorted([*package.glob("summaries/*.py"), *package.glob("text/**/*.*")])
    return sha256(b"".join(file.read_bytes() for file in files if file.suffix in (".py", ".txt"))).hexdigest()


def read_sets(folder: Path, limit: int) -> Iterator[tuple[str, str, list[Item]]]:
    """Name, language and items of every set in *folder*."""
    for path in sorted([*folder.glob("*.jsonl"), *folder.glob("*.jsonl.xz")]):
        name = path.name.partition(".")[0]
        data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        items = [json.loads(line) for line in data.decode().split("\n") if line]  # U+2028 ends no line
        if items and "summary" in items[0] and name[:2] in NAMES:
            several = "documents" in items[0]
            yield name, name[:2], items[: min(limit, CLUSTERS) if several else limit]


def systems_for(place: int, item: Item) -> list[str]:
    """The systems that are run on the item at *place* of its set."""
    several = "documents" in item
    return [system for system in SYSTEMS if system != "sumy kl" or (place < KL_DOCUMENTS and not several)]


def run(folder: Path, limit: int, processes: int, known: Cache) -> dict[str, dict[str, list[Score]]]:
    """Scores by set and system, a list in the order of the items."""
    sets: dict[str, dict[str, list[Score]]] = {}
    with ProcessPoolExecutor(processes) as pool:
        for name, language, items in read_sets(folder, limit):
            wanted = [systems_for(place, item) for place, item in enumerate(items)]
            tasks = [
                Task(item, language, tuple(system for system in systems if known.get(item, system) is None))
                for item, systems in zip(items, wanted, strict=True)
            ]
            for task, scores in zip(tasks, pool.map(measure, tasks), strict=True):
                for system, score in scores.items():
                    known.put(task.item, system, score)
            sets[name] = {
                system: [found for item in items if (found := known.get(item, system))]
                for system in SYSTEMS
                if system in wanted[0]
            }
            print(f"{name}: {len(items)}", file=sys.stderr, flush=True)
    return sets


def column(scores: Sequence[Score], measure_index: int) -> list[float]:
    return [score.rouge[measure_index] for score in scores]


def table(sets: Mapping[str, Mapping[str, Sequence[Score]]]) -> str:
    """ROUGE-1 / -2 / -L of every system on every set, in Markdown."""
    heads = [f"{name} ({len(systems['lead'])})" for name, systems in sets.items()]
    lines = ["| system | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for system in SYSTEMS:
        cells = []
        for systems in sets.values():
            found = systems.get(system)
            if not found:
                cells.append("–")
                continue
            text = " / ".join(f"{fmean(column(found, index)):.1f}" for index in range(3))
            cells.append(text + (f" (n={len(found)})" if len(found) < len(systems["lead"]) else ""))
        lines.append(f"| {system} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def comparison(sets: Mapping[str, Mapping[str, Sequence[Score]]], part: slice) -> str:
    """The default's gain over lead and over the best bare algorithm of each set, with intervals, in Markdown."""
    lines = [
        "| set | n | R-1 over lead | R-2 over lead | R-L over lead | best bare sumy (R-2) | R-2 over it |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, systems in sets.items():
        default, first = systems["toolkit default"][part], systems["lead"][part]
        gains = [str(paired_bootstrap(column(default, index), column(first, index))) for index in range(3)]
        whole = {
            system: found for system, found in systems.items() if system.startswith("sumy") and system != "sumy kl"
        }
        best = max(whole, key=lambda system: fmean(column(whole[system][part], 1)))
        over = paired_bootstrap(column(default, 1), column(whole[best][part], 1))
        lines.append(f"| {name} | {len(default)} | {' | '.join(gains)} | {best} | {over} |")
    pooled = [name for name in sets if name.startswith("de_")]
    if len(pooled) > 1:
        gains = []
        for index in range(3):
            default_all = [value for name in pooled for value in column(sets[name]["toolkit default"][part], index)]
            lead_all = [value for name in pooled for value in column(sets[name]["lead"][part], index)]
            gains.append(str(paired_bootstrap(default_all, lead_all)))
        lines.append(f"| German together | {len(default_all)} | {' | '.join(gains)} | | |")
    return "\n".join(lines)


def repetition(sets: Mapping[str, Mapping[str, Sequence[Score]]]) -> str:
    """Words a summary and share of near-duplicate sentences, in Markdown."""
    lines = ["| system | " + " | ".join(sets) + " |", "|---" * (len(sets) + 1) + "|"]
    for system in ("lead", "sumy lex-rank", "sumy text-rank", "toolkit default"):
        cells = [
            f"{fmean(score.words for score in found[system]):.0f} words, "
            f"{fmean(score.redundancy for score in found[system]):.2%}"
            for found in sets.values()
        ]
        lines.append(f"| {system} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def report(sets: Mapping[str, Mapping[str, Sequence[Score]]]) -> str:
    """The whole result in Markdown."""
    return "\n\n".join(
        [
            "ROUGE-1 / -2 / -L, F1 in %:",
            table(sets),
            "The default against the lead on the **held-out** half (every second document; weights were not chosen on "
            "these), 95 % intervals of a paired bootstrap over documents:",
            comparison(sets, slice(1, None, 2)),
            "The same on all documents:",
            comparison(sets, slice(None)),
            "Length and near-duplicate sentences:",
            repetition(sets),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=500, help="documents a set, from its beginning")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--cache", type=Path, help="file that keeps scores from run to run")
    parser.add_argument("--write", type=Path, help="Markdown file whose marked part is replaced by the result")
    arguments = parser.parse_args()
    cached = Cache(arguments.cache)
    text = report(run(arguments.folder, arguments.documents, arguments.processes, cached))
    print(text)
    if arguments.write:
        page = arguments.write.read_text(encoding="utf-8")
        arguments.write.write_text(MARK.sub(lambda mark: f"{mark[1]}{text}\n{mark[2]}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
