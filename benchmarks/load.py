"""A real server under a mixed load: pages, checks, uploads, bad requests, giant adverts, batches, slow clients, a kill.

    python -m benchmarks.load --minutes 10 --people 20

Each person has an address of their own (127.0.1.x), as behind a trusted proxy, and reads for a moment between two
requests. One greedy program asks as fast as it can and is turned away; one sends adverts of nearly the greatest length
to be put right, one after the other; one sends batch after batch; slow clients send half a request, then a byte a
second. Health and readiness are asked for five times a second throughout, by a process of its own: in one with the
other clients it would wait for its turn among their threads. Times are from the first byte sent to the
last byte read, with everything on this one machine. "Alone" is the median of twenty requests one after the other,
before the load or after it, whichever is lower, so that other work on the machine does not flatter the load.
"""

from __future__ import annotations

import argparse
import multiprocessing
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
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.adverts import ROOT, make_adverts
from benchmarks.people import Answer, Person

HELD = 60  # seconds for which a slow client keeps its half of a request
BUSY = {200, 429, 503}  # may be told to come again
STATED = {
    "too large": {413},
    "not JSON": {400},
    "no such page": {404},
    "no token": {400},
    "greedy": BUSY,
    "giant advert": BUSY,
    "batch of 500": BUSY,
}


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
    """Memory in MB of the server and all that it started; what they share counts once."""
    if process.poll() is not None:
        sys.exit(f"The server ended by itself: {process.returncode}.")
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    ours = {process.pid}
    while more := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= more
    total = 0
    for number in ours:
        with suppress(OSError):
            shares = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="utf-8")
            total += sum(map(int, re.findall(r"^Pss:\s+(\d+)", shares, re.MULTILINE)))
    return total / 1024


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


def go_on(person: Person, tally: Tally, end: float, kind: str, pause: float) -> None:
    """One kind of heavy request after another."""
    while time.monotonic() < end:
        tally.add(kind, person.heavy[kind]())
        time.sleep(pause)


def watch(port: int, end: float) -> list[Answer]:
    """Health and readiness, asked for in turn until the end: what a monitor on this machine sees."""
    person = Person(port, 303, [])
    answers = []
    while time.monotonic() < end:
        answers.append(person.health())
        time.sleep(0.2)
    return answers


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
            threading.Thread(target=go_on, args=(Person(port, 301, adverts), tally, end, "giant advert", 0.1)),
            threading.Thread(target=go_on, args=(Person(port, 302, adverts), tally, end, "batch of 500", 1)),
        ]
        watcher = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
        watched = watcher.submit(watch, port, end)
        for thread in threads:
            thread.start()
        used = []
        while time.monotonic() < end:
            time.sleep(min(5, max(0.1, end - time.monotonic())))
            used.append(memory(process))
        for thread in threads:
            thread.join()
        for answer in watched.result():
            tally.add("health", answer)
        watcher.shutdown()
        after = alone(port, 500, adverts)
    quiet = {kind: min(before[kind], after[kind]) for kind in before}
    number = sum(map(len, tally.seconds.values()))
    rate = number / minutes / 60
    print(f"{minutes:g} minutes, {people} people, {slow} slow clients, {number:,} answers ({rate:.1f} a second)\n")
    print("| request | answers | median alone, ms | median, ms | p99, ms |\n|---|---|---|---|---|")
    for kind, seconds in tally.seconds.items():
        if kind != "greedy":
            print(_row(kind, seconds, f"{quiet[kind]:.0f}" if kind in quiet else ""))
    print(_row("turned away (429)", tally.refused, ""))
    third = max(1, len(used) // 3)
    early, late = statistics.median(used[third : 2 * third] or used), statistics.median(used[-third:])
    print(f"\nMemory, middle third and last: {early:.0f} MB and {late:.0f} MB; most: {max(used):.0f} MB.")
    print(f"Health took {1000 * max(tally.seconds['health']):.0f} ms at most.")
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
