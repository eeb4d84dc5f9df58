"""Amounts in German sentences, as plain decimal numbers of a unit: 31 %, 123 Milliarden US-Dollar, drei Tote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_WORD_VALUES = {
    **dict.fromkeys(("ein", "eine", "einem", "einer"), 1),
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
    "zehn": 10,
    "elf": 11,
    "zwölf": 12,
}
_SCALES = {"tausend": 3, "mio": 6, "million": 6, "mrd": 9, "milliarde": 9, "billion": 12}
UNITS = {
    "%": r"%|Prozent",
    "percentage points": r"Prozentpunkten?",
    "USD": r"US-Dollar|Dollar|\$|USD",
    "EUR": r"Euro|€|EUR",
    "CHF": r"Franken|CHF",
    "GBP": r"(?:britische )?Pfund",
    "RUB": r"Rubel",
    "CNY": r"Yuan",
    "JPY": r"Yen",
    "km": r"Kilometern?|km",
    "km²": r"Quadratkilometern?|km²",
    "m": r"Metern?",
    "t": r"Tonnen?",
    "kg": r"Kilogramm|Kilo|kg",
    "°C": r"Grad(?: Celsius)?|°C",
    "MW": r"Megawatt|MW",
    "GW": r"Gigawatt|GW",
    "kWh": r"Kilowattstunden?|kWh",
    "barrels": r"Barrels?",
    "hectares": r"Hektar",
    "dead": r"Tote[nr]?|Todesopfern?|Getötete[nr]?",
    "injured": r"Verletzte[nr]?|Verwundete[nr]?",
    "people": r"Menschen|Personen|Leuten?",
    "soldiers": r"Soldat(?:inn)?en",
    "arrests": r"Festnahmen",
    "votes": r"Stimmen",
    "seats": r"Sitzen?|Mandaten?",
    "cases": r"Fällen?",
    "jobs": r"Arbeitsplätzen?|Stellen",
    "times": r"Mal",
}
"""English name or code of each unit, and how German writes it."""
_APPROXIMATE = (
    "rund|etwa|fast|knapp|mehr als|über|mindestens|höchstens|bis zu|circa|ca\\.|ungefähr|gut|weniger als|nahezu|"
    "schätzungsweise"
)
_ALTERNATIVES = "|".join(f"(?P<u{number}>{unit})" for number, unit in enumerate(UNITS.values()))
_FIGURE = re.compile(
    rf"""
    (?:\b(?P<about>{_APPROXIMATE.replace(" ", "[ ]")})\s)?
    (?<![\w.,])(?P<number>\d{{1,3}}(?:[.\u00a0\u202f]\d{{3}})+(?:,\d+)?|\d+(?:[.,]\d+)?|\b(?:{"|".join(_WORD_VALUES)})(?=\s))
    (?:[\s\u00a0-]?(?P<scale>Tausend|Mio\.?|Mrd\.?|Million(?:en)?|Milliarden?|Billion(?:en)?)(?:\b|(?<=\.)))?
    [\s\u00a0]?(?P<unit>{_ALTERNATIVES.replace(" ", "[ ]")}|[A-ZÄÖÜ][a-zäöüß]+)?
    (?![\w])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """An amount in a text: where it stands, how it is written, and what it comes to."""

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    approximate: bool


def find_figures(text: str) -> list[Found]:
    """Find the amounts in a German sentence: numbers with a known unit, or in the millions of anything.

    >>> [(str(found.value), found.unit) for found in find_figures("stieg um 31 % auf 123 Milliarden US-Dollar")]
    [('31', '%'), ('123000000000', 'USD')]
    >>> [(found.text, found.approximate) for found in find_figures("mehr als 150 Millionen Dosen, drei Tote, 2 Hunde")]
    [('mehr als 150 Millionen Dosen', True), ('drei Tote', False)]
    """
    found = (_figure(match) for match in _FIGURE.finditer(text))
    return [figure for figure in found if figure]


def _figure(match: re.Match[str]) -> Found | None:
    unit = _unit(match)
    if not unit:
        return None
    word = match["number"].lower()
    number = Decimal(_WORD_VALUES[word]) if word in _WORD_VALUES else _decimal(word)
    value = number.scaleb(_exponent(match["scale"] or ""))
    plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return Found(match.start(), match.end(), match[0].strip(), plain, unit, bool(match["about"]))


def _unit(match: re.Match[str]) -> str:
    """The unit's name; empty for a number that is no amount (a bare number, or of a noun that is not in the table)."""
    for number, name in enumerate(UNITS):
        if match[f"u{number}"]:
            return name
    noun = match["unit"] or ""
    return noun if match["scale"] and noun[:1].isupper() else ""


def _decimal(written: str) -> Decimal:
    """Read German digits: periods and narrow spaces group thousands, the comma is the decimal sign.

    >>> _decimal("1.234,5"), _decimal("2.6")
    (Decimal('1234.5'), Decimal('2.6'))
    """
    if re.fullmatch(r"\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?", written):
        written = re.sub(r"[.\u00a0\u202f]", "", written)
    return Decimal(written.replace(",", "."))


def _exponent(scale: str) -> int:
    lowered = scale.lower().rstrip(".")
    return next((power for name, power in _SCALES.items() if lowered.startswith(name)), 0)
