"""The pages, as a browser without scripts gets them: what is shown, refused, kept out and protected."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from desk_pages import (
    ADVERT,
    carried,
    errors,
    every,
    key_of,
    open_points,
    point,
    press,
    text_of,
    token,
    words,
)
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings, create_app
from inclusive_ads_web.pages import SAMPLE

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


def test_a_result_marks_the_wording_and_orders_points_by_risk(check: Callable[..., TestResponse]) -> None:
    response = check(advert=ADVERT)
    assert response.status_code == 200
    assert words(response.text, ".app-verdict h2") == "Do not publish yet"
    assert "gadgeteer" in every(response.text, "#marks mark")
    tags = every(response.text, ".app-point summary .govuk-tag")
    order = ["Likely unlawful", "To confirm", "Indirect risk", "May discourage", "Style"]
    assert len(set(tags)) > 1
    assert tags == sorted(tags, key=order.index)
    assert text_of(response) == ADVERT


def test_each_mark_names_its_point_and_the_marks_spell_out_the_text(check: Callable[..., TestResponse]) -> None:
    page = HTMLParser(check(advert=ADVERT).text)
    for mark in page.css("#marks mark"):
        owner = page.css_first(f"#point-{mark.attributes['data-key']}")
        assert owner.css_first("q").text() == mark.text()
    numbers = page.css("#marks .app-mark__number")
    assert {node.attributes["href"] for node in numbers} == {f"#{n.attributes['id']}" for n in page.css(".app-point")}
    for node in numbers:
        node.decompose()
    assert page.css_first("#marks").text() == ADVERT + "\n"


def test_markup_in_an_advert_is_shown_and_never_run(check: Callable[..., TestResponse]) -> None:
    response = check(advert='A gadgeteer <script>alert(1)</script> "><img src=x onerror=alert(1)> {{ 7 * 7 }}')
    page = HTMLParser(response.text)
    assert not page.css("main script")
    assert not page.css("main img")
    for place in ("#marks", "#text"):
        assert "<script>alert(1)</script>" in words(response.text, place)
        assert "{{ 7 * 7 }}" in words(response.text, place)


def test_nothing_is_changed_until_somebody_takes_it(client: FlaskClient, check: Callable[..., TestResponse]) -> None:
    first = check(advert=ADVERT)
    assert "a gadgeteer in Leeds" in text_of(first)
    key = key_of(first, "gadgeteer")
    for number, expected in enumerate(("an engineer in Leeds", "a maker in Leeds")):
        taken = press(client, first, f"take:{key}:{number}")
        assert expected in text_of(taken)
        assert "gadgeteer" not in open_points(taken)
        assert words(taken.text, "#said").startswith("“gadgeteer” is now “")
    left = press(client, first, f"later:{key}")
    assert "a gadgeteer in Leeds" in text_of(left)
    assert point(left, "gadgeteer").attributes["data-state"] == "later"


def test_wording_is_kept_only_with_a_reason_and_a_name(client: FlaskClient, check: Callable[..., TestResponse]) -> None:
    first = check(advert=ADVERT)
    key = key_of(first, "zestful")
    bare = press(client, first, f"keep:{key}")
    assert bare.status_code == 422
    assert errors(bare) == [f"#{field}-{key}" for field in ("reason", "kept_by", "approved_by", "advice")]
    assert all(HTMLParser(bare.text).css_first(f"input{place}") for place in errors(bare))
    assert words(bare.text, "title").startswith("Error: ")
    told = {
        f"reason-{key}": "The law asks for it",
        f"kept_by-{key}": "Lee Carter",
        f"approved_by-{key}": "Sam Okoro, HR",
    }
    one = press(client, first, f"keep:{key}", **told)
    assert "Two different people have to agree" in words(one.text, f"#approved_by-{key}-error")
    assert words(one.text, ".app-verdict h2") == "Do not publish yet"
    assert HTMLParser(one.text).css_first(f"#reason-{key}").attributes["value"] == "The law asks for it"
    told |= {f"second-{key}": "Ann Obi, lead on equality", f"advice-{key}": "Legal team"}
    kept = press(client, first, f"keep:{key}", **told)
    assert errors(kept) == []
    assert "agreed by Sam Okoro, HR and Ann Obi, lead on equality" in point(kept, "zestful").text()
    assert words(kept.text, ".app-verdict h2") != "Do not publish yet"
    file = client.post("/download", data={**carried(kept), "kind": "decisions"})
    assert file.headers["Content-Disposition"] == 'attachment; filename="advert.decisions.yaml"'
    (decision,) = yaml.safe_load(file.data)["decisions"]
    assert decision["approved_by"] == ["Sam Okoro, HR", "Ann Obi, lead on equality"]
    assert decision["approved_on"] == date.today()
    assert client.post("/download", data={**carried(first), "kind": "decisions"}).status_code == 422


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


def test_a_form_without_its_token_is_refused_and_comes_back_filled(client: FlaskClient) -> None:
    sent = {
        "advert": ADVERT,
        "profile": "generic",
        "grade": "SEO",
        "ask": ["adjustments", "tie-break"],
        "csrf_token": "of yesterday",
    }
    response = client.post("/result", data=sent)
    assert response.status_code == 400
    assert "Nothing that you entered is lost" in words(response.text, "main")
    form = HTMLParser(response.text).css_first("form[data-stale]")
    fields = [(n.attributes["name"], n.attributes.get("value") or n.text()) for n in form.css("input, textarea")]
    assert [value for name, value in fields if name == "ask"] == ["adjustments", "tie-break"]
    again = MultiDict(fields)
    assert text_of(client.post(form.attributes["action"] or "", data=again)) == ADVERT


def test_a_file_that_was_sent_too_late_is_in_the_page_that_asks_for_it_again(client: FlaskClient) -> None:
    sent = {"document": (io.BytesIO(ADVERT.encode()), "own.md"), "profile": "generic", "grade": "SEO", "advert": ""}
    response = client.post("/result", data=sent)
    assert response.status_code == 400
    form = HTMLParser(response.text).css_first("form[data-stale]")
    fields = {str(n.attributes["name"]): n.attributes.get("value") or n.text() for n in form.css("input, textarea")}
    begun = client.post("/result", data=fields)
    assert (begun.status_code, carried(begun)["name"], carried(begun)["grade"]) == (200, "own.md", "SEO")
    assert text_of(begun).startswith("Warehouse post")


def test_the_start_form_names_its_limits_and_offers_no_grades_without_figures(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "At most 200,000 characters." in words(page, "#advert-hint")
    assert "At most 1.4 MB." in words(page, "#document-hint")
    assert not HTMLParser(page).css("datalist")


def test_a_file_that_could_not_come_back_with_its_choices_is_refused_in_the_form() -> None:
    client = create_app(WebSettings(upload_bytes=100_000), Settings()).test_client()
    file = io.BytesIO(b"We need a clerk. " * 4500)
    data = {"csrf_token": token(client), "profile": "generic", "grade": "SEO", "document": (file, "advert.txt")}
    response = client.post("/result", data=data)
    assert response.status_code == 422
    message = "Choose a file of at most 70 kB: of the advert alone, without pictures."
    assert words(response.text, ".govuk-error-summary a[href='#document']") == message
    assert HTMLParser(response.text).css_first("#grade").attributes["value"] == "SEO"


def test_the_profile_of_the_settings_is_the_usual_one() -> None:
    page = create_app(WebSettings(), Settings(profile="home-office")).test_client().get("/").text
    first = HTMLParser(page).css_first("#profile option")
    assert first.attributes["value"] == "home-office"


def test_too_large_a_request_is_refused_before_it_is_read(client: FlaskClient) -> None:
    response = client.post("/result", data={"csrf_token": token(client), "advert": "x" * 2_100_000})
    assert response.status_code == 413
    assert "too large" in words(response.text, "h1")
    assert "2 MB at most" in words(response.text, "main")


def test_a_tampered_state_is_refused(client: FlaskClient, check: Callable[..., TestResponse]) -> None:
    good = {**carried(check(advert=ADVERT)), "do": "check"}
    assert client.post("/result", data=good).status_code == 200
    for changed in (
        {"source": "%%%"},
        {"source": ""},
        {"profile": "../x"},
        {"progress": "{"},
        {"progress": '{"put": 1}'},
        {"progress": '{"more": []}'},
    ):
        response = client.post("/result", data={**good, **changed})
        assert response.status_code == 422
        assert response.text.count("<h1") == 1


def test_a_result_has_no_address_of_its_own(client: FlaskClient) -> None:
    response = client.get("/result")
    assert response.status_code == 200
    assert "nothing is kept on the server" in words(response.text, "main")
    assert HTMLParser(response.text).css_first("a[href='/']") is not None


def test_more_can_be_said_of_the_post_and_what_was_decided_stays(
    client: FlaskClient, check: Callable[..., TestResponse]
) -> None:
    first = check(advert=ADVERT, grade="SEO")
    taken = press(client, first, f"take:{key_of(first, 'gadgeteer')}:0")
    key = key_of(taken, "zestful")
    told = {"reason": "The law", "kept_by": "Lee", "approved_by": "Sam", "second": "Ann", "advice": "Legal team"}
    kept = press(client, taken, f"keep:{key}", **{f"{name}-{key}": text for name, text in told.items()})
    form = client.post("/edit", data=carried(kept))
    assert "an engineer in Leeds" in words(form.text, "#advert")
    page = HTMLParser(form.text)
    assert page.css_first("#grade").attributes["value"] == "SEO"
    hidden = {n.attributes["name"]: n.attributes["value"] for n in page.css("main input[type=hidden]")}
    advert = page.css_first("#advert").text() + "You are calm.\n"
    back = client.post("/result", data={**hidden, "advert": advert, "grade": "HEO", "profile": "generic"})
    assert text_of(back) == advert
    assert point(back, "zestful").attributes["data-state"] == "kept"
    assert carried(back)["grade"] == "HEO"


def test_the_sample_is_worth_trying(check: Callable[..., TestResponse]) -> None:
    response = check(advert=SAMPLE.read_text(encoding="utf-8"))
    assert len(HTMLParser(response.text).css(".app-point")) >= 5


def test_the_state_holds_the_advert_and_nothing_else_does(
    client: FlaskClient, check: Callable[..., TestResponse]
) -> None:
    response = check(advert=ADVERT)
    assert base64.b64decode(carried(response)["source"]).decode() == ADVERT
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
    assert next(iter(options)) == own["id"]
    for field, offered in (("grade", "Grade 7"), ("role", "Private Office")):
        page = HTMLParser(client.get("/").text)
        listed = page.css_first(f"#{page.css_first(f'#{field}').attributes['list']}")
        assert offered in [node.attributes["value"] for node in listed.css("option")]
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
    assert all(statement in words(response.text, "#text") for statement in chosen)
    assert len(HTMLParser(response.text).css("#marks .app-ours")) >= len(chosen)
    plain = client.post("/result", data=form)
    assert not HTMLParser(plain.text).css(".app-figure")


def test_wording_that_stands_twice_is_one_point_and_one_choice(
    client: FlaskClient, check: Callable[..., TestResponse]
) -> None:
    first = check(advert="A gadgeteer and a gadgeteer in Leeds. You are zestful.")
    assert open_points(first) == ["zestful", "gadgeteer"]
    assert "The same stands in 1 more place" in point(first, "gadgeteer").text()
    taken = press(client, first, f"take:{key_of(first, 'gadgeteer')}:0")
    assert text_of(taken) == "An engineer and an engineer in Leeds. You are zestful."
    assert open_points(taken) == ["zestful"]


def test_a_statement_that_the_advert_has_is_a_point_with_what_is_wrong(check: Callable[..., TestResponse]) -> None:
    response = check(advert="Clerk\n\nYou answer letters.\n\nWomen are encouraged to apply.\n")
    found = point(response, "Women are encouraged to apply.")
    assert "without saying why" in found.text()
    assert [node.text() for node in found.css("summary .govuk-tag")] == ["Style"]


def test_what_the_statement_supplies_is_not_called_missing(check: Callable[..., TestResponse]) -> None:
    response = check(advert="Clerk\n\nYou answer letters in Leeds.\n")
    missing = words(response.text, "section[aria-labelledby=missing]")
    assert "one short, specific line" not in missing
    assert "Give the pay" in missing
