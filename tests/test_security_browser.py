"""Scripts that try to run in a real browser: in adverts, names of files, profiles, lexicons and addresses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect
from serving import running

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[1]
expect.set_options(timeout=30_000)
ATTACKS = (
    '<img src=x data-hacked onerror="window.hacked=1">',
    "<script data-hacked>window.hacked=1</script>",
    '"><svg data-hacked onload="window.hacked=1">',
    "' onfocus='window.hacked=1' autofocus data-hacked='",
    '</textarea></title></script><b data-hacked onmouseover="window.hacked=1">bold</b>',
    "<a data-hacked href='javascript:window.hacked=1'>go</a>",
    "{{ 7*7 }}${7*7}<%= 7*7 %>",
)
ATTACK = " ".join(ATTACKS)
SHORT = ATTACKS[0] + ATTACKS[2]  # messages have a longest length


def own_words(folder: Path) -> Path:
    entry = {
        "id": "own-gadgeteer",
        "forms": {"any": ["gadgeteer"]},
        "severity": "discouraging",
        "affects": [f"people {SHORT}"],
        "message": f"The message. {SHORT}",
        "why": f"The reason. {SHORT}",
        "source": "own-source",
        "evidence": "convention",
        "alternatives": [{"say": "engineer", "safety": "safe"}, {"say": f"maker {SHORT}", "safety": "review"}],
        "advice": f"The advice. {SHORT}",
        "examples": {"flag": [{"text": "a [[gadgeteer]]", "fix": "an engineer"}], "ok": ["engineer"]},
    }
    source = {"title": f"The source {SHORT}", "publisher": SHORT, "year": "2026", "url": "https://example.org/x"}
    folder.mkdir()
    head = {"category": "own", "title": f"Own {SHORT}", "about": f"Words for a test. {SHORT}"}
    (folder / "own.yaml").write_text(yaml.safe_dump({**head, "entries": [entry]}), encoding="utf-8")
    (folder / "sources.yaml").write_text(yaml.safe_dump({"sources": {"own-source": source}}), encoding="utf-8")
    return folder


def own_profile(path: Path) -> Path:
    profile = yaml.safe_load((ROOT / "examples" / "profile.yaml").read_text(encoding="utf-8"))
    profile |= {"id": "hostile", "title": f"Hostile {ATTACK}"}
    if profile.get("organisation"):
        profile["organisation"] = f"Hostile {ATTACK}"
    path.write_text(yaml.safe_dump(profile, allow_unicode=True), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    web = WebSettings(port=0, page_rate="100000 per minute", profiles=(str(own_profile(folder / "hostile.yaml")),))
    with running(web, checks=Settings(lexicons=(own_words(folder / "own"),))) as server:
        yield f"http://127.0.0.1:{server.effective_port}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which the policy is switched off: what is escaped must hold on its own."""
    context = browser.new_context(bypass_csp=True, accept_downloads=True)
    page = context.new_page()
    yield page
    context.close()


def shows_and_runs_nothing(page: Page, *shown: str) -> None:
    """The attack stands on the page as text, made no element, and ran nowhere."""
    text = page.evaluate("document.documentElement.outerHTML")
    for words in shown:
        assert words in text, words
    page.wait_for_timeout(100)  # milliseconds, for a handler that would run late
    assert page.evaluate("document.querySelectorAll('[data-hacked]').length") == 0
    assert page.evaluate("typeof window.hacked") == "undefined"
    assert page.locator("a[href^='javascript']").count() == 0
    assert "49" not in page.locator("body").inner_text().split()


ADVERT = f"A gadgeteer {ATTACK}\n\nWe want a gadgeteer and a salesman. {ATTACK}\n\n{ATTACK}"


