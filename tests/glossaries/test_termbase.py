"""The shipped German→English term base: its format, its consistency, and that the articles' names are in it.

The first part reads the file as a spreadsheet would, without the toolkit's loader, so that a fault of the loader cannot
hide one of the file. The second part finds the terms with the loader and the matcher that users get.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.glossary.entries import Glossary, GlossaryEntry
from toolkit.glossary.verification import verify

ROOT = Path(__file__).parents[2]
TERM_BASE = ROOT / "glossaries" / "de-en.tsv"
REPAIRS = ROOT / "glossaries" / "repairs-de-en.tsv"
COLUMNS = ["source", "target", "kind", "aliases", "variants", "forbidden", "case", "match", "note", "status"]
KINDS = {"person", "place", "organisation", "term", "keep"}
LIST_COLUMNS = ("aliases", "variants", "forbidden")


def _rows(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    assert rows.fieldnames == COLUMNS
    return list(rows)


def _items(row: dict[str, str], column: str) -> list[str]:
    return row[column].split(" | ") if row[column] else []


def _forms(row: dict[str, str]) -> list[str]:
    return [row["source"], *_items(row, "aliases")]


@pytest.fixture(scope="module", params=[TERM_BASE, REPAIRS], ids=["term base", "repairs"])
def rows(request: pytest.FixtureRequest) -> list[dict[str, str]]:
    return _rows(request.param)


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary.load(TERM_BASE)


def test_the_term_base_holds_at_least_450_concepts() -> None:
    assert len({row["target"] for row in _rows(TERM_BASE)}) >= 450


def test_every_cell_is_trimmed_and_no_item_of_a_list_is_empty_or_doubled(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert None not in row, row
        cells = [row[column] for column in COLUMNS if column not in LIST_COLUMNS]
        items = [item for column in LIST_COLUMNS for item in _items(row, column)]
        assert all(cell == cell.strip() for cell in cells + items), row
        assert all(item and "|" not in item for item in items), row
        for column in LIST_COLUMNS:
            assert len(_items(row, column)) == len(set(_items(row, column))), row


def test_columns_with_fixed_words_hold_only_those(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert row["source"], row
        assert row["target"], row
        assert row["kind"] in KINDS, row
        assert row["case"] in {"", "smart", "sensitive", "insensitive"}, row
        assert row["match"] in {"", "exact", "inflected"}, row
        assert row["status"] in {"", "preferred", "admitted", "deprecated"}, row


def test_a_source_form_belongs_to_one_row(rows: list[dict[str, str]]) -> None:
    counts = Counter(form for row in rows for form in _forms(row))
    assert [form for form, count in counts.items() if count > 1] == []


def test_no_target_is_the_source_of_another_target(rows: list[dict[str, str]]) -> None:
    targets = {form: row["target"] for row in rows for form in _forms(row)}
    chains = [row["source"] for row in rows if targets.get(row["target"], row["target"]) != row["target"]]
    assert chains == []


def test_nothing_forbidden_is_also_accepted(rows: list[dict[str, str]]) -> None:
    for row in rows:
        accepted = {form.casefold() for form in [row["target"], *_items(row, "variants")]}
        assert not accepted & {form.casefold() for form in _items(row, "forbidden")}, row
        assert row["target"] not in _items(row, "variants"), row


def test_what_is_kept_is_spelled_as_in_the_source() -> None:
    kept = [row for row in _rows(TERM_BASE) if row["kind"] == "keep"]
    assert kept
    assert [row["source"] for row in kept if row["target"] != row["source"]] == []


def test_spelling_is_american_throughout() -> None:
    """Variants take both spellings; what is asked for is one."""
    british = ("defence", "rouble", "organisation", "mobilis", "programme", "labour", "centre", "armoured")
    targets = [row["target"] for row in _rows(TERM_BASE)]
    assert [target for target in targets if any(word in target.lower() for word in british)] == []


# What the five articles in seeds/ name, as read by a person: file, the form that stands there, the right English.
ARTICLE_NAMES = [
    ("000", "Putins", "Putin"),
    ("000", "Xi Jinping", "Xi Jinping"),
    ("000", "Xis", "Xi"),
    ("000", "Peking", "Beijing"),
    ("000", "chinesischen", "Chinese"),
    ("000", "Ukraine", "Ukraine"),
    ("000", "Russland", "Russia"),
    ("000", "China", "China"),
    ("000", "USA", "United States"),
    ("000", "Xinhua", "Xinhua"),
    ("000", "Harbin", "Harbin"),
    ("000", "russisch-chinesischen", "Russian-Chinese"),
    ("000", "Europas", "Europe"),
    ("000", "erneuerbare Energien", "renewable energy"),
    ("000", "künstliche Intelligenz", "artificial intelligence"),
    ("000", "Staatschef", "head of state"),
    ("000", "Vergeltungsmaßnahmen", "retaliatory measure"),
    ("000", "Kryptowährungen", "cryptocurrency"),
    ("000", "Rug Pull", "rug pull"),
    ("000", "Welt News", "Welt News"),
    ("000", "Krypto News Deutschland", "Krypto News Deutschland"),
    ("001", "Wladimir Putin", "Vladimir Putin"),
    ("001", "Donald Trump", "Donald Trump"),
    ("001", "Trump", "Trump"),
    ("001", "Moskau", "Moscow"),
    ("001", "Großen Halle des Volkes", "Great Hall of the People"),
    ("001", "CCTV", "CCTV"),
    ("001", "Nato", "NATO"),
    ("001", "Westens", "West"),
    ("001", "Staatspräsident", "president"),
    ("001", "Staatsmedien", "state media"),
    ("001", "Waffenstillstand", "ceasefire"),
    ("001", "Wirtschaftssanktionen", "economic sanctions"),
    ("001", "Hegemonie", "hegemony"),
    ("001", "Invasion", "invasion"),
    ("002", "Kreml", "Kremlin"),
    ("002", "Reuters", "Reuters"),
    ("002", "MOSKAU", "Moscow"),
    ("002", "Joe Biden", "Joe Biden"),
    ("002", "Biden", "Biden"),
    ("002", "Menschenrechten", "human rights"),
    ("002", "Völkerrechts", "international law"),
    ("002", "Kreml-Berater", "Kremlin aide"),
    ("002", "Yuri Ushakov", "Yuri Ushakov"),
    ("002", "AUKUS", "AUKUS"),
    ("002", "Australien", "Australia"),
    ("002", "Großbritannien", "Britain"),
    ("002", "Vereinigten Staaten", "United States"),
    ("002", "Indien", "India"),
    ("002", "Japan", "Japan"),
    ("002", "indopazifischen", "Indo-Pacific"),
    ("002", "Quad", "Quad"),
    ("002", "Associated Press", "Associated Press"),
    ("002", "Weiße Haus", "White House"),
    ("002", "Xinjiang", "Xinjiang"),
    ("002", "Olympischen Winterspielen", "Winter Olympics"),
    ("002", "Menschenrechtsverletzungen", "human rights violation"),
    ("002", "Nichteinmischung", "noninterference"),
    ("002", "Sicherheitsgarantien", "security guarantee"),
    ("002", "US-Dollar", "US dollar"),
    ("002", "Solingen", "Solingen"),
    ("002", "Deutschland", "Germany"),
    ("002", "Messerstecherei", "stabbing"),
    ("002", "Sputnik Lite", "Sputnik Lite"),
    ("002", "Sputnik", "Sputnik"),
    ("002", "COVID-19", "COVID-19"),
    ("002", "Ryan Woo", "Ryan Woo"),
    ("002", "Ella Kao", "Ella Kao"),
    ("002", "Gareth Jones", "Gareth Jones"),
    ("002", "Mark Travelian", "Mark Travelian"),
    ("002", "Thomson Reuters", "Thomson Reuters"),
    ("003", "Charkiw", "Kharkiv"),
    ("003", "Staats- und Regierungschefs", "heads of state and government"),
    ("003", "Ho Tiang Bun", "Ho Tiang Bun"),
    ("003", "Nanyang Technological University", "Nanyang Technological University"),
    ("003", "Singapur", "Singapore"),
    ("003", "Friedensplan", "peace plan"),
    ("003", "Kiewer", "Kyiv"),
    ("003", "Flugabwehrraketen", "anti-aircraft missile"),
    ("003", "Artilleriegeschosse", "artillery shell"),
    ("003", "Wolodymyr Selenskyj", "Volodymyr Zelensky"),
    ("003", "territorialen Integrität", "territorial integrity"),
    ("003", "ukrainische", "Ukrainian"),
    ("003", "CBS News", "CBS News"),
    ("003", "NATO", "NATO"),
    ("003", "asiatisch-pazifischen Raum", "Asia-Pacific region"),
    ("003", "Taiwan", "Taiwan"),
    ("003", "Japanischen Meer", "Sea of Japan"),
    ("003", "Ostchinesischen Meer", "East China Sea"),
    ("003", "Flugzeugträgern", "aircraft carrier"),
    ("003", "Atom-U-Boote", "nuclear submarine"),
    ("003", "Frühwarnsystems", "early warning system"),
    ("003", "ballistischer Raketen", "ballistic missile"),
    ("003", "Volksverhetzung", "incitement to hatred"),
    ("003", "Hongkong", "Hong Kong"),
    ("003", "Jamaikas", "Jamaica"),
    ("003", "Welternährungsprogramm", "World Food Program"),
    ("003", "Gaza", "Gaza"),
    ("004", "Kremls", "Kremlin"),
    ("004", "Rubel", "ruble"),
    ("004", "Yuan", "yuan"),
    ("004", "Juri Uschakow", "Yuri Ushakov"),
    ("004", "Uschakow", "Ushakov"),
    ("004", "RIA Novosti", "RIA Novosti"),
    ("004", "Power of Siberia 2", "Power of Siberia 2"),
    ("004", "Israels", "Israel"),
    ("004", "Hamas", "Hamas"),
    ("004", "Nahen Osten", "Middle East"),
    ("004", "Souveränität", "sovereignty"),
    ("004", "Lieferketten", "supply chain"),
    ("004", "Werkzeugmaschinen", "machine tool"),
]


@pytest.fixture(scope="module")
def found(glossary: Glossary) -> dict[str, set[tuple[str, str]]]:
    articles = {path.name[:3]: path.read_text(encoding="utf-8") for path in (ROOT / "seeds").glob("*.txt")}
    assert len(articles) == 5
    return {
        number: {(" ".join(hit.surface.split()), hit.entry.target) for hit in glossary.find(text)}
        for number, text in articles.items()
    }


@pytest.mark.parametrize(("article", "surface", "target"), ARTICLE_NAMES)
def test_every_name_of_the_articles_is_found_with_its_english_form(
    found: dict[str, set[tuple[str, str]]], article: str, surface: str, target: str
) -> None:
    assert (surface, target) in found[article]


def test_every_form_finds_its_own_entry(glossary: Glossary) -> None:
    """A row that never fires, or that another row takes over, would be a row that lies."""
    lost = [(form, entry.target) for entry, form in _all_forms(glossary) if not _finds(glossary, entry, form)]
    assert lost == []


def _all_forms(glossary: Glossary) -> Iterator[tuple[GlossaryEntry, str]]:
    return ((entry, form) for entry in glossary.entries for form in entry.forms)


def _finds(glossary: Glossary, entry: GlossaryEntry, form: str) -> bool:
    """Whether *form* alone, or after a word that lets an everyday word count as a place, leads to *entry*."""
    texts = (form, f"in {form}")
    return any((hit.entry, hit.surface) == (entry, form) for text in texts for hit in glossary.find(text))


def test_every_target_counts_as_right_and_every_forbidden_form_as_wrong(glossary: Glossary) -> None:
    for entry in glossary.entries:
        hits = [hit for hit in glossary.find(entry.source) or glossary.find(f"in {entry.source}") if hit.entry == entry]
        for accepted in entry.accepted:
            assert verify(entry.source, hits, f"It was {accepted}.").right == 1, (entry.source, accepted)
        for forbidden in entry.forbidden:
            assert verify(entry.source, hits, f"It was {forbidden}.").right == 0, (entry.source, forbidden)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Ihre Tochter Nilsa und ihr Sohn Nils spielen.", []),
        ("Die Arbeit an diesem Haus ist gut.", []),
        ("Er gab ihr einen Hamburger und viele Taschen.", []),
        ("Das große Essen mit dem Weber und dem Fischer war kurz.", []),
        ("Papst Pius XI. starb.", ["Papst"]),
    ],
)
def test_everyday_words_are_left_alone(glossary: Glossary, text: str, surfaces: list[str]) -> None:
    assert [
        hit.surface for hit in glossary.find(text) if hit.entry.target != "ROM" and hit.surface != "ROMs"
    ] == surfaces


def test_repairs_are_not_in_the_term_base_and_lie_over_it(glossary: Glossary) -> None:
    text = "Putin und Xi Cement trafen Ho Tiang Bun."
    assert [hit.entry.target for hit in glossary.find(text)] == ["Putin", "Xi", "Ho Tiang Bun"]
    repaired = glossary.layer(Glossary.load(REPAIRS))
    assert [(hit.surface, hit.entry.target) for hit in repaired.find(text)] == [
        ("Putin", "Putin"),
        ("Xi Cement", "Xi"),
        ("Ho Tiang Bun", "Hoo Tiang Boon"),
    ]
