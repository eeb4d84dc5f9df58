"""Which sentences may stand in a summary, and which need the sentence before them.

A summary's sentence stands alone: it must not ask, announce, break off or credit, and what it refers to must be there
too. The rules look at the sentence alone; blocks that are not body text never come here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_CLOSERS = "\"'“”„«»‘’›‹)]}"
_TERMINALS = ".!?…"
MIN_WORDS = 4
"""Shorter sentences ("Vielen Dank.", "Well, yes.") say too little to be a bullet."""

MAX_ATTRIBUTION = 14
"""Words up to which "Das teilte … mit" is nothing but a source; longer ones go on to say something."""

_CREDIT = re.compile(
    r"""(?ix) ^\W* (?:
        (?: foto | fotos | bild | bilder | video | quelle | grafik | text | autor | stand | redaktion
          | photo | photos | image | picture | source | graphic | credit | copyright | file\ photo ) \s* [:©]
      | image\ (?:copyright|caption) | media\ caption | ©
      | (?: siehe | lesen\ sie | mehr\ (?:dazu|zum\ thema) | hören\ sie | abonnieren | folgen\ sie\ uns
          | jetzt\ anmelden | melden\ sie\ sich | zum\ newsletter | hier\ geht\ es ) \b
      | (?: see\ also | read\ (?:more|also|next) | click\ here | sign\ up | subscribe | follow\ us | watch: | listen:
          | get\ (?:our|the)\ .*newsletter | all\ rights\ reserved | this\ material\ may\ not\ be\ published ) \b
    ) | \b (?: contributed\ to\ this\ (?:report|story|article) | mit\ material\ (?:von|der) ) \b"""
)

_ATTRIBUTION = re.compile(
    r"""(?x) ^\W* (?: Das | Dies )
    \s+ (?: sagten? | teilten? | berichten | berichtete[nt]? | berichtet | meldete[nt]? | meldet | melden | erklärten?
      | schreib(?:t|en) | schrieb(?:en)? | gab(?:en)? | bestätigten? | verkündeten? | kündigten? | geht\ aus
      | erfuhr | hieß ) \b"""
)
"""Who said what the sentence before said; beside that sentence it adds a source, as a bullet it says nothing."""

_VERBS_DE = (
    "ist|sind|war|waren|sei|seien|wäre|wären|hat|haben|hatte|hatten|hätte|hätten|wird|werden|wurde|wurden|würde|würden"
    "|soll|sollen|sollte|sollten|kann|können|könnte|könnten|muss|müssen|müsste|darf|dürfen|dürfte|will|wollen|wollte"
    "|wollten|gilt|gelten|galt|geht|gehe|ging|gehen|heißt|hieß|bedeutet|bedeute|zeigt|zeige|zeigen|teilte|teilten"
    "|sagte|sagt|sagten|erklärte|berichtete|meldete|reicht|reiche|macht|mache|machte|machen|führt|führe|führte|passt"
    "|stimmt|klingt|betrifft|ergab|ergibt|geschah|gelang|gelingt|liegt|liege|lag|steht|stehe|stand|kommt|komme|kam"
    "|lässt|sieht|sah|scheint|schien|könne|müsse|dürfe|solle|wolle|habe|werde|mag|forderte|forderten|kritisierte"
)
_DANGLING_DE = re.compile(
    rf"""(?x) ^[\W\d_]* (?:
        (?: [Dd]ies(?:e[mnrs]?)? | [Ee]r | [Ii]hm | [Ii]hn | [Ii]hnen | [Ii]hr(?:e[mnrs]?)? | [Ss]ein(?:e[mnrs]?)?
          | [Dd]eren | [Dd]essen | [Ss]olch(?:e[mnrs]?)? | [Jj]ene[mnrs]? | [Bb]eide[nr]? | [Ll]etztere[nrs]?
          | [Dd]amit | [Dd]abei | [Dd]azu | [Dd]aher | [Dd]afür | [Dd]agegen | [Dd]adurch | [Dd]anach | [Dd]aran
          | [Dd]arauf(?:hin)? | [Dd]araus | [Dd]arin | [Dd]arüber | [Dd]arum | [Dd]arunter | [Dd]avon | [Dd]avor
          | [Dd]enn | [Dd]eshalb | [Dd]eswegen | [Dd]emnach | [Dd]ennoch | [Tt]rotzdem | [Hh]ingegen | [Ss]tattdessen
          | [Ww]o(?:bei|durch|für|gegen|mit|rauf|raus|rin|rüber|von|zu)
          | [Aa]ndernfalls | [Ii]nsofern | [Ff]olglich | [Ss]omit | [Dd]ort ) \b
      | [Ss]ie \s+ [a-zäöüß]
      | (?: [Dd]as | [Dd]ie | [Dd]er | [Dd]em | [Dd]en ) \s+ (?: {_VERBS_DE} ) \b
    )"""
)
_SPEAKER_DE = re.compile(
    r"[“\"«»”‘],?\s+(?:so|sagte|sagt|erklärte|betonte|ergänzte|schrieb|fügte|meinte|warnte|forderte|erzählt|erzählte)"
    r"\s+(?:er|sie|dieser|diese)\b"
)
_DANGLING_EN = re.compile(
    r"""(?ix) ^[\W\d_]* (?:
        (?: he | she | they | his | hers | her | their | theirs | him | them | these | those | its | both
          | nevertheless | nonetheless | instead | therefore | thus | hence | otherwise | similarly | likewise
          | afterwards? | consequently ) \b
      | this \s+ (?: is | was | means | meant | has | had | will | would | could | may | comes | came | follows ) \b
      | that \s+ (?: is | was | 's | means | meant | has | had | will | would | could | may ) \b
      | it \s+ (?! (?:is|was|will\ be|has\ been|remains) \s+ (?:\w+\s+){0,3} (?:that|to|unclear|whether) \b )
      | it['’]s \b
    )"""
)
_SPEAKER_EN = re.compile(r"[,.”\"’]\s*(?:(?:he|she|they)\s+(?:said|says|added|told|wrote|explained|continued)\b)", re.I)
_FIRST_PERSON = {
    "de": re.compile(r"(?:ich|mir|mich|wir|uns|(?:mein|unser)(?:e[mnr]?)?)", re.I),
    "en": re.compile(r"(?:i|me|my|mine|myself|we|us|ours?)", re.I),
}


def bar_reason(text: str, words: int, *, punctuated: bool = True) -> str:
    """Why a sentence of so many *words* cannot stand in a summary; "" if it can.

    Where sentences carry no final stop at all (*punctuated* false), its absence says nothing.

    >>> bar_reason("Wird der Streik am Montag enden?", 6), bar_reason("Der Streik endet am Montag.", 5)
    ('question', '')
    >>> bar_reason("Foto: dpa / Müller, Berlin, Mai 2020.", 6), bar_reason("Das sind die Punkte im Überblick:", 6)
    ('credit', 'announcement')
    """
    stripped = text.rstrip().rstrip(_CLOSERS + " ")
    if stripped.endswith("?"):
        return "question"
    if _CREDIT.search(text):
        return "credit"
    if stripped.endswith(":"):
        return "announcement"
    if _ATTRIBUTION.search(text) and words <= MAX_ATTRIBUTION:
        return "attribution"
    if words < MIN_WORDS or (punctuated and not stripped.endswith((*_TERMINALS,))):
        return "fragment"
    return ""


def is_punctuated(text: str) -> bool:
    """Whether *text* ends like a sentence (closing quotation marks and brackets do not count).

    >>> is_punctuated('„Wir warten.“'), is_punctuated("Popups und Layer")
    (True, False)
    """
    return text.rstrip().rstrip(_CLOSERS + " ").endswith((*_TERMINALS, ":"))


def is_dangling(text: str, language: str) -> bool:
    """Whether the sentence points back to the one before it, so that alone it would leave the reader guessing.

    Pronouns and pronominal adverbs at the beginning, or a speaker who is only "er" or "she". "Doch" and "however" are
    let through: they contrast, but name what they speak of. Only German and English sentences are ever found dangling.

    >>> [is_dangling(text, "de") for text in ("Er sagte zu.", "Das sagte Merkel.", "Das Haus brannte.", "Sie geht.")]
    [True, True, False, True]
    >>> [is_dangling(text, "en") for text in ("This means war.", "This week it rained.", '"No," she said.')]
    [True, False, True]
    """
    if language.startswith("de"):
        return bool(_DANGLING_DE.search(text) or _SPEAKER_DE.search(text))
    if language.startswith("en"):
        return bool(_DANGLING_EN.search(text) or _SPEAKER_EN.search(text))
    return False


def is_personal(words: Sequence[str], language: str) -> bool:
    """Whether a sentence with these *words* speaks in the first person (German and English only).

    >>> is_personal(["Wir", "warten"], "de"), is_personal(["US", "troops"], "en"), is_personal(["I'm", "here"], "en")
    (True, False, True)
    """
    pattern = _FIRST_PERSON.get(language[:2])
    return pattern is not None and any(pattern.fullmatch(word.partition("'")[0]) for word in words if word != "US")
