"""Sentences: exact spans in a block's text, for translation and summaries alike.

Built on Punkt (see `toolkit.text.abbreviations`) and the rules of `toolkit.text.borders` for what Punkt gets wrong in
German and English news. Time is linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from toolkit.text import abbreviations
from toolkit.text.borders import CLOSERS, DASHES, MARKS, OPENERS, Candidate, is_border
from toolkit.text.clauses import split_clauses
from toolkit.types import Block, Document, Role, Segment, Span

__all__ = ["segment", "split", "split_clauses"]

WHOLE: frozenset[Role] = frozenset({"title", "heading", "cell", "byline", "dateline"})
"""Roles whose blocks are one segment, whatever marks they contain."""

_TOKEN = re.compile(r"\S+")
_PARENTHESIS = re.compile(r"\([^()]{1,400}\)")
_GLUED = re.compile(r"[^\W\d_]{3}[.!?](?=[^\W\d_]+$)")
_FOOTNOTE = re.compile(r"(?:\[\d{1,3}\]){1,5}$")
_ENDINGS = frozenset(MARKS + CLOSERS)
_LONE_CLOSERS = frozenset('“”»"')
_LOOK_AHEAD = 3
"""Tokens looked at for the next word: a dash, a quotation mark or an emoji may stand before it."""
_LOOK_BACK = 600
"""Characters of the sentence in which dashes are counted."""


def split(text: str, language: str) -> list[Span]:
    """Return the sentences of *text* as spans: in order, disjoint, without white space at their ends.

    Every character that is not white space is in exactly one span. A blank line always ends a sentence, a single line
    break is white space. *language* is a tag; languages without rules of their own get the general ones.

    >>> text = "„Wir auch.“, sagte Putin am 15. Dezember. Das gilt z. B. für Berlin."
    >>> [text[start:end] for start, end in split(text, "de")]
    ['„Wir auch.“, sagte Putin am 15. Dezember.', 'Das gilt z. B. für Berlin.']
    >>> split(" \\n", "de")
    []
    """
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    scan = _Scan(text, tokens, [match.span() for match in _PARENTHESIS.finditer(text)], language.partition("-")[0])
    spans: list[Span] = []
    start = tokens[0][0] if tokens else 0
    for index, (_, end) in enumerate(tokens):
        glued = scan.glued(index)
        if glued is not None:
            spans.append(Span(start, glued))
            start = glued
        if scan.ends(index, start):
            spans.append(Span(start, end))
            start = tokens[index + 1][0] if index + 1 < len(tokens) else end
    return spans


def segment(document: Document) -> Document:
    """Return *document* with the segments of every translatable block; titles, headings and cells are one segment.

    >>> block = Block("b0", "Er kam. Sie ging.")
    >>> [(s.id, s.text) for s in segment(Document("a.txt", "text", b"", (block,))).blocks[0].segments]
    [('b0.0', 'Er kam.'), ('b0.1', 'Sie ging.')]
    """
    return replace(document, blocks=tuple(_segment_block(block, document.language) for block in document.blocks))


def _segment_block(block: Block, language: str) -> Block:
    text = block.text
    if not block.translatable:
        spans = []
    elif block.role in WHOLE:
        spans = [Span(len(text) - len(text.lstrip()), len(text.rstrip()))] if text.strip() else []
    else:
        spans = split(text, language)
    segments = (Segment(f"{block.id}.{n}", text[span.start : span.end], span) for n, span in enumerate(spans))
    return replace(block, segments=tuple(segments))


@dataclass(frozen=True, slots=True)
class _Scan:
    """A text cut at white space; `tokens` and `parentheses` are spans."""

    text: str
    tokens: list[tuple[int, int]]
    parentheses: list[tuple[int, int]]
    language: str

    def token(self, index: int) -> str:
        """Return a token, "" outside the text."""
        if not 0 <= index < len(self.tokens):
            return ""
        start, end = self.tokens[index]
        return self.text[start:end]

    def glued(self, index: int) -> int | None:
        """Return where a sentence starts inside a token for want of a blank: ``gesagt.Der``; but not ``Node.Js``."""
        token = self.token(index)
        if "." not in token[:-1] and "!" not in token[:-1] and "?" not in token[:-1]:
            return None
        found = _GLUED.search(token)
        if not found or "://" in token or "@" in token or not token[found.start() : found.end() - 1].islower():
            return None
        word = token[found.end() :]
        opens = word.istitle() and word.lower() in abbreviations.openers(self.language)
        return self.tokens[index][0] + found.end() if opens else None

    def ends(self, index: int, start: int) -> bool:
        """Return whether the sentence that began at *start* ends with this token."""
        if index + 1 == len(self.tokens):
            return True
        end, following = self.tokens[index][1], self.tokens[index + 1][0]
        if following - end > 1 and self.text.count("\n", end, following) > 1:
            return True
        if self.text[end - 1] not in _ENDINGS or self._enclosed(end, start):
            return False
        candidate = self._candidate(index, start)
        return candidate is not None and is_border(candidate)

    def _enclosed(self, end: int, start: int) -> bool:
        """Return whether *end* lies in a parenthesis that opened within the sentence."""
        place = bisect_right(self.parentheses, (end, 0)) - 1
        return place >= 0 and start < self.parentheses[place][0] and end < self.parentheses[place][1]

    def _candidate(self, index: int, start: int) -> Candidate | None:
        last = index
        token = self.token(index)
        if token in _LONE_CLOSERS and index:  # a closing quote that a blank has parted from its sentence
            index -= 1
            token = self.token(index) + token
        elif self.token(index + 1) in _LONE_CLOSERS:
            return None
        core = _FOOTNOTE.sub("", token).rstrip(CLOSERS) if token[-1] in CLOSERS else token
        raw = core.rstrip(MARKS)
        if raw == core:
            return None
        word, previous = raw.lstrip(OPENERS), self.token(index - 1)
        begin = self.tokens[index][0]
        opening, following, second = self._next_word(last + 1)
        return Candidate(
            previous=previous.lstrip(OPENERS) if begin > start else "",
            word=word,
            key=self._key(word, previous.lstrip(OPENERS)),
            mark=core[len(raw) :],
            closers=token[len(core) :],
            opening=opening,
            following=following,
            second=second,
            dashes=sum(self.text.count(dash, max(start, begin - _LOOK_BACK), begin) for dash in _SPACED_DASHES),
            first=begin <= start,
            language=self.language,
        )

    def _key(self, word: str, previous: str) -> str:
        """Return *word* as the abbreviation tables hold it, with the part before it if both make one (``z. B.``)."""
        joined = (previous + word).lower()
        return joined if previous.endswith(".") and joined in abbreviations.known(self.language) else word.lower()

    def _next_word(self, index: int) -> tuple[str, str, str]:
        """Return what stands before the next word, the word without punctuation, and the token after it."""
        opening = ""
        for place in range(index, index + _LOOK_AHEAD):
            token = self.token(place)
            first = next((n for n, letter in enumerate(token) if letter.isalnum()), None)
            if first is not None:
                return opening + token[:first], token[first:].rstrip(MARKS + CLOSERS + ",;:"), self.token(place + 1)
            opening += token
        return opening, "", ""


_SPACED_DASHES = tuple(f" {dash} " for dash in DASHES)
