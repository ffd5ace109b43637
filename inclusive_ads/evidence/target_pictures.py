"""Targets as a table in text, as rows for a spreadsheet, and as a picture (SVG)."""

from __future__ import annotations

from collections.abc import Sequence

from inclusive_ads.evidence.drawing import Bar, columns, draw
from inclusive_ads.evidence.sentences import percent
from inclusive_ads.evidence.targets import Target
from inclusive_ads.evidence.thresholds import Thresholds
from inclusive_ads.plain import JsonObject

_HEAD = ("Grade", "Role", "Group", "Share now", "Target", "By", "Gap, heads", "Appointments a year")
_LEGEND = "Bar: share of the staff known. Dashed line: target, an aspiration and never a quota."
ASPIRATION = "A target is an aspiration to plan by, never a quota: each appointment is on merit."


def target_table(targets: Sequence[Target], thresholds: Thresholds) -> str:
    """Targets as lines of text with aligned columns; how each was worked out stands in `Target.working`."""
    return columns(_HEAD, [_row(target, thresholds.small.count) for target in targets])


def _row(target: Target, small: int) -> tuple[str, ...]:
    return (
        target.grade,
        target.role or "all roles",
        target.phrase,
        _share(target, small),
        f"{percent(target.goal)} ({target.goal_of})" if target.goal else "none",
        str(target.year),
        _gap(target, small),
        _appointments(target, small),
    )


def _share(target: Target, small: int) -> str:
    if target.share is not None:
        return percent(target.share)
    return f"fewer than {small}" if target.known is not None else "not shown"


def _gap(target: Target, small: int) -> str:
    if target.gap is not None:
        return f"{target.gap:,}" if target.gap else "reached"
    return f"fewer than {small}" if target.state == "small gap" else "not shown"


def _appointments(target: Target, small: int) -> str:
    if target.of_appointments is None:
        return ""
    number = target.appointments_a_year
    if number is None:
        return f"{target.of_appointments:.0%} of all" if target.gap is None else f"fewer than {small}"
    return f"{number:,} of about {target.posts_a_year:,.0f}"


def target_picture(
    targets: Sequence[Target], thresholds: Thresholds, *, title: str = "Share now, and the target"
) -> str:
    """The grades as bars with a mark for the target: an ``<svg>`` element to stand in a page."""
    small = thresholds.small.count
    words = " ".join(f"{_name(target)}, {target.phrase}: {target.working}" for target in targets)
    bars = [
        Bar(
            name=_name(target),
            about=target.phrase,
            labels=(_aim(target, small), _needs(target, small)),
            share=target.share,
            mark=target.goal,
        )
        for target in targets
    ]
    return draw(bars, title=title, legend=_LEGEND, words=words)


def _name(target: Target) -> str:
    return ", ".join(part for part in (target.grade, target.role) if part)


def _aim(target: Target, small: int) -> str:
    goal = f"{percent(target.goal)} by {target.year}" if target.goal else "none"
    return f"{_share(target, small)}; target {goal}"


def _needs(target: Target, small: int) -> str:
    if target.gap == 0:
        return "reached"
    gap, appointments = _gap(target, small), _appointments(target, small)
    return f"gap: {gap}" + (f"; a year: {appointments}" if appointments else "")


def target_rows(targets: Sequence[Target], thresholds: Thresholds) -> list[JsonObject]:
    """Targets as rows for a spreadsheet; a number that is not given is an empty cell."""
    return [
        {
            "organisation": target.org,
            "figures_of": target.snapshot_date.isoformat(),
            "grade": target.grade,
            "role": target.role or "all roles",
            "group": target.group,
            "people": _or_small(target, target.people, thresholds),
            "known": target.known,
            "share": None if target.share is None else round(target.share, 4),
            "target": None if target.goal is None else round(target.goal, 4),
            "target_of": target.goal_of,
            "year": target.year,
            "state": target.state,
            "gap": target.gap,
            "posts_a_year": target.posts_a_year,
            "appointments_a_year": target.appointments_a_year,
            "of_appointments": target.of_appointments,
            "working": target.working,
        }
        for target in targets
    ]


def _or_small(target: Target, number: int | None, thresholds: Thresholds) -> int | str | None:
    return f"fewer than {thresholds.small.count}" if number is None and target.known is not None else number
