"""BLEU and chrF of translations, by sacreBLEU with its signatures.

A score without its signature compares with nothing: it says which tokenisation, smoothing and version made it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from toolkit.errors import InputError


@dataclass(frozen=True, slots=True)
class TranslationScores:
    """Corpus scores, both from 0 to 100, of ``sentences`` translations against one reference each."""

    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str
    sentences: int

    def as_dict(self) -> dict[str, float | str]:
        """The scores as JSON can hold them."""
        return asdict(self)


def evaluate(hypotheses: Sequence[str], references: Sequence[str]) -> TranslationScores:
    """Score *hypotheses* against *references*, sentence by sentence in the same order.

    BLEU (Papineni et al., 2002) with the 13a tokenisation and exponential smoothing, chrF2 (Popović, 2015): the
    defaults of sacreBLEU (Post, 2018).

    >>> scores = evaluate(["The strike ends on Monday."], ["The strike ends on Monday."])
    >>> round(scores.bleu), round(scores.chrf), scores.bleu_signature.split("|")[0]
    (100, 100, 'nrefs:1')

    Raises:
        InputError: The two do not have the same number of sentences, or have none.
    """
    if len(hypotheses) != len(references) or not references:
        raise InputError(
            f"{len(hypotheses)} translations cannot be scored against {len(references)} references",
            cure="give one reference a translation, in the same order",
        )
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    bleu, chrf = BLEU(), CHRF()
    bleu_score = bleu.corpus_score(list(hypotheses), [list(references)])
    chrf_score = chrf.corpus_score(list(hypotheses), [list(references)])
    return TranslationScores(
        bleu_score.score,
        chrf_score.score,
        str(bleu.get_signature()),
        str(chrf.get_signature()),
        len(references),
    )
