"""Story clustering on ECB+ (Cybulska & Vossen, LREC 2014): B-cubed F1 of our grouping against stated baselines.

    python benchmarks/stories.py score ecbplus.jsonl.xz
    python benchmarks/stories.py background news.tsv.xz > toolkit/briefings/background.txt

ECB+ has two events of one kind in each topic (two earthquakes, two arrests of actors): shared topic words must not
merge them. Thresholds are chosen on every other topic and shown on the rest: one for both kinds of set (by the mean of
the two), and, for comparison, one for each. "Folders" are small random sets of 2 to
24 articles on one to six events, which is what a briefing sees; the figure is the mean of 200 of them.
The articles file has one JSON object a line with ``topic``, ``story`` and ``text`` (a sentence a line). It is not part
of the repository; the annotation is CC BY 3.0, the news text its publishers'.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from toolkit.briefings import stories
from toolkit.briefings.clustering import average_linkage
from toolkit.briefings.stories import View

THRESHOLDS = [0.02 * step for step in range(3, 21)]
STEMS_KEPT = 5500
DOCUMENT_SENTENCES = 12
NEWS = re.compile(r"wmt\d+\.ref|europarl|opennmt|cdt|mlqe|xquad|ud-pud")

Article = dict[str, str]
Grouping = Callable[[Sequence[View]], dict[tuple[int, int], float]]


def b_cubed(groups: Sequence[Sequence[int]], labels: Sequence[str]) -> float:
    """B-cubed F1 (Bagga & Baldwin 1998) of a grouping against the true labels."""
    sizes = Counter(labels)
    precision = recall = 0.0
    for group in groups:
        for item in group:
            same = sum(labels[other] == labels[item] for other in group)
            precision += same / len(group)
            recall += same / sizes[labels[item]]
    return 2 * precision * recall / (precision + recall) / len(labels) if labels else 0.0


def tf_idf(views: Sequence[View]) -> dict[tuple[int, int], float]:
    """The baseline: cosine of sublinear tf-idf counted on the set itself."""
    counts = [Counter(stories.stems(" ".join(each.sentences["en"]), "en")) for each in views]
    holders = Counter(stem for count in counts for stem in count)
    vectors = []
    for count in counts:
        vector = {s: (1 + math.log(n)) * math.log((len(views) + 1) / holders[s]) for s, n in count.items()}
        length = math.sqrt(sum(w * w for w in vector.values())) or 1.0
        vectors.append({stem: weight / length for stem, weight in vector.items()})
    return stories.cosines(vectors)


def folders(articles: Sequence[Article], number: int = 200) -> list[list[Article]]:
    """Small random sets: one to three topics, one or both of their events, one to four articles of each."""
    chance = random.Random(1)
    topics: dict[str, dict[str, list[Article]]] = defaultdict(lambda: defaultdict(list))
    for article in articles:
        topics[article["topic"]][article["story"]].append(article)
    sets: list[list[Article]] = []
    while len(sets) < number:
        chosen: list[Article] = []
        for topic in chance.sample(sorted(topics), chance.choice((1, 1, 2, 3))):
            events = sorted(topics[topic])
            for event in events if chance.random() < 0.6 else [chance.choice(events)]:
                members = topics[topic][event]
                chosen += chance.sample(members, min(len(members), chance.choice((1, 2, 3, 4))))
        if len(chosen) > 1:
            sets.append(chosen)
    return sets


def scores(sets: Sequence[Sequence[Article]], similarity: Grouping) -> dict[float, float]:
    """Mean B-cubed F1 over the sets at each threshold."""
    totals: dict[float, float] = defaultdict(float)
    for articles in sets:
        table = similarity([View({"en": article["text"].splitlines()}) for article in articles])
        labels = [article["story"] for article in articles]
        for threshold in THRESHOLDS:
            totals[threshold] += b_cubed(average_linkage(len(articles), table, threshold), labels) / len(sets)
    return totals


def trivial(sets: Sequence[Sequence[Article]], key: str | None) -> float:
    """Mean B-cubed F1 when articles are grouped by a field, or not at all."""
    total = 0.0
    for articles in sets:
        groups: dict[str, list[int]] = defaultdict(list)
        for index, article in enumerate(articles):
            groups[article[key] if key else str(index)].append(index)
        total += b_cubed(list(groups.values()), [article["story"] for article in articles]) / len(sets)
    return total


def score(path: Path) -> None:
    """Print the table."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        articles = [json.loads(line) for line in file]
    topics = sorted({article["topic"] for article in articles}, key=int)
    chosen = set(topics[::2])
    halves = [[a for a in articles if (a["topic"] in chosen) == first] for first in (True, False)]
    kinds = [[[half] for half in halves], [folders(half) for half in halves]]
    print("| method | threshold | all: chosen on | all: shown on | folders: chosen on | folders: shown on |")
    print("|---|---|---|---|---|---|")
    for label, key in (("every article its own story", None), ("every topic one story", "topic")):
        print(row(label, "", [trivial(sets, key) for kind in kinds for sets in kind]))
    for label, similarity in (("tf-idf cosine", tf_idf), ("ours", stories.similarities)):
        curves = [scores(sets, similarity) for kind in kinds for sets in kind]
        best = max(THRESHOLDS, key=lambda threshold: curves[0][threshold] + curves[2][threshold])
        print(row(label, f"{best:.2f}", [curve[best] for curve in curves]))
        own = [max(curve.items(), key=lambda item: item[1])[0] for curve in (curves[0], curves[2])]
        values = [curves[number][own[number // 2]] for number in range(4)]
        print(row(f"{label}, a threshold for each", f"{own[0]:.2f}, {own[1]:.2f}", values))


def row(label: str, threshold: str, values: Sequence[float]) -> str:
    """A line of the table."""
    return f"| {label} | {threshold} | {' | '.join(f'{value:.3f}' for value in values)} |"


def pseudo_documents(path: Path) -> Iterator[tuple[str, str]]:
    """Runs of sentences of one source, German and English, from a file of German, English and source columns."""
    run: list[list[str]] = []
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for row in (line.rstrip("\n").split("\t") for line in file):
            if not NEWS.match(row[2]):
                continue
            if run and (row[2] != run[-1][2] or len(run) == DOCUMENT_SENTENCES):
                yield " ".join(each[0] for each in run), " ".join(each[1] for each in run)
                run = []
            run.append(row)


def background(path: Path) -> None:
    """Print the table of document frequencies: language, frequency, stems; a line without stems has the total."""
    frequencies: dict[str, Counter[str]] = {"de": Counter(), "en": Counter()}
    documents = 0
    for german, english in pseudo_documents(path):
        documents += 1
        frequencies["de"].update(set(stories.stems(german, "de")))
        frequencies["en"].update(set(stories.stems(english, "en")))
    for language, counts in frequencies.items():
        print(f"{language}\t{documents}\t")
        levels: dict[int, list[str]] = defaultdict(list)
        for stem, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:STEMS_KEPT]:
            levels[number].append(stem)
        for number, found in levels.items():
            print(f"{language}\t{number}\t{' '.join(found)}")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("score", "background"))
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    {"score": score, "background": background}[arguments.command](arguments.file)


if __name__ == "__main__":
    main()
