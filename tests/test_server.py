"""The server as it runs: workers, an orderly end, options read anew; over real connections."""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from serving import ADVERT, API, JSON, LINES, LONG, OFTEN, SOME, ask, running, seconds_of_health, web

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings, create_app, new_key
from inclusive_ads_web.observe import memory
from inclusive_ads_web.server import Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    slow = {"read_seconds": 3, "write_seconds": 3, "request_seconds": 3}
    with running(web(**slow, upload_bytes=4_000_000)) as found:
        yield found


# Work


def test_an_answer_of_a_worker_is_that_of_the_app(server: Server) -> None:
    pool = server.app.extensions["inclusive_ads_pool"]
    here = pool and server.app.extensions.pop("inclusive_ads_pool")
    try:
        alone = server.app.test_client().post(f"{API}/check", data=ADVERT, headers=JSON)
    finally:
        server.app.extensions["inclusive_ads_pool"] = here
    status, headers, body = ask(server.effective_port, f"{API}/check", ADVERT, {**JSON, "X-Request-ID": "my-request-1"})
    assert (status, body) == (200, alone.data)
    assert headers["X-Request-Id"] == "my-request-1"
    assert not [name for name in headers if "wording" in name.lower()]
    assert set(headers) - {"Date", "Via", "Connection"} == {name.title() for name in dict(alone.headers)}


def test_pages_and_forms_work_through_workers(server: Server) -> None:
    port = server.effective_port
    _, headers, page = ask(port, "/")
    token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": headers["Set-Cookie"].split(";")[0]}
    fields = b"profile=generic&advert=An+enhanced+CRB+check+is+needed.&csrf_token=" + token[1]
    status, headers, page = ask(port, "/result", fields, form)
    assert status == 200
    nonce = re.search(r"'nonce-([^']+)'", headers["Content-Security-Policy"])
    assert nonce
    assert f'nonce="{nonce[1]}"'.encode() in page
    assert ask(port, "/result", b"advert=x", form)[0] == 400


