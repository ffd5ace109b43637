"""The configuration for nginx as it is documented: the file itself, in front of a real server."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings
from inclusive_ads_web.server import make_server

FILE = Path(__file__).parents[1] / "examples" / "server" / "nginx.conf"
MAIN = """daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; include {folder}/site.conf; }}
"""


def test_braces_and_quotes_of_the_configuration_close() -> None:
    text = "\n".join(line.partition("# ")[0] for line in FILE.read_text(encoding="utf-8").splitlines())
    assert text.count("{") == text.count("}")
    assert text.count("'") == 2
    body = text.partition("'")[2].partition("'")[0].removesuffix("\\n")
    assert json.loads(body)["status"] == 413
    outside = text.replace(body, "").splitlines()
    assert all(line.strip().endswith((";", "{", "}")) for line in outside if line.strip())


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx-light)")
    folder = tmp_path_factory.mktemp("nginx")
    server = make_server(WebSettings(port=0, workers=1, trusted_proxy="127.0.0.1", read_seconds=3), Settings())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = int(place.getsockname()[1])
    site = FILE.read_text(encoding="utf-8").replace("127.0.0.1:8000", f"127.0.0.1:{server.effective_port}")
    (folder / "site.conf").write_text(site.replace("listen 8080", f"listen 127.0.0.1:{port}"), encoding="utf-8")
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
    command = ["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command)
    time.sleep(1)
    yield port
    process.terminate()
    process.wait()
    server.close()
    thread.join(timeout=20)
    assert not [each for each in (folder / "body").rglob("*") if each.is_file()]


def ask(port: int, path: str, body: bytes | None = None) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET" if body is None else "POST", path, body, {"Content-Type": "application/json"})
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def test_half_sent_requests_do_not_stop_the_server_behind_it(front: int) -> None:
    lines = [socket.create_connection(("127.0.0.1", front)) for _ in range(45)]
    for line in lines:
        line.sendall(b"POST /api/v2/check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n{")
    began = time.monotonic()
    assert ask(front, "/api/v2/health")[0] == 200
    assert time.monotonic() - began < 1
    for line in lines:
        line.close()


@pytest.mark.parametrize("size", [8_100_000, 9_500_000])
def test_too_large_is_a_problem_document_whoever_refuses_it(front: int, size: int) -> None:
    status, body = ask(front, "/api/v2/check", b" " * size)
    assert status == 413
    assert json.loads(body)["request_id"]


def test_a_browser_is_led_to_the_page_that_says_so(front: int) -> None:
    status, _ = ask(front, "/result", b" " * 9_500_000)
    assert status == 303
    status, page = ask(front, "/too-large")
    assert status == 413
    assert b"The file or text is too large" in page
    assert b"8 MB at most" in page
