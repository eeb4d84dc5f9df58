"""A package as a plain function from sentences to sentences: the fastest way through CTranslate2, for whole corpora.

The toolkit's engine serves articles (alignment, candidates, prefixes); scoring and back-translation only need text,
from as many sentences at a time as fit, and back-translation may run on a GPU.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from toolkit.models.archive import read
from training.config import DecodingConfig
from training.vocabulary import processor

GREEDY = DecodingConfig(beam_size=1)
_BATCH_TOKENS = 2048  # source tokens decoded at a time by each worker; larger ones wait for their longest sentence


class Decoder:
    """Translates with one package."""

    def __init__(self, path: Path, *, device: str = "cpu", workers: int = 0) -> None:
        import ctranslate2

        files = read(path).open()
        model: dict[str, Any] = (
            {"model_path": str(files.model)}
            if isinstance(files.model, Path)
            else {"model_path": path.name, "files": dict(files.model)}
        )
        self._pieces = processor(files.sentencepiece)
        self._translator = ctranslate2.Translator(
            **model,
            device=device,
            compute_type="int8",
            inter_threads=workers or os.cpu_count() or 1,  # one sentence a core beats several cores a sentence
            intra_threads=1,
        )

    def translate(self, sources: Sequence[str], decoding: DecodingConfig, *, sample: int = 0) -> list[str]:
        """Translate sentences. ``sample`` above 0 draws each piece from the best *sample* ones (needs beam size 1)."""
        results = self._translator.translate_batch(
            self._pieces.encode(list(sources), out_type=str),
            max_batch_size=_BATCH_TOKENS,
            batch_type="tokens",
            replace_unknowns=True,
            sampling_topk=sample or 1,
            **asdict(decoding),
        )
        return [str(self._pieces.decode(result.hypotheses[0])) for result in results]
