"""Run a program as a process of its own and measure all of it: processor time, wall time, peak memory.

The program is started by a small process between (this file, run with nothing imported): on Linux a process's peak
counts the memory of whoever started it, and the benchmark itself is large.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """A finished process: seconds of processor (user and system, all threads) and wall, peak resident MiB.

    ``told`` is the JSON object in the last line of its standard output, if it wrote one.
    """

    cpu: float
    wall: float
    peak: float
    told: Mapping[str, Any]


def run(command: Sequence[str], environment: Mapping[str, str], stdin: str = "") -> Measured:
    """Run *command* to its end.

    Raises:
        RuntimeError: It ended with another status than 0; the end of its standard error is in the message.
    """
    with tempfile.TemporaryDirectory() as name:
        note = Path(name, "usage.json")
        starter = [sys.executable, "-S", "-E", __file__, str(note), *command]
        full = {**os.environ, **environment}
        done = subprocess.run(starter, input=stdin, capture_output=True, text=True, env=full, check=False)
        usage = json.loads(note.read_text("utf-8"))
    if usage["status"]:
        raise RuntimeError(f"{' '.join(command)[:200]}: status {usage['status']}\n{done.stderr[-2000:]}")
    return Measured(usage["cpu"], usage["wall"], usage["peak"], _last_object(done.stdout))


def _last_object(output: str) -> Mapping[str, Any]:
    last = output.rstrip().rpartition("\n")[2]
    return dict(json.loads(last)) if last.startswith("{") and last.endswith("}") else {}


def start(note: str, command: Sequence[str]) -> None:
    """Start *command* with the streams at hand, wait for it, and write into the file *note* what it used."""
    began = time.monotonic()
    process = os.posix_spawnp(command[0], list(command), os.environ)
    _, status, usage = os.wait4(process, 0)
    found = {
        "status": os.waitstatus_to_exitcode(status),
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.monotonic() - began,
        "peak": usage.ru_maxrss / 1024,
    }
    Path(note).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    start(sys.argv[1], sys.argv[2:])
