"""For the same package, sentence and options our engine gives what argostranslate gives.

Runs where argostranslate is installed (``pip install '.[argos]'``).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.engines.german import ODD, SENTENCES
from tests.models.tiny import fake_archive
from toolkit.engines import argos, open_engine
from toolkit.engines.argos import ArgosEngine
from toolkit.engines.base import DecodingOptions, Engine
from toolkit.errors import EngineError, MissingExtra
from toolkit.models import builtin, read


def test_without_argostranslate_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(argos, "find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match="argostranslate") as caught:
        ArgosEngine(read(fake_archive(tmp_path / "a.argosmodel")))
    assert "toolkit[argos]" in str(caught.value)


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> ArgosEngine:
    """argostranslate over the built-in package, with folders of its own."""
    home = tmp_path_factory.mktemp("argos")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            patch.setenv(variable, str(home / variable.lower()))
        pytest.importorskip("argostranslate.translate")
        return ArgosEngine(builtin.packages()[0])


def test_it_keeps_the_protocol(peer: ArgosEngine) -> None:
    assert isinstance(peer, Engine)
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
    assert peer.count_tokens(["", "Ja."]) == [0, 2]


def test_a_hundred_sentences_come_out_the_same(peer: ArgosEngine) -> None:
    """At argostranslate's own options: beam 4, length penalty 0.2."""
    ours = open_engine(builtin.packages()[0])
    assert len(SENTENCES) == 100
    expected = peer.translate(SENTENCES, peer.defaults)
    found = ours.translate(SENTENCES, peer.defaults)
    assert [each[0].text for each in found] == [each[0].text for each in expected]


def test_odd_texts_come_out_the_same_but_for_underscores(peer: ArgosEngine) -> None:
    """argostranslate writes blanks for underscores; we keep them."""
    found = open_engine(builtin.packages()[0]).translate(ODD, peer.defaults)
    expected = peer.translate(ODD, peer.defaults)
    assert [each[0].text.replace("_", " ") for each in found] == [each[0].text for each in expected]


def test_other_options_reach_the_decoder(peer: ArgosEngine) -> None:
    options = DecodingOptions(beam_size=2, length_penalty=1.0, hypotheses=2)
    found = open_engine(builtin.packages()[0]).translate(SENTENCES[:10], options)
    expected = peer.translate(SENTENCES[:10], options)
    assert [[one.text for one in each] for each in found] == [[one.text for one in each] for each in expected]


def test_what_argostranslate_cannot_do_is_refused(peer: ArgosEngine) -> None:
    for more in ({"prefixes": ["The"]}, {"suppress": ["The"]}):
        with pytest.raises(EngineError, match="neither force nor forbid"):
            peer.translate(["Ja."], peer.defaults, **more)
