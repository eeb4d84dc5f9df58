"""Dates in German sentences, in ISO 8601 where that can be told.

A weekday or "gestern" means a day only together with the day of publication. Where that is missing, in doubt, or the
sentence may look ahead as well as back, the date stays unresolved and says why: a wrong date is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.text.calendar import MONTHS, WEEKDAYS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(WEEKDAYS)
_PATTERN = re.compile(
    rf"""
    \b(?P<d1>[0-3]?\d)\.\s?(?P<m1>{_MONTH})(?:\s(?P<y1>(?:19|20)\d\d))?\b
  | \b(?P<d2>[0-3]?\d)\.(?P<m2>[01]?\d)\.(?P<y2>(?:19|20)\d\d)\b
  | \b(?P<y3>(?:19|20)\d\d)-(?P<m3>[01]\d)-(?P<d3>[0-3]\d)\b
  | \b(?P<m4>{_MONTH})\s(?P<d4>[0-3]?\d),\s(?P<y4>(?:19|20)\d\d)\b
  | (?:\b(?:im|seit|bis)\s)?\b(?P<m5>{_MONTH})\s(?P<y5>(?:19|20)\d\d)\b
  | \b(?:im|Anfang|Mitte|Ende|seit|bis)\s(?P<m6>{_MONTH})\b(?!\s\d{{4}})
  | \b(?P<when>vergangenen|vorigen|letzten|kommenden|nächsten)?\s?\b(?P<weekday>{_WEEKDAY})
      (?:vormittag|nachmittag|mittag|abend|morgen|nacht)?\b
  | \b(?P<adverb>vorgestern|gestern|heute|übermorgen)\b
  | \b(?:im\s|in\s)?(?P<relative>(?:vergangenen|vorigen|letzten|kommenden|nächsten|diesem)\sJahr
      |(?:letztes|voriges|vergangenes|nächstes|kommendes|dieses)\sJahre?s?)\b
  | (?<![\d.,/-])(?P<year>(?:19|20)\d\d)(?![\d%/-]|[.,]\d|\s(?:Euro|Dollar|Menschen|Personen|Mal)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:wird|werden|will|wollen|soll|sollen|plant|planen|voraussichtlich)\b", re.IGNORECASE)
_ADVERBS = {"vorgestern": -2, "gestern": -1, "heute": 0, "übermorgen": 2}
_BEFORE = ("vergangen", "vorig", "letzt")
_AFTER = ("kommend", "nächst")
_DATELINE = re.compile(
    rf"^[^\w\n]*[A-ZÄÖÜ][\w. /-]{{1,40}},\s(?P<day>[0-3]?\d)\.\s?(?P<month>{_MONTH})"
    r"(?:\s(?P<year>(?:19|20)\d\d))?\s*[(–-]",
    re.IGNORECASE | re.MULTILINE,
)
_LEAP_YEAR = 2020
WEEKDAY_YEARS = 8
"""Years back in which a day of the month that fell on a known weekday is looked for; the pattern repeats after 5, 6 or
11 years, so a longer search would mostly find chance hits."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: where it stands, how it is written, its ISO form if known, and how that was found."""

    start: int
    text: str
    iso: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The day an article is dated, if known, and on what evidence; ``note`` goes with every date resolved by it."""

    day: date | None = None
    note: str = ""


def find_dates(text: str, reference: Reference | None = None) -> list[Found]:
    """Find the dates in a German sentence, in order.

    >>> monday = Reference(date(2024, 5, 20))
    >>> found = find_dates("Am Donnerstag traf er Xi, wie schon im Februar 2022.", monday)
    >>> [(each.text, each.iso) for each in found]
    [('Donnerstag', '2024-05-16'), ('Februar 2022', '2022-02')]
    >>> find_dates("am Donnerstag")[0].note
    'the article gives no certain date to count from'
    """
    known = reference or Reference()
    found = []
    for match in _PATTERN.finditer(text):
        iso, note = _resolve(match, known, ahead=bool(_AHEAD.search(text)))
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        found.append(Found(start, re.sub(r"(?i)^(?:im|in|seit|bis) ", "", match[0].strip()), iso, note))
    return [each for each in found if each.iso != "invalid"]


def _resolve(match: re.Match[str], reference: Reference, *, ahead: bool) -> tuple[str | None, str]:
    """ISO form and note of one match; ``"invalid"`` for what only looks like a date."""
    named = {name: value for name, value in match.groupdict().items() if value}
    for number in "1234":
        if f"d{number}" in named:
            return _day(named[f"d{number}"], named[f"m{number}"], named.get(f"y{number}"), reference)
    if "y5" in named:
        return f"{named['y5']}-{_month(named['m5']):02}", ""
    if "m6" in named:
        return None, "the month has no year"
    if "year" in named:
        return named["year"], ""
    return _relative(named, reference, ahead)


def _day(day: str, month: str, year: str | None, reference: Reference) -> tuple[str | None, str]:
    number = _month(month)
    if year is None:
        return _nearest(int(day), number, reference)
    whole = _valid(int(year), number, int(day))
    return (whole.isoformat(), "") if whole else ("invalid", "")


def _nearest(day: int, month: int, reference: Reference) -> tuple[str | None, str]:
    """A day without a year is the one nearest to the article's date."""
    if not _valid(_LEAP_YEAR, month, day):
        return "invalid", ""
    if reference.day is None:
        return None, "the day has no year"
    nearby = (_valid(reference.day.year + step, month, day) for step in (-1, 0, 1))
    known = reference.day
    found = min((each for each in nearby if each), key=lambda each: abs((each - known).days), default=None)
    return (found.isoformat(), _counted(reference)) if found else (None, "the day has no year")


