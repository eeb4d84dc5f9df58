"""The SentencePiece model, and the rules with which it sees quotation marks.

    python -m training.vocabulary train de.txt en.txt --out deen.model       # one sentence a line
    python -m training.vocabulary rewrite package.model --out deen.model     # the rules into a finished model

SentencePiece cuts words by the space before them. ``„Beide`` has none, so a model without the rules spells it
``▁„ Be ide``, which it has hardly ever seen. The rules put the space there: ``▁„ ▁Beide``. They are compiled into the
model's own normalisation table, so whatever opens the package (argostranslate too) follows them; the denormaliser
takes the space away again when a translation is put together.

For each language, on top of SentencePiece's ``nmt_nfkc``:

====================================  =======================  ==========================
sign                                  German becomes           English becomes
====================================  =======================  ==========================
a mark that can only open             ``„`` and a space        ``“`` and a space
other double marks before a letter    ``„``, a space           ``“``, a space
other double marks elsewhere          ``“`` (closing)          ``”``
single marks ‚ ‘ › ‹                  as double ones           ``‘`` before a letter opens
``’`` `````  ``´``                    ``'``                    ``'``
soft hyphen                           nothing                  nothing
====================================  =======================  ==========================

``'`` is never a quotation mark: it cannot be told from an apostrophe.
"""

from __future__ import annotations

import argparse
import io
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import is_normalized

from toolkit.errors import InputError, MissingExtra
from training.command import run
from training.config import VocabularyConfig, add_options, from_options
from training.tokens import BOS, BOS_PIECE, EOS, EOS_PIECE, MARKS, OPEN, PAD, PAD_PIECE, UNK, UNK_PIECE

BASE_RULES = "nmt_nfkc"
"""NFKC, control signs dropped, every kind of space made one (SentencePiece's ``doc/normalization.md``)."""
SOFT_HYPHEN = "\u00ad"
APOSTROPHES = "’`´"
LETTERS = "".join(
    letter for letter in map(chr, range(0x30, 0x180)) if letter.isalnum() and is_normalized("NFKC", letter)
)
"""Digits and Latin letters up to U+017F: after one of these, and before an annotation, a mark has opened."""


@dataclass(frozen=True, slots=True)
class QuoteRules:
    """A language's quotation marks.

    ``opens`` always open; ``turns`` open before a letter and close elsewhere; ``opens_before_letter`` open before a
    letter and are left alone elsewhere.
    """

    opening: str
    closing: str
    opens: str
    turns: str
    opens_before_letter: str = ""

    def table(self) -> dict[str, str]:
        """Return the rules as SentencePiece takes them: longest match wins.

        >>> rules = QUOTES["de"].table()
        >>> rules['"B'], rules['"'], rules["„"]
        ('„ B', '“', '„ ')
        """
        opened = f"{self.opening} "
        rules = dict.fromkeys(self.opens, opened) | dict.fromkeys(self.turns, self.closing)
        for mark in self.turns + self.opens_before_letter:
            rules |= {mark + letter: opened + letter for letter in LETTERS + OPEN}
        return rules | dict.fromkeys(APOSTROPHES, "'") | {SOFT_HYPHEN: ""}


QUOTES: Mapping[str, QuoteRules] = {
    "de": QuoteRules("„", "“", opens="„‚", turns='"“”»«‘›‹'),
    "en": QuoteRules("“", "”", opens="“„", turns='"”»«', opens_before_letter="‘"),
}


def rules_of(language: str) -> QuoteRules:
    """Return the quotation marks of *language*.

    Raises:
        InputError: No rules are written down for it.
    """
    if language not in QUOTES:
        raise InputError(
            f"no quotation rules for {language!r} (known: {', '.join(QUOTES)})",
            cure="add its marks to QUOTES in training/vocabulary.py",
        )
    return QUOTES[language]


@lru_cache(maxsize=4)
def normalizer(language: str) -> Any:
    """Return the compiled rules of *language*; ``.normalize(text)`` shows what the model will see.

    >>> normalizer("en").normalize('"It´s “done”," he said').replace("▁", " ").strip()
    "“ It's “ done”,” he said"
    """
    import sentencepiece

    sentencepiece.set_min_log_level(1)  # it reports every table that it compiles
    rules = dict(sentencepiece.SentencePieceNormalizer(rule_name=BASE_RULES).decompile()) | rules_of(language).table()
    # SentencePiece takes no rule that changes nothing
    return sentencepiece.SentencePieceNormalizer(norm_map=[(old, new) for old, new in rules.items() if old != new])


