"""Takes the pictures for the documents: `make pictures`.

The page is opened in Chromium with `examples/private-office.txt`, the made-up profile and its figures, on the day
they are good for, so that the pictures can be made anew.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings
from inclusive_ads_web.server import make_server

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
WIDTH = 1180  # CSS pixels: the page's own width, and a margin
POST = {"Grade or band": "Grade 7", "Role or profession": "Private Office", "Location": "London"}


@contextmanager
def served() -> Iterator[str]:
    """The page on this computer, with the made-up department; gives its address."""
    web = WebSettings(
        port=0,
        profiles=(str(EXAMPLES / "profile.yaml"),),
        representation=str(EXAMPLES / "representation.csv"),
        comparators=str(EXAMPLES / "comparators.csv"),
    )
    server = make_server(web, Settings(today=date(2026, 12, 1)))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


def take(page: Page, address: str, folder: Path) -> None:
    """Fill in the start page, check, and take the three pictures."""
    page.goto(address)
    page.get_by_label("Paste your advert").fill((EXAMPLES / "private-office.txt").read_text(encoding="utf-8"))
    page.get_by_label("Organisation").select_option("department-for-example")
    for label, value in POST.items():
        page.get_by_label(label).fill(value)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.screenshot(path=folder / "start.png")
    page.get_by_role("button", name="Check this advert").click()
    page.locator(".app-verdict").wait_for()
    page.set_viewport_size({"width": WIDTH, "height": 1300})
    page.locator(".app-point[open]").first.wait_for()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.screenshot(path=folder / "result.png")
    part = page.evaluate(
        """() => { const box = document.querySelector('section[aria-labelledby=statement]').getBoundingClientRect()
        const last = document.querySelectorAll('.app-statement')[1]
        return { x: box.x - 20, y: box.y + scrollY, width: box.width + 40,
          height: last.getBoundingClientRect().y - box.y - 10 } }"""
    )
    page.screenshot(path=folder / "statement.png", full_page=True, clip=part)


def main(folder: Path = ROOT / "docs" / "images") -> None:
    """Write start.png, result.png and statement.png into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with served() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        take(browser.new_page(viewport={"width": WIDTH, "height": 1000}), address, folder)
        browser.close()


if __name__ == "__main__":
    main()
