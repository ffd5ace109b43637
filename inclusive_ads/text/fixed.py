"""What of an advert cannot be changed: text that its file takes in from another, or that it locks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from inclusive_ads.report import Edit


def can_change(source: str, fixed: Sequence[tuple[int, int]], edit: Edit) -> bool:
    """Whether an edit changes nothing that is fixed, and puts nothing into it.

    Args:
        fixed: stretches of the source, in order and not overlapping.
    """
    index = bisect_left(fixed, edit.start, key=lambda stretch: stretch[1])
    if edit.start < edit.end:
        index += index < len(fixed) and fixed[index][1] == edit.start
        return index == len(fixed) or edit.end <= fixed[index][0]
    around = [each for each in fixed[index : index + 2] if each[0] <= edit.start]
    return all(_stands_beside(source, edit, *each) for each in around)


def _stands_beside(source: str, insertion: Edit, start: int, end: int) -> bool:
    """Whether new text at a fixed stretch is no part of it: in its line, or as lines of its own before or behind it."""
    place = insertion.start
    if place == end:
        return insertion.text.startswith("\n") or source[end : end + 1] not in ("", "\n")
    return place == start and (source[start - 1 : start].strip() != "" or insertion.text.endswith("\n"))
