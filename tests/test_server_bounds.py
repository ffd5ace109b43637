"""What nobody can take from others: bounds on work, memory, connections and slow clients, over real connections."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from serving import ADVERT, API, JSON, LINES, OFTEN, ask, exchange, head, running, seconds_of_health, web

from inclusive_ads_web import WebSettings
from inclusive_ads_web.gate import Gate
from inclusive_ads_web.problems import Problem
from inclusive_ads_web.server import Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    slow = {"read_seconds": 3, "write_seconds": 3, "request_seconds": 3}
    with running(web(**slow, upload_bytes=4_000_000)) as found:
        yield found


# Bounds


def test_a_gate_lets_in_so_many_of_each_and_of_all() -> None:
    gate = Gate(3, each=2, queue=2, patience=0.05)
    leave = [gate.enter("a"), gate.enter("a")]
    with pytest.raises(Problem) as mine:
        gate.enter("a")
    assert (mine.value.status, mine.value.code) == (429, "at-once")
    leave.append(gate.enter("b"))
    with pytest.raises(Problem) as all_taken:
        gate.enter("c")
    assert (all_taken.value.status, all_taken.value.code) == (503, "busy")
    leave[0]()
    leave[0]()  # twice gives one place back
    assert gate.working == 2
    with gate.place("c"):
        assert gate.working == 3
    assert (gate.working, gate.waiting) == (2, 0)


def test_who_waits_gets_the_place_and_too_many_are_told_so() -> None:
    gate = Gate(1, each=1, queue=2, patience=5)
    leave = gate.enter("a")
    entered: list[str] = []

    def wait(caller: str) -> None:
        with gate.place(caller):
            entered.append(caller)

    waiting = [threading.Thread(target=wait, args=(name,)) for name in ("b", "c")]
    for thread in waiting:
        thread.start()
    while gate.waiting < 2:
        time.sleep(0.01)
    with pytest.raises(Problem):
        gate.enter("d")
    leave()
    for thread in waiting:
        thread.join()
    assert sorted(entered) == ["b", "c"]
    assert (gate.working, gate.waiting) == (0, 0)


def test_one_caller_has_one_batch_at_a_time_and_gets_the_place_back(server: Server) -> None:
    port, body = server.effective_port, b"".join(b'{"id": %d, "text": "A clerk."}\n' % n for n in range(400))
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(head("/batch", len(body), LINES["Content-Type"]) + body)
        assert line.recv(10)
        status, headers, answer = ask(port, f"{API}/batch", body, LINES)
        assert (status, json.loads(answer)["code"]) == (429, "at-once")
        assert headers["Retry-After"] == "1"
        while line.recv(65536):
            pass
    assert ask(port, f"{API}/batch", body, LINES)[0] == 200


def test_characters_are_counted_and_not_only_requests() -> None:
    settings = WebSettings(port=0, api_rate=OFTEN, character_rate="1000 per minute", workers=0)
    with running(settings) as server:
        body = json.dumps({"text": "A clerk. " * 40}).encode()
        answers = [ask(server.effective_port, f"{API}/check", body, JSON) for _ in range(3)]
        assert [status for status, _, _ in answers] == [200, 200, 429]
        assert 0 < int(answers[2][1]["Retry-After"]) <= 60
        other = ask(server.effective_port, f"{API}/check", body, JSON, "127.0.0.9")
        assert other[0] == 200


# Slow clients


def test_half_sent_requests_are_given_up_and_stop_nobody(server: Server) -> None:
    port = server.effective_port
    lines = [socket.create_connection(("127.0.0.1", port), source_address=(f"127.0.1.{n % 3}", 0)) for n in range(240)]
    try:
        for number, line in enumerate(lines):
            line.sendall(head("/check", 5000)[:-4] if number % 2 else head("/check", 5000) + b"{")
        assert seconds_of_health(port) < 0.1
        assert ask(port, f"{API}/check", ADVERT, JSON)[0] == 200
        until = time.monotonic() + 20
        while lines and time.monotonic() < until:  # a byte a second does not help
            time.sleep(0.5)
            for line in list(lines):
                try:
                    line.send(b"x")
                except OSError:
                    line.close()
                    lines.remove(line)
        assert not lines
    finally:
        for line in lines:
            line.close()


def test_one_address_has_only_so_many_connections() -> None:
    with running(web(workers=0, connections=10)) as server:
        lines = [socket.create_connection(("127.0.0.1", server.effective_port)) for _ in range(20)]
        time.sleep(1)
        assert sum(line.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK) == b"" for line in lines[10:]) == 10
        assert ask(server.effective_port, f"{API}/health", source="127.0.0.7")[0] == 200
        for line in lines:
            line.close()


def test_a_batch_that_nobody_reads_is_given_up(server: Server) -> None:
    port = server.effective_port
    text = "We want a young and dynamic salesman, a chairman and a handyman. " * 25
    body = b"".join(json.dumps({"id": n, "text": text}).encode() + b"\n" for n in range(2000))
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", port))
        line.sendall(head("/batch", len(body), LINES["Content-Type"]) + body)
        batches = server.app.extensions["inclusive_ads_batches"]
        until = time.monotonic() + 20
        while not batches.working and time.monotonic() < until:
            time.sleep(0.05)
        assert batches.working == 1
        assert seconds_of_health(port) < 0.1
        until = time.monotonic() + 90
        while batches.working and time.monotonic() < until:
            time.sleep(0.2)
        assert not batches.working


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (head("/check", 4_000_001), b"413"),
        (head("/nowhere", 10**15), b"413"),
        (b"POST /result HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 32_800 + b"\r\n\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"GET\r\n\r\n", b"400"),
    ],
)
def test_what_is_refused_before_the_app_is_a_problem_document_too(
    server: Server, request_: bytes, status: bytes
) -> None:
    top, body = exchange(server.effective_port, request_)
    assert top.split(b" ")[1] == status
    problem = json.loads(body)
    assert b"application/problem+json" in top
    assert problem["request_id"].encode() in top
    assert str(problem["status"]).encode() == status
    assert b"Retry-After" not in top


def test_a_browser_gets_the_ordinary_page_for_a_file_that_is_too_large(server: Server) -> None:
    browser = b"POST /result HTTP/1.1\r\nHost: localhost\r\nAccept: text/html,*/*\r\nContent-Length: 99999999\r\n\r\n"
    top, body = exchange(server.effective_port, browser)
    assert top.startswith(b"HTTP/1.1 413 ")
    assert b"Content-Security-Policy" in top
    page = HTMLParser(body.decode())
    assert page.css_first("h1").text() == "The file or text is too large"
    assert "4 MB at most" in page.css_first("main").text()
    assert page.css_first(".app-secondary").text().split()[-1].encode() in top


def test_a_refusal_is_read_to_its_end_by_a_client_that_goes_on_sending(server: Server) -> None:
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", server.effective_port), timeout=30) as line:
            line.sendall(head("/check", 30_000_000) + b"x" * 3_000_000)
            line.sendall(b"x" * 3_000_000)
            answer = b""
            while part := line.recv(65536):
                answer += part
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == 413


def test_a_batch_has_a_time_in_all_and_says_where_to_go_on() -> None:
    text = "We want a young and dynamic salesman, a chairman and a handyman. " * 25
    body = b"".join(json.dumps({"id": n, "text": text}).encode() + b"\n" for n in range(1, 2001))
    with running(web(batch_seconds=1)) as server:
        status, _, answer = ask(server.effective_port, f"{API}/batch", body, LINES)
        lines = [json.loads(line) for line in answer.splitlines()]
        assert status == 200
        assert 0 < len(lines) < 2000
        assert [line["id"] for line in lines] == list(range(1, len(lines) + 1))
        assert lines[-1]["error"] == "A batch has 1 seconds in all. Send this line and all below it again."
        assert all("error" not in line for line in lines[:-1])
        assert ask(server.effective_port, f"{API}/batch", body[: body.index(b"\n") + 1], LINES)[0] == 200
