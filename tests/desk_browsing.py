"""How the tests work at the desk in a real browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

expect.set_options(timeout=30_000)  # milliseconds; a busy machine is not a fault of the page
Open = Callable[..., Page]
ADVERT = """Ward clerk

Our salesman 😀 is a young and dynamic ninja. He runs the office.

The chairman will utilise the report. The foreman will commence the rota.

Only men may apply.
"""
LONG = "You keep the rota of the ward and answer letters, and now and then you greet whoever comes to the desk. "


def check(page: Page, text: str = ADVERT) -> None:
    page.get_by_label("Paste your advert").fill(text)
    page.get_by_role("button", name="Check this advert").click()
    ready(page)


def ready(page: Page) -> None:
    """The script of the desk has run."""
    expect(page.locator(".app-live #text")).to_be_visible()


def text(page: Page) -> str:
    return page.locator("#text").input_value()


def layer(page: Page) -> str:
    """The text of the layer that shows the marks."""
    return str(
        page.evaluate(
            """() => { const copy = document.querySelector('#marks').cloneNode(true)
            copy.querySelectorAll('.app-mark__number').forEach((number) => number.remove())
            return copy.textContent.slice(0, -1) }"""
        )
    )


def take(page: Page) -> str:
    """Take the first cure that is on offer; what it is."""
    point = page.locator(".app-point[data-state=open]:has(.app-cures)").first
    point.evaluate("(fold) => { for (let f = fold; f; f = f.parentElement.closest('details')) f.open = true }")
    button = point.locator(".app-cures button").first
    before, words = text(page), button.inner_text()
    button.click()
    expect(page.locator("#text")).not_to_have_value(before)
    expect(page.locator("#said strong")).to_be_visible()
    return words


def add_to_the_text(page: Page, more: str) -> None:
    page.locator("#text").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(more)
