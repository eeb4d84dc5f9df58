"""The briefing for programs: every field, in the order of the dataclasses, with the schema's version first."""

from __future__ import annotations

import dataclasses
import json
import re

from toolkit.briefings.types import Briefing

_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def render(briefing: Briefing) -> bytes:
    """UTF-8 JSON, indented by two, ending in a line feed.

    Texts are exactly those of the articles; characters that a terminal would obey are written as ``\\uXXXX``.
    """
    fields = dataclasses.asdict(briefing)
    ordered = {"schema_version": fields.pop("schema_version"), **fields}
    text = json.dumps(ordered, ensure_ascii=False, indent=2)
    return (_UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n").encode()
