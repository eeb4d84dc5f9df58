"""Which words of a source a word of its translation comes from, read off the decoder's attention.

Attention is over pieces, and pieces are not plain stretches of the text: models normalise what goes in (``½`` becomes
``1⁄2``) and rewrite what comes out. So the pieces' text is laid over the real text first (`piece_spans`); then
attention is summed over the pieces of every word, and each target word is linked with the source word it looks at most.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from toolkit.types import Span

_WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]+")
"""A word (``don't`` is one, ``Kreml-Berater`` is three) or a run of punctuation."""
_SIMILAR = 0.6
"""Police and Polizei reach 0.77, Ushakov and Uschakow 0.8, unrelated words seldom 0.5."""
Shares = tuple[tuple[int, float], ...]
"""The words that a piece lies in, by number, with the share of it in each."""
Alignment = tuple[tuple[Span, Span], ...]


def piece_spans(surfaces: Sequence[str], text: str) -> list[Span]:
    """Where the pieces *surfaces* stand in *text*, which need not be exactly what they add up to; empty if nowhere.

    >>> piece_spans([" “", " Both", " sides", ",”"], "“Both sides,”")
    [Span(start=0, end=1), Span(start=1, end=5), Span(start=6, end=11), Span(start=11, end=13)]
    >>> piece_spans([" 1⁄2", " km"], "½ km")
    [Span(start=0, end=1), Span(start=2, end=4)]
    """
    joined = "".join(surfaces)
    places = _letter_places(joined, text)
    spans, offset = [], 0
    for surface in surfaces:
        letters = [places[offset + index] for index, letter in enumerate(surface) if not letter.isspace()]
        offset += len(surface)
        solid = [place for place in letters if place.start < place.end]
        spans.append(Span(solid[0].start, solid[-1].end) if solid else Span(0, 0))
    return spans


def align(
    attention: Sequence[Sequence[float]], sources: Sequence[Span], targets: Sequence[Span], source: str, target: str
) -> Alignment:
    """Link each word of *target* with the word of *source* that its pieces attend to most.

    Args:
        attention: (target pieces, source pieces); further columns (padding) are ignored.
        sources: Span of every source piece in *source*.
        targets: Span of every target piece in *target*.

    Words are linked with words and punctuation with punctuation where there is both: decoders like to rest on a comma.
    A first word without attention (a row of zeros) is linked by `_first_source`.
    """
    source_words, target_words = words(source), words(target)
    if not source_words or not target_words or not targets:
        return ()
    summed = _by_words(attention, _shares(sources, source_words), _shares(targets, target_words), len(source_words))
    kinds: dict[bool, list[int]] = {True: [], False: []}
    for number, span in enumerate(source_words):
        kinds[source[span.start].isalnum()].append(number)
    links = []
    for number, row in sorted(summed.items()):
        span = target_words[number]
        best = max(kinds[target[span.start].isalnum()] or range(len(source_words)), key=row.__getitem__)
        if row[best] > 0.0:
            links.append((source_words[best], span))
    if links and links[0][1] != target_words[0]:
        links.insert(0, (_first_source(source, source_words, target, target_words[0], links), target_words[0]))
    return tuple(links)


def _by_words(
    attention: Sequence[Sequence[float]], sources: Sequence[Shares], targets: Sequence[Shares], width: int
) -> dict[int, list[float]]:
    """Attention summed over the pieces of words: for each target word a row of *width* source words."""
    rows: dict[int, list[float]] = {}
    for weights, places in zip(attention, targets, strict=False):
        for word, share in places:
            row = [share * weight for weight in weights[: len(sources)]]
            known = rows.get(word)
            rows[word] = row if known is None else [one + other for one, other in zip(known, row, strict=True)]
    folded = {word: [0.0] * width for word in rows}
    for word, row in rows.items():
        totals = folded[word]
        for weight, shares in zip(row, sources, strict=False):
            for index, share in shares:
                totals[index] += weight * share
    return folded


def _first_source(
    source: str, words_: Sequence[Span], target: str, first: Span, links: Sequence[tuple[Span, Span]]
) -> Span:
    """The source word for a first target word without attention.

    The word spelled most like it that nothing else is linked with; else the first such word before what the next target
    word is linked with; else that.
    """
    linked = {span for span, _ in links}
    free = [span for span in words_ if span not in linked]
    wanted = target[first.start : first.end].casefold()
    likeness = [SequenceMatcher(None, source[start:end].casefold(), wanted).ratio() for start, end in free]
    if likeness and max(likeness) >= _SIMILAR:
        return free[likeness.index(max(likeness))]
    return next((span for span in free if span < links[0][0]), links[0][0])


def words(text: str) -> list[Span]:
    """Spans of words and of runs of punctuation.

    >>> [("Kreml-Berater, don’t!"[start:end]) for start, end in words("Kreml-Berater, don’t!")]
    ['Kreml', '-', 'Berater', ',', 'don’t', '!']
    """
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def compose(first: Alignment, second: Alignment) -> Alignment:
    """Alignment of two translations in a row: linked where both touch the same stretch of the text between.

    >>> compose(((Span(0, 4), Span(0, 3)),), ((Span(0, 3), Span(5, 9)),))
    ((Span(start=0, end=4), Span(start=5, end=9)),)
    """
    links = []
    for between, target in second:
        touched = [source for source, middle in first if middle.start < between.end and between.start < middle.end]
        links += [(source, target) for source in touched]
    return tuple(links)


def _letter_places(joined: str, text: str) -> list[Span]:
    """For every letter of *joined* its place in *text*: equal letters exactly, rewritten stretches as a whole."""
    shift = len(joined) - len(joined.removeprefix(" "))
    if joined[shift:] == text:
        return [Span(0, 0)] * shift + [Span(index, index + 1) for index in range(len(text))]
    places: list[Span] = []
    for kind, start, end, low, high in SequenceMatcher(None, joined, text, autojunk=False).get_opcodes():
        if kind == "equal":
            places += [Span(index, index + 1) for index in range(low, high)]
        else:
            places += [Span(low, high)] * (end - start)
    return places


def _shares(pieces: Sequence[Span], units: Sequence[Span]) -> list[Shares]:
    """For each piece the words it lies in (*units*, in order and apart), and which share of it lies in each.

    >>> _shares([Span(0, 4), Span(4, 6)], [Span(0, 2), Span(3, 6)])
    [((0, 0.6666666666666666), (1, 0.3333333333333333)), ((1, 1.0),)]
    """
    ends = [unit.end for unit in units]
    found: list[Shares] = []
    for start, end in pieces:
        touched = range(bisect_right(ends, start), len(units))
        lengths = [
            (index, min(end, units[index].end) - max(start, units[index].start))
            for index in takewhile(lambda index: units[index].start < end, touched)  # noqa: B023 - used up at once
        ]
        total = sum(length for _, length in lengths)
        found.append(tuple((index, length / total) for index, length in lengths))
    return found
