"""Whether changes of a sentence leave a fault of style in it that was not there: the same word twice, a stray comma."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from inclusive_ads.report import Edit
from inclusive_ads.text.edits import apply_edits, shift

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEAR = 4  # words: "busy and friendly but busy"
_AROUND = 18  # words: "interested in care, with a keen interest in"
_STEM = 6  # letters: "commitment" and "committed"
_SHORT = 4  # letters of a word that may stand twice near itself: "to work and to lead"
_FAULTS = re.compile(
    r"  +|(?<!\.)\s[,.;](?=\s|$)|, ?,|\b(?:and|or|but),? (?:and|or|but)\b|, ?\.(?!\.)|\( ?\)|\( | \)"
    r"|\bwho(?: \w+){2,6} who\b"  # "a person who can plan their own work who can"
    r"|\b(?:an (?=(?-i:[bcdfgjklmnpqrstvwyz][a-z]))|a (?=(?-i:[ai][a-z])))"  # where two changes meet behind an article
    r"|(?:^|\n)[ \t]*(?:[-*•·][ \t]*(?=\n|$)|[,;] )",
    re.IGNORECASE,
)
_ADVERBS = re.compile(r"\b(\w{3,}ly) (\w{3,}ly)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def clashes(before: str, after: str, *, near: bool = True) -> bool:
    """Whether `after` has a fault that `before` does not have.

    Args:
        before, after: a sentence or a few, as source or clean text; tags do not count.
        near: whether a near form of a word a few words off is one.
    """
    old, new = (Counter(_faults(_TAG.sub("", text), near=near)) for text in (before, after))
    return bool(new - old)


def repeats(sentence: str, edits: Sequence[Edit], may: Collection[str]) -> bool:
    """Whether edits say a word anew, or a near form of it, that stands not far off: "motivated ... motivated".

    Args:
        may: words in small letters that may stand twice.
    """
    for edit in edits:
        new = _stems(edit.text, may) - _stems(sentence[edit.start : edit.end], may)
        if not new:
            continue
        before = _kept(sentence, 0, edit.start, edits).split()[-_AROUND:]
        behind = _kept(sentence, edit.end, len(sentence), edits).split()[:_AROUND]
        if new & _stems(" ".join((*before, *behind)), may):
            return True
    return False


def _kept(sentence: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    """What edits leave of a stretch that ends where one of them begins, or begins where one ends."""
    within = [replace(edit, text="") for edit in edits if start <= edit.start and edit.end <= end]
    return apply_edits(sentence[start:end], shift(within, -start))


def _stems(text: str, may: Collection[str]) -> set[str]:
    words = (word.group().lower() for word in _WORD.finditer(text))
    return {word[:_STEM] for word in words if len(word) >= _SHORT and word not in may}


def _faults(text: str, *, near: bool) -> Iterator[str]:
    yield from (found.group().strip(" \t").lower() or "space" for found in _FAULTS.finditer(text))
    yield from (found.group().lower() for found in _ADVERBS.finditer(text))
    words = [word.group().lower() for word in _WORD.finditer(text)]
    for place, word in enumerate(words):
        stem = word[:_STEM]
        if words[place + 1 : place + 2] == [word]:
            yield f"{word} {word}"
        elif (
            near
            and len(word) >= _SHORT
            and any(other[:_STEM] == stem for other in words[place + 1 : place + 2 + _NEAR])
        ):
            yield stem
