"""Page furniture told by its own wording: what German and English sites put around and into an article.

The wordings are data: ``data/boilerplate.toml``. A block that only looks odd is left to `toolkit.text.layout`, which
knows where it stands.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from toolkit.text.normalisation import squeeze
from toolkit.text.segmentation import split

OTHER_ARTICLES = "starts a list of other articles"
COMMENTS = "starts the comments"
"""Reasons that tell `toolkit.text.layout` where a list begins."""

_LONGEST_WORD = 40
"""Characters a word may have on average; keeps the patterns off megabytes without a blank."""
_PROMOTION_WORDS = 50
"""Words that a site's praise of itself, or an author's, has at most."""
_BLURB_SENTENCES, _BLURB_WORDS, _BLURB_HINTS = 3, 6, 2
"""A blurb has at least so many sentences, none of more words than this, and this much self-praise."""
_IMPERATIVE = re.compile(
    r"(?:Finden|Wählen|Lesen|Entdecken|Erfahren|Erhalten|Klicken|Besuchen|Laden|Testen|Sichern|Nutzen)\sSie\b"
    r"|(?:Find|Discover|Choose|Visit|Explore|Browse|Download)\s(?:all|the|your|our)\b"
)
_OWN_PRAISE = re.compile(
    r"(?i)\b(?:findest\sdu|wir\sbieten|bieten\swir"
    r"|(?:auf|in)\sunsere[mnr]\s(?:magazin|portal|blog|webseite|website|seite|plattform|kanal|app)"
    r"|on\sour\s(?:site|website|magazine|blog|app|platform))\b"
)
_SITE_WORDS = re.compile(
    r"(?i)\b(?:magazin|portal|blog|news|nachrichten|kurse|themen|informationen|website|webseite|magazine|stories)\b"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a block is page furniture, and how sure that is (0–1)."""

    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: str
    words: int
    confidence: float
    pattern: re.Pattern[str]


def judge(text: str, language: str) -> Finding | None:
    """Return why *text* is page furniture, or `None` when its wording does not show it.

    >>> judge("Melden Sie sich jetzt für unbegrenzten kostenlosen Zugang zu reuters.com an", "de")
    Finding(reason='asks to sign up or to subscribe', confidence=0.95)
    >>> judge("Der Newsletter-Anbieter meldete sich am Montag zu Wort.", "de")
    """
    line = squeeze(text)
    return _label(line) or _by_rule(line) or _blurb(line, language) or _promotion(line, language)


def _by_rule(line: str) -> Finding | None:
    words = len(line.split())
    for rule in _rules():
        if words <= rule.words and len(line) <= rule.words * _LONGEST_WORD and rule.pattern.search(line):
            return Finding(rule.reason, rule.confidence)
    return None


def _label(line: str) -> Finding | None:
    """A button or a menu entry, or a row of them (``Teilen Twittern Drucken``)."""
    lowered = line.lower().rstrip(":.!… ")
    words, phrases = _labels()
    known = lowered in phrases or all(word in words for word in re.split(r"[\s|/·•,]+", lowered))
    return Finding("button or menu entry", 0.9) if known else None


def _blurb(line: str, language: str) -> Finding | None:
    """``Bierfan. Kaffee-Ninja. Organisator.``: an author's joke about himself."""
    if len(line.split()) > _PROMOTION_WORDS:
        return None
    inner = line.strip("„“”\"'»«")
    sentences = [inner[start:end] for start, end in split(inner, language)]
    if len(sentences) < _BLURB_SENTENCES or any(len(each.split()) > _BLURB_WORDS for each in sentences):
        return None
    hints = sum(bool(_self_praise().search(each)) for each in sentences)
    return Finding("blurb about the author", 0.85) if hints >= _BLURB_HINTS else None


def _promotion(line: str, language: str) -> Finding | None:
    """``Finden Sie alle Informationen zu …``, ``… findest du auf unserem Magazin``: a site about itself."""
    if len(line.split()) > _PROMOTION_WORDS or not _SITE_WORDS.search(line):
        return None
    calls = sum(bool(_IMPERATIVE.match(line[start:end])) for start, end in split(line, language))
    praises = len(_OWN_PRAISE.findall(line))
    return Finding("the site about itself", 0.8) if calls + praises > 1 else None


@cache
def _data() -> dict[str, Any]:
    file = resources.files("toolkit.text") / "data" / "boilerplate.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(rule["reason"], rule["words"], rule["confidence"], _compile(rule["patterns"])) for rule in _data()["rule"]
    )


def _compile(patterns: list[str]) -> re.Pattern[str]:
    anchored = (pattern if pattern.startswith(r"\b") else f"^(?:{pattern})" for pattern in patterns)
    return re.compile("|".join(anchored), re.IGNORECASE)


@cache
def _labels() -> tuple[frozenset[str], frozenset[str]]:
    labels = _data()["labels"]
    return frozenset(labels["words"].split()), frozenset(labels["phrases"])


@cache
def _self_praise() -> re.Pattern[str]:
    endings, words = ("|".join(_data()["blurb"][key].split()) for key in ("endings", "words"))
    return re.compile(rf"(?:{endings})(?:in)?\b|\b(?:{words})\b", re.IGNORECASE)
