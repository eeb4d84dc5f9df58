"""Who wrote, photographed and edited: bylines, captions and credits, told by their wording."""

from __future__ import annotations

import re

from toolkit.text.datelines import without_dates

_NAME = r"(?:[A-ZÄÖÜ][\w'’.-]*(?:\s(?:von|van|de|der|den|zu|al|bin|la|le|du))*)"
_PERSON = rf"{_NAME}(?:\s{_NAME}){{1,3}}"
_PERSONS = rf"(?P<names>{_PERSON}(?:(?:,\s|\s(?:und|and|&)\s){_PERSON}){{0,4}})"
_BYLINE = re.compile(
    rf"""
    (?: (?:[Ee]in[e]?\s)? (?:Gastbeitrag|Gastkommentar|Kommentar|Analyse|Bericht|Reportage|Interview|Essay) \s von \s
      | [Vv]on:?\s | VON\s | [Bb]y:?\s | BY\s | Autor(?:in|en)?:\s | Authors?:\s | Geschrieben\svon\s | Written\sby\s
      | Text:\s )
    {_PERSONS}
    (?: (?:,\s|\s\|\s|\s[-–]\s|\s/\s|,\s(?:aus|in)\s|\sin\s) [A-ZÄÖÜ][\w\s./-]{{1,40}} )?
    [.]?
    """,
    re.VERBOSE,
)
_CAPTION = re.compile(
    r"""
    ^ (?: fotos? | bild(?:er)? | photo | image | picture | grafik | symbol(?:bild|foto) | archiv(?:bild|foto)
        | bildquelle | bildnachweis | bildrechte | fotocredit | file\sphoto | bildunterschrift ) \s? [:©(]
    | \(? \b (?: foto | bild | photo | credit ) : \s [^.:]{2,40} \)? $
    | ^ (?: ©\s )? [\w\s./-]{0,40} (?: getty\simages | picture[\s-]alliance | imago\simages | shutterstock )
      [\w\s./-]{0,30} $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_BYLINE = 160
_LONGEST_CAPTION = 60
"""Words; captions of agencies run to two or three sentences."""


def read_byline(text: str) -> tuple[str, ...]:
    """Return the authors if *text* is a byline, perhaps with place and date, and nothing else.

    >>> read_byline("Von Anna Müller und Karl von Ossietzky, Berlin"), read_byline("Von Moskau nach Peking")
    (('Anna Müller', 'Karl von Ossietzky'), ())
    """
    match = _BYLINE.fullmatch(without_dates(text.strip())) if len(text) <= _LONGEST_BYLINE else None
    return tuple(re.split(r",\s|\s(?:und|and|&)\s", match["names"])) if match else ()


def is_caption(text: str) -> bool:
    """Return whether *text* is the caption or the credit of a picture.

    >>> is_caption("Foto: Juan Perez / dpa"), is_caption("Das Foto ging um die Welt.")
    (True, False)
    """
    return len(text.split()) <= _LONGEST_CAPTION and bool(_CAPTION.search(text.strip()))
