"""The public names: one-liners that build the objects of the rooms.

`Translator` is what most programs need; `summarize` and `brief` take what it gives. Everything works offline. Summaries
and briefings are loaded on first use: a program that only translates starts without them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from toolkit.documents import read
from toolkit.engines import open_route
from toolkit.engines.base import DecodingOptions, Engine
from toolkit.errors import InputError
from toolkit.glossary import Glossary
from toolkit.languages import LanguagePair
from toolkit.memory import TranslationMemory
from toolkit.models import PackageStore
from toolkit.settings import Settings
from toolkit.translation import DocumentTranslator
from toolkit.types import Document, TranslatedDocument

if TYPE_CHECKING:
    from toolkit.briefings import Briefing
    from toolkit.summaries import ExtractiveSummary, Length, summarize

PathLike = str | os.PathLike[str]
__all__ = [
    "Briefing",
    "ExtractiveSummary",
    "Glossary",
    "Length",
    "Translator",
    "brief",
    "open_translator",
    "read",
    "summarize",
]
_LATER = {
    "Briefing": "toolkit.briefings",
    "ExtractiveSummary": "toolkit.summaries",
    "Length": "toolkit.summaries",
    "summarize": "toolkit.summaries",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'toolkit.api' has no attribute {name!r}")


class Translator(DocumentTranslator):
    """Translates with the best package found for a language pair, the built-in term base and what you add to it.

    >>> translator = Translator()
    >>> print(translator.pair)
    de→en
    >>> pair = translator.translate_sentences(["Juri Uschakow sprach in Peking."])[0]
    >>> [term.expected for term in pair.terms]
    ['Yuri Ushakov', 'Beijing']

    Args:
        source: Tag of the language translated from.
        target: Tag of the language translated to.
        package: Name of an installed package or path of a package file; by default the best one installed, else the
            built-in one.
        glossary: A `Glossary` to use as it is, paths of term bases to lay over the built-in one, or ``None`` for no
            glossary at all.
        memory: A `TranslationMemory`; by default none, so that a program leaves no traces.
        beam_size, length_penalty: Decoding options; by default those the package was released with.
        threads: Sentences decoded at once; 0 takes all cores.

    Raises:
        PackageNotInstalled: No package leads from *source* to *target*.
        InputError: A glossary cannot be read.
    """

    def __init__(
        self,
        source: str = "de",
        target: str = "en",
        *,
        package: str = "",
        glossary: Glossary | Sequence[PathLike] | None = (),
        memory: TranslationMemory | None = None,
        beam_size: int | None = None,
        length_penalty: float | None = None,
        threads: int = 0,
        drop_boilerplate: bool = False,
    ) -> None:
        pair = LanguagePair(source, target)
        if glossary is not None and not isinstance(glossary, Glossary):
            glossary = Glossary.builtin(pair).layer(Glossary.load(glossary))
        engine = open_engine(pair, package, threads)
        options = _options(engine, beam_size, length_penalty)
        super().__init__(engine, glossary=glossary, memory=memory, options=options, drop_boilerplate=drop_boilerplate)


def open_translator(settings: Settings) -> Translator:
    """The translator that *settings* ask for, with its memory."""
    return Translator(
        settings.source,
        settings.target,
        package=settings.package,
        glossary=open_glossary(settings),
        memory=TranslationMemory(settings.memory or None) if settings.use_memory else None,
        beam_size=settings.beam_size,
        length_penalty=settings.length_penalty,
        threads=settings.threads,
        drop_boilerplate=settings.drop_boilerplate,
    )


def open_glossary(settings: Settings) -> Glossary:
    """The term bases that *settings* name, laid over the built-in one unless that is switched off."""
    named = Glossary.load(settings.glossary)
    if not settings.builtin_glossary:
        return named
    return Glossary.builtin(LanguagePair(settings.source, settings.target)).layer(named)


def open_engine(pair: LanguagePair, package: str = "", threads: int = 0) -> Engine:
    """The engine for *pair*: one package, or two through English.

    Raises:
        PackageNotInstalled: There is no way from the source to the target language.
    """
    return open_route(PackageStore().find(pair, package or None), threads=threads or None)


def _options(engine: Engine, beam_size: int | None, length_penalty: float | None) -> DecodingOptions | None:
    given: dict[str, Any] = {"beam_size": beam_size, "length_penalty": length_penalty}
    for name, value in given.items():
        if value is not None and value <= 0:
            raise InputError(f"{name} has to be above zero, not {value}", cure=f"--{name.replace('_', '-')} 4")
    return replace(engine.defaults, **{name: value for name, value in given.items() if value is not None})


def brief(
    documents: Iterable[PathLike | Document | TranslatedDocument],
    *,
    translator: DocumentTranslator | None = None,
    **options: Any,
) -> Briefing:
    """Make one bilingual briefing of articles: paths, documents, or documents translated before.

    Args:
        translator: What translates those that are not translated yet; `Translator()` by default.
        **options: As for `toolkit.briefings.build` (``title``, ``sentences`` …).

    Raises:
        InputError: A file cannot be read.
    """
    from toolkit.briefings import build

    items = [item if isinstance(item, Document | TranslatedDocument) else read(item) for item in documents]
    waiting = [item for item in items if isinstance(item, Document)]
    done = iter((translator or Translator()).translate(waiting)) if waiting else iter(())
    translated = [item if isinstance(item, TranslatedDocument) else next(done) for item in items]
    return build(translated, **options)
