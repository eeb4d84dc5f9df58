"""English word forms: is a term rightly in a translation, and how does it have to look in its place?

A target counts as found with a possessive (``Ushakov's``, ``States'``), in the plural, with a capital at the start of a
sentence or a headline, in capitals, and as part of a hyphenated word (``Putin-Xi``). Verbs and plural targets are found
in their other regular forms. Names have to keep their capitals.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from toolkit.glossary.folding import fold
from toolkit.types import Span

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[.,](?=\d)\d+)*(?:['’](?!s\b)[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?![^\W_])")
_JOINT = re.compile(r"[\s\-‐‑]+|['’]s?\s+|\s*&\s*|\. ")
"""What may stand between two words of a term, besides the signs it is written with itself (`reuters.com`)."""
_SIGNS = re.compile(r"(?<=\w)(?:[+#*%°€$]+|\s?&)$")
_IRREGULAR = (
    ("man", "men"), ("woman", "women"), ("child", "children"), ("person", "people"), ("foot", "feet"),
    ("life", "lives"), ("leaf", "leaves"), ("half", "halves"), ("crisis", "crises"), ("analysis", "analyses"),
    ("basis", "bases"), ("criterion", "criteria"), ("medium", "media"), ("spokesman", "spokesmen"),
    ("spokeswoman", "spokeswomen"), ("policeman", "policemen"), ("chairman", "chairmen"), ("wife", "wives"),
)  # fmt: skip
_OTHER_NUMBER = {**dict(_IRREGULAR), **{plural: singular for singular, plural in _IRREGULAR}}
_VOWELS = frozenset("aeiou")
_PREPOSITIONS = frozenset({"of", "to", "in", "for", "on", "at", "by", "from"})


def plural(word: str) -> str:
    """Return the plural of an English noun.

    >>> [plural(word) for word in ("sanction", "embassy", "Xi", "crisis", "crash")]
    ['sanctions', 'embassies', 'Xis', 'crises', 'crashes']
    """
    low = word.lower()
    other = _OTHER_NUMBER.get(low)
    if other is not None and len(other) >= len(low):
        return word[:1] + other[1:]
    if low.endswith("y") and low[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if low.endswith(("s", "x", "z", "ch", "sh")) else "s")


def singular(word: str) -> str:
    """Return the singular of a regular English plural; any other word as it is.

    >>> [singular(word) for word in ("sanctions", "embassies", "crashes", "press", "men")]
    ['sanction', 'embassy', 'crash', 'press', 'man']
    """
    low = word.lower()
    other = _OTHER_NUMBER.get(low)
    if other is not None and len(other) <= len(low):
        return word[:1] + other[1:]
    if low.endswith("ies") and len(low) > 4:
        return word[:-3] + "y"
    if low.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3 else word


@lru_cache(maxsize=65536)
def word_forms(word: str) -> frozenset[str]:
    """Return the folded regular forms of a common word: other number, third person, past, ``-ing``.

    >>> sorted(word_forms("ban"))
    ['ban', 'baned', 'baning', 'banned', 'banning', 'bans']
    >>> "indicate" in word_forms("indicates"), "emissions" in word_forms("emission")
    (True, True)
    """
    low = fold(word)
    bases = {low, singular(low)}
    forms = set(bases)
    for base in bases:
        if len(base) < 3:
            forms.add(base + "s")
            continue
        stem = base[:-1] if base.endswith("e") else base
        if base.endswith("y") and base[-2] not in _VOWELS:
            forms |= {plural(base), base[:-1] + "ied", base + "ing"}
            continue
        forms |= {plural(base), stem + "ed", stem + "ing"}
        if base[-1] not in _VOWELS | set("wxys") and base[-2] in _VOWELS and base[-3] not in _VOWELS:
            forms |= {base + base[-1] + "ed", base + base[-1] + "ing"}
    return frozenset(forms)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a target sentence: its span, and its folded form (``U.S.`` is ``us``)."""

    span: Span
    text: str
    folded: str


def tokens(text: str) -> tuple[Token, ...]:
    """Split *text* into words; hyphens separate, a possessive is left out.

    >>> [token.text for token in tokens("The U.S.-born aide's 3.1 points, O'Neill's")]
    ['The', 'U.S.', 'born', 'aide', '3.1', 'points', "O'Neill"]
    """
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word == "s" and text[match.start() - 1 : match.start()] in ("'", "’"):
            continue
        folded = word.replace(".", "").lower() if word.endswith(".") else fold(word)
        found.append(Token(Span(*match.span()), word, folded))
    return tuple(found)


@lru_cache(maxsize=65536)
def _pattern(form: str) -> tuple[Token, ...]:
    return tokens(form)


