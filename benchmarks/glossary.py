"""Measure the glossary: terms right, what it costs, and each method's worth, with no, proper and random terms.

    python -m benchmarks.glossary --terminology FOLDER --names FILE.tsv --seeds seeds
        [--package NAME] [--lines N] [--samples FILE.tsv] [--write docs/glossary.md]

FOLDER is laid out as in WMT23's terminology task (Semenov et al. 2023): ``deen.de``, ``deen.en``, and a JSON list of
terms a line in ``deen.term.proper`` and ``deen.term.random``. FILE.tsv has German, English and source columns; name
occurrences of the shipped term base are drawn from it whose target the reference has, inflected ones first. Random
terms are, for the WMT set, its own (word pairs of the reference); for names and seeds the targets of other entries of
the same kind. Needs ``pip install 'toolkit[evaluation]'``.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import fmean

from sacrebleu.metrics.chrf import CHRF

from toolkit.api import open_engine
from toolkit.documents import read
from toolkit.engines.base import Engine
from toolkit.errors import InputError
from toolkit.evaluation.translation import evaluate
from toolkit.glossary.audit import audit_sentence
from toolkit.glossary.enforcement import CASCADE, Enforcer
from toolkit.glossary.entries import Glossary, GlossaryEntry, Kind
from toolkit.glossary.matching import TermHit
from toolkit.glossary.metrics import TermScores, score
from toolkit.glossary.verification import verify
from toolkit.languages import LanguagePair
from toolkit.text.roles import prepare
from toolkit.types import Hypothesis, Occurrence

PAIR = LanguagePair("de", "en")
NAME_OCCURRENCES = 500
PER_NAME = 5
"""Occurrences of one name at most, so that `Deutschland` does not stand for all."""
NEWS = re.compile(r"wmt\d+\.ref")
"""Sources of a names file that are news written by people; all are taken if none is."""
MARK = re.compile(r"(?s)(<!-- measured -->\n).*?(<!-- /measured -->)")
HEAD = (
    "| set, terms | occurrences | success: none → with inline / without | exact | consistency | forbidden "
    "| collateral | chrF: none → with / without | BLEU | work |"
)


class Sheets(Glossary):
    """A glossary that has other terms for every sentence, as the WMT task does."""

    def __init__(self, sheets: Mapping[str, Glossary]) -> None:
        super().__init__({entry.source: entry for sheet in sheets.values() for entry in sheet.entries}.values())
        self._sheets = dict(sheets)

    def find(self, text: str) -> list[TermHit]:
        """Find the sentence's own terms."""
        return self._sheets[text].find(text) if text in self._sheets else []


@dataclass(frozen=True)
class TestSet:
    """Sentences, their references (none for the seeds) and the term bases to enforce: ``proper`` and ``random``.

    ``listed`` says how many terms a set names, of which some may not be found, overlap or contradict each other.
    """

    name: str
    sources: tuple[str, ...]
    references: tuple[str, ...]
    glossaries: Mapping[str, Glossary]
    listed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """A set translated with one kind of terms; ``work`` is processor time in multiples of the bare translation's."""

    test: TestSet
    terms: str
    inline: bool
    before: tuple[Hypothesis, ...]
    after: tuple[Hypothesis, ...]
    occurrences: tuple[tuple[Occurrence, ...], ...]
    work: float

    @property
    def glossary(self) -> Glossary:
        return self.test.glossaries[self.terms]

    def scores(self) -> TermScores:
        return score([one for several in self.occurrences for one in several], self.glossary)

    def scores_without(self) -> TermScores:
        """What the bare translation has of the terms."""
        pairs = zip(self.test.sources, self.before, strict=True)
        return score([o for s, h in pairs for o in audit_sentence(self.glossary, s, h.text)], self.glossary)

    def collateral(self) -> int:
        """Sentences that changed though nothing in them was to be enforced."""
        triples = zip(self.before, self.after, self.occurrences, strict=True)
        return sum(old.text != new.text for old, new, found in triples if all(o.method == "native" for o in found))


def terminology(folder: Path, lines: int | None) -> TestSet:
    """The WMT set; of terms of one line that contradict each other the first is taken."""
    german, english, *lists = (
        (folder / f"deen.{suffix}").read_text(encoding="utf-8").splitlines()[:lines]
        for suffix in ("de", "en", "term.proper", "term.random")
    )
    terms = {
        name: {source: json.loads(row) for source, row in zip(german, rows, strict=True)}
        for name, rows in zip(("proper", "random"), lists, strict=True)
    }
    glossaries = {name: Sheets({source: sheet(row) for source, row in rows.items()}) for name, rows in terms.items()}
    listed = {name: sum(map(len, rows.values())) for name, rows in terms.items()}
    return TestSet(folder.name, tuple(german), tuple(english), glossaries, listed)


