"""A run's state on disk, and the three places a run can start from: nothing, a checkpoint, a released package."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import torch
from torch import Tensor

from toolkit.errors import InputError
from training.config import ModelConfig
from training.files import write_atomically
from training.released import is_package, read_package

Which = Literal["average", "live"]
"""The moving average of weights (release this when the rate did not fall to zero), or the weights as they are."""


@dataclass(slots=True)
class Progress:
    """How far a run has come, over all its calls."""

    steps: int = 0
    seconds: float = 0.0
    tokens: int = 0  # of targets, </s> included


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Weights under the model's names, in fp32; ``optimizer`` is empty where a run is to start afresh from them."""

    config: ModelConfig
    live: dict[str, Tensor]
    average: dict[str, Tensor]
    optimizer: Mapping[str, Any] = field(default_factory=dict)
    progress: Progress = field(default_factory=Progress)

    def weights(self, which: Which) -> dict[str, Tensor]:
        """Return one of the two sets of weights."""
        return self.average if which == "average" else self.live

    def save(self, path: Path) -> None:
        """Write the checkpoint; a run that is killed meanwhile keeps the one before."""
        content = {
            "config": asdict(self.config),
            "live": self.live,
            "average": self.average,
            "optimizer": dict(self.optimizer),
            "progress": asdict(self.progress),
        }
        write_atomically(path, lambda out: torch.save(content, out))

    @classmethod
    def load(cls, path: Path) -> Checkpoint:
        """Read what `save` wrote. Only tensors and plain values are unpickled, so a stranger's file is safe to open.

        Raises:
            InputError: The file is missing or is no checkpoint.
        """
        try:
            content = torch.load(path, map_location="cpu", weights_only=True)
            return cls(
                ModelConfig(**content["config"]),
                content["live"],
                content["average"],
                content["optimizer"],
                Progress(**content["progress"]),
            )
        except (OSError, RuntimeError, pickle.UnpicklingError, KeyError, TypeError, EOFError) as error:
            raise InputError(
                f"is no checkpoint: {error}", where=str(path), cure="give one that train.py wrote"
            ) from error


def weights_to_start_from(path: Path, which: Which = "average") -> tuple[ModelConfig, dict[str, Tensor]]:
    """Return shape and weights of a package (``.argosmodel`` or its folder) or of a checkpoint.

    Raises:
        InputError: The checkpoint cannot be read.
        PackageError: The package cannot be read, or another recipe made it.
    """
    if is_package(path):
        released = read_package(path)
        return released.config, {name: torch.from_numpy(array) for name, array in released.weights.items()}
    checkpoint = Checkpoint.load(path)
    return checkpoint.config, checkpoint.weights(which)
