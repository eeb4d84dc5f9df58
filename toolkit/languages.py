"""Language tags and pairs.

Tags are BCP 47, as Argos packages use them: ``de``, ``en``, ``pt-BR``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.errors import InputError

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
NAMES = {"de": "German", "en": "English"}
"""English names of the languages the toolkit knows more than the tag of."""


def check_tag(tag: str) -> str:
    """Return *tag* if it looks like a BCP 47 tag.

    >>> check_tag("pt-BR")
    'pt-BR'
    >>> check_tag("German")
    Traceback (most recent call last):
    ...
    toolkit.errors.InputError: 'German' is not a language tag. Cure: use a BCP 47 tag such as de or en
    """
    if not _TAG.fullmatch(tag):
        raise InputError(f"{tag!r} is not a language tag", cure="use a BCP 47 tag such as de or en")
    return tag


@dataclass(frozen=True, slots=True, order=True)
class LanguagePair:
    """From which language into which.

    >>> str(LanguagePair("de", "en")), LanguagePair.parse("de_en")
    ('de→en', LanguagePair(source='de', target='en'))
    """

    source: str
    target: str

    def __post_init__(self) -> None:
        check_tag(self.source)
        check_tag(self.target)

    def __str__(self) -> str:
        return f"{self.source}→{self.target}"

    @classmethod
    def parse(cls, text: str) -> LanguagePair:
        """Read ``de_en``, ``de-en`` or ``de→en``.

        Raises:
            InputError: *text* is not two tags with a separator between them.
        """
        parts = re.split(r"[_→>]|-(?=[a-z]{2,3}$)", text)
        if len(parts) != 2:
            raise InputError(f"{text!r} is not a language pair", cure="write it like de_en")
        return cls(*parts)
