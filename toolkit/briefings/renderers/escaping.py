"""Text of unknown origin made safe to show, whatever the format.

Articles are untrusted: control characters could drive a terminal, bidirectional overrides could reorder what a reader
sees, and some are not allowed in XML at all.
"""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters, the terminal's escape among them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks and overrides
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"  # half characters, non-characters, invisible tags
)
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\"'<>\\^`{|}]+", re.IGNORECASE)


def visible(text: str) -> str:
    r"""Put *text* on one line, without anything that is not seen; what is taken out leaves a replacement character.

    >>> visible("eins\r\nzwei \x1b[31mrot")
    'eins zwei \ufffd[31mrot'
    """
    return _UNSEEN.sub("\ufffd", _BREAKS.sub(" ", text))


def web_address(text: str) -> str:
    """*text* if it is a web address that may be linked, else nothing: no ``javascript:``, ``data:`` or ``file:``.

    >>> web_address("https://example.org/a?b=1"), web_address("javascript:alert(1)"), web_address(" java\\nscript:x")
    ('https://example.org/a?b=1', '', '')
    """
    return text if _WEB_ADDRESS.fullmatch(text) else ""
