"""A real server under a mixed load: pages, checks, uploads, bad requests, slow clients and a killed process.

    python -m benchmarks.load --minutes 10 --people 20

Each person has an address of their own (127.0.1.x), as behind a trusted proxy, and reads for a moment between two
requests. One greedy program asks as fast as it can and is turned away; slow clients send half a request, then a byte a
second. Times are from the first byte sent to the last byte read, with everything on this one machine. "Alone" is the
median of twenty requests one after the other, before the load or after it, whichever is lower, so that other work on
the machine does not flatter the load.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.adverts import ROOT, make_adverts

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
WORD = next((ROOT / "tests" / "adverts").rglob("*.docx"))
HELD = 60  # seconds for which a slow client keeps its half of a request
STATED = {"too large": {413}, "not JSON": {400}, "no such page": {404}, "no token": {400}, "greedy": {200, 429, 503}}


@dataclass
class Answer:
    status: int
    seconds: float
    text: str = ""


@dataclass
class Tally:
    """Answers by kind of request."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: Counter[str] = field(default_factory=Counter)
    greedy: Counter[int] = field(default_factory=Counter)
    refused: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, answer: Answer) -> None:
        with self.lock:
            self.seconds[kind].append(answer.seconds)
            if kind == "greedy":
                self.greedy[answer.status] += 1
                if answer.status == 429:
                    self.refused.append(answer.seconds)
            if answer.status not in STATED.get(kind, {200}):
                self.wrong[f"{kind}: {answer.status}"] += 1


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

    def result(self) -> Answer:
        page = self.ask("GET", "/").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        if token is None:
            return Answer(0, 0.0)
        fields = {"csrf_token": token[1], "profile": "generic", "advert": self._choose.choice(self._adverts)}
        return self.ask("POST", "/result", urlencode(fields).encode(), FORM)


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@contextmanager
def server(port: int, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server process that answers."""
    path = os.pathsep.join((str(ROOT), str(ROOT / "web")))
    variables = {**os.environ, "PYTHONPATH": path, **environment}
    command = [sys.executable, "-m", "inclusive_ads", "serve", "--port", str(port)]
    log = ROOT / "build" / "load.log"
    log.parent.mkdir(exist_ok=True)
    process = subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, stderr=log.open("ab"))
    try:
        for _ in range(600):
            if Person(port, 0, []).ask("GET", "/api/v2/ready").status == 200:
                break
            time.sleep(0.2)
        yield process
    finally:
        process.kill()
        process.wait()


def memory(process: subprocess.Popen[bytes]) -> float:
    """Resident memory in MB."""
    if process.poll() is not None:
        sys.exit(f"The server ended by itself: {process.returncode}.")
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def hold(port: int, end: float) -> None:
    """A client that sends half a request, waits, and hangs up; again and again."""
    halves = (
        b"POST /api/v2/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    )
    while time.monotonic() < end:
        for half in halves:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)) as line:
                line.sendall(half)
                until = min(end, time.monotonic() + HELD)
                while time.monotonic() < until:
                    time.sleep(1)
                    line.sendall(b"x")  # a byte a second, until the server has enough of it


def live(person: Person, tally: Tally, end: float, think: float) -> None:
    while time.monotonic() < end:
        kind = person.any()
        tally.add(kind, person.kinds[kind]())
        time.sleep(random.expovariate(1 / think))


def be_greedy(person: Person, tally: Tally, end: float) -> None:
    while time.monotonic() < end:
        tally.add("greedy", person.check())
        time.sleep(0.05)


def middle(seconds: list[float]) -> float:
    return 1000 * statistics.median(seconds) if seconds else 0.0


def near_worst(seconds: list[float]) -> float:
    return 1000 * sorted(seconds)[int(0.99 * (len(seconds) - 1))] if seconds else 0.0


def alone(port: int, number: int, adverts: list[str]) -> dict[str, float]:
    """The median in milliseconds of each kind of request, one after the other."""
    found = {}
    for kind in Person(port, number, adverts).kinds:
        number += 1
        person = Person(port, number, adverts)
        found[kind] = middle([person.kinds[kind]().seconds for _ in range(20)])
    return found


def _row(kind: str, seconds: list[float], alone: str) -> str:
    return f"| {kind} | {len(seconds):,} | {alone} | {middle(seconds):.0f} | {near_worst(seconds):.0f} |"


def under_load(minutes: float, people: int, slow: int, think: float) -> bool:
    """Run the load and print what came of it; whether all went as stated."""
    adverts = list(make_adverts(200))
    port = free_port()
    with server(port) as process:
        before = alone(port, 400, adverts)
        tally, end = Tally(), time.monotonic() + 60 * minutes
        threads = [
            *(threading.Thread(target=live, args=(Person(port, n, adverts), tally, end, think)) for n in range(people)),
            *(threading.Thread(target=hold, args=(port, end)) for _ in range(slow)),
            threading.Thread(target=be_greedy, args=(Person(port, 300, adverts), tally, end)),
        ]
        for thread in threads:
            thread.start()
        used = []
        while time.monotonic() < end:
            time.sleep(min(5, max(0.1, end - time.monotonic())))
            used.append(memory(process))
        for thread in threads:
            thread.join()
        after = alone(port, 500, adverts)
    quiet = {kind: min(before[kind], after[kind]) for kind in before}
    number = sum(map(len, tally.seconds.values()))
    rate = number / minutes / 60
    print(f"{minutes:g} minutes, {people} people, {slow} slow clients, {number:,} answers ({rate:.1f} a second)\n")
    print("| request | answers | median alone, ms | median, ms | p99, ms |\n|---|---|---|---|---|")
    for kind, seconds in tally.seconds.items():
        if kind != "greedy":
            print(_row(kind, seconds, f"{quiet[kind]:.0f}"))
    print(_row("turned away (429)", tally.refused, ""))
    third = max(1, len(used) // 3)
    early, late = statistics.median(used[third : 2 * third] or used), statistics.median(used[-third:])
    print(f"\nMemory, middle third and last: {early:.0f} MB and {late:.0f} MB; most: {max(used):.0f} MB.")
    print(f"Answers that no stated limit explains: {dict(tally.wrong) or 'none'}.")
    return not tally.wrong and late < 1.1 * early


def killed() -> bool:
    """Two processes with one secret: one is killed in mid-request. What is lost, and does the other go on?"""
    ports = (free_port(), free_port())
    secret = {"INCLUSIVE_ADS_SECRET": "shared-by-both"}
    advert = ["\n".join(make_adverts(60))]
    lost: list[Answer] = []
    with server(ports[0], **secret) as first, server(ports[1], **secret):
        thread = threading.Thread(target=lambda: lost.append(Person(ports[0], 1, advert).check()))
        thread.start()
        time.sleep(0.05)
        first.send_signal(signal.SIGKILL)
        thread.join()
        person = Person(ports[1], 2, advert)
        again, page = person.check(), person.result()
    with server(ports[0], **secret):
        back = Person(ports[0], 3, advert).check()
    fate = "was lost" if lost[0].status == 0 else f"was answered with {lost[0].status}"
    print(
        f"A process killed in mid-request: that request {fate}; sent again, to the other process: {again.status}; "
        f"a page of the other: {page.status}; the process started anew: {back.status}."
    )
    return (lost[0].status, again.status, page.status, back.status) == (0, 200, 200, 200)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--slow", type=int, default=20, help="clients that send half a request and wait")
    parser.add_argument("--think", type=float, default=2.5, help="seconds between two requests of a person, on average")
    given = parser.parse_args()
    fine = under_load(given.minutes, given.people, given.slow, given.think)
    fine &= killed()
    sys.exit(not fine)


if __name__ == "__main__":
    main()
