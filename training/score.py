"""BLEU and chrF of a package, and the search for its decoding options.

    python -m training.score translate-de_en-0_2.argosmodel wmt16 wmt19 --out scores.json     # wmt16.de and wmt16.en
    python -m training.score translate-de_en-0_2.argosmodel wmt16 --lines 800 --sweep

Choose options on the development set (wmt16) only; score each other set once for each release.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.errors import InputError
from training.command import run
from training.config import DecodingConfig, add_options, from_options
from training.corpus import read_lines
from training.decoder import Decoder
from training.files import write_atomically

_SWEEP: dict[str, tuple[Any, ...]] = {
    "beam_size": (1, 2, 4, 6),
    "length_penalty": (0.6, 1.0, 1.4),
    "no_repeat_ngram_size": (0, 3),
}


@dataclass(frozen=True, slots=True)
class Score:
    """What a package reached on one test set, with sacrebleu's signatures."""

    lines: int
    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str
    sentences_per_second: float


def score(decoder: Decoder, sources: Sequence[str], references: Sequence[str], decoding: DecodingConfig) -> Score:
    """Translate *sources* line by line, without splitting lines of several sentences, and compare."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    began = time.monotonic()
    hypotheses = decoder.translate(sources, decoding)
    seconds = time.monotonic() - began
    bleu, chrf = BLEU(), CHRF()
    return Score(
        lines=len(sources),
        bleu=round(bleu.corpus_score(hypotheses, [list(references)]).score, 2),
        chrf=round(chrf.corpus_score(hypotheses, [list(references)]).score, 2),
        bleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
        sentences_per_second=round(len(sources) / seconds, 1),
    )


def load_set(stem: Path, source: str, target: str, lines: int = 0) -> tuple[list[str], list[str]]:
    """Read ``STEM.de`` and ``STEM.en`` (the first *lines* of them, 0 for all).

    Raises:
        InputError: A file is missing, or they differ in length.
    """
    sides = [list(read_lines(stem.with_name(f"{stem.name}.{code}"))) for code in (source, target)]
    if len(sides[0]) != len(sides[1]):
        raise InputError(f"{len(sides[0])} sources, {len(sides[1])} references", where=str(stem))
    return sides[0][: lines or None], sides[1][: lines or None]


def settings(base: DecodingConfig) -> Iterator[DecodingConfig]:
    """Yield *base* with every value of the sweep, one option changed at a time."""
    changes = itertools.chain.from_iterable(({option: value} for value in values) for option, values in _SWEEP.items())
    seen = {base}
    yield base
    for change in changes:
        if (other := replace(base, **change)) not in seen:
            seen.add(other)
            yield other


def main() -> None:
    """Score a package."""
    parser = argparse.ArgumentParser(prog="training.score", description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("sets", nargs="+", type=Path, help="test sets, without the language's suffix")
    parser.add_argument("--from", dest="source", default="de")
    parser.add_argument("--to", dest="target", default="en")
    parser.add_argument("--lines", type=int, default=0, help="only the first so many lines")
    parser.add_argument("--sweep", action="store_true", help="try other decoding options one by one")
    parser.add_argument("--out", type=Path, help="JSON for training.export --scores")
    parser.add_argument("--device", default="cpu")
    add_options(parser, DecodingConfig)
    arguments = parser.parse_args()
    decoder = Decoder(arguments.package, device=arguments.device)
    base, scores = from_options(DecodingConfig, arguments), dict[str, Any]()
    for stem in arguments.sets:
        texts = load_set(stem, arguments.source, arguments.target, arguments.lines)
        for decoding in settings(base) if arguments.sweep else (base,):
            reached = score(decoder, *texts, decoding)
            scores.setdefault(stem.name, asdict(reached))
            print(f"{stem.name} BLEU {reached.bleu} chrF {reached.chrf} {reached.sentences_per_second}/s {decoding}")
    if arguments.out:
        write_atomically(arguments.out, json.dumps(scores, indent=2).encode())


if __name__ == "__main__":
    run(main)
