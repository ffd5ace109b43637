"""Somebody who uses a server: each kind of request, with an address of their own, and how long the answer took."""

from __future__ import annotations

import http.client
import json
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.adverts import ROOT

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
WORD = next((ROOT / "tests" / "adverts").rglob("*.docx"))
GIANT = 199_000  # characters
BATCH = 500  # adverts


@dataclass
class Answer:
    status: int
    seconds: float
    text: str = ""


class Person:
    """Someone with an address of their own, who makes one kind of request after another."""

    def __init__(self, port: int, number: int, adverts: list[str]) -> None:
        self._port = port
        self._from = f"127.0.{1 + number // 250}.{1 + number % 250}"
        self._choose = random.Random(number)
        self._adverts = adverts
        self._cookie = ""
        self.kinds: dict[str, Callable[[], Answer]] = {
            "start page": lambda: self.ask("GET", "/"),
            "guide page": lambda: self.ask("GET", "/guide"),
            "result page": self.result,
            "API check": self.check,
            "API upload": self.upload,
            "too large": lambda: self.ask("POST", "/api/v2/check", b"", {**JSON, "Content-Length": "9000000"}),
            "not JSON": lambda: self.ask("POST", "/api/v2/check", b"{", JSON),
            "no such page": lambda: self.ask("GET", "/../../etc/passwd"),
            "no token": lambda: self.ask("POST", "/result", b"advert=x", FORM),
        }
        self.heavy: dict[str, Callable[[], Answer]] = {
            "giant advert": self.giant,
            "batch of 500": self.batch,
        }

    def any(self) -> str:
        return self._choose.choices(list(self.kinds), weights=(3, 1, 4, 6, 2, 1, 1, 1, 1))[0]

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60, source_address=(self._from, 0))
        began = time.perf_counter()
        try:
            line.request(method, path, body, {"Cookie": self._cookie, **(headers or {})})
            answer = line.getresponse()
            text = answer.read()
        except OSError as error:
            return Answer(0, time.perf_counter() - began, type(error).__name__)
        finally:
            line.close()
        self._cookie = (answer.getheader("Set-Cookie") or self._cookie).partition(";")[0]
        return Answer(answer.status, time.perf_counter() - began, text.decode(errors="replace"))

    def check(self) -> Answer:
        body = json.dumps({"text": self._choose.choice(self._adverts)}).encode()
        return self.ask("POST", "/api/v2/check", body, JSON)

    def upload(self) -> Answer:
        head = b'--edge\r\nContent-Disposition: form-data; name="document"; filename="advert.docx"\r\n\r\n'
        body = head + WORD.read_bytes() + b"\r\n--edge--\r\n"
        return self.ask("POST", "/api/v2/check", body, {"Content-Type": "multipart/form-data; boundary=edge"})

    def health(self) -> Answer:
        return self.ask("GET", "/api/v2/" + self._choose.choice(("health", "ready")))

    def giant(self) -> Answer:
        text = "\n\n".join(self._choose.choices(self._adverts, k=GIANT // 1000))[:GIANT]
        return self.ask("POST", "/api/v2/fix", json.dumps({"text": text}).encode(), JSON)

    def batch(self) -> Answer:
        lines = (json.dumps({"id": n, "text": self._choose.choice(self._adverts)}) for n in range(BATCH))
        kind = {"Content-Type": "application/x-ndjson"}
        return self.ask("POST", "/api/v2/batch", "\n".join(lines).encode(), kind)

    def result(self) -> Answer:
        page = self.ask("GET", "/").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        if token is None:
            return Answer(0, 0.0)
        fields = {"csrf_token": token[1], "profile": "generic", "advert": self._choose.choice(self._adverts)}
        return self.ask("POST", "/result", urlencode(fields).encode(), FORM)
