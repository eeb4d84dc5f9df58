"""The real built-in package on real sentences, and the edges on a tiny random model."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.german import ODD, SENTENCES
from tests.models.tiny import FAKE, archive, decodable_archive, metadata, random_model
from toolkit.engines import open_engine, open_route
from toolkit.engines.base import Annotation, DecodingOptions, Engine
from toolkit.engines.ctranslate2 import ARGOS_DEFAULTS, CTranslate2Engine, available_cores
from toolkit.engines.fake import FakeEngine
from toolkit.engines.pieces import Pieces
from toolkit.engines.pivot import PivotEngine
from toolkit.errors import EngineError, PackageError
from toolkit.languages import LanguagePair
from toolkit.models import PackageFiles, PackageStore, Route, builtin, read
from toolkit.models.archive import extract
from toolkit.types import Hypothesis, Span

BEAM = DecodingOptions(beam_size=4)
GREEDY = DecodingOptions(beam_size=1)


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The built-in German→English package."""
    return open_engine(builtin.packages()[0], threads=2)


def words_linked(source: str, hypothesis: Hypothesis) -> dict[str, str]:
    return {hypothesis.text[b.start : b.end]: source[a.start : a.end] for a, b in hypothesis.alignment}


def test_it_keeps_the_protocol_and_names_itself(engine: Engine) -> None:
    assert isinstance(engine, Engine)
    assert engine.pair == LanguagePair("de", "en")
    assert engine.identity == builtin.packages()[0].sha256
    assert "built-in" in engine.label
    assert engine.count_tokens(["", "Ja."]) == [0, 2]


def test_news_is_translated(engine: Engine) -> None:
    """Names, numbers and the gist arrive; scores are log-probabilities; nothing is cut."""
    source = "Die Außenministerin reiste am 15. Dezember nach Peking."
    (best,) = engine.translate([source], BEAM)[0]
    for word in ("foreign minister", "Beijing", "December", "15"):
        assert word in best.text
    assert best.score is not None
    assert -2.0 < best.score < 0.0
    assert not best.truncated


@pytest.mark.parametrize("options", [GREEDY, DecodingOptions(beam_size=4, hypotheses=2)])
def test_a_sentence_comes_out_the_same_in_any_company(engine: Engine, options: DecodingOptions) -> None:
    """Texts, scores and alignments are equal to the last bit: alone, among others, in another order, on one thread."""
    sources = [*SENTENCES[:10], *ODD[2:7]]
    together = engine.translate(sources, options)
    assert [engine.translate([source], options)[0] for source in sources] == together
    assert engine.translate(sources[::-1], options)[::-1] == together
    assert CTranslate2Engine(builtin.packages()[0], threads=1).translate(sources, options) == together


def test_hypotheses_come_best_first(engine: Engine) -> None:
    """As many as asked for, all different, whatever the beam."""
    found = engine.translate(SENTENCES[:3], DecodingOptions(beam_size=1, hypotheses=4))
    for hypotheses in found:
        assert len({hypothesis.text for hypothesis in hypotheses}) == 4
        scores = [hypothesis.score or 0.0 for hypothesis in hypotheses]
        assert scores == sorted(scores, reverse=True)


def test_the_score_does_not_depend_on_the_length_penalty(engine: Engine) -> None:
    """It is the mean log-probability a token, however the search weighs lengths."""
    plain, argos = (engine.translate(["Das ist gut."], DecodingOptions(length_penalty=p))[0][0] for p in (1.0, 0.2))
    assert plain.text == argos.text
    assert plain.score == pytest.approx(argos.score, abs=1e-5)


@pytest.mark.parametrize("prefix", ["Advisor Ushakov", "“Both sides,” he said", "Mr. O’Neill's", "日本 minister "])
@pytest.mark.parametrize("options", [GREEDY, BEAM])
def test_a_prefix_is_kept_as_it_is_given(engine: Engine, prefix: str, options: DecodingOptions) -> None:
    """Only the sentence that has one is changed, and the prefix is part of its text (a blank at its end may go)."""
    sources = ["Der Berater sprach am Donnerstag mit der Presse.", SENTENCES[0]]
    forced, free = engine.translate(sources, options, prefixes=[prefix, ""])
    assert forced[0].text.startswith(prefix.rstrip())
    assert len(forced[0].text) > len(prefix.rstrip())
    assert free == engine.translate(sources[1:], options)[0]


