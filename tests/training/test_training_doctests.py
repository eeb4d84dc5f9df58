"""Every example in the recipe's docstrings runs."""

import doctest
import importlib

import pytest

WITHOUT_TORCH = [
    "annotate",
    "backtranslate",
    "batches",
    "config",
    "corpus",
    "decoder",
    "export",
    "files",
    "prepare",
    "released",
    "score",
    "tokens",
    "vocabulary",
]
WITH_TORCH = ["checkpoint", "loss", "model", "optimizer", "train"]


@pytest.mark.parametrize("name", WITHOUT_TORCH)
def test_examples(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"training.{name}"))
    assert result.failed == 0


@pytest.mark.parametrize("name", WITH_TORCH)
def test_examples_with_torch(name: str) -> None:
    pytest.importorskip("torch", reason="the learning half of the recipe needs torch: pip install '.[training]'")
    result = doctest.testmod(importlib.import_module(f"training.{name}"))
    assert result.failed == 0
