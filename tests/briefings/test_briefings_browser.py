"""The page in a real browser: on a phone, in the dark, on paper, with the switch, and with its policy in force."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from toolkit.briefings import Briefing, render

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome on this machine"
)

PROBE = """
<!DOCTYPE html><meta charset="utf-8"><title>probe</title>
<iframe src="briefing.html" width="{width}" height="800"></iframe><pre id="found"></pre>
<script>
onload = () => {{
  const view = document.querySelector("iframe").contentWindow, page = view.document, found = {{}};
  const style = (selector, name) => view.getComputedStyle(page.querySelector(selector))[name];
  found.width = page.documentElement.scrollWidth;
  found.room = page.documentElement.clientWidth;
  found.paper = style("body", "backgroundColor");
  found.hidden = style(".bullets .other", "display");
  page.querySelector("#both").click();
  found.shown = style(".bullets .other", "display");
  found.requests = view.performance.getEntriesByType("resource").length;
  found.styled = style(".bullets li", "position");
  page.body.insertAdjacentHTML("beforeend", "<p id=hostile style='color: rgb(1, 2, 3)'>x</p>");
  found.inline = style("#hostile", "color");
  view.location.hash = page.querySelector(".bullets .cite").getAttribute("href");
  requestAnimationFrame(() => requestAnimationFrame(() => {{
    found.mark = style(".pair:target", "backgroundColor");
    document.querySelector("#found").textContent = JSON.stringify(found);
  }}));
}};
</script>
"""


def run(folder: Path, *arguments: str, page: str = "briefing.html") -> str:
    """Run the browser without a window, with a profile of its own and no way to the network."""
    command = [
        str(CHROMIUM),
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-extensions",
        "--no-first-run",
        "--allow-file-access-from-files",
        "--proxy-server=127.0.0.1:9",
        f"--user-data-dir={folder / 'profile'}",
        *arguments,
        (folder / page).as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def folder(briefing: Briefing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    (folder / "briefing.html").write_bytes(render(briefing, "html"))
    return folder


def probe(folder: Path, width: int, *arguments: str) -> dict[str, Any]:
    """What the page looks like in a frame of this width."""
    (folder / "probe.html").write_text(PROBE.format(width=width), encoding="utf-8")
    dom = run(folder, "--virtual-time-budget=5000", "--dump-dom", *arguments, page="probe.html")
    found = re.search(r'<pre id="found">(.+?)</pre>', dom)
    assert found, dom[:500]
    result: dict[str, Any] = json.loads(html.unescape(found[1]))
    return result


def test_phone_page_fits_the_switch_works_and_the_policy_holds(folder: Path) -> None:
    found = probe(folder, 390, "--blink-settings=preferredColorScheme=1")
    assert found["width"] <= found["room"] <= 390
    assert (found["hidden"], found["shown"]) == ("none", "block")
    assert found["requests"] == 0
    assert found["styled"] == "relative", "the style sheet is applied: its hash is right"
    assert found["inline"] != "rgb(1, 2, 3)", "the policy refuses any other style"
    assert found["paper"] == "rgb(253, 252, 250)"
    assert found["mark"] == "rgb(255, 243, 196)", "the cited sentence is marked when its link is followed"


def test_dark_page_is_dark(folder: Path) -> None:
    found = probe(folder, 1280, "--blink-settings=preferredColorScheme=0")
    assert found["paper"] == "rgb(22, 24, 27)"
    assert found["width"] <= 1280


def test_page_prints(folder: Path) -> None:
    run(folder, f"--print-to-pdf={folder / 'briefing.pdf'}", "--no-pdf-header-footer")
    data = (folder / "briefing.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(data) > 20_000
