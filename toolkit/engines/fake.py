"""Engines that need no package: for tests, for trying out formats, and for programs that build on the toolkit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from toolkit.engines.base import Annotation, DecodingOptions
from toolkit.languages import LanguagePair
from toolkit.types import Hypothesis, Span

_WORD = re.compile(r"\S+")
_GERMAN_ENGLISH = LanguagePair("de", "en")


class FakeEngine:
    """Translates by a function (or a table) from sentence to sentence; the default changes nothing.

    Every call is kept in ``calls``, so that a test can say what was decoded.

    >>> engine = FakeEngine({"Ja.": "Yes."})
    >>> engine.translate(["Ja.", "Nein."], engine.defaults)[0][0].text
    'Yes.'
    >>> engine.calls
    [['Ja.', 'Nein.']]
    """

    def __init__(
        self,
        translation: Mapping[str, str] | Callable[[str], str] | None = None,
        pair: LanguagePair = _GERMAN_ENGLISH,
        *,
        score: float | None = -0.1,
        annotation: Annotation | None = None,
        max_tokens: int = 200,
    ) -> None:
        table = translation if isinstance(translation, Mapping) else {}
        self._function = translation if callable(translation) else lambda source: table.get(source, source)
        self._score = score
        self.pair, self.annotation, self.max_tokens = pair, annotation, max_tokens
        self.identity, self.label, self.defaults = "fake", "fake engine", DecodingOptions()
        self.calls: list[list[str]] = []

    def count_tokens(self, sources: Sequence[str]) -> list[int]:
        """Words count as tokens."""
        return [len(_WORD.findall(source)) for source in sources]

    def translate(
        self,
        sources: Sequence[str],
        options: DecodingOptions,
        *,
        prefixes: Sequence[str] | None = None,
        suppress: Sequence[str] = (),
    ) -> list[tuple[Hypothesis, ...]]:
        """Apply the function; a prefix is put in front, suppressed words are left out, words are aligned in order."""
        self.calls.append(list(sources))
        wanted = prefixes or [""] * len(sources)
        return [(self._hypothesis(source, prefix, suppress),) for source, prefix in zip(sources, wanted, strict=True)]

    def _hypothesis(self, source: str, prefix: str, suppress: Sequence[str]) -> Hypothesis:
        text = prefix + self._function(source)
        for word in suppress:
            text = text.replace(word, "")
        spans = [[Span(*match.span()) for match in _WORD.finditer(side)] for side in (source, text)]
        return Hypothesis(text, self._score, tuple(zip(*spans, strict=False)))
