"""Edits of a text. Knows no language and no lexicon."""

from __future__ import annotations

from collections.abc import Iterable

from inclusive_ads.report import Edit


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all edits made.

    Args:
        edits: offsets of `text`; they must not overlap. Insertions at one place are made in the order given.

    Raises:
        ValueError: two edits overlap, or one lies outside the text.
    """
    parts: list[str] = []
    place = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < place or edit.end < edit.start or edit.end > len(text):
            raise ValueError(f"the edit at {edit.start}-{edit.end} overlaps another or lies outside the text")
        parts += (text[place : edit.start], edit.text)
        place = edit.end
    return "".join((*parts, text[place:]))


def compatible(edits: Iterable[Edit], others: Iterable[Edit]) -> bool:
    """Whether two lists of edits can be made together: nothing overlaps, no two insertions in one place."""
    taken = list(others)
    return not any(
        (edit.start < other.end and other.start < edit.end) or edit.start == other.start
        for edit in edits
        for other in taken
    )


def shift(edits: Iterable[Edit], by: int) -> tuple[Edit, ...]:
    """The same edits in a text that starts `by` characters later."""
    return tuple(Edit(start=e.start + by, end=e.end + by, text=e.text) for e in edits)
