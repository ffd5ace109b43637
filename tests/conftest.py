"""What many tests share: one checker with the lexicons that ship, and checkers with a lexicon of the test's own."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any  # what Playwright takes is a dict of its own type

import pytest
from hypothesis import HealthCheck, settings

from inclusive_ads import Checker, Settings
from inclusive_ads.analysis.syntax import Syntax
from inclusive_ads.lexicon.kept import FOLDER

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser, BrowserContext, Page
    from werkzeug.test import TestResponse

# Two slow cores must not make a property test fail.
settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("default")

# What is made of the lexicons is kept in the project, for the commands and servers that tests start, too.
os.environ[FOLDER] = str(Path(__file__).parent.parent / "build" / "kept")

# Checkers are large and stay: Python's search for garbage among them took a fifth of all tests' time.
gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need what is not installed are left out, and say so."""
    lacking = {
        "model": not Syntax().available and "no language model is installed (see docs/deploy.md)",
        "misses": not find_spec("sklearn") and "scikit-learn is not installed (make misses-test)",
        "tables": not (find_spec("polars") and find_spec("duckdb"))
        and "Polars or DuckDB is missing (make frames-test)",
    }
    for item in items:
        for marker, reason in lacking.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def checker() -> Checker:
    """The lexicons that ship, default settings."""
    made = Checker()
    gc.freeze()  # it stays: nobody need look through it for garbage
    return made


def write_entries(folder: Path, entries: str) -> Path:
    """A folder with one lexicon file."""
    folder.mkdir(exist_ok=True)
    head = "category: own\ntitle: Own words\nabout: Words for a test of the engine.\nentries:\n"
    (folder / "own.yaml").write_text(head + entries, encoding="utf-8")
    return folder


@pytest.fixture
def own_lexicon(tmp_path: Path) -> Callable[[str], Path]:
    """Writes entries (YAML, a list) into a folder that `Settings.lexicons` can name."""

    return lambda entries: write_entries(tmp_path / "lexicon", entries)


@pytest.fixture(scope="session")
def own_checker(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Checker]:
    """A checker with entries of the test's own beside those that ship; the same for the same entries."""

    @cache
    def make(entries: str) -> Checker:
        return Checker(Settings(lexicons=(write_entries(tmp_path_factory.mktemp("lexicon"), entries),)))

    return make


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium that asks nobody for anything by itself."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert path, "These tests need Chromium: install it, or set CHROMIUM to its path."
    quiet = ("background-networking", "component-update", "sync", "gpu")
    with sync_playwright() as play:
        opened = play.chromium.launch(
            executable_path=path, args=["--no-sandbox", *(f"--disable-{name}" for name in quiet)]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of our own, as it is started."""
    from serving import running, web

    with running(web()) as server:
        yield f"http://127.0.0.1:{server.effective_port}"


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page at a width; fails if the page logs an error or asks anyone else for anything."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(path: str, *, viewport: dict[str, int] | None = None, scripts: bool = True) -> Page:
        size: Any = viewport or {"width": 1280, "height": 900}
        context = browser.new_context(viewport=size, java_script_enabled=scripts, accept_downloads=True)
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


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The pages with two entries of their own, as a browser without scripts gets them."""
    from desk_pages import ENTRIES, own_words

    from inclusive_ads_web import WebSettings, create_app

    web = WebSettings(page_rate="10000 per minute", upload_bytes=2_000_000)
    folder = own_words(tmp_path_factory.mktemp("own"), *ENTRIES)
    return create_app(web, Settings(lexicons=(folder,))).test_client()


@pytest.fixture
def check(client: FlaskClient) -> Callable[..., TestResponse]:
    """Sends an advert from the start page."""
    from desk_pages import token

    return lambda **data: client.post("/result", data={"csrf_token": token(client), "profile": "generic", **data})
