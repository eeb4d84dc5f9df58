"""The formats a briefing can be written in."""

from __future__ import annotations

from importlib import import_module
from typing import Literal, cast, get_args

from toolkit.briefings.types import Briefing
from toolkit.errors import InputError

FormatName = Literal["html", "markdown", "json", "docx", "text"]
FORMATS: tuple[FormatName, ...] = get_args(FormatName)
SUFFIXES: dict[FormatName, str] = {"html": ".html", "markdown": ".md", "json": ".json", "docx": ".docx", "text": ".txt"}
"""Usual suffix of each format."""


def render(briefing: Briefing, format: str) -> bytes:  # noqa: A002 - the field's word, as in the rest of the toolkit
    """Write a briefing in a format; equal briefings give equal bytes.

    Raises:
        InputError: There is no such format.
    """
    if format not in FORMATS:
        raise InputError(f"there is no briefing format {format!r}", cure=f"use {', '.join(FORMATS)}")
    module = import_module(f"toolkit.briefings.renderers.{format}")
    return cast("bytes", module.render(briefing))
