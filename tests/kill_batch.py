"""Kill a real batch, and a real fix, at random moments; look at what is left; go on.

    python tests/kill_batch.py 300        # times; `make kill-test`

After each kill the output is not there, or whole; PATH.part holds whole results of the adverts in order, and at most
one line that is cut; a run with --resume gives, byte for byte, what a run that was never killed gives.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = (sys.executable, "-m", "inclusive_ads")
ADVERTS = 400


def advert(number: int) -> str:
    return f"Post {number}.\n\nAn enhanced CRB check is needed." + f" We welcome person {number}." * (number % 60)


def write_adverts(place: Path) -> None:
    lines = (json.dumps({"id": f"ad-{n}", "text": advert(n)}) for n in range(ADVERTS))
    place.write_text("\n".join(lines) + "\n")


def run_until(arguments: list[str], seconds: float | None) -> int:
    """Exit code of the command, killed with its workers' parent after so many seconds; -9 where it was."""
    process = subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    said = process.communicate()[1].decode()
    assert process.returncode in (0, 1, -9), said
    return process.returncode


def look(output: Path, expected: bytes) -> int:
    """Check what a killed run left; the number of whole results."""
    part = output.with_name(f"{output.name}.part")
    if output.exists():
        assert output.read_bytes() == expected
    if not part.exists():
        return 0
    whole, _, _ = part.read_bytes().rpartition(b"\n")
    lines = whole.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [f"ad-{n}" for n in range(len(lines))]
    return len(lines)


def timed(arguments: list[str]) -> float:
    """Seconds that the command takes when nobody kills it."""
    start = time.monotonic()
    run_until(arguments, None)
    return time.monotonic() - start


def kill_batches(folder: Path, times: int, *, workers: int = 1, seed: int = 0) -> dict[str, int]:
    """Kill a batch `times` times at moments drawn at random, each time going on from what is left."""
    draw = random.Random(seed)
    adverts, none, whole, output = (folder / name for name in ("ads.jsonl", "none.jsonl", "whole.jsonl", "out.jsonl"))
    write_adverts(adverts)
    none.touch()
    options = ["--workers", str(workers), "--output"]
    took = timed(["batch", str(adverts), *options, str(whole)])
    start = min(timed(["batch", str(none), *options, str(none)]), took)
    expected = whole.read_bytes()
    done = 0
    counts = {"kills": 0, "in the middle": 0, "came to the end": 0}
    while counts["kills"] < times:
        left = (took - start) * (1 - done / ADVERTS)
        moment = start * draw.uniform(0.5, 1) + draw.uniform(0, left)
        if run_until(["batch", str(adverts), *options, str(output), "--resume"], moment) == -9:
            done = look(output, expected)
            counts["kills"] += 1
            counts["in the middle"] += 0 < done < ADVERTS
        else:
            assert output.read_bytes() == expected
            assert not output.with_name("out.jsonl.part").exists()
            done = 0
            counts["came to the end"] += 1
            output.unlink()
    run_until(["batch", str(adverts), *options, str(output), "--resume"], None)
    assert output.read_bytes() == expected
    counts["came to the end"] += 1
    return counts


def kill_fixes(folder: Path, times: int, *, seed: int = 0) -> dict[str, int]:
    """Kill `fix -o` over its own input; the file is always the old one or the new one."""
    draw = random.Random(seed)
    before = b"An enhanced CRB check is needed.\n" * 500
    after = before.replace(b"CRB", b"DBS")
    place = folder / "ad.txt"
    place.write_bytes(before)
    arguments = ["fix", str(place), "--no-statements", "--output", str(place)]
    took = timed(arguments)
    assert place.read_bytes() == after
    counts = {"kills": 0, "old": 0, "new": 0}
    while counts["kills"] < times:
        place.write_bytes(before)
        # Most of the time is spent on checking; the writing comes at the end.
        killed = run_until(arguments, draw.uniform(took * 0.7, took * 1.02)) == -9
        counts["kills"] += killed
        found = place.read_bytes()
        assert found in (before, after)
        counts["new" if found == after else "old"] += 1
    return counts


if __name__ == "__main__":
    number = int(sys.argv[1])
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    for name, job, share in (
        ("batch, 1 process", kill_batches, 0.4),
        ("batch, 2 workers", lambda f, n: kill_batches(f, n, workers=2), 0.2),
        ("fix", kill_fixes, 0.4),
    ):
        with tempfile.TemporaryDirectory() as made:
            print(name, job(Path(made), round(number * share)), flush=True)
    print("No half file.")