def rewrite(model: bytes, source: str, target: str) -> bytes:
    """Return *model* with the rules of *source* for encoding and those of *target* for decoding.

    A package holds ``rewrite(model, "de", "en")``; to pack the English side, use ``rewrite(model, "en", "en")``.

    Raises:
        InputError: *model* is no SentencePiece model, or a language has no rules.
    """
    proto = _proto(model)
    opening = rules_of(target).opening
    proto.normalizer_spec.name = f"{BASE_RULES}_quotes"
    proto.normalizer_spec.precompiled_charsmap = _charsmap(normalizer(source))
    proto.denormalizer_spec.precompiled_charsmap = _charsmap(_denormalizer(opening))
    for flag in ("add_dummy_prefix", "remove_extra_whitespaces", "escape_whitespaces"):
        setattr(proto.denormalizer_spec, flag, False)
    return bytes(proto.SerializeToString(deterministic=True))


def train(config: VocabularyConfig, sides: Mapping[str, Iterable[str]]) -> bytes:
    """Train a joint model on sentences of two languages; the first is the source.

    Raises:
        InputError: There is too little text for so many pieces.
    """
    import sentencepiece

    source, target = sides
    out = io.BytesIO()
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=_normalized(sides, config.sentences),
            model_writer=out,
            vocab_size=config.size,
            model_type="unigram",
            character_coverage=config.coverage,
            pad_id=PAD,
            unk_id=UNK,
            bos_id=BOS,
            eos_id=EOS,
            pad_piece=PAD_PIECE,
            unk_piece=UNK_PIECE,
            bos_piece=BOS_PIECE,
            eos_piece=EOS_PIECE,
            byte_fallback=True,
            split_digits=True,  # numbers are copied digit by digit
            user_defined_symbols=list(MARKS),
            normalization_rule_name=BASE_RULES,
            max_sentence_length=2000,
            num_threads=config.threads,
            minloglevel=2,
        )
    except RuntimeError as error:
        raise InputError(f"SentencePiece: {error}", cure="give it more text, or lower --size") from error
    return rewrite(out.getvalue(), source, target)


def processor(model: bytes) -> Any:
    """Return a ``sentencepiece.SentencePieceProcessor`` of the model's bytes."""
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_proto=model)


def _normalized(sides: Mapping[str, Iterable[str]], limit: int) -> Iterator[str]:
    for language, lines in sides.items():
        rules = normalizer(language)
        for line in _sample(lines, limit):
            yield rules.normalize(line).replace("▁", " ").strip()


def _sample(lines: Iterable[str], limit: int) -> list[str]:
    """Return *limit* lines at random, in one pass (reservoir sampling)."""
    rng, kept = random.Random(0), []
    for number, line in enumerate(lines):
        if number < limit:
            kept.append(line)
        elif (place := rng.randint(0, number)) < limit:
            kept[place] = line
    return kept


def _denormalizer(opening: str) -> Any:
    import sentencepiece

    return sentencepiece.SentencePieceNormalizer(norm_map=[(f"{opening} ", opening)])


def _charsmap(compiled: Any) -> bytes:
    return bytes(_proto(compiled.serialized_model_proto()).normalizer_spec.precompiled_charsmap)


def _proto(model: bytes) -> Any:
    try:
        from google.protobuf.message import DecodeError
        from sentencepiece.sentencepiece_model_pb2 import ModelProto  # type: ignore[attr-defined]  # made at run time
    except ImportError as error:
        raise MissingExtra("training", "writing a SentencePiece model") from error
    proto = ModelProto()
    try:
        proto.ParseFromString(model)
    except DecodeError as error:
        raise InputError("this is no SentencePiece model", cure="give the package's sentencepiece.model") from error
    return proto


def main() -> None:
    """Train a model, or put the rules into a finished one."""
    parser = argparse.ArgumentParser(prog="training.vocabulary", description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=("train", "rewrite"))
    parser.add_argument("inputs", nargs="+", type=Path, help="train: source and target text; rewrite: one .model")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--source", default="de", help="language that is encoded")
    parser.add_argument("--target", default="en", help="language that is decoded")
    add_options(parser, VocabularyConfig)
    arguments = parser.parse_args()
    if len(arguments.inputs) != (2 if arguments.action == "train" else 1):
        parser.error("train takes two files, rewrite one")
    if arguments.action == "rewrite":
        model = rewrite(arguments.inputs[0].read_bytes(), arguments.source, arguments.target)
    else:
        texts = (path.read_text(encoding="utf-8").splitlines() for path in arguments.inputs)
        sides = dict(zip((arguments.source, arguments.target), texts, strict=True))
        model = train(from_options(VocabularyConfig, arguments), sides)
    arguments.out.write_bytes(model)
    print(f"{arguments.out}: {processor(model).get_piece_size()} pieces, {len(model) >> 10} KiB")


if __name__ == "__main__":
    run(main)
