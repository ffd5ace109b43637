"""Cost by the number of entries and the length of an advert, and where the time goes.

Extra entries are made up, of forms that stand in no advert: what is measured is what a larger lexicon costs
everyone. Seconds are of processor time.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.adverts import make_adverts
from inclusive_ads import Checker, Settings
from inclusive_ads.lexicon.loading import load_lexicon
from inclusive_ads.lexicon.scan_text import scan_text

ENTRIES = (500, 2_000, 10_000)
KILOBYTES = (1, 10, 100)


def main() -> None:
    """Print all tables, and the figures as JSON."""
    figures = {"entries": by_entries(), "length": by_length(Checker()), "parts": parts(Checker())}
    print(json.dumps(figures))


def by_entries() -> dict[int, dict[str, float]]:
    """Milliseconds an advert, of the literal scan alone and of a checker's start, by number of entries."""
    adverts = list(make_adverts(150, seed=3))
    own = len(Checker().lexicon.entries)
    figures = {}
    print(f"{'entries':>10}{'ms an advert':>15}{'of it scan':>12}{'start s':>10}")
    for number in (own, *ENTRIES):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "made-up.yaml").write_text(made_up(number - own), encoding="utf-8")
            began = time.process_time()
            checker = Checker(Settings(lexicons=(Path(folder),) if number > own else ()))
            start = time.process_time() - began
        whole = cost(lambda checker=checker: [checker.check(text) for text in adverts]) / len(adverts)
        scan = literal_scan(checker, adverts)
        figures[number] = {"ms": round(whole * 1e3, 2), "scan_ms": round(scan * 1e3, 3), "start_s": round(start, 2)}
        print(f"{number:>10}{whole * 1e3:>15.2f}{scan * 1e3:>12.3f}{start:>10.2f}")
    return figures


def made_up(number: int) -> str:
    """A lexicon file of so many entries, three forms each, of words that are none."""
    choose = random.Random(number)
    word = "".join
    source = next(iter(load_lexicon().sources))
    lines = ["category: made-up", "title: Made up", "about: Words that are none, to measure with.", "entries:"]
    for index in range(max(0, number)):
        forms = [
            " ".join(word(choose.choice("bcdfgklmnprstv") + choose.choice("aeiou") for _ in range(3)) for _ in range(2))
            for _ in range(3)
        ]
        lines.append(
            f"- {{id: made-up-{index}, severity: style, message: Words made up., why: They are here to measure with., "
            f"evidence: convention, forms: [{', '.join(forms)}], affects: [everyone], source: [{source}], "
            f"advice: Leave them out., "
            f"examples: {{flag: ['A [[{forms[0]}]].'], ok: [A word.]}}}}"
        )
    return "\n".join(lines) + "\n"


def by_length(checker: Checker) -> dict[int, float]:
    """Milliseconds a kilobyte, by the length of the advert."""
    figures = {}
    print(f"\n{'kB':>10}{'ms':>10}{'ms a kB':>10}")
    for size in KILOBYTES:
        texts = [text[: size * 1000] for text in make_adverts(max(3, 200 // size), seed=5, words=size * 200)]
        whole = cost(lambda texts=texts: [checker.check(text) for text in texts]) / len(texts)
        figures[size] = round(whole * 1e3 / size, 3)
        print(f"{size:>10}{whole * 1e3:>10.2f}{whole * 1e3 / size:>10.3f}")
    return figures


def parts(checker: Checker) -> dict[str, float]:
    """Share of the literal scan and of the parser in the time of a check, and how often the parser is asked."""
    adverts = list(make_adverts(400, seed=7))
    checker.check(adverts[0])
    syntax = checker._syntax
    spent = [0.0]
    ask = syntax._ask

    def timed(sentence: str, question: Callable[..., object]) -> object:
        began = time.process_time()
        answer = ask(sentence, question)
        spent[0] += time.process_time() - began
        return answer

    ask("This loads the model.", len)
    parsed = syntax.parsed
    syntax._ask = timed  # type: ignore[method-assign]
    began = time.process_time()
    for text in adverts:
        checker.check(text)
    whole = time.process_time() - began
    figures = {
        "scan_share": round(literal_scan(checker, adverts) * len(adverts) / whole, 4),
        "parser_share": round(spent[0] / whole, 4),
        "sentences_parsed_per_advert": round((syntax.parsed - parsed) / len(adverts), 3),
    }
    print()
    for name, value in figures.items():
        print(f"{name:30}{value:>10}")
    return figures


def literal_scan(checker: Checker, adverts: list[str]) -> float:
    """Seconds an advert of the literal scan alone."""
    scans = [scan_text(checker.document(text).text) for text in adverts]
    find = checker._analyser.matcher._automaton.find_matches_as_indexes
    return cost(lambda: [find(scan, overlapping=True) for scan in scans]) / len(adverts)


def cost(work: Callable[[], object], rounds: int = 3) -> float:
    """Least processor seconds of some rounds, after one to warm up."""
    found = []
    for _ in range(rounds + 1):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found[1:])


if __name__ == "__main__":
    main()
