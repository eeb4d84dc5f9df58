"""When two spellings are one name: transliterations of Cyrillic and Arabic names differ between languages and desks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_RULES = (
    ("schtsch", "shch"),
    ("tsch", "ch"),
    ("dsch", "j"),
    ("sch", "sh"),
    ("w", "v"),
    ("ß", "s"),
    ("ss", "s"),
    ("j", "y"),
    ("oe", "o"),
    ("ae", "a"),
    ("ue", "u"),
    ("ye", "e"),
    ("iy", "y"),
    ("yy", "y"),
    ("ph", "f"),
    ("ks", "x"),
)
"""What German and English transliteration write for the same Cyrillic letter, longest first; then what either writes
now one way, now another. Applied to both spellings, so only equality matters."""


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """What is left of a name when spelling habits are taken off.

    >>> skeleton("Uschakow") == skeleton("Ushakov"), skeleton("Juri") == skeleton("Yuri")
    (True, True)
    >>> skeleton("Selenskyj") == skeleton("Selenskiy"), skeleton("Putin") == skeleton("Rutin")
    (True, False)
    """
    plain = unicodedata.normalize("NFD", name.casefold().replace("ß", "ss"))
    plain = re.sub(r"[\u0300-\u036f'’]", "", plain)
    for written, common in _RULES:
        plain = plain.replace(written, common)
    return re.sub(r"(?<=\w)(?:i|ij)\b", "y", plain)


def looks_alike(one: str, other: str) -> bool:
    """Whether two names have one skeleton, a German genitive ending aside.

    >>> looks_alike("Uschakows", "Ushakov"), looks_alike("Xi", "Li")
    (True, False)
    """
    first, second = skeleton(one), skeleton(other)
    return first == second or (len(first) > 4 and first == second + "s") or (len(second) > 4 and second == first + "s")
