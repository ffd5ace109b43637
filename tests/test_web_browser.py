"""The page in a real browser: accessibility, keyboard, no scripts, narrow screens, and what leaves the page."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings
from inclusive_ads_web.server import make_server

pytestmark = pytest.mark.browser
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
expect.set_options(timeout=30_000)  # milliseconds; a busy machine is not a fault of the page
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = make_server(WebSettings(port=0, page_rate="100000 per minute"), Settings())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page at a width; fails if the page logs an error or asks anyone else for anything."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(path: str, *, viewport: dict[str, int] = WIDE, scripts: bool = True) -> Page:
        size = {"width": viewport["width"], "height": viewport["height"]}
        context = browser.new_context(viewport=size, java_script_enabled=scripts, accept_downloads=True)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: r.url.startswith((address, "data:", "blob:")) or faults.append(f"asked {r.url}"))
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("console", lambda m: "Content Security" in m.text and faults.append(m.text))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def check_sample(page: Page, address: str) -> None:
    page.goto(f"{address}/sample")
    page.get_by_role("button", name="Check this advert").click()
    expect(page.locator(".app-verdict")).to_be_visible()


def nothing(page: Page) -> None:
    page.wait_for_load_state()


def send_nothing(page: Page) -> None:
    page.get_by_role("button", name="Check this advert").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def see_result(page: Page) -> None:
    page.get_by_role("button", name="Check this advert").click()
    expect(page.locator(".app-verdict")).to_be_visible()


def unfold(page: Page) -> None:
    see_result(page)
    page.get_by_role("button", name="Unfold all").click()
    expect(page.locator(".app-finding__body").last).to_be_visible()


def keep_without_reason(page: Page) -> None:
    unfold(page)
    page.get_by_label("Keep it on purpose").first.check()
    page.get_by_role("button", name="Update the improved advert").first.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "start": ("/", nothing),
    "start, nothing filled in": ("/", send_nothing),
    "sample": ("/sample", nothing),
    "result": ("/sample", see_result),
    "result, unfolded": ("/sample", unfold),
    "result, reason missing": ("/sample", keep_without_reason),
    "guide": ("/guide?category=stale", nothing),
    "guide, nothing found": ("/guide?q=zzzz", nothing),
    "entry": ("/guide/stale-crb", nothing),
    "how this works": ("/how-this-works", nothing),
    "privacy": ("/privacy", nothing),
    "accessibility": ("/accessibility", nothing),
    "not found": ("/nowhere", nothing),
}


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_passes_axe_and_never_scrolls_sideways(
    opened: Callable[..., Page], state: str, width: dict[str, int]
) -> None:
    path, reach = STATES[state]
    page = opened(path, viewport=width)
    reach(page)
    found = Axe().run(page, options={"runOnly": STANDARDS}).response
    assert found["passes"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_everything_works_without_scripts(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened("/sample", scripts=False)
    see_result(page)
    before = page.locator("#improved-text").text_content() or ""
    finding = page.locator(".app-finding", has=page.get_by_text("Use “", exact=False)).first
    finding.locator("summary").first.click()
    choice = finding.get_by_label(re.compile("^Use “"))
    choice.first.check()
    wanted = re.search("“(.*)”", finding.locator("label", has_text="Use “").first.inner_text())
    assert wanted
    page.get_by_role("button", name="Update the improved advert").first.click()
    after = page.locator("#improved-text").text_content() or ""
    assert wanted.group(1) in after
    assert "Ward Office Manager" in before
    page.get_by_label("Download as").select_option("docx")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    file = tmp_path / "improved.docx"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"PK")
    assert page.get_by_role("button", name="Unfold all").count() == 0


def test_a_mark_leads_to_its_finding_and_opens_it(opened: Callable[..., Page]) -> None:
    page = opened("/sample")
    see_result(page)
    link = page.locator(".app-mark__number").first
    number = (link.get_attribute("href") or "").removeprefix("#why-")
    link.click()
    expect(page.locator(f"#finding-{number} .app-finding__body")).to_be_visible()
    expect(page.locator(f"#why-{number}")).to_be_in_viewport()


def test_the_keyboard_is_enough(opened: Callable[..., Page]) -> None:
    page = opened("/sample")
    names = []
    for _ in range(20):
        page.keyboard.press("Tab")
        name = page.evaluate("(e => e.id || e.textContent.trim())(document.activeElement)")
        names.append(name)
        if name == "submit":
            break
    assert names[0] == "Skip to main content"
    assert (
        names.index("advert")
        < names.index("document")
        < names.index("profile")
        < names.index("grade")
        < names.index("submit")
    )
    page.keyboard.press("Enter")
    expect(page.locator(".app-verdict")).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.parentElement.classList.contains('app-finding')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".app-finding[open] .app-finding__body")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.app-finding') !== null")


def test_focus_can_be_seen_everywhere(opened: Callable[..., Page]) -> None:
    page = opened("/sample")
    unfold(page)
    page.evaluate("document.activeElement.blur()")
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        hidden += page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e)
            const label = e.nextElementSibling ? getComputedStyle(e.nextElementSibling, '::before') : s
            const seen = [s, label].some((x) => x.boxShadow !== 'none'
              || (x.outlineStyle !== 'none' && x.outlineWidth !== '0px') || x.backgroundColor === 'rgb(255, 221, 0)')
            return seen || e === document.body ? [] : [e.outerHTML.slice(0, 80)] }"""
        )
    assert hidden == []


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(opened: Callable[..., Page]) -> None:
    page = opened("/")
    send_nothing(page)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    page.locator(".govuk-error-summary a").click()
    expect(page.locator("#advert")).to_be_focused()
    expect(page.locator("#advert")).to_have_attribute("aria-describedby", re.compile("advert-error"))


def test_the_reason_is_asked_for_only_when_wording_is_kept(opened: Callable[..., Page]) -> None:
    page = opened("/sample")
    unfold(page)
    expect(page.get_by_label("Why the post needs it").first).to_be_hidden()
    page.get_by_label("Keep it on purpose").first.check()
    expect(page.get_by_label("Why the post needs it").first).to_be_visible()


def test_copy_puts_the_improved_text_on_the_clipboard(opened: Callable[..., Page], address: str) -> None:
    page = opened("/sample")
    see_result(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page.get_by_role("button", name="Copy the text").click()
    expect(page.locator("#copy-status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#improved-text").input_value()


def test_no_address_or_cookie_holds_the_advert(opened: Callable[..., Page], address: str) -> None:
    page = opened("/")
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.get_by_label("Paste your advert").fill("We need a Zanzibar salesman with a CRB check.")
    see_result(page)
    page.get_by_role("button", name="Edit the improved text").click()
    assert addresses
    assert not [url for url in addresses if "anzibar" in url]
    cookies = page.context.cookies()
    assert [cookie["name"] for cookie in cookies] == ["session"]
    assert "anzibar" not in str(cookies)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_everything_is_unfolded_for_print(opened: Callable[..., Page]) -> None:
    page = opened("/sample")
    see_result(page)
    expect(page.get_by_role("button", name="Unfold all")).to_be_visible()  # the script has run
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0


def test_text_stays_readable_at_four_times_the_size(opened: Callable[..., Page]) -> None:
    page = opened("/sample", viewport={"width": 320, "height": 256})
    unfold(page)
    cut = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1
        && getComputedStyle(e).position !== 'absolute' && !e.closest('svg')).map((e) => e.className || e.tagName)"""
    )
    assert cut == []