class TargetText:
    """A translation in which terms are looked for; tokenised once.

    >>> TargetText("Ushakov's aide met the Ushakovs.").find("Ushakov", name=True)
    [Span(start=0, end=7), Span(start=23, end=31)]
    >>> TargetText("New Sanctions on Turkey; turkey was served").find("Turkey", name=True)
    [Span(start=17, end=23)]
    >>> TargetText("The Kurdistan Workers' Party told Reuters.com").find("Kurdistan Workers' Party", name=True)
    [Span(start=4, end=28)]
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for number, token in enumerate(self.tokens):
            places.setdefault(token.folded, []).append(number)
        return places

    def find(self, form: str, *, name: bool) -> list[Span]:
        """Return where *form* stands, left to right, not overlapping.

        Args:
            name: Only with its capitals (or all in capitals); a plural counts, verb forms do not.
        """
        pattern = _pattern(form)
        if not pattern:
            return self._find_signs(form)
        spans: list[Span] = []
        for first in self._starts(pattern, name):
            span = self._match(form, pattern, first, name)
            if span is not None and (not spans or span.start >= spans[-1].end):
                spans.append(span)
        return spans

    def _find_signs(self, form: str) -> list[Span]:
        return [Span(*match.span()) for match in re.finditer(re.escape(form), self.text)] if form else []

    def _starts(self, pattern: tuple[Token, ...], name: bool) -> Iterator[int]:
        forms = _allowed(pattern, 0, name)
        return iter(sorted({place for form in forms for place in self._places.get(form, ())}))

    def _match(self, form: str, pattern: tuple[Token, ...], first: int, name: bool) -> Span | None:
        window = self.tokens[first : first + len(pattern)]
        if len(window) < len(pattern) or not self.text.startswith(_signs(form), window[-1].span.end):
            return None
        gaps = zip(_gaps(form, pattern), _gaps(self.text, window), strict=True)
        if not all(gap == wanted or _JOINT.fullmatch(gap) for wanted, gap in gaps):
            return None
        if any(token.folded not in _allowed(pattern, number, name) for number, token in enumerate(window)):
            return None
        pairs = zip(pattern, window, strict=True)
        if name and not all(_capital_kept(wanted.text, token.text) for wanted, token in pairs):
            return None
        return Span(window[0].span.start, window[-1].span.end + len(_signs(form)))


def _signs(form: str) -> str:
    """What belongs to the term after its last word: `++` of `C++`."""
    match = _SIGNS.search(form)
    return match.group() if match else ""


def _gaps(text: str, words: Sequence[Token]) -> list[str]:
    return [text[left.span.end : right.span.start] for left, right in itertools.pairwise(words)]


@lru_cache(maxsize=65536)
def _allowed(pattern: tuple[Token, ...], number: int, name: bool) -> frozenset[str]:
    """Folded forms that word *number* of a term may have: number in its head, verb forms if it is the only word."""
    token = pattern[number]
    last = number == len(pattern) - 1
    if name:
        return frozenset({token.folded, fold(plural(token.text))}) if last else frozenset({token.folded})
    if len(pattern) == 1:
        return word_forms(token.folded)
    if last or pattern[number + 1].folded in _PREPOSITIONS:
        return frozenset({token.folded, plural(token.folded), singular(token.folded)})
    return frozenset({token.folded})


def _capital_kept(wanted: str, written: str) -> bool:
    return written[:1].isupper() or not wanted[:1].isupper()


def in_place_of(wrong: str, target: str, *, at_start: bool, genitive: bool = False) -> str:
    """Return *target* so written that it can stand for *wrong*: possessive, plural and capitals are taken over.

    ``genitive`` says that an s at the end of *wrong* is a German genitive (``Uschakows``), which becomes ’s.

    >>> in_place_of("Uschakows", "Ushakov", at_start=False), in_place_of("Uschakow’s", "Ushakov", at_start=False)
    ('Ushakov', 'Ushakov’s')
    >>> in_place_of("Uschakows", "Ushakov", at_start=False, genitive=True)
    "Ushakov's"
    >>> in_place_of("PUTIN", "Putin", at_start=True), in_place_of("Embargos", "sanction", at_start=True)
    ('PUTIN', 'Sanctions')
    """
    possessive = _POSSESSIVE.search(wrong)
    core = wrong[: possessive.start()] if possessive and possessive.end() == len(wrong) else wrong
    text = target
    if core.lower().endswith("s") and singular(core) != core and not target[:1].isupper():
        text = target if singular(target) != target else _plural_of_last(target)
    if len(core) > 3 and core.isupper():
        text = text.upper()
    elif at_start:
        text = text[:1].upper() + text[1:]
    if _ends_in_possessive(text):
        return text
    return text + (wrong[len(core) :] or ("'s" if genitive and core.lower().endswith("s") else ""))


def _plural_of_last(target: str) -> str:
    head, _, last = target.rpartition(" ")
    return f"{head} {plural(last)}".strip()


def _ends_in_possessive(text: str) -> bool:
    match = _POSSESSIVE.search(text)
    return bool(match and match.end() == len(text))
