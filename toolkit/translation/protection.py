"""Things in a sentence that no translation may touch: web and mail addresses, handles, file and variable names.

They are not masked. Masking with placeholders takes the words out of the decoder's sight, and placeholders come back
dropped, doubled or moved. Instead each becomes a `keep` entry of a glossary that lives as long as its text, so that one
mechanism, the glossary's cascade, checks and repairs names and addresses alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.glossary import Glossary, GlossaryEntry

_PROTECTED = re.compile(
    r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]]"  # web addresses, without the sentence's punctuation
    r"|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # mail addresses
    r"|\b(?:[\w-]+\.)+(?:com|org|net|de|at|ch|eu|info|io|gov|edu|int|uk|ru|cn|ua)\b(?:/[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]])?"
    r"|(?<!\w)[@#]\w{2,}"  # handles and hashtags
    r"|\b\w+(?:_\w+)+\b"  # identifiers
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_ONLY_SIGNS = re.compile(r"[\W\d_]*")


def protected(text: str) -> list[str]:
    """Everything in *text* that has to come out as it is, in order.

    >>> protected("Mehr auf https://example.org/a_b. Schreiben Sie an redaktion@example.org oder @welt_news!")
    ['https://example.org/a_b', 'redaktion@example.org', '@welt_news']
    """
    return [match.group() for match in _PROTECTED.finditer(text)]


def is_untranslatable(text: str) -> bool:
    """Whether *text* has nothing to translate: signs, figures, one bare address or slug.

    >>> [is_untranslatable(text) for text in ("* * *", "31 %", "https://example.org/ja", "toi-allgemeines", "Ja")]
    [True, True, True, True, False]
    """
    return bool(_ONLY_SIGNS.fullmatch(_PROTECTED.sub("", text)) or _SLUG.fullmatch(text))


def keep_entries(texts: Iterable[str]) -> Glossary | None:
    """A glossary that keeps everything protected in *texts*, or ``None`` when there is nothing of the kind."""
    found = dict.fromkeys(item for text in texts for item in protected(text))
    if not found:
        return None
    return Glossary(
        tuple(
            GlossaryEntry(item, item, kind="keep", case="sensitive", match="exact", note="protected") for item in found
        )
    )
