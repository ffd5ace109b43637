"""What is printed: few sheets, everything that was said, and nothing that can only be pressed."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings, create_app

pytestmark = pytest.mark.browser
EXAMPLES = Path(__file__).parents[1] / "examples"
STATIC = Path(__file__).parents[1] / "web" / "inclusive_ads_web" / "static"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(WebSettings(page_rate="1000 per minute"), Settings(today=date(2026, 11, 1))).test_client()


def hidden(page: str) -> dict[str, str]:
    nodes = HTMLParser(page).css("form input[type=hidden]")
    return {str(node.attributes["name"]): node.attributes["value"] or "" for node in nodes}


@pytest.fixture(scope="module")
def report(client: FlaskClient) -> str:
    advert = (EXAMPLES / "private-office.txt").read_text(encoding="utf-8")
    given = {**hidden(client.get("/").text), "profile": "generic", "advert": advert}
    carried = hidden(client.post("/result", data=given).text)
    return client.post("/download", data={**carried, "kind": "report", "insert": "1"}).text


def printed(browser: Browser, page: str) -> PdfReader:
    opened = browser.new_page()
    try:
        opened.set_content(page)
        return PdfReader(io.BytesIO(opened.pdf(format="A4", prefer_css_page_size=True)))
    finally:
        opened.close()


def test_the_report_of_an_advert_of_a_page_is_four_sheets_at_most(browser: Browser, report: str) -> None:
    paper = printed(browser, report)
    assert 2 <= len(paper.pages) <= 4
    text = " ".join(" ".join(page.extract_text().split()) for page in paper.pages)
    numbers = len(HTMLParser(report).css(".findings section"))
    assert numbers > 20
    assert all(f" {number}. “" in f" {text}" for number in range(1, numbers + 1))


def test_the_report_leads_nowhere_and_gives_each_source_once_with_its_address(report: str) -> None:
    page = HTMLParser(report)
    assert page.css("a, img, script, link, form") == []
    sources = [node.text() for node in page.css(".sources li")]
    assert len(sources) == len(set(sources)) > 5
    assert any("https://www.legislation.gov.uk/ukpga/2010/15" in source for source in sources)
    assert report.count("https://www.legislation.gov.uk/ukpga/2010/15") == 1


@pytest.mark.parametrize(
    ("path", "most"), [("/", 2), ("/guide", 9), ("/guide/class-degree", 2), ("/how-this-works", 2)]
)
def test_a_page_is_printed_on_few_sheets(browser: Browser, client: FlaskClient, path: str, most: int) -> None:
    css = [(STATIC / name).read_text(encoding="utf-8") for name in ("vendor/govuk-frontend.min.css", "page.css")]
    paper = (STATIC / "print.css").read_text(encoding="utf-8")
    page = client.get(path).text
    assert 'print.css" media="print"' in page
    style = f"<style>{''.join(css)}</style><style media='print'>{paper}</style></head>"
    reader = printed(browser, page.replace("</head>", style).replace("<details", "<details open"))
    assert len(reader.pages) <= most
    assert "Guide to wording How this works" not in " ".join(reader.pages[0].extract_text().split())
