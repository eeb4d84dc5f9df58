"""Every number of the recipe, with its reason. Each class is also the option list of a program (see `options`).

A field's help text is its comment: ``python -m training.train --help`` prints what stands here.
"""

from __future__ import annotations

import argparse
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any, Literal, TypeVar

T = TypeVar("T")
Precision = Literal["auto", "bfloat16", "float32"]


def option(default: T, text: str) -> T:
    """Make a dataclass field with its comment, which doubles as the option's help."""
    return field(default=default, metadata={"help": text})


@dataclass(frozen=True, slots=True)
class VocabularyConfig:
    """How the joint SentencePiece model is trained."""

    size: int = option(16_000, "pieces; both languages share them, so that names are copied piece by piece")
    coverage: float = option(0.9999, "share of characters with a piece of their own; bytes spell out the rest")
    sentences: int = option(700_000, "sentences of each side sampled for training (more do not change the pieces)")
    threads: int = option(2, "threads of the SentencePiece trainer")


@dataclass(frozen=True, slots=True)
class PackConfig:
    """How weighted pairs become token arrays."""

    max_tokens: int = option(110, "pairs with a longer side are left out; the engine splits such sentences anyway")
    views: int = option(3, "most copies of one pair, each with its own segmentation of the source")
    sampled_share: float = option(0.4, "share of the pairs with a single copy whose source is segmented at random")
    smoothing: float = option(0.3, "SentencePiece's alpha: 0 samples segmentations evenly, large ones only the best")
    rare_share: float = option(3.0, "a pair of weight w < 1 is packed with probability min(1, w times this)")
    processes: int = option(2, "processes that segment")
    seed: int = option(7, "seed of every random choice")


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Shape of the network: 21.5 M parameters, 20 MB in int8."""

    vocabulary: int = option(16_000, "pieces, the special ones included")
    width: int = option(384, "size of a token's vector; 512 where a GPU trains (36 M parameters)")
    heads: int = option(6, "attention heads of 64; width must be a multiple")
    hidden: int = option(1536, "inner size of the feed-forward layers")
    encoder_layers: int = option(6, "layers that read")
    decoder_layers: int = option(2, "layers that write; decoding time is spent here, a step for each token")
    max_length: int = option(512, "longest side in tokens that has a position")


@dataclass(frozen=True, slots=True)
class OptimizerConfig:
    """Muon for the matrices, Adam for embeddings and norms (see `training.optimizer`)."""

    muon_rate: float = option(
        2e-3, "peak rate of the matrices; 5e-3 learns fast from nothing but stands still at nll 3"
    )
    adam_rate: float = option(8e-4, "peak rate of embeddings and norms; 0.4 of Muon's did best")
    momentum: float = option(0.95, "Muon's momentum after its warm-up")
    momentum_warmup: int = option(300, "steps in which Muon's momentum rises from 0.85")
    weight_decay: float = option(0.05, "share of the matrices taken off at each step, times the rate")
    beta1: float = option(0.9, "Adam's decay of the mean")
    beta2: float = option(0.98, "Adam's decay of the variance; short, because rare pieces change")


@dataclass(frozen=True, slots=True)
class ScheduleConfig:
    """The rate over a run: warm-up, constant, linear decay. A run ends by seconds or by steps, whichever is first."""

    seconds: float = option(0.0, "length of the whole run, over all its calls; 0 for no limit")
    steps: int = option(0, "length of the whole run in steps; 0 for no limit")
    warmup: int = option(60, "steps in which the rate rises; 300 from nothing")
    decay: float = option(
        0.8, "last share of the run in which the rate falls to 0; 0 keeps it: then release the average"
    )


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """The loop."""

    batch_tokens: int = option(8000, "target tokens a step, about; 60,000 on a large GPU")
    label_smoothing: float = option(0.1, "share of the target's probability spread over all pieces")
    average: float = option(0.998, "a step's decay of the moving average of weights: 500 steps are remembered")
    average_every: int = option(10, "steps between two updates of the average")
    log_every: int = option(20, "steps between two lines of the log")
    save_seconds: float = option(600.0, "seconds between two checkpoints")
    validate_seconds: float = option(1800.0, "seconds between two measurements on --validation")
    seed: int = option(1, "seed of weights and batches")
    threads: int = option(0, "CPU threads; 0 for torch's choice")
    device: str = option("auto", "auto, cpu or cuda")
    precision: Precision = option("auto", "working weights: bfloat16 where the machine multiplies it, else float32")


@dataclass(frozen=True, slots=True)
class DecodingConfig:
    """How a package decodes by default; recorded in its metadata. Chosen on wmt16 (see `training.score`)."""

    beam_size: int = option(4, "candidates kept; 6 adds 0.2 BLEU and half the time")
    length_penalty: float = option(1.0, "exponent of the length in a hypothesis' score; 0.6 to 1.4 hardly differ")
    repetition_penalty: float = option(1.0, "above 1 makes repeated pieces dearer")
    no_repeat_ngram_size: int = option(0, "forbid a repeated run of so many pieces; 0 allows it")


def add_options(parser: argparse.ArgumentParser, config: type[Any]) -> None:
    """Add one ``--option`` for each field of a config class."""
    group = parser.add_argument_group(config.__name__, (config.__doc__ or "").splitlines()[0])
    for one in fields(config):
        group.add_argument(
            f"--{one.name.replace('_', '-')}",
            type=type(_default(one)),
            default=_default(one),
            help=f"{one.metadata['help']} (default: %(default)s)".replace("% ", "%% "),
        )


def from_options(config: type[T], arguments: argparse.Namespace) -> T:
    """Return a config with the values given on the command line.

    >>> parser = argparse.ArgumentParser()
    >>> add_options(parser, ScheduleConfig)
    >>> from_options(ScheduleConfig, parser.parse_args(["--steps", "100"])).steps
    100
    """
    return config(**{one.name: getattr(arguments, one.name) for one in fields(config)})  # type: ignore[arg-type]


def _default(one: Field[Any]) -> Any:
    if one.default is MISSING:
        raise TypeError(f"{one.name} has no default")
    return one.default
