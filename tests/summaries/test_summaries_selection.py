"""Choosing from a ranking: the length holds, nothing dangles, nothing is said twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.summaries import Length, RankedSentence, Sentence
from toolkit.summaries.redundancy import repeats
from toolkit.summaries.selection import select


def made(*stems: str, dangling: frozenset[int] = frozenset(), barred: frozenset[int] = frozenset()) -> list[Sentence]:
    return [
        Sentence(
            "", "de", tuple(words.split()), position=place, dangling=place in dangling, barred="x" * (place in barred)
        )
        for place, words in enumerate(stems)
    ]


def order(*indices: int) -> list[RankedSentence]:
    return [RankedSentence(index, -place) for place, index in enumerate(indices)]


FOUR = made("a b c d", "e f g h", "i j k l", "m n o p", dangling=frozenset({1, 2}))


@pytest.mark.parametrize(
    ("ranking", "count", "chosen"),
    [
        ((1, 0, 3, 2), 2, (0, 1)),  # 1 waits for 0 and then comes before 3
        ((1, 3, 0, 2), 2, (0, 3)),  # when 0 came, 3 had been taken, and both places are full
        ((2, 1, 3, 0), 4, (0, 1, 2, 3)),  # 2 waits for 1, and 1 for 0
        ((2, 3, 1, 0), 1, (3,)),
        ((1, 2), 3, ()),  # nothing that the two could follow is in the ranking
    ],
)
def test_a_dangling_sentence_comes_only_after_the_one_before_it(
    ranking: tuple[int, ...], count: int, chosen: tuple[int, ...]
) -> None:
    assert select(FOUR, order(*ranking), Length.sentences(count)) == chosen


def test_barred_and_repeating_sentences_are_passed_over() -> None:
    sentences = made("a b c d", "d c b a e", "f g h", "x", barred=frozenset({2}))
    assert select(sentences, order(0, 1, 2, 3), Length.sentences(4)) == (0, 3)


def test_a_sentence_too_long_for_the_words_left_makes_room_for_a_shorter_one() -> None:
    sentences = made("a b c d e f", "g h i j k l", "m n")
    assert select(sentences, order(0, 1, 2), Length.words(8)) == (0, 2)
    assert select(sentences, order(0, 1, 2), Length.words(1)) == ()


def test_the_longer_side_counts_where_counts_are_given() -> None:
    assert select(made("a b", "c d"), order(0, 1), Length.words(5), counts=[4, 2]) == (0,)


def test_a_share_gives_one_sentence_at_least() -> None:
    sentences = made("a b c d", "e f g h", "i j k l")
    assert select(sentences, order(1, 0, 2), Length.share(0.01)) == (1,)
    assert select(sentences, order(1, 0, 2), Length.share(0.7)) == (0, 1)
    assert select(sentences, order(1, 0, 2), Length.share(1)) == (0, 1, 2)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Length.sentences(0),
        lambda: Length.words(-1),
        lambda: Length.share(0),
        lambda: Length.share(20),
        lambda: Length.share(float("nan")),
    ],
)
def test_impossible_lengths_are_refused(make: object) -> None:
    with pytest.raises(InputError, match="Cure"):
        make()  # type: ignore[operator]


LENGTHS = st.one_of(
    st.integers(1, 6).map(Length.sentences),
    st.integers(1, 30).map(Length.words),
    st.floats(0.01, 1).map(Length.share),
)


@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from("abcdefghijkl"), max_size=8), st.booleans(), st.booleans()), max_size=12
    ),
    LENGTHS,
    st.randoms(use_true_random=False),
)
def test_whatever_is_ranked_the_rules_hold(
    rows: list[tuple[list[str], bool, bool]],
    length: Length,
    generator: object,
) -> None:
    sentences = [
        Sentence("", "de", tuple(stems), position=place, dangling=dangling and place > 0, barred="x" * barred)
        for place, (stems, dangling, barred) in enumerate(rows)
    ]
    indices = list(range(len(rows)))
    generator.shuffle(indices)  # type: ignore[attr-defined]
    chosen = select(sentences, order(*indices), length)
    assert list(chosen) == sorted(set(chosen))
    words = sum(len(sentences[index].stems) for index in chosen)
    total = sum(len(sentence.stems) for sentence in sentences if not sentence.barred)
    assert not chosen or length.fits(len(chosen), words, total)
    for index in chosen:
        assert not sentences[index].barred
        assert not sentences[index].dangling or index - 1 in chosen
        assert not any(repeats(sentences[index].stems, sentences[other].stems) for other in chosen if other != index)
