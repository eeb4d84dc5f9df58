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
SHORT = 4
"""Letters up to which a final s is more likely a part of the name than an ending."""


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


def variants(name: str) -> tuple[str, ...]:
    """Skeletons under which *name* may be known: its own, and those with a German genitive ending more or less.

    >>> variants("Uschakows"), variants("Xi")
    (('ushakovs', 'ushakov', 'ushakovss'), ('xy',))
    """
    own = skeleton(name)
    if len(own) <= SHORT:
        return (own,)
    return (own, own.removesuffix("s"), own + "s") if own.endswith("s") else (own, own + "s")


def looks_alike(one: str, other: str) -> bool:
    """Whether two names have one skeleton, a German genitive ending aside.

    >>> looks_alike("Uschakows", "Ushakov"), looks_alike("Xi", "Li")
    (True, False)
    """
    return skeleton(other) in variants(one)
