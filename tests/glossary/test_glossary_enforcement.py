"""The cascade: each step on its own, the order, what is refused, and that nothing else is touched."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.engines.base import Annotation, DecodingOptions
from toolkit.engines.fake import FakeEngine
from toolkit.glossary.cascade.acceptance import Acceptance, Limits
from toolkit.glossary.cascade.sentence import Sentence
from toolkit.glossary.enforcement import Enforcer
from toolkit.glossary.entries import Glossary, GlossaryEntry
from toolkit.types import Hypothesis, Occurrence, Span

GLOSSARY = Glossary(
    [
        GlossaryEntry("Uschakow", "Ushakov", "person"),
        GlossaryEntry("Juri Uschakow", "Yuri Ushakov", "person", variants=("Yury Ushakov",)),
        GlossaryEntry("Putin", "Putin", "person"),
        GlossaryEntry("Wladimir Putin", "Vladimir Putin", "person"),
        GlossaryEntry("Kiew", "Kyiv", "place", forbidden=("Kiev",)),
        GlossaryEntry("Asien", "Asia", "place"),
        GlossaryEntry("Türkei", "Türkiye", "place"),
        GlossaryEntry("Sanktion", "sanction", forbidden=("penalty",)),
        GlossaryEntry("Waffenruhe", "ceasefire"),
        GlossaryEntry("Tagesschau", kind="keep"),
        GlossaryEntry("Blinken", "Blinken", "person", status="admitted"),
    ]
)


def enforce(engine: FakeEngine, source: str, hypothesis: Hypothesis) -> tuple[Hypothesis, tuple[Occurrence, ...]]:
    (result,) = Enforcer(GLOSSARY, engine).enforce([source], [hypothesis])
    return result


def methods(occurrences: Sequence[Occurrence]) -> list[str]:
    return [occurrence.method for occurrence in occurrences]


UNTOUCHED = [
    ("Es regnet.", "It rains."),
    ("", ""),
    ("Uschakow kam.", "Ushakov came."),
    ("Juri Uschakow kam.", "Yury Ushakov came."),
    ("Uschakows Plan", "Ushakov's plan"),
    ("Putins Kiew", "Putin’s Kyiv"),
    ("SANKTIONEN GEGEN KIEW", "SANCTIONS AGAINST KYIV"),
    ("Sanktionen drohen.", "Sanctions loom."),
    ("Die Tagesschau meldet", "Tagesschau reports"),
    ("Blinken sprach.", "He spoke."),
]


@pytest.mark.parametrize(("source", "target"), UNTOUCHED)
def test_what_is_right_comes_back_as_the_same_object(source: str, target: str) -> None:
    engine, hypothesis = FakeEngine(), Hypothesis(target, -0.2)
    result, _ = enforce(engine, source, hypothesis)
    assert result is hypothesis
    assert engine.calls == []


REPAIRED = [
    ("Uschakow kam.", "Uschakow came.", "Ushakov came."),
    ("Uschakow kam.", "Uschakov came.", "Ushakov came."),
    ("Uschakow kam.", "Ushakow came.", "Ushakov came."),
    ("Uschakows Plan", "Uschakow's plan", "Ushakov's plan"),
    ("Uschakows Plan", "Uschakows plan", "Ushakov's plan"),
    ("die Rede Uschakows", "the speech of Uschakows", "the speech of Ushakov"),
    ("USCHAKOW KOMMT", "USCHAKOW COMES", "USHAKOV COMES"),
    ("Juri Uschakow kam.", "Juri Uschakow came.", "Yuri Ushakov came."),
    ("Uschakow traf Wladimir Putin.", "Uschakow met Wladimir Putin.", "Ushakov met Vladimir Putin."),
    ("Wladimir Putin und Putin", "Wladimir Putin and Putin", "Vladimir Putin and Putin"),
    ("Uschakow sah Uschakow.", "Ushakov saw Uschakow.", "Ushakov saw Ushakov."),
    ("In Kiew", "In Kiev", "In Kyiv"),
    ("Kiew-Besuch", "Kiev visit", "Kyiv visit"),
    ("Sanktionen drohen.", "Penalties loom.", "Sanctions loom."),
    ("neue Sanktionen", "new penalties", "new sanctions"),
    ("Die Tagesschau kam.", "The Tagesshau came.", "The Tagesschau came."),
]


@pytest.mark.parametrize(("source", "target", "wanted"), REPAIRED)
def test_a_plainly_wrong_form_is_exchanged_without_decoding(source: str, target: str, wanted: str) -> None:
    engine = FakeEngine()
    result, occurrences = enforce(engine, source, Hypothesis(target, -0.3))
    assert result.text == wanted
    assert "repair" in methods(occurrences)
    assert {each.score_after for each in occurrences} == {-0.3}
    assert engine.calls == []


def test_a_repair_moves_the_alignment_along() -> None:
    hypothesis = Hypothesis("Juri Uschakow came", -0.3, ((Span(0, 13), Span(0, 13)), (Span(14, 17), Span(14, 18))))
    result, (occurrence,) = enforce(FakeEngine(), "Juri Uschakow kam", hypothesis)
    assert result.alignment == ((Span(0, 13), Span(0, 12)), (Span(14, 17), Span(13, 17)))
    assert occurrence.found_span == Span(0, 12)


def test_an_adjective_of_a_place_is_no_misspelling() -> None:
    result, occurrences = enforce(FakeEngine(lambda source: "Asian tour"), "Asien-Tour", Hypothesis("Asian tour"))
    assert (result.text, methods(occurrences)) == ("Asian tour", ["unenforced"])


def test_another_name_copied_from_the_source_is_left_alone() -> None:
    source, target = "Ushakow und Uschakow kamen", "Ushakow came"
    engine = FakeEngine(lambda source: target)
    result, occurrences = enforce(engine, source, Hypothesis(target))
    assert (result.text, methods(occurrences)) == (target, ["unenforced"])


def test_inline_marks_the_failing_hits_and_only_those() -> None:
    marked = "Die ⟦Waffenruhe→ceasefire⟧ in Kiew hält."
    engine = FakeEngine({marked: "The ceasefire in Kyiv holds."}, annotation=Annotation("⟦{source}→{target}⟧"))
    result, occurrences = enforce(engine, "Die Waffenruhe in Kiew hält.", Hypothesis("The truce in Kyiv holds.", -0.5))
    assert result.text == "The ceasefire in Kyiv holds."
    assert methods(occurrences) == ["inline", "native"]
    assert (occurrences[0].score_before, occurrences[0].score_after) == (-0.5, -0.1)
    assert engine.calls == [[marked]]


def test_inline_marks_all_hits_when_marking_some_loses_others() -> None:
    table = {
        "⟦Waffenruhe→ceasefire⟧ in Kiew": "ceasefire in town",
        "⟦Waffenruhe→ceasefire⟧ in ⟦Kiew→Kyiv⟧": "ceasefire in Kyiv",
    }
    engine = FakeEngine(table, annotation=Annotation("⟦{source}→{target}⟧"))
    result, _ = enforce(engine, "Waffenruhe in Kiew", Hypothesis("truce in Kyiv"))
    assert result.text == "ceasefire in Kyiv"


def test_inline_parts_a_term_that_was_glued_to_the_word_before() -> None:
    marked = "Die ⟦Türkei→Türkiye⟧ kam."
    engine = FakeEngine({marked: "TheTürkiye came."}, annotation=Annotation("⟦{source}→{target}⟧"))
    result, _ = enforce(engine, "Die Türkei kam.", Hypothesis("Turkey came."))
    assert result.text == "The Türkiye came."


def test_inline_sets_brackets_tight_and_the_article_right() -> None:
    marked = "⟦Waffenruhe→ceasefire⟧ ( ⟦Türkei→Türkiye⟧ )"
    engine = FakeEngine({marked: "An ceasefire ( Türkiye)"}, annotation=Annotation("⟦{source}→{target}⟧"))
    result, _ = enforce(engine, "Waffenruhe ( Türkei )", Hypothesis("A truce (Turkey)"))
    assert result.text == "A ceasefire (Türkiye)"


def test_without_annotation_the_source_is_never_marked() -> None:
    engine = FakeEngine()
    enforce(engine, "Waffenruhe", Hypothesis("truce"))
    assert not any("→" in source for call in engine.calls for source in call)


class Scripted(FakeEngine):
    """A fake that has several hypotheses, or continues prefixes and avoids words as told."""

    def __init__(self, script: Callable[[str, str, Sequence[str]], Sequence[str]]) -> None:
        super().__init__()
        self._script = script

    def translate(
        self,
        sources: Sequence[str],
        options: DecodingOptions,
        *,
        prefixes: Sequence[str] | None = None,
        suppress: Sequence[str] = (),
    ) -> list[tuple[Hypothesis, ...]]:
        self.calls.append(list(sources))
        starts = prefixes or [""] * len(sources)
        pairs = zip(sources, starts, strict=True)
        return [tuple(Hypothesis(text, -0.4) for text in self._script(*pair, suppress)) for pair in pairs]


def test_nbest_takes_the_candidate_that_changes_least() -> None:
    engine = Scripted(
        lambda source, prefix, suppress: ["the truce holds", "ceasefire is on now", "the ceasefire holds"]
    )
    result, occurrences = enforce(engine, "Die Waffenruhe hält", Hypothesis("the truce holds", -0.3))
    assert (result.text, methods(occurrences)) == ("the ceasefire holds", ["nbest"])


def test_source_writes_the_name_with_its_ending_into_the_sentence() -> None:
    engine = FakeEngine({"Ushakovs Plan steht": "Ushakov's plan stands"})
    result, occurrences = enforce(engine, "Uschakows Plan steht", Hypothesis("his plan stands", -0.3))
    assert (result.text, methods(occurrences)) == ("Ushakov's plan stands", ["source"])


def test_forced_keeps_what_stands_before_the_wrong_words() -> None:
    def script(source: str, prefix: str, suppress: Sequence[str]) -> list[str]:
        return [prefix + " was broken"] if prefix else ["the lull was broken"]

    words = ((Span(4, 14), Span(4, 8)),)
    result, occurrences = enforce(Scripted(script), "Die Waffenruhe brach", Hypothesis("the lull broke", -0.35, words))
    assert (result.text, methods(occurrences)) == ("the ceasefire was broken", ["forced"])


def forced(source: str, before: Hypothesis, rest: Hypothesis) -> tuple[str, list[str]]:
    """Enforce with an engine that only continues prefixes, with *rest*."""

    class Continuing(FakeEngine):
        def translate(
            self,
            sources: Sequence[str],
            options: DecodingOptions,
            *,
            prefixes: Sequence[str] | None = None,
            suppress: Sequence[str] = (),
        ) -> list[tuple[Hypothesis, ...]]:
            starts = prefixes or [""] * len(sources)
            return [(Hypothesis(start + rest.text if start else "", rest.score),) for start in starts]

    result, occurrences = enforce(Continuing(), source, before)
    return result.text, methods(occurrences)


def test_forced_keeps_the_article_that_was_aligned_with_the_wrong_word() -> None:
    words = ((Span(0, 10), Span(13, 16)), (Span(0, 10), Span(17, 21)))
    before = Hypothesis("all spoke of the lull", -0.3, words)
    assert forced("Waffenruhe", before, Hypothesis("", -0.3)) == ("all spoke of the ceasefire", ["forced"])


@pytest.mark.parametrize(("score", "method"), [(-0.35, "forced"), (-0.45, "unenforced")])
def test_forced_refuses_a_common_word_after_which_the_engine_is_less_sure(score: float, method: str) -> None:
    before = Hypothesis("the lull broke", -0.3, ((Span(4, 14), Span(4, 8)),))
    assert forced("Die Waffenruhe brach", before, Hypothesis(" was broken", score))[1] == [method]


def test_forced_takes_no_other_words_for_a_name_said_again() -> None:
    source, words = "Kiew will, dass Kiew lebt", ((Span(16, 20), Span(16, 18)),)
    before = Hypothesis("Kyiv wants that it lives", -0.3, words)
    assert forced(source, before, Hypothesis(" lives", -0.1)) == (before.text, ["native", "unenforced"])


ARTICLES = [
    ("ein Waffenruhe", "an lull", "a ceasefire", ((Span(4, 14), Span(3, 7)),)),
    ("Die Tagesschau", "an Tagesshau", "a Tagesschau", ()),
]


@pytest.mark.parametrize(("source", "text", "wanted", "words"), ARTICLES)
def test_the_article_is_made_to_fit(source: str, text: str, wanted: str, words: tuple[tuple[Span, Span], ...]) -> None:
    assert forced(source, Hypothesis(text, -0.3, words), Hypothesis("", -0.2))[0] == wanted


def test_what_cannot_be_enforced_stays_as_it_was_and_is_said() -> None:
    hypothesis = Hypothesis("The talks went on.", -0.3)
    result, (occurrence,) = enforce(FakeEngine({}), "Die Waffenruhe hielt.", hypothesis)
    assert result is hypothesis
    assert (occurrence.method, occurrence.found, occurrence.found_span) == ("unenforced", "", None)
    assert (occurrence.score_before, occurrence.score_after) == (-0.3, -0.3)


def test_admitted_entries_are_reported_where_they_came_out_and_never_enforced() -> None:
    engine, hypothesis = FakeEngine(), Hypothesis("He spoke.")
    result, occurrences = enforce(engine, "Blinken sprach.", hypothesis)
    assert (result is hypothesis, occurrences, engine.calls) == (True, (), [])
    assert methods(enforce(engine, "Blinken sprach.", Hypothesis("Blinken spoke."))[1]) == ["native"]


def test_a_term_that_inline_put_right_is_marked_again_when_another_is() -> None:
    source = "Waffenruhe, Sanktion"
    table = {
        "⟦Waffenruhe→ceasefire⟧, ⟦Sanktion→sanction⟧": "ceasefire, embargo",
        "⟦Waffenruhe→ceasefire⟧, Sanktion": "ceasefire, ban",
        "Waffenruhe, ⟦Sanktion→sanction⟧": "truce, sanction",
    }
    engine = FakeEngine(table, annotation=Annotation("⟦{source}→{target}⟧"))
    enforce(engine, source, Hypothesis("truce, ban"))
    assert engine.calls[:2] == [["⟦Waffenruhe→ceasefire⟧, ⟦Sanktion→sanction⟧"]] * 2


def test_every_step_decodes_all_failing_sentences_in_one_call() -> None:
    engine = FakeEngine({}, annotation=Annotation("⟦{source}→{target}⟧"))
    sources = ["Die Waffenruhe hält.", "Es regnet.", "Keine Waffenruhe.", "Uschakow kam."]
    Enforcer(GLOSSARY, engine).enforce(sources, [Hypothesis(text) for text in ("x", "It rains.", "y", "Ushakov came.")])
    assert engine.calls[0] == ["Die ⟦Waffenruhe→ceasefire⟧ hält.", "Keine ⟦Waffenruhe→ceasefire⟧."]
    assert all(len(call) == 2 for call in engine.calls)


def test_sources_and_hypotheses_have_to_be_as_many() -> None:
    with pytest.raises(ValueError, match="zip"):
        Enforcer(GLOSSARY, FakeEngine()).enforce(["a"], [])


REFUSED = [
    ("puts no hit right", "the truce of 2024 with 5 points"),
    ("says a term twice", "the ceasefire and ceasefire of 2024 with 5 points"),
    ("shows the annotation", "the ⟦ceasefire of 2024 with 5 points"),
    ("changes a number", "the ceasefire of 2023 with 5 points"),
    ("repeats itself", "the ceasefire of of 2024 with 5 points"),
    ("length", "ceasefire 2024 5"),
    ("is another sentence", "a ceasefire might then hold since 2024 and 5 men"),
    ("", "the ceasefire of 2024 with 5 points"),
]


@pytest.mark.parametrize(("reason", "text"), REFUSED)
def test_a_candidate_that_hurts_the_sentence_is_refused(reason: str, text: str) -> None:
    source = "die lange Waffenruhe von 2024 mit 5 Punkten"
    original = Hypothesis("the long truce of 2024 with 5 points", -0.3)
    sentence = Sentence.start(source, GLOSSARY.find(source), original)
    acceptance = Acceptance(Limits(slack=0), FakeEngine(annotation=Annotation("⟦{source}→{target}⟧")))
    candidate = Hypothesis(text, -0.3)
    assert acceptance.refusal(sentence, candidate, sentence.check(candidate)) == reason


def test_a_candidate_may_not_lose_a_term_or_much_of_the_score_or_its_end() -> None:
    source = "Waffenruhe in Kiew"
    sentence = Sentence.start(source, GLOSSARY.find(source), Hypothesis("truce in Kyiv", -0.3))
    acceptance = Acceptance(Limits(), FakeEngine())
    for candidate, reason in (
        (Hypothesis("ceasefire in town", -0.3), "puts no hit right"),
        (Hypothesis("ceasefire in Kyiv", -0.9), "score"),
        (Hypothesis("ceasefire in Kyiv", -0.3, truncated=True), "was cut off"),
    ):
        assert acceptance.refusal(sentence, candidate, sentence.check(candidate)) == reason


WORDS = st.sampled_from(
    ["Uschakow", "Uschakows", "Kiew", "Kiev", "Kyiv", "Ushakov", "Putin", "und", "the", "5", "Haus"]
)
TEXT = st.lists(WORDS, max_size=8).map(" ".join)


@settings(deadline=None)
@given(source=TEXT, target=TEXT)
def test_enforcing_never_makes_it_worse(source: str, target: str) -> None:
    """Right terms stay right, the record has every hit once, and enforcing again changes nothing."""
    enforcer = Enforcer(GLOSSARY, FakeEngine(lambda text: text))
    hypothesis = Hypothesis(target, -0.3)
    ((result, occurrences),) = enforcer.enforce([source], [hypothesis])
    hits = GLOSSARY.find(source)
    before = Sentence.start(source, hits, hypothesis).verification
    assert [each.span for each in occurrences] == [hit.span for hit in hits]
    assert sum(each.method != "unenforced" for each in occurrences) >= before.right
    assert hits or result is hypothesis
    for each in occurrences:
        if each.found_span:
            assert result.text[each.found_span.start : each.found_span.end] == each.found