def test_suppressed_words_do_not_appear(engine: Engine) -> None:
    """At the beginning of a word and inside one; what is not suppressed stays."""
    source = "Die Ministerin flog am Donnerstag nach Peking."
    before = engine.translate([source], BEAM)[0][0].text
    after = engine.translate([source], BEAM, suppress=["Beijing", "Peking", "日本"])[0][0].text
    assert "Beijing" in before
    assert "Beijing" not in after
    assert "Peking" not in after
    assert "Thursday" in after


def test_words_are_aligned(engine: Engine) -> None:
    """Also the first word, for which beam search gives no attention, and words behind quotation marks."""
    for options in (GREEDY, BEAM):
        source = "Der Berater Uschakow sagte am Donnerstag, man werde „bald“ sprechen."
        (best,) = engine.translate([source], options)[0]
        linked = words_linked(source, best)
        assert linked["Thursday"] == "Donnerstag"
        assert linked["The"] in {"Der", "Berater", "Uschakow"}
        assert "Uschakow" in linked.values()


def test_alignments_are_spans_of_words(engine: Engine) -> None:
    """Inside both texts, never empty, in target order, whatever the text."""
    sources = [*SENTENCES[::5], *ODD]
    for source, (best,) in zip(sources, engine.translate(sources, GREEDY), strict=True):
        assert all(0 <= a.start < a.end <= len(source) for a, _ in best.alignment)
        assert all(0 <= b.start < b.end <= len(best.text) for _, b in best.alignment)
        assert [b for _, b in best.alignment] == sorted(b for _, b in best.alignment)
        assert bool(best.alignment) == bool(best.text.strip())


def test_nothing_in_gives_nothing_out(engine: Engine) -> None:
    assert engine.translate([], BEAM) == []
    assert engine.translate(["", "  "], BEAM) == [(Hypothesis("", 0.0),)] * 2


def test_an_underscore_stays(engine: Engine) -> None:
    """argostranslate turns it into a blank."""
    assert "_" in engine.translate(["Die Variable heißt snake_case."], BEAM)[0][0].text


def test_a_long_source_is_never_cut(engine: Engine) -> None:
    """One that the caller should have split is read as a whole; one that no model can read is refused."""
    source = " ".join([SENTENCES[0]] * 40)
    assert engine.count_tokens([source])[0] > engine.max_tokens
    assert engine.translate([source + " Peking."], GREEDY) != engine.translate([source], GREEDY)
    with pytest.raises(EngineError, match="split sentences of more than 200 tokens"):
        engine.translate([source * 4], GREEDY)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., CTranslate2Engine]:
    """Engines over a random model, from an archive with the metadata given."""

    def build(source: str = "de", target: str = "en", **more: object) -> CTranslate2Engine:
        path = tmp_path_factory.mktemp("tiny") / "a.argosmodel"
        return CTranslate2Engine(read(decodable_archive(path, source, target, **more)), threads=1)  # type: ignore[arg-type]

    return build


def test_a_target_that_runs_into_the_limit_says_so(tiny: Callable[..., CTranslate2Engine]) -> None:
    """A random model rambles; every hypothesis that stopped at the limit is marked."""
    (best,) = tiny().translate(["das ist ein kleiner Satz"], GREEDY)[0]
    assert best.truncated


def test_an_installed_folder_and_its_archive_translate_alike(tmp_path: Path) -> None:
    package = read(decodable_archive(tmp_path / "a.argosmodel", "de", "en"))
    extract(package.path, tmp_path / "folder")
    first, second = open_engine(package), open_engine(read(tmp_path / "folder"))
    assert first.translate(["das ist"], BEAM) == second.translate(["das ist"], BEAM)


def test_what_a_package_declares_becomes_defaults(tiny: Callable[..., CTranslate2Engine]) -> None:
    """Options it was released with, its inline annotation, the length it can take; else argostranslate's options."""
    decoding = {"beam_size": 2, "length_penalty": 1.3, "max_tokens": 99}
    engine = tiny(decoding=decoding, annotation={"template": "⟦ {source} → {target} ⟧"})
    assert engine.defaults == DecodingOptions(beam_size=2, length_penalty=1.3)
    assert engine.max_tokens == 99
    assert engine.annotation == Annotation("⟦ {source} → {target} ⟧")
    assert tiny().defaults == ARGOS_DEFAULTS


def test_a_target_prefix_token_is_used_and_not_shown(tiny: Callable[..., CTranslate2Engine]) -> None:
    """Packages for several target languages begin each target with a token such as ``__fr__``."""
    plain, told = tiny(), tiny(target_prefix="⟦")
    assert told.translate(["das ist"], BEAM) != plain.translate(["das ist"], BEAM)
    (best,) = told.translate(["das ist"], BEAM, prefixes=["Both"])[0]
    assert best.text.startswith("Both")


