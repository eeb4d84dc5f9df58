"""Sentence pairs: where they come from, which are fit, how much each counts, and that no test set is among them.

A *recipe* (`training/recipe.toml`) lists the files of a corpus folder: ``source TAB target TAB tag``, plain or ``.xz``,
each with a weight, a licence and a word on what it is. The same list becomes the sources in the package's metadata.
"""

from __future__ import annotations

import lzma
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.errors import InputError
from training.tokens import ANNOTATION, ARROW, CLOSE, OPEN

NGRAM = 10
"""Words in a row that no training pair may share with a test set: set phrases are shorter, copies longer."""
LONGEST = 1000  # characters; longer lines are paragraphs
LENGTH_RATIO = 3.0  # German and English differ by 1.2 on average; beyond 3 one side lacks a clause
RATIO_FROM = 40  # characters from which the ratio is asked for: short pairs may differ ("ok" / "einverstanden")
COPY_FROM = 5  # words from which equal sides mean an untranslated line and no name

_WORD = re.compile(r"\w+")
_BROKEN = re.compile(r"[\ufffd\u0000-\u0008\u000b-\u001f]")
_ANNOTATION = re.compile(rf"{OPEN}\s*([^{OPEN}{ARROW}{CLOSE}]+?)\s*{ARROW}\s*([^{OPEN}{ARROW}{CLOSE}]+?)\s*{CLOSE}")
_NESTED_QUOTE = re.compile(r"‘([^‘’]{1,90})’(?=[\s,.;:!?)“”\"]|$)")


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A source sentence, its translation and how often an epoch should see it (2.5: twice, or three times)."""

    source: str
    target: str
    weight: float = 1.0
    origin: str = ""


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file of the corpus. ``tags`` give other weights to lines whose tag (third column) begins with the key."""

    file: str
    weight: float
    about: str
    licence: str
    tags: Mapping[str, float] = field(default_factory=dict)

    def weight_of(self, tag: str) -> float:
        """Return the weight of a line.

        >>> CorpusFile("news.tsv", 1.5, "", "", {"wmt": 3.0}).weight_of("wmt14/ref")
        3.0
        """
        return next((weight for prefix, weight in self.tags.items() if tag.startswith(prefix)), self.weight)


def load_recipe(path: Path) -> tuple[CorpusFile, ...]:
    """Read the list of corpus files.

    Raises:
        InputError: The file is missing, is no TOML, or an entry lacks a field.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
        return tuple(CorpusFile(**entry) for entry in entries)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise InputError(
            f"is no recipe: {error}", where=str(path), cure="give each [[source]] a file, weight, about and licence"
        ) from error


def read(folder: Path, sources: Iterable[CorpusFile], *, reverse: bool = False) -> Iterator[SentencePair]:
    """Yield the tidied pairs of a corpus; ``reverse`` swaps the sides (for the model that translates back).

    Annotated pairs are left out then: the marks would stand in the target.

    Raises:
        InputError: A file is missing, or a line has no tab.
    """
    for source in sources:
        path = folder / source.file
        for number, line in enumerate(read_lines(path), 1):
            columns = line.split("\t")
            if len(columns) < 2:
                raise InputError("no tab between source and target", where=f"{path}:{number}")
            tag = columns[2] if len(columns) > 2 else ""
            pair = tidy(SentencePair(columns[0], columns[1], source.weight_of(tag), f"{source.file}:{tag}"))
            if not reverse:
                yield pair
            elif OPEN not in pair.source:
                yield replace(pair, source=pair.target, target=pair.source)


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text file or an ``.xz`` of one.

    Raises:
        InputError: The file is missing or is not what its name says.
    """
    opener: Callable[..., Iterable[str]] = lzma.open if path.suffix == ".xz" else open
    try:
        with opener(path, "rt", encoding="utf-8", newline="\n") as lines:  # type: ignore[attr-defined]
            for line in lines:
                yield line.rstrip("\r\n")
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path)) from error


