"""Corpus files → token arrays to train on.

    python -m training.prepare CORPUS --vocabulary deen.model --out mix.npz --tests wmt16.de wmt16.en wmt19.de wmt19.en
    python -m training.prepare CORPUS --vocabulary ende.model --out back.npz --tests … --from en --to de --reverse
    python -m training.prepare FOLDER --vocabulary deen.model --out wmt16.npz --recipe wmt16.toml --views 1

Reads the recipe's files, drops what the filters and the test sets rule out, turns weights into copies, segments the
copies of one source each time in another way (subword regularisation, Kudo 2018), and writes one file of arrays.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from training.batches import TokenPairs, describe, pack
from training.command import run
from training.config import PackConfig, add_options, from_options
from training.corpus import SentencePair, TestSets, clean, load_recipe, read
from training.vocabulary import processor, rewrite

_JOB_VIEWS = 10_000  # views segmented by one process at a time


@dataclass(frozen=True, slots=True)
class View:
    """One copy of a pair. ``sampled``: its source is segmented at random, not in the best way."""

    source: str
    target: str
    weight: float
    sampled: bool


def views(pairs: Iterable[SentencePair], config: PackConfig, rng: random.Random) -> Iterator[View]:
    """Turn weights into copies: their weights add up to the pair's (on average, for those below 1).

    A pair of weight 3 becomes three views, the first with the best segmentation. A pair below 1 becomes one view or
    none: memory is spent on what an epoch will really see.

    >>> for view in views([SentencePair("a", "b", 2.0)], PackConfig(), random.Random(0)):
    ...     print(view.weight, view.sampled)
    1.0 False
    1.0 True
    """
    for pair in pairs:
        if pair.weight >= 1:
            copies = min(round(pair.weight), config.views)
            for number in range(copies):
                yield View(pair.source, pair.target, pair.weight / copies, sampled=number > 0)
            continue
        chance = min(1.0, pair.weight * config.rare_share)
        if rng.random() < chance:
            sampled = rng.random() < config.sampled_share
            yield View(pair.source, pair.target, pair.weight / chance, sampled)


def segment(items: Sequence[View], model: bytes, languages: tuple[str, str], config: PackConfig) -> TokenPairs:
    """Segment views with *config.processes* processes and lay them end to end.

    Args:
        items: The views.
        model: A SentencePiece model; its rules are rewritten for each side.
        languages: Of the source and of the target.
        config: Lengths, smoothing and seed.
    """
    jobs = [
        (items[start : start + _JOB_VIEWS], model, languages, config.smoothing, config.seed + start)
        for start in range(0, len(items), _JOB_VIEWS)
    ]
    if config.processes > 1 and len(jobs) > 1:
        with ProcessPoolExecutor(config.processes) as pool:
            parts = list(pool.map(_segment_job, jobs))
    else:
        parts = [_segment_job(job) for job in jobs]
    sources = [tokens for part in parts for tokens in part[0]]
    targets = [tokens for part in parts for tokens in part[1]]
    return pack(sources, targets, [view.weight for view in items], config.max_tokens)


_Job = tuple[Sequence[View], bytes, tuple[str, str], float, int]


def _segment_job(job: _Job) -> tuple[list[list[int]], list[list[int]]]:
    items, model, (source, target), smoothing, seed = job
    import sentencepiece

    sentencepiece.set_random_generator_seed(seed)
    encoder = _processor(model, source, target)
    sources = [
        encoder.encode(view.source, enable_sampling=True, alpha=smoothing, nbest_size=-1)
        if view.sampled
        else encoder.encode(view.source)
        for view in items
    ]
    return sources, _processor(model, target, target).encode([view.target for view in items])


@lru_cache(maxsize=4)
def _processor(model: bytes, source: str, target: str) -> Any:
    return processor(rewrite(model, source, target))


def main() -> None:
    """Prepare a pack."""
    parser = argparse.ArgumentParser(prog="training.prepare", description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, help="folder of the recipe's files")
    parser.add_argument("--recipe", type=Path, default=Path(__file__).with_name("recipe.toml"))
    parser.add_argument("--vocabulary", type=Path, required=True, help="SentencePiece model")
    parser.add_argument("--tests", nargs="*", type=Path, default=[], help="test sets, one sentence a line, either side")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--from", dest="source", default="de", help="language of the source")
    parser.add_argument("--to", dest="target", default="en", help="language of the target")
    parser.add_argument("--reverse", action="store_true", help="swap the sides of the files")
    add_options(parser, PackConfig)
    arguments = parser.parse_args()
    config = from_options(PackConfig, arguments)
    dropped: Counter[str] = Counter()
    pairs = read(arguments.corpus, load_recipe(arguments.recipe), reverse=arguments.reverse)
    kept = clean(pairs, TestSets.from_files(arguments.tests), dropped)
    items = list(views(kept, config, random.Random(config.seed)))
    packed = segment(items, arguments.vocabulary.read_bytes(), (arguments.source, arguments.target), config)
    packed.save(arguments.out)
    print(f"{arguments.out}: {describe(packed)}; dropped: {dict(dropped)}")


if __name__ == "__main__":
    run(main)