def test_pieces_that_rewrite_quotation_marks(tiny: Callable[..., CTranslate2Engine]) -> None:
    """The source normaliser puts a space behind opening marks; targets, prefixes and spans are as if it did not."""
    pieces = Pieces(PackageFiles({}, random_model(quotes=True)["sentencepiece.model"]))
    assert pieces.encode("„Beide“")[:3] == ["▁", "„", "▁B"]
    for text in ("“Both sides”, he", "(“Both”)", "he said “both sides”", "he: “", "he said"):
        written = pieces.encode_target(text)
        assert not any("„" in piece for piece in written)
        assert pieces.decode(written) == text
    engine = tiny(quotes=True)
    for prefix in ("“Both sides”, he", '"Both sides", he', "he said: “"):
        (best,) = engine.translate(["„Beide Seiten“, sagte er"], BEAM, prefixes=[prefix])[0]
        assert best.text.startswith(prefix)
        assert best.alignment[0][1] == Span(0, 1 if prefix[0] in '“"' else 2)


def test_spellings_to_suppress(engine: Engine) -> None:
    """At the beginning of a word and inside; none for what the model cannot write."""
    pieces = Pieces(builtin.packages()[0].open())
    for spelling in pieces.spellings("Ushakov"):
        assert pieces.decode(["▁x", *spelling]).endswith("Ushakov")
    assert len(pieces.spellings("Ushakov")) == 2
    assert pieces.spellings("") == []


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.sampled_from("abc „“”\"'½…_()–ÄßЖ日😀\u0301\u00ad\t."), max_size=40))
def test_any_text_can_be_decoded(text: str) -> None:
    """No text breaks the engine, and spans stay inside the texts."""
    (best,) = _shared().translate([text], GREEDY)[0]
    assert all(0 <= a.start < a.end <= len(text) and b.end <= len(best.text) for a, b in best.alignment)


_SHARED: list[CTranslate2Engine] = []


def _shared() -> CTranslate2Engine:
    if not _SHARED:
        _SHARED.append(CTranslate2Engine(builtin.packages()[0], threads=1))
    return _SHARED[0]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [("model/model.bin", "model cannot be loaded"), ("sentencepiece.model", "SentencePiece model cannot be loaded")],
)
def test_a_package_that_cannot_be_loaded_is_named(tmp_path: Path, spoil: str, reason: str) -> None:
    files = {"metadata.json": metadata(), **FAKE, **random_model(), spoil: b"nonsense"}
    path = archive(tmp_path / "a.argosmodel", files)
    with pytest.raises(PackageError, match=reason) as caught:
        open_engine(read(path))
    assert caught.value.where == str(path)


def test_a_failing_decoder_is_an_engine_error(tiny: Callable[..., CTranslate2Engine]) -> None:
    with pytest.raises(EngineError, match="CTranslate2 failed"):
        tiny().translate(["das ist " * 2000], GREEDY)


def test_cores_are_those_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= available_cores() <= (os.cpu_count() or 1)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert available_cores() == (os.cpu_count() or 1)


def test_a_route_through_english_is_two_engines_in_a_row(tmp_path: Path) -> None:
    """Sentence by sentence; the label says so, and hypotheses and prefixes are the second step's."""
    store = PackageStore(tmp_path / "packages", with_builtin=False)
    for source, target in (("de", "en"), ("en", "fr")):
        store.install(decodable_archive(tmp_path / "a.argosmodel", source, target))
    route = store.find(LanguagePair("de", "fr"))
    engine = open_route(route, threads=1)
    assert isinstance(engine, PivotEngine)
    assert isinstance(engine, Engine)
    assert "through en" in engine.label
    first, second = (open_engine(package, threads=1) for package in route.packages)
    middle = first.translate(["das ist"], GREEDY)[0][0]
    found = engine.translate(["das ist"], DecodingOptions(beam_size=1, hypotheses=2), prefixes=["Both"])[0]
    options = DecodingOptions(beam_size=1, hypotheses=2)
    expected = second.translate([middle.text], options, prefixes=["Both"])[0]
    assert [hypothesis.text for hypothesis in found] == [hypothesis.text for hypothesis in expected]
    assert found[0].score == pytest.approx((middle.score or 0) + (expected[0].score or 0))
    assert engine.count_tokens(["das ist"]) == first.count_tokens(["das ist"])
    direct = Route(LanguagePair("de", "en"), route.packages[:1])
    assert isinstance(open_route(direct), CTranslate2Engine)


def test_engines_that_do_not_meet_are_no_pivot() -> None:
    with pytest.raises(EngineError, match="do not meet"):
        PivotEngine(FakeEngine(), FakeEngine())
