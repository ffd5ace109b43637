"""What Spark costs beside the batch command: the same adverts with two workers each, by turns."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

from benchmarks.adverts import make_adverts
from inclusive_ads import Settings
from inclusive_ads.batch.items import read_items
from inclusive_ads.batch.running import check_items
from inclusive_ads.spark import find, session


def main() -> None:
    """Print seconds of either, by number of adverts; the difference between two numbers is free of start-up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--numbers", type=int, nargs="+", default=[1_000, 10_000])
    numbers = parser.parse_args().numbers
    began = time.perf_counter()
    spark = session("local[2]")
    figures: dict[str, float] = {"session": round(time.perf_counter() - began, 1)}
    print(f"session {figures['session']} s")
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            source = Path(folder) / f"{number}.jsonl"
            with source.open("w", encoding="utf-8") as file:
                for index, text in enumerate(make_adverts(number)):
                    file.write(json.dumps({"id": f"a{index}", "text": text}) + "\n")
            began = time.perf_counter()
            find(
                spark,
                str(source),
                *(f"{folder}/{number}-{part}.parquet" for part in ("adverts", "findings")),
                Settings(),
            )
            figures[f"spark {number}"] = round(time.perf_counter() - began, 1)
            began = time.perf_counter()
            for _ in check_items(read_items([str(source)]), Settings(), workers=2):
                pass
            figures[f"batch {number}"] = round(time.perf_counter() - began, 1)
            print(
                f"{number} adverts: Spark {figures[f'spark {number}']} s, batch {figures[f'batch {number}']} s, ",
                end="",
            )
            print(f"load {os.getloadavg()[0]:.1f}", flush=True)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
