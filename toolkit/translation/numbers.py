"""The numbers in a sentence, made comparable across German and English.

``1.234,5`` and ``1,234.5`` are one number, ``15.`` and ``15th`` are one, ``acht`` and ``8`` are one. What stays
ambiguous (``1.234`` alone may be a decimal in English) is read in every way that makes sense, and two numbers agree
when one reading of each does.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

_DIGITS = re.compile(
    r"\d{1,3}(?: \d{3})+(?![\d.,])"  # 12 000
    r"|(?<![\w.,])[+-]?\d+(?:[.,:’'\u00a0\u202f]\d+)*|\d+(?:[.,:]\d+)*"
)
_CARDINALS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty"""
_ORDINALS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
_TENS_EN = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SPELLED = {word: value for words in (_CARDINALS, _ORDINALS) for value, word in enumerate(words.split())} | _TENS_EN
_MULTIPLES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_HALF_DAY = 12


def readings(token: str) -> frozenset[str]:
    """Every way to read a number as written, in canonical form.

    >>> sorted(readings("1.234,50")), sorted(readings("1.234")), sorted(readings("14.30"))
    (['1234.5'], ['1.234', '1234'], ['14.3', '14:30', '2:30'])
    """
    token = token.lstrip("+-").replace(" ", "")
    found = {_canonical(token.replace(",", "").replace(":", "")), _canonical(token)} if token.isdigit() else set()
    groups = re.split(r"[.,:’'\u00a0\u202f]", token)
    signs = re.findall(r"[.,:’'\u00a0\u202f]", token)
    if signs and all(len(group) == 3 for group in groups[1:]) and len(set(signs)) == 1 and ":" not in signs:
        found.add(_canonical("".join(groups)))
    if len(signs) == 1 and signs[0] in ".,":
        found.add(_canonical(f"{groups[0]}.{groups[1]}"))
    if len(signs) > 1 and len(set(signs[:-1])) == 1 and signs[-1] != signs[0] and signs[-1] in ".,":
        found.add(_canonical("".join(groups[:-1]) + "." + groups[-1]))
    found |= _clock(groups, signs)
    return frozenset(found or {"|".join(groups)})  # a date or a version: only ever equal to itself


def _canonical(number: str) -> str:
    whole, _, fraction = number.partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def _clock(groups: list[str], signs: list[str]) -> set[str]:
    if len(groups) != 2 or signs[0] not in ".:" or len(groups[1]) != 2:
        return set()
    hour, minute = int(groups[0]), int(groups[1])
    if hour > 24 or minute > 59:
        return set()
    return {f"{hour}:{groups[1]}", f"{hour % _HALF_DAY or _HALF_DAY}:{groups[1]}"}


def find_numbers(text: str) -> list[str]:
    """The numbers written in digits, as written, in order.

    >>> find_numbers("Am 15. Dezember um 14.30 Uhr stieg COVID-19 um 31 % auf 1.234,5.")
    ['15', '14.30', '19', '31', '1.234,5']
    """
    return [match.group().rstrip(".,:’'") for match in _DIGITS.finditer(text)]


def spelled_numbers(text: str) -> frozenset[str]:
    """Values of English number words in *text*, so that "8 Personen" may become "eight people"."""
    words = re.findall(r"[a-z]+", text.lower())
    values = {_SPELLED[word] for word in words if word in _SPELLED}
    values |= {factor for word, factor in _MULTIPLES.items() if any(w.rstrip("s") == word for w in words)}
    values |= {_TENS_EN[a] + _SPELLED[b] for a, b in pairwise(words) if a in _TENS_EN and _SPELLED.get(b, 99) < 10}
    return frozenset(str(value) for value in values)


def compare(source: str, target: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Numbers of *source* that *target* lacks, and numbers of *target* that *source* lacks.

    A number may be written out in the target, or have been written out in the source (which is German, so any digit
    of up to two places counts as explained then).

    >>> compare("31 % auf 123 Milliarden in acht Tagen", "31% to $132 billion in 8 days")
    (('123',), ('132',))
    >>> compare("am 15. Dezember um 14.30 Uhr", "at 2:30 p.m. on December 15")
    ((), ())
    """
    wanted, got = find_numbers(source), find_numbers(target)
    unused = Counter(got)
    spelled = spelled_numbers(target)
    missing: list[str] = []
    for number in wanted:
        match = next((other for other in unused if unused[other] and readings(number) & readings(other)), None)
        if match is not None:
            unused[match] -= 1
        elif not readings(number) & spelled:
            missing.append(number)
    invented = [number for number in unused.elements() if not _explained(number, wanted, source)]
    return tuple(missing), tuple(invented)


def _explained(number: str, wanted: list[str], source: str) -> bool:
    """Whether a target number that has no partner can come from words of the source ("acht Tage" → "8 days")."""
    if any(readings(number) & readings(other) for other in wanted):
        return False
    return number.isdigit() and len(number) <= 2 and bool(_GERMAN_NUMBER.search(source))


_GERMAN_NUMBER = re.compile(
    r"(?i)\b(?:null|eins?|eine[mnrs]?|zwei\w*|drei\w*|vier\w*|fünf\w*|sechs\w*|sech?z\w*|sieb\w*|acht\w*|neun\w*|zehn\w*|elf\w*"
    r"|zwölf\w*|\w*zig\w*|dreißig\w*|hundert\w*|dutzend\w*|erste[nrms]?|dritte[nrms]?)\b"
)
