"""Edits of a text. Knows no language and no lexicon."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from inclusive_ads.report import Edit


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all edits made.

    Args:
        edits: offsets of `text`; they must not overlap. Insertions at one place are made in the order given.

    Raises:
        ValueError: two edits overlap, or one lies outside the text.
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=place):
        if edit.start < done or edit.end < edit.start or edit.end > len(text):
            raise ValueError(f"the edit at {edit.start}-{edit.end} overlaps another or lies outside the text")
        parts += (text[done : edit.start], edit.text)
        done = edit.end
    return "".join((*parts, text[done:]))


def place(edit: Edit) -> tuple[int, int]:
    """What edits are put in order by."""
    return edit.start, edit.end


def fits(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Whether an edit can be made beside others: it overlaps none, and none begins where it begins.

    Args:
        taken: in order and not overlapping, so that only the neighbours matter.
    """
    index = bisect_left(taken, edit.start, key=lambda other: other.start)
    if index and taken[index - 1].end > edit.start:
        return False
    return index == len(taken) or edit.start != taken[index].start >= edit.end


def shift(edits: Iterable[Edit], by: int) -> tuple[Edit, ...]:
    """The same edits in a text that starts `by` characters later."""
    return tuple(Edit(start=e.start + by, end=e.end + by, text=e.text) for e in edits)
