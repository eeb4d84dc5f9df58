"""Find glossary terms in German text.

One pass of an Aho–Corasick automaton over the folded text finds every term, in time that grows with the text's length
and the number of matches, whatever the number of entries (Aho and Corasick 1975). A match then has to have word
borders, an ending that German gives such a word, and the capitals that the entry asks for; of overlapping matches the
longest wins.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.glossary.entries import GlossaryEntry
from toolkit.glossary.folding import FoldedText, fold, fold_with_places
from toolkit.glossary.german import ENDING, EVERYDAY, endings, inflected_words, reads_as_name
from toolkit.types import Span


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term found in a source sentence.

    ``span`` and ``surface`` take in the ending (``Uschakows``) and leave out the rest of a compound (``-Berater``).
    """

    entry: GlossaryEntry
    span: Span
    surface: str
    ending: str = ""
    compound: bool = False

    @property
    def stem(self) -> str:
        """The surface without its ending."""
        return self.surface[: len(self.surface) - len(self.ending)] if self.ending else self.surface


@dataclass(frozen=True, slots=True)
class _Form:
    entry: GlossaryEntry
    text: str
    endings: frozenset[str]
    everyday: bool


class Matcher:
    """Finds the forms of *entries* in a text; built once, then used for any number of texts.

    Entries whose status is ``deprecated`` are left out.
    """

    def __init__(self, entries: Sequence[GlossaryEntry]) -> None:
        import ahocorasick

        forms: dict[str, list[_Form]] = {}
        for entry in entries:
            for form in entry.forms if entry.status != "deprecated" else ():
                _add_form(forms, entry, form)
        self._automaton: Any = ahocorasick.Automaton()
        for key, values in forms.items():
            self._automaton.add_word(key, (len(key), tuple(values)))
        self._automaton.make_automaton()
        self._empty = not forms

    def find(self, text: str) -> list[TermHit]:
        """Return the terms of *text* in order; they never overlap."""
        if self._empty or not text:
            return []
        folded = fold_with_places(text)
        taken = bytearray(len(text))
        hits = []
        for hit in sorted(self._candidates(text, folded), key=_preference):
            start, end = hit.span
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                hits.append(hit)
        return sorted(hits, key=lambda hit: hit.span)

    def _candidates(self, text: str, folded: FoldedText) -> Iterator[TermHit]:
        for last, (length, forms) in self._automaton.iter(folded.text):
            start, end = last + 1 - length, last + 1
            if not _border_before(folded, start):
                continue
            match = ENDING.match(folded.text, end)
            if match is None:
                continue
            ending = _written_ending(match.group(), folded.text, start, end)
            close = end + len(ending)
            for form in forms:
                if ending in form.endings:
                    hit = _hit(text, folded, form, start, end, close)
                    if hit is not None:
                        yield hit


def _add_form(forms: dict[str, list[_Form]], entry: GlossaryEntry, form: str) -> None:
    folded = fold(form)
    allowed = endings(entry, form)
    everyday = entry.is_name and " " not in folded and unicodedata.normalize("NFC", form).lower() in EVERYDAY
    for key in inflected_words(entry, folded):
        forms.setdefault(key, []).append(_Form(entry, form, allowed, everyday))


def _preference(hit: TermHit) -> tuple[int, int, bool, int]:
    """Longest first; then the leftmost; then what is written exactly so; then names before terms."""
    start, end = hit.span
    return start - end, start, hit.surface not in hit.entry.forms, 0 if hit.entry.is_name else 1


def _border_before(folded: FoldedText, start: int) -> bool:
    return start == 0 or not folded.text[start - 1].isalnum()


def _written_ending(ending: str, text: str, start: int, end: int) -> str:
    """An apostrophe is an ending only after s, x, z and outside quotes (`Merz' Plan`); else it closes a quotation."""
    if ending.endswith("'") and (len(ending) > 1 or text[end - 1] not in "sxz" or text[start - 1 : start] == "'"):
        return ending[:-1]
    return ending


def _hit(text: str, folded: FoldedText, form: _Form, start: int, end: int, close: int) -> TermHit | None:
    compound = folded.text[close : close + 1] == "-" and folded.text[close + 1 : close + 2].isalnum()
    joined = compound or (start > 1 and folded.text[start - 1] == "-" and folded.text[start - 2].isalnum())
    if form.entry.match == "exact" and joined:
        return None
    core, span = folded.original(start, end), folded.original(start, close)
    if not _capitals_fit(form, text[core.start : core.end]):
        return None
    if form.everyday and not joined and not reads_as_name(form.entry, text[: span.start]):
        return None
    return TermHit(form.entry, span, text[span.start : span.end], text[core.end : span.end], compound)


def _capitals_fit(form: _Form, surface: str) -> bool:
    case = form.entry.case
    if case == "insensitive":
        return True
    if surface.isupper() and len(surface) > 1:
        return case == "smart" or form.text.isupper() or len(form.text) > 2
    if case == "sensitive" and form.entry.match == "exact":
        return " ".join(surface.split()) == form.text
    written, wanted = surface.split(), form.text.split()
    return all(_word_fits(word, model, case) for word, model in zip(written, wanted, strict=False))


def _word_fits(word: str, model: str, case: str) -> bool:
    if len(model) > 1 and model.isupper():
        return word.isupper()
    if case == "sensitive":
        return word[:1] == model[:1] and word.isupper() == model.isupper()
    return word[:1].isupper() or not model[:1].isupper()