def sheet(terms: Iterable[Mapping[str, str]]) -> Glossary:
    entries: list[GlossaryEntry] = []
    for term in terms:
        entry = GlossaryEntry(term["de"].strip(), term["en"].strip())
        try:
            Glossary([*entries, entry])
        except InputError:
            continue
        entries.append(entry)
    return Glossary(entries)


def names(path: Path, lines: int | None) -> TestSet:
    """Sentences with `NAME_OCCURRENCES` names of the shipped term base, in other forms than the nominative first."""
    glossary = Glossary.builtin(PAIR)
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    rows = [line.split("\t") for line in data.decode().split("\n") if line]
    rows = [row for row in rows if NEWS.match(row[2])] or rows
    random.Random(1).shuffle(rows)
    attested = [(row, hits) for row in rows if (hits := _attested(glossary, row[0], row[1]))]
    attested.sort(key=lambda pair: not any(hit.ending or hit.compound for hit in pair[1]))
    used: Counter[str] = Counter()
    chosen = []
    for row, hits in attested:
        if used.total() < min(NAME_OCCURRENCES, lines or NAME_OCCURRENCES) and all(
            used[hit.entry.source] < PER_NAME for hit in hits
        ):
            used.update(hit.entry.source for hit in hits)
            chosen.append(row)
    sources, references = (tuple(row[column] for row in chosen) for column in (0, 1))
    own = Glossary(entry for entry in glossary.entries if entry.is_name)
    return TestSet("names in news", sources, references, {"proper": own, "random": shuffled(own, sources)})


def _attested(glossary: Glossary, source: str, reference: str) -> list[TermHit]:
    """The names of a pair, if the reference has all of them."""
    hits = [hit for hit in glossary.find(source) if hit.entry.is_name]
    return hits if all(verdict.right for verdict in verify(source, hits, reference).verdicts) else []


def seeds(folder: Path, lines: int | None) -> TestSet:
    """The sentences of a folder of articles."""
    documents = [prepare(read(path)) for path in sorted(folder.glob("*.txt"))]
    found = [each.text for document in documents for block in document.blocks for each in block.segments]
    sources = tuple(dict.fromkeys(found))[:lines]
    glossary = Glossary.builtin(PAIR)
    return TestSet(folder.name, sources, (), {"proper": glossary, "random": shuffled(glossary, sources)})


def shuffled(glossary: Glossary, sources: Sequence[str]) -> Glossary:
    """The entries found in *sources*, each with the target of another entry of its kind."""
    found = dict.fromkeys(hit.entry for source in sources for hit in glossary.find(source))
    pools: dict[str, list[str]] = defaultdict(list)
    for entry in glossary.entries:
        pools[entry.kind].append(entry.target)
    chance = random.Random(1)
    wrong: list[GlossaryEntry] = []
    for entry in found:
        taken = {form for other in wrong for form in (other.target, other.source)} | {*entry.forms, *entry.accepted}
        pool = [target for target in pools[entry.kind] if target not in taken and not glossary.find(target)]
        if pool:
            wrong.append(replace(entry, kind=_kind(entry), target=chance.choice(pool), variants=(), forbidden=()))
    return Glossary(wrong)


def _kind(entry: GlossaryEntry) -> Kind:
    return "organisation" if entry.kind == "keep" else entry.kind


def run(test: TestSet, engine: Engine) -> Iterator[Run]:
    """Translate once, then enforce proper and random terms, with and without marks in the source."""
    started = time.process_time()
    before = tuple(best for best, *_ in engine.translate(test.sources, engine.defaults))
    bare = time.process_time() - started
    without = tuple(step for step in CASCADE if step.method != "inline")
    for terms, glossary in test.glossaries.items():
        glossary.find("")  # builds the automaton, which is not part of the work
        for inline in (True, False):
            started = time.process_time()
            enforcer = Enforcer(glossary, engine, steps=CASCADE if inline else without)
            results = enforcer.enforce(test.sources, before)
            spent = time.process_time() - started
            after, occurrences = zip(*results, strict=True)
            yield Run(test, terms, inline, before, after, occurrences, 1 + spent / bare)


def table(runs: Sequence[Run]) -> str:
    """A line for every set and kind of terms, in Markdown."""
    lines = [HEAD, "|---" * (HEAD.count("|") - 1) + "|"]
    for one, other in zip(runs[::2], runs[1::2], strict=True):
        bare, first, second = one.scores_without(), one.scores(), other.scores()
        lines.append(
            f"| {one.test.name}, {one.terms} | {_occurrences(one, first)} "
            f"| {bare.success:.3f} → {first.success:.3f} / {second.success:.3f} "
            f"| {bare.exact:.3f} → {first.exact:.3f} / {second.exact:.3f} "
            f"| {bare.consistency:.3f} → {first.consistency:.3f} / {second.consistency:.3f} "
            f"| {bare.forbidden:.3f} → {first.forbidden:.3f} / {second.forbidden:.3f} "
            f"| {one.collateral()} / {other.collateral()} "
            f"| {_quality(one, other)} | {one.work:.2f} / {other.work:.2f} |"
        )
    return "\n".join(lines)