def _counted(reference: Reference) -> str:
    return f"counted from {reference.day}" + (f", {reference.note}" if reference.note else "")


def _month(name: str) -> int:
    return int(name) if name.isdigit() else MONTHS[name.lower()]


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative(named: dict[str, str], reference: Reference, ahead: bool) -> tuple[str | None, str]:
    day = reference.day
    if day is None:
        return None, "the article gives no certain date to count from"
    note = _counted(reference)
    if "adverb" in named:
        return (day + timedelta(_ADVERBS[named["adverb"].lower()])).isoformat(), note
    if "relative" in named:
        return str(day.year + _direction(named["relative"])), note
    direction = _direction(named.get("when", ""))
    if direction == 0 and ahead:
        return None, "it may lie before or after the article's date"
    weekday = WEEKDAYS[named["weekday"].lower()]
    if direction > 0:
        return (day + timedelta((weekday - day.weekday() - 1) % 7 + 1)).isoformat(), note
    back = (day.weekday() - weekday - 1) % 7 + 1 if direction < 0 else (day.weekday() - weekday) % 7
    return (day - timedelta(back)).isoformat(), note


def _direction(word: str) -> int:
    lowered = word.lower()
    return -1 if lowered.startswith(_BEFORE) else 1 if lowered.startswith(_AFTER) else 0


def reference_day(lead: str, published: str, conflicts: bool) -> Reference:
    """The day an article's relative dates count from.

    The dateline in its opening comes first. One without a year gets the year of publication; when that contradicts the
    evidence (a scraper stamped the page later), the last year before it in which the day fell on the weekday that the
    opening names: "15. Dezember … am Mittwoch" on a page stamped November 2024 was written in 2021.

    >>> lead = "MOSKAU, 15. Dezember (Reuters) – Putin und Xi haben am Mittwoch vereinbart"
    >>> reference_day(lead, "2024-11-08", conflicts=True).day
    datetime.date(2021, 12, 15)
    """
    stamp = date.fromisoformat(published[:10]) if re.fullmatch(r"\d{4}-\d\d-\d\d.*", published) else None
    dateline = _DATELINE.search(lead)
    if dateline is None:
        return Reference() if conflicts else Reference(stamp)
    day, month = int(dateline["day"]), MONTHS[dateline["month"].lower()]
    if dateline["year"]:
        return Reference(_valid(int(dateline["year"]), month, day), "the dateline")
    if stamp is None:
        return Reference()
    this_year = _valid(stamp.year, month, day)
    if this_year and 0 <= (stamp - this_year).days <= 7:
        return Reference(this_year, "the dateline")
    return _by_weekday(day, month, lead[dateline.end() :], stamp)


def _by_weekday(day: int, month: int, lead: str, stamp: date) -> Reference:
    named = re.search(rf"\bam ({_WEEKDAY})\b", lead, re.IGNORECASE)
    if named is None:
        return Reference()
    weekday = WEEKDAYS[named[1].lower()]
    years = range(stamp.year, stamp.year - WEEKDAY_YEARS, -1)
    candidates = [each for year in years if (each := _valid(year, month, day)) and each <= stamp]
    found = next((each for each in candidates if each.weekday() == weekday), None)
    return (
        Reference(found, f"inferred, because {found:%d %B} fell on a {found:%A} in {found.year}")
        if found
        else Reference()
    )