def tidy(pair: SentencePair) -> SentencePair:
    """Bring annotations into today's form and English nested quotes into double ones (German, English).

    A closing ``’`` is an apostrophe to the vocabulary's rules, so a nested quotation would never end.

    >>> tidy(SentencePair("Herr ⟦Uschakow→Ushakov⟧", "He said ‘yes’ to Ushakov’s plan")).target
    'He said “yes” to Ushakov’s plan'
    """
    source = _ANNOTATION.sub(lambda match: ANNOTATION.mark(match[1], match[2]), pair.source.strip())
    return replace(pair, source=source, target=_NESTED_QUOTE.sub(r"“\1”", pair.target.strip()))


def _lengths_differ(pair: SentencePair) -> bool:
    short, long = sorted((len(_ANNOTATION.sub(r"\1", pair.source)), len(pair.target)))
    return long >= RATIO_FROM and long > LENGTH_RATIO * short


FILTERS: Mapping[str, Callable[[SentencePair], bool]] = {
    "empty": lambda pair: not pair.source or not pair.target,
    "broken characters": lambda pair: bool(_BROKEN.search(pair.source) or _BROKEN.search(pair.target)),
    "no letters": lambda pair: not any(map(str.isalpha, pair.source)) or not any(map(str.isalpha, pair.target)),
    "too long": lambda pair: max(len(pair.source), len(pair.target)) > LONGEST,
    "lengths differ": _lengths_differ,
    "untranslated": lambda pair: pair.source == pair.target and len(pair.source.split()) >= COPY_FROM,
}
"""Name of a fault, and how to see it."""


def fault(pair: SentencePair) -> str | None:
    """Return the name of the first filter that *pair* fails.

    >>> fault(SentencePair("Click here to open the file", "Click here to open the file"))
    'untranslated'
    >>> fault(SentencePair("Angela Merkel", "Angela Merkel")) is None
    True
    """
    return next((name for name, has_fault in FILTERS.items() if has_fault(pair)), None)


class TestSets:
    """Sentences that training may not see: exact match of either side, or a shared run of `NGRAM` words.

    Words are compared without case and punctuation.

    >>> tests = TestSets(["Der Rat tagt am Montag zum ersten Mal in der neuen Stadt."])
    >>> tests.overlap(SentencePair("der Rat tagt am Montag zum ersten Mal in der neuen Stadt", "x"))
    'exact'
    >>> tests.overlap(SentencePair("Der Rat tagt.", "The council meets.")) is None
    True
    """

    __test__ = False  # a name pytest would collect

    def __init__(self, lines: Iterable[str]) -> None:
        words = [_words(line) for line in lines]
        self._lines = {" ".join(one) for one in words} - {""}
        self._ngrams = {ngram for one in words for ngram in _ngrams(one)}

    @classmethod
    def from_files(cls, paths: Iterable[Path]) -> TestSets:
        """Read test sets, one sentence a line, either language."""
        return cls(line for path in paths for line in read_lines(path))

    def overlap(self, pair: SentencePair) -> str | None:
        """Return ``"exact"`` or ``"10-gram"`` if *pair* gives something of a test set away."""
        sides = [_words(_ANNOTATION.sub(r"\1", pair.source)), _words(pair.target)]
        if any(" ".join(words) in self._lines for words in sides):
            return "exact"
        if any(ngram in self._ngrams for words in sides for ngram in _ngrams(words)):
            return f"{NGRAM}-gram"
        return None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _ngrams(words: list[str]) -> Iterator[str]:
    return (" ".join(words[start : start + NGRAM]) for start in range(len(words) - NGRAM + 1))


def clean(pairs: Iterable[SentencePair], tests: TestSets, dropped: Counter[str]) -> Iterator[SentencePair]:
    """Yield the pairs that are fit and no test set's; count the others in *dropped*, by reason."""
    for pair in pairs:
        reason = fault(pair) or tests.overlap(pair)
        if reason is None:
            yield pair
        else:
            dropped[reason] += 1
