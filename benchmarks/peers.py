"""inclusive-ads beside its peers: adverts a second, start-up and peak memory.

Each runs in one long-lived process on one core; after a round to warm up they take turns, round after round, each
round over adverts that none of them has seen. Speed is by processor time, so that other work on the machine counts
for little. The project gives its full report; each peer does its own call and nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.adverts import ROOT, make_adverts

HERE = Path(__file__).parent
PEERS = ROOT / "build" / "peers"
OURS = "inclusive-ads"
# Share of a round's adverts that each does: the slow ones would take minutes.
SHARE = {OURS: 1.0, "alex": 0.2, "retext-equality": 0.4, "genderdecoder3": 0.4, "yoastseo": 0.1}


def command(name: str) -> list[str]:
    """How to start a checker."""
    if name == OURS:
        return [sys.executable, str(HERE / "peer.py")]
    if name == "genderdecoder3":
        return [str(PEERS / "venv" / "bin" / "python"), "-W", "ignore", str(HERE / "peer.py")]
    return ["node", str(PEERS / "peer.mjs")]


class Runner:
    """One checker in its process, on one core."""

    def __init__(self, name: str, adverts: list[str], file: str) -> None:
        self.name = name
        self._adverts = adverts
        self.rates: list[float] = []  # characters a second, by round
        self.flags = 0
        began = time.perf_counter()
        self._process = subprocess.Popen(
            [*command(name), name, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        if self._read() != "ready\n":
            sys.exit(f"{name} does not start")
        self.start = time.perf_counter() - began

    def _read(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()

    def round(self, first: int, last: int) -> None:
        """Check a slice of the adverts, or the beginning of it."""
        assert self._process.stdin
        last = first + max(1, round((last - first) * SHARE[self.name]))
        self._process.stdin.write(f"{first} {last}\n")
        self._process.stdin.flush()
        answer = json.loads(self._read())
        self.rates.append(sum(map(len, self._adverts[first:last])) / answer["seconds"])
        self.flags += answer["flags"]

    def end(self) -> float:
        """Peak memory in MB."""
        assert self._process.stdin
        self._process.stdin.close()
        return float(json.loads(self._read())["peak_kb"]) / 1024


def one_core() -> None:
    """Keep this process, and those that it starts, on the last core, where the system can."""
    with suppress(AttributeError, OSError):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def installed() -> list[str]:
    """The checkers that are there."""
    found = [name for name in ("alex", "retext-equality", "yoastseo") if (PEERS / "node_modules" / name).is_dir()]
    python = PEERS / "venv" / "bin" / "python"
    probe = [str(python), "-W", "ignore", "-c", "import genderdecoder3"]
    if python.exists() and not subprocess.run(probe, capture_output=True, check=False).returncode:
        found.append("genderdecoder3")
    return [OURS, *found]


def measure(adverts: list[str], rounds: int) -> dict[str, dict[str, float]]:
    """Figures by checker: adverts a second (median of the rounds), how many times that is ours, start-up, memory."""
    size = len(adverts) // (rounds + 1)
    mean = sum(map(len, adverts)) / len(adverts)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(adverts, file)
        file.flush()
        runners = [Runner(name, adverts, file.name) for name in installed()]
        for number in range(rounds + 1):
            for runner in runners:
                runner.round(number * size, (number + 1) * size)
        for runner in runners:
            del runner.rates[0]  # a round to warm up
        ours = runners[0]
        figures = {}
        for runner in runners:
            figures[runner.name] = {
                "adverts_per_second": round(statistics.median(runner.rates) / mean, 1),
                "ours_is_times": round(
                    statistics.median(a / b for a, b in zip(ours.rates, runner.rates, strict=True)), 1
                ),
                "start_seconds": round(runner.start, 2),
                "peak_mb": round(runner.end()),
            }
        return figures


def real_adverts(path: str, number: int) -> list[str]:
    """The first adverts of a file of JSON lines with "text"."""
    with Path(path).open(encoding="utf-8") as lines:
        texts = (json.loads(line)["text"] for line in lines)
        return [text for text, _ in zip(texts, range(number), strict=False)]


def main() -> None:
    """Print a table, and the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adverts", help='JSON lines with "text" to measure (default: adverts made from our samples)')
    parser.add_argument("--number", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=4)
    given = parser.parse_args()
    adverts = real_adverts(given.adverts, given.number) if given.adverts else list(make_adverts(given.number))
    characters = sum(map(len, adverts)) // len(adverts)
    print(
        f"{len(adverts)} adverts of {characters} characters on average, {given.rounds} rounds, load {os.getloadavg()}"
    )
    one_core()
    figures = measure(adverts, given.rounds)
    print(f"{'':18}{'adverts/s':>10}{'we are':>10}{'start s':>10}{'peak MB':>10}")
    for name, row in figures.items():
        print(
            f"{name:18}{row['adverts_per_second']:>10}{row['ours_is_times']:>9}x"
            f"{row['start_seconds']:>10}{row['peak_mb']:>10.0f}"
        )
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
