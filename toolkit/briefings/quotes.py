"""Direct and indirect quotes in German news, with their speakers.

A direct quote is what stands between quotation marks and is longer than a few words (short ones are mostly words held
at a distance: „grenzenlos“). An indirect one is a sentence that names a speaker and a verb of saying, or opens with
"laut X". A speaker is only what the article names: "er" and "sie" are the speaker of the statement before, in the same
or the previous paragraph, and marked as inferred; so is the speaker of a quote that carries on the one before it in its
paragraph. Where there is none, the speaker stays unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.types import Span

DIRECT_WORDS = 6
"""Words from which text between quotation marks counts as a quote."""
UNNAMED_WORDS = 8
"""Words from which a quote is kept although nobody is named for it."""
REACH = 300
"""Characters before and after a quote in which its speaker is looked for."""

_QUOTED = re.compile(r"„([^„“”]+)[“”]|“([^„“”]+)”|\"([^\"]+)\"|»([^«»]+)«|«([^«»]+)»")
_SAYING = (
    "sagte|sagt|sagten|erklärte|erklärten|erklärt|betonte|betonten|betont|bekräftigte|bekräftigten|berichtete|"
    "berichteten|berichtet|kritisierte|kritisiert|warnte|warnten|warnt|forderte|forderten|fordert|versicherte|"
    "behauptete|behaupteten|behauptet|meinte|meint|schrieb|schreibt|äußerte|mahnte|bestätigte|bestätigt|dementierte|"
    "verkündete|unterstrich|teilte|fügte|kündigte|räumte|hob|wies|fragte|antwortete|argumentierte|hoffte"
)
_ARTICLE = r"(?:[Dd](?:er|ie|as|em|en)|[Ee]in(?:e|em|en|er)?|[Ss]ein(?:e|em|en|er)?|[Ii]hr(?:e|em|en|er)?)\s"
_NAME = r"[A-ZÄÖÜ][\w’'.-]*[\w’]\b"
_PERSON = (
    rf"(?:{_ARTICLE})?(?:[a-zäöüß][\w-]+(?:e|er|en|es)\s){{0,3}}{_NAME}(?:\s(?:(?:von|van|de|al|bin|zu)\s)?{_NAME}){{0,4}}"
    rf"(?:\s(?:des|der|von|aus)\s(?:[a-zäöüß]+en\s)?{_NAME})?"
)
_NO_SUBJECT = r"(?!(?:Am|An|Auf|Aus|Bei|Beim|Für|Gegen|Im|In|Mit|Nach|Seit|Über|Unter|Vom|Vor|Während|Zu|Zum|Zur)\b)"
_PRONOUNS = ("er", "sie", "Er", "Sie")
_PRONOUN = "|".join(_PRONOUNS)
_AFTER = re.compile(
    rf"[,.!?]?\s*,?\s*(?:so|(?P<verb>{_SAYING}))\s(?P<who>{_PERSON}|{_PRONOUN})\b|"
    rf"\s*,?\s*(?:hat|hatte|haben|hatten)\s(?P<who2>{_PERSON}|{_PRONOUN})\s(?P<verb2>gesagt|erklärt|betont|gefordert)\b"
)
_SUBJECT_FIRST = re.compile(
    rf"(?:^|[,;:–]\s|\b(?:und|aber|obwohl|während|dass|wie|als)\s){_NO_SUBJECT}(?P<who>{_PERSON}|{_PRONOUN})(?:,\s[^,„“\"]{{3,70}},)?\s(?P<verb>{_SAYING})\b"
)
_VERB_FIRST = re.compile(rf"\b(?P<verb>{_SAYING})\s(?P<who>{_PERSON}|{_PRONOUN})\b")
_ACCORDING = re.compile(
    rf"^(?:Laut|Nach Angaben (?:von|der|des)|Nach Einschätzung (?:von|der|des)|Zufolge)\s(?P<who>{_PERSON})|"
    rf"^(?P<who2>{_PERSON})\szufolge\b|"
    rf"\blaut\s(?P<who3>{_ARTICLE}{_PERSON}|(?:[a-zäöüß]\w+en\s)?{_NAME}(?!\s[A-ZÄÖÜ]))"
)
_INDIRECT = re.compile(
    rf"^{_NO_SUBJECT}(?P<who>{_PERSON}|{_PRONOUN})(?:,\s[^,„“\"]{{3,70}},)?\s(?P<verb>{_SAYING})\b[^,:„]{{0,60}}[,:]\s|"
    rf",\s(?P<verb2>{_SAYING})\s(?P<who2>{_PERSON}|{_PRONOUN})(?:\s(?:hinzu|mit|an|ein))?[.,]"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A quote in a paragraph. ``span`` is the quoted text, without quotation marks, or the whole sentence."""

    span: Span
    speaker: str
    verb: str
    direct: bool
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class _Attribution:
    who: str
    verb: str


