"""The network: a pre-norm Transformer (Vaswani et al. 2017; Xiong et al. 2020) without biases or dropout.

Shapes: ``b`` sentences, ``s`` source tokens, ``t`` target tokens, ``d`` width, ``h`` heads, ``e = d / h``.

One embedding serves source, target and output. No biases: their gradients are column sums, which bf16 CPUs do slowly,
and the norms shift anyway. No dropout: the model is small for its data. No decoding here: CTranslate2 does that.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.config import ModelConfig

_MASKED = -1e4  # added to scores of later tokens; large enough for softmax, small enough for bf16 sums
_RESIDUAL_SCALE = 0.3  # of the last matrix of each branch at the start: layers begin near the identity


class Attention(nn.Module):
    """Multi-head attention with its norm; over itself, or over the encoder's output when *cross*."""

    def __init__(self, width: int, heads: int, *, cross: bool = False) -> None:
        super().__init__()
        self.heads, self.cross = heads, cross
        self.norm = nn.LayerNorm(width)
        if cross:
            self.query = nn.Linear(width, width, bias=False)
            self.key_value = nn.Linear(width, 2 * width, bias=False)
        else:
            self.query_key_value = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x: Tensor, memory: Tensor | None = None, mask: Tensor | None = None) -> Tensor:
        """Return the change to *x* (b, t, d). *memory* is (b, s, d); *mask* (t, t) is added to the scores."""
        y = self.norm(x)
        if memory is not None:
            query, (key, value) = self.query(y), self.key_value(memory).chunk(2, -1)
        else:
            query, key, value = self.query_key_value(y).chunk(3, -1)
        mixed = attend(self._split(query), self._split(key), self._split(value), mask)  # (b, h, t, e)
        return self.out(mixed.transpose(1, 2).flatten(2))

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)  # (b, t, d) → (b, h, t, e)


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    """Scaled dot-product attention of (b, h, t, e) over (b, h, s, e).

    Written out on the CPU, where PyTorch's own bf16 kernel takes four times as long.
    """
    if query.is_cuda:
        return F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)  # (b, h, t, s)
    if mask is not None:
        scores = scores + mask
    return scores.softmax(-1) @ value


class FeedForward(nn.Module):
    """Two layers with a rectifier between them, and their norm."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Return the change to *x* (b, t, d)."""
        return self.down(F.relu(self.up(self.norm(x))))


class EncoderLayer(nn.Module):
    """Self-attention, feed-forward."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.attention = Attention(config.width, config.heads)
        self.feed_forward = FeedForward(config.width, config.hidden)

    def forward(self, x: Tensor) -> Tensor:
        """(b, s, d) → (b, s, d)."""
        x = x + self.attention(x)
        return x + self.feed_forward(x)


class DecoderLayer(nn.Module):
    """Causal self-attention, attention over the source, feed-forward."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.attention = Attention(config.width, config.heads)
        self.cross_attention = Attention(config.width, config.heads, cross=True)
        self.feed_forward = FeedForward(config.width, config.hidden)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """(b, t, d), (b, s, d) → (b, t, d)."""
        x = x + self.attention(x, mask=mask)
        x = x + self.cross_attention(x, memory)
        return x + self.feed_forward(x)


class Translator(nn.Module):
    """Source and target tokens in, one vector for each target token out; the embedding turns it into logits."""

    positions: Tensor
    mask: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocabulary, config.width)
        self.encoder = nn.ModuleList(EncoderLayer(config) for _ in range(config.encoder_layers))
        self.encoder_norm = nn.LayerNorm(config.width)
        self.decoder = nn.ModuleList(DecoderLayer(config) for _ in range(config.decoder_layers))
        self.decoder_norm = nn.LayerNorm(config.width)
        self.register_buffer("positions", sinusoids(config.max_length, config.width), persistent=False)
        causal = torch.full((config.max_length, config.max_length), _MASKED).triu(1)
        self.register_buffer("mask", causal, persistent=False)
        self._initialise()

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """(b, s), (b, t) token numbers → (b, t, d), ready for the output layer."""
        memory = self._embed(source)
        for layer in self.encoder:
            memory = layer(memory)
        memory = self.encoder_norm(memory)
        x, mask = self._embed(target), self.mask[: target.shape[1], : target.shape[1]]
        for layer in self.decoder:
            x = layer(x, memory, mask)
        return self.decoder_norm(x)

    def _embed(self, tokens: Tensor) -> Tensor:
        return self.embedding(tokens) * math.sqrt(self.config.width) + self.positions[: tokens.shape[1]]

    def _initialise(self) -> None:
        nn.init.normal_(self.embedding.weight, std=self.config.width**-0.5)
        for name, weight in self.named_parameters():
            if weight.dim() == 2 and weight is not self.embedding.weight:
                nn.init.xavier_uniform_(weight)
                if name.endswith(("out.weight", "down.weight")):
                    weight.data.mul_(_RESIDUAL_SCALE)


def sinusoids(length: int, width: int) -> Tensor:
    """Return position encodings (length, width): sines in even columns, cosines in odd ones."""
    position = torch.arange(length)[:, None].float()
    rate = torch.exp(torch.arange(0, width, 2).float() * -(math.log(10_000.0) / width))
    table = torch.zeros(length, width)
    table[:, 0::2], table[:, 1::2] = torch.sin(position * rate), torch.cos(position * rate)
    return table
