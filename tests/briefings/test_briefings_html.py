"""The page: its structure is what assistive technology reads, its colours have contrast, and it asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from itertools import pairwise

import pytest
from lxml import html as parser

from toolkit.briefings import Briefing, render

LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of normal size."""


@pytest.fixture(scope="module")
def source(briefing: Briefing) -> str:
    return render(briefing, "html").decode()


@pytest.fixture(scope="module")
def page(source: str) -> parser.HtmlElement:
    return parser.document_fromstring(source)


def test_headings_go_down_one_level_at_a_time_from_a_single_first(page: parser.HtmlElement) -> None:
    levels = [int(str(each.tag)[1]) for each in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_landmarks_are_there_once_and_named(page: parser.HtmlElement) -> None:
    assert [len(page.findall(f".//{tag}")) for tag in ("main", "nav", "header", "footer")] == [1, 1, 1, 1]
    identifiers = {each.get("id") for each in page.iter() if each.get("id")}
    named = [each.get("aria-labelledby") for each in page.iter("nav", "section", "article")]
    assert named
    assert set(named) <= identifiers


def test_identifiers_are_unique_and_every_link_inside_the_page_arrives(page: parser.HtmlElement) -> None:
    counts = Counter(each.get("id") for each in page.iter() if each.get("id"))
    assert max(counts.values()) == 1
    targets = [each.get("href")[1:] for each in page.iter("a") if each.get("href").startswith("#")]
    assert targets
    assert set(targets) <= set(counts)


def test_every_bullet_links_to_its_sentence_in_both_languages(page: parser.HtmlElement, briefing: Briefing) -> None:
    for story in briefing.stories:
        for bullet in story.bullets:
            pair = page.get_element_by_id(bullet.citation.anchor)
            target, source = (each.text_content() for each in pair)
            assert target.startswith(bullet.target)
            assert source == bullet.source
            links = page.xpath(f"//ul[@class='bullets']//a[@href='#{bullet.citation.anchor}']")
            assert [link.get("aria-label") for link in links]


def test_german_is_marked_as_german(page: parser.HtmlElement) -> None:
    assert page.get("lang") == "en"
    others = page.find_class("other")
    assert others
    assert {each.get("lang") for each in others} == {"de"}


def test_controls_have_labels_and_links_have_texts(page: parser.HtmlElement) -> None:
    labels = {each.get("for") for each in page.iter("label")}
    assert {each.get("id") for each in page.iter("input")} == labels
    assert all(each.text_content().strip() or each.get("aria-label") for each in page.iter("a"))
    assert all(each.find("summary") is not None for each in page.iter("details"))


def test_flags_are_links_to_their_explanation_and_read_out(page: parser.HtmlElement) -> None:
    flags = page.find_class("flag")
    assert {each.get("href") for each in flags} == {"#flag-low_score", "#flag-numbers", "#flag-retried"}
    assert all(each.get("title") in each.text_content() for each in flags)
    assert "A number of the source is missing" in page.get_element_by_id("flag-numbers").getnext().text_content()


def test_nothing_is_loaded_run_or_sent(page: parser.HtmlElement, source: str) -> None:
    assert not list(page.iter("script", "img", "iframe", "link", "object", "embed", "form", "base"))
    attributes = {name for each in page.iter() for name in each.attrib}
    assert not {name for name in attributes if name.startswith("on") or name in {"style", "src", "srcset", "action"}}
    outside = {each.get("href") for each in page.iter("a") if not each.get("href").startswith("#")}
    assert outside == {"https://example.org/ferry?a=1&b=2"}
    style = page.findtext(".//style") or ""
    assert "url(" not in style
    assert "@import" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in source.replace("&#39;", "'")


def test_text_of_articles_stays_text(source: str) -> None:
    assert "<script" not in source
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; [hier](javascript:alert(2)) \ufffd[31mrot\ufffd" in source
    assert "Eva &lt;b&gt;Klein&lt;/b&gt;" in source


def _palettes(style: str) -> list[dict[str, str]]:
    """Light, dark and print colours: each later ``:root`` block overrides the first."""
    blocks = re.findall(r":root \{([^}]*)\}", style)
    found = [dict(re.findall(r"--(\w+): (#[0-9a-f]+);", block)) for block in blocks]
    return [found[0] | each for each in found]


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    channels = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_text_colour_has_contrast_on_every_ground_in_every_mode(page: parser.HtmlElement) -> None:
    palettes = _palettes(page.findtext(".//style") or "")
    assert len(palettes) == 3
    for palette in palettes:
        for text in ("ink", "quiet", "link", "warn"):
            for ground in ("paper", "panel", "mark"):
                light, dark = sorted((_luminance(palette[text]), _luminance(palette[ground])), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= LEAST_CONTRAST, (text, ground, palette)
