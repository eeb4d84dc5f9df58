"""The training loop, on one GPU or on CPU cores.

    python -m training.train mix.npz --checkpoint run.pt --seconds 9000                      # from nothing
    python -m training.train mix.npz --checkpoint run.pt --seconds 9000 --start de_en.argosmodel

If the checkpoint exists, the run goes on from it; ``touch run.pt.stop`` saves it and ends it at the next step. Working
weights are bf16 where the machine multiplies them fast, masters fp32; a GPU runs the same program.
"""

from __future__ import annotations

import argparse
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.batches import Batch, Integers, TokenPairs, assemble, describe, epoch
from training.checkpoint import Checkpoint, Progress, weights_to_start_from
from training.command import run
from training.config import ModelConfig, OptimizerConfig, ScheduleConfig, TrainingConfig, add_options, from_options
from training.loss import smoothed_cross_entropy
from training.model import Translator
from training.optimizer import Optimizer

_AHEAD = 8  # batches that are assembled while a step runs
_AVERAGE_START = 100  # steps; before, the average follows more closely, or it would remember the random start
_BF16_FLAGS = ("avx512_bf16", "amx_bf16", "bf16")  # of x86 and ARM in /proc/cpuinfo


def train(
    pairs: TokenPairs,
    start: Checkpoint,
    path: Path,
    training: TrainingConfig,
    rates: OptimizerConfig,
    schedule: ScheduleConfig,
    validation: TokenPairs | None = None,
) -> Checkpoint:
    """Train from *start* until the schedule ends or ``PATH.stop`` appears; save to *path* meanwhile and at the end."""
    learner = Learner(start, training, rates)
    progress, stop = learner.progress, path.with_name(path.name + ".stop")
    began = time.monotonic() - progress.seconds
    saved = validated = progress.seconds
    log = Log(training.log_every)
    for batch in feed(pairs, training, learner.device, progress.steps):
        progress.seconds = time.monotonic() - began
        factor = rate_factor(schedule, progress)
        if factor is None or stop.exists():
            break
        nll = learner.step(batch, factor)
        log.add(nll, len(batch.target_output), progress, factor)
        if progress.seconds - saved > training.save_seconds:
            saved = progress.seconds
            learner.checkpoint().save(path)
        if validation and progress.seconds - validated > training.validate_seconds:
            validated = progress.seconds
            learner.report(validation)
    stop.unlink(missing_ok=True)
    last = learner.checkpoint()
    last.save(path)
    if validation:
        learner.report(validation)
    return last


def rate_factor(schedule: ScheduleConfig, progress: Progress) -> float | None:
    """Return the share of the peak rates at this point of the run; ``None`` when it is over.

    >>> schedule = ScheduleConfig(steps=100, warmup=10, decay=0.5)
    >>> [rate_factor(schedule, Progress(steps=steps)) for steps in (0, 9, 50, 75, 100)]
    [0.1, 1.0, 1.0, 0.5, None]
    """
    by_time = progress.seconds / schedule.seconds if schedule.seconds else 0.0
    by_steps = progress.steps / schedule.steps if schedule.steps else 0.0
    done = max(by_time, by_steps)
    if done >= 1:
        return None
    risen = min(1.0, (progress.steps + 1) / max(1, schedule.warmup))
    return risen * (min(1.0, (1 - done) / schedule.decay) if schedule.decay else 1.0)


@dataclass(frozen=True, slots=True)
class TensorBatch:
    """A `training.batches.Batch` on the device."""

    source: Tensor  # (b, s)
    target_input: Tensor  # (b, t)
    target_output: Tensor  # (real tokens,)
    positions: Tensor  # (real tokens,)

    @classmethod
    def of(cls, batch: Batch, device: torch.device) -> TensorBatch:
        """Copy a batch to *device*, without waiting for it on a GPU."""
        arrays = (batch.source, batch.target_input, batch.target_output, batch.positions)
        tensors = [torch.from_numpy(array) for array in arrays]
        if device.type == "cuda":
            tensors = [tensor.pin_memory().to(device, non_blocking=True) for tensor in tensors]
        return cls(*tensors)


class Learner:
    """Model, optimizer and moving average of one run."""

    def __init__(self, start: Checkpoint, training: TrainingConfig, rates: OptimizerConfig) -> None:
        if training.threads:
            torch.set_num_threads(training.threads)
        self.device = pick_device(training.device)
        self._training, self.progress = training, start.progress
        self.model = Translator(start.config).to(self.device)
        self.model.load_state_dict(start.live)
        self.optimizer = Optimizer(self.model, rates)
        if start.optimizer:
            self.optimizer.load_state(dict(start.optimizer))
        self.average = self.optimizer.stacked({name: w.to(self.device) for name, w in start.average.items()})
        self.model.to(pick_precision(training.precision, self.device))  # the optimizer keeps the fp32 masters

    def step(self, batch: TensorBatch, factor: float) -> Tensor:
        """Learn from one batch; return its negative log-likelihood a token, still on the device."""
        loss, nll = self.loss(batch, self._training.label_smoothing)
        loss.backward()
        self.optimizer.step(factor)
        self.progress.steps += 1
        self.progress.tokens += len(batch.target_output)
        if self.progress.steps % self._training.average_every == 0:
            self._update_average()
        return nll.detach()

    def loss(self, batch: TensorBatch, smoothing: float) -> tuple[Tensor, Tensor]:
        """Return the smoothed loss and the plain negative log-likelihood."""
        hidden = self.model(batch.source, batch.target_input).flatten(0, 1)  # (b · t, d)
        return smoothed_cross_entropy(
            hidden.index_select(0, batch.positions), self.model.embedding.weight, batch.target_output, smoothing
        )

    @torch.no_grad()
    def validate(self, pairs: TokenPairs) -> float:
        """Return the mean negative log-likelihood a token of the averaged weights."""
        self.optimizer.publish(self.average)
        total = tokens = 0.0
        for indices in epoch(pairs, self._training.batch_tokens, np.random.default_rng(0)):
            batch = TensorBatch.of(assemble(pairs, indices), self.device)
            total += float(self.loss(batch, 0.0)[1]) * len(batch.target_output)
            tokens += len(batch.target_output)
        self.optimizer.publish(self.optimizer.masters)
        return total / tokens

    def report(self, pairs: TokenPairs) -> None:
        """Print the validation's negative log-likelihood."""
        print(f"validation after {self.progress.steps} steps: nll {self.validate(pairs):.3f}", flush=True)

    def checkpoint(self) -> Checkpoint:
        """Return the state of the run, on the CPU."""
        live, average = (
            {name: tensor.cpu() for name, tensor in self.optimizer.named(tensors).items()}
            for tensors in (self.optimizer.masters, self.average)
        )
        return Checkpoint(self.model.config, live, average, self.optimizer.state(), self.progress)

    @torch.no_grad()
    def _update_average(self) -> None:
        every, steps = self._training.average_every, self.optimizer.steps
        kept = min(self._training.average, steps / (steps + _AVERAGE_START)) ** every
        torch._foreach_lerp_(self.average, self.optimizer.masters, 1 - kept)


