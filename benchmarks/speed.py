"""How fast, beside argostranslate and the engine's own limit: one command makes every table of docs/performance.md.

    python -m benchmarks.speed --argos-python VENV/bin/python --text NEWS.de --source NEWS.de --reference NEWS.en

Needs an interpreter with argostranslate (``python -m venv VENV; VENV/bin/pip install argos-translate-lt``). On the
same package, machine and text, contenders take turns, whole processes are measured. ``--only`` names the parts to do:
``texts first beams limit growth official``; the others of the page are then left out. argostranslate's splitter wants
to download a model, so it is handed our sentences from a table, at no cost.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks import speed_texts
from benchmarks.speed_processes import Measured, run
from benchmarks.speed_report import Runs, comparison, machine, table, write
from benchmarks.speed_texts import ROOT, Text
from toolkit.models import PackageStore
from toolkit.models.archive import extract

PARTS = ("texts", "first", "beams", "limit", "growth", "official")
PAGE = ROOT / "docs" / "performance.md"
TOOLKIT = (sys.executable, "-m", "toolkit")
Contender = tuple[str, Callable[[Text], Measured]]


@dataclass
class Bench:
    """Where everything is: a work folder, the peer's interpreter, and homes in which each sees the same package."""

    place: Path
    peer: str
    options: argparse.Namespace

    def home(self, name: str) -> dict[str, str]:
        """An environment with nothing in it but the packages installed in ``packages-NAME``."""
        home = str(self.place / f"home-{name}")
        folders = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), home)
        return {**folders, "ARGOS_PACKAGES_DIR": str(self.place / f"packages-{name}"), "PYTHONPATH": str(ROOT)}

    @cached_property
    def builtin(self) -> str:
        """The built-in package, installed for the peer; ours finds it anyway."""
        package = PackageStore().builtin()[0]
        extract(package.path, self.place / "packages-builtin" / package.folder)
        return "builtin"

    @cached_property
    def official(self) -> str:
        """A synthetic package of official size, installed in the folder that both look into."""
        from benchmarks.speed_package import build

        archive = build(self.place).path
        run([*TOOLKIT, "models", "install", str(archive)], self.home("official"))
        return "official"

    def command_line(self, *arguments: str, package: str = "builtin") -> Callable[[Text], Measured]:
        """Ours as a command; every run has an output folder of its own and no memory."""

        def work(text: Text) -> Measured:
            with tempfile.TemporaryDirectory(dir=self.place) as out:
                command = [*TOOLKIT, "translate", str(text.folder), "--out", out, "--no-memory", *arguments]
                return run(command, self.home("none" if package == "builtin" else package))

        return work

    def worker(self, mode: str, *arguments: str) -> Measured:
        """One of `benchmarks.speed_worker`'s jobs, with the built-in package."""
        return run([sys.executable, "-m", "benchmarks.speed_worker", mode, *arguments], self.home("none"))

    def argos(self, mode: str, text: Text, arguments: Sequence[str], package: str, stdin: str = "") -> Measured:
        """argostranslate in its own interpreter; see `benchmarks.speed_peer`."""
        splits = text.folder.with_suffix(".json")
        splits.write_text(json.dumps(text.splits), "utf-8")
        command = [self.peer, str(ROOT / "benchmarks" / "speed_peer.py"), mode, str(splits), *arguments]
        return run(command, self.home(getattr(self, package)), stdin)

    def argos_library(self, package: str = "builtin") -> Callable[[Text], Measured]:
        """The peer's library, a call for each article."""
        return lambda text: self.argos("library", text, [str(path) for path in text.files], package)

    def argos_command(self, text: Text) -> Measured:
        """The peer's command line: it takes one text, so it gets all articles in one."""
        whole = "\n".join(path.read_text("utf-8") for path in text.files)
        return self.argos("cli", text, ["-f", "de", "-t", "en"], "builtin", whole)


def take_turns(contenders: Sequence[Contender], text: Text, rounds: int) -> list[Runs]:
    """Run every contender once in each round."""
    found: dict[str, list[Measured]] = {name: [] for name, _ in contenders}
    for turn in range(rounds):
        for name, work in contenders:
            found[name].append(work(text))
            latest = found[name][-1]
            print(
                f"{text.name}, round {turn + 1}: {name}: {latest.cpu:.1f} CPU s, {latest.wall:.1f} s", file=sys.stderr
            )
    return [Runs(name, tuple(measured)) for name, measured in found.items()]


