"""The page in a real browser: accessibility, keyboard, no scripts, narrow screens, and what leaves the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
expect.set_options(timeout=30_000)  # milliseconds; a busy machine is not a fault of the page
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


def nothing(page: Page) -> None:
    page.wait_for_load_state()


def send_nothing(page: Page) -> None:
    page.get_by_role("button", name="Check this advert").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def see_result(page: Page) -> None:
    page.get_by_role("button", name="Check this advert").click()
    expect(page.locator(".app-verdict")).to_be_visible()


def unfold(page: Page) -> None:
    """Everything that is folded, as for print."""
    see_result(page)
    expect(page.locator(".app-live")).to_be_visible()  # the script has run
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")


def keep_without_reason(page: Page) -> None:
    see_result(page)
    open_fold(page, ".app-point")
    fold = page.locator(".app-point").first
    fold.get_by_text("Keep it, with a reason").click()
    fold.get_by_role("button", name="Keep it (").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def take_one(page: Page) -> None:
    see_result(page)
    open_fold(page, ".app-point:has(.app-cures)")
    page.locator(".app-point[open] .app-cures button").first.click()
    expect(page.locator("#said strong")).to_be_visible()


def open_fold(page: Page, selector: str) -> None:
    """The fold, and those that it stands in."""
    page.wait_for_load_state("load")  # by then the script, where there is one, has opened the first point
    fold = page.locator(selector).first
    for each in [*fold.locator("xpath=ancestor::details").all(), fold]:
        if each.get_attribute("open") is None:
            each.locator("summary").first.click()


def see_style(page: Page) -> None:
    see_result(page)
    open_fold(page, "#group-style")
    expect(page.get_by_role("button", name=re.compile("^Leave "))).to_be_visible()


def finish(page: Page) -> None:
    take_one(page)
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".app-files")).to_be_visible()


def empty_the_text(page: Page) -> None:
    see_result(page)
    page.locator("#text").fill("")
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def come_too_late(page: Page) -> None:
    page.context.clear_cookies()
    page.get_by_role("button", name="Check this advert").click()
    expect(page.get_by_role("heading", name="Send it again")).to_be_visible()


def go_away(page: Page) -> None:
    see_result(page)
    expect(page.locator(".app-live")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Go on with it")).to_be_visible()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "start": ("/", nothing),
    "start, nothing filled in": ("/", send_nothing),
    "sample": ("/sample", nothing),
    "result": ("/sample", see_result),
    "result, unfolded": ("/sample", unfold),
    "result, reason missing": ("/sample", keep_without_reason),
    "result, one taken": ("/sample", take_one),
    "result, style": ("/sample", see_style),
    "result, no text": ("/sample", empty_the_text),
    "done": ("/sample", finish),
    "too late": ("/sample", come_too_late),
    "start, with an advert in work": ("/sample", go_away),
    "guide": ("/guide?category=stale", nothing),
    "guide, nothing found": ("/guide?q=zzzz", nothing),
    "entry": ("/guide/stale-crb", nothing),
    "how this works": ("/how-this-works", nothing),
    "privacy": ("/privacy", nothing),
    "accessibility": ("/accessibility", nothing),
    "not found": ("/nowhere", nothing),
}


def check_state(page: Page) -> None:
    """No fault in axe, and nothing to scroll to sideways."""
    found = Axe().run(page, options={"runOnly": STANDARDS}).response
    assert found["passes"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_passes_axe_and_never_scrolls_sideways(
    opened: Callable[..., Page], state: str, width: dict[str, int]
) -> None:
    path, reach = STATES[state]
    page = opened(path, viewport=width)
    reach(page)
    check_state(page)


def test_what_is_typed_before_the_script_is_there_counts(opened: Callable[..., Page]) -> None:
    page = opened("/sample")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/desk.js*", hold)
    page.get_by_role("button", name="Check this advert").click(no_wait_after=True)
    expect(page.locator(".app-verdict")).to_be_visible()
    assert not page.locator(".app-live").count()
    page.locator("#text").fill("No women, please.")
    for route in held:
        route.continue_()
    expect(page.locator("#marks mark")).to_have_count(1)
    assert page.locator("#text").input_value() == "No women, please."


WITHOUT: dict[str, tuple[str, Callable[[Page], None]]] = {
    "result": ("/sample", see_result),
    "reason missing": ("/sample", keep_without_reason),
    "one taken": ("/sample", take_one),
    "style": ("/sample", see_style),
    "done": ("/sample", finish),
    "too late": ("/sample", come_too_late),
    "nothing remembered": ("/result", nothing),
}


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("state", WITHOUT)
def test_every_state_is_as_good_without_scripts(opened: Callable[..., Page], state: str, width: dict[str, int]) -> None:
    path, reach = WITHOUT[state]
    page = opened("/privacy", viewport=width)
    page.route("**/*.js", lambda route: route.abort())  # axe is a script, too: only those of the page are kept away
    page.goto(page.url.removesuffix("/privacy") + path)
    reach(page)
    assert not page.locator(".app-live").count()
    check_state(page)


def test_everything_works_without_scripts(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened("/sample", scripts=False)
    see_result(page)
    text = page.locator("#text")
    said = page.locator("#said strong")
    assert "Ward Office Manager" in text.input_value()

    named = ".app-cures button:has-text('Use “')"  # others are whole sentences
    open_fold(page, f".app-point:has({named})")
    cure = page.locator(f".app-point[open] {named}").first
    wanted = re.search("“(.*?)”", cure.inner_text())
    assert wanted
    before = text.input_value()
    cure.click()
    expect(said).to_contain_text(f"is now “{wanted[1]}”")
    taken = text.input_value()
    assert wanted[1] in taken

    point = page.locator(".app-point[open]").first
    own = point.get_by_label("The sentence")
    if not own.is_visible():
        point.get_by_text("Write it in your own words").click()
    own.fill("We look forward to your application.")
    point.get_by_role("button", name="Use these words").click()
    expect(said).to_contain_text("Your own words are in.")
    assert "We look forward to your application." in text.input_value()
    page.get_by_role("button", name="Undo").click()
    assert text.input_value() == taken
    page.get_by_role("button", name="Undo").click()
    assert text.input_value() == before

    open_fold(page, ".app-point")
    kept = page.locator(".app-point[open]").first
    key = kept.get_attribute("data-key")
    kept.get_by_text("Keep it, with a reason").click()
    for number, field in enumerate(kept.locator(".app-way input").all()):
        field.fill(f"Person {number}")
    kept.get_by_role("button", name="Keep it (").click()
    expect(said).to_contain_text("is kept, with the reason.")
    expect(page.locator(f"#point-{key}")).to_have_attribute("data-state", "kept")

    text.fill(text.input_value() + "\n\nOnly young men may apply.\n")
    page.get_by_role("button", name="Check the text again").click()
    expect(page.locator(".app-verdict h2")).to_have_text("Do not publish yet")
    page.get_by_role("button", name="Finish").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Plain text").click()
    file = tmp_path / "improved.txt"
    download.value.save_as(file)
    assert file.read_text(encoding="utf-8") == page.locator("#text").text_content()
    assert page.locator("[data-next]").count() == 0


def test_a_mark_leads_to_its_point(opened: Callable[..., Page]) -> None:
    page = opened("/sample", scripts=False)
    see_result(page)
    link = page.locator(".app-mark__number").last
    place = link.get_attribute("href") or ""
    link.click()
    if "app-group__points" in (page.locator(place).evaluate("e => e.parentElement.className")):
        expect(page.locator(f".app-group:has({place})")).to_be_in_viewport()
    else:
        expect(page.locator(f"{place} > summary")).to_be_in_viewport()


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
    folded = page.locator(".app-point:not([open]) > summary").first
    for _ in range(80):
        page.keyboard.press("Tab")
        if folded.evaluate("(e) => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".app-point[open]")).to_have_count(1)  # the one that was open is folded
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.app-point[open]') !== null")


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
    see_result(page)
    point = page.locator(".app-point[open]")
    expect(point.get_by_label("Why the post needs it")).to_be_hidden()
    point.get_by_text("Keep it, with a reason").click()
    expect(point.get_by_label("Why the post needs it")).to_be_visible()


def test_copy_puts_the_improved_text_on_the_clipboard(opened: Callable[..., Page], address: str) -> None:
    page = opened("/sample")
    see_result(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page.get_by_role("button", name="Copy the text").click()
    expect(page.locator("#copy-status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#text").input_value()


def test_no_address_or_cookie_holds_the_advert(opened: Callable[..., Page], address: str) -> None:
    page = opened("/")
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.get_by_label("Paste your advert").fill("We need a Zanzibar salesman with a CRB check.")
    see_result(page)
    page.get_by_role("button", name="Say more about the post").click()
    assert addresses
    assert not [url for url in addresses if "anzibar" in url]
    cookies = page.context.cookies()
    assert [cookie["name"] for cookie in cookies] == ["session"]
    assert "anzibar" not in str(cookies)
    assert page.evaluate("localStorage.length") == 0  # the tab's own storage holds it, and is sent nowhere


def test_everything_is_unfolded_for_print(opened: Callable[..., Page]) -> None:
    page = opened("/sample")
    see_result(page)
    expect(page.locator(".app-live")).to_be_visible()  # the script has run
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
