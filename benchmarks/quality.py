"""What the checker finds in annotated adverts, and what each mechanism is worth.

    python benchmarks/quality.py ANNOTATED.jsonl                 recall and precision, by category
    python benchmarks/quality.py ANNOTATED.jsonl --ablation      the same with each mechanism left out
    python benchmarks/quality.py ADVERTS.jsonl --sample 300      findings drawn at random, for a person to judge (TSV)

ANNOTATED lines: {"id", "text", "spans": [{"start", "end", "category", "certainty": "must"|"may"}]}.
A finding counts where it overlaps a span. Recall is over the "must" spans;
a finding that overlaps no span is a false alarm.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from inclusive_ads import Checker, Finding, InputError

MECHANISMS = ("terms", "name", "person", "negation", "mention", "equality", "guards", "who is meant")


def read(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


def findings(checker: Checker, text: str) -> tuple[Finding, ...]:
    try:
        return checker.check(text).findings
    except InputError:
        return ()


def score(checker: Checker, adverts: list[dict[str, Any]]) -> tuple[float, float, Counter[tuple[str, str]]]:
    """Recall over the "must" spans, precision, and counts by category."""
    counts: Counter[tuple[str, str]] = Counter()
    for advert in adverts:
        found = findings(checker, advert["text"])
        for span in advert["spans"]:
            hit = any(f.start < span["end"] and span["start"] < f.end for f in found)
            counts[span["category"], f"{span['certainty']} {'found' if hit else 'missed'}"] += 1
        for finding in found:
            right = any(finding.start < s["end"] and s["start"] < finding.end for s in advert["spans"])
            counts[finding.category.replace("-", "_"), "right" if right else "false alarm"] += 1
    total: Counter[str] = Counter()
    for (_, kind), number in counts.items():
        total[kind] += number
    recall = total["must found"] / max(1, total["must found"] + total["must missed"])
    precision = total["right"] / max(1, total["right"] + total["false alarm"])
    return recall, precision, counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("adverts")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=2011)
    options = parser.parse_args()
    adverts = read(options.adverts)
    if options.sample:
        draw(adverts, options.sample, options.seed)
        return
    recall, precision, counts = score(Checker(), adverts)
    print(f"all mechanisms: recall {recall:.3f} precision {precision:.3f}")
    kinds = ("must found", "must missed", "may found", "may missed", "right", "false alarm")
    print(f"{'category':18s}" + "".join(f"{kind:>13s}" for kind in kinds))
    for category in sorted({c for c, _ in counts}):
        print(f"{category:18s}" + "".join(f"{counts[category, kind]:13d}" for kind in kinds))
    for mechanism in MECHANISMS if options.ablation else ():
        recall, precision, counts = score(Checker(without=[mechanism]), adverts)
        alarms = sum(n for (_, kind), n in counts.items() if kind == "false alarm")
        print(f"without {mechanism:14s} recall {recall:.3f} precision {precision:.3f} false alarms {alarms}")


def draw(adverts: list[dict[str, Any]], number: int, seed: int) -> None:
    """Print findings drawn at random, each in its surroundings."""
    checker = Checker()
    found = []
    for advert in adverts:
        text = advert["text"]
        for f in findings(checker, text):
            around = f"{text[max(0, f.start - 120) : f.start]}[[{f.text}]]{text[f.end : f.end + 120]}"
            found.append((f.category, f.entry, f.severity.value, str(advert["id"]), " ".join(around.split())))
    print(f"{len(found)} findings in {len(adverts)} adverts", file=sys.stderr)
    for row in sorted(random.Random(seed).sample(found, min(number, len(found)))):
        print("\t".join(row))


if __name__ == "__main__":
    main()
