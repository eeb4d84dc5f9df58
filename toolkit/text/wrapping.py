"""Hard line wraps: which lines belong together, joining them, and wrapping a text again.

A paragraph counts as hard-wrapped when its lines end where the next word did not fit any more and go on in the middle
of a sentence; lists of headlines and flattened web text have lines of any length that begin with capitals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

MAX_WIDTH = 120
"""Longer lines are paragraphs of their own: mail and typewriter text is wrapped at 60–80, code-like text at 100–120."""
MIN_WIDTH = 36
"""Shorter columns are verse, addresses and headlines rather than wrapped text."""
_SLACK = 12  # people who break lines by hand leave up to a long word unused
_ENDS = re.compile(r"""[.!?:;…]["'“”»«’)\]]*$""")
_HYPHEN = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_SUSPENDED = frozenset({"und", "oder", "bzw.", "sowie", "wie", "bis", "noch", "als", "statt", "and", "or", "to"})
_BYLINE = re.compile(r"(von|by)\s")


def join_lines(lines: Sequence[str]) -> str:
    """Join wrapped lines to one; a word divided at a line's end becomes whole again.

    >>> join_lines(["Die Zusammen-", "arbeit der Kreml-", "Berater, vor- ", "und nachher"])
    'Die Zusammenarbeit der Kreml-Berater, vor- und nachher'
    """
    text = ""
    for line in (part.strip() for part in lines):
        if not text or not line:
            text += line
        elif not _HYPHEN.search(text) or line.split()[0] in _SUSPENDED:
            text += " " + line
        elif line[0].islower() or text.endswith("\u00ad"):
            text = text[:-1] + line
        else:
            text += line if line[0].isalnum() else " " + line
    return text


def paragraphs(lines: Sequence[str]) -> list[range]:
    """Group neighbouring lines (none blank) into paragraphs: wrapped lines together, every other line alone.

    >>> paragraphs(["Putin trifft Xi", "Schließen", "Adblocker erkannt"])
    [range(0, 1), range(1, 2), range(2, 3)]
    >>> paragraphs(["Die Gespräche begannen am Donnerstag in", "der Großen Halle und dauerten zwei", "Tage."])
    [range(0, 3)]
    """
    widths = [len(line.rstrip()) for line in lines]
    width = max(widths, default=0)
    if len(lines) < 2 or not MIN_WIDTH <= width <= MAX_WIDTH:
        return [range(index, index + 1) for index in range(len(lines))]
    goes_on = [_goes_on(lines[index], lines[index + 1], width) for index in range(len(lines) - 1)]
    if not _is_wrapped(lines, goes_on):
        return [range(index, index + 1) for index in range(len(lines))]
    starts = [0, *(index + 1 for index, joined in enumerate(goes_on) if not joined)]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether *following* stands on a line of its own only because it did not fit on *line*."""
    if _starts_low(following):
        return True
    unused = width - len(line.rstrip())
    room = len(following.split()[0]) + 1 if following.split() else 0
    fits = unused >= room + (0 if _ENDS.search(line.rstrip()) else _SLACK)
    return not fits and not (_ENDS.search(line.rstrip()) and _indent(following) > _indent(line))


def _is_wrapped(lines: Sequence[str], goes_on: Sequence[bool]) -> bool:
    open_ends = [index for index in range(len(goes_on)) if not _ENDS.search(lines[index].rstrip())]
    low = sum(_starts_low(lines[index + 1]) for index in open_ends)
    joined = sum(goes_on[index] for index in open_ends)
    return low > 0 and low * 4 >= len(open_ends) and joined * 5 >= len(open_ends) * 4


def _starts_low(line: str) -> bool:
    words = line.lstrip(" \t>(„“\"'")
    return words[:1].islower() and not _BYLINE.match(words)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def wrap(
    text: str,
    width: int,
    *,
    indent: str = "",
    column: int = 0,
    newline: str = "\n",
    may_begin: Callable[[str], bool] = bool,
) -> str:
    """Break *text* at spaces into lines of at most *width* characters (a longer word stays whole).

    Args:
        indent: Put before every line but the first.
        column: Characters already on the first line.
        may_begin: Whether a line may begin with a word; Markdown has words that would mean something there.

    >>> wrap("one two three", 8, indent="  ")
    'one two\\n  three'
    """
    lines, current, used = [], "", column
    for number, word in enumerate(text.split(" ")):
        if number and used + len(current) + 1 + len(word) > width and current and may_begin(word):
            lines.append(current)
            current, used = word, len(indent)
        else:
            current = f"{current} {word}" if number else word
    return (newline + indent).join([*lines, current])
