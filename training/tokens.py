"""The few tokens and signs that every step agrees on."""

from __future__ import annotations

from toolkit.engines.base import Annotation

PAD, UNK, BOS, EOS = range(4)
"""Numbers of the special pieces; vocabularies are trained with these."""
PAD_PIECE, UNK_PIECE, BOS_PIECE, EOS_PIECE = ("<pad>", "<unk>", "<s>", "</s>")

OPEN, ARROW, CLOSE = MARKS = ("⟦", "→", "⟧")
"""Signs of an annotation. They are pieces of their own and occur in no natural text."""
ANNOTATION = Annotation(f"{OPEN} {{source}} {ARROW} {{target}} {CLOSE}")
"""How a term is told to the model: spaces inside, so that both words keep the pieces they have in running text."""
SYNTHETIC_TAG = f"{CLOSE} "
"""Put in front of a source made by a machine, so that its faults are not learnt as language (Caswell et al. 2019)."""
