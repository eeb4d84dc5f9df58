"""Briefings to look at: one of the made-up folder, one of the five real articles."""

from __future__ import annotations

import pytest

from tests.briefings import sample
from tests.conftest import ROOT
from toolkit.briefings import Briefing, build
from toolkit.documents import read
from toolkit.engines import open_route
from toolkit.engines.base import DecodingOptions
from toolkit.errors import InputError
from toolkit.languages import LanguagePair
from toolkit.models import PackageStore
from toolkit.translation import DocumentTranslator
from toolkit.types import TranslatedDocument


@pytest.fixture(scope="session")
def briefing() -> Briefing:
    failure = InputError("is not text", where="seeds/photo.png", cure="give text, HTML or DOCX")
    return build(sample.folder(), glossary=sample.GLOSSARY, method="lead", title="Test briefing", errors=[failure])


@pytest.fixture(scope="session")
def translated_seeds(tmp_path_factory: pytest.TempPathFactory) -> list[TranslatedDocument]:
    """The five real articles, translated by the built-in package; greedily, which is enough for what is tested here."""
    pair = LanguagePair("de", "en")
    route = PackageStore(tmp_path_factory.mktemp("packages")).find(pair)
    translator = DocumentTranslator(open_route(route), options=DecodingOptions(beam_size=1))
    return list(translator.translate(read(path) for path in sorted((ROOT / "seeds").glob("*.txt"))))
