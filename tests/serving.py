"""A real server in the tests' own process, and how to ask it."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings
from inclusive_ads_web.server import Server, make_server

API = "/api/v2"
OFTEN = "100000 per minute"
JSON = {"Content-Type": "application/json"}
LINES = {"Content-Type": "application/x-ndjson"}
ADVERT = json.dumps({"text": "An enhanced CRB check is needed."}).encode()
LONG = json.dumps({"text": ("We want a young and dynamic salesman. He is fit. " * 4000)[:190_000]}).encode()

SOME = json.dumps({"text": "We want a young and dynamic salesman. He is fit.\n" * 100}).encode()


def web(**more: Any) -> WebSettings:
    rates = dict.fromkeys(("page_rate", "api_rate", "writing_rate"), OFTEN)
    return WebSettings(port=0, character_rate="1000000000 per minute", **{**rates, **more})


@contextmanager
def running(
    settings: WebSettings, reread: Callable[[], WebSettings] | None = None, checks: Settings | None = None
) -> Iterator[Server]:
    checks = checks or Settings()
    server = Server(settings, checks, reread) if reread else make_server(settings, checks)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join(timeout=20)
        assert not thread.is_alive()


def ask(
    port: int, path: str, body: bytes | None = None, headers: dict[str, str] | None = None, source: str = "127.0.0.1"
) -> tuple[int, dict[str, str], bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120, source_address=(source, 0))
    try:
        line.request("GET" if body is None else "POST", path, body, headers or {})
        answer = line.getresponse()
        return answer.status, {name.title(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        line.close()


def exchange(port: int, sent: bytes) -> tuple[bytes, bytes]:
    """Head and body of what comes back for bytes as they stand."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(sent)
        answer = b""
        while part := line.recv(65536):
            answer += part
    top, _, body = answer.partition(b"\r\n\r\n")
    return top, body


def head(path: str, size: int, kind: str = "application/json") -> bytes:
    text = f"POST {API}{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n"
    return text.encode() + b"Connection: close\r\n\r\n"


def seconds_of_health(port: int, times: int = 15) -> float:
    """The middle of so many: one may meet a busy machine."""
    taken = []
    for number in range(times):
        began = time.perf_counter()
        assert ask(port, f"{API}/{'health' if number % 2 else 'ready'}")[0] == 200
        taken.append(time.perf_counter() - began)
    return sorted(taken)[times // 2]
