"""Edits of a text. Knows no language and no lexicon."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence

from inclusive_ads.report import Edit, Finding


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all edits made.

    Args:
        edits: offsets of `text`; they must not overlap. Insertions at one place are made in the order given.

    Raises:
        ValueError: two edits overlap, or one lies outside the text.
    """
    parts: list[str] = []
    place = 0
    for edit in sorted(edits, key=_place):
        if edit.start < place or edit.end < edit.start or edit.end > len(text):
            raise ValueError(f"the edit at {edit.start}-{edit.end} overlaps another or lies outside the text")
        parts += (text[place : edit.start], edit.text)
        place = edit.end
    return "".join((*parts, text[place:]))


def compatible(edits: Iterable[Edit], others: Iterable[Edit]) -> bool:
    """Whether two lists of edits can be made together: nothing overlaps, no two insertions in one place."""
    taken = sorted(others, key=_place)
    return all(_fits(edit, taken) for edit in edits)


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _fits(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Whether an edit can be made beside others, which are in order and do not overlap: only its neighbours matter."""
    index = bisect_left(taken, edit.start, key=lambda other: other.start)
    if index and taken[index - 1].end > edit.start:
        return False
    return index == len(taken) or edit.start != taken[index].start >= edit.end


def shift(edits: Iterable[Edit], by: int) -> tuple[Edit, ...]:
    """The same edits in a text that starts `by` characters later."""
    return tuple(Edit(start=e.start + by, end=e.end + by, text=e.text) for e in edits)


def choose_edits(
    findings: Iterable[Finding], accepted: Mapping[int, int] | None = None, *, take_all: bool = False
) -> list[Edit]:
    """The edits to make: accepted suggestions, and otherwise the first one where it is safe.

    Args:
        accepted: number of a finding → index of the suggestion taken (-1: leave it as it is).
        take_all: take first suggestions that need a look, too.
    """
    wanted = accepted or {}
    chosen: list[Edit] = []
    # What a person accepted comes first: a safe one that touches it gives way.
    for finding in sorted(findings, key=lambda f: (f.number not in wanted, f.number)):
        index = wanted.get(finding.number, 0)
        if (
            index < 0
            or index >= len(finding.suggestions)
            or (finding.kept is not None and finding.number not in wanted)
        ):
            continue
        suggestion = finding.suggestions[index]
        taken = finding.number in wanted or take_all or suggestion.safety == "safe"
        if taken and all(_fits(edit, chosen) for edit in suggestion.edits):
            for edit in suggestion.edits:
                insort(chosen, edit, key=_place)
    return chosen
