"""The sentences that stand to choice: taken from documents, translations or plain text, with their words.

Only paragraphs, list items and quotations are read (`SUMMARY_ROLES`); the title is kept apart as evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.summaries.eligibility import bar_reason, is_dangling, is_personal, is_punctuated
from toolkit.summaries.redundancy import adds_nothing
from toolkit.text import roles, words, wrapping
from toolkit.types import SUMMARY_ROLES, Block, Document, SegmentPair, TranslatedDocument

_UNFIT_FLAGS = frozenset({"untranslated", "cut_off", "loop"})
"""Flags of a translation that nobody should read first; the other flags are warnings beside a readable sentence."""

MAX_HEADLINE = 14
"""Words that a line may have to be taken for a headline: those of German and English news have 4 to 12."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a method ranks.

    ``stems`` has one string a word: its stem, or "" for a stop word. ``position`` counts the sentences of its article,
    ``paragraph`` that article's blocks, ``document`` the articles. ``barred`` says why it may not be chosen ("" if it
    may); a ``dangling`` one may be chosen only after the sentence before it.
    """

    text: str
    language: str
    stems: tuple[str, ...]
    segment: str = ""
    position: int = 0
    paragraph: int = 0
    document: int = 0
    barred: str = ""
    dangling: bool = False
    personal: bool = False

    @property
    def content(self) -> tuple[str, ...]:
        """Stems of its content words, in order."""
        return tuple(stem for stem in self.stems if stem)

    @classmethod
    def of(cls, text: str, language: str, **place: int | str) -> Sentence:
        """Make a sentence from its text, with its words found and stemmed.

        >>> Sentence.of("Die Regierung tagt.", "de").stems
        ('', 'regierung', 'tag')
        """
        tokens = words.tokenize(text, language)
        return cls(
            text,
            language,
            stems_of(tokens, language),
            dangling=is_dangling(text, language),
            personal=is_personal(tokens, language),
            **place,  # type: ignore[arg-type]  # the two kinds of place are told apart by name
        )


def stems_of(tokens: Sequence[str], language: str) -> tuple[str, ...]:
    """Stem every token; stop words become ""."""
    stop = words.stop_words(language)
    return tuple("" if token.lower() in stop else words.stem(token, language) for token in tokens)


@dataclass(frozen=True, slots=True)
class Body:
    """An article's sentences in one language; ``title`` is its headline in that language, "" if it has none."""

    sentences: tuple[Sentence, ...]
    title: str
    language: str


def document_of(text: str, language: str) -> Document:
    """Make a document of plain text, with sentences and roles.

    Blank lines end paragraphs; without any, every line is a paragraph, unless the lines are hard-wrapped.
    """
    lines = text.split("\n")
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    texts = [
        wrapping.join_lines([group[number] for number in paragraph])
        for group in groups
        for paragraph in wrapping.paragraphs(group)
    ]
    blocks = tuple(Block(f"b{number}", paragraph) for number, paragraph in enumerate(texts))
    return roles.prepare(Document("-", "text", text.encode(), blocks, language))


def read_document(document: Document, number: int = 0) -> Body:
    """Take the sentences of a document's body; one that was not segmented yet is prepared first."""
    if not any(block.segments for block in document.blocks):
        document = roles.prepare(document)
    found = [
        Sentence.of(segment.text, document.language, segment=segment.id, paragraph=place, document=number)
        for place, block in enumerate(document.blocks)
        if block.role in SUMMARY_ROLES
        for segment in block.segments
    ]
    place = _headline(document.blocks)
    title = document.blocks[place].text if place is not None else str(document.metadata.get("title") or "")
    return _finish(found, title, document.language)


def read_translation(translated: TranslatedDocument, number: int = 0) -> tuple[Body, Body]:
    """Take both sides of a translation: the same sentences in the same order, source and target.

    A sentence whose translation came back unfit (untranslated, cut off, looping) is barred on both sides.
    """
    languages = (translated.document.language, translated.language)
    sides: tuple[list[Sentence], list[Sentence]] = ([], [])
    for place, block in enumerate(translated.blocks):
        if block.block.role not in SUMMARY_ROLES:
            continue
        for pair in block.pairs:
            unfit = _unfit(pair)
            for side, text, language in zip(sides, (pair.source, pair.target), languages, strict=True):
                sentence = Sentence.of(text, language, segment=pair.id, paragraph=place, document=number)
                side.append(replace(sentence, barred=unfit))
    headline = _headline([block.block for block in translated.blocks])
    if headline is None:
        titles = (str(translated.document.metadata.get("title") or ""), "")
    else:
        titles = (translated.blocks[headline].block.text, translated.blocks[headline].text)
    source, target = (
        _finish(side, text, language) for side, text, language in zip(sides, titles, languages, strict=True)
    )
    return source, target


def _headline(blocks: Sequence[Block]) -> int | None:
    """Place of the headline: the block marked as title, else a short first line that ends like no sentence of a text.

    A quotation that serves as headline ("Endlich auf die Bremse treten!") looks like a paragraph to any other rule.
    """
    for place, block in enumerate(blocks):
        if block.role == "title":
            return place
    body = [place for place, block in enumerate(blocks) if block.role in SUMMARY_ROLES]
    if len(body) < 2 or len(blocks[body[0]].segments) != 1:
        return None
    if not any(is_punctuated(segment.text) for segment in blocks[body[1]].segments):
        return None
    first = blocks[body[0]].text
    ends_like_text = is_punctuated(first) and not first.rstrip("\"'“”„«»‘’ ").endswith(("!", "?"))
    return None if ends_like_text or len(first.split()) > MAX_HEADLINE else body[0]


def _unfit(pair: SegmentPair) -> str:
    kinds = sorted(flag.kind for flag in pair.flags if flag.kind in _UNFIT_FLAGS)
    return f"translation {kinds[0]}" if kinds else ""


def _finish(found: Sequence[Sentence], title: str, language: str) -> Body:
    punctuated = 2 * sum(is_punctuated(sentence.text) for sentence in found) >= len(found)
    headline = Sentence.of(title, language).content
    done = []
    for position, sentence in enumerate(found):
        barred = sentence.barred or bar_reason(sentence.text, len(sentence.stems), punctuated=punctuated)
        if not barred and adds_nothing(sentence.content, headline):
            barred = "headline"
        dangling = sentence.dangling and position > 0
        done.append(replace(sentence, position=position, barred=barred, dangling=dangling))
    return Body(tuple(done), title, language)
