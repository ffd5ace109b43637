"""Statements on the desk: put in and taken out by buttons, and cures that leave something on purpose."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from desk_pages import (
    caller,
    carried,
    changes,
    decided,
    errors,
    every,
    key_of,
    open_points,
    point,
    press,
    said,
    text_of,
    words,
)
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from werkzeug.test import TestResponse

from inclusive_ads import Settings

EXAMPLES = Path(__file__).parents[1] / "examples"
TODAY = date(2026, 12, 1)
POST = {"location": "London", "grade": "Grade 7", "role": "Private Office"}
SECRETARY = "Private Secretary\n\nYou run the office of a minister and plan her week.\n\nPay: £60,000\n"


@pytest.fixture(scope="module")
def office() -> FlaskClient:
    """A server with an organisation's own figures and record."""
    return caller(
        Settings(today=TODAY),
        profiles=(str(EXAMPLES / "profile.yaml"),),
        representation=str(EXAMPLES / "representation.csv"),
        comparators=str(EXAMPLES / "comparators.csv"),
    )


def post_of(office: FlaskClient, advert: str = SECRETARY, **more: str) -> TestResponse:
    own = yaml.safe_load((EXAMPLES / "profile.yaml").read_text(encoding="utf-8"))["id"]
    return office.post("/result", data={"profile": own, "advert": advert, **POST, **more})


def buttons(page: TestResponse, name: str) -> list[str]:
    return [node.attributes["value"] or "" for node in HTMLParser(page.text).css(f"button[value^='{name}:']")]


ADVERTS = {
    "plain": SECRETARY,
    "with a way to apply": SECRETARY + "\nHow to apply\n\nSend your CV by 14 January 2027.\n",
    "with a statement of its own": SECRETARY + "\nWe are an equal opportunities employer.\n\nApply soon.\n",
    "with windows line ends": SECRETARY.replace("\n", "\r\n"),
    "without an end": SECRETARY.rstrip(),
    "a list": "Private Secretary\n\nYou will:\n- run the office\n- plan the week\n\nApply by Friday.",
}


@pytest.mark.parametrize("name", ADVERTS)
def test_a_statement_taken_out_leaves_the_text_as_it_was(office: FlaskClient, name: str) -> None:
    given = ADVERTS[name].replace("\r\n", "\n")
    page = post_of(office, ADVERTS[name])
    statements = every(page.text, ".app-statement")
    assert len(statements) >= 2
    assert all(text in words(page.text, "#text") for text in statements)
    whole = text_of(page)
    outs = buttons(page, "out")
    assert len(outs) == len(statements)
    for order in (outs, outs[::-1]):
        now = page
        for button in order:
            fewer = press(office, now, button)
            assert button not in buttons(fewer, "out")
            assert text_of(press(office, fewer, "undo")) == text_of(now)
            now = fewer
        assert text_of(now) == given
        for button in order:
            now = press(office, now, button.replace("out:", "put:"))
        assert text_of(now) == whole
    for button in outs:  # each by itself
        one = press(office, page, button)
        assert text_of(press(office, one, button.replace("out:", "put:"))) == whole


def test_a_statement_that_was_reworded_by_hand_is_not_ours_any_more(office: FlaskClient) -> None:
    page = post_of(office)
    first, *_ = every(page.text, ".app-statement")
    text = text_of(page).replace(first.split(".")[0], "Come as you are")
    changed = office.post("/result", data={**carried(page), "text": text, "do": "check"})
    assert text_of(changed) == text
    assert len(buttons(changed, "out")) < len(buttons(page, "out"))


def test_changes_around_statements_move_them_and_take_none_along(office: FlaskClient) -> None:
    page = post_of(office, SECRETARY + "\nThe chairman decides.\n")
    taken = press(office, page, f"take:{key_of(page, 'chairman')}:0")
    assert "chairman" not in text_of(taken)
    assert buttons(taken, "out") == buttons(page, "out")
    for button in buttons(taken, "out"):
        taken = press(office, taken, button)
    assert text_of(taken).count("\n") == (SECRETARY + "\nThe chairman decides.\n").count("\n")


