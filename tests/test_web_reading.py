"""Start, guide and entry in a real browser: on small screens, enlarged, in forced colours and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from serving import running

from inclusive_ads_web import WebSettings

pytestmark = pytest.mark.browser
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXAMPLES = Path(__file__).parents[1] / "examples"
PATHS = ("/", "/guide?q=young", "/guide/class-degree", "/guide/seek-age")
# A small screen; a window of 1280 pixels at 200 %; and colours that the user's system chose.
SCREENS = ((400, 800, "none"), (640, 450, "none"), (1280, 900, "active"))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    web = WebSettings(
        port=0,
        workers=1,
        page_rate="100000 per minute",
        profiles=(str(EXAMPLES / "profile.yaml"),),
        representation=str(EXAMPLES / "representation.csv"),
        comparators=str(EXAMPLES / "comparators.csv"),
    )
    with running(web) as server:
        yield f"http://127.0.0.1:{server.effective_port}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("width", "height", "colours"), SCREENS)
def test_a_page_is_whole_and_without_a_fault_on_any_screen(
    page: Page, address: str, path: str, width: int, height: int, colours: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(forced_colors="active" if colours == "active" else "none")
    page.goto(address + path)
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) == 0
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}})
    assert found.response["violations"] == []


def test_grades_are_offered_and_another_can_be_typed(page: Page, address: str) -> None:
    page.goto(address)
    grade = page.get_by_label("Grade or band (optional)")
    listed = page.locator(f"#{grade.get_attribute('list')} option")
    assert "Grade 7" in listed.evaluate_all("options => options.map(option => option.value)")
    grade.fill("G8")
    page.get_by_label("Paste your advert").fill("Private Secretary\n\nLocation: Leeds\n\nYou plan the week.")
    page.get_by_role("button", name="Check this advert").click()
    expect(page.get_by_role("main")).to_contain_text("There are no figures for “G8”")


def test_the_guide_is_searched_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/guide")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    expect(page.get_by_role("textbox", name="Search by wording")).to_be_focused()
    page.keyboard.type("work hard play hard")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="“work hard, play hard”").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("“work hard, play hard”")
