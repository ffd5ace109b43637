"""The LanguageTool protocol over a real server: as Writer sends it, and as other clients do."""

from __future__ import annotations

import io
import json
import logging
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serving import ask, running, web

from inclusive_ads import Settings
from inclusive_ads.checker import shared_checker
from inclusive_ads_web import WebSettings, create_app, new_key
from inclusive_ads_web.observe import JsonLines, log
from inclusive_ads_web.server import Server

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
KEY, HASH = new_key()
FIELDS = {
    "message": str,
    "shortMessage": str,
    "replacements": list,
    "offset": int,
    "length": int,
    "context": dict,
    "sentence": str,
    "type": dict,
    "rule": dict,
    "ignoreForIncompleteSentence": bool,
    "contextForSureMatch": int,
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running(web(workers=1)) as found:
        yield found


@pytest.fixture(scope="module")
def app() -> Any:
    return create_app(
        WebSettings(writing_rate="1000000 per minute", character_rate="1000000000 per minute"), Settings()
    )


def check(app: Any, text: str, **more: str) -> Any:
    answer = app.test_client().post(
        "/v2/check", data=urlencode({"text": text, "language": "en-GB", **more}), headers=FORM
    )
    assert answer.status_code == 200, answer.data
    return answer.get_json()


def annotated(app: Any, *pieces: dict[str, str]) -> Any:
    data = json.dumps({"annotation": pieces})
    answer = app.test_client().post("/v2/check", data=urlencode({"data": data, "language": "en-GB"}), headers=FORM)
    assert answer.status_code == 200, answer.data
    return answer.get_json()["matches"]


def units(text: str, offset: int, length: int) -> str:
    """What a client that counts in UTF-16 finds there."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def accept_all(text: str, matches: Any) -> str:
    """The text with the first replacement of every match, as a client puts them in: from the last to the first."""
    for match in reversed(matches):
        if match["replacements"]:
            raw, low, high = text.encode("utf-16-le"), 2 * match["offset"], 2 * (match["offset"] + match["length"])
            text = (raw[:low] + match["replacements"][0]["value"].encode("utf-16-le") + raw[high:]).decode("utf-16-le")
    return text


# As Writer sends it


def as_writer(server: Server, text: str, behind: str = "") -> Any:
    body = f"text={text}&language=en-GB{behind}".encode()
    head = f"POST /v2/check HTTP/1.1\r\nHost: 127.0.0.1:{server.effective_port}\r\nAccept: */*\r\n"
    head += (
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.effective_port), timeout=60) as line:
        line.sendall(head.encode() + body)
        answer = b"".join(iter(lambda: line.recv(65_536), b""))
    first, _, content = answer.partition(b"\r\n\r\n")
    assert first.startswith(b"HTTP/1.1 200"), answer
    return json.loads(content)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Research & development + sales: the chairman agrees.", ["chairman"]),
        ("A salesman (50% travel) & a foreman, 100%25.", ["salesman", "foreman"]),
        ("\U0001f642\U0001f642 The policeman wrote a = b & c = d.", ["policeman"]),
        ("See ?a=1&language=de-DE&text=x: the chairman knows.", ["chairman"]),
        ("Caf\u00e9 \u2013 \u201cout\u201d: a barman & chairman", ["barman", "chairman"]),
        ("One line,\r\nand the chairman on the next.\r\n", ["chairman"]),
        ("chairman", ["chairman"]),
    ],
)
def test_text_that_writer_sends_as_it_stands_is_read_whole(server: Server, text: str, found: list[str]) -> None:
    matches = as_writer(server, text)["matches"]
    assert [units(text, match["offset"], match["length"]) for match in matches] == found


def test_accepting_all_changes_the_findings_and_nothing_else(server: Server) -> None:
    text = "\U0001f642 R&D + sales (100%): we need a rockstar. The chairman agrees."
    after = accept_all(text, as_writer(server, text)["matches"])
    assert after == "\U0001f642 R&D + sales (100%): we need an expert. The chair agrees."
    assert accept_all(after, as_writer(server, after)["matches"]) == after


def test_every_answer_has_every_field(server: Server) -> None:
    for text in ("We want a young and dynamic salesman.", "Nothing here.", " ", "\u200b"):
        found = as_writer(server, text)
        assert set(found) == {"software", "warnings", "language", "matches"}
        assert found["software"]["apiVersion"] == 1
        assert found["language"]["code"] == "en-GB"
        assert set(found["language"]["detectedLanguage"]) == {"name", "code", "confidence", "source"}
        for match in found["matches"]:
            assert {name: type(value) for name, value in match.items()} == FIELDS
            assert match["message"]
            assert match["shortMessage"]
            assert set(match["rule"]) == {"id", "description", "issueType", "category", "urls"}
            assert all(url["value"].startswith("http") for url in match["rule"]["urls"])


def test_a_rule_leads_to_its_page_in_the_guide(server: Server) -> None:
    rule = as_writer(server, "The chairman agrees.")["matches"][0]["rule"]
    assert rule["id"] == "gendered-chairman"
    assert rule["category"] == {"id": "gendered", "name": "Gendered"}
    address = f"http://127.0.0.1:{server.effective_port}"
    assert rule["urls"][0]["value"] == f"{address}/guide/gendered-chairman"
    assert ask(server.effective_port, rule["urls"][0]["value"].removeprefix(address))[0] == 200


# As others send it


@pytest.mark.parametrize(
    "body",
    [
        b"language=en-US&text=R%26D+%2B+the+chairman",
        b"text=R%26D%20%2B%20the%20chairman&language=en-GB&enabledOnly=false&disabledRules=&level=picky",
        b"language=auto&text=R&D + the chairman",
        b"data=%7B%22annotation%22%3A%5B%7B%22text%22%3A%22R%26D+%2B+the+chairman%22%7D%5D%7D&language=en",
        b'data={"annotation": [{"text": "R&D + the chairman"}]}&language=en-AU',
    ],
)
def test_a_form_is_read_whether_it_is_encoded_or_not(app: Any, body: bytes) -> None:
    answer = app.test_client().post("/v2/check", data=body, headers=FORM)
    assert [(match["offset"], match["length"]) for match in answer.get_json()["matches"]] == [(10, 8)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"text=chairman",
        b"language=en-GB",
        b"text=a chairman",
        b"text=a&data=b&language=en",
        b"text=a&text=b&language=en",
        b"text=a&language=en\xc3\xa9",
        b"text=a&language=%2e%2e",
        b"text=\xff\xfe&language=en-GB",
        b"text=%ff&language=en-GB",
        b"text=a%00b&language=en-GB",
        b"text=a&language=en" + b"&x=" * 200,
        b"data=x&language=en",
        b"data=[]&language=en",
        b'data={"annotation": 1}&language=en',
        b'data={"annotation": [1]}&language=en',
        b'data={"annotation": [{"text": 1}]}&language=en',
        b'data={"annotation": [{"text": "a", "markup": "b"}]}&language=en',
        b'data={"annotation": [{"text": "\\ud800"}]}&language=en',
        b"data=" + b"[" * 100_000 + b"&language=en",
        b"text=" + b"a" * 200_001 + b"&language=en",
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_line_of_text(app: Any, body: bytes) -> None:
    answer = app.test_client().post("/v2/check", data=body, headers=FORM)
    assert 400 <= answer.status_code < 500
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.data.startswith(b"Error: ")
    assert b"\n" not in answer.data


def test_every_other_refusal_is_plain_too(server: Server) -> None:
    for path, body, expected in (
        ("/v2/check", None, 405),
        ("/v2/words", None, 404),
        ("/v2/check", b"x" * 8_000_001, 413),
    ):
        status, headers, said = ask(server.effective_port, path, body, FORM)
        assert status == expected
        assert headers["Content-Type"].startswith("text/plain")
        assert said.startswith(b"Error: ")


def test_rules_and_categories_can_be_switched_off(app: Any) -> None:
    text = "The chairman wants a degree."
    both = [match["rule"]["id"] for match in check(app, text)["matches"]]
    assert len(both) == 2
    for off in ({"disabledRules": both[1]}, {"disabledCategories": "class-education"}):
        assert [match["rule"]["id"] for match in check(app, text, **off)["matches"]] == both[:1]
    only = check(app, text, enabledRules=both[1], enabledOnly="true")
    assert [match["rule"]["id"] for match in only["matches"]] == both[1:]


# Offsets and replacements

LISTED = "chairman|a rockstar|young and dynamic|\U0001f642|caf\u00e9|a degree|&|+|salesman|50%|x|.|,|\n|\r\n|\u00a0|<b>"
WORDS = st.sampled_from(f"{LISTED}|policeman|\u202f|must|only women|dynamic|we need".split("|"))
TEXTS = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@OFTEN
@given(TEXTS)
def test_offsets_are_utf_16_in_order_and_never_overlap(app: Any, text: str) -> None:
    done = 0
    for match in check(app, text)["matches"]:
        assert match["offset"] >= done
        done = match["offset"] + match["length"]
        assert match["length"] > 0
        wording = units(text, match["offset"], match["length"])
        assert (
            wording == units(match["context"]["text"], match["context"]["offset"], match["length"]) or "\n" in wording
        )
        assert all(value["value"] for value in match["replacements"])
    assert done <= len(text.encode("utf-16-le")) // 2


@OFTEN
@given(TEXTS)
def test_what_is_accepted_is_what_the_library_would_put_in(app: Any, text: str) -> None:
    passage = shared_checker().passage(f"x {text}")
    expected = [" ".join(one.sentence.split()) for finding in passage.findings for one in finding.suggestions]
    text = f"x {text}"
    for match in check(app, text)["matches"]:
        for value in match["replacements"]:
            changed = accept_all(text, [{**match, "replacements": [value]}])
            plain = " ".join(changed.split())
            assert any(sentence in plain for sentence in expected) or "<b>" in text


@OFTEN
@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "<i>", "</i>", "<br/>", "&nbsp;"])), min_size=1, max_size=10))
def test_no_replacement_reaches_across_markup(app: Any, parts: list[tuple[str, str]]) -> None:
    pieces: list[dict[str, str]] = []
    for word, markup in parts:
        pieces += [{"text": f" {word}"}, *([{"markup": markup, "interpretAs": " "}] if markup else [])]
    whole = "".join(piece.get("text", piece.get("markup", "")) for piece in pieces)
    for match in annotated(app, *pieces):
        wording = units(whole, match["offset"], match["length"])
        if match["replacements"]:
            assert not any(markup in wording for _, markup in parts if markup)


def test_markup_is_stepped_over_and_stays_outside(app: Any) -> None:
    pieces = (
        {"markup": "<p>"},
        {"text": "The "},
        {"markup": "<b>"},
        {"text": "chairman"},
        {"markup": "</b>"},
        {"text": "."},
    )
    (match,) = annotated(app, *pieces)
    assert (match["offset"], match["length"]) == (10, 8)
    assert match["replacements"] == [{"value": "chair"}]


def test_inside_a_word_markup_keeps_the_finding_and_says_what_to_write(app: Any) -> None:
    (match,) = annotated(
        app, {"text": "The chair"}, {"markup": "<i>"}, {"text": "man"}, {"markup": "</i>"}, {"text": " \U0001f642"}
    )
    assert (match["offset"], match["length"]) == (4, 11)
    assert match["replacements"] == []
    assert match["message"].endswith('Write "chair".')


def test_what_markup_stands_for_counts(app: Any) -> None:
    (match,) = annotated(
        app, {"text": "A young"}, {"markup": "&nbsp;", "interpretAs": " "}, {"text": "and dynamic team"}
    )
    assert (match["offset"], match["length"]) == (2, 27)


# A paragraph at a time


def test_what_the_rest_of_the_advert_could_lift_is_a_condition(app: Any) -> None:
    for text in ("Only women may apply.", "We want a young person.", "Do you have any health problems?"):
        (match,) = check(app, text)["matches"]
        assert "unlawful unless the advert gives the reason" in match["message"]
        assert match["shortMessage"] == "Likely unlawful unless the advert gives the reason"
        assert match["rule"]["issueType"] == "legal"


def test_a_title_a_small_ad_and_letters_are_left_to_the_whole_advert(app: Any) -> None:
    for text in ("Female carer", "The SRO briefs the board.", "Administrator, no experience of the SCS"):
        assert check(app, text)["matches"] == []


def test_advice_stands_in_the_message_where_there_is_nothing_to_put_in(app: Any) -> None:
    (match,) = check(app, "This is a zero hours contract.")["matches"]
    assert match["replacements"] == []
    advice = app.extensions["inclusive_ads"].entries()[match["rule"]["id"]].advice
    assert advice
    assert match["message"].endswith(advice)


def test_other_languages_have_no_findings_and_are_named(app: Any) -> None:
    welsh = "Rydym yn chwilio am rywun i ymuno \u00e2'n t\u00eem, ac mae'r swydd yn un barhaol i bawb. Chairman."
    for language, code in (("auto", "cy"), ("en-GB", "en-GB"), ("cy", "cy")):
        found = check(app, welsh, language=language)
        assert found["matches"] == []
        assert found["language"]["code"] == code
        assert found["language"]["detectedLanguage"]["code"] == "cy"
        assert found["language"]["detectedLanguage"]["confidence"] == 1.0
    assert check(app, "The chairman", language="de-DE")["matches"] == []
    assert check(app, "The chairman", language="auto")["language"]["code"] == "en-GB"


def test_of_very_many_findings_so_many_are_given_and_it_is_said(app: Any) -> None:
    found = check(app, "The chairman agrees. " * 1001)
    assert len(found["matches"]) == 1000
    assert found["warnings"] == {"incompleteResults": True}


# Who may ask, and what is told of it


def test_languages_are_told_at_once_to_anyone(server: Server) -> None:
    pool = server.app.extensions.pop("inclusive_ads_pool")  # so it waits for no worker
    try:
        status, _, body = ask(server.effective_port, "/v2/languages")
    finally:
        server.app.extensions["inclusive_ads_pool"] = pool
    assert status == 200
    assert [one["longCode"] for one in json.loads(body)] == ["en", "en-GB", "en-US"]
    closed = create_app(WebSettings(host="0.0.0.0", api_keys={"hr": HASH}, hosts=("ads.example",)), Settings())
    assert closed.test_client().get("/v2/languages", base_url="http://elsewhere").data == body


@pytest.fixture(scope="module")
def closed() -> Any:
    return create_app(WebSettings(api_keys={"hr": HASH}, wrong_key_rate="3 per minute"), Settings())


def test_the_key_is_that_of_the_api_in_a_field_or_a_header(closed: Any) -> None:
    client = closed.test_client()
    right = [(b"text=The chairman & co&language=en-GB&username=hr&apiKey=" + KEY.encode(), {})]
    right += [(urlencode({"apiKey": KEY, "text": "The chairman", "language": "en"}).encode(), {})]
    right += [
        (b"text=The chairman&language=en-GB", each) for each in ({"X-API-Key": KEY}, {"Authorization": f"Bearer {KEY}"})
    ]
    for body, headers in right:
        answer = client.post("/v2/check", data=body, headers={**FORM, **headers})
        assert len(answer.get_json()["matches"]) == 1
    statuses = [client.post("/v2/check", data=b"text=a&language=en", headers=FORM).status_code]
    statuses += [
        client.post("/v2/check", data=b"text=a&language=en&apiKey=x", headers=FORM).status_code for _ in range(4)
    ]
    assert statuses == [401, 401, 401, 401, 429]


def test_paragraphs_have_a_rate_of_their_own() -> None:
    app = create_app(
        WebSettings(api_rate="2 per minute", page_rate="2 per minute", writing_rate="300 per minute"), Settings()
    )
    client = app.test_client()
    assert {client.post("/v2/check", data=b"text=a&language=en", headers=FORM).status_code for _ in range(300)} == {200}
    refused = client.post("/v2/check", data=b"text=a&language=en", headers=FORM)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert client.get("/v2/languages").status_code == 200


def test_an_extension_of_a_browser_may_read_answers_and_a_page_may_not(app: Any) -> None:
    for origin, expected in (
        ("moz-extension://1", "moz-extension://1"),
        ("https://elsewhere.example", None),
        ("null", None),
    ):
        headers = {**FORM, "Origin": origin}
        answer = app.test_client().post("/v2/check", data=b"text=a&language=en", headers=headers)
        assert answer.headers.get("Access-Control-Allow-Origin") == expected


def test_nothing_that_was_written_is_logged(app: Any) -> None:
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(JsonLines())
    log.addHandler(handler)
    level = log.level
    log.setLevel(logging.INFO)
    try:
        check(app, "The chairman of Quorrick.", username="Quorrick", apiKey="")
        app.test_client().post("/v2/check?text=Quorrick", data=b"text=Quorrick %", headers=FORM)
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
    assert heard.getvalue().count('"/v2/check"') == 2
    assert "Quorrick" not in heard.getvalue()
