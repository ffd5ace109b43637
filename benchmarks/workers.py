"""A batch in one process and in two, by turns: how much faster, and that the results are the same.

The gain is that of the adverts after the first tenth. Starting costs each worker a second or two, whatever the number
of adverts (the lexicons, the language model, expressions made when they are first needed); "whole" has it, too.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time

from benchmarks.adverts import make_adverts
from benchmarks.peers import real_adverts
from inclusive_ads import Settings
from inclusive_ads.batch.items import Item
from inclusive_ads.batch.running import check_items


def main() -> None:
    """Print seconds and gain, for the whole batch and without the cost of starting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adverts", help='JSON lines with "text" to measure (default: adverts made from our samples)')
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    texts = real_adverts(given.adverts, given.number) if given.adverts else make_adverts(given.number)
    items = [Item(id=number, text=text) for number, text in enumerate(texts)]
    gains, whole = [], []
    for _ in range(given.rounds):
        load = os.getloadavg()[0]
        (one, first), (two, second) = run(items, 1), run(items, 2)
        starts = [run(items[: len(items) // 10], workers)[0] for workers in (1, 2)]
        if first != second:
            raise SystemExit("The results differ.")
        gains.append((one - starts[0]) / (two - starts[1]))
        whole.append(one / two)
        print(
            f"one {one:.1f} s, two {two:.1f} s, of it the first tenth {starts}, "
            f"gain {gains[-1]:.2f}, whole {whole[-1]:.2f}, load {load:.1f}"
        )
    print(json.dumps({"gain": round(statistics.median(gains), 2), "whole": round(statistics.median(whole), 2)}))


def run(items: list[Item], workers: int) -> tuple[float, list[object]]:
    """Wall seconds of a batch, and its results."""
    began = time.perf_counter()
    results: list[object] = list(check_items(items, Settings(), workers=workers))
    return round(time.perf_counter() - began, 2), results


if __name__ == "__main__":
    main()
