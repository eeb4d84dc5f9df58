"""A synthetic package of the size of official ones: 6+6 layers, width 512, 2,048 inside, 8 heads, 32,000 pieces, int8.

Its weights are random, so every multiplication costs what it costs in a real one; only the last decoder layer is made:
it looks at the source piece in the place it has come to (places have codes in 64 dimensions of their own) and writes
another piece for it, so outputs are as long as inputs and end where those end, in a greedy search as in a wide one.
Pieces that hold no letter stand for themselves, so numbers stay.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import TransformerSpec
from sentencepiece import SentencePieceProcessor

from toolkit.models import PackageStore
from toolkit.models.package import Package
from toolkit.models.packing import pack

WIDTH, INNER, HEADS, LAYERS, VOCABULARY = 512, 2048, 8, 6, 32_000
CODE = WIDTH // HEADS
"""Dimensions in which a place is written: those of one head."""
NOISE = 0.01
"""Deviation of the random weights: small enough that 12 layers of them do not drown a piece's own vector."""
SHARPNESS, LOUDNESS = 2.0, 8.0
"""How strongly a place attends to its own code only, and how far the piece found there outweighs the one before."""
POSITIONS = 512


def build(folder: Path, seed: int = 1) -> Package:
    """Write the package into *folder*, cut into pieces as the built-in package does, and read it back."""
    pieces = PackageStore().builtin()[0].open().sentencepiece
    processor = SentencePieceProcessor(model_proto=pieces)
    vocabulary = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    vocabulary += [f"<filler{number}>" for number in range(VOCABULARY - len(vocabulary))]
    spec = _spec(vocabulary, np.random.default_rng(seed))
    with tempfile.TemporaryDirectory() as name:
        place = Path(name, "translate-de_en-1_0")
        (place / "model").mkdir(parents=True)
        spec.save(str(place / "model"))
        (place / "sentencepiece.model").write_bytes(pieces)
        about = {"package_version": "1.0", "from_code": "de", "from_name": "German", "to_code": "en"}
        (place / "metadata.json").write_text(json.dumps({**about, "to_name": "English"}))
        return pack(place, folder)


def _spec(vocabulary: list[str], random: np.random.Generator) -> TransformerSpec:
    spec = TransformerSpec.from_config((LAYERS, LAYERS), num_heads=HEADS)
    vectors = random.normal(size=(len(vocabulary), WIDTH)).astype(np.float32)
    vectors[:, -CODE:] = 0.0
    codes = np.zeros((POSITIONS, WIDTH), np.float32)
    codes[:, -CODE:] = random.choice([-2.0, 2.0], size=(POSITIONS, CODE))
    for side in (spec.encoder, spec.decoder):
        table = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        table.weight = vectors / np.float32(WIDTH**0.5)  # the engine multiplies by that root
        side.position_encodings.encodings = codes
        _norm(side.layer_norm)
        for layer in side.layer:
            _random_layer(layer, random)
    _copying(spec.decoder.layer[-1].attention)
    spec.decoder.projection.weight = vectors[_other_pieces(vocabulary, random)]
    spec.decoder.projection.bias = np.zeros(len(vocabulary), np.float32)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = True
    spec.config.unk_token, spec.config.bos_token, spec.config.eos_token = "<unk>", "<s>", "</s>"
    spec.config.decoder_start_token = "<s>"
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def _other_pieces(vocabulary: list[str], random: np.random.Generator) -> np.ndarray[Any, np.dtype[np.int64]]:
    """For each output piece the input piece that it answers; pieces of letters change places with one another."""
    lettered = [n for n, piece in enumerate(vocabulary) if piece.strip("▁").isalpha()]
    answers = np.arange(len(vocabulary))
    for group in (
        [n for n in lettered if vocabulary[n].startswith("▁")],
        [n for n in lettered if not vocabulary[n].startswith("▁")],
    ):
        answers[group] = random.permutation(group)
    return answers


def _random_layer(layer: Any, random: np.random.Generator) -> None:
    _attention(layer.self_attention, random, 3 * WIDTH, WIDTH)
    if hasattr(layer, "attention"):
        _attention(layer.attention, random, WIDTH, 2 * WIDTH, WIDTH)
    _norm(layer.ffn.layer_norm)
    _linear(layer.ffn.linear_0, random, INNER, WIDTH)
    _linear(layer.ffn.linear_1, random, WIDTH, INNER)


def _attention(attention: Any, random: np.random.Generator, *outs: int) -> None:
    _norm(attention.layer_norm)
    for part, out in zip(attention.linear, outs, strict=True):
        _linear(part, random, out, WIDTH)


def _linear(layer: Any, random: np.random.Generator, out: int, into: int) -> None:
    layer.weight = random.normal(scale=NOISE, size=(out, into)).astype(np.float32)
    layer.bias = np.zeros(out, np.float32)


def _norm(layer: Any) -> None:
    layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)


def _copying(attention: Any) -> None:
    """Every head compares the codes of places; the values are the pieces' own dimensions, a part for each head."""
    compare = np.zeros((WIDTH, WIDTH), np.float32)
    for head in range(HEADS):
        compare[head * CODE : (head + 1) * CODE, -CODE:] = np.eye(CODE) * SHARPNESS
    carry = np.eye(WIDTH, dtype=np.float32)
    attention.linear[0].weight = compare
    attention.linear[1].weight = np.concatenate([compare, carry])
    attention.linear[2].weight = carry * np.float32(LOUDNESS)
