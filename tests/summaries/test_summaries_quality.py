"""The default summary holds its ROUGE on ten articles written for this test, and its choices there are known."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from toolkit.evaluation.redundancy import redundancy
from toolkit.evaluation.summaries import rouge
from toolkit.summaries import METHODS, MethodName, summarize
from toolkit.text import segmentation

FIXTURES = Path(__file__).parent / "fixtures"
NEWS = FIXTURES / "news.json"
FLOORS = json.loads((FIXTURES / "floors.json").read_text(encoding="utf-8"))
ARTICLES: list[dict[str, str]] = json.loads(NEWS.read_text(encoding="utf-8"))
GOLDEN = {
    "de-bruecke": (0, 6, 9),
    "de-streik": (0, 1, 4),
    "de-wolf": (0, 1, 2),
    "de-impfung": (0, 3, 5),
    "de-rathaus": (0, 1, 6),
    "de-raumfahrt": (0, 1, 6),
    "en-ferry": (0, 3, 5),
    "en-library": (0, 1, 3),
    "en-drought": (0, 1, 3),
    "en-chess": (0, 1, 5),
}


def as_file(article: dict[str, str]) -> str:
    return f"{article['title']}\n\n{article['text']}" if article["title"] else article["text"]


def mean_scores(language: str, summaries: dict[str, tuple[str, ...]]) -> dict[str, float]:
    scores = [
        astuple(rouge(summaries[article["id"]], article["summary"], language=language))
        for article in ARTICLES
        if article["language"] == language
    ]
    return dict(zip(("rouge1", "rouge2", "rouge_l"), map(fmean, zip(*scores, strict=True)), strict=True))


def first_three(article: dict[str, str]) -> tuple[str, ...]:
    return tuple(article["text"][slice(*span)] for span in segmentation.split(article["text"], article["language"])[:3])


def test_the_articles_are_those_the_floors_were_measured_on() -> None:
    assert hashlib.sha256(NEWS.read_bytes()).hexdigest() == FLOORS["digest"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_default_stays_above_its_floors(language: str) -> None:
    chosen = {article["id"]: summarize(as_file(article), language=article["language"]).texts() for article in ARTICLES}
    scores = mean_scores(language, chosen)
    lead = mean_scores(language, {article["id"]: first_three(article) for article in ARTICLES})
    floors: dict[str, Any] = FLOORS[language]
    assert all(scores[name] >= floors[name] for name in scores), scores
    assert scores["rouge1"] - lead["rouge1"] >= floors["ahead_of_lead"]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])
def test_the_default_chooses_the_known_sentences(article: dict[str, str]) -> None:
    summary = summarize(as_file(article), language=article["language"])
    assert tuple(sentence.index for sentence in summary.sentences) == GOLDEN[article["id"]]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])
def test_no_method_shows_headline_question_or_repetition(article: dict[str, str], method: MethodName) -> None:
    texts = summarize(as_file(article), language=article["language"], method=method).texts()
    assert len(texts) == 3
    assert article["title"] not in texts
    assert not any(text.endswith("?") for text in texts)
    assert redundancy(texts, language=article["language"]) == 0


def test_a_missing_paragraph_layout_does_not_change_a_summary() -> None:
    """The same article in one paragraph and with a paragraph a line gives the same sentences."""
    text = ARTICLES[0]["text"]
    flat, lines = text.replace("\n\n", " "), text.replace("\n\n", "\n")
    wanted = summarize(text, language="de").texts()
    assert summarize(flat, language="de").texts() == summarize(lines, language="de").texts() == wanted
