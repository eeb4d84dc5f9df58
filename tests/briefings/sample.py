"""A small made-up folder: a ferry accident in two independent reports and a copy, and a vote in a parliament.

The articles hold what briefings must cope with: figures that differ, weekdays, quotes, a reprint, page furniture,
markup and scripts in the text, a link that must not be one, characters that a terminal would obey.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.glossary.entries import Glossary, GlossaryEntry
from toolkit.types import (
    Block,
    Document,
    Flag,
    Occurrence,
    Role,
    Segment,
    SegmentPair,
    Signature,
    Span,
    TranslatedBlock,
    TranslatedDocument,
)

GLOSSARY = Glossary(
    [
        GlossaryEntry("Karin Brandt", kind="person", target="Karin Brandt", aliases=("Brandt",)),
        GlossaryEntry("Rügen", kind="place", target="Rügen"),
        GlossaryEntry("Ostsee", kind="place", target="Baltic Sea"),
        GlossaryEntry("Landtag", kind="organisation", target="state parliament"),
    ]
)
SIGNATURE = Signature("0.1.0", ("translate-de_en 1.0 (sha256 0123abcd)",), glossary="feed", settings="beam 4")

Pair = tuple[str, str] | tuple[str, str, tuple[Flag, ...]]
Paragraph = tuple[Role, Sequence[Pair]]

FERRY: list[Paragraph] = [
    ("title", [("Fähre vor Rügen gesunken: Suche nach Vermissten", "Ferry sinks off Rügen: search for the missing")]),
    (
        "paragraph",
        [
            (
                "Beim Untergang einer Fähre vor Rügen sind am Mittwoch zwölf Menschen ums Leben gekommen.",
                "Twelve people died on Wednesday when a ferry sank off Rügen.",
            ),
            (
                "Das Schiff war bei schwerem Seegang in der Ostsee gekentert.",
                "The ship had capsized in heavy seas in the Baltic Sea.",
                (Flag("low_score", "score -1.30"),),
            ),
        ],
    ),
    (
        "paragraph",
        [
            (
                "„Wir haben die Suche nach den Vermissten in der Nacht nicht unterbrochen“, sagte Karin Brandt.",
                "“We did not interrupt the search for the missing during the night,” said Karin Brandt.",
            ),
            (
                "Sie sagte, das Wasser sei nur acht Grad kalt.",
                "She said the water was only eight degrees cold.",
            ),
        ],
    ),
    ("heading", [("Hoher Schaden", "High damage")]),
    (
        "list_item",
        [("Der Schaden wird auf rund 40 Millionen Euro geschätzt.", "The damage is put at around 40 million euros.")],
    ),
    ("boilerplate", [("Melden Sie sich für unseren Newsletter an", "Sign up for our newsletter")]),
]
HOSTILE = "<script>alert(1)</script> & [hier](javascript:alert(2)) \x1b[31mrot\u202e"
WAVE: list[Paragraph] = [
    ("title", [("Fährunglück vor Rügen: mehr Tote", "Ferry accident off Rügen: more dead")]),
    (
        "paragraph",
        [
            (
                "Beim Untergang der Fähre vor Rügen sind am Mittwoch 14 Menschen ums Leben gekommen.",
                "14 people died on Wednesday when the ferry sank off Rügen.",
            ),
            (
                "Taucher suchten in der Ostsee weiter nach Vermissten der gesunkenen Fähre.",
                "Divers continued to search the Baltic Sea for people missing from the sunken ferry.",
                (Flag("numbers", "14 is missing"), Flag("retried")),
            ),
        ],
    ),
    ("paragraph", [(f"Leser schrieben: {HOSTILE}", f"Readers wrote: {HOSTILE}")]),
]
VOTE: list[Paragraph] = [
    ("title", [("Landtag wählt neue Präsidentin", "State parliament elects new president")]),
    (
        "paragraph",
        [
            (
                "Der Landtag hat am Dienstag mit 52 Stimmen eine neue Präsidentin gewählt.",
                "The state parliament elected a new president on Tuesday with 52 votes.",
            ),
            (
                "Ihre Vorgängerin war im März 2023 nach einem Streit über den Haushalt zurückgetreten.",
                "Her predecessor had resigned in March 2023 after a dispute over the budget.",
            ),
        ],
    ),
]


def translated(
    path: str, paragraphs: Sequence[Paragraph], metadata: Mapping[str, Any] | None = None
) -> TranslatedDocument:
    """Put an article together as reading, preparing and translating it would."""
    blocks = [_block(f"b{number}", role, pairs) for number, (role, pairs) in enumerate(paragraphs)]
    raw = "\n\n".join(block.block.text for block in blocks).encode()
    document = Document(path, "text", raw, tuple(block.block for block in blocks), metadata=metadata or {})
    return TranslatedDocument(document, tuple(blocks), "en", SIGNATURE)


def _block(name: str, role: Role, pairs: Sequence[Pair]) -> TranslatedBlock:
    segments, done, cursor = [], [], 0
    for number, (source, target, *flags) in enumerate(pairs):
        span = Span(cursor, cursor + len(source))
        cursor = span.end + 1
        segments.append(Segment(f"{name}.{number}", source, span))
        hits = GLOSSARY.find(source)
        terms = tuple(Occurrence(hit.entry.target, hit.entry.target, hit.span, hit.surface, "native") for hit in hits)
        done.append(SegmentPair(f"{name}.{number}", span, source, target, -0.2, flags[0] if flags else (), terms))
    text = " ".join(pair[0] for pair in pairs)
    reason = "asks the reader to do something" if role == "boilerplate" else ""
    return TranslatedBlock(Block(name, text, role, segments=tuple(segments), reason=reason), tuple(done))


def folder() -> list[TranslatedDocument]:
    """The four articles: the ferry twice independently and once copied, and the vote."""
    return [
        translated(
            "seeds/ferry.txt",
            FERRY,
            {
                "outlet": "Küstenbote",
                "date": "2024-05-16",
                "date_source": "header",
                "url": "https://example.org/ferry?a=1&b=2",
                "authors": ("Eva <b>Klein</b>",),
            },
        ),
        translated("seeds/vote.txt", VOTE, {"outlet": "Landesbote", "date": "2024-05-16", "date_source": "header"}),
        translated(
            "seeds/wave.txt",
            WAVE,
            {"outlet": "Nordwelle", "date": "2024-05-17", "date_source": "header", "url": "javascript:alert(3)"},
        ),
        translated("seeds/copy.txt", FERRY, {"outlet": "Tageblatt", "agency": "dpa", "date": "2024-05-16"}),
    ]
