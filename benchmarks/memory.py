"""The memory of a batch that goes on and on: resident size after 1,000, 10,000, 50,000 and 100,000 adverts."""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Iterator
from pathlib import Path

from benchmarks.adverts import make_adverts
from inclusive_ads import Settings
from inclusive_ads.batch.items import Item
from inclusive_ads.batch.running import check_items

MARKS = (1_000, 10_000, 50_000, 100_000)


def resident() -> float:
    """MB of memory in use now (Linux), else the most so far."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return round(int(line.split()[1]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024, 1)


def items(number: int) -> Iterator[Item]:
    """Adverts that are made as they are needed; short ones, whose words are new all the same."""
    for index, text in enumerate(make_adverts(number, words=60)):
        yield Item(id=index, text=text)


def main() -> None:
    """Print the table, and the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=MARKS[-1])
    number = parser.parse_args().number
    figures = {}
    for done, _ in enumerate(check_items(items(number), Settings()), 1):
        if done in MARKS or done == number:
            figures[done] = resident()
            print(f"{done:>10} adverts {figures[done]:>8} MB", flush=True)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
