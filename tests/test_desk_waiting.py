"""The desk in a real browser: what was asked for is done before anything else, and what was begun is never lost."""

from __future__ import annotations

import re

import pytest
from desk_browsing import ADVERT, Open, add_to_the_text, check, ready, text
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
FINISH = "Finish and get the files"


def slow(page: Page, milliseconds: int = 700) -> None:
    """Answers come late from now on."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    speed = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", speed)


def cures(page: Page) -> Locator:
    """The first cure of each point that has any, unfolded."""
    points = page.locator(".app-point[data-state=open]:has(.app-cures)")
    points.evaluate_all(
        "(all) => { for (let f of all) for (; f; f = f.parentElement.closest('details')) f.open = true }"
    )
    return points.locator(".app-cures li:first-child button")


def point_of(page: Page, phrase: str) -> Locator:
    """The point of a wording, unfolded."""
    point = page.locator(".app-point", has=page.locator("q", has_text=re.compile(f"^{phrase}$")))
    point.evaluate("(f) => { for (; f; f = f.parentElement.closest('details')) f.open = true }")
    return point


def own(page: Page, phrase: str) -> Locator:
    """The field for own words of a wording, unfolded."""
    field = point_of(page, phrase).get_by_label("The sentence")
    field.evaluate("(field) => { field.closest('details').open = true }")
    return field


def press_all(buttons: Locator, number: int) -> None:
    """Press several buttons in one tick."""
    buttons.evaluate_all("(all, number) => all.slice(0, number).forEach((button) => button.click())", number)


def test_the_form_goes_only_when_the_last_choice_is_made(opened: Open) -> None:
    page = opened("/")
    check(page)
    slow(page)
    cures(page).first.click()
    button = page.get_by_role("button", name=FINISH)
    button.click(no_wait_after=True)
    expect(page.locator("#said")).to_contain_text("What you chose last is done first")
    assert "working" in button.evaluate("(e) => getComputedStyle(e, '::after').content")
    expect(page.locator(".app-files")).to_be_visible()
    expect(page.locator(".app-verdict")).to_contain_text("1 change made")
    expect(page.locator("#made li")).to_have_count(1)


def test_who_says_more_about_the_post_takes_the_last_choice_along(opened: Open) -> None:
    page = opened("/")
    check(page)
    slow(page)
    cures(page).first.click()
    page.get_by_role("button", name="Say more about the post").click(no_wait_after=True)
    expect(page.get_by_label("Grade or band")).to_be_visible()
    assert page.get_by_label("Paste your advert").input_value() != ADVERT


def test_the_form_stays_where_the_last_choice_could_not_be_made(opened: Open) -> None:
    page = opened("/")
    check(page)
    slow(page)
    point = page.locator(".app-point[open]")
    point.get_by_text("Keep it, with a reason").click()
    point.get_by_role("button", name=re.compile("^Keep it ")).click()
    page.get_by_role("button", name=FINISH).click(no_wait_after=True)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator("[data-waits]")).to_have_count(0)
    expect(page.locator("#text")).to_be_visible()


def test_several_clicks_in_one_tick_are_all_done(opened: Open) -> None:
    """Also where the first changes the sentence of the second."""
    page = opened("/")
    check(page)
    number = cures(page).count()
    assert number > 3
    press_all(cures(page), 3)
    page.get_by_role("button", name=FINISH).click(no_wait_after=True)
    expect(page.locator(".app-files")).to_be_visible()
    expect(page.locator("#made li")).to_have_count(3)


def test_two_points_of_one_sentence_are_both_done(opened: Open) -> None:
    page = opened("/")
    check(page, "Cook\n\nOur salesman helps the chairman and the foreman.\n")
    assert cures(page).count() == 3
    press_all(cures(page), 3)
    expect(page.locator("#said")).to_contain_text("4 changes made")  # with the statement
    assert not re.search("salesman|chairman|foreman", text(page))


def test_a_double_click_is_one(opened: Open) -> None:
    page = opened("/")
    check(page)
    before = cures(page).count()
    for milliseconds in (0, 300):
        slow(page, milliseconds)
        cures(page).first.dblclick()
        before -= 1
        expect(page.locator("#said strong")).to_be_visible()
        expect(page.locator("#said")).not_to_contain_text("no longer")
        expect(page.locator("#said")).to_contain_text(f"{1 if not milliseconds else 2} change")


def test_typing_does_not_call_off_a_choice(opened: Open) -> None:
    page = opened("/")
    check(page)
    slow(page, 2000)  # longer than the pause after which what is typed is checked
    cures(page).first.click()
    add_to_the_text(page, "You are calm.")
    expect(page.locator("#said")).to_contain_text("2 changes made")
    assert text(page).endswith("You are calm.")


# What was begun


def test_own_words_and_a_reason_that_were_begun_outlive_the_last_page(opened: Open) -> None:
    page = opened("/")
    check(page)
    own(page, "salesman").fill("Our seller is")
    reason = page.locator(".app-point[data-state=open]").nth(1).get_by_label("Why the post needs it")
    reason.evaluate(
        "(f) => { for (f = f.closest('details'); f; f = f.parentElement.closest('details')) f.open = true }"
    )
    reason.fill("The law")
    page.locator("#fact-pay").fill("£30,000")

    def still_there() -> None:
        ready(page)
        expect(page.get_by_label("The sentence").and_(page.locator("[data-begun]"))).to_have_value("Our seller is")
        expect(page.get_by_label("Why the post needs it").and_(page.locator("[data-begun]"))).to_have_value("The law")
        expect(page.locator("#fact-pay")).to_have_value("£30,000")

    for back in ("button", "browser", "reload", "more"):
        if back == "more":
            page.get_by_role("button", name="Say more about the post").click()
            page.get_by_role("button", name="Check this advert").click()
        else:
            page.get_by_role("button", name=FINISH).click()
            expect(page.locator("#begun li")).to_have_count(3)
        if back == "button":
            page.get_by_role("button", name="Go back to the text").click()
        elif back == "browser":
            page.go_back()
        elif back == "reload":
            page.reload()
            expect(page.locator("#begun li")).to_have_count(3)
            page.go_back()
        still_there()


@pytest.mark.parametrize("what", ["own", "fact"])
def test_the_last_page_leads_back_to_what_was_begun(opened: Open, what: str) -> None:
    page = opened("/")
    check(page)
    field = own(page, "foreman") if what == "own" else page.locator("#fact-pay")
    field.fill("We seek")
    page.get_by_role("button", name=FINISH).click()
    expect(page.locator("#begun")).to_contain_text("This was begun and is not in the text")
    page.locator("#begun").get_by_role("button").click()
    ready(page)
    focused = page.locator(":focus")
    expect(focused).to_have_value("We seek")
    expect(focused).to_be_in_viewport()


def test_nothing_is_said_of_fields_that_nobody_wrote_in(opened: Open) -> None:
    page = opened("/")
    check(page)
    page.get_by_role("button", name=FINISH).click()
    expect(page.locator(".app-files")).to_be_visible()
    expect(page.locator("#begun")).to_have_count(0)


def test_own_words_that_were_begun_stay_when_their_sentence_changes(opened: Open) -> None:
    page = opened("/")
    check(page, "Cook\n\nOur salesman helps the chairman.\n")
    own(page, "chairman").fill("Our seller is")
    point_of(page, "salesman").locator(".app-cures button").first.click()
    expect(page.locator("#text")).not_to_have_value(re.compile("salesman"))
    expect(own(page, "chairman")).to_have_value("Our seller is")


def test_own_words_that_were_used_are_not_begun_for_the_next_place(opened: Open) -> None:
    page = opened("/")
    check(page, "Cook\n\nOur salesman is kind.\n\nThe salesman helps you.\n")
    own(page, "salesman").fill("Our seller is kind.")
    page.get_by_role("button", name=re.compile("^Use these words .*salesman")).click()
    expect(page.locator("#text")).to_have_value(re.compile("Our seller is kind"))
    expect(own(page, "salesman")).to_have_value("The salesman helps you.")


# Where the person is


def test_the_next_point_is_the_first_that_nobody_is_in_yet(opened: Open) -> None:
    page = opened("/")
    check(page)
    points = page.locator(".app-point[data-state=open]")
    keys = [point.get_attribute("data-key") for point in points.all()]
    for key in keys[:3]:
        page.get_by_role("button", name="Next point").click()
        expect(page.locator(f"#point-{key} > summary")).to_be_focused()
    page.locator(f"#point-{keys[0]} > summary").click()
    page.keyboard.press("Alt+n")
    expect(page.locator(f"#point-{keys[1]} > summary")).to_be_focused()


# Sentences that go


def test_a_sentence_that_is_emptied_is_taken_out_with_its_bullet(opened: Open) -> None:
    page = opened("/")
    given = "Cook\n\nYou will:\n- greet the salesman\n- keep the rota\n\nYou are calm.\n"
    check(page, given)
    own(page, "salesman").fill("")
    page.get_by_role("button", name=re.compile("^Use these words .*salesman")).click()
    expect(page.locator("#text")).to_have_value(re.compile("^Cook\n\nYou will:\n- keep the rota\n\nYou are calm"))
    expect(page.locator("#said")).to_contain_text("is taken out")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#text")).to_have_value(re.compile("^" + given.rstrip()))


def test_a_bar_without_a_cure_has_a_button_that_takes_its_sentence_out(opened: Open) -> None:
    page = opened("/")
    bar = "The post is not open to women who plan to have a family soon."
    check(page, f"Cook\n\nYou cook.\n\n{bar}\n\nYou are calm.\n")
    page.get_by_role("button", name=re.compile("^Take the sentence out")).click()
    expect(page.locator("#text")).to_have_value(re.compile("^Cook\n\nYou cook.\n\nYou are calm."))
