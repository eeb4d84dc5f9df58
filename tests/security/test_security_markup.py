"""Articles can put no markup, script, link or formula of theirs into what is made of them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from lxml import html
from markdown_it import MarkdownIt

from tests.security.conftest import Run
from toolkit.glossary import Glossary, GlossaryEntry
from toolkit.glossary.exchange import dumps
from toolkit.glossary.exchange.tables import defuse
from toolkit.glossary.report import GlossaryReport
from toolkit.types import Occurrence, SegmentPair, Span

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</textarea></style><svg onload=alert(1)>",
    "[Klick](javascript:alert(1))",
    "![Bild](http://evil.example/pixel.png)",
    "<http://evil.example> {{7*7}} {%raw%}",
    '"><iframe src=//evil.example>',
)
ARTICLE = (
    "Wahl in Berlin {0}\n\nBERLIN, 15. Mai (Reuters) – Der Präsident {0} sprach am Montag {0} mit dem Minister.\n\n"
    "„Wir {0} hoffen“, sagte Eva {0} Klein am 3. Mai 2024 in Berlin.\n\nDie Regierung trat {0} am Dienstag zurück.\n"
)


@pytest.fixture
def briefing(run: Run, tmp_path: Path) -> Path:
    """The folder with the briefings of hostile articles; one also has a name that is markup."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, attack in enumerate(ATTACKS):
        (folder / f"{number}.txt").write_text(ARTICLE.format(attack))
    (folder / "<img src=x onerror=alert(1)> [a](javascript:b) `x`.txt").write_text(ARTICLE.format("gestern"))
    (folder / "page.html").write_text(f"<title>{ATTACKS[2]}</title><meta name=author content='{ATTACKS[1]}'><p>Ja, so.")
    result = run("brief", "in", "--out", "out")
    assert result.exit_code == 0, result.output
    return tmp_path / "out"


def test_the_html_briefing_holds_no_element_of_an_article(briefing: Path) -> None:
    page = html.fromstring((briefing / "briefing.html").read_text())
    assert {"script", "img", "iframe", "svg", "object", "embed", "base", "form"}.isdisjoint(
        node.tag for node in page.iter() if isinstance(node.tag, str)
    )
    assert not [name for node in page.iter() for name in node.attrib if name.startswith("on")]
    assert not [link for link in page.xpath("//@href | //@src") if not link.startswith("#")]
    assert "<script>alert(1)</script>" in page.text_content()


def test_the_markdown_briefing_shows_no_markup_of_an_article(briefing: Path) -> None:
    tokens = MarkdownIt("commonmark").parse((briefing / "briefing.md").read_text())
    inline = [child for token in tokens for child in token.children or ()]
    addresses = [str(child.attrs.get("href") or child.attrs.get("src") or "") for child in inline]
    assert not [address for address in addresses if re.match("javascript:|https?://evil|//", address)]
    assert not [child for child in inline if child.type == "image"]
    raw = "".join(token.content for token in [*tokens, *inline] if token.type in ("html_block", "html_inline"))
    assert not re.search("script|onerror|onload|iframe|svg", raw)


FORMULAS = ["=HYPERLINK(1)", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1+1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_report_is_a_formula(formula: str) -> None:
    term = Occurrence(formula, formula, Span(0, 4), formula, "repair", formula, Span(0, 4), -0.4, -0.3)
    pair = SegmentPair("b0.0", Span(0, 4), formula, formula, terms=(term,))
    report = GlossaryReport.from_pairs({formula: [pair]}, Glossary([GlossaryEntry("Kiew", "Kyiv")]))
    _, row = csv.reader(io.StringIO(report.as_csv(), newline=""))
    cells = [*row, *report.as_tsv().splitlines()[1].split("\t")]
    assert not [cell for cell in cells if cell[:1] in tuple("=+@＝\t\r") or re.match(r"-(?!\d+\.\d+$)", cell)]


def test_a_number_stays_a_number() -> None:
    assert [defuse(cell) for cell in ("-0.412", "+3", "-1e5", "-0.4x")] == ["-0.412", "+3", "'-1e5", "'-0.4x"]


def test_proposals_are_cells_without_formulas(run: Run, tmp_path: Path) -> None:
    """Proposals are meant for a spreadsheet, and their terms and notes come from articles and file names."""
    folder = tmp_path / "=in"
    folder.mkdir()
    for number in range(3):
        name = ["Juri Uschakow", "Juri Ushakow", "=Uschakow"][number]
        (folder / f"=cmd{number}.txt").write_text(f"Der Berater {name} sprach. Danach reiste {name} am Montag ab.")
    result = run("glossary", "suggest", folder)
    cells = [cell for line in result.stdout.splitlines() for cell in line.split("\t")]
    assert "Ushakov" in result.stdout
    assert not [cell for cell in cells if cell[:1] in tuple("=+@-")]
    assert dumps([])
