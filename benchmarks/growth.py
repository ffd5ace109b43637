"""How long a check takes on text made to be slow, at three lengths; `tests/test_growth.py` holds it to linear growth.

python -m benchmarks.growth
"""

from __future__ import annotations

import time

from inclusive_ads import Checker, Document

SIZES = (10_000, 50_000, 199_000)  # characters; the longest advert that is read has 200,000
SLOW = {
    "anchors of one pattern": "you must have 5 years of experience and ",
    "equal findings": "Our chairman works. ",
    "findings in one sentence": "our chairman and ",
    "findings on lines": "chairman\n",
    "findings in a list": "- chairman\n",
    "findings in paragraphs": "We want a chairman.\n\n",
    "findings that give way to each other": "young and energetic ",
    "cues": "not you we applicants patients candidate ",
    "cues and findings": "chairman not but we do not need ",
    "wording that is spoken of": "say chairman instead of salesman ",
    "quotation marks": "\"chairman\" 'salesman' ",
    "terms of art": "white paper chairman ",
    "names": "Network Of The ",
    "findings in names": "Chairman Of The ",
    "titles": "Mr Jones he ",
    "subjects and verbs": "he manages and is and writes and ",
    "nearly a phrase with gaps": "own a very big nice ",
    "short words": "x ",
    "one long word": "chairman",
    "findings without spaces": "e.g.chairman;",
    "findings and quotes without spaces": '"chairman"',
    "a long address": "http://chairman/",
    "digits": "1,000,000,",
    "stars": "a*",
    "abbreviations": "e.g. ",
    "full stops": "a. B",
    "slips of the pen": "competative salary lisence ",
    "letters": "SCN (a b c) HCA ",
    "brackets": "(SCN) (",
    "addresses": "a@b.uk ",
    "marks": "[inclusive-ads ignore x: abc",
    "statements": "We welcome applications from women. ",
    "statements without a full stop": "we welcome applications from women and ",
    "places": "Location: London Belfast Leeds ",
    "how to apply": "short line\nTo apply, send a form.\n",
    "headings": "What you don't need\n\nchairman\n\n",
    "labels": "Salary: Location: Hours: ",
    "labels on lines": "Closing date: 3\n",
    "labels in a list": "- Role:\n",
    "labels with many words before them": "The Role Role Role Role Role Role Role:\n",
    "parts": "How to apply\n\nFill in the form that is on our page.\n\n",
    "parts of one line": "1. How to apply\n2. The role\n",
    "facts": "Hours\n37\n",
}


def advert(unit: str, size: int) -> str:
    return "A post\n\n" + (unit * (size // len(unit) + 1))[:size]


def main() -> None:
    checker = Checker()
    checker.check("We want a chairman. He manages.")
    print(f"{'seconds for':36}" + "".join(f"{size // 1000:>7} kB" for size in SIZES) + "   growth")
    for name, unit in SLOW.items():
        taken = []
        for size in SIZES:
            document = Document.from_text(advert(unit, size))
            begun = time.process_time()
            checker.check(document)
            taken.append(time.process_time() - begun)
        growth = taken[-1] / taken[0] / (SIZES[-1] / SIZES[0])
        print(f"{name:36}" + "".join(f"{seconds:10.3f}" for seconds in taken) + f"{growth:9.2f}", flush=True)


if __name__ == "__main__":
    main()