def texts(bench: Bench) -> str:
    """Ours against the peer, on the seeds and on news of several sizes."""
    contenders: list[Contender] = [
        ("argostranslate, library in a loop", bench.argos_library()),
        ("argostranslate, command line", bench.argos_command),
        ("toolkit, command line, defaults", bench.command_line()),
        ("toolkit, library, defaults", lambda text: bench.worker("library", str(text.folder), "", "0")),
        ("toolkit, command line, its beam (4)", bench.command_line("--beam-size", "4")),
        ("… without term base", bench.command_line("--beam-size", "4", "--no-builtin-glossary")),
        ("toolkit, command line, greedy", bench.command_line("--beam-size", "1")),
    ]
    lines = speed_texts.lines_of(bench.options.text)
    chosen = [speed_texts.seeds(bench.place / "seeds")]
    chosen += [speed_texts.of_sentences(bench.place / f"news{n}", lines, n) for n in bench.options.sizes]
    parts = ["### The same package: argostranslate and ours\n"]
    for text in chosen:
        rounds = bench.options.rounds if len(text.sentences) < 5000 else 1
        found = take_turns(contenders, text, rounds)
        parts.append(f"{text.name}, {len(text.sentences):,} sentences, rounds: {rounds}.\n")
        parts.append(comparison(len(text.sentences), found, found[0]))
    return "\n".join(parts)


def first(bench: Bench) -> str:
    """From nothing to the first sentence: one short sentence through either command line."""
    text = speed_texts.of_articles(bench.place / "first", ["Das ist gut."], 1, 1)
    none, sentence = bench.home("none"), "Das ist gut.\n"
    contenders: list[Contender] = [
        (
            "argostranslate, command line",
            lambda text: bench.argos("cli", text, ["-f", "de", "-t", "en", sentence], "builtin"),
        ),
        ("toolkit translate -", lambda _: run([*TOOLKIT, "translate", "-", "--no-memory"], none, sentence)),
        ("toolkit --help", lambda _: run([*TOOLKIT, "--help"], none)),
    ]
    found = take_turns(contenders, text, max(3, bench.options.rounds))
    rows = [
        [runs.name, f"{runs.cpu:.2f}", f"{runs.times(found[0])[0]:.1f}", f"{runs.wall:.2f}", f"{runs.peak:.0f}"]
        for runs in found
    ]
    header = ("cold start to the first sentence", "CPU s", "× by CPU", "wall s", "peak MiB")
    return "### Start\n\n" + table(header, rows)


def beams(bench: Bench) -> str:
    """What the width of the search gives and costs."""
    from toolkit.evaluation.translation import evaluate

    sources = bench.options.source.read_text("utf-8").splitlines()[: bench.options.scored]
    references = bench.options.reference.read_text("utf-8").splitlines()[: bench.options.scored]
    given, out = bench.place / "sources.json", bench.place / "hypotheses"
    given.write_text(json.dumps(sources), "utf-8")
    rows = []
    for beam in (1, 2, 4):
        measured = bench.worker("sentences", str(given), "", str(beam), str(out))
        scores = evaluate(out.read_text("utf-8").splitlines(), references)
        figures = [
            f"{scores.bleu:.1f}",
            f"{scores.chrf:.1f}",
            f"{measured.cpu:.1f}",
            f"{len(sources) / measured.cpu:.1f}",
        ]
        rows.append([f"beam {beam}", *figures])
    about = f"{len(sources)} sentences of {bench.options.source.name}, built-in package, no term base; "
    header = ("search", "BLEU", "chrF", "CPU s", "sentences/CPU-s")
    signatures = f"{scores.bleu_signature}, {scores.chrf_signature}"
    return f"### Width of the search\n\n{about}{signatures}.\n\n" + table(header, rows)


def limit(bench: Bench) -> str:
    """The engine alone, and which share of its speed is left end to end."""
    text = speed_texts.of_sentences(
        bench.place / "limit", speed_texts.lines_of(bench.options.text), bench.options.limit
    )
    given = bench.place / "limit-sentences.json"
    given.write_text(json.dumps(text.sentences), "utf-8")
    contenders: list[Contender] = [
        ("CTranslate2 alone", lambda _: bench.worker("engine", str(given), "", "4")),
        ("toolkit, command line", bench.command_line("--beam-size", "4")),
        ("… without term base", bench.command_line("--beam-size", "4", "--no-builtin-glossary")),
    ]
    alone, *ours = take_turns(contenders, text, bench.options.rounds)
    rows = [[alone.name, f"{_inner(alone, 'cpu'):.1f}", "100 %", f"{_inner(alone, 'wall'):.1f}", "100 %"]]
    for runs in ours:
        by_cpu, by_wall = _inner(alone, "cpu") / runs.cpu, _inner(alone, "wall") / runs.wall
        rows.append([runs.name, f"{runs.cpu:.1f}", f"{by_cpu:.0%}", f"{runs.wall:.1f}", f"{by_wall:.0%}"])
    header = ("beam 4", "CPU s", "share of the limit", "wall s", "share")
    about = (
        f"{len(text.sentences):,} sentences; the engine's time is its decoding call alone, ours the whole process.\n\n"
    )
    return "### The engine's own limit\n\n" + about + table(header, rows)