def _occurrences(one: Run, scores: TermScores) -> str:
    listed = one.test.listed.get(one.terms)
    return f"{scores.occurrences} of {listed} listed" if listed else str(scores.occurrences)


def _quality(one: Run, other: Run) -> str:
    if not one.test.references:
        return "– | –"
    scored = [evaluate([h.text for h in each], one.test.references) for each in (one.before, one.after, other.after)]
    chrf = [f"{each.chrf:.1f}" for each in scored]
    bleu = [f"{each.bleu:.1f}" for each in scored]
    return f"{chrf[0]} → {chrf[1]} / {chrf[2]} | {bleu[0]} → {bleu[1]} / {bleu[2]}"


def methods(runs: Sequence[Run]) -> str:
    """How often each method was used, and what it did to the sentences it was used in, measured by the reference."""
    metric = CHRF()
    counts: Counter[tuple[str, str]] = Counter()
    gains: dict[tuple[str, str], list[float]] = defaultdict(list)
    for each in runs:
        for index, found in enumerate(each.occurrences):
            used = {one.method for one in found if one.method != "native"}
            counts.update((each.terms, one.method) for one in found)
            if len(used) == 1 and each.test.references:
                texts = (each.after[index].text, each.before[index].text)
                new, old = (metric.sentence_score(text, [each.test.references[index]]).score for text in texts)
                gains[each.terms, used.pop()].append(new - old)
    lines = ["| terms, method | used | sentences | chrF of a sentence | better | worse |", "|---" * 6 + "|"]
    for key, count in sorted(counts.items(), key=lambda item: (item[0][0], -item[1])):
        known = gains.get(key, [])
        gain, up, down = fmean(known or [0]), sum(g > 1 for g in known), sum(g < -1 for g in known)
        cells = f"{len(known)} | {gain:+.1f} | {up} | {down}" if known else "– | – | – | –"
        lines.append(f"| {', '.join(key)} | {count} | {cells} |")
    return "\n".join(lines)


def samples(runs: Sequence[Run]) -> str:
    """Every occurrence that was not right from the start, for reading by eye, as TSV."""
    rows = [
        ("set", "terms", "inline", "method", "surface", "expected", "found", "source", "before", "after", "reference")
    ]
    for each in runs:
        references = each.test.references or ("",) * len(each.test.sources)
        for index, found in enumerate(each.occurrences):
            texts = (each.test.sources[index], each.before[index].text, each.after[index].text, references[index])
            kind = (each.test.name, each.terms, "yes" if each.inline else "no")
            rows += [(*kind, o.method, o.surface, o.expected, o.found, *texts) for o in found if o.method != "native"]
    return "".join("\t".join(rows_cells) + "\n" for rows_cells in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--terminology", type=Path, nargs="+", default=[], help="folders in WMT23's layout")
    parser.add_argument("--names", type=Path, help="news pairs: German, English, source; .tsv or .tsv.xz")
    parser.add_argument("--seeds", type=Path, help="folder of articles")
    parser.add_argument("--package", default="", help="name or path of a package; the built-in one by default")
    parser.add_argument("--lines", type=int, help="sentences of a set, from its beginning")
    parser.add_argument("--samples", type=Path, help="TSV file for the occurrences that were worked on")
    parser.add_argument("--write", type=Path, help="Markdown file whose marked part is replaced by the result")
    given = parser.parse_args()
    engine = open_engine(PAIR, given.package, 1)
    tests = [terminology(folder, given.lines) for folder in given.terminology]
    tests += [names(given.names, given.lines)] if given.names else []
    tests += [seeds(given.seeds, given.lines)] if given.seeds else []
    runs: list[Run] = []
    for test in tests:
        print(f"{test.name}: {len(test.sources)} sentences", file=sys.stderr, flush=True)
        runs += run(test, engine)
    with_inline = [each for each in runs if each.inline]
    text = "\n\n".join([f"Package {engine.label}:", table(runs), "Methods, with inline:", methods(with_inline)])
    print(text)
    if given.samples:
        given.samples.write_text(samples(runs), encoding="utf-8")
    if given.write:
        page = given.write.read_text(encoding="utf-8")
        given.write.write_text(MARK.sub(lambda mark: f"{mark[1]}{text}\n{mark[2]}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
