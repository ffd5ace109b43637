"""Each button of the desk: what it does to the text and to what was decided, and that it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from desk_pages import (
    caller,
    carried,
    changes,
    decided,
    errors,
    every,
    key_of,
    open_points,
    own_entry,
    own_words,
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
from inclusive_ads_web.progress import MOST_STEPS

TODAY = date(2026, 12, 1)
ENTRIES = (
    own_entry("gadgeteer", "discouraging", "The word is ours alone.", "engineer", "maker"),
    own_entry("widgeteer", "discouraging", "That word is ours, too.", "fitter"),
    own_entry("zestful", "likely-unlawful", "It asks for zest."),
    own_entry("quincey", "style", "A quince is a fruit.", "plain", safe=False),
    own_entry("grapey", "style", "A grape is a fruit."),
)
ADVERT = """Warehouse post

We need a gadgeteer in Leeds. A gadgeteer works with a widgeteer.

You are zestful, and write quincey and grapey letters.
"""
AGREED = {
    "reason": "The law asks for it",
    "kept_by": "Lee Carter",
    "approved_by": "Sam Okoro, HR",
    "second": "Ann Obi, lead on equality",
    "advice": "Legal team",
}
Begin = Callable[..., TestResponse]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = own_words(tmp_path_factory.mktemp("own"), *ENTRIES)
    return caller(Settings(lexicons=(folder,), today=TODAY))


@pytest.fixture(scope="module")
def begun(client: FlaskClient) -> TestResponse:
    """The advert on the desk, without the statement for everyone."""
    page = client.post("/result", data={"profile": "generic", "advert": ADVERT})
    for button in HTMLParser(page.text).css("button[value^='out:']"):
        page = press(client, page, button.attributes["value"] or "")
    assert text_of(page) == ADVERT
    return page


def kept(client: FlaskClient, page: TestResponse, phrase: str, **told: str) -> TestResponse:
    key = key_of(page, phrase)
    return press(client, page, f"keep:{key}", **{f"{name}-{key}": text for name, text in {**AGREED, **told}.items()})


def test_all_that_waits_is_listed_gravest_first(begun: TestResponse) -> None:
    assert open_points(begun) == ["zestful", "gadgeteer", "widgeteer", "quincey", "grapey"]
    assert every(begun.text, "#group-style .app-point > summary q") == ["quincey", "grapey"]
    assert "Style: 2 points" in words(begun.text, "#group-style > summary")


ACTIONS: dict[str, tuple[str, dict[str, str], str, list[str]]] = {
    # button, what is typed, the text then, the points that wait then
    "take": (
        "take:{gadgeteer}:0",
        {},
        ADVERT.replace("a gadgeteer", "an engineer").replace("A gadgeteer", "An engineer"),
        ["zestful", "widgeteer", "quincey", "grapey"],
    ),
    "take another": (
        "take:{gadgeteer}:1",
        {},
        ADVERT.replace("gadgeteer", "maker"),
        ["zestful", "widgeteer", "quincey", "grapey"],
    ),
    "own words": (
        "own:{zestful}",
        {"own-{zestful}": "You write  clear\r\nletters."},
        ADVERT.replace("You are zestful, and write quincey and grapey letters.", "You write clear letters."),
        ["gadgeteer", "widgeteer"],
    ),
    "keep": ("keep:{quincey}", {"reason-{quincey}": "The jam", "kept_by-{quincey}": "Lee"}, ADVERT, []),
    "later": ("later:{zestful}", {}, ADVERT, ["gadgeteer", "widgeteer", "quincey", "grapey"]),
    "safe": (
        "safe",
        {},
        ADVERT.replace("a gadgeteer", "an engineer")
        .replace("A gadgeteer", "An engineer")
        .replace("widgeteer", "fitter"),
        ["zestful", "quincey", "grapey"],
    ),
    "style taken": (
        "style-take",
        {},
        ADVERT.replace("quincey", "plain"),
        ["zestful", "gadgeteer", "widgeteer", "grapey"],
    ),
    "style left": ("style-later", {}, ADVERT, ["zestful", "gadgeteer", "widgeteer"]),
    "added": (
        "add:closing-date",
        {"fact-closing-date": "14 January 2027"},
        "",
        ["zestful", "gadgeteer", "widgeteer", "quincey", "grapey"],
    ),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_each_button_does_what_it_says_and_undo_gives_all_back(
    client: FlaskClient, begun: TestResponse, name: str
) -> None:
    button, typed, expected, waiting = ACTIONS[name]
    keys = {phrase: key_of(begun, phrase) for phrase in open_points(begun)}
    done = press(client, begun, button.format(**keys), **{n.format(**keys): text for n, text in typed.items()})
    assert done.status_code == 200
    assert said(done)
    if expected:
        assert text_of(done) == expected
    else:
        assert text_of(done) != ADVERT
    if waiting:
        assert open_points(done) == waiting
    undone = press(client, done, "undo")
    assert text_of(undone) == ADVERT
    assert decided(undone) == decided(begun)
    assert open_points(undone) == open_points(begun)
    assert said(undone) == f"Undone: {said(done)}"
    again = press(client, undone, "redo")
    assert text_of(again) == text_of(done)
    assert decided(again) == decided(done)
    assert open_points(again) == open_points(done)
    assert said(again) == f"Done again: {said(done)}"
    assert changes(again) == changes(done)


def write(client: FlaskClient, page: TestResponse, text: str) -> TestResponse:
    """Write another text by hand."""
    return client.post("/result", data={**carried(page), "seen": text_of(page), "text": text, "do": "check"})


def finished(client: FlaskClient, page: TestResponse) -> tuple[int, list[str]]:
    """How many changes the last page says were made, and which."""
    done = client.post("/result", data={**carried(page), "do": "finish"})
    return changes(done), every(done.text, "#made li")


def test_what_was_undone_is_forgotten_once_something_else_is_done(client: FlaskClient, begun: TestResponse) -> None:
    taken = press(client, begun, f"take:{key_of(begun, 'gadgeteer')}:0")
    undone = press(client, taken, "undo")
    assert HTMLParser(undone.text).css_first("#redo").attributes.get("disabled", "no") == "no"
    typed = write(client, undone, ADVERT + "\nYou are calm.\n")
    left = press(client, undone, f"later:{key_of(undone, 'widgeteer')}")
    for page in (typed, left, begun):
        assert HTMLParser(page.text).css_first("#redo").attributes.get("disabled", "no") is None
        assert said(press(client, page, "redo")) == "There is nothing to do again."


def test_each_thing_done_to_the_text_is_a_change_and_is_listed(client: FlaskClient, begun: TestResponse) -> None:
    assert (changes(begun), finished(client, begun)) == (0, (0, []))
    page = press(client, begun, f"take:{key_of(begun, 'gadgeteer')}:0")
    page = press(client, page, f"take:{key_of(page, 'widgeteer')}:0")  # next to it, in one sentence
    page = press(client, page, f"later:{key_of(page, 'zestful')}")  # changes nothing in the text
    made = ["“gadgeteer” is now “engineer”.", "“widgeteer” is now “fitter”."]
    assert changes(page) == 2
    assert finished(client, page) == (2, made)
    for more in ("You are calm.", "You are kind."):  # all the typing is one
        page = write(client, page, f"{text_of(page)}\n{more}\n")
        page = (
            press(client, page, "add:closing-date", **{"fact-closing-date": "14 January 2027"})
            if "kind" in more
            else page
        )
    made += ["Your own typing.", "Added: “Closing date: 14 January 2027”."]
    assert finished(client, page) == (4, made)
    assert finished(client, press(client, page, "undo")) == (3, made[:3])
    back = write(client, page, ADVERT)
    assert (changes(back), finished(client, back)) == (0, (0, []))


def test_one_point_of_style_that_offers_something_is_told_as_one(begun: TestResponse) -> None:
    assert words(begun.text, "button[value=style-take]") == "Take the one that offers something"


def test_several_points_taken_together_are_so_many_changes(client: FlaskClient, begun: TestResponse) -> None:
    page = press(client, begun, "safe")
    assert said(page) == "2 safe changes are made."
    assert finished(client, page) == (2, ["“gadgeteer” is now “engineer”.", "“widgeteer” is now “fitter”."])
    assert changes(press(client, page, "style-take")) == 3


def test_changes_that_can_no_longer_be_undone_are_counted(client: FlaskClient, begun: TestResponse) -> None:
    page = press(client, begun, "safe")
    key = key_of(page, "zestful")
    for _ in range(MOST_STEPS):
        page = press(client, page, f"later:{key}")
        page = press(client, page, f"again:{key}")
    assert changes(page) == 2


def test_kept_and_left_points_can_be_opened_again(client: FlaskClient, begun: TestResponse) -> None:
    page = kept(client, begun, "zestful")
    assert point(page, "zestful").attributes["data-state"] == "kept"
    assert words(page.text, ".app-verdict h2") != "Do not publish yet"
    page = press(client, page, f"later:{key_of(page, 'grapey')}")
    assert open_points(page) == ["gadgeteer", "widgeteer", "quincey"]
    page = press(client, page, f"unkeep:{key_of(page, 'zestful')}")
    page = press(client, page, f"again:{key_of(page, 'grapey')}")
    assert open_points(page) == open_points(begun)
    assert decided(page) == decided(begun)
    for _ in range(4):
        page = press(client, page, "undo")
    assert decided(page) == decided(begun)


def test_what_was_kept_stays_while_its_sentence_does_and_no_longer(client: FlaskClient, begun: TestResponse) -> None:
    page = kept(client, begun, "zestful")
    text = text_of(page)
    longer = client.post("/result", data={**carried(page), "text": "Top line\n\n" + text, "do": "check"})
    assert point(longer, "zestful").attributes["data-state"] == "kept"
    other = client.post("/result", data={**carried(page), "text": text.replace("You are", "Be"), "do": "check"})
    assert point(other, "zestful").attributes["data-state"] == "open"
    left = press(client, begun, f"later:{key_of(begun, 'grapey')}")
    other = client.post("/result", data={**carried(left), "text": text.replace("You are", "Be"), "do": "check"})
    assert point(other, "grapey").attributes["data-state"] == "later"  # it is the habit that was left


def test_keeping_says_which_field_is_wrong_and_loses_none(client: FlaskClient, begun: TestResponse) -> None:
    key = key_of(begun, "zestful")
    for name in ("reason", "kept_by", "approved_by", "advice"):
        page = kept(client, begun, "zestful", **{name: ""})
        assert page.status_code == 422
        assert errors(page)[0].startswith(f"#{name}-") or name == "approved_by"
        for other in set(AGREED) - {name}:
            assert HTMLParser(page.text).css_first(f"#{other}-{key}").attributes["value"] == AGREED[other]
        assert text_of(page) == ADVERT
        assert decided(page) == decided(begun)
    again = kept(client, kept(client, begun, "zestful", reason=""), "zestful")
    assert point(again, "zestful").attributes["data-state"] == "kept"
    assert HTMLParser(again.text).css_first(f"#kept_by-{key_of(again, 'quincey')}").attributes["value"] == "Lee Carter"


def test_own_words_that_say_nothing_new_are_refused(client: FlaskClient, begun: TestResponse) -> None:
    key = key_of(begun, "zestful")
    page = press(
        client, begun, f"own:{key}", **{f"own-{key}": "You are zestful,  and write quincey\r\nand grapey letters."}
    )
    assert page.status_code == 422
    assert errors(page) == [f"#own-{key}"]
    assert text_of(page) == ADVERT


GONE = {
    # advert, the wording, the text without its sentence
    "a line": ("Cook\n\nYou are zestful.\n\nYou cook.\n", "Cook\n\nYou cook.\n"),
    "the first of a line": ("Cook\n\nYou are zestful. You cook.\n", "Cook\n\nYou cook.\n"),
    "the last of a line": ("Cook\n\nYou cook. You are zestful.\n", "Cook\n\nYou cook.\n"),
    "between two": ("Cook\n\nYou cook. You are zestful. You wash up.\n", "Cook\n\nYou cook. You wash up.\n"),
    "an item": ("Cook\n\nYou:\n- cook\n- are zestful\n- wash up\n", "Cook\n\nYou:\n- cook\n- wash up\n"),
    "the last item": ("Cook\n\nYou:\n• cook\n• are zestful\n", "Cook\n\nYou:\n• cook\n"),
    "two places": ("Cook\n\nYou are zestful.\n\nYou cook.\n\nWe are zestful.\n", "Cook\n\nYou cook.\n\n"),
    "windows line ends": ("Cook\r\n\r\nYou are zestful.\r\n\r\nYou cook.\r\n", "Cook\n\nYou cook.\n"),
}


@pytest.mark.parametrize("button", ["own", "drop"])
@pytest.mark.parametrize("name", GONE)
def test_a_sentence_is_taken_out_with_its_line_or_bullet(client: FlaskClient, name: str, button: str) -> None:
    given, left = GONE[name]
    page = client.post("/result", data={"profile": "generic", "advert": given})
    for out in HTMLParser(page.text).css("button[value^='out:']"):
        page = press(client, page, out.attributes["value"] or "")
    key = key_of(page, "zestful")
    assert HTMLParser(page.text).css_first(f"button[value='drop:{key}']") is not None
    gone = press(client, page, f"{button}:{key}", **{f"own-{key}": " \r\n "})
    assert text_of(gone) == left
    assert changes(gone) == 1
    assert said(gone) == "The sentence with “zestful” is taken out."
    assert text_of(press(client, gone, "undo")) == text_of(page)


def test_the_only_sentence_of_an_advert_is_not_taken_out(client: FlaskClient) -> None:
    page = client.post("/result", data={"profile": "generic", "advert": "You are zestful."})
    for out in HTMLParser(page.text).css("button[value^='out:']"):
        page = press(client, page, out.attributes["value"] or "")
    key = key_of(page, "zestful")
    refused = press(client, page, f"drop:{key}")
    assert errors(refused) == [f"#own-{key}"]
    assert text_of(refused) == "You are zestful."


def test_only_a_bar_without_a_cure_is_taken_out_by_a_button(client: FlaskClient, begun: TestResponse) -> None:
    drops = [node.attributes["value"] for node in HTMLParser(begun.text).css("button[value^='drop:']")]
    assert drops == [f"drop:{key_of(begun, 'zestful')}"]


def test_what_was_begun_is_carried_by_the_last_page(client: FlaskClient, begun: TestResponse) -> None:
    key = key_of(begun, "zestful")
    typed = {f"own-{key}": "You write\r\nclearly", f"reason-{key}": "The law", "fact-pay": "£9 an hour"}
    done = client.post("/result", data={**carried(begun), **typed, "do": "finish"})
    assert len(every(done.text, "#begun li")) == len(typed)
    back = client.post("/result", data={**carried(done), "do": f"at:own-{key}"})
    field = HTMLParser(back.text).css_first(f"#own-{key}")
    assert field.text().split() == ["You", "write", "clearly"]
    assert "autofocus" in field.attributes
    assert "open" in point(back, "zestful").attributes
    for name in (f"reason-{key}", "fact-pay"):
        assert HTMLParser(back.text).css_first(f"#{name}").attributes["value"] == typed[name]
    more = client.post("/edit", data={**carried(back), **typed})
    again = {
        node.attributes["name"]: node.attributes["value"] for node in HTMLParser(more.text).css("input[type=hidden]")
    }
    assert (
        typed.items()
        <= {
            name: str(value).replace("\n", "\r\n") if name.startswith("own") else value for name, value in again.items()
        }.items()
    )


@pytest.mark.parametrize(
    "button",
    [
        *(
            "nonsense",
            "take",
            "take:",
            "take:x:0",
            "own:x",
            "keep:x",
            "unkeep:x",
            "later:x",
            "again:x",
            "put:x",
            "out:x",
        ),
        *("add:x", "value:x", "take:{zestful}:0", "take:{gadgeteer}:9", "take:{gadgeteer}:-1", "take:{gadgeteer}:x"),
        *("take:{gadgeteer}:\u0663", "take:{gadgeteer}:99999", "undo:x:y", ":", "::", "add:", "\u0000", "safe:x"),
    ],
)
def test_a_button_that_is_unknown_or_whose_point_is_gone_changes_nothing(
    client: FlaskClient, begun: TestResponse, button: str
) -> None:
    keys = {phrase: key_of(begun, phrase) for phrase in open_points(begun)}
    page = press(client, begun, button.format(**keys))
    assert page.status_code in (200, 422)
    assert HTMLParser(page.text).css_first("form[data-desk]") is not None
    assert text_of(page) == ADVERT or button.startswith(("undo", "safe"))


def test_a_point_that_is_gone_is_said(client: FlaskClient, begun: TestResponse) -> None:
    key = key_of(begun, "gadgeteer")
    gone = client.post("/result", data={**carried(begun), "text": "You are calm.", "do": f"take:{key}:0"})
    assert said(gone) == "That point is no longer in the text."
    assert text_of(gone) == "You are calm."


def test_the_oldest_steps_are_forgotten_and_nothing_is_undone_twice(client: FlaskClient, begun: TestResponse) -> None:
    page, key = begun, key_of(begun, "zestful")
    for _ in range(MOST_STEPS):
        page = press(client, page, f"later:{key}")
        page = press(client, page, f"again:{key}")
    for _ in range(MOST_STEPS):
        page = press(client, page, "undo")
        assert said(page).startswith("Undone: ")
    assert HTMLParser(page.text).css_first("#undo").attributes.get("disabled", "no") is None
    assert said(press(client, page, "undo")) == "There is nothing to undo."


# What is missing

VALUES = {
    "pay": "£30,000 a year",
    "hours": "37 hours a week",
    "location": "Leeds",
    "closing-date": "14 January 2027",
    "contact": "jobs@tests.example",
    "adjustments": "jobs@tests.example",
}


def test_each_thing_that_is_missing_can_be_filled_in_and_is_then_there(client: FlaskClient) -> None:
    page = client.post("/result", data={"profile": "generic", "advert": "Cook\n\nYou cook for forty people.\n"})
    asked = [button.attributes["value"] or "" for button in HTMLParser(page.text).css("button[value^='add:']")]
    assert len(asked) >= 5
    before = text_of(page)
    for button in asked:
        item = button.partition(":")[2]
        field = HTMLParser(page.text).css_first(f"#fact-{item}")
        if field is not None:
            refused = press(client, page, button, **{f"fact-{item}": "", "fact-more": "x"})
            assert errors(refused) == [f"#fact-{item}"]
            assert text_of(refused) == before
        value = VALUES.get(item, "14 January 2027")
        added = press(client, page, button, **({f"fact-{item}": value} if field is not None else {}))
        assert added.status_code == 200, errors(added)
        assert said(added).startswith("Added: “")
        assert button not in [b.attributes["value"] for b in HTMLParser(added.text).css("button[value^='add:']")]
        assert text_of(press(client, added, "undo")) == text_of(page)
        page, before = added, text_of(added)


def test_what_was_typed_in_another_field_stays(client: FlaskClient) -> None:
    page = client.post("/result", data={"profile": "generic", "advert": "Cook\n\nYou cook for forty people.\n"})
    typed = {"fact-pay": "£30,000 a year", "fact-closing-date": "14 January 2027"}
    page = press(client, page, "add:pay", **typed)
    assert HTMLParser(page.text).css_first("#fact-closing-date").attributes["value"] == "14 January 2027"
    page = press(client, page, "add:closing-date", **{"fact-closing-date": "soon"})
    assert HTMLParser(page.text).css_first("#fact-closing-date").attributes["value"] == "soon"
    assert "real date" in words(page.text, "#fact-closing-date-error")
