"""Small repairs of text that change no word: composed letters, nothing unprintable, single spaces.

The text of a document is translated as it stands. These are for comparing texts and for showing them: a control
character or a terminal escape in an article must not reach a terminal or a report.
"""

from __future__ import annotations

import re
import unicodedata

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])")
# Controls but tab and line feed; the overrides that turn text round, which can make a name read as another.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACE = re.compile(r"\s+")


def nfc(text: str) -> str:
    """Return *text* with letters and their accents composed (Unicode NFC).

    >>> len("u\\u0308"), len(nfc("u\\u0308"))
    (2, 1)
    """
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def printable(text: str) -> str:
    """Return *text* without terminal escapes, control characters and direction overrides; tabs and line ends stay.

    >>> printable("\\x1b[31mrot\\x1b[0m\\x00 \\u202egut\\n")
    'rot gut\\n'
    """
    return _UNPRINTABLE.sub("", _ESCAPE.sub("", text.replace("\r\n", "\n")))


def squeeze(text: str) -> str:
    """Return *text* with every run of white space as one blank, none at the ends.

    >>> squeeze(" Siehe\\xa0auch \\n Peking ")
    'Siehe auch Peking'
    """
    return _SPACE.sub(" ", text).strip()


def fingerprint(text: str) -> str:
    """Return the letters and digits of *text*, case-folded, one blank between words: for telling copies of a line.

    >>> fingerprint("Xi und Putin: „Einmischung“!") == fingerprint("xi und Putin – Einmischung")
    True
    """
    return " ".join(re.findall(r"[^\W_]+", nfc(text).casefold()))
