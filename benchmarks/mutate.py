"""Mutation testing: small faults are put into a copy of the code, one at a time; a test has to notice each.

    python -m benchmarks.mutate edits spelling        these modules (all when none is named)

Runs mutmut in build/mutate/tree and prints, for each module, how many mutants there were and how many survived; what
those that survived changed is written to build/mutate/MODULE.diff.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TREE = ROOT / "build" / "mutate" / "tree"
# Module → the tests that speak of it alone; tests of whole adverts would take an hour and say little about one line.
TESTS = {
    "edits": ("edits",),
    "spelling": ("spelling",),
    "grammar": ("grammar",),
    "phrases": ("patterns",),
    "patterns": ("patterns",),
    "analysis/scan": ("matching", "spelling"),
    "analysis/sections": ("sections", "placing"),
    "context": ("context", "context_asked"),
    "evidence/statistics": ("evidence_statistics",),
    "statements/choosing": ("statements", "statements_choosing", "statements_situations"),
}
COPIED = ("inclusive_ads", "lexicons", "web", "benchmarks", "examples", "tests", "docs", "pyproject.toml")


def prepare(module: str) -> None:
    """A fresh copy of the project, with mutmut told what to do."""
    shutil.rmtree(TREE, ignore_errors=True)
    TREE.mkdir(parents=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, TREE / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
        else:
            shutil.copy(ROOT / name, TREE)
    tests = "".join(f"\n    tests/test_{name}.py" for name in TESTS[module])
    copied = "".join(f"\n    {name}" for name in COPIED)
    text = f"[mutmut]\nsource_paths=\n    inclusive_ads/{module}.py\nalso_copy={copied}\n"
    text += f"pytest_add_cli_args_test_selection={tests}\n"
    (TREE / "setup.cfg").write_text(text, encoding="utf-8")


def main() -> None:
    modules = sys.argv[1:] or list(TESTS)
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    print(f"{'module':22} {'mutants':>8} {'noticed':>8} {'survived':>9}", flush=True)
    for module in modules:
        prepare(module)
        command = [sys.executable, "-m", "mutmut"]
        log = TREE / "mutmut.log"
        with log.open("w", encoding="utf-8") as out:
            subprocess.run(
                [*command, "run", "--max-children", "2"], cwd=TREE, env=clean, stdout=out, stderr=out, check=False
            )
        listed = subprocess.run(
            [*command, "results", "--all", "true"], cwd=TREE, env=clean, capture_output=True, text=True, check=False
        )
        fates = dict(line.strip().rsplit(": ", 1) for line in listed.stdout.splitlines() if ": " in line)
        counts = Counter(fates.values())
        if not counts["killed"] or counts["not checked"]:
            sys.exit(f"mutmut failed on {module}:\n{log.read_text(encoding='utf-8')[-3000:]}")
        noticed = counts["killed"] + counts["timeout"]
        total = sum(counts.values())
        print(f"{module:22} {total:8} {100 * noticed / total:7.0f}% {total - noticed:9}", flush=True)
        unnoticed = [name for name, fate in fates.items() if fate not in ("killed", "timeout")]
        shown = (
            subprocess.run([*command, "show", name], cwd=TREE, env=clean, capture_output=True, text=True, check=False)
            for name in unnoticed
        )
        diffs = TREE.parent / f"{module.replace('/', '-')}.diff"
        diffs.write_text("".join(one.stdout for one in shown), encoding="utf-8")


if __name__ == "__main__":
    main()
