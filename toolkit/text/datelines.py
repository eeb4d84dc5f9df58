"""Dates of publication as articles print them, and the datelines of news agencies.

Dates are ISO 8601; a day whose year is not printed is ``--12-15``, as ISO 8601 wrote it and vCard still does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from toolkit.text import calendar

_ABBREVIATIONS = {
    "jan": 1,
    "jän": 1,
    "feb": 2,
    "febr": 2,
    "mär": 3,
    "mrz": 3,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "okt": 10,
    "oct": 10,
    "nov": 11,
    "dez": 12,
    "dec": 12,
}
MONTHS = calendar.MONTHS | _ABBREVIATIONS
"""Month numbers by lower-case German and English names and their abbreviations."""
_AGENCY_NAMES = """
    Reuters dpa AFP AP APA SDA Keystone-SDA KNA epd SID TASS RIA Interfax Xinhua Bloomberg EFE ANSA dts dpa-AFX Kyodo
    PTI ANI IANS UPI Ukrinform
    """
AGENCIES = {name.lower(): name for name in _AGENCY_NAMES.split()}
"""Names of news agencies as they are written, by their lower-case form."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""
      \b(?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d)(?!\d)
    | \b(?P<d2>\d{{1,2}})\.\s?(?P<m2>\d{{1,2}})\.\s?(?P<y2>(?:19|20)\d\d|\d\d(?=\s*(?:,|$)))
    | \b(?P<d3>\d{{1,2}})(?:\.|st|nd|rd|th)?\s?(?P<m3>{_MONTH})\b\.?,?(?:\s(?P<y3>(?:19|20)\d\d)\b)?
    | \b(?P<m4>{_MONTH})\b\.?\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<y4>(?:19|20)\d\d)\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TIME = re.compile(
    r"\b\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:Uhr|h|a\.?m\.?|p\.?m\.?|MEZ|MESZ|CET|CEST|GMT|UTC|EST|EDT)?", re.IGNORECASE
)
_AROUND_DATE = re.compile(
    r"""
    \b(?: stand | veröffentlicht | publiziert | erschienen | aktualisiert | zuletzt | geändert | letzte | änderung
        | published | updated | posted | last | modified | on | at | am | um | vom | den | der | uhr | date | datum
        | (?:mon|tues|wednes|thurs|fri|satur|sun)day | montag | dienstag | mittwoch | donnerstag | freitag | samstag
        | sonnabend | sonntag | mo | di | mi | do | fr | sa | so | mon | tue | wed | thu | fri | sat | sun | jahr )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_DATE_LINE = 120
_PLACE_BEFORE_DATE = re.compile(r"[A-ZÄÖÜ][^\W\d_]+(?:[ /-][A-ZÄÖÜ][^\W\d_]+)?,\s(?=(?:den\s|am\s)?\d)")
_AGENCY_LIST = r"[A-Za-z-]{2,12}(?:\s?[/,]\s?[A-Za-z-]{2,12}){0,3}"
_DATELINE = re.compile(
    rf"""
    (?P<place>[A-ZÄÖÜ][^\W\d_]+(?:[ /-][^\W\d_]+){{0,3}})
    (?:,?\s(?P<day>(?i:{_DATE.pattern})))?
    (?:\s?\((?P<agency>{_AGENCY_LIST})\))?
    \s*[–—-]+\s+(?=[A-ZÄÖÜ„“"»])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening ``MOSKAU, 15. Dezember (Reuters) –`` of a report; what it does not name is empty."""

    text: str
    place: str
    date: str = ""
    agencies: tuple[str, ...] = ()


def find_date(text: str) -> str:
    """Return the first date in *text*, or "".

    >>> find_date("November 8, 2024"), find_date("Stand: 05.07.2024, 18:12 Uhr"), find_date("15. Dezember")
    ('2024-11-08', '2024-07-05', '--12-15')
    >>> find_date("31.02.2024"), find_date("im Dezember")
    ('', '')
    """
    for match in _DATE.finditer(text):
        iso = _iso({key[0]: value for key, value in match.groupdict().items() if value})
        if iso:
            return iso
    return ""


def is_date_line(text: str) -> bool:
    """Return whether *text* is a date of publication, perhaps with a place or a label before it, and nothing else.

    >>> is_date_line("Veröffentlicht am 3. Mai 2022 um 14:30 Uhr"), is_date_line("Am 3. Mai kam er.")
    (True, False)
    """
    if len(text) > _LONGEST_DATE_LINE or not find_date(text):
        return False
    rest = _AROUND_DATE.sub("", without_dates(_PLACE_BEFORE_DATE.sub("", text.strip())))
    return not any(letter.isalnum() for letter in rest)


def without_dates(text: str) -> str:
    """Return *text* without its dates and times, and without the separators that then stand at its end.

    >>> without_dates("Von Anna Müller | 12.03.2023, 14:30 Uhr")
    'Von Anna Müller'
    """
    return _TIME.sub("", _DATE.sub("", text)).rstrip(" ,|·/–—-")


def read_dateline(text: str) -> Dateline | None:
    """Return the dateline that *text* opens with, if it does.

    >>> read_dateline("MOSKAU, 15. Dezember (Reuters) – Die Präsidenten")
    Dateline(text='MOSKAU, 15. Dezember (Reuters)', place='Moskau', date='--12-15', agencies=('Reuters',))
    >>> read_dateline("Peking – Der Präsident").place, read_dateline("Er kam – Sie ging")
    ('Peking', None)
    """
    match = _DATELINE.match(text)
    if not match:
        return None
    place, day, agency = match["place"], match["day"] or "", match["agency"] or ""
    agencies = find_agencies(agency)
    if not (place.isupper() or day or agencies or " " not in place):
        return None
    named = place.title() if place.isupper() else place
    return Dateline(match[0].rstrip(" –—-"), named, find_date(day), agencies)


def find_agencies(text: str) -> tuple[str, ...]:
    """Return the news agencies that *text* names, in order, each once.

    >>> find_agencies("Mit Material von dpa und AFP")
    ('dpa', 'AFP')
    """
    words = re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", text)
    named = (
        AGENCIES[word.lower()] for word in words if word.lower() in AGENCIES and (word.isupper() or word in _CASED)
    )
    return tuple(dict.fromkeys(named))


_CASED = frozenset(AGENCIES.values())


def _iso(found: dict[str, str]) -> str:
    day, year = int(found["d"]), found.get("y", "")
    month = int(found["m"]) if found["m"].isdigit() else MONTHS[found["m"].lower()]
    if not _exists(int(year or 2000) if len(year) != 2 else 2000 + int(year), month, day):
        return ""
    if not year:
        return f"--{month:02}-{day:02}"
    return f"{year if len(year) == 4 else 2000 + int(year)}-{month:02}-{day:02}"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
