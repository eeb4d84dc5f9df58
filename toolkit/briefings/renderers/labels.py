"""The words that briefings say in every format."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from toolkit.briefings.figures import UNITS
from toolkit.briefings.types import (
    ArticleCard,
    Briefing,
    DateMention,
    Duplicate,
    Entity,
    EntityKind,
    Figure,
    Quote,
    SetAside,
    Story,
    TermUse,
)
from toolkit.languages import NAMES
from toolkit.types import Flag, FlagKind, Method

FLAGS: Mapping[FlagKind, tuple[str, str]] = {
    "untranslated": ("untranslated", "The translation is (nearly) the source text."),
    "cut_off": ("cut off", "The translation ends before its source does."),
    "loop": ("repeats itself", "The translation says the same words over and over."),
    "numbers": ("numbers differ", "A number of the source is missing from the translation, or a new one is in it."),
    "length": ("odd length", "The translation is far longer or shorter than its source."),
    "low_score": ("unsure", "The translation engine gave its own translation a low score."),
    "split": ("split", "The sentence was too long for the engine and was translated in parts."),
    "glossary": ("name not enforced", "A glossary term is not in the translation as the glossary wants it."),
    "retried": (
        "second try",
        "A check failed on the first translation; this is a second one, and the better of the two.",
    ),
}
"""Label and explanation of each flag, in the order of the legend."""
METHODS: Mapping[Method, str] = {
    "native": "already right",
    "inline": "told to the engine",
    "nbest": "other candidate",
    "source": "English name in the source",
    "repair": "repaired",
    "forced": "forced",
    "unenforced": "not enforced",
}
KINDS: Mapping[EntityKind, str] = {
    "person": "People",
    "place": "Places",
    "organisation": "Organisations",
    "other": "Other names",
}
_UNITS = {"USD": "US dollars", "EUR": "euros", "CHF": "Swiss francs", "GBP": "pounds", "CNY": "yuan", "RUB": "roubles"}
_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
_UNSPACED = ("%", "°C")


def language(tag: str) -> str:
    """English name of a language.

    >>> language("de"), language("nl")
    ('German', 'nl')
    """
    return NAMES.get(tag, tag)


def number(article: str) -> str:
    """The number of an article, from its id.

    >>> number("a12")
    '12'
    """
    return article.lstrip("a")


def plural(count: int, noun: str) -> str:
    """Number and noun.

    >>> plural(1, "story"), plural(4, "story"), plural(2, "article")
    ('1 story', '4 stories', '2 articles')
    """
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {noun[:-1]}ies" if noun.endswith("y") else f"{count:,} {noun}s"


def amount(figure: Figure) -> str:
    """A figure in English.

    >>> from toolkit.briefings.types import Citation, Figure
    >>> amount(Figure("rund 123 Mrd. Dollar", "123000000000", "USD", True, Citation("a1", "b0.0")))
    'about 123 billion US dollars'
    """
    about = "about " if figure.approximate else ""
    return about + _quantity(Decimal(figure.value)) + _with_unit(figure.unit)


def _quantity(value: Decimal) -> str:
    for power, name in _SCALES:
        if abs(value) >= Decimal(10) ** power:
            return f"{value.scaleb(-power).normalize():f} {name}"
    return f"{value:,f}"


def _with_unit(unit: str) -> str:
    if unit in _UNSPACED:
        return unit
    return f" {_UNITS.get(unit, unit)}" if unit in UNITS else f" “{unit}”"


def claim_value(value: str) -> str:
    """A claim's value in English: an ISO day as it is, an amount with its unit.

    >>> claim_value("2024-05-16"), claim_value("31 %"), claim_value("240000000000 USD")
    ('2024-05-16', '31%', '240 billion US dollars')
    """
    quantity, _, unit = value.partition(" ")
    return _quantity(Decimal(quantity)) + _with_unit(unit) if unit else value


def flag_text(flag: Flag) -> str:
    """A flag's explanation with its detail, as one sentence."""
    explanation = FLAGS[flag.kind][1]
    return f"{explanation} ({flag.detail})" if flag.detail else explanation


def spellings(entity: Entity) -> tuple[str, ...]:
    """Spellings that differ from the name shown."""
    return tuple(spelling for spelling in entity.spellings if spelling != entity.name)


def by_kind(story: Story) -> list[tuple[str, list[Entity]]]:
    """A story's entities under their headings; empty headings are left out."""
    groups = [(heading, [e for e in story.entities if e.kind == kind]) for kind, heading in KINDS.items()]
    return [(heading, entities) for heading, entities in groups if entities]


def speaker(quote: Quote) -> str:
    """Who said it, in English where that is known, with a remark where it is an inference or unknown."""
    if quote.speaker is None:
        return "speaker not named"
    other = f" ({quote.speaker.source})" if quote.speaker.source != quote.speaker.target else ""
    return quote.speaker.target + other + (" – inferred from the sentence before" if quote.inferred else "")


