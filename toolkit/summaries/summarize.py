"""Summaries of articles and of their translations: one side, both sides aligned, or each side for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.errors import InputError
from toolkit.summaries.candidates import Body, Sentence, document_of, read_document, read_translation
from toolkit.summaries.centrality import standardise
from toolkit.summaries.methods import check_method, limit, rank, score
from toolkit.summaries.model import ExtractiveSummary, Length, MethodName, Mode, RankedSentence, SummarySentence
from toolkit.summaries.selection import select
from toolkit.text import languages
from toolkit.types import Document, TranslatedDocument

Source = Document | TranslatedDocument | str
DEFAULT_LENGTH = Length.sentences(3)


def summarize(
    source: Source,
    *,
    length: Length = DEFAULT_LENGTH,
    method: MethodName = "default",
    language: str | None = None,
    mode: Mode = "one-side",
) -> ExtractiveSummary:
    """Summarize one article.

    >>> text = "Der Streik endet am Montag. Das teilte die Bahn mit. Am Dienstag fahren wieder alle Züge."
    >>> summarize(text, language="de", length=Length.sentences(1)).texts()
    ('Der Streik endet am Montag.',)

    Args:
        source: A document, a translated one (needed for two languages), or plain text.
        length: How long the summary may be; it never gets longer.
        method: One of `METHODS`.
        language: Which side of a translation (its target unless given); the language of plain text (guessed unless
            given).
        mode: ``one-side``; ``aligned``: chosen once, on evidence from both sides, with both texts; ``independent``:
            chosen on each side for itself, the source's sentences first.

    Raises:
        InputError: There is no such method, or *source* does not have the language or the second side asked for.
    """
    return summarize_many([source], length=length, method=method, language=language, mode=mode)


def summarize_many(
    sources: Sequence[Source],
    *,
    length: Length = DEFAULT_LENGTH,
    method: MethodName = "default",
    language: str | None = None,
    mode: Mode = "one-side",
) -> ExtractiveSummary:
    """Summarize several articles on the same thing as one; what two of them say is said once.

    Arguments and errors as in `summarize`; all articles have to be of the same language or language pair.

    >>> one, two = "Der Streik bei der Bahn endet am Montag.", "Am Montag endet der Streik bei der Bahn."
    >>> summarize_many([one, two], language="de").texts()
    ('Der Streik bei der Bahn endet am Montag.',)
    """
    check_method(method)
    pools = _pools(sources, language, mode)
    notices = tuple(dict.fromkeys(note for pool in pools for note in _limit_notice(pool, method)))
    pools = [pool.first(limit(method)) for pool in pools]
    if mode == "aligned":
        sentences = _aligned(pools[0], pools[1], length, method)
    else:
        sentences = tuple(sentence for pool in pools for sentence in _one_side(pool, length, method))
    notices += _shortfall(sentences, length, len(pools) if mode == "independent" else 1)
    return ExtractiveSummary(tuple(pool.language for pool in pools), method, mode, length, sentences, notices)


@dataclass(frozen=True, slots=True)
class _Pool:
    """The sentences of all articles in one language."""

    sentences: tuple[Sentence, ...]
    title: str
    language: str

    def first(self, count: int | None) -> _Pool:
        return self if count is None else replace(self, sentences=self.sentences[:count])


def _pools(sources: Sequence[Source], language: str | None, mode: Mode) -> list[_Pool]:
    if not sources:
        raise InputError("there is nothing to summarize", cure="give one article or more")
    sides = [_sides(source, number, language, mode) for number, source in enumerate(sources)]
    pools = []
    for side in zip(*sides, strict=True):
        found = sorted({body.language for body in side})
        if len(found) > 1:
            raise InputError(f"the articles are in different languages ({', '.join(found)})", cure="summarize each")
        pools.append(_pool(side))
    return pools


def _pool(bodies: Sequence[Body]) -> _Pool:
    sentences = tuple(sentence for body in bodies for sentence in body.sentences)
    return _Pool(sentences, " ".join(body.title for body in bodies if body.title), bodies[0].language)


def _sides(source: Source, number: int, language: str | None, mode: Mode) -> tuple[Body, ...]:
    if isinstance(source, TranslatedDocument):
        both = read_translation(source, number)
        if mode != "one-side":
            return both
        wanted = language or source.language
        side = next((body for body in both if body.language == wanted), None)
        if side is None:
            raise InputError(f"the translation has no side in {wanted}", where=source.document.path)
        return (side,)
    if mode != "one-side":
        raise InputError(f"mode {mode} needs a translation", cure="translate the article first")
    if isinstance(source, str):
        source = document_of(source, language or languages.identify(source)[0])
    elif language not in (None, source.language):
        raise InputError(f"the document is in {source.language}, not in {language}", where=source.path)
    return (read_document(source, number),)


def _one_side(pool: _Pool, length: Length, method: MethodName) -> tuple[SummarySentence, ...]:
    ranked = rank(pool.sentences, method=method, title=pool.title)
    scores = {sentence.index: sentence.score for sentence in ranked}
    chosen = select(pool.sentences, ranked, length)
    return tuple(_shown(pool.sentences[index], scores[index]) for index in chosen)


def _aligned(source: _Pool, target: _Pool, length: Length, method: MethodName) -> tuple[SummarySentence, ...]:
    """Choose once: a sentence's score is the mean of its standardised scores on both sides, and what bars it, or makes
    it dangle, on one side does so on both."""
    sides = [standardise(score(pool.sentences, method, pool.title)) for pool in (source, target)]
    scores = [round(float(value), 9) for value in (sides[0] + sides[1]) / 2]
    order = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
    pairs = list(zip(source.sentences, target.sentences, strict=True))
    joined = [replace(one, barred=one.barred or other.barred, dangling=one.dangling) for one, other in pairs]
    counts = [max(len(one.stems), len(other.stems)) for one, other in pairs]
    chosen = select(joined, [RankedSentence(index, scores[index]) for index in order], length, counts)
    return tuple(replace(_shown(pairs[index][0], scores[index]), other=pairs[index][1].text) for index in chosen)


def _shown(sentence: Sentence, value: float) -> SummarySentence:
    return SummarySentence(
        sentence.position,
        value,
        sentence.text,
        sentence.segment,
        sentence.language,
        document=sentence.document,
    )


def _limit_notice(pool: _Pool, method: MethodName) -> tuple[str, ...]:
    considered = limit(method)
    if considered is None or len(pool.sentences) <= considered:
        return ()
    return (f"{method} looked at the first {considered} of {len(pool.sentences)} sentences",)


def _shortfall(sentences: Sequence[SummarySentence], length: Length, sides: int) -> tuple[str, ...]:
    if not sentences:
        return (f"no sentence can stand alone in {length}",)
    if length.unit == "sentences" and len(sentences) < sides * length.value:
        return (f"{len(sentences)} of {sides * length.value:g} sentences: no other can stand alone without repeating",)
    return ()
