"""What an HTML page says about itself: date, author, outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from toolkit.documents.html_tokens import Token

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATES = ("article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "pubdate", "publish-date")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author")
_OUTLETS = ("og:site_name", "application-name", "publisher", "dc.publisher")


def read_metadata(tokens: Sequence[Token]) -> dict[str, Any]:
    """Collect ``date`` (ISO, with ``date_source`` "meta"), ``author`` and ``outlet`` from <meta> and <time>.

    >>> from toolkit.documents.html_tokens import tokenize
    >>> read_metadata(list(tokenize('<meta name="author" content="Eva Roth"><time datetime="2024-05-16T09:00">')))
    {'date': '2024-05-16', 'date_source': 'meta', 'author': 'Eva Roth'}
    """
    named: dict[str, str] = {}
    for token in tokens:
        key = token.get("property") or token.get("name") or token.get("itemprop")
        if token.kind == "open" and token.name == "meta" and key:
            named.setdefault(key.lower(), " ".join(token.get("content").split()))
    times = [token.get("datetime") for token in tokens if token.kind == "open" and token.name == "time"]
    found: dict[str, Any] = {}
    dates = [match[0] for value in (*(named.get(key, "") for key in _DATES), *times) if (match := _DATE.match(value))]
    if dates:
        found |= {"date": dates[0], "date_source": "meta"}
    author = next((named[key] for key in _AUTHORS if named.get(key) and "://" not in named[key]), "")
    outlet = next((named[key] for key in _OUTLETS if named.get(key)), "")
    return found | ({"author": author} if author else {}) | ({"outlet": outlet} if outlet else {})
