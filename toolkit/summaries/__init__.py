"""Extractive summaries in one language or in both at once."""

from toolkit.summaries.candidates import Sentence
from toolkit.summaries.methods import METHODS, rank
from toolkit.summaries.model import ExtractiveSummary, Length, MethodName, Mode, RankedSentence, SummarySentence
from toolkit.summaries.summarize import summarize, summarize_many

__all__ = [
    "METHODS",
    "ExtractiveSummary",
    "Length",
    "MethodName",
    "Mode",
    "RankedSentence",
    "Sentence",
    "SummarySentence",
    "rank",
    "summarize",
    "summarize_many",
]
