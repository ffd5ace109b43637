"""Scan text, over which all matching runs: lower case, dashes as spaces, and as long as the text it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
LEAST, _MOST = 7, 20  # letters: a shorter word is too easily another one, a longer is none in these lexicons
RUN = re.compile(rf"[a-z]{{{LEAST},}}")
DASHES = "-‐‑‒–—"


def scan_text(text: str) -> str:
    """`text` as it is scanned: lower case, dashes as spaces; never changes its length."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals, such as İ, have two-character lower cases
        lowered = text.translate(_LOWER)
    return without_dashes(lowered)


def without_dashes(text: str) -> str:
    """`text` with every dash as a space."""
    for dash in DASHES:  # several times as fast as one `translate`
        text = text.replace(dash, " ")
    return text


def words_of(phrases: Iterable[str]) -> set[str]:
    """Words long enough that a misspelling in them can be told."""
    return {word for phrase in phrases for word in RUN.findall(phrase) if len(word) <= _MOST}


def bounded(scan: str, start: int, end: int) -> bool:
    """Whether ``scan[start:end]`` begins and ends with whole words."""
    if start and scan[start].isalnum() and (scan[start - 1].isalnum() or scan[start - 1] == "_"):
        return False
    return not (end < len(scan) and scan[end - 1].isalnum() and (scan[end].isalnum() or scan[end] == "_"))
