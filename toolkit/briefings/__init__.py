"""Stories, the bilingual briefing as data, and one renderer a format."""

from toolkit.briefings.builder import build
from toolkit.briefings.rendering import FORMATS, SUFFIXES, FormatName, render
from toolkit.briefings.types import Briefing

__all__ = ["FORMATS", "SUFFIXES", "Briefing", "FormatName", "build", "render"]