def _inner(runs: Runs, kind: str) -> float:
    return sorted(float(each.told[kind]) for each in runs.rounds)[len(runs.rounds) // 2]


def growth(bench: Bench) -> str:
    """Folders from small to large: cost an article, and memory."""
    lines, rows = speed_texts.lines_of(bench.options.text), []
    for articles in bench.options.folders:
        text = speed_texts.of_articles(
            bench.place / f"articles{articles}", lines, articles, bench.options.article_lines
        )
        (runs,) = take_turns([("toolkit", bench.command_line())], text, 1)
        figures = [
            f"{len(text.sentences):,}",
            f"{runs.cpu:.1f}",
            f"{1000 * runs.cpu / articles:.0f}",
            f"{runs.peak:.0f}",
        ]
        rows.append([f"{articles:,} articles", *figures])
    about = f"Articles of {bench.options.article_lines} lines, command line, defaults, start-up included.\n\n"
    return (
        "### From 10 to 10,000 articles\n\n"
        + about
        + table(("folder", "sentences", "CPU s", "CPU ms an article", "peak MiB"), rows)
    )


def official(bench: Bench) -> str:
    """A package of official size under argostranslate, against ours with it and with the built-in one."""
    text = speed_texts.seeds(bench.place / "seeds-official")
    plain = ("--no-builtin-glossary",)
    contenders: list[Contender] = [
        ("argostranslate, library, official size", bench.argos_library("official")),
        ("toolkit, official size, beam 4", bench.command_line("--beam-size", "4", *plain, package=bench.official)),
        ("toolkit, official size, greedy", bench.command_line("--beam-size", "1", *plain, package=bench.official)),
        ("toolkit, built-in package, defaults", bench.command_line()),
        ("toolkit, built-in package, greedy", bench.command_line("--beam-size", "1")),
    ]
    found = take_turns(contenders, text, bench.options.rounds)
    about = (
        f"{text.name}, {len(text.sentences)} sentences. The package is synthetic (`benchmarks/speed_package.py`): "
        "6+6 layers, width 512, 32,000 pieces, random weights, int8, outputs as long as inputs. It writes nonsense, "
        "so no term base with it.\n\n"
    )
    return "### A package of official size\n\n" + about + comparison(len(text.sentences), found, found[0])


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--argos-python", required=True, help="interpreter that has argostranslate")
    parser.add_argument("--text", type=Path, help="German news, a sentence or paragraph a line; by default the seeds")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000], help="sentences of the texts")
    parser.add_argument("--rounds", type=int, default=3, help="turns a contender (one with 5,000 sentences and more)")
    parser.add_argument("--source", type=Path, help="German sentences, for the part beams")
    parser.add_argument("--reference", type=Path, help="their English")
    parser.add_argument("--scored", type=int, default=1000, help="sentences scored in the part beams")
    parser.add_argument("--limit", type=int, default=1000, help="sentences of the part limit")
    parser.add_argument("--folders", type=int, nargs="*", default=[10, 100, 1000, 10_000], help="articles, part growth")
    parser.add_argument("--article-lines", type=int, default=2, help="lines an article, part growth")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--page", type=Path, default=PAGE, help="where the tables go")
    return parser.parse_args(arguments)


def peer_version(python: str) -> str:
    """Which argostranslate the interpreter has."""
    code = (
        "import json\nfrom importlib.metadata import version, PackageNotFoundError\nfor name in "
        "('argostranslate', 'argos-translate-lt'):\n    try: print(json.dumps({'peer': name + ' ' + version(name)}))\n"
        "    except PackageNotFoundError: pass"
    )
    told: Mapping[str, str] = run([python, "-c", code], {}).told
    if "peer" not in told:
        raise SystemExit(f"{python} has no argostranslate: pip install argos-translate-lt there")
    return told["peer"]


def main() -> None:
    """Do the parts asked for and write the page."""
    options = parse()
    peer, load = peer_version(options.argos_python), os.getloadavg()[0]
    jobs: dict[str, Callable[[Bench], str]] = {
        "texts": texts,
        "first": first,
        "beams": beams,
        "limit": limit,
        "growth": growth,
        "official": official,
    }
    wanted = [part for part in options.only if part != "beams" or (options.source and options.reference)]
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), options.argos_python, options)
        sections = [machine(peer, load)]
        for part in wanted:
            sections.append(jobs[part](bench))
            write(options.page, sections)
    print("\n".join(sections))


if __name__ == "__main__":
    main()
