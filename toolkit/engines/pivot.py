"""Two engines in a row, for pairs that no package translates directly."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.engines.alignment import compose
from toolkit.engines.base import Annotation, DecodingOptions, Engine
from toolkit.errors import EngineError
from toolkit.languages import LanguagePair
from toolkit.types import Hypothesis


class PivotEngine:
    """Translates sentence by sentence into the language between, and from there into the target.

    The score is the sum of both: how sure it is that neither step went wrong. What is truncated in either is truncated.

    >>> from toolkit.engines.fake import FakeEngine
    >>> first = FakeEngine({"Ja.": "Yes."}, LanguagePair("de", "en"))
    >>> second = FakeEngine({"Yes.": "Oui."}, LanguagePair("en", "fr"))
    >>> engine = PivotEngine(first, second)
    >>> engine.translate(["Ja."], engine.defaults)[0][0].text, str(engine.pair), engine.label
    ('Oui.', 'de→fr', 'fake engine, then fake engine (through en)')
    """

    annotation: Annotation | None = None

    def __init__(self, first: Engine, second: Engine) -> None:
        if first.pair.target != second.pair.source:
            raise EngineError(
                f"{first.pair} and {second.pair} do not meet", cure="choose packages that share a language"
            )
        self._first, self._second = first, second
        self.pair = LanguagePair(first.pair.source, second.pair.target)
        self.identity = f"{first.identity}+{second.identity}"
        self.label = f"{first.label}, then {second.label} (through {first.pair.target})"
        self.defaults = first.defaults
        self.max_tokens = min(first.max_tokens, second.max_tokens)

    def count_tokens(self, sources: Sequence[str]) -> list[int]:
        """Tokens of the first step."""
        return self._first.count_tokens(sources)

    def translate(
        self,
        sources: Sequence[str],
        options: DecodingOptions,
        *,
        prefixes: Sequence[str] | None = None,
        suppress: Sequence[str] = (),
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate in two steps; prefixes, suppressed words and the number of hypotheses are the second step's."""
        between = [found[0] for found in self._first.translate(sources, _one(options))]
        texts = [hypothesis.text for hypothesis in between]
        found = self._second.translate(texts, options, prefixes=prefixes, suppress=suppress)
        return [tuple(_joined(middle, last) for last in each) for middle, each in zip(between, found, strict=True)]


def _one(options: DecodingOptions) -> DecodingOptions:
    return DecodingOptions(
        options.beam_size, options.length_penalty, options.repetition_penalty, options.no_repeat_ngram_size
    )


def _joined(first: Hypothesis, second: Hypothesis) -> Hypothesis:
    score = None if first.score is None or second.score is None else first.score + second.score
    alignment = compose(first.alignment, second.alignment)
    return Hypothesis(second.text, score, alignment, first.truncated or second.truncated)
