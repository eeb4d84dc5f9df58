"""The engine: CTranslate2 decodes, SentencePiece cuts and joins; nothing of Argos Translate is needed.

The same sentence gives the same hypotheses, scores and alignment in every call, whatever is decoded with it and however
many threads there are (see `toolkit.engines.batching`); another processor type may round differently.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from toolkit.engines.alignment import align, piece_spans
from toolkit.engines.base import Annotation, DecodingOptions
from toolkit.engines.batching import Batch, Request, batches
from toolkit.engines.pieces import Pieces
from toolkit.errors import EngineError, PackageError
from toolkit.languages import LanguagePair
from toolkit.models import Package, PackageFiles
from toolkit.types import Hypothesis

BATCH_TOKENS = 2048
"""Source tokens a batch, greedily or with two beams; more beams, fewer tokens. See docs/packages.md for figures."""
MAX_TOKENS = 200
"""Sentences longer than this are rare in news (1 in 1,000) and beyond what Argos models were trained on."""
ARGOS_DEFAULTS = DecodingOptions(beam_size=4, length_penalty=0.2)
"""What argostranslate decodes every package with (its ``translate.py``): for packages that name no options."""

Candidate = tuple[list[str], float, list[list[float]]]
"""Target pieces, score, and attention (target pieces, source pieces) of one hypothesis, as the engine gives them."""


class CTranslate2Engine:
    """Decodes with the model of an Argos package.

    >>> from toolkit.languages import LanguagePair
    >>> from toolkit.models import PackageStore
    >>> engine = CTranslate2Engine(PackageStore().builtin()[0], threads=1)
    >>> best, second = engine.translate(["Das ist gut."], DecodingOptions(hypotheses=2))[0]
    >>> best.score > second.score, best.text.endswith("good.")
    (True, True)
    """

    def __init__(self, package: Package, *, threads: int | None = None, compute_type: str = "auto") -> None:
        """Load *package*.

        Args:
            threads: Batches decoded at the same time; all cores by default.
            compute_type: CTranslate2's; ``auto`` is the fastest that the processor has, mostly int8.

        Raises:
            PackageError: The package cannot be loaded.
        """
        files = package.open()
        self._pieces = Pieces(files, str(package.path))
        self._translator = _load(package, files, threads or available_cores(), compute_type)
        self._forced = (package.target_prefix,) if package.target_prefix else ()
        self._package = package
        self.pair: LanguagePair = package.pair
        self.label = package.label
        self.annotation = Annotation(package.annotation) if package.annotation else None
        self.defaults = _defaults(package)
        self.max_tokens = int(package.decoding.get("max_tokens", MAX_TOKENS))

    @property
    def identity(self) -> str:
        """SHA-256 of the package."""
        return self._package.sha256

    def count_tokens(self, sources: Sequence[str]) -> list[int]:
        """Number of pieces of each source."""
        return [len(self._pieces.encode(source)) for source in sources]

    def translate(
        self,
        sources: Sequence[str],
        options: DecodingOptions,
        *,
        prefixes: Sequence[str] | None = None,
        suppress: Sequence[str] = (),
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate every source; see `toolkit.engines.base.Engine.translate`.

        The first target token's attention is not used after a search with beams: in CTranslate2 4.8 (and before) row
        ``i`` of a batch gets that of row ``i // beam_size``.

        The score is the mean over the tokens that the search chose (not those of a prefix). Suppressed words are
        forbidden in the spellings that the model's own segmentation gives them. Nothing is ever cut from a source; a
        target that reached the length limit is marked as truncated.
        """
        starts = prefixes or [""] * len(sources)
        forced = [(*self._forced, *(self._pieces.encode_target(start) if start else ())) for start in starts]
        requests = [
            Request(index, tuple(self._pieces.encode(source)), prefix)
            for index, (source, prefix) in enumerate(zip(sources, forced, strict=True))
        ]
        results: list[tuple[Hypothesis, ...]] = [(Hypothesis(start, 0.0),) for start in starts]
        for batch, found in self._decode([request for request in requests if request.source], options, suppress):
            for request, result in zip(batch.requests, found, strict=False):  # the filler's result is left over
                source, start = sources[request.index], starts[request.index]
                # each of these attributes is copied out of the engine whole whenever it is asked for
                candidates = zip(result.hypotheses, result.scores, result.attention, strict=True)
                results[request.index] = tuple(
                    self._hypothesis(request, source, start, candidate, batch.limit, options)
                    for candidate in candidates
                )
        return results

    def _decode(
        self, requests: Sequence[Request], options: DecodingOptions, suppress: Sequence[str]
    ) -> Iterator[tuple[Batch, list[Any]]]:
        """Every batch as soon as it is decoded, while the next ones are: so their results never pile up."""
        banned = [spelling for word in suppress for spelling in self._pieces.spellings(word)]
        size = min(BATCH_TOKENS, 2 * BATCH_TOKENS // _beams(options))
        try:
            running = deque((batch, self._submit(batch, options, banned)) for batch in batches(requests, size))
            while running:
                batch, waiting = running.popleft()
                yield batch, [each.result() for each in waiting]
        except (RuntimeError, ValueError) as error:
            cure = f"split sentences of more than {self.max_tokens} tokens"
            raise EngineError(f"CTranslate2 failed ({error})", where=self.label, cure=cure) from error

    def _submit(self, batch: Batch, options: DecodingOptions, banned: list[list[str]]) -> list[Any]:
        return list(
            self._translator.translate_batch(
                batch.sources,
                target_prefix=batch.prefixes,
                asynchronous=True,
                beam_size=_beams(options),
                num_hypotheses=options.hypotheses,
                length_penalty=options.length_penalty,
                repetition_penalty=options.repetition_penalty,
                no_repeat_ngram_size=options.no_repeat_ngram_size,
                suppress_sequences=banned or None,
                max_input_length=0,
                max_decoding_length=batch.limit,
                replace_unknowns=True,
                return_scores=True,
                return_attention=True,
            )
        )

    def _hypothesis(
        self, request: Request, source: str, start: str, candidate: Candidate, limit: int, options: DecodingOptions
    ) -> Hypothesis:
        pieces, mean, attention = candidate
        # a prefix comes back with source pieces in place of those that the model does not know
        tokens = [*request.prefix, *pieces[len(request.prefix) :]]
        truncated = len(tokens) >= limit
        length = len(tokens) + (not truncated)  # the end-of-sentence token counts
        score = mean * length**options.length_penalty / max(length - len(request.prefix), 1)
        own = len(self._forced)
        if _beams(options) > 1 and attention:
            attention[0] = [0.0] * len(request.source)
        text = self._text(tokens[own:], start, request.prefix[own:])
        alignment = align(
            attention[own:],
            piece_spans(self._pieces.source_surfaces(request.source), source),
            piece_spans(self._pieces.target_surfaces(tokens[own:]), text),
            source,
            text,
        )
        return Hypothesis(text, score, alignment, truncated)

    def _text(self, tokens: Sequence[str], start: str, prefix: Sequence[str]) -> str:
        """The target's text, beginning with *start* as it was given, not as the model's normaliser writes it."""
        text = self._pieces.decode(tokens)
        normalised = self._pieces.decode(prefix)
        return start.rstrip() + text.removeprefix(normalised) if start and text.startswith(normalised) else text


def _beams(options: DecodingOptions) -> int:
    return max(options.beam_size, options.hypotheses)


def available_cores() -> int:
    """Cores this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _load(package: Package, files: PackageFiles, threads: int, compute_type: str) -> Any:
    from ctranslate2 import Translator

    in_memory = None if isinstance(files.model, Path) else {name: BytesIO(data) for name, data in files.model.items()}
    place = str(files.model) if isinstance(files.model, Path) else package.folder
    try:
        return Translator(place, compute_type=compute_type, inter_threads=threads, intra_threads=1, files=in_memory)
    except (RuntimeError, ValueError) as error:
        cure = "get the package from its maker again, or a newer version of CTranslate2"
        raise PackageError(f"its model cannot be loaded ({error})", where=str(package.path), cure=cure) from error


def _defaults(package: Package) -> DecodingOptions:
    named = {key: value for key, value in package.decoding.items() if key != "max_tokens"}
    if not named:
        return DecodingOptions() if package.builtin else ARGOS_DEFAULTS
    whole = {"beam_size", "no_repeat_ngram_size"}
    return DecodingOptions(**{key: int(value) if key in whole else float(value) for key, value in named.items()})  # type: ignore[arg-type]