def known_date(mention: DateMention) -> str:
    """A resolved date as it is to be shown.

    >>> from toolkit.briefings.types import Citation, DateMention
    >>> known_date(DateMention("Mittwoch", "2021-12-15", "counted from 2021-12-16", Citation("a1", "b0.0")))
    '2021-12-15 – “Mittwoch”, counted from 2021-12-16'
    """
    written = "" if mention.text == mention.iso else f" – “{mention.text}”"
    return f"{mention.iso}{written}" + (f", {mention.note}" if mention.note else "")


def known_dates(story: Story) -> list[DateMention]:
    """The dates of a story that could be resolved."""
    return [mention for mention in story.dates if mention.iso]


def open_dates(story: Story) -> list[tuple[str, list[DateMention]]]:
    """The dates that could not be resolved, by the reason."""
    reasons: dict[str, list[DateMention]] = {}
    for mention in story.dates:
        if not mention.iso:
            reasons.setdefault(mention.note, []).append(mention)
    return list(reasons.items())


def counts(briefing: Briefing) -> str:
    """What the briefing is made of, in one line."""
    numbers = briefing.counts
    parts = [
        plural(numbers.articles, "article"),
        plural(numbers.stories, "story"),
        plural(numbers.sentences, "sentence"),
        f"{numbers.flagged:,} flagged",
    ]
    parts += [plural(numbers.duplicates, "duplicate")] if numbers.duplicates else []
    parts += [f"{plural(numbers.failed, 'file')} not used"] if numbers.failed else []
    return " · ".join(parts)


def period(briefing: Briefing) -> str:
    """First and last day, or one of them; empty when no article has a certain date."""
    first, last = briefing.period
    return first if first == last else f"{first} to {last}"


def provenance(card: ArticleCard) -> list[tuple[str, str]]:
    """Where an article comes from: pairs of a label and a value, only those that are known.

    The digest is cut to 16 digits here; the whole of it is in the JSON.
    """
    date = card.date + (f" (found in: {card.date_source})" if card.date and card.date_source else "")
    rows = [
        ("Outlet", card.outlet),
        ("Agency", card.agency),
        ("By", ", ".join(card.authors)),
        ("Date", date or "not given"),
        ("Doubt about the date", "; ".join(card.conflicts)),
        ("File", card.path),
        ("SHA-256", f"{card.sha256[:16]}…"),
        ("Words", f"{card.source_words:,} in the source, {card.target_words:,} in the translation"),
        ("Set aside", f"{card.set_aside:.0%} of the text" if card.set_aside else ""),
        ("Flags", ", ".join(f"{FLAGS[kind][0]}: {count}" for kind, count in card.flags)),
        ("Repeats", f"article {number(card.duplicate_of)}" if card.duplicate_of else ""),
        ("Reader's notes", "; ".join(card.notices)),
    ]
    return [(label, value) for label, value in rows if value]


def sources(briefing: Briefing, story: Story) -> list[tuple[ArticleCard, str]]:
    """The articles of a story and what to say of each: number, source, date, and whether it repeats another one."""
    found = []
    for card in (briefing.article(each) for each in story.articles):
        parts = [f"[{number(card.id)}] {source_name(card)}", card.date + (" (date in doubt)" if card.conflicts else "")]
        parts += [f"repeats [{number(card.duplicate_of)}]"] if card.duplicate_of else []
        found.append((card, ", ".join(part for part in parts if part)))
    return found


def source_name(card: ArticleCard) -> str:
    """What to call an article's source in a list: its outlet, else its file's name."""
    return card.outlet or card.path.replace("\\", "/").rpartition("/")[2]


def duplicate(each: Duplicate) -> str:
    """One line on a duplicate."""
    kind = "a copy" if each.kind == "copy" else "a reprint"
    return f"Article {number(each.article)} is {kind} of article {number(each.of)} ({each.similarity:.0%} of its text)"


def methods(term: TermUse) -> str:
    """How often a term came out right by which method."""
    return ", ".join(f"{METHODS[method]} {count}×" for method, count in term.methods)


def term(use: TermUse) -> str:
    """One line on a glossary term."""
    return f"{use.expected} (written {', '.join(use.surfaces)}): {methods(use)}"


def appendices(briefing: Briefing) -> list[tuple[str, list[str]]]:
    """What stands behind the briefing, as headed lists of lines; empty lists are left out."""
    failures = [f"{e.path}: {e.reason}" + (f". Cure: {e.cure}" if e.cure else "") for e in briefing.errors]
    aside = [f"[{number(each.article)}] {each.source}{_reason(each)}" for each in briefing.set_aside]
    sections = [
        ("Files that could not be used", failures),
        ("Duplicates", [duplicate(each) for each in briefing.duplicates]),
        ("Glossary", [term(each) for each in briefing.glossary_report]),
        ("Set aside as not part of an article", aside),
        ("How this was made", [briefing.signature, briefing.settings]),
    ]
    return [(heading, rows) for heading, rows in sections if rows]


def _reason(each: SetAside) -> str:
    return f" ({each.reason})" if each.reason else ""
