"""Translate folders of German articles to English offline, with names that come out right.

    >>> from toolkit import Glossary, Translator, brief, summarize

The public names are loaded on first use: ``import toolkit`` alone loads no decoder, no summarizer and no parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.api import (
        Briefing,
        ExtractiveSummary,
        Glossary,
        Length,
        Translator,
        brief,
        open_translator,
        read,
        summarize,
    )

__all__ = [
    "Briefing",
    "ExtractiveSummary",
    "Glossary",
    "Length",
    "Translator",
    "brief",
    "open_translator",
    "read",
    "summarize",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("toolkit.api"), name)
    raise AttributeError(f"module 'toolkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
