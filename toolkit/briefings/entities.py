"""People, places and organisations, without a recogniser that has to be trained or downloaded.

Evidence, strongest first: glossary hits in the source (their kind and their English name are known); a run of
capitalised words that stands in the source and, spelled alike, inside an English sentence (German nouns are translated,
names are not); what stands beside it (a title, an organisation word, a preposition of place). Spellings of one name are
merged under its English form.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.briefings.reading import Article
from toolkit.briefings.spellings import skeleton, variants
from toolkit.briefings.types import Entity, EntityKind
from toolkit.glossary.entries import Glossary
from toolkit.text.calendar import MONTHS, WEEKDAYS
from toolkit.types import SegmentPair

_KINDS: Mapping[str, EntityKind] = {"person": "person", "place": "place", "organisation": "organisation"}
_TITLE = re.compile(
    r"(?:[Pp]räsident(?:in|en)?|[Kk]anzler(?:in|s)?|[Mm]inister(?:in|s)?|[Pp]remier\w*|[Cc]hef(?:in)?|[Ss]precher(?:in|s)?|"
    r"[Bb]erater(?:in|s)?|[Pp]rofessor(?:in)?|Dr\.|Herrn?|Frau|König(?:in)?|Papst|General|[Bb]otschafter(?:in)?|"
    r"[Gg]ouverneur(?:in)?|[Kk]ommissar(?:in)?|[Ss]ekretär(?:in)?|[Vv]orsitzende[rn]?|[Aa]bgeordnete[rn]?)\s$"
)
_SAYING = re.compile(r"\b(?:sagte|sagt|erklärte|betonte|so|meinte|schrieb)\s$")
_BODY = re.compile(
    r"(?:[Nn]achrichten)?(?:[Aa]gentur|[Ss]ender[s]?|[Zz]eitung|[Mm]agazin[s]?|[Pp]artei|[Kk]onzern[s]?|[Uu]nternehmen[s]?|"
    r"[Hh]ersteller[s]?|[Oo]rganisation|[Ii]nstitut[s]?|[Bb]ehörde|[Ss]tiftung)\s$"
)
_PLACE = re.compile(r"\b(?:in|aus|nach|bei|vor|Stadt|Region|Provinz|Insel|Gebiet)\s$")
_ORGANISATION = re.compile(
    r"\b(?:News|Press|Agency|University|Universität|Institut\w*|Bank|Group|Partei|Party|Ministry|Union|Council|Times|Post|"
    r"GmbH|AG|Inc|Corp|Novosti|TV|Verband|Stiftung|Foundation|Committee|Association)\b"
)
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_OPENING = re.compile(r"^[\W_]*")
_ORDINARY = {skeleton(name) for name in (*MONTHS, *WEEKDAYS)}
MINIMUM_MENTIONS = 2
"""Times a single unknown word must be seen before it counts as a name; acronyms and words after a title need one."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One sighting: English name, kind (``None``: not told by this one), the spelling seen, the article."""

    name: str
    kind: EntityKind | None
    spelling: str
    article: str


def find_entities(articles: Sequence[Article], glossary: Glossary) -> tuple[Entity, ...]:
    """Entities of the articles' bodies, most mentioned first; equals in alphabetical order."""
    pairs = [(pair, article) for article in articles for pair in article.pairs]
    mentions = [mention for pair, article in pairs for mention in _in_pair(pair, article, glossary)]
    grouped = _merge(mentions)
    known = [_entity(name, group) for name, group in grouped.items() if _is_supported(group)]
    return tuple(sorted(known, key=lambda entity: (-entity.count, entity.name)))


def known_names(glossary: Glossary) -> Callable[[str], frozenset[str]]:
    """A function that finds the glossary's names in a source sentence, each under its English form."""
    return lambda text: frozenset(hit.entry.target for hit in glossary.find(text) if hit.entry.is_name)


def _in_pair(pair: SegmentPair, article: Article, glossary: Glossary) -> Iterator[Mention]:
    hidden = list(pair.source)
    for hit in glossary.find(pair.source):
        hidden[hit.span.start : hit.span.end] = "·" * (hit.span.end - hit.span.start)
        if hit.entry.is_name:
            kind = _KINDS.get(hit.entry.kind) or _kind(hit.entry.target, pair.source[: hit.span.start])
            yield Mention(hit.entry.target, kind, hit.stem, article.id)
    yield from _shared_runs("".join(hidden), pair, article)


