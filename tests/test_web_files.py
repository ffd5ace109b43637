"""What the desk gives to take away: the advert in each format, the report, and the page that says what was done."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import docx
import pytest
from desk_pages import (
    ADVERT,
    carried,
    every,
    key_of,
    open_points,
    press,
    text_of,
    words,
)
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from werkzeug.test import TestResponse

from inclusive_ads import Document
from inclusive_ads_web.presenters import compared


@pytest.mark.parametrize(
    ("kind", "start"), [("txt", b"Warehouse post"), ("md", b"#"), ("html", b"<!DOCTYPE html>"), ("docx", b"PK")]
)
def test_the_improved_advert_can_be_downloaded(
    client: FlaskClient, check: Callable[..., TestResponse], kind: str, start: bytes
) -> None:
    first = check(advert=ADVERT)
    taken = press(client, first, f"take:{key_of(first, 'gadgeteer')}:0")
    response = client.post("/download", data={**carried(taken), "kind": kind})
    assert response.status_code == 200
    assert response.data.startswith(start)
    tracked = "-tracked" if kind == "docx" else ""
    assert response.headers["Content-Disposition"] == f'attachment; filename="improved-advert{tracked}.{kind}"'
    if kind == "docx":
        assert "an engineer in Leeds" in Document.from_bytes(response.data).text
        assert "w:delText" in docx.Document(io.BytesIO(response.data)).element.xml  # its changes are tracked
    else:
        assert b"an engineer in Leeds" in response.data


def test_a_pasted_advert_comes_back_byte_for_byte_outside_the_changes(
    client: FlaskClient, check: Callable[..., TestResponse]
) -> None:
    first = check(advert=ADVERT.replace("\n", "\r\n"))
    taken = press(client, first, f"take:{key_of(first, 'gadgeteer')}:0")
    file = client.post("/download", data={**carried(taken), "kind": "txt"}).data.decode()
    assert file == ADVERT.replace("a gadgeteer", "an engineer") == text_of(taken)


def test_a_file_comes_back_with_its_own_line_ends(client: FlaskClient, check: Callable[..., TestResponse]) -> None:
    advert = ADVERT.replace("\n", "\r\n")
    first = check(document=(io.BytesIO(advert.encode()), "post.txt"))
    taken = press(client, first, f"take:{key_of(first, 'gadgeteer')}:0")
    file = client.post("/download", data={**carried(taken), "kind": "txt"}).data.decode()
    assert file == advert.replace("a gadgeteer", "an engineer")


def test_a_word_file_comes_back_with_its_changes_tracked(
    client: FlaskClient, check: Callable[..., TestResponse]
) -> None:
    made = docx.Document()
    made.add_heading("Warehouse post", 1)
    made.add_paragraph("We need a gadgeteer in Leeds.")
    file = io.BytesIO()
    made.save(file)
    result = check(document=(io.BytesIO(file.getvalue()), "post.docx"))
    assert carried(result)["name"] == "post.docx"
    taken = press(client, result, f"take:{key_of(result, 'gadgeteer')}:0")
    response = client.post("/download", data={**carried(taken), "kind": "docx"})
    paragraphs = docx.Document(io.BytesIO(response.data)).element.xml
    assert "w:del " in paragraphs
    assert "w:ins " in paragraphs


def test_the_report_opens_without_the_tool(client: FlaskClient, check: Callable[..., TestResponse]) -> None:
    first = check(advert=ADVERT)
    taken = press(client, first, f"take:{key_of(first, 'gadgeteer')}:0")
    response = client.post("/download", data={**carried(taken), "kind": "report"})
    page = HTMLParser(response.text)
    assert not page.css("script, link, img, iframe")
    assert "Nobody outside this test knows it." in words(response.text, "main")
    became = [one for one in every(response.text, "section p") if one.startswith("What became of it: ")]
    assert became == ["What became of it: Still there.", "What became of it: Changed."]
    assert not page.css("a[href]")


def test_the_last_page_says_what_was_done_and_what_waits(
    client: FlaskClient, check: Callable[..., TestResponse]
) -> None:
    first = check(advert="A gadgeteer in Leeds. You are zestful.")
    taken = press(client, first, f"take:{key_of(first, 'gadgeteer')}:0")
    done = press(client, taken, "finish")
    assert "1 change made, 1 point open." in words(done.text, ".app-verdict")
    assert every(done.text, ".app-advert .app-added") == ["[added: An engineer]"]
    assert words(done.text, "main ul.govuk-list--bullet li").startswith("zestful (likely unlawful)")
    kinds = [node.attributes["value"] for node in HTMLParser(done.text).css(".app-files button")]
    assert kinds[:4] == ["docx", "docx-clean", "txt", "html"]
    back = press(client, done, "check")
    assert open_points(back) == ["zestful"]


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


def test_what_a_person_reads_calls_it_a_point(client: FlaskClient, check: Callable[..., TestResponse]) -> None:
    page = check(advert=ADVERT)
    shown = [
        page,
        client.get("/"),
        client.get("/how-this-works"),
        client.post("/result", data={**carried(page), "do": "finish"}),
    ]
    shown += [client.post("/download", data={**carried(page), "kind": kind}) for kind in ("report", "review")]
    for response in shown:
        assert response.status_code == 200
        tree = HTMLParser(response.text)
        for hidden in tree.css("style, script"):
            hidden.decompose()
        text = tree.body.text() if tree.body else ""
        assert "oint" in text
        assert not re.search(r"\bfindings?\b", text, re.IGNORECASE), response.request.path
