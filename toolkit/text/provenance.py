"""Where an article comes from, as far as its own text tells: title, outlet, authors, agency, date, contradictions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

from toolkit.text.credits import read_byline
from toolkit.text.datelines import find_agencies, find_date, read_dateline
from toolkit.types import Block, Document

_IN_FILE_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_NEWS_AGENCY_CREDIT = re.compile(r"(?i)\b(?:mit material|quelle|source|standards|agentur|\(?dpa|\(?afp|\(?reuters)")
PLAUSIBLE_DELAY = 14
"""Days between a dateline and a page's date that are no contradiction: weekend papers, reprints, time zones."""


def describe(document: Document, articles: Sequence[Sequence[Block]]) -> dict[str, Any]:
    """Return the metadata of *document*, whose judged blocks are *articles*; what the reader found is kept.

    Keys, each only when known: ``title``, ``outlet``, ``authors`` (names), ``agency``, ``dateline`` (as printed),
    ``date`` (ISO 8601; ``--12-15`` when no year is printed), ``conflicts`` (sentences); and always ``date_source``:
    meta, dateline, header, file name or none.
    """
    given = document.metadata
    if len(articles) < 2 and "articles" not in given:
        return _describe_article(document.path, articles[0] if articles else (), given)
    known: Sequence[Mapping[str, Any]] = given.get("articles", ())
    numbered = {blocks[0].article: blocks for blocks in articles}
    listed = tuple(
        _describe_article("", numbered.get(number, ()), known[number] if number < len(known) else {})
        for number in range(max([len(known), *(number + 1 for number in numbered)]))
    )
    return {**given, "articles": listed}


def _describe_article(path: str, blocks: Sequence[Block], given: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": next((block.text.strip() for block in blocks if block.role == "title"), ""),
        "outlet": next((block.text.strip() for block in blocks if block.reason == "name of the site"), ""),
        "authors": _authors(blocks, given),
        "agency": _agency(blocks),
    }
    found |= _dated(path, blocks, given)
    known = {key: value for key, value in found.items() if value}
    return known | {key: value for key, value in given.items() if value}


def _authors(blocks: Sequence[Block], given: Mapping[str, Any]) -> tuple[str, ...]:
    if given.get("author"):
        return (str(given["author"]),)
    return tuple(name for block in blocks if block.role == "byline" for name in read_byline(block.text))


def _agency(blocks: Sequence[Block]) -> str:
    """Agencies named in the dateline, else in a credit; joined by ``/``."""
    for block in blocks:
        opening = read_dateline(block.text) if block.role == "paragraph" else None
        if opening and opening.agencies:
            return "/".join(opening.agencies)
    for block in blocks:
        if block.role in ("boilerplate", "caption") and block.reason in ("credit", "house standards"):
            named = find_agencies(block.text)
            if named and _NEWS_AGENCY_CREDIT.search(block.text):
                return "/".join(named)
    return ""


def _dated(path: str, blocks: Sequence[Block], given: Mapping[str, Any]) -> dict[str, Any]:
    """The date with the best evidence, and how it contradicts the others.

    A page's own metadata comes first, then a dateline with its year, the page's printed date, a dateline without its
    year, the file name.
    """
    opening = next(
        (found for block in blocks if block.role == "paragraph" and (found := read_dateline(block.text))), None
    )
    printed = opening.date if opening else ""
    header = next((find_date(block.text) for block in blocks if block.role in ("dateline", "byline")), "")
    named = _IN_FILE_NAME.search(PurePath(path).stem)
    candidates = [
        (str(given.get("date") or ""), str(given.get("date_source") or "meta")),
        (printed if not printed.startswith("--") else "", "dateline"),
        (header, "header"),
        (printed, "dateline"),
        ("-".join(named.groups()) if named and find_date("-".join(named.groups())) else "", "file name"),
    ]
    day, source = next(((day, source) for day, source in candidates if day), ("", "none"))
    conflicts = _conflicts(opening.text if opening else "", printed, day, source)
    shown = opening.text if opening and (opening.date or opening.agencies) else ""
    return {"date": day, "date_source": source, "dateline": shown, "conflicts": conflicts}


def _conflicts(dateline: str, printed: str, day: str, source: str) -> tuple[str, ...]:
    """Say when the dateline's day cannot belong to the date taken from elsewhere."""
    if not printed or source == "dateline" or day.startswith("--") or _close(printed, day):
        return ()
    return (f"the {source} says {day}, the dateline “{dateline}”",)


def _close(printed: str, day: str) -> bool:
    """Return whether the dateline's day lies at most `PLAUSIBLE_DELAY` days before (or a day after) *day*."""
    if len(day) != len("2024-01-01"):
        return True
    later = date.fromisoformat(day)
    years = (later.year - 1, later.year, later.year + 1)
    days = [printed] if not printed.startswith("--") else [f"{year}{printed[1:]}" for year in years]
    gaps = [(later - date.fromisoformat(each)).days for each in days if find_date(each)]
    return any(-1 <= gap <= PLAUSIBLE_DELAY for gap in gaps)
