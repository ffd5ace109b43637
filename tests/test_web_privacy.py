"""An advert passes through the server and leaves nothing behind: no file is opened for writing, nobody is called."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import tempfile
import threading
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError

import pytest

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings
from inclusive_ads_web.server import make_server

# All in this process, where the watch sees it; a worker runs the same app.
IN_SIGHT = WebSettings(port=0, workers=0, character_rate="1000000000 per minute")
BIG = 800_000  # bytes: more than waitress and Werkzeug keep in memory unless told to
Send = Callable[..., str]

seen: list[str] = []
watching = threading.Event()


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook, which sees everything that this process opens or calls."""
    if not watching.is_set():
        return
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and path != os.devnull:
            seen.append(f"wrote {path}")
    elif event.startswith("tempfile."):
        seen.append(event)
    elif event == "socket.connect":
        address = arguments[1]
        if not (isinstance(address, tuple) and address[0] == "127.0.0.1"):
            seen.append(f"called {address}")


sys.addaudithook(watch)


@pytest.fixture(scope="module")
def send() -> Iterator[Send]:
    server = make_server(IN_SIGHT, Settings(max_characters=3_000_000))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(path: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded") -> str:
        address = f"http://127.0.0.1:{server.effective_port}{path}"
        asked = urllib.request.Request(address, data=body, headers={"Content-Type": kind})
        try:
            answer = opener.open(asked, timeout=60)
        except HTTPError as refused:
            answer = refused
        with answer:
            return str(answer.read().decode(errors="replace"))

    yield ask
    server.close()
    thread.join(timeout=10)


def form(**fields: str) -> tuple[bytes, str]:
    """A form with a file, as browsers send it."""
    parts = b""
    for name, value in fields.items():
        file = '; filename="advert.txt"' if name in ("document", "adverts") else ""
        parts += f'--edge\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode()
        parts += value.encode("latin-1" if name == "adverts" else "utf-8") + b"\r\n"
    return parts + b"--edge--\r\n", "multipart/form-data; boundary=edge"


def zipped(text: str) -> str:
    """A zip of one advert, each byte a character."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:  # not packed: what repeats itself so much would be taken for a bomb
        archive.writestr("advert.txt", text)
    return target.getvalue().decode("latin-1")


def every_way_in(send: Send, filler: str) -> None:
    text = f"An enhanced CRB check is needed.\n{filler}"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', send("/"))
    assert token
    page = send("/result", *form(csrf_token=token.group(1), profile="generic", document=text))
    carried = re.search(r"<div id=\"carried\">.*?</div>", page, re.DOTALL)
    assert carried
    hidden = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', carried[0])}
    assert hidden["source"]
    take = re.search(r'value="(take:\w+:0)"', page)
    assert take
    taken = send("/result", *form(**hidden, text=text, do=take[1]))
    progress = re.search(r'name="progress" value="([^"]*)"', taken)
    assert progress
    fixed = text.replace("CRB", "DBS")
    at_work = {**hidden, "progress": unescape(progress[1]), "text": fixed}
    for kind in ("txt", "md", "html", "report"):
        assert "DBS" in send("/download", *form(**at_work, kind=kind))
    for do in ("undo", "check", "finish"):
        assert "CRB" in send("/result", *form(**at_work, do=do))
    assert "DBS" in send("/edit", *form(**at_work))
    assert "DBS" in send("/result", *form(**{**at_work, "csrf_token": "of yesterday"}))
    assert "stale-crb" in send("/api/v2/check", json.dumps({"text": text}).encode(), "application/json")
    assert "stale-crb" in send("/api/v2/check", *form(document=text))
    line = json.dumps({"id": 1, "text": text}).encode()
    assert "stale-crb" in send("/api/v2/batch", line, "application/x-ndjson")
    assert "improved-adverts.jsonl" in send("/api/v2/folder", *form(adverts=zipped(text)))


def test_the_watch_sees_what_it_should(tmp_path: Path) -> None:
    seen.clear()
    watching.set()
    (tmp_path / "x").write_text("x", encoding="utf-8")
    tempfile.TemporaryFile().close()
    watching.clear()
    assert [what for what in seen if what.endswith("/x")]
    assert len(seen) >= 2
    seen.clear()


@pytest.mark.parametrize("size", [100, BIG])
def test_no_advert_reaches_a_disk_or_another_machine(send: Send, size: int) -> None:
    every_way_in(send, "Small.")  # what is loaded at first use may be compiled and cached: that is code, not adverts
    seen.clear()
    watching.set()
    try:
        every_way_in(send, f"You will keep the rota.{' ' * size}\nYou will answer letters.")
    finally:
        watching.clear()
    assert seen == []
