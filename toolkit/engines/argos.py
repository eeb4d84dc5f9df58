"""argostranslate as an engine: the optional peer (``pip install 'toolkit[argos]'``), one sentence at a time.

argostranslate encodes, decodes and joins; one sentence goes in at a time, past its sentence splitter (which would
download a model). It also decodes old packages with ``bpe.model``. Importing it makes argostranslate's folders in the
home folder; its runtime's telemetry is switched off first.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from toolkit.engines.base import Annotation, DecodingOptions
from toolkit.errors import EngineError, MissingExtra, PackageError
from toolkit.languages import LanguagePair
from toolkit.models import Package
from toolkit.models.archive import extract
from toolkit.types import Hypothesis


class ArgosEngine:
    """Decodes with argostranslate's own code. It gives neither alignments nor comparable scores.

    argostranslate fixes the length penalty (0.2) and takes the beam from its settings; `translate` hands the options
    on to CTranslate2 in its place. With ``defaults`` the call is exactly argostranslate's.
    """

    annotation: Annotation | None = None
    defaults = DecodingOptions(beam_size=4, length_penalty=0.2)
    max_tokens = 200

    def __init__(self, package: Package) -> None:
        """Load *package*; an archive is unpacked to a temporary folder that lives as long as the engine.

        Raises:
            MissingExtra: argostranslate is not installed.
            PackageError: The package cannot be loaded.
        """
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        if find_spec("argostranslate") is None:
            raise MissingExtra("argos", "decoding with argostranslate")
        from argostranslate.package import Package as ArgosPackage
        from ctranslate2 import Translator

        place = package.path
        if package.archived:
            folder = tempfile.mkdtemp(prefix="toolkit-argos-")
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            place = Path(folder, package.folder)
            extract(package.path, place)
        self._package = ArgosPackage(place)
        try:
            self._translator = Translator(str(place / "model"), compute_type="auto")
        except (RuntimeError, ValueError) as error:
            cure = "get the package from its maker again"
            raise PackageError(f"its model cannot be loaded ({error})", where=str(package.path), cure=cure) from error
        self.pair: LanguagePair = package.pair
        self.identity = f"argostranslate+{package.sha256}"
        self.label = f"{package.label} with argostranslate"

    def count_tokens(self, sources: Sequence[str]) -> list[int]:
        """Number of pieces of each source."""
        return [len(self._package.tokenizer.encode(source)) for source in sources]

    def translate(
        self,
        sources: Sequence[str],
        options: DecodingOptions,
        *,
        prefixes: Sequence[str] | None = None,
        suppress: Sequence[str] = (),
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate every source by itself; see `toolkit.engines.base.Engine.translate`.

        Raises:
            EngineError: A prefix or a word to suppress was given, which argostranslate cannot do; or decoding failed.
        """
        if suppress or any(prefixes or ()):
            cure = "use the toolkit's own engine"
            raise EngineError("argostranslate can neither force nor forbid words", where=self.label, cure=cure)
        return [self._one(source, options) for source in sources]

    def _one(self, source: str, options: DecodingOptions) -> tuple[Hypothesis, ...]:
        from argostranslate.translate import apply_packaged_translation

        if not source.strip():
            return (Hypothesis(""),)
        decoder = _WithOptions(self._translator, options)
        try:
            found = apply_packaged_translation(self._package, source, decoder, _Whole(), options.hypotheses)
        except (RuntimeError, ValueError, IndexError) as error:
            raise EngineError(
                f"argostranslate failed ({error})", where=self.label, cure="report the sentence"
            ) from error
        return tuple(Hypothesis(each.value) for each in found)


class _Whole:
    """A sentence splitter that takes what it gets as one sentence."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


class _WithOptions:
    """argostranslate's decoder with other search options than those it has written into its call."""

    def __init__(self, translator: Any, options: DecodingOptions) -> None:
        self._translator, self._options = translator, options

    def translate_batch(self, tokens: list[list[str]], **arguments: Any) -> Any:
        options = self._options
        arguments["beam_size"] = max(options.beam_size, options.hypotheses)
        arguments["length_penalty"] = options.length_penalty
        arguments["repetition_penalty"] = options.repetition_penalty
        arguments["no_repeat_ngram_size"] = options.no_repeat_ngram_size
        return self._translator.translate_batch(tokens, **arguments)
