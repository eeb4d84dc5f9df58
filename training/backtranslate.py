"""English text → German made by a package → pairs whose English is real.

    python -m training.backtranslate translate-en_de-0_1.argosmodel mono.en.xz back.tsv --seconds 3600

Real text on the target side teaches fluency (Sennrich et al. 2016). Greedy decoding in int8 is fast enough for a CPU.
The made sources get a tag, so that the model does not learn their faults as German (Caswell et al. 2019). Each call
appends; lines already there are skipped, so that an interrupted run goes on.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.command import run
from training.corpus import SentencePair, fault, read_lines
from training.decoder import GREEDY, Decoder
from training.tokens import SYNTHETIC_TAG

_WORDS = range(3, 61)  # of a line worth translating: shorter ones teach nothing, longer ones are paragraphs
_STRETCH = 2.2  # times longer in words than the other side: looped or cut off
_CHUNK = 2000


def eligible(lines: Iterable[str], seed: int = 0) -> list[str]:
    """Return the distinct lines of useful length in random, repeatable order."""
    kept = sorted({line.strip() for line in lines if len(line.split()) in _WORDS and "\t" not in line})
    random.Random(seed).shuffle(kept)
    return kept


def usable(source: str, target: str) -> bool:
    """Whether a made source may stand for *target*.

    >>> usable("Das Haus ist alt.", "The house is old."), usable("Das das das das das das das das", "Yes.")
    (True, False)
    """
    made, real = len(source.split()), len(target.split())
    return (
        made >= 2
        and made <= _STRETCH * real + 3
        and real <= _STRETCH * made + 3
        and not fault(SentencePair(source, target))
    )


def backtranslate(decoder: Decoder, lines: list[str], *, sample: int = 0) -> Iterator[tuple[str, str]]:
    """Yield (tagged source, line) for the lines whose translation is usable."""
    for made, real in zip(decoder.translate(lines, GREEDY, sample=sample), lines, strict=True):
        if usable(made, real):
            yield SYNTHETIC_TAG + made.replace("\t", " "), real


def main() -> None:
    """Back-translate a file."""
    parser = argparse.ArgumentParser(prog="training.backtranslate", description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path, help="a package of the reverse direction")
    parser.add_argument("lines", type=Path, help="text of the target language, a sentence a line")
    parser.add_argument("out", type=Path, help="pairs: made source TAB line TAB tag")
    parser.add_argument("--seconds", type=float, default=3600.0, help="stop after this time")
    parser.add_argument("--sample", type=int, default=0, help="draw from the best so many pieces; 0 takes the best")
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    done = {line.split("\t")[1] for line in read_lines(arguments.out)} if arguments.out.exists() else set()
    waiting = [line for line in eligible(read_lines(arguments.lines)) if line not in done]
    decoder, began, made = Decoder(arguments.package, device=arguments.device), time.monotonic(), 0
    with arguments.out.open("a", encoding="utf-8") as out:
        for start in range(0, len(waiting), _CHUNK):
            if time.monotonic() - began > arguments.seconds:
                break
            pairs = list(backtranslate(decoder, waiting[start : start + _CHUNK], sample=arguments.sample))
            out.writelines(f"{source}\t{target}\tback-translated\n" for source, target in pairs)
            out.flush()
            made += len(pairs)
    print(f"{arguments.out}: {made} pairs more, {made / (time.monotonic() - began):.0f} a second")


if __name__ == "__main__":
    run(main)
