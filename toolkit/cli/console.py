"""What all commands share: errors to exit statuses, JSON and tables to stdout, progress and logs to stderr."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

from toolkit.errors import ToolkitError

INTERRUPTED = 130
_DIRECTIONS = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Marks that reorder what stands beside them: ``exe.txt`` with one in front could be shown as ``txt.exe``."""
_HALVES = range(0xD800, 0xE000)
"""What Python makes of bytes in a file name that are no text; no output can hold them."""
_UNSEEN = (*range(32), *range(127, 160), *_DIRECTIONS, *_HALVES)
_CONTROL = {code: f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" for code in _UNSEEN if chr(code) not in "\t\n"}
_JSON_CONTROL = {code: f"\\u{code:04x}" for code in _UNSEEN if code > 126}
"""As JSON writes them. Those below 127 it writes so anyway, but for the line breaks between fields."""


@contextmanager
def report_errors() -> Iterator[None]:
    """Turn the toolkit's errors into a message on stderr and an exit status.

    A reader that goes away (``| head``) ends the program quietly; Ctrl-C ends it with 130.
    """
    try:
        yield
        sys.stdout.flush()
    except ToolkitError as error:
        say(f"error: {error}")
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        say("interrupted; finished files are in place, the same command goes on from here")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        _silence_stdout()
        sys.exit(0)
    except OSError as error:
        if error.filename is not None:  # its errors are told where it is opened
            raise
        say(f"error: the output cannot be written: {error.strerror}. Cure: free some space, or write elsewhere")
        _silence_stdout()
        sys.exit(1)


def _silence_stdout() -> None:
    """What is still waiting to be written is dropped: it would fail again when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def supply_streams() -> None:
    """Put an empty stream in the place of a closed one (``<&-``, a service), lest a file take its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process


def leave_at_once(status: int) -> NoReturn:
    """End the process without waiting for a decoder at work in another thread; the system releases its locks."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(status)


def clean(text: str) -> str:
    """*text* with control characters shown instead of obeyed, so that no name or article drives a terminal.

    >>> clean("a\\x1b[31m.txt")
    'a\\\\x1b[31m.txt'
    """
    return text.translate(_CONTROL)


def say(text: str) -> None:
    """Tell the person at the terminal something, on stderr."""
    print(clean(text), file=sys.stderr)  # noqa: T201 - this is the one place that does


def put(text: str) -> None:
    """Write a result line to stdout, cleaned."""
    print(clean(text))  # noqa: T201 - this is the one place that does


def as_json(data: Any, indent: int | None = None) -> str:
    """*data* as JSON in readable letters, but for those that `clean` does not let through.

    >>> as_json({"Übung": "a\\x9b"})
    '{"Übung": "a\\\\u009b"}'
    """
    return json.dumps(data, ensure_ascii=False, indent=indent).translate(_JSON_CONTROL)


def put_json(data: Any) -> None:
    """Write a result to stdout as one JSON document."""
    put(as_json(data, 2 if sys.stdout.isatty() else None))


def put_table(header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Write a table to stdout, columns padded to the widest cell."""
    cells = [header, *[tuple(clean(str(cell)) for cell in row) for row in rows]]
    widths = [max(len(row[n]) for row in cells) for n in range(len(header))]
    for row in cells:
        put("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


class Progress:
    """A line on the terminal that says how far a run is; silent in pipes."""

    def __init__(self, total: int) -> None:
        self._total, self._done, self._shown = total, 0, sys.stderr.isatty()

    def step(self, name: str) -> None:
        """One more of ``total`` is done."""
        self._done += 1
        if self._shown:
            end = "\n" if self._done == self._total else ""
            print(f"\r\x1b[K{self._done}/{self._total} {clean(name)[:60]}", end=end, file=sys.stderr, flush=True)  # noqa: T201


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {"time": self.formatTime(record), "level": record.levelname, "logger": record.name}
        return as_json(entry | {"message": record.getMessage()})


def set_up_logging(verbose: int, *, as_json: bool) -> None:
    """Send the toolkit's log to stderr: warnings by default, more with each ``-v``."""
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonFormatter() if as_json else logging.Formatter("%(levelname)s: %(message)s"))
    logger = logging.getLogger("toolkit")
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False
