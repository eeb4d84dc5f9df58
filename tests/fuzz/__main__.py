"""Fuzz every target for a share of the time and write a table: ``python -m tests.fuzz --minutes 10``.

Needs ``pip install atheris`` (coverage-guided fuzzing of Python with libFuzzer).

Findings are left in ``--findings`` (one file an input; ``python -m tests.fuzz.one TARGET FILE`` runs it again), what
raised coverage in ``--corpus``, where the next run takes it up. Exit status 1 when there was a finding.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.targets import TARGETS

LARGEST = 2048
"""Bytes an input; what breaks a parser seldom needs more, and short inputs run faster."""
SLOWEST = 20
"""Seconds after which an input counts as a hang."""
_PROGRESS = re.compile(r"#(\d+).*?cov: (\d+) ft: (\d+) corp: (\d+)")
_KIND = re.compile(r"Uncaught Python exception: ===\s*\n(.*)")


@dataclass(slots=True)
class Result:
    """What became of one target."""

    name: str
    seconds: float = 0.0
    runs: int = 0
    edges: int = 0
    corpus: int = 0
    findings: tuple[str, ...] = ()

    def row(self) -> str:
        """The line of the table."""
        told = "; ".join(dict.fromkeys(self.findings)) or "none"
        return f"| {self.name} | {self.seconds:.0f} | {self.runs:,} | {self.edges:,} | {self.corpus} | {told} |"


def fuzz(name: str, seconds: float, corpus: Path, findings: Path) -> Result:
    """Run *name* till the time is over; after a finding it goes on, from the corpus."""
    place = corpus / name
    place.mkdir(parents=True, exist_ok=True)
    findings.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds):
        (place / f"seed{number}").write_bytes(seed)
    words = findings / f"{name}.dict"
    words.write_text("".join(f'"{_quoted(word)}"\n' for word in TARGETS[name].words))
    result = Result(name)
    while (left := seconds - result.seconds) > 1:
        began = time.monotonic()
        _add(result, _led(name, left, place, findings, words))
        result.seconds += time.monotonic() - began
    return result


def _led(name: str, seconds: float, corpus: Path, findings: Path, words: Path) -> str:
    flags = [f"-max_total_time={int(seconds)}", f"-max_len={LARGEST}", f"-timeout={SLOWEST}", "-rss_limit_mb=3000",
             f"-artifact_prefix={findings}/{name}-", "-reload=0"]  # fmt: skip
    flags += [f"-dict={words}"] if words.stat().st_size else []  # an empty one is an error
    command = [sys.executable, "-m", "tests.fuzz.one", name, *flags, str(corpus)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return done.stderr + done.stdout


def _quoted(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def _add(result: Result, output: str) -> None:
    progress = _PROGRESS.findall(output)
    if not progress:
        raise RuntimeError(f"{result.name} was not fuzzed:\n{output[-2000:]}")
    runs, edges, _, corpus = map(int, progress[-1])
    result.runs += runs
    result.edges, result.corpus = max(result.edges, edges), max(result.corpus, corpus)
    found = _KIND.findall(output) + re.findall(r"ERROR: libFuzzer: (.*)", output)
    result.findings += tuple(each.strip()[:80].replace("|", "/") for each in found)


def main() -> int:
    """Parse the command line, fuzz, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="by default all")
    parser.add_argument("--minutes", type=float, default=10.0, help="for all targets together")
    parser.add_argument("--corpus", type=Path, default=Path(tempfile.gettempdir(), "toolkit-fuzz", "corpus"))
    parser.add_argument("--findings", type=Path, default=Path(tempfile.gettempdir(), "toolkit-fuzz", "findings"))
    chosen = parser.parse_args()
    names = chosen.targets or list(TARGETS)
    sys.stdout.write("| target | seconds | inputs | edges | corpus | findings |\n|---|--:|--:|--:|--:|---|\n")
    failed = False
    for name in names:
        result = fuzz(name, chosen.minutes * 60 / len(names), chosen.corpus, chosen.findings)
        sys.stdout.write(result.row() + "\n")
        sys.stdout.flush()
        failed |= bool(result.findings)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
