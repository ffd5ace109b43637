"""The desk, as a browser without scripts works at it: what its form carries, and its buttons."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode
from werkzeug.test import TestResponse

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings, create_app

Check = Callable[..., TestResponse]
ADVERT = "Warehouse post\n\nWe need a gadgeteer in Leeds.\nYou are zestful & <b>bold</b>.\n"


def caller(settings: Settings, **web: Any) -> FlaskClient:
    """Calls pages and API as often as it likes, and sends forms without their token."""
    often = dict.fromkeys(("page_rate", "api_rate"), "10000 per minute")
    app = create_app(WebSettings(**often | web), settings)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def own_entry(word: str, severity: str, message: str, *cures: str, safe: bool = True) -> str:
    """An entry for a made-up word; `safe` tells of the first cure, and without one there is advice."""
    said: dict[str, object] = {"advice": "Say what the work needs."}
    if cures:
        first = [{"say": cures[0], "safety": "safe" if safe else "review"}]
        said = {"alternatives": first + [{"say": cure, "safety": "review"} for cure in cures[1:]]}
    flag = {"text": f"a [[{word}]]"}
    if cures:
        flag["fix"] = f"{'an' if cures[0][0] in 'aeiou' else 'a'} {cures[0]}"
    entry = {
        "id": f"own-{word}",
        "forms": {"any": [word]},
        "severity": severity,
        "affects": ["people from other trades"],
        "message": message,
        "why": "Nobody outside this test knows it.",
        "source": "practice",
        "evidence": "convention",
        **said,
        "examples": {"flag": [flag], "ok": ["calm"]},
    }
    return yaml.safe_dump([entry], sort_keys=False, allow_unicode=True)


def own_words(folder: Path, *entries: str) -> Path:
    """A folder with a lexicon of such entries."""
    listed = indent("".join(entries), "  ")
    text = f"category: own\ntitle: Own\nabout: Words for these tests.\nentries:\n{listed}"
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    return folder


ENTRIES = (
    own_entry("gadgeteer", "style", "The word is ours alone.", "engineer", "maker"),
    own_entry("zestful", "likely-unlawful", "It asks for zest."),
)


def token(client: FlaskClient) -> str:
    return HTMLParser(client.get("/").text).css_first("input[name=csrf_token]").attributes["value"] or ""


def words(html: str, selector: str) -> str:
    node = HTMLParser(html).css_first(selector)
    assert node is not None, selector
    return " ".join(node.text().split())


def every(html: str, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in HTMLParser(html).css(selector)]


def text_of(response: TestResponse) -> str:
    """The text on the desk."""
    return str(HTMLParser(response.text).css_first("#text").text())


def carried(response: TestResponse) -> dict[str, str]:
    """What the form of the desk sends; line ends as browsers send them."""
    hidden = HTMLParser(response.text).css("form[data-desk] input[type=hidden]")
    fields = {str(node.attributes["name"]): node.attributes["value"] or "" for node in hidden}
    return {**fields, "text": text_of(response).replace("\n", "\r\n")}


def press(client: FlaskClient, response: TestResponse, do: str, **typed: str) -> TestResponse:
    """Press a button of the desk, with what was typed into its fields."""
    return client.post("/result", data={**carried(response), **typed, "do": do})


def point(response: TestResponse, phrase: str) -> LexborNode:
    """The point of a wording."""
    for node in HTMLParser(response.text).css(".app-point"):
        if " ".join(node.css_first("q").text().split()) == phrase:
            return node
    raise AssertionError(f"no point on {phrase!r}: {every(response.text, '.app-point q')}")


def key_of(response: TestResponse, phrase: str) -> str:
    return point(response, phrase).attributes["data-key"] or ""


def open_points(response: TestResponse) -> list[str]:
    """The wording of the points that wait."""
    return every(response.text, ".app-point[data-state=open] > summary q")


def errors(response: TestResponse) -> list[str]:
    """Where the error summary leads."""
    return [node.attributes["href"] or "" for node in HTMLParser(response.text).css(".govuk-error-summary a")]


def decided(page: TestResponse) -> dict[str, object]:
    """What was decided beside the text, without the steps."""
    found: dict[str, object] = json.loads(carried(page)["progress"])
    for name in ("steps", "undone"):
        found.pop(name, None)
    return found


def said(page: TestResponse) -> str:
    found = every(page.text, "#said strong")
    return found[0] if found else ""


def changes(page: TestResponse) -> int:
    """How many changes the page says were made."""
    found = re.search(r"(\d+) changes? made", " ".join(every(page.text, "#said, .app-verdict p")))
    assert found is not None
    return int(found[1])