@pytest.mark.parametrize(
    "bar", ["Only men may apply.", "No women.", "Applicants must be under 30.", "White applicants only."]
)
def test_nothing_is_offered_beside_a_bar(office: FlaskClient, bar: str) -> None:
    page = post_of(office, f"{SECRETARY}\n{bar}\n")
    assert every(page.text, ".app-statement") == []
    assert buttons(page, "put") == []
    assert text_of(page) == f"{SECRETARY}\n{bar}\n"
    assert words(page.text, ".app-verdict h2") == "Do not publish yet"
    welcome = post_of(office)
    later = office.post("/result", data={**carried(welcome), "text": text_of(welcome) + f"\n{bar}\n", "do": "check"})
    assert buttons(later, "put") == []
    assert words(later.text, ".app-verdict h2") == "Do not publish yet"


def test_a_value_that_a_statement_needs_puts_it_in(office: FlaskClient) -> None:
    page = office.post("/result", data={"profile": "generic", "advert": SECRETARY, **POST})
    button, field = "value:flexible-working", "value-flexible_options-flexible-working"
    assert button in buttons(page, "value")
    bare = press(office, page, button)
    assert bare.status_code == 422
    assert HTMLParser(bare.text).css_first(f"input{errors(bare)[0]}").attributes["name"] == field
    filled = press(office, page, button, **{field: "job share and part-time hours"})
    assert said(filled) == "The statement is in."
    assert "job share and part-time hours" in text_of(filled)
    undone = press(office, filled, "undo")
    assert text_of(undone) == text_of(page)
    assert decided(undone) == decided(page)


@pytest.mark.parametrize("value", ["no flexible working", "young men only"])
def test_a_value_with_which_a_statement_cannot_go_in_is_an_error_that_says_why(office: FlaskClient, value: str) -> None:
    page = office.post("/result", data={"profile": "generic", "advert": SECRETARY, **POST})
    field = "value-flexible_options-flexible-working"
    refused = press(office, page, "value:flexible-working", **{field: value})
    assert refused.status_code == 422
    assert errors(refused) == [f"#{field}"]
    assert value in words(refused.text, ".govuk-error-summary")
    assert HTMLParser(refused.text).css_first(f"#{field}").attributes["value"] == value
    assert text_of(refused) == text_of(page)
    mended = press(office, refused, "value:flexible-working", **{field: "job share"})
    assert said(mended) == "The statement is in."


def test_a_contact_is_asked_for_once_and_goes_into_the_statement_too(office: FlaskClient) -> None:
    page = office.post("/result", data={"profile": "generic", "advert": SECRETARY, **POST, "ask": "adjustments"})
    names = [node.attributes.get("name") or "" for node in HTMLParser(page.text).css("#beside input")]
    assert [name for name in names if "contact" in name or "adjustments" in name] == ["fact-contact"]
    links = [node.attributes["href"] for node in HTMLParser(page.text).css("#beside a[href^='#']")]
    assert links.count("#fact-contact") == 2  # from the statement, and from what it would state
    for link in links:
        assert HTMLParser(page.text).css_first(str(link)) is not None
    filled = press(office, page, "add:contact", **{"fact-contact": "Sam Okoro, sam@tests.example"})
    assert "Contact: Sam Okoro, sam@tests.example" in text_of(filled)
    assert "contact Sam Okoro (sam@tests.example)." in text_of(filled)
    assert "adjustments" not in words(filled.text, ".app-facts-missing")
    assert changes(filled) == changes(page) + 2
    undone = press(office, filled, "undo")
    assert text_of(undone) == text_of(page)
    assert decided(undone) == decided(page)
    assert text_of(press(office, undone, "redo")) == text_of(filled)


# Cures that leave something


def test_what_a_cure_leaves_on_purpose_is_not_asked_of_again(office: FlaskClient) -> None:
    page = post_of(office, f"{SECRETARY}\nThis is a physically demanding job.\n")
    waiting = open_points(page)
    taken = press(office, page, f"take:{key_of(page, 'physically demanding job')}:0")
    assert open_points(taken) == [one for one in waiting if one != "physically demanding job"]
    assert point(taken, "physically demanding job").attributes["data-state"] == "later"
    assert "left for now" in said(taken)


def test_a_cure_is_taken_wherever_the_same_wording_stands(office: FlaskClient) -> None:
    many = "".join(f"\nYou are a passionate teacher of {what}.\n" for what in ("art", "law", "music", "drama", "sport"))
    page = post_of(office, SECRETARY + many)
    taken = press(office, page, f"take:{key_of(page, 'passionate')}:0")
    assert text_of(taken).count("a committed teacher of") == 5
    assert text_of(press(office, taken, "undo")) == text_of(page)
