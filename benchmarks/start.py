"""How long it takes to import the library, and for the command to give a first result where nothing is parsed."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ADVERT = "Finance Officer\n\n£30,000\n\nYou will have a CRB check. You will help the chairman of the board.\n"
ROUNDS = 7
PARSED = "import sys; from inclusive_ads.cli import main; sys.argv = ['inclusive-ads', *sys.argv[1:]]\n"
CHECK = "try: main()\nfinally: print('spacy' in sys.modules, file=sys.stderr)"


def main() -> None:
    """Print wall and processor seconds, the interpreter's own start apart."""
    with tempfile.TemporaryDirectory() as folder:
        # As an installed package has it, whatever this shell says of bytecode: the first run writes it, unmeasured.
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        advert = Path(folder) / "advert.txt"
        advert.write_text(ADVERT, encoding="utf-8")
        parsed = subprocess.run(
            [sys.executable, "-c", PARSED + CHECK, "check", str(advert)], capture_output=True, text=True, check=False
        )
        assert parsed.stderr.endswith("False\n"), "nothing may be parsed here"
        figures = {
            "python alone": seconds("-c", "pass"),
            "import inclusive_ads": seconds("-c", "import inclusive_ads"),
            "inclusive-ads check": seconds("-m", "inclusive_ads", "check", str(advert)),
        }
    print(f"{'':24}{'wall s':>10}{'processor s':>14}")
    for name, (wall, processor) in figures.items():
        print(f"{name:24}{wall:>10.2f}{processor:>14.2f}")
    print(json.dumps(figures))


def seconds(*arguments: str) -> tuple[float, float]:
    """Median wall and processor seconds of a Python process."""
    import resource

    walls, processors = [], []
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
        walls.append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processors.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return round(statistics.median(walls), 3), round(statistics.median(processors), 3)


if __name__ == "__main__":
    main()
