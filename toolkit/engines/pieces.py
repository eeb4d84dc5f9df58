"""Cut text into a package's SentencePiece pieces, and join pieces to text again.

Text goes in and out through SentencePiece's own functions, because a model may rewrite text on both ways: ours puts a
space behind an opening quotation mark, so that ``„Beide`` keeps the piece ``▁Beide``, and takes it away at the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from toolkit.errors import PackageError
from toolkit.models import PackageFiles

_SPACE = "▁"
_TARGET_QUOTES = str.maketrans("„“", "“”")
"""What a German-side normaliser makes of English quotation marks, turned back: it writes “Both” as „ Both“."""

_OPEN_AT_END = re.compile(r"(?:^|[\s(\[])[“„\"]\s*$")


class Pieces:
    """The SentencePiece models of a package: mostly one for both sides, in converted OPUS-MT packages two."""

    def __init__(self, files: PackageFiles, where: str = "") -> None:
        self._source = _load(files.sentencepiece, where)
        own = files.target_sentencepiece
        self._target = self._source if own is None else _load(own, where)
        self._source_quotes = own is None and any("„" in piece for piece in self._source.encode("“a", out_type=str))

    def encode(self, text: str) -> list[str]:
        """The pieces of a source text; none for white space."""
        return list(self._source.encode(text, out_type=str))

    def encode_target(self, text: str) -> list[str]:
        """The pieces of a target text, as the model itself would write it."""
        pieces = list(self._target.encode(text, out_type=str))
        if not self._source_quotes:
            return pieces
        quoted = [piece.translate(_TARGET_QUOTES) for piece in pieces]
        if _OPEN_AT_END.search(text):  # the normaliser knows an opening mark by the letter behind it
            quoted[-1] = quoted[-1].replace("”", "“")
        return quoted

    def decode(self, pieces: Sequence[str]) -> str:
        """The text of target pieces, without the blank in front that SentencePiece leaves before an unknown one."""
        text: str = self._target.decode(list(pieces)) if pieces else ""
        return text.replace(_SPACE, " ").removeprefix(" ")

    def source_surfaces(self, pieces: Sequence[str]) -> list[str]:
        """What each source piece stands for in the normalised text; see `target_surfaces`."""
        return _surfaces(self._source, pieces)

    def target_surfaces(self, pieces: Sequence[str]) -> list[str]:
        """What each target piece stands for. Bytes of one run (a rare letter) are given to the first of them."""
        return _surfaces(self._target, pieces)

    def spellings(self, word: str) -> list[list[str]]:
        """The ways a target may spell *word*: at the beginning of a word and inside one (``(Word``, ``Vor-Word``).

        Spellings that hold a piece the model does not know are left out: it cannot write those.
        """
        opened, inside = self.encode_target("("), self.encode_target(f"({word}")
        found = [self.encode_target(word)]
        if inside[: len(opened)] == opened and inside[len(opened) :] not in found:
            found.append(inside[len(opened) :])
        unknown = self._target.unk_id()
        return [each for each in found if each and all(self._target.piece_to_id(piece) != unknown for piece in each)]


def _load(model: bytes, where: str) -> Any:
    from sentencepiece import SentencePieceProcessor

    try:
        return SentencePieceProcessor(model_proto=model)
    except RuntimeError as error:
        cure = "get the package from its maker again"
        raise PackageError(f"its SentencePiece model cannot be loaded ({error})", where=where, cure=cure) from error


def _surfaces(model: Any, pieces: Sequence[str]) -> list[str]:
    surfaces: list[str] = []
    run, first = b"", 0
    for index, piece in enumerate((*pieces, "")):
        number = model.piece_to_id(piece) if piece.startswith("<0x") else -1
        if number >= 0 and model.is_byte(number):
            first = first if run else index
            run += bytes([int(piece[1:-1], 16)])
            surfaces.append("")
            continue
        if run:
            surfaces[first], run = run.decode("utf-8", "replace"), b""
        surfaces.append(piece.replace(_SPACE, " "))
    return surfaces[:-1]
