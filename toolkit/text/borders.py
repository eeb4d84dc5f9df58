"""Is this mark the end of a sentence? One rule a function, asked in order; the first that knows decides.

A candidate is a word that ends in ``. ! ? …`` (and perhaps closing quotes) with white space after it. A rule returns
`True` (a sentence ends here), `False` (it goes on) or `None` (it has nothing to say).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from toolkit.text import abbreviations
from toolkit.text.datelines import MONTHS

MARKS = ".!?…"
CLOSERS = "\"“”'’‘»«›‹)]}"
OPENERS = "\"„“”'‚‘’»«›‹([{¿¡"
DASHES = "-–—"
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_NUMERAL = re.compile(r"\d{1,3}|[IVXLC]{2,}")
_ORDINAL_PERIOD = frozenset({"cs", "da", "de", "et", "fi", "hr", "hu", "nb", "pl", "sk", "sl", "tr"})
"""Languages that write *15th* as ``15.``"""
_BEFORE_CARDINAL = frozenset(
    {"artikel", "gruppe", "kapitel", "nummer", "paragraf", "platz", "rang", "seite", "version"}
)
_LONGEST_ABBREVIATION = 6
"""Letters. Unknown abbreviations are short: before a lower-case word only a longer word than this ends a sentence."""
_ALSO_WORDS = frozenset({"ill", "ore", "wash", "wed"})
"""What Punkt took for abbreviations; they are only with a capital (Ill., Wash.). *OK* never is one."""
_NAMES_WITH_MARK = frozenset({"yahoo!", "jeopardy!"})
_SAYING = frozenset(
    {"said", "says", "asked", "asks", "added", "replied", "answered", "told", "wrote", "shouted", "cried"}
)
_ANY_ABBREVIATION = "etc."
"""Stands for an abbreviation that Punkt does not know: its verdict then rests on the following word alone."""


class Candidate(NamedTuple):
    """A place where a sentence may end, with all that the rules look at.

    ``word`` is what stands before the ``mark``, without opening quotes; ``key`` is how the abbreviation tables would
    hold it (``z.b`` for the ``B.`` of ``z. B.``); ``previous`` the token before it. ``following`` is the next word,
    ``opening`` what stands before its first letter or digit, ``second`` the token after that. ``dashes`` counts the
    dashes of the sentence so far, ``first`` says that the word is the sentence's first.
    """

    previous: str
    word: str
    key: str
    mark: str
    closers: str
    opening: str
    following: str
    second: str
    dashes: int
    first: bool
    language: str


Verdict = bool | None


def is_border(candidate: Candidate) -> bool:
    """Return whether a sentence ends at *candidate*: the verdict of the first rule that has one, else yes."""
    for rule in _RULES:
        verdict = rule(candidate)
        if verdict is not None:
            return verdict
    return True


def _before_small_letter(at: Candidate) -> Verdict:
    """``„Komm!“ rief sie``, ``evtl. auch``; but damaged text has sentences without a capital."""
    if not at.following[:1].islower():
        return None
    plain = at.mark == "." and not at.closers and at.word.isalpha()
    return plain and len(at.word) > _LONGEST_ABBREVIATION and at.key not in abbreviations.known(at.language)


def _after_call(at: Candidate) -> Verdict:
    """``Ja! Und wie!`` ends, ``(!)`` and ``Yahoo! News`` do not, nor does ``“Why?” Putin asked``."""
    if "!" not in at.mark and "?" not in at.mark:
        return None
    if not at.word and at.closers.startswith(")"):
        return False
    if f"{at.word}{at.mark}".lower() in _NAMES_WITH_MARK:
        return False
    return not (at.closers and at.second.strip(",.:;") in _SAYING)


def _after_dots(at: Candidate) -> Verdict:
    """``Er sagte … Putin habe`` goes on; ``ab … Dann brach`` ends."""
    if at.mark == ".":
        return None
    return bool(at.closers) or abbreviations.may_close(_ANY_ABBREVIATION, at.following, at.language)


def _before_closing_dash(at: Candidate) -> Verdict:
    """A dash that closes a parenthesis opened by another belongs to the same sentence."""
    return False if at.opening[:1] in DASHES and at.opening and at.dashes % 2 else None


def _after_number(at: Candidate) -> Verdict:
    """``15. Dezember``, ``2. Weltkrieg``, ``Johannes Paul II. Nachfolger``; and ``1.`` before a list item."""
    if not _NUMERAL.fullmatch(at.word):
        return None
    if (at.first and at.word.isdigit()) or at.following.lower() in MONTHS:
        return False
    if at.language not in _ORDINAL_PERIOD or at.previous.lower() in _BEFORE_CARDINAL:
        return None
    return at.following.lower() in abbreviations.openers(at.language)


def _after_title(at: Candidate) -> Verdict:
    """``Dr. Meier``, ``z. B. Berlin``."""
    return False if at.key in abbreviations.TITLES.get(at.language, ()) else None


def _after_counter(at: Candidate) -> Verdict:
    """``Nr. 5``, ``Art. IV``, ``vgl. S. 12``; ``dieser Art. Der`` ends."""
    if at.key not in abbreviations.COUNTERS.get(at.language, ()):
        return None
    counted = at.following[:1].isdigit() or "§" in at.opening or _NUMERAL.fullmatch(at.following)
    return False if counted else None


def _after_abbreviation(at: Candidate) -> Verdict:
    """``12 Mio. Euro`` goes on, ``12 Mio. Das`` ends: Punkt decides."""
    if at.word in _ALSO_WORDS or at.key == "ok":
        return None
    if len(at.key) > 1 and at.key in abbreviations.known(at.language):
        return abbreviations.may_close(f"{at.key}.", at.following, at.language)
    if _DOTTED.fullmatch(at.word):
        return abbreviations.may_close(_ANY_ABBREVIATION, at.following, at.language)
    return None


def _after_initial(at: Candidate) -> Verdict:
    """``George W. Bush``; ``Plan B. Die`` and ``Peter S. Sein Anwalt`` end."""
    if len(at.word) != 1 or not at.word.isalpha():
        return None
    return at.word.isupper() and at.following.lower() in abbreviations.openers(at.language)


_RULES: tuple[Callable[[Candidate], Verdict], ...] = (
    _before_small_letter,
    _after_call,
    _after_dots,
    _before_closing_dash,
    _after_number,
    _after_title,
    _after_counter,
    _after_abbreviation,
    _after_initial,
)
