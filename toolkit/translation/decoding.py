"""Decoding a pool of sentences: every distinct one once, over-long ones in parts, suspicious ones a second time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.engines.base import DecodingOptions, Engine
from toolkit.text.segmentation import split_clauses
from toolkit.translation.checks import check
from toolkit.translation.typography import match_style
from toolkit.types import Flag, FlagKind, Hypothesis, Span

_WEIGHTS: dict[FlagKind, float] = {
    "untranslated": 4,
    "loop": 4,
    "cut_off": 3,
    "numbers": 2,
    "length": 2,
    "low_score": 1,
}
"""How bad a flag is when two candidates are compared: a reader can mend a number sooner than find lost text."""
_RETRIED: frozenset[FlagKind] = frozenset({"untranslated", "loop", "cut_off", "numbers", "length"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A source sentence with the best hypothesis so far and what is wrong with it."""

    source: str
    hypothesis: Hypothesis
    flags: tuple[Flag, ...] = ()


def decode(sources: Sequence[str], engine: Engine, options: DecodingOptions) -> list[Draft]:
    """Translate *sources*, in order; each distinct one is decoded once.

    Sentences longer than the engine takes are cut at clause borders and flagged ``split``. Those that a check finds
    wrong are decoded once more with a wider beam and a penalty on repetition; the better result stays, and what is
    still wrong with it is in its flags.

    Raises:
        EngineError: The decoder failed.
    """
    distinct = list(dict.fromkeys(sources))
    drafts = _retry(_first_pass(distinct, engine, options), engine, options)
    by_source = dict(zip(distinct, drafts, strict=True))
    return [by_source[source] for source in sources]


def _first_pass(sources: Sequence[str], engine: Engine, options: DecodingOptions) -> list[Draft]:
    parts = [_parts(source, count, engine) for source, count in zip(sources, engine.count_tokens(sources), strict=True)]
    flat = [source[span.start : span.end] for source, spans in zip(sources, parts, strict=True) for span in spans]
    results = iter(engine.translate(flat, options)) if flat else iter(())
    return [
        _draft(source, _join(spans, [next(results)[0] for _ in spans]), split=len(spans) > 1)
        for source, spans in zip(sources, parts, strict=True)
    ]


def _parts(source: str, tokens: int, engine: Engine) -> list[Span]:
    if tokens <= engine.max_tokens:
        return [Span(0, len(source))]

    def fits(text: str) -> bool:
        return engine.count_tokens([text])[0] <= engine.max_tokens

    return split_clauses(source, fits, engine.pair.source)


def _join(spans: Sequence[Span], hypotheses: Sequence[Hypothesis]) -> Hypothesis:
    """The parts of a sentence as one hypothesis; scores are weighted by length."""
    if len(spans) == 1:
        return hypotheses[0]
    text, alignment, total, weight = "", [], 0.0, 0
    for span, hypothesis in zip(spans, hypotheses, strict=True):
        text += " " if text else ""
        offset = len(text)
        alignment += [
            (Span(a.start + span.start, a.end + span.start), Span(b.start + offset, b.end + offset))
            for a, b in hypothesis.alignment
        ]
        text += hypothesis.text
        total += (hypothesis.score or 0.0) * len(hypothesis.text)
        weight += len(hypothesis.text)
    return Hypothesis(text, total / max(weight, 1), tuple(alignment), any(h.truncated for h in hypotheses))


def _draft(source: str, hypothesis: Hypothesis, *, split: bool = False) -> Draft:
    styled = restyle(source, hypothesis)
    extra = (Flag("split", "too long for the engine: decoded in parts"),) if split else ()
    return Draft(source, styled, check(source, styled) + extra)


def restyle(source: str, hypothesis: Hypothesis) -> Hypothesis:
    """*hypothesis* with the typography *source* calls for; its alignment moves along.

    >>> loose = Hypothesis("A “ no ” it was", alignment=((Span(0, 4), Span(4, 6)), (Span(5, 7), Span(9, 11))))
    >>> tight = restyle("Ein „Nein“ war es", loose)
    >>> tight.text, [tight.text[span.start : span.end] for _, span in tight.alignment]
    ('A “no” it was', ['no', 'it'])
    """
    text = match_style(source, hypothesis.text)
    if text == hypothesis.text:
        return hypothesis
    moved = _offsets(hypothesis.text, text)
    alignment = tuple((one, Span(moved[other.start], moved[other.end])) for one, other in hypothesis.alignment)
    return replace(hypothesis, text=text, alignment=alignment)


def _offsets(before: str, after: str) -> list[int]:
    """Where each offset of *before* is in *after*, which lacks some blanks and perhaps the last mark."""
    offsets, here = [], 0
    for char in before:
        offsets.append(here)
        gone = char == " " and after[here : here + 1] != " "
        here = min(here + (not gone), len(after))
    return [*offsets, here]


def _retry(drafts: list[Draft], engine: Engine, options: DecodingOptions) -> list[Draft]:
    wrong = [n for n, draft in enumerate(drafts) if _badness(draft) and not _has(draft, "split")]
    if not wrong:
        return drafts
    beam = max(5, options.beam_size)
    wider = replace(options, beam_size=beam, hypotheses=beam, repetition_penalty=1.15, no_repeat_ngram_size=4)
    candidates = engine.translate([drafts[n].source for n in wrong], wider)
    better = list(drafts)
    for n, hypotheses in zip(wrong, candidates, strict=True):
        tried = [_draft(drafts[n].source, hypothesis) for hypothesis in hypotheses]
        best = min(tried, key=lambda draft: (_badness(draft), -(draft.hypothesis.score or 0.0)))
        if _badness(best) < _badness(drafts[n]):
            better[n] = replace(best, flags=(*best.flags, Flag("retried", "decoded again: " + _kinds(drafts[n]))))
    return better


def _badness(draft: Draft) -> float:
    worst = [flag.kind for flag in draft.flags if flag.kind in _RETRIED]
    return sum(_WEIGHTS[kind] for kind in worst)


def _has(draft: Draft, kind: FlagKind) -> bool:
    return any(flag.kind == kind for flag in draft.flags)


def _kinds(draft: Draft) -> str:
    return ", ".join(flag.kind for flag in draft.flags)
