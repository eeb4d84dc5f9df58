"""Output layer, softmax and label-smoothed cross entropy in one: the logits are never kept in fp32.

Two ways that give the same numbers (a test holds them together): a C kernel for bf16 on the CPU, compiled at first use
where there is a C compiler, and plain PyTorch for everything else.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

_KERNEL = Path(__file__).with_name("kernels") / "cross_entropy.c"
_COMPILERS = ("gcc", "cc", "clang")
_FLAGS = ("-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC")


def smoothed_cross_entropy(hidden: Tensor, weight: Tensor, target: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
    """Return the loss to minimise and the plain negative log-likelihood, both means over tokens.

    Args:
        hidden: The decoder's output for real tokens, (tokens, width).
        weight: The output matrix, (pieces, width).
        target: The right pieces, (tokens,).
        smoothing: Share of the target's probability that is spread evenly over all pieces.
    """
    kernel = compiled_kernel() if hidden.dtype == torch.bfloat16 and hidden.device.type == "cpu" else None
    return _CrossEntropy.apply(hidden, weight, target, smoothing, kernel)


class _CrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(
        context: Any, hidden: Tensor, weight: Tensor, target: Tensor, smoothing: float, kernel: Any
    ) -> tuple[Tensor, Tensor]:
        logits = hidden @ weight.t()  # (tokens, pieces), 260 MB for 8,000 tokens: from here on overwritten in place
        loss, smooth = _in_c(kernel, logits, target, smoothing) if kernel else _in_torch(logits, target, smoothing)
        context.save_for_backward(hidden, weight, logits)
        return ((1 - smoothing) * loss + smoothing * smooth).mean(), loss.mean()

    @staticmethod
    def backward(context: Any, *_: Tensor) -> tuple[Tensor, Tensor, None, None, None]:
        hidden, weight, gradient = context.saved_tensors  # the gradient assumes that the loss is what is minimised
        return gradient @ weight, gradient.t() @ hidden, None, None, None


def _in_c(kernel: Any, logits: Tensor, target: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
    rows, pieces = logits.shape
    loss, smooth = torch.empty(rows), torch.empty(rows)
    kernel(
        logits.data_ptr(), target.contiguous().data_ptr(), rows, pieces, smoothing, loss.data_ptr(), smooth.data_ptr()
    )
    return loss, smooth


def _in_torch(logits: Tensor, target: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
    rows, pieces = logits.shape
    log_probability = logits.float().log_softmax(-1)
    loss = -log_probability.gather(1, target[:, None])[:, 0]
    smooth = -log_probability.mean(-1)
    gradient = log_probability.exp_().sub_(smoothing / pieces)
    gradient[torch.arange(rows, device=target.device), target] -= 1 - smoothing
    logits.copy_(gradient.div_(rows))
    return loss, smooth


@lru_cache(maxsize=1)
def compiled_kernel() -> Any | None:
    """Compile the kernel for this very CPU and return its function; ``None`` where there is no C compiler.

    Compiled anew by each process (a second): a kept library could be met by another CPU.
    """
    compiler = next((found for name in _COMPILERS if (found := shutil.which(name))), None)
    if compiler is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "cross_entropy.so"
        built = subprocess.run([compiler, *_FLAGS, str(_KERNEL), "-o", str(library), "-lm"], capture_output=True)
        if built.returncode:
            return None  # a compiler without OpenMP, say: PyTorch does it, with the same numbers
        function = ctypes.CDLL(str(library)).cross_entropy
    pointer, size = ctypes.c_void_p, ctypes.c_int64
    function.argtypes = [pointer, pointer, size, size, ctypes.c_float, pointer, pointer]
    function.restype = None
    return function
