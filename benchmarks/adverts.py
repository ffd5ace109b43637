"""Adverts to measure with, made from the project's own samples; no two alike, so that no cache flatters anyone."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Iterator
from pathlib import Path

from inclusive_ads.lexicon.loading import load_lexicon

ROOT = Path(__file__).parent.parent
_MARK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
_HEADINGS = ("About the role", "What you will do", "What we are looking for", "What we offer", "How to apply")
_TITLES = ("Officer", "Manager", "Nurse", "Engineer", "Adviser", "Teacher", "Analyst", "Administrator", "Driver")
_WORDS = 390  # of a typical UK advert


def make_adverts(number: int, *, seed: int = 1, words: int = _WORDS) -> Iterator[str]:
    """`number` adverts of about `words` words: lines of sample adverts, and two sentences of the lexicons' examples."""
    choose = random.Random(seed)
    lines, examples = _lines(), _examples()
    for _ in range(number):
        yield _advert(choose, lines, examples, words)


def _advert(choose: random.Random, lines: list[str], examples: list[str], words: int) -> str:
    body: list[str] = [_vary(choose.choice(lines), choose) for _ in range(2)]
    while sum(line.count(" ") + 1 for line in body) < words:
        body.append(_vary(choose.choice(lines), choose))
    for _ in range(max(1, 2 * words // _WORDS)):
        body.insert(choose.randrange(len(body)), _vary(choose.choice(examples), choose))
    parts = [f"{_name(choose)} {choose.choice(_TITLES)}", f"£{choose.randrange(22, 80)},{choose.randrange(100, 999)}"]
    step = max(1, len(body) // len(_HEADINGS))
    for place, line in enumerate(body):
        if place % step == 0 and place // step < len(_HEADINGS):
            parts += ["", _HEADINGS[place // step]]
        parts.append(line if choose.random() < 0.5 else f"- {line}")
    return "\n".join(parts)


def _vary(line: str, choose: random.Random) -> str:
    """The same line with other figures and a name of its own."""
    varied = re.sub(r"\d", lambda _: choose.choice(string.digits), line)
    return f"{varied} ({_name(choose)})" if len(line) > 40 else varied


def _name(choose: random.Random) -> str:
    return "".join(choose.choice(string.ascii_lowercase) for _ in range(choose.randrange(5, 10))).capitalize()


def _lines() -> list[str]:
    files = [*ROOT.glob("tests/adverts/*/*.txt"), *ROOT.glob("tests/adverts/*/*.md"), *ROOT.glob("examples/*.txt")]
    found = [line.strip(" \t-*#•") for file in sorted(files) for line in file.read_text(encoding="utf-8").splitlines()]
    return [line for line in found if len(line) > 15]


def _examples() -> list[str]:
    entries = load_lexicon().entries.values()
    return [
        " ".join(_MARK.sub(r"\1", example.text).split())
        for entry in entries
        for example in (*entry.examples.flag, *entry.examples.ok)
    ]