def feed(pairs: TokenPairs, training: TrainingConfig, device: torch.device, seed: int) -> Iterator[TensorBatch]:
    """Yield batches without end, assembled by a thread a few steps ahead."""
    waiting: deque[Future[TensorBatch]] = deque()
    with ThreadPoolExecutor(1) as pool:
        for indices in _endless(pairs, training, seed):
            waiting.append(pool.submit(lambda at: TensorBatch.of(assemble(pairs, at), device), indices))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()


def _endless(pairs: TokenPairs, training: TrainingConfig, seed: int) -> Iterator[Integers]:
    rng = np.random.default_rng((training.seed, seed))  # a run that goes on draws other batches
    while True:
        yield from epoch(pairs, training.batch_tokens, rng)


def pick_device(name: str) -> torch.device:
    """Return the device; ``auto`` is the GPU where there is one."""
    return torch.device(("cuda" if torch.cuda.is_available() else "cpu") if name == "auto" else name)


def pick_precision(name: str, device: torch.device) -> torch.dtype:
    """Return the type of the working weights; ``auto`` is bf16 on a GPU and on CPUs with bf16 products."""
    if name != "auto":
        return torch.bfloat16 if name == "bfloat16" else torch.float32
    cpuinfo = Path("/proc/cpuinfo")
    flags = set(cpuinfo.read_text(encoding="utf-8").split()) if cpuinfo.exists() else set()
    return torch.bfloat16 if device.type == "cuda" or flags & set(_BF16_FLAGS) else torch.float32


class Log:
    """Prints a line every few steps: mean nll and speed since the last one. Waits for a GPU only then."""

    def __init__(self, every: int) -> None:
        self._every, self._nll, self._tokens, self._since = every, torch.zeros(()), 0, time.monotonic()

    def add(self, nll: Tensor, tokens: int, progress: Progress, factor: float) -> None:
        """Count one step."""
        self._nll, self._tokens = self._nll.to(nll.device) + nll * tokens, self._tokens + tokens
        if progress.steps % self._every:
            return
        now = time.monotonic()
        print(
            f"step {progress.steps} {progress.seconds:.0f}s nll {float(self._nll) / self._tokens:.3f} "
            f"rate {factor:.2f} {self._tokens / (now - self._since):.0f} tokens/s {progress.tokens / 1e6:.2f}M seen",
            flush=True,
        )
        self._nll, self._tokens, self._since = torch.zeros(()), 0, now


def begin(path: Path, start: Path | None, model: ModelConfig, seed: int) -> Checkpoint:
    """Return the checkpoint at *path* if there is one, else a new one from *start* (a file), else one from nothing."""
    if path.exists():
        return Checkpoint.load(path)
    torch.manual_seed(seed)
    config, weights = weights_to_start_from(start) if start else (model, Translator(model).state_dict())
    return Checkpoint(config, weights, {name: weight.clone() for name, weight in weights.items()})


def main() -> None:
    """Train."""
    parser = argparse.ArgumentParser(prog="training.train", description=__doc__.splitlines()[0])
    parser.add_argument("pack", type=Path, help="arrays made by training.prepare")
    parser.add_argument("--checkpoint", type=Path, required=True, help="where the run is kept; it goes on from there")
    parser.add_argument("--start", type=Path, help="package or checkpoint whose weights a new run begins with")
    parser.add_argument("--validation", type=Path, help="arrays to measure on")
    configs = (ModelConfig, OptimizerConfig, ScheduleConfig, TrainingConfig)
    for config in configs:
        add_options(parser, config)
    arguments = parser.parse_args()
    pairs, training = TokenPairs.load(arguments.pack), from_options(TrainingConfig, arguments)
    start = begin(arguments.checkpoint, arguments.start, from_options(ModelConfig, arguments), training.seed)
    parameters = sum(weight.numel() for weight in start.live.values()) / 1e6
    print(f"{parameters:.1f}M parameters, {describe(pairs)}, from step {start.progress.steps}", flush=True)
    validation = TokenPairs.load(arguments.validation) if arguments.validation else None
    rates, schedule = from_options(OptimizerConfig, arguments), from_options(ScheduleConfig, arguments)
    train(pairs, start, arguments.checkpoint, training, rates, schedule, validation)


if __name__ == "__main__":
    run(main)
