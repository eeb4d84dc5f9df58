"""Muon for matrices, Adam for the rest, over fp32 masters of (usually bf16) working weights.

Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/) makes each momentum matrix orthogonal before it
is applied; at this size it needs about half of Adam's tokens. Its Newton–Schulz products are bf16 matrix products,
cheap on whatever trains this model at all. Matrices of one shape are stacked, so that a step is a few large products; a
fused query-key-value matrix counts as three.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from training.config import OptimizerConfig

_NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)  # quintic that pulls singular values of (0, 1] towards 1 (Jordan et al.)
_NEWTON_SCHULZ_STEPS = 5
_MUON_SCALE = 0.2  # makes an update as large as Adam's typical one (Liu et al. 2025, "Muon is scalable")
_FIRST_MOMENTUM = 0.85
_FUSED = {"query_key_value.weight": 3, "key_value.weight": 2}


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the square pieces of a working matrix (``count`` is 1 where it is not fused)."""

    name: str
    weight: nn.Parameter
    index: int
    count: int

    def of(self, tensor: Tensor) -> Tensor:
        return tensor.chunk(self.count, 0)[self.index]


class Optimizer:
    """Steps the parameters of a model.

    ``masters`` are the fp32 weights: a stack (k, rows, columns) for each shape of matrix, then single tensors. Averages
    of weights are kept in the same form; `named` turns it into the model's own names.
    """

    def __init__(self, model: nn.Module, config: OptimizerConfig) -> None:
        self.config, self.steps = config, 0
        self._stacks, self._singles = _arrange(model)
        matrices = [torch.stack([part.of(part.weight.detach()).float() for part in stack]) for stack in self._stacks]
        singles = [weight.detach().float().clone() for _, weight in self._singles]
        self.masters = matrices + singles
        self._momenta = [torch.zeros_like(matrix) for matrix in matrices]
        self._means = [torch.zeros_like(single) for single in singles]
        self._variances = [torch.zeros_like(single) for single in singles]

    @torch.no_grad()
    def step(self, factor: float) -> None:
        """Apply the gradients at *factor* times the peak rates, and drop them."""
        self.steps += 1
        count = len(self._stacks)
        for stack, master, momentum in zip(self._stacks, self.masters[:count], self._momenta, strict=True):
            self._muon(stack, master, momentum, factor * self.config.muon_rate)
        singles = zip(self._singles, self.masters[count:], self._means, self._variances, strict=True)
        for (_, weight), master, mean, variance in singles:
            self._adam(weight, master, mean, variance, factor * self.config.adam_rate)

    def named(self, tensors: list[Tensor]) -> dict[str, Tensor]:
        """Return tensors in the form of ``masters`` under the model's parameter names."""
        parts: dict[str, dict[int, Tensor]] = defaultdict(dict)
        for stack, matrices in zip(self._stacks, tensors, strict=False):
            for part, matrix in zip(stack, matrices, strict=True):
                parts[part.name][part.index] = matrix
        whole = {name: torch.cat([found[index] for index in sorted(found)]) for name, found in parts.items()}
        singles = zip(self._singles, tensors[len(self._stacks) :], strict=True)
        return whole | {name: tensor.clone() for (name, _), tensor in singles}

    def stacked(self, named: dict[str, Tensor]) -> list[Tensor]:
        """Return named tensors in the form of ``masters``: the inverse of `named`."""
        stacks = [torch.stack([part.of(named[part.name]) for part in stack]) for stack in self._stacks]
        return stacks + [named[name].clone() for name, _ in self._singles]

    def state(self) -> dict[str, Any]:
        """Return what, beside the weights, a run needs to go on as if nothing had happened."""
        return {"steps": self.steps, "momenta": self._momenta, "means": self._means, "variances": self._variances}

    def load_state(self, state: dict[str, Any]) -> None:
        """Take up what `state` returned."""
        self.steps = state["steps"]
        own = (self._momenta, self._means, self._variances)
        for tensors, saved in zip(own, (state["momenta"], state["means"], state["variances"]), strict=True):
            for tensor, value in zip(tensors, saved, strict=True):
                tensor.copy_(value)

    @torch.no_grad()
    def publish(self, tensors: list[Tensor]) -> None:
        """Copy *tensors* (in the form of ``masters``) into the working weights."""
        count = len(self._stacks)
        for stack, matrices in zip(self._stacks, tensors[:count], strict=True):
            for part, matrix in zip(stack, matrices, strict=True):
                part.of(part.weight.data).copy_(matrix)
        for (_, weight), tensor in zip(self._singles, tensors[count:], strict=True):
            weight.data.copy_(tensor)

    def _muon(self, stack: list[_Part], master: Tensor, momentum: Tensor, rate: float) -> None:
        gradient = torch.stack([part.of(_gradient(part.weight)) for part in stack])  # (k, rows, columns)
        beta = self._momentum()
        momentum.lerp_(gradient.float(), 1 - beta)
        update = orthogonalize(gradient.lerp_(momentum.to(gradient.dtype), beta))  # Nesterov's look ahead
        master.mul_(1 - rate * self.config.weight_decay)
        master.add_(update, alpha=-rate * _MUON_SCALE * max(master.shape[1:]) ** 0.5)
        for part, matrix in zip(stack, master, strict=True):
            part.of(part.weight.data).copy_(matrix)
            part.weight.grad = None

    def _adam(self, weight: nn.Parameter, master: Tensor, mean: Tensor, variance: Tensor, rate: float) -> None:
        beta1, beta2 = self.config.beta1, self.config.beta2
        gradient = _gradient(weight).float()
        mean.lerp_(gradient, 1 - beta1)
        variance.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
        spread = (variance / (1 - beta2**self.steps)).sqrt_().add_(1e-9)
        master.addcdiv_(mean, spread, value=-rate / (1 - beta1**self.steps))
        weight.data.copy_(master)
        weight.grad = None

    def _momentum(self) -> float:
        risen = min(1.0, self.steps / self.config.momentum_warmup)
        return _FIRST_MOMENTUM + (self.config.momentum - _FIRST_MOMENTUM) * risen


