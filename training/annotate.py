"""Copies of sentence pairs that tell a term inside the source: ``Herr ⟦ Uschakow → Ushakov ⟧ sagte``.

    python -m training.annotate news.tsv.xz annotated.tsv --lexicon lexicon.tsv.xz names.tsv --names names.tsv

A model trained on such copies takes the translation that a glossary gives (Dinu et al. 2019, "Training Neural Machine
Translation to Apply Terminology Constraints"). Only terms whose translation really stands in the target are marked.
A share of names is replaced on both sides by an arbitrary one: the mark must be obeyed, it cannot be remembered.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.types import Span
from training.command import run
from training.corpus import read_lines
from training.tokens import ANNOTATION, MARKS

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_ENDINGS = ("s", "es", "e", "en", "n", "er", "em", "ern")  # German inflection of nouns and adjectives
_LONGEST_TERM = 3  # words
_MOST_TRANSLATIONS = 12  # a word with more is too vague to be a term
_SIMILAR = 74  # percent; Uschakow/Ushakov 80, Lukaschenko/Lukashenko 95, unrelated names stay below 60
_BASE_FORM_SHARE = 0.6  # how often an inflected target is told in its base form: "Partei → party" for "parties"
_ARBITRARY_SHARE = 0.35  # how often a name is replaced by an arbitrary one
_SAME_NAME_SHARE = 0.3  # how often a name that both languages spell alike is marked
_COUNTS = (1, 1, 1, 2, 2, 3)  # terms in one sentence, drawn evenly

_FUNCTION_WORD_LIST = """
this that these those his her their its our your my the a an and or if when would could should will can may might must
it he she they we you i in on at by for to of with from as is are was were be been has have had do does did not no yes
all some any more most other such only also very so than then there here what which who how why where
der die das und oder nicht ist sind war sich auch mit von für auf ein eine als nach aus bei wie über sein haben werden
kann wird hat dass aber noch nur vor bis durch unter mehr sehr alle diese dieser dieses man wir sie ich es
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORD_LIST.split())

Lexicon = Mapping[str, tuple[str, ...]]
"""Lower-cased source term → its translations."""


@dataclass(frozen=True, slots=True)
class Term:
    """A source term and its translation: ``surface`` as the target sentence has it, ``translation`` as it is told."""

    span: Span
    translation: str
    surface: str


def load_lexicon(rows: Iterable[Sequence[str]]) -> Lexicon:
    """Collect short entries from ``(source, target, …)`` rows.

    >>> load_lexicon([("Haus", "house"), ("gehen", "to walk"), ("Haus", "building")])["haus"]
    ('building', 'house')
    """
    found: dict[str, set[str]] = defaultdict(set)
    for source, target, *_ in rows:
        if _is_term(source) and _is_term(target) and not target.lower().startswith("to "):
            found[source.lower()].add(target)
    return {term: tuple(sorted(all_)) for term, all_ in found.items() if len(all_) <= _MOST_TRANSLATIONS}


def find_terms(source: str, target: str, lexicon: Lexicon, rng: random.Random) -> list[Term]:
    """Return the terms of *source*, left to right, whose translation occurs exactly once in *target*.

    >>> terms = find_terms("Die Häuser brannten.", "The houses burned.", {"häus": ("house",)}, random.Random(1))
    >>> [(term.span, term.surface) for term in terms]
    [(Span(start=4, end=10), 'houses')]
    """
    words, places, terms = _words(source), _places(target), []
    position = 0
    while position < len(words):
        term = _listed(source, words[position:], target, places, lexicon, rng)
        if term is None and position > 0:
            term = _similar_name(source, words[position], target, places, rng)
        if term is not None:
            terms.append(term)
        end = term.span.end if term else words[position].end
        while position < len(words) and words[position].start < end:
            position += 1
    return terms


def annotate(
    source: str, target: str, lexicon: Lexicon, names: Sequence[str], rng: random.Random
) -> tuple[str, str] | None:
    """Mark one to three terms; return both sides (the target changes with an arbitrary name), or ``None`` without any.

    >>> annotate("Herr Uschakow sagte nichts.", "Mr Ushakov said nothing.", {}, [], random.Random(0))
    ('Herr ⟦ Uschakow → Ushakov ⟧ sagte nichts.', 'Mr Ushakov said nothing.')
    """
    if any(mark in source + target for mark in MARKS):
        return None
    terms = find_terms(source, target, lexicon, rng)
    if not terms:
        return None
    chosen = rng.sample(terms, min(len(terms), rng.choice(_COUNTS)))
    for term in sorted(chosen, key=lambda one: one.span, reverse=True):  # from the right, so that spans stay true
        told = term.translation
        if names and _is_name(source, target, term) and rng.random() < _ARBITRARY_SHARE:
            told = rng.choice(names)
            target = target.replace(term.surface, told)
        marked = ANNOTATION.mark(source[slice(*term.span)], told)
        source = source[: term.span.start] + marked + source[term.span.end :]
    return source, target