def quoted_spans(text: str) -> list[Span]:
    """Spans between quotation marks, German, English or French.

    >>> text = "„Wir auch“, sagte er, “thank you”."
    >>> [text[slice(*span)] for span in quoted_spans(text)]
    ['Wir auch', 'thank you']
    """
    return [Span(*match.span(match.lastindex or 0)) for match in _QUOTED.finditer(text)]


def find_quotes(text: str, sentences: Sequence[Span], speaker_before: str = "") -> list[Found]:
    """Find the quotes of a paragraph that has been cut into *sentences*, in order.

    *speaker_before* is who spoke last in the paragraph before.

    >>> text = "„Der Krieg muss so bald wie möglich enden“, sagte Olaf Scholz."
    >>> [(found.speaker, found.verb, text[slice(*found.span)]) for found in find_quotes(text, [Span(0, len(text))])]
    [('Olaf Scholz', 'sagte', 'Der Krieg muss so bald wie möglich enden')]
    """
    found: list[Found] = []
    here, before = "", speaker_before
    for quote in sorted([*_direct(text, sentences), *_indirect(text, sentences)], key=lambda each: each.span):
        if quote.speaker in _PRONOUNS:
            quote = replace(quote, speaker=here or before, inferred=bool(here or before))
        elif not quote.speaker:
            quote = replace(quote, speaker=here, inferred=bool(here))
        here = quote.speaker or here
        if quote.speaker or (quote.direct and _words(text, quote.span) >= UNNAMED_WORDS):
            found.append(quote)
    return found


def _direct(text: str, sentences: Sequence[Span]) -> Iterator[Found]:
    for span in quoted_spans(text):
        if _words(text, span) >= DIRECT_WORDS:
            attribution = _attribution(text, sentences, span)
            if attribution or _is_statement(text, sentences, span):
                yield Found(span, attribution.who if attribution else "", attribution.verb if attribution else "", True)


def _is_statement(text: str, sentences: Sequence[Span], span: Span) -> bool:
    """Whether a quote is all there is of its sentence or sentences (and not a phrase used in one)."""
    outside = [each for each in sentences if each.start < span.end and each.end > span.start]
    if not outside:
        return True
    before = text[max(outside[0].start, span.start - REACH) : span.start]
    rest = before + text[span.end : min(outside[-1].end, span.end + REACH)]
    return not re.search(r"\w", rest)


def _attribution(text: str, sentences: Sequence[Span], span: Span) -> _Attribution | None:
    after = _AFTER.match(text, span.end + 1)
    if after:
        return _Attribution(after["who"] or after["who2"], after["verb"] or after["verb2"] or "so")
    start = max((each.start for each in sentences if each.start <= span.start), default=0)
    before = _without_quotes(text[max(start, span.start - 1 - REACH) : max(span.start - 1, 0)])
    candidates = [*_SUBJECT_FIRST.finditer(before), *_VERB_FIRST.finditer(before)]
    if candidates:
        nearest = max(candidates, key=lambda match: match.start("verb"))
        return _Attribution(nearest["who"], nearest["verb"])
    rest = text[span.end + 1 : min(_sentence_end(sentences, span), span.end + 1 + REACH)]
    according = _ACCORDING.search(_without_quotes(rest)) or _ACCORDING.search(before)
    return _Attribution(_who(according), "laut") if according else None


def _sentence_end(sentences: Sequence[Span], span: Span) -> int:
    return min((each.end for each in sentences if each.end >= span.end), default=span.end)


def _indirect(text: str, sentences: Sequence[Span]) -> Iterator[Found]:
    """Sentences that report what somebody said and hold no direct quote."""
    quotes = [span for span in quoted_spans(text) if _words(text, span) >= DIRECT_WORDS]
    for sentence in sentences:
        if any(quote.start < sentence.end and quote.end > sentence.start for quote in quotes):
            continue
        whole = text[sentence.start : sentence.end]
        if saying := _INDIRECT.search(whole):
            yield Found(sentence, saying["who"] or saying["who2"], saying["verb"] or saying["verb2"], False)
        elif according := _ACCORDING.search(whole):
            yield Found(sentence, _who(according), "laut", False)


def _who(match: re.Match[str]) -> str:
    return next(value for value in (match["who"], match["who2"], match["who3"]) if value)


def _without_quotes(text: str) -> str:
    """*text* with what is quoted in it blanked, so that no name inside a quote becomes its speaker."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)


def _words(text: str, span: Span) -> int:
    return len(text[span.start : span.end].split())
