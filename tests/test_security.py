"""Attempts on the server: paths, addresses, forms, headers, secrets, slow clients; see docs/security.md."""

from __future__ import annotations

import io
import json
import logging
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings, create_app, new_key
from inclusive_ads_web.server import make_server
from inclusive_ads_web.work import Work

API = "/api/v2"
OFTEN = "100000 per minute"
SECRET = "Quokka-Zanzibar-Secret"
OUTSIDE = (
    "../../../../etc/passwd",
    "/etc/passwd",
    "..\\..\\etc\\passwd",
    "generic/../../en-GB/age.yaml",
    "file:///etc/passwd",
)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(WebSettings(page_rate=OFTEN, api_rate=OFTEN, upload_bytes=2_000_000), Settings()).test_client()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = make_server(WebSettings(port=0, page_rate=OFTEN, api_rate=OFTEN), Settings())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()
    thread.join(timeout=10)


def raw(port: int, request: bytes) -> bytes:
    """What a real server answers to bytes that no honest client would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(request)
        answer = b""
        while part := line.recv(65536):
            answer += part
        return answer


def token(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


# Paths


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_profile_is_a_name_from_the_list_and_never_a_path(client: FlaskClient, name: str, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(f"id: own\ntitle: {SECRET}\n", encoding="utf-8")
    for value in (name, str(own)):
        form = {"csrf_token": token(client), "profile": value, "advert": "A post."}
        again = {"csrf_token": token(client), "profile": value, "source": "QSBwb3N0Lg==", "do": "check", "kind": "txt"}
        answers = [
            client.post(f"{API}/check", json={"text": "A post.", "profile": value}),
            client.post(f"{API}/check", data={"document": (io.BytesIO(b"A post."), "a.txt"), "profile": value}),
            client.post(
                f"{API}/batch", data=b"{}", query_string={"profile": value}, content_type="application/x-ndjson"
            ),
            client.post("/result", data=form),
            *(client.post(path, data=again) for path in ("/result", "/download", "/edit")),
        ]
        assert [answer.status_code for answer in answers] == [422] * 5 + [200] * 2  # the last two read none
        assert not [answer for answer in answers if "root:" in answer.text or SECRET in answer.text]


@pytest.mark.parametrize("field", ["lexicons", "settings", "profile_path", "model", "path", "file", "url"])
def test_a_request_cannot_name_files_or_settings(client: FlaskClient, field: str) -> None:
    asked = {"text": "A post.", field: "/etc"}
    assert client.post(f"{API}/check", json=asked).status_code == 422
    form = {"document": (io.BytesIO(b"A post."), "a.txt"), field: "/etc"}
    assert client.post(f"{API}/check", data=form).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/static/%00",
        "/guide/../../etc/passwd",
        "/guide/%2e%2e%2fapp.py",
    ],
)
def test_nothing_is_served_from_outside_the_static_folder(port: int, path: str) -> None:
    answer = raw(port, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert answer.split(b" ")[1] in {b"404", b"308"}  # two slashes are sent on to one
    assert b"import" not in answer
    assert b"root:" not in answer


# Addresses


@pytest.mark.parametrize(
    "path", ["//example.org", "//example.org/%2f..", "/\\example.org", "/%5cexample.org", "/result?next=//example.org"]
)
def test_no_answer_leads_elsewhere(port: int, path: str) -> None:
    answer = raw(port, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    place = re.search(rb"^Location: (.*)\r$", answer, re.MULTILINE)
    assert place is None or re.match(rb"/(?![/\\])|http://localhost/", place[1])


@pytest.mark.parametrize("host", ["evil.example", "x\r\n y", "^", "[", "a b", "\u00e9"])
def test_a_false_host_never_comes_back_as_a_link_or_a_fault(port: int, host: str) -> None:
    answer = raw(port, f"GET /result HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert answer.split(b" ")[1] in {b"200", b"400"}
    assert b"Location" not in answer
    assert b"//evil" not in answer


def test_what_an_advert_points_to_is_not_fetched(client: FlaskClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as bait:
        place = f"http://127.0.0.1:{bait.getsockname()[1]}/"
        advert = (
            f'<!DOCTYPE html SYSTEM "{place}dtd"><base href="{place}"><link rel="stylesheet" href="{place}css">'
            f'<h1>A post</h1><p>We want a salesman. <img src="{place}png"><iframe src="{place}frame"></iframe>'
            f'<a href="{place}link">apply</a></p>'
        )
        for kind in ("html", "text", "markdown"):
            assert client.post(f"{API}/check", json={"text": advert, "format": kind}).status_code == 200
        assert (
            client.post(f"{API}/check", data={"document": (io.BytesIO(advert.encode()), "a.html")}).status_code == 200
        )
        bait.settimeout(0.2)
        with pytest.raises(TimeoutError):
            bait.accept()


# Forms


@pytest.mark.parametrize("path", ["/result", "/download", "/edit"])
def test_a_form_from_another_page_is_refused(client: FlaskClient, path: str) -> None:
    stranger = create_app(WebSettings(), Settings()).test_client()
    fields = {"profile": "generic", "advert": "A post.", "source": "QSBwb3N0Lg==", "kind": "txt"}
    for given in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": token(stranger)}):
        client.get("/")
        assert client.post(path, data={**fields, **given}).status_code == 400
    assert client.get(path).status_code == (200 if path == "/result" else 405)
    assert client.post(path, data={**fields, "csrf_token": token(client)}).status_code == 200


def test_the_cookie_is_closed_to_scripts_and_to_other_sites() -> None:
    for https in (False, True):
        answer = create_app(WebSettings(https=https), Settings()).test_client().get("/")
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert ("Secure" in cookie) == https
        assert ("Strict-Transport-Security" in answer.headers) == https


# Headers


def test_every_kind_of_answer_carries_the_headers(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = create_app(WebSettings(page_rate="1 per minute", api_keys={"x": new_key()[1]}), Settings()).test_client()
    strict.get("/")
    answers = {
        200: client.get("/static/page.css", buffered=True),
        308: client.get("/guide//stale-crb"),
        400: client.post("/result"),
        401: strict.post(f"{API}/check", json={"text": "x"}),
        404: client.get("/nowhere"),
        405: client.get("/download"),
        413: client.post(f"{API}/check", data=b"x" * 2_000_001, content_type="application/json"),
        415: client.post(f"{API}/check", data=b"x"),
        422: client.post(f"{API}/check", json={}),
        429: strict.get("/"),
    }
    monkeypatch.setattr(Work, "check", lambda *_: 1 / 0)
    answers[500] = client.post(f"{API}/check", json={"text": "x"})
    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Frame-Options"] == "DENY"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert status == 200 or answer.headers["Cache-Control"] == "no-store"
        assert "Server" not in answer.headers


@pytest.mark.parametrize("value", ["x\r\nSet-Cookie: a=b", "x\nSet-Cookie: a=b", "x\r\n\r\n<script>"])
def test_nothing_that_is_sent_becomes_a_header(client: FlaskClient, port: int, value: str) -> None:
    fields = {"csrf_token": token(client), "profile": "generic", "source": "QSBwb3N0Lg==", "name": value}
    answers = [client.post("/download", data={**fields, "kind": kind}) for kind in ("txt", "docx", "report", value)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 422]
    names = [answer.headers.get("Content-Disposition", "") for answer in answers]
    assert names[0] == 'attachment; filename="improved-advert.txt"'
    assert not [name for name in names if "Cookie" in name]
    answer = raw(
        port, f"GET /privacy HTTP/1.1\r\nHost: x\r\nX-Request-ID: {value}\r\nConnection: close\r\n\r\n".encode()
    )
    head = answer.split(b"\r\n\r\n")[0]
    assert b"a=b" not in head
    assert b"<script>" not in head


# Secrets


def test_secrets_stand_in_no_log_answer_or_picture_of_the_settings(caplog: pytest.LogCaptureFixture) -> None:
    key, digest = new_key()
    web = WebSettings(secret=SECRET, api_keys={"hr": digest}, page_rate=OFTEN)
    app = create_app(web, Settings())
    client = app.test_client()
    answers = []
    with caplog.at_level(logging.DEBUG):
        for given in (key, key + "x", SECRET):
            head = {"X-API-Key": given}
            paths = ("/check", "/nowhere", "/fix")
            answers += [client.post(API + path, json={"text": "A post."}, headers=head) for path in paths]
            answers.append(client.get("/metrics", headers=head))
        app.extensions["inclusive_ads"].check = lambda *_: (_ for _ in ()).throw(RuntimeError(key + SECRET))
        answers.append(client.post(f"{API}/check", json={"text": "A post."}, headers={"X-API-Key": key}))
    assert answers[-1].status_code == 500
    told = [repr(web), *(record.getMessage() + repr(record.__dict__) for record in caplog.records)]
    told += [answer.text + str(answer.headers) for answer in answers]
    assert len(told) > 20
    assert not [text for text in told if key in text or SECRET in text]


# Work


def test_half_sent_requests_hold_nobody_up(port: int) -> None:
    half = b"POST /api/v2/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(40)]  # ten for each thread
    try:
        for number, line in enumerate(lines):
            line.sendall(half if number % 2 else b"GET / HTTP/1.1\r\nX-Slow: ")
        body = json.dumps({"text": "An enhanced CRB check is needed."}).encode()
        head = f"POST {API}/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        head += f"Content-Length: {len(body)}\r\n"
        assert b"stale-crb" in raw(port, head.encode() + b"Connection: close\r\n\r\n" + body)
    finally:
        for line in lines:
            line.close()


@pytest.mark.parametrize(
    "smuggled",
    [
        b"Content-Length: 3\r\nTransfer-Encoding: chunked",
        b"Content-Length: 3\r\nContent-Length: 9",
        b"Transfer-Encoding: xchunked",
    ],
)
def test_a_request_with_two_lengths_is_not_taken_for_two_requests(port: int, smuggled: bytes) -> None:
    inner = b"GET /privacy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = raw(
        port, b"POST /result HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + smuggled + b"\r\n\r\n0\r\n\r\n" + inner
    )
    assert answer.count(b"HTTP/1.1 ") == 1
    assert answer.split(b" ")[1] in {b"400", b"501"}
