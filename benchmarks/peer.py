"""A Python checker in one long-lived process. Arguments: its name, a file of adverts (JSON array).

Says "ready" after a first advert; then, for each line "FROM TO" on standard input, checks that slice of the adverts
and says how many seconds of processor time it took; at the end its peak memory.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path


def inclusive_ads() -> Callable[[str], int]:
    from inclusive_ads import Checker

    checker = Checker()
    return lambda advert: len(checker.check(advert).findings)


def genderdecoder3() -> Callable[[str], int]:
    import genderdecoder3

    def check(advert: str) -> int:
        found = genderdecoder3.assess(advert)
        return len(found["masculine_coded_words"]) + len(found["feminine_coded_words"])

    return check


def main() -> None:
    name, file = sys.argv[1:]
    check = {"inclusive-ads": inclusive_ads, "genderdecoder3": genderdecoder3}[name]()
    adverts = json.loads(Path(file).read_text(encoding="utf-8"))
    check(adverts[0])
    print("ready", flush=True)
    for line in sys.stdin:
        first, last = map(int, line.split())
        began = time.process_time()
        flags = sum(map(check, adverts[first:last]))
        print(json.dumps({"seconds": time.process_time() - began, "flags": flags}), flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"peak_kb": peak // 1024 if sys.platform == "darwin" else peak}), flush=True)


main()
