"""The briefing as one self-contained HTML page.

No scripts, no outside requests: the Content-Security-Policy allows the page's own style sheet, by its hash, and nothing
else. Everything from articles is escaped by the template engine. What can be folded away or switched uses ``details``
and a checkbox, which work by keyboard and are announced by screen readers.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from toolkit.briefings.reading import shorten
from toolkit.briefings.renderers import labels
from toolkit.briefings.renderers.escaping import visible, web_address
from toolkit.briefings.types import Briefing

if TYPE_CHECKING:
    from jinja2 import Template

_FUNCTIONS = (
    labels.amount,
    labels.by_kind,
    labels.claim_value,
    labels.duplicate,
    labels.flag_text,
    labels.known_dates,
    labels.language,
    labels.methods,
    labels.number,
    labels.open_dates,
    labels.plural,
    labels.provenance,
    labels.source_name,
    labels.sources,
    labels.spellings,
    shorten,
    web_address,
)


def render(briefing: Briefing) -> bytes:
    """UTF-8 HTML; the only markup in it is the template's."""
    style = _read("briefing.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    seen = {flag.kind for card in briefing.articles for p in card.passages for s in p.sentences for flag in s.flags}
    page = _template().render(
        briefing=briefing,
        style=_trusted(style),
        style_hash=f"sha256-{digest}",
        counts=labels.counts(briefing),
        period=labels.period(briefing),
        flag_labels=labels.FLAGS,
        shown_flags=[(kind, text) for kind, text in labels.FLAGS.items() if kind in seen],
        story_title={story.id: story.headline.target for story in briefing.stories},
    )
    return page.encode()


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _trusted(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - our own style sheet, never text from an article


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, finalize=_finalize, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    environment.globals.update({function.__name__: function for function in _FUNCTIONS})
    return environment.from_string(_read("briefing.html.j2"))


def _finalize(value: object) -> object:
    """Applied to whatever the template prints, before it is escaped; markup made by the template itself passes."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
