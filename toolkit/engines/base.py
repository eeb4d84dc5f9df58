"""The seam between the toolkit and whatever decodes: the `Engine` protocol and its options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from toolkit.languages import LanguagePair
from toolkit.types import Hypothesis


@dataclass(frozen=True, slots=True)
class DecodingOptions:
    """How to search for a translation; the names are CTranslate2's.

    ``hypotheses`` best candidates are returned for each sentence, best first. ``length_penalty`` is the exponent of the
    length in the hypothesis score. ``repetition_penalty`` 1 and ``no_repeat_ngram_size`` 0 switch those off.
    """

    beam_size: int = 4
    length_penalty: float = 1.0
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 0
    hypotheses: int = 1


@dataclass(frozen=True, slots=True)
class Annotation:
    """How a package that was trained for it is told a term inside the source text.

    >>> Annotation("⟦ {source} → {target} ⟧").mark("Uschakow", "Ushakov")
    '⟦ Uschakow → Ushakov ⟧'
    """

    template: str

    def mark(self, source: str, target: str) -> str:
        """Return the text to put in place of *source* so that it is translated as *target*."""
        return self.template.format(source=source, target=target)


@runtime_checkable
class Engine(Protocol):
    """Decodes sentences of one language pair.

    ``identity`` names the weights (a digest): it goes into memory keys and signatures. ``label`` is for people.
    ``defaults`` are the decoding options the package was released with. ``annotation`` is ``None`` for packages that
    were not trained to obey inline terms.
    """

    @property
    def pair(self) -> LanguagePair:
        """Its languages."""
        ...

    @property
    def identity(self) -> str:
        """Digest of the weights."""
        ...

    @property
    def label(self) -> str:
        """Name and version, for people."""
        ...

    @property
    def defaults(self) -> DecodingOptions:
        """The options the package was released with."""
        ...

    @property
    def annotation(self) -> Annotation | None:
        """How to mark a term, or ``None``."""
        ...

    @property
    def max_tokens(self) -> int:
        """Source tokens a sentence may have; the caller splits longer ones."""
        ...

    def count_tokens(self, sources: Sequence[str]) -> list[int]:
        """Number of subword tokens of each source."""
        ...

    def translate(
        self,
        sources: Sequence[str],
        options: DecodingOptions,
        *,
        prefixes: Sequence[str] | None = None,
        suppress: Sequence[str] = (),
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate every source, in order; each gets ``options.hypotheses`` candidates, best first (fewer if the
        search found fewer, never none).

        Args:
            prefixes: Text each target has to begin with ("" for none); it is part of the returned text.
            suppress: Words that no target of this call may contain.

        Raises:
            EngineError: The decoder failed.
        """
        ...
