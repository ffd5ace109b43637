"""Graded groups as a small accessible picture (SVG) and as a plain table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inclusive_ads.evidence.drawing import Bar, columns, draw
from inclusive_ads.evidence.sentences import percent
from inclusive_ads.evidence.values import GradedGroup

_LEGEND = "Bar: share of the staff known. Dashed line: comparator. In brackets: evidence of under-representation."
_HIDDEN = {"small": "fewer than 5", "withheld": "not shown"}


def picture(groups: Iterable[GradedGroup], *, title: str = "Share by grade, and the comparator") -> str:
    """The grades as bars with a mark for the comparator: an ``<svg>`` element to stand in a page.

    A hidden number has no bar at all.
    """
    shown = list(groups)
    words = " ".join(graded.sentence for graded in shown)
    return draw([_bar(graded) for graded in shown], title=title, legend=_LEGEND, words=words)


def _bar(graded: GradedGroup) -> Bar:
    against = ""
    if graded.comparator_share is not None:
        against = f"; comparator {percent(graded.comparator_share)}"
    return Bar(
        name=", ".join(part for part in (graded.grade, graded.role) if part),
        about=graded.phrase,
        labels=(f"{share_text(graded)} ({graded.level}){against}",),
        share=graded.share,
        mark=graded.comparator_share,
    )


def table(groups: Sequence[GradedGroup]) -> str:
    """Graded groups as lines of text with aligned columns, for a terminal or a screen reader."""
    head = ("Grade", "Role", "Group", "Share", "Comparator", "Result")
    rows = [
        (
            graded.grade,
            graded.role or "all roles",
            graded.phrase,
            share_text(graded),
            f"{percent(graded.comparator_share)} ({graded.comparator})"
            if graded.comparator_share is not None
            else "none",
            graded.level.value,
        )
        for graded in groups
    ]
    return columns(head, rows)


def share_text(graded: GradedGroup) -> str:
    """The share as it may be shown: "7.3%", "fewer than 5" or "not shown"."""
    return percent(graded.share) if graded.share is not None else _HIDDEN[graded.hidden]
