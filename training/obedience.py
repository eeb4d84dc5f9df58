"""How often a package takes the translation it is told: the same sentences without and with annotations.

    python -m training.obedience translate-de_en-0_2.argosmodel deen.de deen.term.proper

The second file has a JSON list for each sentence, ``[{"de": "Waffenruhe", "en": "ceasefire"}, …]``, as in WMT 2023's
shared task on terminology. A term counts as taken when its translation stands in the output, whatever its case.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import InputError
from training.command import run
from training.config import DecodingConfig, add_options, from_options
from training.corpus import read_lines
from training.decoder import Decoder
from training.tokens import ANNOTATION

Terms = Sequence[tuple[str, str]]
"""(source term, translation), in the order in which they stand in the sentence."""


@dataclass(frozen=True, slots=True)
class Obedience:
    """Terms whose translation stood in the output, of all terms."""

    terms: int
    without: int
    annotated: int


def mark(source: str, terms: Terms) -> str:
    """Annotate the first place of each term, from left to right; terms that are not there are left out.

    >>> mark("Der Rat und der Rat", [("Rat", "Council"), ("Rat", "advice"), ("Bus", "bus")])
    'Der ⟦ Rat → Council ⟧ und der ⟦ Rat → advice ⟧'
    """
    done, rest = "", source
    for term, translation in terms:
        before, found, after = rest.partition(term)
        if found:
            done, rest = f"{done}{before}{ANNOTATION.mark(term, translation)}", after
    return done + rest


def measure(decoder: Decoder, sources: Sequence[str], terms: Sequence[Terms], decoding: DecodingConfig) -> Obedience:
    """Translate every sentence twice and count."""
    plain = decoder.translate(sources, decoding)
    told = decoder.translate([mark(*both) for both in zip(sources, terms, strict=True)], decoding)
    return Obedience(sum(map(len, terms)), _taken(plain, terms), _taken(told, terms))


def _taken(outputs: Sequence[str], terms: Sequence[Terms]) -> int:
    pairs = zip(outputs, terms, strict=True)
    return sum(translation.casefold() in output.casefold() for output, wanted in pairs for _, translation in wanted)


def read_terms(path: Path, source: str, target: str) -> Iterator[Terms]:
    """Yield the terms of each sentence.

    Raises:
        InputError: A line is no list of terms in these languages.
    """
    for number, line in enumerate(read_lines(path), 1):
        try:
            yield [(term[source], term[target]) for term in json.loads(line)]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"no list of terms: {error!r}", where=f"{path}:{number}") from error


def main() -> None:
    """Measure a package."""
    parser = argparse.ArgumentParser(prog="training.obedience", description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("sources", type=Path, help="sentences, one a line")
    parser.add_argument("terms", type=Path, help="a JSON list of terms for each sentence")
    parser.add_argument("--from", dest="source", default="de")
    parser.add_argument("--to", dest="target", default="en")
    parser.add_argument("--lines", type=int, default=0, help="only the first so many lines")
    add_options(parser, DecodingConfig)
    arguments = parser.parse_args()
    sources = list(read_lines(arguments.sources))[: arguments.lines or None]
    terms = list(read_terms(arguments.terms, arguments.source, arguments.target))[: arguments.lines or None]
    if len(sources) != len(terms):
        raise InputError(f"{len(sources)} sentences, {len(terms)} lists of terms", where=str(arguments.terms))
    found = measure(Decoder(arguments.package), sources, terms, from_options(DecodingConfig, arguments))
    print(f"{found.terms} terms: {found.without} taken without, {found.annotated} with annotation")


if __name__ == "__main__":
    run(main)
