"""Plain text: what counts as a block, and what a changed block leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit import documents

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))

WRAPPED = """\
Der russische Präsident Wladimir Putin hat am Donnerstag in Peking mit
dem chinesischen Staatschef Xi Jinping gesprochen. Die Zusammen-
arbeit der beiden Länder werde vertieft, sagte ein Sprecher des
Kremls.

  Ein zweiter Absatz ist eingerückt und geht über zwei Zeilen, denn er
  ist lang.
"""


def texts(raw: str) -> list[tuple[str, str]]:
    return [(block.role, block.text) for block in documents.parse(raw.encode()).blocks]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_every_line_of_the_seeds_is_a_block(seed, same):
    """The five articles are flattened web text: each line that is not blank is a paragraph, a heading or a bullet."""
    data = seed.read_bytes()
    lines = [line.strip() for line in data.decode().split("\n") if line.strip()]
    blocks = documents.parse(data, path=seed.name).blocks
    assert [block.text for block in blocks] == [line.removeprefix("• ") for line in lines]
    assert [block.role == "list_item" for block in blocks] == [line.startswith("•") for line in lines]
    same(data, "text")


def test_the_seeds_are_there():
    assert len(SEEDS) == 5


def test_wrapped_lines_are_joined():
    first, second = texts(WRAPPED)
    assert first[1].startswith(
        "Der russische Präsident Wladimir Putin hat am Donnerstag in Peking mit dem chinesischen"
    )
    assert "Die Zusammenarbeit der beiden" in first[1]
    assert second[1] == "Ein zweiter Absatz ist eingerückt und geht über zwei Zeilen, denn er ist lang."


def test_wrapped_lines_are_wrapped_again(upper):
    """To the old width, with the old indentation."""
    lines = upper(WRAPPED, "text").split("\n")
    assert max(map(len, lines)) <= 70
    assert lines[-4:] == [
        "",
        "  EIN ZWEITER ABSATZ IST EINGERÜCKT UND GEHT ÜBER ZWEI ZEILEN, DENN ER",
        "  IST LANG.",
        "",
    ]


@pytest.mark.parametrize(
    ("raw", "blocks"),
    [
        ("Eins\nZwei\n", ["Eins", "Zwei"]),
        ("a", ["a"]),
        ("  • Popups\n  • Layer", ["Popups", "Layer"]),
        ("1. Eins\n2. Zwei", ["Eins", "Zwei"]),
        ("15. Dezember war es.", ["15. Dezember war es."]),
        ("- Ein Punkt, der weiter\n  geht", ["Ein Punkt, der weiter geht"]),
        ("-----\nKopf\n*****", ["Kopf"]),
        ("> Zitat\n> mehr", ["Zitat", "mehr"]),
        ("Eins\r\n\r\nZwei\rDrei", ["Eins", "Zwei", "Drei"]),
        ("😀 Ja", ["😀 Ja"]),
        ("Putin trifft Xi\nvon Eva Roth", ["Putin trifft Xi", "von Eva Roth"]),
    ],
)
def test_blocks(raw, blocks):
    assert [text for _, text in texts(raw)] == blocks


def test_layout_stays(upper):
    raw = "\ufeffKopf  \r\n\r\n\r\n\t• Punkt\u00a0\n  1) eins\r  2) zwei \n\n===\n"
    assert upper(raw, "text") == "\ufeffKOPF  \r\n\r\n\r\n\t• PUNKT\u00a0\n  1) EINS\r  2) ZWEI \n\n===\n"


def test_a_line_break_in_a_translation_adds_no_paragraph(translate):
    document = documents.parse(b"Eins\nZwei\n")
    assert documents.write(translate(document, lambda text: "one\n\ntwo")) == b"one two\none two\n"
