"""The tables of the benchmark as Markdown, and their place in docs/performance.md."""

from __future__ import annotations

import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.speed_processes import Measured

BEGIN, END = "<!-- speed: begin -->", "<!-- speed: end -->"


@dataclass(frozen=True, slots=True)
class Runs:
    """What one contender took in every round."""

    name: str
    rounds: tuple[Measured, ...]

    @property
    def cpu(self) -> float:
        """Median seconds of processor."""
        return median([each.cpu for each in self.rounds])

    @property
    def wall(self) -> float:
        """Median seconds of wall time."""
        return median([each.wall for each in self.rounds])

    @property
    def peak(self) -> float:
        """Largest peak of memory."""
        return max(each.peak for each in self.rounds)

    def times(self, baseline: Runs) -> tuple[float, float]:
        """How many times less processor and wall time than *baseline*: median of the ratios within a round."""
        pairs = list(zip(baseline.rounds, self.rounds, strict=True))
        return median([a.cpu / b.cpu for a, b in pairs]), median([a.wall / b.wall for a, b in pairs])


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    lines = ["| " + " | ".join(header) + " |", "|---|" + "--:|" * (len(header) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def comparison(sentences: int, contenders: Sequence[Runs], baseline: Runs) -> str:
    """One text, all contenders, as ratios to *baseline*."""
    rows = []
    for runs in contenders:
        by_cpu, by_wall = runs.times(baseline)
        speed = sentences / runs.cpu
        figures = [f"{runs.cpu:.1f}", f"{speed:.1f}", f"**{by_cpu:.1f}**", f"{runs.wall:.1f}", f"{by_wall:.1f}"]
        rows.append([runs.name, *figures, f"{runs.peak:.0f}"])
    header = ("whole process", "CPU s", "sentences/CPU-s", "× by CPU", "wall s", "× by wall", "peak MiB")
    return table(header, rows)


def write(page: Path, sections: Sequence[str]) -> None:
    """Put *sections* between the marks of *page*."""
    text = page.read_text("utf-8")
    body = f"{BEGIN}\n\n" + "\n".join(sections) + f"\n{END}"
    if BEGIN not in text or END not in text:
        raise ValueError(f"{page} has no place for the tables: {BEGIN} … {END}")
    page.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: body, text, flags=re.DOTALL), "utf-8")


def machine(peer: str, load: float) -> str:
    """What the figures were measured on."""
    cores = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*: (.*)", cores.read_text()) if cores.exists() else None
    processor = model[1] if model else platform.processor()
    ours = ", ".join(f"{name} {version(name)}" for name in ("ctranslate2", "sentencepiece", "numpy"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {processor}, Python {platform.python_version()}, {ours}; peer: {peer}; load of "
        f"the machine at the beginning: {load:.1f}. CPU seconds are user and system time of whole processes (`wait4`), "
        "start-up included; ratios are medians over rounds in which the contenders take turns.\n"
    )
