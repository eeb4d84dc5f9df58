"""What can be seen to be wrong with a translation without a reference.

Each check is cheap and explainable; together they are the flags of `toolkit.types.FlagKind`. Mean log-probability is
the best single detector of hallucinations short of a trained model (Guerreiro et al. 2022, "Looking for a Needle in a
Haystack"), so it stands beside the rules and not in their place.
"""

from __future__ import annotations

import re
from collections import Counter

from toolkit.text.languages import identify
from toolkit.translation.numbers import compare
from toolkit.types import Flag, Hypothesis

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_END = re.compile(r"[.!?…:;][\"“”’'»)\]]*$")
LOW_SCORE = -0.95
"""Mean log-probability under which a sentence is flagged: the worst 1 % of the first 700 lines of newstest2016 under
package 0.2. Of texts too short to judge by length the score says little, too."""
SHORTEST, LONGEST = 0.45, 2.2
"""Characters of target over source: 99.9 % of newstest2016’s reference pairs lie within."""
CHECKED_LENGTH = 25
"""Sources shorter than this (code points) say too little about length."""
SURE = 0.7
"""Confidence at which a language is believed: no sentence of newstest2016 is taken for the other language there."""
LOOP_WORDS = 3
MANY_WORDS = 4


def check(source: str, hypothesis: Hypothesis) -> tuple[Flag, ...]:
    """All flags that *hypothesis* earns as a translation of *source*, worst first.

    >>> check("Er kam am 3. Mai.", Hypothesis("He came on May 4.", -0.2))
    (Flag(kind='numbers', detail='missing 3; new 4'),)
    >>> [flag.kind for flag in check("Das ist wahr.", Hypothesis("It is true is true is true is true.", -0.2))]
    ['loop']
    """
    target = hypothesis.text
    if not target.strip():
        return (Flag("untranslated", "came back empty"),)
    found = [
        _untranslated(source, target),
        _loop(source, target),
        _cut_off(source, hypothesis),
        _numbers(source, target),
        _length(source, target),
        _low_score(source, hypothesis),
    ]
    return tuple(flag for flag in found if flag is not None)


def _untranslated(source: str, target: str) -> Flag | None:
    words = _WORD.findall(source)
    if len(words) < MANY_WORDS:
        return None
    kept = Counter(words) & Counter(_WORD.findall(target))
    if target == source or kept.total() >= 0.8 * len(words):
        return Flag("untranslated", "the target is (nearly) the source")
    language, confidence = identify(target)
    if language == "de" and confidence >= SURE:
        return Flag("untranslated", "the target reads as German")
    return None


def _loop(source: str, target: str) -> Flag | None:
    """A run of words said three times in a row, or five words said twice in a row, when the source has no such run."""
    found = _longest_loop(target)
    if found and not _longest_loop(source):
        return Flag("loop", f"repeats “{found}”")
    return None


def _longest_loop(text: str) -> str:
    words = [word.lower() for word in _WORD.findall(text)]
    for size in range(min(12, len(words) // 2), 0, -1):
        times = 2 if size >= 4 else LOOP_WORDS
        for start in range(len(words) - size * times + 1):
            unit = words[start : start + size]
            if all(words[start + size * n : start + size * (n + 1)] == unit for n in range(1, times)):
                return " ".join(unit)
    return ""


def _cut_off(source: str, hypothesis: Hypothesis) -> Flag | None:
    if hypothesis.truncated:
        return Flag("cut_off", "ran into the length limit")
    if _END.search(source) and not _END.search(hypothesis.text) and len(hypothesis.text) < 0.6 * len(source):
        return Flag("cut_off", "ends without punctuation and is short")
    return None


def _numbers(source: str, target: str) -> Flag | None:
    missing, invented = compare(source, target)
    parts = [f"missing {', '.join(missing)}"] if missing else []
    parts += [f"new {', '.join(invented)}"] if invented else []
    return Flag("numbers", "; ".join(parts)) if parts else None


def _length(source: str, target: str) -> Flag | None:
    if len(source) < CHECKED_LENGTH:
        return None
    ratio = len(target) / len(source)
    return None if SHORTEST <= ratio <= LONGEST else Flag("length", f"{ratio:.2f} times the source's length")


def _low_score(source: str, hypothesis: Hypothesis) -> Flag | None:
    if len(source) < CHECKED_LENGTH or hypothesis.score is None or hypothesis.score >= LOW_SCORE:
        return None
    return Flag("low_score", f"mean log-probability {hypothesis.score:.2f}")
