"""What a translation takes over from the look of its source: the style of quotation marks, the final stop.

An engine writes the quotation marks it was trained on. A reader expects one style a text, so straight quotes in the
source give straight quotes in the target, and typographic ones (of whatever nation) give “English” ones.
"""

from __future__ import annotations

import re

_TYPOGRAPHIC = re.compile(r"[„“”«»]")
_OPENING = re.compile(r"\"(?=[\w(\[“‘'])")
_LOOSE = re.compile(r"(?<![^\s(])“ (?=\S)|(?<=\S) ”(?=[\s.,;:!?)]|$)")
_STOPS = ".!?…:;"
_CLOSERS = "\"”’'»)]"


def match_style(source: str, target: str) -> str:
    """Give *target* the quotation marks and the ending that *source* calls for.

    >>> match_style('"Ja", sagte er.', "“Yes,” he said.")
    '"Yes," he said.'
    >>> match_style("„Ja“, sagte er.", '"Yes," he said.')
    '“Yes,” he said.'
    >>> match_style("„Ja“, sagte er.", "“ Yes ,” he said.")
    '“Yes ,” he said.'
    >>> match_style("Putin trifft Xi", "Putin meets Xi.")
    'Putin meets Xi'
    """
    return target if target == source else _match_ending(source, _match_quotes(source, target))


def _match_quotes(source: str, target: str) -> str:
    tight = _LOOSE.sub(lambda found: found.group().strip(), target)
    if _TYPOGRAPHIC.search(source):
        return _OPENING.sub("“", tight).replace('"', "”")
    return re.sub("[“”]", '"', tight) if '"' in source else tight


def _match_ending(source: str, target: str) -> str:
    """A headline or bullet without a full stop stays without one."""
    bare = source.rstrip(_CLOSERS + " ")
    if bare and bare[-1] not in _STOPS and target.endswith(".") and not target.endswith(("..", "U.S.", "Inc.", "Co.")):
        return target[:-1]
    return target
