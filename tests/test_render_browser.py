"""The report page and the overview in a real browser: accessibility, narrow screens, nothing asked of anyone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from inclusive_ads import Checker, Document
from inclusive_ads.batch.items import Item
from inclusive_ads.batch.running import check_item
from inclusive_ads.render import html, overview

pytestmark = pytest.mark.browser
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TEXTS = [
    "Ward clerk\n\nAn enhanced CRB check is needed. [inclusive-ads ignore stale-crb: the name of our archive]",
    "Porter\n\nAn enhanced CRB check, a CRB disclosure and a criminal records bureau check are needed.",
    "Nurse\n\nYou are welcome here.",
    "",
]


@pytest.fixture(scope="module")
def pages(checker: Checker, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    results = [
        check_item(
            checker, Item(id=f"advert-{n}", text=text, extra={"team": f"Team {n % 2}", "month": f"2026-1{n % 3}"})
        )
        for n, text in enumerate(TEXTS * 3)
    ]
    last = [{**result, "wording": "do not publish yet"} for result in results[:3] if "wording" in result]
    document = Document.from_text(TEXTS[0])
    made = {
        "report": html(checker.check(document), document, title="clerk.txt"),
        "overview": overview(results, team="team", month="month", last=last, csv="rows.csv"),
        "first": overview(results, team="squad", month="when", last=None),
        "empty": overview([], team="team", month="month", last=[]),
    }
    for name, page in made.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", ["report", "overview", "first", "empty"])
def test_page_is_accessible_fits_and_asks_nobody(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    # The page's own policy forbids scripts; axe is one.
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages[name].as_uri())
    assert asked == [pages[name].as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    result = Axe().run(page, options={"runOnly": STANDARDS})
    if shots := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{shots}/{name}-{width}.png", full_page=True)
    context.close()
    assert result.violations_count == 0, result.generate_report()