def orthogonalize(matrices: Tensor) -> Tensor:
    """Return (k, rows, columns) with singular values near 1 (0.7 to 1.2), singular vectors kept."""
    a, b, c = _NEWTON_SCHULZ
    tall = matrices.shape[-2] > matrices.shape[-1]
    x = matrices.mT.contiguous() if tall else matrices
    x = x / (x.float().norm(dim=(-2, -1), keepdim=True) + 1e-7).to(x.dtype)
    for _ in range(_NEWTON_SCHULZ_STEPS):
        square = x @ x.mT
        polynomial = torch.baddbmm(square, square, square, beta=b, alpha=c)
        x = torch.baddbmm(x, polynomial, x, beta=a)
    return x.mT if tall else x


def _gradient(weight: nn.Parameter) -> Tensor:
    if weight.grad is None:
        raise RuntimeError("a parameter took no part in the loss")
    return weight.grad


def _arrange(model: nn.Module) -> tuple[list[list[_Part]], list[tuple[str, nn.Parameter]]]:
    """Sort parameters into stacks of matrices of one shape, and the rest."""
    stacks: dict[tuple[int, int], list[_Part]] = defaultdict(list)
    singles = []
    for name, weight in model.named_parameters():
        if weight.dim() == 2 and not name.startswith("embedding"):
            for part in _parts(name, weight):
                stacks[part.of(weight).shape[0], weight.shape[1]].append(part)
        else:
            singles.append((name, weight))
    return list(stacks.values()), singles


def _parts(name: str, weight: nn.Parameter) -> Iterator[_Part]:
    count = next((count for ending, count in _FUSED.items() if name.endswith(f".{ending}")), 1)
    return (_Part(name, weight, index, count) for index in range(count))
