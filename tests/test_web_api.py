"""The HTTP API: what it takes and gives, how it fails, who may use it, and what it never tells."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from inclusive_ads import FORMATS, Document, Settings, SettingsError
from inclusive_ads_web import WebSettings, create_app, new_key
from inclusive_ads_web.openapi import published
from inclusive_ads_web.work import Work

API = "/api/v2"
ADVERT = "\U0001f600 An enhanced CRB check is needed.\nYou will chair a panel."
SECRET = "Zanzibar-Quokka"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(WebSettings(api_rate="10000 per minute", batch_lines=5), Settings()).test_client()


def post(client: FlaskClient, path: str, body: Any, **headers: str) -> tuple[int, Any]:
    response = client.post(API + path, json=body, headers=headers)
    return response.status_code, response.get_json(force=True)


def crb(report: dict[str, Any]) -> dict[str, Any]:
    return next(finding for finding in report["findings"] if finding["entry"] == "stale-crb")


def test_check_gives_the_report_with_offsets_for_python_and_for_browsers(client: FlaskClient) -> None:
    status, report = post(client, "/check", {"text": ADVERT})
    finding = crb(report)
    assert status == 200
    assert ADVERT[finding["start"] : finding["end"]] == finding["text"]
    wide = ADVERT.encode("utf-16-le")
    utf16 = finding["utf16"]
    assert wide[2 * utf16["start"] : 2 * utf16["end"]].decode("utf-16-le") == finding["text"]
    assert utf16["start"] == finding["start"] + 1


def test_whatever_has_offsets_has_them_in_utf_16_too(client: FlaskClient) -> None:
    text = (
        "\U0001f642 Finance \U0001f642 manager, Leeds, Grade 7\n\n"
        "Salary: £30,000 to £34,000. We want a rockstar \U0001f642 with a full driving licence. "
        + "This sentence \U0001f642 goes on "
        + "and on and on " * 10
        + ".\n\nRydym yn chwilio am rywun i ymuno \u00e2'n t\u00eem, ac mae'r swydd yn un barhaol i bawb.\n"
    )
    known = {"start", "end", "sentence_start", "sentence_end", "replaces"}
    seen: set[str] = set()

    def look(value: Any, where: str, source: str) -> None:
        for each in value if isinstance(value, list) else []:
            look(each, where, source)
        if isinstance(value, dict) and "utf16" not in value:
            assert not [name for name in value if name in known and value[name] is not None]
        if isinstance(value, dict):
            for name, each in value.items():
                if name != "utf16":
                    look(each, f"{where} {name}", source)
            for name, place in value.get("utf16", {}).items():
                places = zip(place, value[name], strict=True) if isinstance(place, list) else [(place, value[name])]
                for wide, plain in places:
                    assert source.encode("utf-16-le")[: 2 * wide].decode("utf-16-le") == source[:plain]
                seen.add(where)

    for path in ("/check", "/statement", "/fix"):
        status, found = post(client, path, {"text": text, "post": {"location": "Leeds"}})
        assert status == 200
        look({k: v for k, v in found.items() if k != "report"}, path, text)
        if "report" in found:
            look(found["report"], f"{path} report", found["text"])
    lists = (
        "findings",
        "findings suggestions edits",
        "completeness",
        "readability long_sentences",
        "facts",
        "not_read",
    )
    assert {f"/check {name}" for name in lists} <= seen
    assert {"/check statements chosen", "/statement chosen", "/fix changes", "/fix report findings"} <= seen


def test_the_slim_form_leaves_out_why_a_finding_is_one(client: FlaskClient) -> None:
    for path in ("/check", "/fix"):
        whole, slim = (post(client, f"{path}?slim={value}", {"text": ADVERT})[1] for value in ("false", "true"))
        for report in (whole.get("report", whole),):
            assert all({"guards", "sources"} <= set(one) for one in report["findings"])
            for one in report["findings"]:
                del one["guards"], one["sources"]
        assert slim == whole
    status, problem = post(client, "/check?slim=perhaps", {"text": ADVERT})
    assert (status, problem["code"]) == (422, "query")


def test_answers_may_have_further_fields_and_requests_may_not(client: FlaskClient) -> None:
    found = client.get(f"{API}/openapi.json").get_json()["components"]["schemas"]
    closed = {name for name, schema in found.items() if schema.get("additionalProperties") is False}
    assert closed == {"BatchLine", "CheckIn", "DecisionIn", "FixIn", "FolderIn", "JudgeIn", "KeepIn", "PostIn"}
    assert not {"guards", "sources"} & set(found["Finding"]["required"])
    assert {"start", "message", "suggestions", "utf16", "also", "kept"} <= set(found["Finding"]["required"])


def test_a_client_can_rely_on_every_field_that_is_always_there(client: FlaskClient) -> None:
    found = client.get(f"{API}/openapi.json").get_json()["components"]["schemas"]
    with_offsets = ("Change", "Edit", "Finding", "LongSentence", "ChosenStatement", "StatementProblem", "ReadFact")
    for schema in (found[name] for name in with_offsets):
        assert "utf16" in schema["required"]
    assert found["Finding"]["properties"]["utf16"]["required"] == ["start", "end", "sentence_start", "sentence_end"]
    assert found["ChosenStatement"]["properties"]["utf16"]["required"] == ["start"]  # not every one replaces something
    assert "utf16" not in found["Completeness"]["required"]  # what is missing has no place


def test_check_takes_a_file(client: FlaskClient) -> None:
    form = {
        "document": (io.BytesIO(b"<p>A <b>CRB</b> check.</p>"), "post.html"),
        "profile": "generic",
        "location": "Leeds",
    }
    response = client.post(f"{API}/check", data=form)
    assert response.status_code == 200
    assert response.get_json()["format"] == "html"
    assert crb(response.get_json())


def test_fix_gives_the_improved_advert_and_a_report_on_it(client: FlaskClient) -> None:
    status, fixed = post(client, "/fix", {"text": ADVERT, "statements": False})
    assert status == 200
    assert fixed["text"] == ADVERT.replace("CRB check", "DBS check")
    assert len(fixed["changes"]) == 1
    assert not [f for f in fixed["report"]["findings"] if f["entry"] == "stale-crb"]
    number = crb(post(client, "/check", {"text": ADVERT})[1])["number"]
    assert post(client, "/fix", {"text": ADVERT, "statements": False, "leave": [number]})[1]["text"] == ADVERT


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize(("kind", "tracked"), [("docx", True), ("docx-clean", False)])
def test_fix_gives_the_word_file_that_is_asked_for(client: FlaskClient, kind: str, tracked: bool, form: bool) -> None:
    if form:
        response = client.post(
            f"{API}/fix", data={"document": (io.BytesIO(ADVERT.encode()), "post.txt"), "answer": kind}
        )
    else:
        response = client.post(f"{API}/fix", json={"text": ADVERT, "answer": kind})
    assert response.status_code == 200
    assert response.content_type == FORMATS["docx"].media_type
    assert response.headers["Content-Disposition"] == 'attachment; filename="improved-advert.docx"'
    with zipfile.ZipFile(io.BytesIO(response.data)) as file:
        body = file.read("word/document.xml").decode()
    assert ("<w:delText" in body, "<w:ins " in body) == (tracked, tracked)
    assert "An enhanced DBS check is needed." in Document.from_bytes(response.data).text


def test_fix_gives_json_unless_another_answer_is_asked_for(client: FlaskClient) -> None:
    plain = {"text": ADVERT, "statements": False}
    assert post(client, "/fix", plain | {"answer": "json"}) == post(client, "/fix", plain)
    for wrong in ("pdf", "", 1, None):
        status, problem = post(client, "/fix", plain | {"answer": wrong})
        assert (status, problem["errors"][0]["field"]) == (422, "answer")
    assert post(client, "/check", {"text": ADVERT, "answer": "docx"})[0] == 422


def test_fix_refuses_a_choice_that_does_not_fit(client: FlaskClient) -> None:
    for accept in ({"999": 0}, {str(crb(post(client, "/check", {"text": ADVERT})[1])["number"]): 99}):
        status, problem = post(client, "/fix", {"text": ADVERT, "accept": accept})
        assert status == 409
        assert problem["remedy"]


def test_a_wording_is_kept_by_the_same_rules_and_the_decision_goes_with_the_advert(client: FlaskClient) -> None:
    text = "Clerk\n\nNo women. You must hold a full driving licence."
    first = post(client, "/check", {"text": text})[1]
    numbers = {f["severity"]: f["number"] for f in first["findings"]}
    about = {"text": text, "reason": "The ground stands.", "kept_by": "Lee Carter"}
    lacking = {"likely-unlawful": {"approved_by", "advice"}, "indirect-risk": {"approved_by"}}
    for severity, fields in lacking.items():
        status, problem = post(client, "/keep", {**about, "finding": numbers[severity]})
        assert (status, {error["field"] for error in problem["errors"]}) == (422, fields)
    agreed = {"approved_by": ["Dana Reed", "Ann Obi"], "advice": "Legal team"}
    status, decision = post(client, "/keep", {**about, **agreed, "finding": numbers["likely-unlawful"]})
    assert (status, decision["approved_on"]) == (200, date.today().isoformat())
    assert (decision["wording"], decision["sentence"]) == ("No women", "No women.")
    judged = post(client, "/check", {"text": text, "decisions": [decision]})[1]
    assert judged["wording"] == "kept on advice"
    (kept,) = (f["kept"] for f in judged["findings"] if f["kept"])
    assert kept["approved_by"] == ["Dana Reed", "Ann Obi"]
    fixed = post(client, "/fix", {"text": text, "decisions": [decision]})[1]
    assert fixed["report"]["wording"] == "kept on advice"
    line = json.dumps({"id": 1, "text": text, "decisions": [decision]})
    answer = client.post(f"{API}/batch", data=line, content_type="application/x-ndjson")
    (one,) = (json.loads(part) for part in answer.text.splitlines())
    assert [(f["text"], f["kept_by"]) for f in one["kept"]] == [("No women", "Lee Carter")]
    assert one["kept"][0]["utf16"]["start"] == text.index("No women")
    form = {"document": (io.BytesIO(text.encode()), "a.txt"), "decisions": json.dumps([decision])}
    assert client.post(f"{API}/check", data=form).get_json()["wording"] == "kept on advice"


def test_a_decision_that_falls_short_or_lapsed_is_told(client: FlaskClient) -> None:
    short = {
        "entry": "refuse-sex",
        "wording": "No women",
        "sentence": "No women.",
        "reason": "It is so.",
        "kept_by": "Lee",
        "approved_by": ["Dana"],
        "approved_on": "2026-01-05",
    }
    report = post(client, "/check", {"text": "No women.", "decisions": [short]})[1]
    assert report["wording"] == "do not publish yet"
    assert "Two different people" in report["notes"][0]["why"]
    report = post(client, "/check", {"text": "A clerk.", "decisions": [short]})[1]
    assert "no longer applies" in report["notes"][0]["message"]


@pytest.mark.parametrize(
    "change", [{"approved_on": "2026-02-30"}, {"who": "x"}, {"reason": " "}, {"approved_by": "Dana"}, {"kept_by": None}]
)
def test_a_decision_that_is_none_is_refused(client: FlaskClient, change: dict[str, Any]) -> None:
    good = {"entry": "e", "wording": "w", "sentence": "s", "reason": "r", "kept_by": "k", "approved_on": "2026-01-05"}
    status, problem = post(client, "/check", {"text": "A clerk.", "decisions": [{**good, **change}]})
    assert status == 422
    assert problem["errors"][0]["field"].startswith("decisions.0.")
    for wrong in ("x", "[", '{"a": 1}'):
        form = {"document": (io.BytesIO(b"A clerk."), "a.txt"), "decisions": wrong}
        assert client.post(f"{API}/check", data=form).status_code == 422
    assert post(client, "/keep", {"text": "A clerk.", "finding": 9, "reason": "r", "kept_by": "k"})[0] == 409


def test_statement_says_what_and_why(client: FlaskClient) -> None:
    status, choice = post(client, "/statement", {"text": ADVERT, "post": {"grade": "SEO", "location": "Leeds"}})
    assert status == 200
    assert choice["chosen"] or choice["refused"]
    assert all(statement["reasons"] for statement in choice["chosen"])


def test_batch_answers_each_line_in_order_and_goes_on_after_a_bad_one(client: FlaskClient) -> None:
    lines = [
        {"id": 7, "text": ADVERT},
        "{",
        {"id": "no-text"},
        {"id": "empty", "text": "  "},
        {"id": "last", "text": "Hello you."},
        {"id": 6, "text": "x"},
    ]
    body = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    response = client.post(f"{API}/batch", data=body, content_type="application/x-ndjson")
    results = [json.loads(line) for line in response.data.splitlines()]
    assert [result["id"] for result in results] == [7, "line 2", "no-text", "empty", "last", "line 6"]
    assert [("error" in result) for result in results] == [False, True, True, True, False, True]
    finding = crb(results[0])
    assert ADVERT[finding["start"] : finding["end"]] == finding["text"]
    assert finding["suggestions"] == ["DBS check"]


def test_batch_streams_before_the_last_line_is_there() -> None:
    app = create_app(WebSettings(), Settings())
    seen: list[int] = []

    class Slow(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readline(self, _size: int | None = -1, /) -> bytes:
            seen.append(1)
            return json.dumps({"id": len(seen), "text": "Hello you."}).encode() + b"\n" if len(seen) < 4 else b""

        def readinto(self, buffer: Any, /) -> int:
            line = self.readline()
            buffer[: len(line)] = line
            return len(line)

    environ = {"wsgi.input": Slow(), "wsgi.input_terminated": True, "CONTENT_TYPE": "application/x-ndjson"}
    response = app.test_client().post(f"{API}/batch", environ_overrides=environ, buffered=False)
    first = next(iter(response.response))
    assert json.loads(first)["id"] == 1
    assert len(seen) < 4
    response.close()


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "json"),
        (b"\xff\xfe", "application/json", 400, "json"),
        (b"[" * 100_000, "application/json", 400, "json"),
        (b"[]", "application/json", 422, "fields"),
        (b'{"text": 5}', "application/json", 422, "fields"),
        (b'{"text": "a", "txet": "b"}', "application/json", 422, "fields"),
        (b'{"text": "a", "profile": "../../etc/passwd"}', "application/json", 422, "profile"),
        (b'{"text": "\\ud800 lonely"}', "application/json", 422, "fields"),
        (b"text=a", "application/x-www-form-urlencoded", 415, "media-type"),
        (b"", "", 415, "media-type"),
    ],
)
def test_a_bad_request_gets_a_problem_document(
    client: FlaskClient, body: bytes, kind: str, status: int, code: str
) -> None:
    response = client.post(f"{API}/check", data=body, content_type=kind)
    problem = response.get_json(force=True)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]
    assert problem["request_id"] == response.headers["X-Request-ID"]


def test_errors_that_http_names_are_problem_documents_too(client: FlaskClient) -> None:
    for response, status in (
        (client.get(f"{API}/nowhere"), 404),
        (client.get(f"{API}/check"), 405),
        (client.get(f"{API}/entries/none"), 404),
    ):
        assert response.status_code == status
        assert response.content_type == "application/problem+json"
    assert "POST" in client.get(f"{API}/check").headers["Allow"]


def test_too_large_a_body_is_refused() -> None:
    client = create_app(WebSettings(upload_bytes=1000), Settings()).test_client()
    status, problem = post(client, "/check", {"text": "x" * 2000})
    assert (status, problem["status"]) == (413, 413)


def test_entries_come_in_pages(client: FlaskClient) -> None:
    everything = client.get(f"{API}/entries?limit=1000").get_json()
    page = client.get(f"{API}/entries?limit=1&offset=1").get_json()
    assert everything["total"] == len(everything["entries"])
    assert page["entries"] == everything["entries"][1:2]
    assert client.get(f"{API}/entries/stale-crb").get_json()["sources"]
    assert client.get(f"{API}/entries?limit=many").status_code == 422
    assert "stale-crb" in [entry["id"] for entry in client.get(f"{API}/entries?q=crb").get_json()["entries"]]


def test_profiles_are_listed_and_can_be_used(client: FlaskClient) -> None:
    names = [profile["name"] for profile in client.get(f"{API}/profiles").get_json()["profiles"]]
    assert names[0] == "generic"
    assert post(client, "/check", {"text": ADVERT, "profile": names[-1]})[0] == 200


def test_a_key_is_needed_as_soon_as_others_can_reach_the_server() -> None:
    key, digest = new_key()
    for web in (WebSettings(host="0.0.0.0", api_keys={"hr": digest}), WebSettings(api_keys={"hr": digest})):
        client = create_app(web, Settings()).test_client()
        assert client.get(f"{API}/profiles").status_code == 401
        assert client.get(f"{API}/profiles", headers={"X-API-Key": key + "x"}).status_code == 401
        assert client.get(f"{API}/profiles", headers={"X-API-Key": key}).status_code == 200
        assert client.get("/metrics").status_code == 401
        assert client.get(f"{API}/health").status_code == 200
        assert client.get("/privacy").status_code == 200
    assert create_app(WebSettings(host="0.0.0.0"), Settings()).test_client().get(f"{API}/profiles").status_code == 401


def test_each_key_has_its_own_rate() -> None:
    (one, hash_one), (two, hash_two) = new_key(), new_key()
    client = create_app(
        WebSettings(api_keys={"a": hash_one, "b": hash_two}, api_rate="2 per minute"), Settings()
    ).test_client()
    statuses = [client.get(f"{API}/profiles", headers={"X-API-Key": key}).status_code for key in (one, one, one, two)]
    assert statuses == [200, 200, 429, 200]
    refused = client.get(f"{API}/profiles", headers={"X-API-Key": one})
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.get_json(force=True)["code"] == "too-many-requests"
    assert client.get(f"{API}/health").status_code == 200


def test_keys_are_kept_as_hashes_and_the_environment_is_read_with_care() -> None:
    key, digest = new_key()
    web = WebSettings.from_environment(
        {"INCLUSIVE_ADS_API_KEYS": f"hr={digest}", "INCLUSIVE_ADS_PORT": "9000", "INCLUSIVE_ADS_HTTPS": "true"}
    )
    assert (web.caller(key), web.caller("guess"), web.port, web.https) == ("hr", None, 9000, True)
    assert key not in repr(web)
    assert WebSettings.from_environment({}, host="0.0.0.0").host == "0.0.0.0"
    assert not WebSettings(host="0.0.0.0").loopback
    assert [WebSettings(host=host).loopback for host in ("127.0.0.1", "localhost", "::1", "example.org")] == [
        True,
        True,
        True,
        False,
    ]
    # What a hosting platform sets beside ours is none of our business.
    assert WebSettings.from_environment({"INCLUSIVE_ADS_SERVICE_HOST": "10.0.0.1"}).loopback
    for wrong in (
        {"INCLUSIVE_ADS_PORT": "many"},
        {"INCLUSIVE_ADS_API_KEYS": "hr=secret"},
        {"INCLUSIVE_ADS_HTTPS": "perhaps"},
        {"INCLUSIVE_ADS_PORT": "82000"},
        {"INCLUSIVE_ADS_THREADS": "4"},
        {"INCLUSIVE_ADS_WORKERS": "0"},
        {"INCLUSIVE_ADS_PAGE_RATE": "lots"},
        {"INCLUSIVE_ADS_API_KEY": "hr=x"},
    ):
        with pytest.raises(SettingsError, match=next(iter(wrong))):
            WebSettings.from_environment(wrong)


def test_request_ids_are_taken_over_only_when_they_are_plain(client: FlaskClient) -> None:
    given = client.get(f"{API}/health", headers={"X-Request-ID": "ats-12345678"}).headers["X-Request-ID"]
    assert given == "ats-12345678"
    made = client.get(f"{API}/health", headers={"X-Request-ID": "<b>odd</b> one"}).headers["X-Request-ID"]
    assert len(made) == 32


def test_neither_logs_nor_metrics_nor_faults_hold_the_advert(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    text = f"We seek a {SECRET} manager. A CRB check."
    post(client, "/check", {"text": text})
    post(client, "/check", {"text": text, SECRET: 1})
    client.get(f"/guide?q={SECRET}")
    line = json.dumps({"id": 1, "text": text})
    with client.post(f"{API}/batch", data=line, content_type="application/x-ndjson") as answer:
        assert '"id": 1' in answer.text  # a batch is logged when its last line is out

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"cannot handle {SECRET}")

    monkeypatch.setattr(Work, "check", fail)
    status, problem = post(client, "/check", {"text": text})
    assert (status, problem["code"]) == (500, "fault")
    assert SECRET not in json.dumps(problem)
    records = [str(vars(record)) for record in caplog.records]
    assert any("RuntimeError" in record for record in records)
    assert len(records) >= 6
    assert not [record for record in records if SECRET in record]
    assert SECRET not in client.get("/metrics").text


def test_metrics_count_by_route(client: FlaskClient) -> None:
    def counted() -> int:
        lines = client.get("/metrics").text.splitlines()
        start = f'inclusive_ads_requests_total{{route="{API}/health",method="GET",status="200"}} '
        return sum(int(line.removeprefix(start)) for line in lines if line.startswith(start))

    before = counted()
    client.get(f"{API}/health")
    assert counted() == before + 1


def test_the_published_description_is_current() -> None:
    app = create_app(WebSettings(api_keys={"example": new_key()[1]}), Settings())
    file = Path(__file__).parents[1] / "docs" / "openapi.json"
    assert file.read_text(encoding="utf-8") == published(app), (
        "run: .venv/bin/python -m inclusive_ads_web > docs/openapi.json"
    )
