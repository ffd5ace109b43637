"""The desk in a real browser: errors in view, marks that follow what is typed, and a click or two for each thing."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from desk_browsing import ADVERT, LONG, Open, add_to_the_text, check, layer, ready, take, text
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


# Errors


def test_an_error_of_a_point_is_in_view_and_leads_to_its_field(opened: Open) -> None:
    page = opened("/")
    check(page)
    point = page.locator(".app-point[open]")
    key = point.get_attribute("data-key")
    point.get_by_text("Keep it, with a reason").click()
    point.get_by_label("Why the post needs it").fill("The law asks for it")
    point.get_by_role("button", name=re.compile("^Keep it ")).click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    assert page.title().startswith("Error: ")
    expect(page.get_by_label("Why the post needs it").first).to_have_value("The law asks for it")
    summary.get_by_role("link").first.click()
    expect(page.locator(f"#kept_by-{key}")).to_be_focused()
    expect(page.locator(f"#kept_by-{key}")).to_be_in_viewport()


def test_an_error_of_what_is_missing_is_in_view_and_leads_to_its_field(opened: Open) -> None:
    page = opened("/")
    check(page)
    page.locator("#fact-pay").fill("£30,000 a year")
    page.locator("#fact-closing-date").fill("soon")
    page.locator("#fact-closing-date").press("Enter")  # presses the button beside it
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    expect(page.locator("#fact-pay")).to_have_value("£30,000 a year")
    summary.get_by_role("link").click()
    expect(page.locator("#fact-closing-date")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("1 March 2027")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_have_value(re.compile("1 March 2027"))
    expect(summary).to_have_count(0)
    expect(page.locator("#fact-pay")).to_have_value("£30,000 a year")
    page.locator("#fact-pay").press("Enter")
    expect(page.locator("#text")).to_have_value(re.compile("£30,000 a year"))


def test_a_text_that_was_emptied_can_be_written_again(opened: Open) -> None:
    page = opened("/")
    check(page)
    page.locator("#text").fill("")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.locator("#text").fill("We want a salesman.")
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.locator("#marks mark")).to_have_text(["salesman"])
    expect(page.locator(".app-verdict h2")).not_to_have_text("Not checked")
    expect(page.locator("#statement")).to_be_visible()


# Typing


def marked(page: Page) -> list[str]:
    return page.locator("#marks mark").all_text_contents()


def test_marks_follow_what_is_typed_and_what_is_new_is_found_after_a_pause(opened: Open) -> None:
    page = opened("/")
    check(page)
    before = marked(page)
    assert "salesman" in before
    page.locator("#text").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Lead 😀 ")
    assert marked(page) == before
    assert layer(page) == text(page) == "Lead 😀 " + ADVERT
    add_to_the_text(page, "No women.")
    expect(page.locator("#marks mark", has_text="No women").first).to_be_visible()
    assert layer(page) == text(page)
    for mark in page.locator("#marks mark").all():
        key = mark.get_attribute("data-key")
        assert page.locator(f"#point-{key} q").first.text_content() == mark.text_content()


def test_a_mark_that_is_typed_into_goes_and_the_others_stay(opened: Open) -> None:
    page = opened("/")
    check(page)
    before = marked(page)
    page.locator("#text").evaluate(
        "(e) => { e.focus(); const n = e.value.indexOf('salesman') + 5; e.setSelectionRange(n, n) }"
    )
    page.keyboard.type("wo")
    assert layer(page) == text(page)
    assert marked(page) == [mark for mark in before if mark != "salesman"]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_typed_the_layer_of_marks_has_the_same_text(opened: Open, seed: int) -> None:
    page = opened("/")
    check(page)
    choice = random.Random(seed)
    page.route("**/result", lambda _: None)  # no answer meanwhile
    for _ in range(60):
        length = page.evaluate("document.querySelector('#text').value.length")
        low = choice.randrange(length + 1)
        high = min(length, low + choice.choice([0, 0, 1, 3, 12, 60]))
        new = choice.choice(["", "x", "\n", " new words ", "😀", "<b>&amp;", "\n\nA line.\n"])
        page.locator("#text").evaluate(
            """(e, [low, high, fresh]) => { e.setRangeText(fresh, low, high, 'end')
            e.dispatchEvent(new Event('input', { bubbles: true })) }""",
            [low, high, new],
        )
        assert layer(page) == text(page)


def test_a_cure_can_be_taken_back_with_the_browsers_own_undo(opened: Open) -> None:
    page = opened("/")
    check(page)
    take(page)
    page.locator("#text").focus()
    page.keyboard.press("Control+z")
    assert text(page) == ADVERT
    assert layer(page) == ADVERT
    expect(page.locator("#marks mark", has_text="salesman")).to_be_visible()


def test_undo_takes_back_one_step_at_a_time(opened: Open) -> None:
    page = opened("/")
    check(page)
    texts = [text(page)]
    for _ in range(3):
        take(page)
        texts.append(text(page))
    for before in reversed(texts[:-1]):
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#text")).to_have_value(before)
        expect(page.locator("#said")).to_contain_text("Undone")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_a_key_undoes_and_another_does_it_again(opened: Open) -> None:
    page = opened("/")
    check(page)
    take(page)
    now = text(page)
    page.keyboard.press("Alt+u")
    expect(page.locator("#text")).to_have_value(ADVERT)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    page.keyboard.press("Alt+r")
    expect(page.locator("#text")).to_have_value(now)
    expect(page.get_by_role("button", name="Redo")).to_be_disabled()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Redo").click()
    expect(page.locator("#said")).to_contain_text("Done again")
    assert text(page) == now


@pytest.mark.parametrize("width", [400, 1280])
def test_the_next_point_is_not_hidden_by_the_bar(opened: Open, width: int) -> None:
    page = opened("/")
    page.set_viewport_size({"width": width, "height": 800})
    check(page, ADVERT + LONG * 10)
    take(page)
    head = page.locator(".app-point[open] > summary")
    expect(head).to_be_in_viewport(ratio=1)
    bar, top = page.locator(".app-bar").bounding_box(), head.bounding_box()
    assert bar is not None
    assert top is not None
    assert top["y"] >= bar["y"] + bar["height"]


def test_who_says_more_about_the_post_stands_at_its_fields(opened: Open) -> None:
    page = opened("/")
    check(page, ADVERT + LONG * 30)
    take(page)
    now = text(page)
    page.get_by_role("button", name="Say more about the post").click()
    expect(page.get_by_label("Grade or band")).to_be_in_viewport()
    page.get_by_label("Grade or band").fill("Band 4")
    page.get_by_label("Paste your advert").fill(now + "You are calm.")
    page.get_by_role("button", name="Check this advert").click()
    ready(page)
    assert text(page) == now + "You are calm."
    page.get_by_role("button", name="Undo").click()  # of what was typed there
    expect(page.locator("#text")).to_have_value(now)


def test_the_next_point_is_one_key_away(opened: Open) -> None:
    page = opened("/")
    check(page)
    number = page.locator(".app-point[data-state=open]").count()
    assert number > 2
    seen = []
    for _ in range(number):
        page.keyboard.press("Alt+n")
        assert page.locator(".app-point[open]").count() == 1
        seen.append(page.locator(".app-point[open]").get_attribute("data-key"))
        assert page.evaluate("document.activeElement.closest('.app-point[open]') !== null")
        expect(page.locator(".app-point[open] > summary")).to_be_in_viewport()
    assert len(set(seen)) == number


def test_a_click_on_a_mark_opens_its_point(opened: Open) -> None:
    page = opened("/")
    check(page)
    mark = page.locator("#marks mark").last
    key = mark.get_attribute("data-key")
    box = mark.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(f"#point-{key}")).to_have_attribute("open", "")
    expect(page.locator(".app-point[open]")).to_have_count(1)
    assert page.evaluate("document.activeElement.id") == "text"


def test_what_is_half_written_in_a_point_outlives_a_check_of_the_text(opened: Open) -> None:
    page = opened("/")
    check(page)
    point = page.locator(".app-point[open]")
    key = point.get_attribute("data-key")
    point.get_by_text("Keep it, with a reason").click()
    add_to_the_text(page, "We want a salesman.")
    page.locator(f"#reason-{key}").focus()
    page.keyboard.type("The law ")
    expect(page.locator("#marks mark", has_text="salesman")).to_have_count(2)
    page.keyboard.type("asks for it")
    expect(page.locator(f"#reason-{key}")).to_have_value("The law asks for it")
    expect(page.locator(f"#reason-{key}")).to_be_focused()


# Marks under their words

PLACES = """() => {
  const area = document.querySelector('#text'), marks = document.querySelector('#marks')
  const one = area.getBoundingClientRect(), two = marks.getBoundingClientRect()
  const inner = (e) => { const s = getComputedStyle(e)
    return ['font', 'letterSpacing', 'wordSpacing', 'textAlign', 'whiteSpace', 'overflowWrap', 'tabSize', 'paddingLeft',
      'paddingTop', 'paddingRight', 'borderLeftWidth', 'borderTopWidth', 'boxSizing', 'textIndent', 'textTransform']
      .map((name) => name === 'font' ? [s.fontFamily, s.fontSize, s.lineHeight, s.fontWeight].join() : s[name]) }
  return { same: [one.x - two.x, one.y - two.y, one.width - two.width, one.height - two.height].map(Math.round),
    styles: [inner(area), inner(marks)], scrolls: area.scrollHeight - area.clientHeight,
    inner: area.clientWidth - marks.clientWidth }
}"""


@pytest.mark.parametrize("width", [1280, 900, 400, 320])
def test_the_marks_lie_under_their_words(opened: Open, width: int) -> None:
    page = opened("/", viewport={"width": width, "height": 700})
    lines = [LONG * 3, "A" * 300, "one\ttwo   three", "", " a salesman   ", "😀" * 40, "- a young salesman", LONG * 2]
    check(page, "\n\n".join(lines) + "\n\n" + ADVERT)
    for _ in range(2):
        found = page.evaluate(PLACES)
        assert found["same"] == [0, 0, 0, 0]
        assert found["styles"][0] == found["styles"][1]
        assert found["scrolls"] <= 1
        assert found["inner"] == 0
        add_to_the_text(page, "\n" + "more words " * 30)
        assert layer(page) == text(page)


# Forced colours, size


def test_marks_can_be_told_in_forced_colours(opened: Open, tmp_path: Path) -> None:
    page = opened("/")
    page.emulate_media(forced_colors="active")
    check(page)
    looks = page.evaluate(
        """() => [...document.querySelectorAll('#marks mark')].map((e) => { const s = getComputedStyle(e)
        return [s.borderBottomStyle, s.borderBottomWidth, s.borderBottomColor, s.backgroundColor] })"""
    )
    assert looks
    assert all(style != "none" and width != "0px" for style, width, *_ in looks)
    shot = page.locator(".app-paper").screenshot
    marked_shot = shot()
    page.evaluate("document.querySelectorAll('#marks mark').forEach((mark) => mark.replaceWith(...mark.childNodes))")
    assert shot() != marked_shot


def test_at_twice_the_size_all_can_be_read_and_reached(opened: Open) -> None:
    page = opened("/", viewport={"width": 640, "height": 450})  # as of 1280 pixels at 200 %
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    covered = page.evaluate(
        """() => [...document.querySelectorAll('.app-bar *')].some((e) => getComputedStyle(e).position === 'sticky')
        && document.querySelector('.app-bar').getBoundingClientRect().height > innerHeight / 2"""
    )
    assert not covered
    take(page)


def test_nothing_is_wider_than_the_column_of_points(opened: Open) -> None:
    page = opened("/")
    check(page, ADVERT + "We utilise and leverage things going forward, and the salesman mans the phones. ")
    page.evaluate("document.querySelectorAll('.app-desk details').forEach((fold) => { fold.open = true })")
    expect(page.locator("#group-style .govuk-button-group")).to_be_visible()
    found = page.locator(".app-desk__points").evaluate("(column) => column.scrollWidth - column.clientWidth")
    assert found <= 0


# The whole way


SALES = """Sales manager

