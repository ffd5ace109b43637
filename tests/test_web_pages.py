"""The pages, as a browser without scripts gets them: what is shown, refused, kept out and protected."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest
import yaml
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from werkzeug.test import TestResponse

from inclusive_ads import Checker, Document, Settings
from inclusive_ads_web import WebSettings, create_app
from inclusive_ads_web.guide import wordings
from inclusive_ads_web.pages import SAMPLE
from inclusive_ads_web.presenters import compared

ENTRIES = """
  - id: own-gadgeteer
    forms: {any: [gadgeteer]}
    severity: style
    affects: [people from other trades]
    message: The word is ours alone.
    why: Nobody outside this test knows it.
    source: practice
    evidence: convention
    alternatives: [{say: engineer, safety: safe}, {say: maker, safety: review}]
    examples: {flag: [{text: "a [[gadgeteer]]", fix: "an engineer"}], ok: [engineer]}
  - id: own-zestful
    forms: {any: [zestful]}
    severity: likely-unlawful
    affects: [tired people]
    message: It asks for zest.
    why: Zest is not a skill.
    source: practice
    evidence: convention
    advice: Say what the work needs.
    examples: {flag: ["be [[zestful]]"], ok: [calm]}
"""
ADVERT = "Warehouse post\n\nWe need a gadgeteer in Leeds.\nYou are zestful & <b>bold</b>.\n"
PAGES = (
    "/",
    "/sample",
    "/guide",
    "/guide?q=gadgeteer",
    "/guide/own-gadgeteer",
    "/how-this-works",
    "/privacy",
    "/accessibility",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.yaml").write_text(f"category: own\ntitle: Own\nabout: Words for these tests.\nentries:{ENTRIES}")
    web = WebSettings(page_rate="10000 per minute", upload_bytes=2_000_000)
    return create_app(web, Settings(lexicons=(folder,))).test_client()


def token(client: FlaskClient) -> str:
    return HTMLParser(client.get("/").text).css_first("input[name=csrf_token]").attributes["value"] or ""


@pytest.fixture
def check(client: FlaskClient) -> Callable[..., TestResponse]:
    return lambda **data: client.post("/result", data={"csrf_token": token(client), "profile": "generic", **data})


def state(response: TestResponse) -> dict[str, str]:
    hidden = HTMLParser(response.text).css("form input[type=hidden]")
    return {str(node.attributes["name"]): node.attributes["value"] or "" for node in hidden}


def words(html: str, selector: str) -> str:
    node = HTMLParser(html).css_first(selector)
    assert node is not None, selector
    return " ".join(node.text().split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_title_one_heading_a_language_and_no_outside_address(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    page = HTMLParser(response.text)
    assert response.status_code == 200
    assert page.css_first("html").attributes["lang"] == "en"
    assert words(response.text, "title").endswith("– Inclusive adverts")
    assert len(page.css("h1")) == 1
    loaded = [
        n.attributes.get("src") or n.attributes.get("href") for n in page.css("script[src], link[href], img[src]")
    ]
    assert loaded
    assert all(str(address).startswith("/static/") for address in loaded)


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/static/page.css", "/api/v2/health"])
def test_every_answer_is_closed_to_scripts_frames_and_referrers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_scripts_carry_the_nonce_of_their_own_answer(client: FlaskClient) -> None:
    seen = set()
    for _ in range(2):
        response = client.get("/")
        found = re.search(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])
        assert found
        seen.add(found.group(1))
        scripts = HTMLParser(response.text).css("script")
        assert scripts
        assert {script.attributes.get("nonce") for script in scripts} == {found.group(1)}
        assert " style=" not in response.text
    assert len(seen) == 2


def test_a_result_marks_the_wording_and_orders_findings_by_risk(check: Callable[..., TestResponse]) -> None:
    response = check(advert=ADVERT)
    page = HTMLParser(response.text)
    assert response.status_code == 200
    assert words(response.text, ".app-verdict h2") == "Do not publish yet"
    marks = [" ".join(node.text().split()) for node in page.css("mark")]
    assert any(mark.startswith("gadgeteer") for mark in marks)
    tags = [node.text() for node in page.css(".app-finding summary .govuk-tag")]
    order = ["Likely unlawful", "Indirect risk", "May discourage", "Style"]
    assert tags == sorted(tags, key=order.index)


def test_markup_in_an_advert_is_shown_and_never_run(check: Callable[..., TestResponse]) -> None:
    response = check(advert='A gadgeteer <script>alert(1)</script> "><img src=x onerror=alert(1)> {{ 7 * 7 }}')
    page = HTMLParser(response.text)
    assert not page.css("main script")
    assert not page.css("main img")
    assert "<script>alert(1)</script>" in words(response.text, ".app-advert")
    assert "{{ 7 * 7 }}" in words(response.text, ".app-advert")


def test_safe_suggestions_are_taken_at_first_and_choices_change_that(
    client: FlaskClient, check: Callable[..., TestResponse]
) -> None:
    first = check(advert=ADVERT)
    numbers = set(re.findall(r'name="choice-(\d+)"', first.text))
    improved = words(first.text, "#improved-text")
    assert "an engineer in Leeds" in improved
    chosen = next(n for n in numbers if "Use “engineer”" in words(first.text, f"#finding-{n}"))
    second = client.post("/result", data={**state(first), f"choice-{chosen}": "1"})
    assert "a maker in Leeds" in words(second.text, "#improved-text")
    third = client.post("/result", data={**state(first), f"choice-{chosen}": "leave"})
    assert "a gadgeteer in Leeds" in words(third.text, "#improved-text")


def test_wording_is_kept_only_with_a_reason_and_a_name(client: FlaskClient, check: Callable[..., TestResponse]) -> None:
    first = check(advert=ADVERT)
    number = next(
        n for n in re.findall(r'id="finding-(\d+)"', first.text) if "zestful" in words(first.text, f"#finding-{n}")
    )
    bare = client.post("/result", data={**state(first), f"choice-{number}": "keep"})
    summary = HTMLParser(bare.text).css(".govuk-error-summary a")
    assert [node.attributes["href"] for node in summary] == [
        f"#{field}-{number}" for field in ("reason", "keeper", "approver", "advice")
    ]
    assert words(bare.text, "title").startswith("Error: ")
    told = {
        f"choice-{number}": "keep",
        f"reason-{number}": "The law asks for it",
        f"keeper-{number}": "Lee Carter",
        f"approver-{number}": "Sam Okoro, HR",
    }
    one = client.post("/result", data={**state(first), **told})
    assert "Two different people have to agree" in words(one.text, f"#approver-{number}-error")
    assert words(one.text, ".app-verdict h2") == "Do not publish yet"
    told |= {f"second-{number}": "Ann Obi, lead on equality", f"advice-{number}": "Legal team"}
    kept = client.post("/result", data={**state(first), **told})
    assert not HTMLParser(kept.text).css(".govuk-error-summary")
    assert "agreed by Sam Okoro, HR and Ann Obi, lead on equality" in words(kept.text, f"#finding-{number}")
    assert words(kept.text, ".app-verdict h2") != "Do not publish yet"
    file = client.post("/download", data={**state(first), **told, "kind": "decisions"})
    assert file.headers["Content-Disposition"] == 'attachment; filename="advert.decisions.yaml"'
    (decision,) = yaml.safe_load(file.data)["decisions"]
    assert decision["approved_by"] == ["Sam Okoro, HR", "Ann Obi, lead on equality"]
    assert decision["approved_on"] == date.today()
    assert client.post("/download", data={**state(first), "kind": "decisions"}).status_code == 422


@pytest.mark.parametrize(
    ("data", "message", "field"),
    [
        ({}, "Paste an advert, or choose a file.", "#advert"),
        ({"advert": " \n\t "}, "Paste an advert, or choose a file.", "#advert"),
        ({"advert": ADVERT, "document": (io.BytesIO(b"x"), "a.txt")}, "not both", "#document"),
        ({"document": (io.BytesIO(b"\x00\x01\x02" * 50), "a.txt")}, ".", "#document"),
        ({"document": (io.BytesIO(b"PK\x03\x04 broken"), "a.docx")}, ".", "#document"),
        ({"advert": "word " * 50_000}, "characters", "#advert"),
        ({"advert": ADVERT, "grade": "x" * 101}, "at most 100", "#grade"),
        ({"advert": ADVERT, "profile": "../../secrets"}, "", "#profile"),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_said_in_the_error_summary(
    check: Callable[..., TestResponse], data: dict[str, object], message: str, field: str
) -> None:
    response = check(**data)
    link = HTMLParser(response.text).css_first(".govuk-error-summary a")
    assert response.status_code == 422
    assert link.attributes["href"] == field
    assert HTMLParser(response.text).css_first(field) is not None
    assert message in link.text()


def test_a_form_without_its_token_is_refused(client: FlaskClient) -> None:
    response = client.post("/result", data={"advert": ADVERT})
    assert response.status_code == 400
    assert "Go back" in words(response.text, "main")


def test_too_large_a_request_is_refused_before_it_is_read(client: FlaskClient) -> None:
    response = client.post("/result", data={"csrf_token": token(client), "advert": "x" * 2_100_000})
    assert response.status_code == 413
    assert "too large" in words(response.text, "h1")


def test_a_tampered_state_is_refused(client: FlaskClient, check: Callable[..., TestResponse]) -> None:
    good = state(check(advert=ADVERT))
    for changed in ({"source": "%%%"}, {"source": ""}, {"profile": "../x"}):
        response = client.post("/result", data={**good, **changed})
        assert response.status_code == 422
        assert response.text.count("<h1") == 1


def test_a_result_has_no_address_of_its_own(client: FlaskClient) -> None:
    response = client.get("/result")
    assert (response.status_code, response.headers["Location"]) == (303, "/")


@pytest.mark.parametrize(
    ("kind", "start"), [("txt", b"Warehouse post"), ("md", b"#"), ("html", b"<!DOCTYPE html>"), ("docx", b"PK")]
)
def test_the_improved_advert_can_be_downloaded(
    client: FlaskClient, check: Callable[..., TestResponse], kind: str, start: bytes
) -> None:
    response = client.post("/download", data={**state(check(advert=ADVERT)), "kind": kind})
    assert response.status_code == 200
    assert response.data.startswith(start)
    assert response.headers["Content-Disposition"] == f'attachment; filename="improved-advert.{kind}"'
    if kind == "docx":
        assert "an engineer in Leeds" in Document.from_bytes(response.data).text
        assert "w:delText" in docx.Document(io.BytesIO(response.data)).element.xml  # its changes are tracked
    else:
        assert b"an engineer in Leeds" in response.data


def test_a_pasted_advert_comes_back_byte_for_byte_outside_the_changes(
    client: FlaskClient, check: Callable[..., TestResponse]
) -> None:
    form = {**state(check(advert=ADVERT.replace("\n", "\r\n"))), "kind": "txt"}
    form.pop("insert", None)
    assert client.post("/download", data=form).data.decode() == ADVERT.replace("a gadgeteer", "an engineer")


def test_a_word_file_comes_back_with_its_changes_tracked(
    client: FlaskClient, check: Callable[..., TestResponse]
) -> None:
    made = docx.Document()
    made.add_heading("Warehouse post", 1)
    made.add_paragraph("We need a gadgeteer in Leeds.")
    file = io.BytesIO()
    made.save(file)
    result = check(document=(io.BytesIO(file.getvalue()), "post.docx"))
    assert state(result)["name"] == "post.docx"
    response = client.post("/download", data={**state(result), "kind": "docx"})
    paragraphs = docx.Document(io.BytesIO(response.data)).element.xml
    assert "w:del " in paragraphs
    assert "w:ins " in paragraphs


def test_the_report_opens_without_the_tool(client: FlaskClient, check: Callable[..., TestResponse]) -> None:
    response = client.post("/download", data={**state(check(advert=ADVERT)), "kind": "report"})
    page = HTMLParser(response.text)
    assert not page.css("script, link, img, iframe")
    assert "Nobody outside this test knows it." in words(response.text, "main")
    assert "Changed to “engineer”." in words(response.text, "main")


def test_the_improved_text_can_be_edited_and_checked_again(
    client: FlaskClient, check: Callable[..., TestResponse]
) -> None:
    response = client.post("/edit", data=state(check(advert=ADVERT, grade="SEO")))
    assert "an engineer in Leeds" in words(response.text, "textarea")
    assert 'value="SEO"' in response.text


def test_the_guide_finds_entries_by_word_and_category(client: FlaskClient) -> None:
    assert words(client.get("/guide?q=gadgeteer").text, "main h2") == "1 entry"
    assert words(client.get("/guide?q=gadgeteer&category=age").text, "main h2") == "0 entries"
    assert client.get("/guide/no-such-entry").status_code == 404


def test_the_guide_shows_patterns_as_plain_wording(checker: Checker) -> None:
    entry = SimpleNamespace(
        id="x", forms={"any": ["[very] (busy|full (day|week)) ...5 {number} [a|an] _ end", r"\(s\)he"]}
    )
    assert wordings(entry) == ["very busy … a … end", "(s)he"]
    shown = [wording for entry in checker.lexicon.entries.values() for wording in wordings(entry)]
    assert len(shown) > 100
    assert [wording for wording in shown if set(wording) & set("[]{}|\\")] == []


def test_the_sample_is_worth_trying(check: Callable[..., TestResponse]) -> None:
    response = check(advert=SAMPLE.read_text(encoding="utf-8"))
    assert len(HTMLParser(response.text).css(".app-finding")) >= 5


def test_the_state_holds_the_advert_and_nothing_else_does(
    client: FlaskClient, check: Callable[..., TestResponse]
) -> None:
    response = check(advert=ADVERT)
    assert base64.b64decode(state(response)["source"]).decode() == ADVERT
    cookies = " ".join(value for name, value in response.headers if name == "Set-Cookie")
    assert "gadgeteer" not in cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert "HttpOnly" in client.get("/").headers.get("Set-Cookie", "HttpOnly")


def test_an_organisations_own_figures_and_record_bring_a_statement_with_its_picture() -> None:
    examples = Path(__file__).parents[1] / "examples"
    web = WebSettings(
        profiles=(str(examples / "profile.yaml"),),
        representation=str(examples / "representation.csv"),
        comparators=str(examples / "comparators.csv"),
    )
    client = create_app(web, Settings(today=date(2026, 12, 1))).test_client()
    own = yaml.safe_load((examples / "profile.yaml").read_text(encoding="utf-8"))
    options = {
        node.attributes["value"]: node.text() for node in HTMLParser(client.get("/").text).css("#profile option")
    }
    assert options[own["id"]] == own["title"]
    form = {
        "csrf_token": token(client),
        "profile": own["id"],
        "advert": "Private Secretary\n\nYou run the office of a minister and plan her week.\n",
        "location": "London",
    }
    response = client.post("/result", data={**form, "grade": "Grade 7", "role": "Private Office"})
    section = words(response.text, "section[aria-labelledby=statement]")
    assert "At Grade 7 in Private Office" in words(response.text, ".app-figure svg desc")
    assert "The figures in words" in section
    assert "Grade 7" in section
    chosen = [" ".join(node.text().split()) for node in HTMLParser(response.text).css(".app-statement")]
    assert chosen
    assert all(statement in words(response.text, "#improved-text") for statement in chosen)
    plain = client.post("/result", data=form)
    assert not HTMLParser(plain.text).css(".app-figure")


KEPT = {"choice-1": "keep", "reason-1": "Zest is needed.", "keeper-1": "Lee", "approver-1": "Ali", "second-1": "Ann"}
KEPT |= {"advice-1": "Legal"}


def test_each_finding_says_what_became_of_it(client: FlaskClient, check: Callable[..., TestResponse]) -> None:
    first = check(advert="A gadgeteer and a gadgeteer in Leeds. You are zestful.")
    outcomes = [" ".join(node.text().split()) for node in HTMLParser(first.text).css(".app-finding__outcome")]
    assert outcomes == ["Not decided yet: reword it, or keep it", "Changed to “engineer”"]
    assert "The same stands in 1 more place" in words(first.text, "#finding-2")
    told = KEPT
    for choice, outcome in (("1", "Changed to “maker”"), ("leave", "Not decided yet: see the alternative")):
        then = client.post("/result", data={**state(first), **told, "choice-2": choice})
        outcomes = [" ".join(node.text().split()) for node in HTMLParser(then.text).css(".app-finding__outcome")]
        assert outcomes == [f"Kept by Lee, agreed by Ali and Ann on {date.today()}. Advice: Legal.", outcome]


def test_what_to_do_first_is_the_gravest_finding_that_waits(
    client: FlaskClient, check: Callable[..., TestResponse]
) -> None:
    first = check(advert="A gadgeteer in Leeds. You are zestful.")
    assert "1 finding marked “Likely unlawful” waits for your decision. Start with finding 1" in words(
        first.text, ".app-verdict ol"
    )
    told = KEPT
    then = client.post("/result", data={**state(first), **told})
    assert words(then.text, ".app-verdict ol").startswith("Safe changes are made for you.")


def test_a_statement_that_the_advert_has_is_quoted_with_what_is_wrong(check: Callable[..., TestResponse]) -> None:
    response = check(advert="Clerk\n\nYou answer letters.\n\nWomen are encouraged to apply.\n")
    assert "Women are encouraged to apply. May discourage" in words(response.text, ".app-problems")
    assert "statement" in words(response.text, ".app-verdict ol")


def test_what_the_statement_supplies_is_not_called_missing(check: Callable[..., TestResponse]) -> None:
    response = check(advert="Clerk\n\nYou answer letters in Leeds.\n")
    missing = words(response.text, "section[aria-labelledby=missing]")
    assert "The improved advert adds: equal opportunity." in missing
    assert "one short, specific line" not in missing
    assert "Give the pay" in missing


def test_a_word_in_common_does_not_chop_a_change_up() -> None:
    before = Document.from_text(
        "He or she manages two people and then goes home. BAME staff are encouraged to apply here."
    )
    after = Document.from_text("They manage two people and then goes home. We are open to all.")
    (piece,) = compared(before, after)
    assert [(segment.change, segment.text) for segment in piece.segments] == [
        ("removed", "He or she manages"),
        ("added", "They manage"),
        ("", " two people and then goes home. "),
        ("removed", "BAME staff are encouraged to apply here"),
        ("added", "We are open to all"),
        ("", "."),
    ]


def test_the_guide_shows_the_wording_that_was_searched_for(client: FlaskClient) -> None:
    shown = words(client.get("/guide?q=wizard").text, ".app-entries")
    assert re.search("“[^”]*”, also “[^”]*wizard[^”]*”", shown)