def test_health_is_answered_while_all_workers_are_busy(server: Server) -> None:
    port = server.effective_port
    threads = [threading.Thread(target=ask, args=(port, f"{API}/fix", LONG, JSON, f"127.0.0.{n}")) for n in range(2, 9)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    assert seconds_of_health(port) < 0.1
    for thread in threads:
        thread.join()
    assert ask(port, f"{API}/check", ADVERT, JSON)[0] == 200


def test_the_system_lets_the_server_run_before_its_workers(server: Server) -> None:
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    workers = server.app.extensions["inclusive_ads_pool"].processes
    assert workers
    assert all(os.getpriority(os.PRIO_PROCESS, worker) > ours for worker in workers)


def test_work_that_takes_too_long_is_ended_and_the_next_is_done(server: Server) -> None:
    port = server.effective_port
    status, headers, body = ask(port, f"{API}/fix", LONG, JSON)
    assert (status, json.loads(body)["code"]) == (503, "too-much-work")
    assert "Retry-After" not in headers  # to wait would not help
    assert ask(port, f"{API}/check", ADVERT, JSON)[0] == 200
    lines = [{"id": 1, "text": "A clerk."}, {"id": 2, **json.loads(LONG)}, {"id": 3, "text": "A clerk."}]
    body = "".join(json.dumps(line) + "\n" for line in lines).encode()
    answers = [json.loads(line) for line in ask(port, f"{API}/batch", body, LINES)[2].splitlines()]
    assert [answer["id"] for answer in answers] == [1, 2, 3]
    assert ["error" in answer for answer in answers] == [False, True, False]
    assert "3 seconds" in answers[1]["error"]


def kill(processes: list[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):  # an idle one that was killed is replaced when its turn comes
            os.kill(process, signal.SIGKILL)


def test_a_worker_that_is_killed_is_replaced(server: Server) -> None:
    pool, port = server.app.extensions["inclusive_ads_pool"], server.effective_port
    for _ in range(3):
        kill(pool.processes)
        time.sleep(0.2)
        for _ in pool.processes:
            assert ask(port, f"{API}/check", ADVERT, JSON)[0] == 200
    before = pool.processes
    thread = threading.Thread(target=ask, args=(port, f"{API}/fix", LONG, JSON))
    thread.start()
    time.sleep(0.2)
    kill(before)
    thread.join()
    assert ask(port, f"{API}/check", ADVERT, JSON)[0] == 200


def test_very_many_findings_are_cut_and_that_is_said() -> None:
    client = create_app(web(), Settings()).test_client()
    advert = {"text": "We want a salesman.\n" * 1200}
    report = client.post(f"{API}/check", json=advert).get_json()
    batch = client.post(f"{API}/batch", data=json.dumps({"id": 1, **advert}), headers=LINES)
    for answer in (report, json.loads(batch.data)):
        assert (len(answer["findings"]), answer["findings_left_out"]) == (1000, 200)


def test_large_uploads_leave_no_memory_behind(server: Server) -> None:
    pool, port = server.app.extensions["inclusive_ads_pool"], server.effective_port
    edge = b'--edge\r\nContent-Disposition: form-data; name="document"; filename="%s"\r\n\r\n%s\r\n--edge--\r\n'
    form = {"Content-Type": "multipart/form-data; boundary=edge"}

    def held() -> int:
        return memory() + sum(map(memory, pool.processes))

    before = held()
    for _ in range(5):
        for name, data in (
            (b"a.html", b"<b></b>" * 550_000),
            (b"a.eml", b"MIME-Version: 1.0\n\n" + b"\n" * 3_800_000),
            (b"a.txt", b"A clerk." + b"\nx" * 40_000),
        ):
            assert ask(port, f"{API}/check", edge % (name, data), form)[0] in {200, 422}
    time.sleep(2)
    assert held() - before < 100 << 20


# Options read anew, and the end


def test_keys_are_read_anew_and_a_mistake_changes_nothing(tmp_path: Path) -> None:
    (one, first), (two, second) = new_key(), new_key()
    keys = tmp_path / "keys"

    def read() -> WebSettings:
        given = {"INCLUSIVE_ADS_KEYS_FILE": str(keys)}
        return WebSettings.from_environment(given, port=0, workers=1, api_rate=OFTEN)

    keys.write_text(f"# who\nold={first}\n", encoding="utf-8")
    with running(read(), read) as server:
        port = server.effective_port

        def status(key: str) -> int:
            return ask(port, f"{API}/profiles", None, {"X-API-Key": key})[0]

        assert (status(one), status(two)) == (200, 401)
        keys.write_text("not a key\n", encoding="utf-8")
        server._reload()
        assert (status(one), status(two)) == (200, 401)
        keys.write_text(f"new={second}\n", encoding="utf-8")
        server._reload()
        assert (status(one), status(two)) == (401, 200)
        assert ask(port, f"{API}/check", ADVERT, {**JSON, "X-API-Key": two})[0] == 200


def test_a_search_for_garbage_is_short_while_a_server_answers() -> None:
    """One through all that a checker holds takes up to a second, in which health would not be answered."""
    with running(web()) as server:
        assert len(gc.get_objects()) < 50_000
        for _ in range(3):
            server._reload()
        assert len(gc.get_objects()) < 100_000


def test_an_ending_server_finishes_what_it_has_begun(tmp_path: Path) -> None:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = place.getsockname()[1]
    command = [sys.executable, "-m", "inclusive_ads", "serve", "--port", str(port)]
    log = tmp_path / "log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**os.environ, "INCLUSIVE_ADS_API_RATE": OFTEN, "INCLUSIVE_ADS_CHARACTER_RATE": "100000000 per minute"},
        )
        try:
            assert process.stdout
            assert process.stdout.readline().startswith(b"Open http")
            found: list[tuple[int, dict[str, str], bytes]] = []
            body = b"".join(b'{"id": %d, "text": "A chairman and a clerk."}\n' % n for n in range(100))
            threads = [
                threading.Thread(target=lambda: found.append(ask(port, f"{API}/batch", body, LINES))),
                threading.Thread(target=lambda: found.append(ask(port, f"{API}/fix", SOME, JSON, "127.0.0.2"))),
            ]
            for thread in threads:
                thread.start()
            time.sleep(0.5)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.7)
            status, headers, _ = ask(port, f"{API}/ready")
            assert (status, headers["Retry-After"]) == (503, "5")
            assert ask(port, f"{API}/health")[0] == 200
            for thread in threads:
                thread.join()
            assert [status for status, _, _ in found] == [200, 200]
            assert 100 in [len(answer.splitlines()) for _, _, answer in found]
            assert process.wait(timeout=40) == 0
        finally:
            process.kill()
            process.wait()
            assert process.stdout
            process.stdout.close()
    assert "Traceback" not in log.read_text(encoding="utf-8")


# What is told of it


def test_metrics_tell_of_batches_verdicts_and_memory(server: Server) -> None:
    port = server.effective_port

    def told(name: str) -> float:
        text = ask(port, "/metrics")[2].decode()
        found = re.search(rf"^inclusive_ads_{re.escape(name)} (\S+)$", text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    ready, lines, errors = 'adverts_total{wording="ready"}', "batch_lines_total", "batch_errors_total"
    before = [told(name) for name in (ready, lines, errors)]
    body = b'{"id": 1, "text": "An enhanced CRB check is needed."}\n{"id": "\\ud800"}\n{"id": 3, "text": "A clerk."}\n'
    assert ask(port, f"{API}/batch", body, LINES)[0] == 200
    assert ask(port, f"{API}/check", ADVERT, JSON)[0] == 200
    time.sleep(0.2)
    after = [told(name) for name in (ready, lines, errors)]
    assert [new - old for new, old in zip(after, before, strict=True)] == [3, 3, 1]
    assert told("requests_at_work") == 1  # the one that asks
    assert told("workers") == 2
    assert told("workers_memory_bytes") > 10_000_000
    assert told("memory_bytes") > 10_000_000
