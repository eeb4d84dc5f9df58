"""What a briefing is made of: pure, frozen data that every renderer reads and none changes.

    Briefing
    ├── key_points     Bullet …                 across all stories
    ├── stories        Story                    articles on one event
    │   ├── bullets, entities, dates, figures, quotes, disagreements
    ├── articles       ArticleCard              provenance, and every sentence in both languages
    └── glossary_report, set_aside, duplicates, errors

Everything that is said carries a `Citation`, so that a reader gets from each line to its sentence. Tuples are in the
order in which they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from toolkit.types import Flag, FlagKind, Method, Role

SCHEMA_VERSION = 1
"""Raised when a field of `Briefing` changes its meaning or goes; new fields alone do not raise it."""

EntityKind = Literal["person", "place", "organisation", "other"]


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """Where something is said: an article of the briefing and one of its sentences.

    >>> Citation("a1", "b2.0").anchor
    'a1-b2.0'
    """

    article: str
    segment: str

    @property
    def anchor(self) -> str:
        """Identifier of the sentence on a page."""
        return f"{self.article}-{self.segment}"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """An extracted sentence in both languages; ``also`` names other articles that say the same."""

    citation: Citation
    source: str
    target: str
    flags: tuple[Flag, ...] = ()
    also: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place or organisation under its English name, with every spelling seen in the articles."""

    name: str
    kind: EntityKind
    spellings: tuple[str, ...]
    count: int
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount: ``text`` as written, ``value`` as a plain decimal number of ``unit`` (``"%"``, ``"USD"``, ``"Tote"``).

    ``approximate`` is true for "rund", "mehr als" and the like.
    """

    text: str
    value: str
    unit: str
    approximate: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said. A direct quote is what stands between quotation marks; an indirect one is the sentence.

    ``speaker`` is ``None`` where the article names nobody near it; ``inferred`` is true where it says only "er" or
    "sie" and the name comes from the statement before. ``target`` is the quoted part of the translation, or the whole
    translated sentence where the translation has other quotation marks than its source.
    """

    speaker: Bilingual | None
    verb: str
    source: str
    target: str
    direct: bool
    citation: Citation
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written and, where it can be told, in ISO 8601 (``2021-12-15``, ``2022-02``, ``2019``).

    ``note`` says how a relative date was resolved, or why it was not.
    """

    text: str
    iso: str | None
    note: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Claim:
    """One side of a disagreement: what is claimed, the sentence, and where it stands."""

    value: str
    source: str
    target: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Articles of one story that give different numbers or dates for what looks like the same thing.

    ``about`` is the unit (or ``day``); there are two claims or more, each with a value of its own.
    """

    kind: Literal["figure", "date"]
    about: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, best-connected article first (its headline stands for the story).

    ``sources`` counts independent sources: copies and reprints of one text count once.
    """

    id: str
    headline: Bilingual
    articles: tuple[str, ...]
    sources: int
    bullets: tuple[Bullet, ...] = ()
    entities: tuple[Entity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article with its translation."""

    id: str
    source: str
    target: str
    score: float | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of an article that is shown (boilerplate is not: it is in `Briefing.set_aside`)."""

    role: Role
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article: where it comes from and what it says.

    ``date`` is ISO 8601 or empty; ``date_source`` says how it was found; ``conflicts`` lists evidence against it.
    ``set_aside`` is the share (0–1) of the source's words that are not part of the article.
    """

    id: str
    path: str
    sha256: str
    title: Bilingual
    has_title: bool
    story: str
    outlet: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""
    date: str = ""
    date_source: str = ""
    conflicts: tuple[str, ...] = ()
    url: str = ""
    notices: tuple[str, ...] = ()
    source_words: int = 0
    target_words: int = 0
    set_aside: float = 0.0
    duplicate_of: str = ""
    flags: tuple[tuple[FlagKind, int], ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class TermUse:
    """A glossary term: how it was written, and by which method its English came out right, how often."""

    expected: str
    surfaces: tuple[str, ...]
    methods: tuple[tuple[Method, int], ...]
    articles: tuple[str, ...]

    @property
    def occurrences(self) -> int:
        """Hits in all articles."""
        return sum(count for _, count in self.methods)

    @property
    def unenforced(self) -> int:
        """Hits whose English name is not in the translation."""
        return dict(self.methods).get("unenforced", 0)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Text of a file that is not part of its article, and the reason for thinking so."""

    article: str
    source: str
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Duplicate:
    """``article`` repeats ``of``; ``similarity`` is the share (0–1) of its word sequences that ``of`` has."""

    article: str
    of: str
    similarity: float
    kind: Literal["copy", "reprint"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be used."""

    path: str
    reason: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much went in and what became of it."""

    articles: int
    stories: int
    duplicates: int
    failed: int
    sentences: int
    flagged: int
    source_words: int


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole briefing; made by `toolkit.briefings.build`, shown by `toolkit.briefings.render`.

    ``period`` is the first and last undisputed article date (ISO 8601, empty when none is known). ``generated_at`` is
    empty unless the caller gave one, so that identical input gives identical bytes.
    """

    title: str
    source_language: str
    target_language: str
    period: tuple[str, str]
    generated_at: str
    counts: Counts
    signature: str
    settings: str
    notice: str
    key_points: tuple[Bullet, ...]
    stories: tuple[Story, ...]
    articles: tuple[ArticleCard, ...]
    glossary_report: tuple[TermUse, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    errors: tuple[Failure, ...] = ()
    schema_version: int = SCHEMA_VERSION

    def article(self, id: str) -> ArticleCard:  # noqa: A002 - the field's name
        """The card with this id.

        Raises:
            KeyError: There is none.
        """
        for card in self.articles:
            if card.id == id:
                return card
        raise KeyError(id)