def _is_term(text: str) -> bool:
    return 2 < len(text) < 40 and len(text.split()) <= _LONGEST_TERM


def _words(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def _places(target: str) -> dict[str, list[Span]]:
    """Where each lower-cased run of one to three words stands in the target."""
    words, places = _words(target), defaultdict(list)
    for first in range(len(words)):
        for last in range(first, min(first + _LONGEST_TERM, len(words))):
            span = Span(words[first].start, words[last].end)
            places[target[slice(*span)].lower()].append(span)
    return places


def _listed(
    source: str, words: list[Span], target: str, places: Mapping[str, list[Span]], lexicon: Lexicon, rng: random.Random
) -> Term | None:
    """Return the longest term of the lexicon that begins at the first word."""
    for count in range(min(_LONGEST_TERM, len(words)), 0, -1):
        span = Span(words[0].start, words[count - 1].end)
        for translation in _translations(source[slice(*span)], count, lexicon):
            for form in _forms(translation):
                if len(found := places.get(form.lower(), [])) == 1:
                    surface = target[slice(*found[0])]
                    told = translation if form != translation and rng.random() < _BASE_FORM_SHARE else surface
                    return Term(span, told, surface)
    return None


def _translations(term: str, words: int, lexicon: Lexicon) -> Iterator[str]:
    key = term.lower()
    if words == 1 and (key in _FUNCTION_WORDS or len(key) < 4):
        return
    if key not in lexicon and words == 1:
        stems = (key.removesuffix(ending) for ending in _ENDINGS if key.endswith(ending) and len(key) - len(ending) > 3)
        key = next((stem for stem in stems if stem in lexicon), key)
    yield from (one for one in lexicon.get(key, ()) if one.lower() not in _FUNCTION_WORDS)


def _forms(word: str) -> Iterator[str]:
    """Yield an English word and its plurals."""
    yield word
    yield f"{word}s"
    if word.endswith("y"):
        yield f"{word[:-1]}ies"
    if word.endswith(("s", "x", "ch", "sh")):
        yield f"{word}es"


def _similar_name(
    source: str, span: Span, target: str, places: Mapping[str, list[Span]], rng: random.Random
) -> Term | None:
    """Return the capitalised word of the target that looks most like the source's: two spellings of one name."""
    from rapidfuzz import fuzz

    word = source[slice(*span)]
    if not word[0].isupper() or len(word) < 4:
        return None
    if word in (target[slice(*one)] for one in places.get(word.lower(), ())):
        return Term(span, word, word) if rng.random() < _SAME_NAME_SHARE else None
    others = (target[slice(*found[0])] for found in places.values() if len(found) == 1 and found[0].start > 0)
    candidates = [other for other in others if other[:1] == word[0] and abs(len(other) - len(word)) <= 3]
    best = max(candidates, key=lambda other: fuzz.ratio(word.lower(), other.lower()), default=None)
    if best is None or fuzz.ratio(word.lower(), best.lower()) < _SIMILAR:
        return None
    return Term(span, best, best)


def _is_name(source: str, target: str, term: Term) -> bool:
    """Whether both sides are capitalised for another reason than beginning a sentence."""
    inside = term.span.start > 0 and not target.startswith(term.surface)
    capital = source[term.span.start].isupper() and term.surface[:1].isupper()
    return inside and capital and target.count(term.surface) == 1


def main() -> None:
    """Annotate a file of pairs."""
    parser = argparse.ArgumentParser(prog="training.annotate", description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--lexicon", nargs="+", type=Path, default=[], help="files of terms: source TAB target")
    parser.add_argument("--names", type=Path, help="file of names whose target side gives the arbitrary ones")
    parser.add_argument("--share", type=float, default=0.3, help="share of the pairs to try")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    lexicon = load_lexicon(row for path in arguments.lexicon for row in _rows(path))
    names = sorted({row[1] for row in _rows(arguments.names) if _usable_name(row[1])}) if arguments.names else []
    made = 0
    with arguments.out.open("w", encoding="utf-8") as out:
        for source, target, *_ in _rows(arguments.pairs):
            if rng.random() < arguments.share and (both := annotate(source, target, lexicon, names, rng)):
                out.write("\t".join(both) + "\n")
                made += 1
    print(f"{arguments.out}: {made} pairs with annotations")


def _rows(path: Path) -> Iterator[list[str]]:
    return (row for row in (line.split("\t") for line in read_lines(path)) if len(row) >= 2)


def _usable_name(name: str) -> bool:
    return name.isalpha() and name[:1].isupper() and 3 < len(name) < 13


if __name__ == "__main__":
    run(main)