@pytest.mark.parametrize("ending", ["pasted", "txt", "md", "html"])
def test_an_advert_never_runs(page: Page, address: str, ending: str, tmp_path: Path) -> None:
    page.goto(address)
    if ending == "pasted":
        page.get_by_label("Paste your advert").fill(ADVERT)
    else:
        file = tmp_path / f"advert.{ending}"
        file.write_text(ADVERT, encoding="utf-8")
        page.get_by_label("Or choose a file").set_input_files(file)
    for name in ("Grade or band", "Role or profession", "Location"):
        page.get_by_label(name).fill(ATTACKS[0])
    page.get_by_role("button", name="Check this advert").click()
    expect(page.locator(".app-verdict")).to_be_visible()
    shows_and_runs_nothing(page, "gadgeteer", "The message.")
    page.locator("#text").evaluate("(e) => e.dispatchEvent(new Event('input', { bubbles: true }))")  # checked as typed
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
    page.get_by_role("button", name=re.compile("^Use “engineer”")).first.click()
    expect(page.locator("#text")).to_have_value(re.compile("An engineer"))
    shows_and_runs_nothing(page, "engineer")
    page.get_by_role("button", name="Finish").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Report for the file").click()
    shows_and_runs_nothing(page, "engineer")
    report = tmp_path / "report.html"
    download.value.save_as(report)
    page.reload()  # the tab's own storage brings it back
    expect(page.locator(".app-files")).to_be_visible()
    shows_and_runs_nothing(page, "engineer")
    page.get_by_role("button", name="Go back to the text").click()
    page.get_by_role("button", name="Say more about the post").click()
    expect(page.get_by_label("Paste your advert")).to_have_value(re.compile("engineer"))
    shows_and_runs_nothing(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="Check this advert").click()
    expect(page.get_by_role("heading", name="Send it again")).to_be_visible()
    shows_and_runs_nothing(page)
    page.goto(report.as_uri())
    shows_and_runs_nothing(page, "gadgeteer", "The message.")


def test_a_name_of_a_file_never_runs(page: Page, address: str) -> None:
    page.goto(address)
    name = f"{ATTACKS[0]}.txt"
    page.get_by_label("Or choose a file").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": b"We want a gadgeteer."}
    )
    page.get_by_role("button", name="Check this advert").click()
    expect(page.locator(".app-verdict")).to_be_visible()
    shows_and_runs_nothing(page, "data-hacked")


def test_a_profile_and_a_lexicon_never_run(page: Page, address: str) -> None:
    page.goto(address)
    shows_and_runs_nothing(page, "Hostile")
    page.get_by_label("Organisation").select_option("hostile")
    page.get_by_label("Paste your advert").fill("Gadgeteer\n\nWe want a gadgeteer in Leeds, Grade 7.")
    page.get_by_label("Grade or band").fill("Grade 7")
    page.get_by_role("button", name="Check this advert").click()
    expect(page.locator(".app-verdict")).to_be_visible()
    shows_and_runs_nothing(page, "The message.", "The reason.", "The advice.", "The source")
    for path in ("/guide?q=gadgeteer", "/guide/own-gadgeteer", f"/guide?q={ATTACKS[0]}&category={ATTACKS[1]}"):
        page.goto(address + path)
        shows_and_runs_nothing(page)


@pytest.mark.parametrize("path", ["/nowhere/", "/guide/", "/static/"])
def test_an_address_never_runs(page: Page, address: str, path: str) -> None:
    for attack in ATTACKS:
        page.goto(address + path + attack.replace("%", "%25").replace("#", "%23"))
        shows_and_runs_nothing(page)


def test_the_policy_stops_what_would_get_through(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.evaluate(
        """(html) => { document.body.insertAdjacentHTML('beforeend', html);
        const e = document.createElement('script'); e.textContent = 'window.hacked = 1'; document.body.append(e) }""",
        ATTACK,
    )
    page.wait_for_timeout(200)
    assert page.evaluate("typeof window.hacked") == "undefined"
    page.close()


def test_a_report_from_the_command_line_never_runs(page: Page, folder: Path, address: str, tmp_path: Path) -> None:
    advert = tmp_path / "advert.txt"
    advert.write_text(ADVERT, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "inclusive_ads",
        "check",
        str(advert),
        "--lexicons",
        str(folder / "own"),
        "--format",
        "html",
    ]
    done = subprocess.run(
        command, capture_output=True, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode in (0, 1), done.stderr
    report = tmp_path / "report.html"
    report.write_bytes(done.stdout)
    page.goto(report.as_uri())
    shows_and_runs_nothing(page, "gadgeteer", "The message.")