def _shared_runs(source: str, pair: SegmentPair, article: Article) -> Iterator[Mention]:
    """Names that the glossary does not know: capitalised on both sides, and spelled alike."""
    opening = _OPENING.match(pair.target)
    first = opening.end() if opening else 0
    runs = [run for run in _runs(pair.target) if run[0].start() != first or len(run) > 1]
    written = {skeleton(word[0]) for run in runs for word in run} - _ORDINARY
    for run in _runs(source):
        words = _without_titles([word for word in run if skeleton(word[0]) in written])
        if words and len(words[-1][0]) > 1 and not _touches_hit(source, run):
            name = " ".join(word[0] for word in words)
            yield Mention(name, _kind(name, source[: words[0].start()]), name, article.id)


def _runs(text: str) -> list[list[re.Match[str]]]:
    """Capitalised words that follow each other."""
    runs: list[list[re.Match[str]]] = []
    for word in _WORD.finditer(text):
        if word[0][0].isupper():
            follows = bool(runs) and text[runs[-1][-1].end() : word.start()] == " "
            if follows:
                runs[-1].append(word)
            else:
                runs.append([word])
    return runs


def _without_titles(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """A name begins after the title before it."""
    last = max((number for number, word in enumerate(words) if _TITLE.fullmatch(word[0] + " ")), default=-1)
    return words[last + 1 :]


def _touches_hit(source: str, run: Sequence[re.Match[str]]) -> bool:
    """Whether a run stands right beside a glossary hit: a first name or a broken word, not a name of its own."""
    before, after = source[: run[0].start()], source[run[-1].end() :]
    return before.endswith(("·", "· ", "·-")) or after.startswith(("·", " ·", "-·"))


def _kind(name: str, before: str) -> EntityKind | None:
    if _ORGANISATION.search(name) or _BODY.search(before) or (name.isupper() and name.isalpha()):
        return "organisation"
    if _TITLE.search(before) or (" " in name and _SAYING.search(before)):
        return "person"
    return "place" if " " not in name and _PLACE.search(before) else None


def _merge(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """Mentions by English name: same skeleton, or the first or last part of exactly one person's full name."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.name].append(mention)
    alike, parts = _index(groups)
    for name in sorted(groups, key=lambda each: (each.count(" "), each)):
        longer = [other for form in variants(name) for other in parts[form] if other != name and other in groups]
        same = [other for form in variants(name) for other in alike[form] if other != name and other in groups]
        target = _full_form(groups, name, sorted(set(longer)), sorted(same))
        if target:
            groups[target] += groups.pop(name)
    return groups


def _index(names: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Names by skeleton, and full names by the skeletons of their first and last parts."""
    alike: dict[str, list[str]] = defaultdict(list)
    parts: dict[str, list[str]] = defaultdict(list)
    for name in names:
        alike[skeleton(name)].append(name)
        words = name.split()
        for word in {words[0], words[-1]} if len(words) > 1 else ():
            parts[skeleton(word)].append(name)
    return alike, parts


def _full_form(
    groups: Mapping[str, Sequence[Mention]], name: str, longer: Sequence[str], same: Sequence[str]
) -> str | None:
    """The name that *name* is another spelling or a part of, if there is just one such."""
    if " " not in name and longer:
        only = longer[0] if len(longer) == 1 else None
        return only if only and _is_person(groups[name]) and _is_person(groups[only]) else None
    return same[0] if same else None


def _is_person(group: Sequence[Mention]) -> bool:
    return all(mention.kind in ("person", None) for mention in group)


def _is_supported(group: Sequence[Mention]) -> bool:
    sightings = sum(1 for mention in group if mention.article)
    return sightings >= MINIMUM_MENTIONS or any(mention.kind or " " in mention.name for mention in group)


def _entity(name: str, group: Sequence[Mention]) -> Entity:
    kinds = Counter(mention.kind for mention in group if mention.kind)
    kind: EntityKind = min(kinds, key=lambda each: (-kinds[each], each)) if kinds else "other"
    spellings = Counter(mention.spelling for mention in group)
    ordered = sorted(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    articles = dict.fromkeys(mention.article for mention in group if mention.article)
    count = sum(1 for mention in group if mention.article)
    return Entity(name, kind, tuple(ordered), count, tuple(articles))
