"""The desk in a real browser: Back, a reload, another tab, an old form or a server that is gone cost nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_browsing import ADVERT, Open, add_to_the_text, check, ready, take, text
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_back_and_forward_lose_neither_text_nor_choices(opened: Open) -> None:
    page = opened("/")
    check(page)
    take(page)
    now = text(page)
    page.go_back()
    link = page.get_by_role("link", name="Go on with it")
    expect(link).to_be_visible()
    page.go_forward()
    ready(page)
    assert text(page) == now
    page.go_back()
    expect(link).to_be_visible()
    link.click()
    ready(page)
    assert text(page) == now
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#text")).to_have_value(ADVERT)


def test_a_reload_loses_nothing(opened: Open) -> None:
    page = opened("/")
    check(page)
    take(page)
    add_to_the_text(page, "You are calm.")
    now = text(page)
    page.reload()
    ready(page)
    assert text(page) == now
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()


@pytest.mark.parametrize("leave", ["guide", "source"])
def test_a_link_and_back_lose_nothing(opened: Open, leave: str) -> None:
    page = opened("/")
    check(page)
    take(page)
    now = text(page)
    point = page.locator(".app-point[open]").first
    point.get_by_label("Why the post needs it").evaluate("(field) => { field.closest('details').open = true }")
    point.get_by_label("Why the post needs it").fill("The law asks for it")
    if leave == "guide":
        point.get_by_text("Whom it may put off").click()
        point.get_by_role("link", name="This entry in the guide").click()
        expect(page.locator("main h1")).to_be_visible()
    else:
        page.goto("about:blank")
    page.go_back()
    ready(page)
    assert text(page) == now
    expect(page.get_by_label("Why the post needs it").first).to_have_value("The law asks for it")


def test_the_last_page_and_back_lose_nothing(opened: Open) -> None:
    page = opened("/")
    check(page)
    take(page)
    now = text(page)
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".app-files")).to_be_visible()
    page.go_back()
    ready(page)
    assert text(page) == now
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".app-files")).to_be_visible()
    page.go_back()
    ready(page)
    page.go_forward()
    expect(page.locator(".app-files")).to_be_visible()
    page.get_by_role("button", name="Go back to the text").click()
    ready(page)
    assert text(page) == now


@pytest.mark.parametrize("milliseconds", [0, 400])
def test_the_last_page_stays_what_it_is_when_it_is_loaded_again(opened: Open, milliseconds: int) -> None:
    """Also where the script comes so late that the browser sends the form of the desk once more."""
    page = opened("/")
    check(page)
    take(page)
    now = text(page)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    speed = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", speed)
    page.get_by_role("button", name="Finish").click()
    for _ in range(2):
        expect(page.locator(".app-files")).to_be_visible()
        page.evaluate("window.old = true")
        page.reload()
        page.wait_for_function("!window.old")
        expect(page.locator(".app-files")).to_be_visible()
    assert page.locator("#text").input_value() == now


def test_forward_asks_for_the_last_page_anew_however_late_the_script_comes(opened: Open) -> None:
    """Back before the script has run must not leave a page behind that only its form brings back."""
    page = opened("/")
    check(page)
    now = text(page)
    page.route("**/page.js", lambda _: None)  # never answered
    page.get_by_role("button", name="Finish").click(no_wait_after=True)
    expect(page.locator(".app-files")).to_be_visible()
    page.evaluate("stop()")
    page.unroute("**/page.js")
    page.go_back()
    ready(page)
    page.go_forward()
    expect(page.locator(".app-files")).to_be_visible()
    page.go_back()
    ready(page)
    assert text(page) == now


def test_an_expired_token_is_renewed_without_a_word(opened: Open) -> None:
    page = opened("/")
    check(page)
    page.context.clear_cookies()
    take(page)
    add_to_the_text(page, "We want a young man.")
    page.context.clear_cookies()
    expect(page.locator("#marks mark", has_text="young man")).not_to_have_count(0)
    page.context.clear_cookies()
    page.get_by_role("button", name="Finish").click()  # this one leaves the page
    expect(page.get_by_role("heading", name="Send it again")).to_be_visible()
    expect(page.locator(".govuk-error-summary")).to_be_in_viewport()
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator(".app-files")).to_be_visible()
    assert "We want a young man." in (page.locator("#text").text_content() or "")


def test_a_server_that_was_started_anew_costs_nothing(opened: Open, address: str) -> None:
    page = opened("/")
    check(page)
    take(page)
    page.evaluate("document.querySelector('[name=csrf_token]').value = 'of the server before'")
    now = text(page)
    take(page)
    assert text(page) != now
    page.reload()
    ready(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#text")).to_have_value(now)


def test_two_tabs_are_two_adverts(opened: Open, address: str) -> None:
    one = opened("/")
    check(one)
    two = one.context.new_page()
    two.goto(address)
    expect(two.locator("[data-saved]")).to_be_hidden()
    check(two, "Cook\n\nWe want a salesman for the kitchen.\n")
    take(two)
    take(one)
    for page, words in ((one, "Ward clerk"), (two, "Cook")):
        page.reload()
        ready(page)
        assert text(page).startswith(words)


def test_what_is_typed_on_the_start_page_is_there_after_a_reload(opened: Open) -> None:
    page = opened("/")
    field = page.get_by_label("Paste your advert")
    field.fill(ADVERT)
    page.reload()
    expect(field).to_have_value(ADVERT)
    check(page)
    page.goto(page.url.replace("/result", "/"))
    expect(page.locator("[data-saved]")).to_be_visible()
    expect(field).to_have_value("")


def test_start_again_forgets(opened: Open) -> None:
    page = opened("/")
    check(page)
    page.get_by_role("link", name="Start again with another advert").click()
    expect(page.get_by_label("Paste your advert")).to_have_value("")
    expect(page.locator("[data-saved]")).to_be_hidden()
    assert page.evaluate("sessionStorage.length") == 0
    check(page)
    page.get_by_role("link", name="Check an advert").click()
    page.get_by_role("button", name="Forget it").click()
    expect(page.locator("[data-saved]")).to_be_hidden()
    assert page.evaluate("sessionStorage.length") == 0


def test_an_address_of_a_result_without_one_leads_to_the_start(opened: Open) -> None:
    page = opened("/result")
    expect(page.get_by_label("Paste your advert")).to_be_visible()


@pytest.mark.parametrize("answer", [429, 503, 500, "gone"])
def test_a_server_that_refuses_or_is_gone_costs_nothing_and_it_is_said(opened: Open, answer: int | str) -> None:
    page = opened("/")
    check(page)
    body = "<main><h1>Too many requests</h1><p>Wait a minute, then try again.</p></main>"
    page.route(
        "**/result",
        lambda route: (
            route.abort()
            if answer == "gone"
            else route.fulfill(status=int(answer), content_type="text/html", body=body)
        ),
    )
    add_to_the_text(page, "You are calm.")
    now = text(page)
    said = page.locator("#said")
    expect(said).to_contain_text("Your text is safe here")
    if answer != "gone":
        expect(said).to_contain_text("Wait a minute")
    expect(said).to_be_in_viewport()
    assert text(page) == now
    page.unroute("**/result")
    take(page)
    assert "You are calm." in text(page)


def test_a_choice_that_the_server_refused_can_be_made_again(opened: Open) -> None:
    page = opened("/")
    check(page)
    page.route("**/result", lambda route: route.abort())
    page.locator(".app-point[data-state=open]:has(.app-cures)").first.evaluate("(fold) => { fold.open = true }")
    page.locator(".app-point[open] .app-cures button").first.click()
    expect(page.locator("#said")).to_contain_text("The server does not answer")
    assert text(page) == ADVERT
    page.unroute("**/result")
    take(page)


def test_copy_gives_what_download_gives(opened: Open, address: str, tmp_path: Path) -> None:
    page = opened("/")
    check(page, ADVERT + "\n  • one\n\ttwo  \n\n\n“Last” line – no end")
    take(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    copied = []
    for _ in range(2):
        page.get_by_role("button", name="Copy the text").click()
        expect(page.locator("#copy-status")).to_have_text("Copied.")
        copied.append(page.evaluate("navigator.clipboard.readText()"))
        if len(copied) == 1:
            page.get_by_role("button", name="Finish").click()
            expect(page.locator(".app-files")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Plain text").click()
    file = tmp_path / "improved.txt"
    download.value.save_as(file)
    assert copied[0] == copied[1] == file.read_bytes().decode()
