"""Packages made in a test: of fake files where nothing is decoded, of a random one-layer model where something is."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
from ctranslate2.specs import TransformerSpec

WIDTH = 16
FAKE = {"model/model.bin": b"weights", "model/shared_vocabulary.json": b"[]", "sentencepiece.model": b"pieces"}
OPENING = '"“„”'
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def metadata(source: str = "de", target: str = "en", version: str = "1.0", **more: Any) -> bytes:
    """The bytes of a ``metadata.json``."""
    return json.dumps({"from_code": source, "to_code": target, "package_version": version, **more}).encode()


def archive(path: Path, files: Mapping[str, bytes], top: str = "translate-de_en-1_0") -> Path:
    """Zip *files* under one top folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in files.items():
            packed.writestr(f"{top}/{name}", data)
    return path


def fake_archive(path: Path, source: str = "de", target: str = "en", version: str = "1.0", **more: Any) -> Path:
    """A valid package whose model is none."""
    top = f"translate-{source}_{target}-{version.replace('.', '_')}"
    return archive(path, {"metadata.json": metadata(source, target, version, **more), **FAKE}, top)


def decodable_archive(path: Path, source: str, target: str, *, quotes: bool = False, **more: Any) -> Path:
    """A valid package with a random model: it writes nonsense, the same every time."""
    top = f"translate-{source}_{target}-1_0"
    return archive(path, {"metadata.json": metadata(source, target, **more), **random_model(quotes)}, top)


@cache
def random_model(quotes: bool = False, seed: int = 1) -> dict[str, bytes]:
    """Files of a one-layer model; with *quotes* its pieces put a space behind opening quotation marks, and back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pieces = _train_pieces(folder, quotes)
        processor = sentencepiece.SentencePieceProcessor(model_proto=pieces)
        vocabulary = [processor.id_to_piece(index) for index in range(processor.get_piece_size())]
        spec = _random_spec(len(vocabulary), np.random.default_rng(seed))
        spec.register_source_vocabulary(vocabulary)
        spec.register_target_vocabulary(vocabulary)
        spec.config.add_source_eos = True
        spec.config.unk_token, spec.config.bos_token, spec.config.eos_token = "<unk>", "<s>", "</s>"
        spec.validate()
        spec.optimize()
        (folder / "model").mkdir()
        spec.save(str(folder / "model"))
        model = {f"model/{path.name}": path.read_bytes() for path in sorted((folder / "model").iterdir())}
    return {**model, "sentencepiece.model": pieces}


def _train_pieces(folder: Path, quotes: bool) -> bytes:
    lines = [
        "das ist ein kleiner Satz zum Üben",
        "“ Both sides”, he said",
        "„ Beide Seiten“, sagte er",
        "(a) don't x_y",
    ]
    (folder / "text").write_text("\n".join(lines * 20), "utf-8")
    options: dict[str, Any] = {}
    if quotes:
        rules = {quote + letter: f"„ {letter}" for quote in OPENING for letter in LETTERS}
        rules |= {'"': "“", "”": "“", "„": "„ "}
        _write_rules(folder / "rules", rules)
        _write_rules(folder / "back", {"“ ": "“"})
        options["normalization_rule_tsv"] = str(folder / "rules")
        options["denormalization_rule_tsv"] = str(folder / "back")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "text"),
        model_prefix=str(folder / "pieces"),
        vocab_size=90,
        hard_vocab_limit=False,
        user_defined_symbols=["⟦", "→", "⟧"],
        required_chars=LETTERS + "“”„",
        minloglevel=2,
        **options,
    )
    return (folder / "pieces.model").read_bytes()


def _write_rules(path: Path, rules: Mapping[str, str]) -> None:
    def code(text: str) -> str:
        return " ".join(f"{ord(letter):X}" for letter in text)

    path.write_text("".join(f"{code(old)}\t{code(new)}\n" for old, new in sorted(rules.items())), "utf-8")


def _random_spec(size: int, random: np.random.Generator) -> TransformerSpec:
    spec = TransformerSpec.from_config((1, 1), num_heads=2)

    def linear(layer: Any, out: int, into: int) -> None:
        layer.weight = random.normal(scale=0.4, size=(out, into)).astype(np.float32)
        layer.bias = np.zeros(out, np.float32)

    def norm(layer: Any) -> None:
        layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def attention(layer: Any, *outs: int) -> None:
        norm(layer.layer_norm)
        for part, out in zip(layer.linear, outs, strict=True):
            linear(part, out, WIDTH)

    for side in (spec.encoder, spec.decoder):
        table = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        table.weight = random.normal(size=(size, WIDTH)).astype(np.float32)
        side.position_encodings.encodings = random.normal(scale=0.3, size=(512, WIDTH)).astype(np.float32)
        layer = side.layer[0]
        attention(layer.self_attention, 3 * WIDTH, WIDTH)
        norm(layer.ffn.layer_norm)
        linear(layer.ffn.linear_0, 2 * WIDTH, WIDTH)
        linear(layer.ffn.linear_1, WIDTH, 2 * WIDTH)
        if side.layer_norm is not None:
            norm(side.layer_norm)
    attention(spec.decoder.layer[0].attention, WIDTH, 2 * WIDTH, WIDTH)
    linear(spec.decoder.projection, size, WIDTH)
    return spec