We want a young and dynamic salesman. He will hit the ground running.

You need a degree and ten years of experience. You are a native English speaker.

The chairman signs the accounts. We man the phones. Work out the man-hours. An enhanced CRB check is needed.
"""


def test_from_paste_to_the_files_in_twelve_clicks_at_most(opened: Open) -> None:
    page = opened("/")
    clicks: list[str] = []

    def click(what: Locator) -> None:
        clicks.append(what.inner_text() or what.get_attribute("name") or "")
        what.click()

    page.get_by_label("Paste your advert").fill(SALES)
    click(page.get_by_role("button", name="Check this advert"))
    ready(page)
    style = page.locator("#group-style .app-point").count()
    assert (page.locator(".app-point").count(), style) == (10, 4)
    own = iter(("We want somebody who sells.", "You write clear English."))
    click(page.get_by_role("button", name=re.compile("^Make the ")))
    expect(page.locator("#said strong")).to_contain_text("safe")
    while (waiting := page.locator("#points > .app-point[data-state=open]")).count():
        point = waiting.first
        expect(point).to_have_attribute("open", "")  # nobody has to look for it
        before = page.locator("#said").inner_text()
        if point.locator(".app-cures").count():
            click(point.locator(".app-cures button").first)
        elif "To confirm" in (point.locator("summary").first.text_content() or ""):
            click(point.get_by_role("button", name=re.compile("^Not now")))
        else:
            click(point.get_by_label("The sentence"))
            page.keyboard.press("Control+A")
            page.keyboard.type(next(own))
            click(point.get_by_role("button", name=re.compile("^Use these words")))
        expect(page.locator("#said")).not_to_have_text(before)
    for button, words in (("Take (it|all|the)", "of style taken"), ("Leave (it|all)", "left as they are")):
        if (style_button := page.locator("#group-style").get_by_role("button", name=re.compile(f"^{button}"))).count():
            click(style_button)
            expect(page.locator("#said strong")).to_contain_text(words)
    click(page.get_by_role("button", name="Finish"))
    expect(page.locator(".app-files")).to_be_visible()
    file = page.get_by_role("button", name="Word, every change tracked")
    with page.expect_download() as download:
        click(file)
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    assert len(clicks) <= 12, clicks
