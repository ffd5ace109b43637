"""Which applicants are of before and which of after the change of wording, and of campaigns with it or without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from inclusive_ads.errors import EvidenceError, SettingsError
from inclusive_ads.evidence.applicants import Applicants, ApplicantsTable
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.periods import begins
from inclusive_ads.evidence.thresholds import Thresholds

Time = Literal["before", "after"]
_NAMED = 5  # campaigns or periods that a note lists


@dataclass(slots=True, kw_only=True)
class Parted:
    """The rows of a file of applicants, parted by the change.

    Attributes:
        before, after: of the campaigns that had it.
        other_before, other_after: of those that did not; empty where there are none. Where campaigns do not recur,
            nobody's before is of one kind or the other: then `other_before` is `before`.
        notes: how they were told apart.
    """

    before: list[Applicants] = field(default_factory=list)
    after: list[Applicants] = field(default_factory=list)
    other_before: list[Applicants] = field(default_factory=list)
    other_after: list[Applicants] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    row: Applicants
    had: bool
    time: Time | None


def part(
    table: ApplicantsTable, thresholds: Thresholds, *, since: date | None = None, campaigns: Sequence[str] = ()
) -> Parted:
    """Part the rows by what the file says of the change, or by the day and the campaigns that are given.

    Args:
        since: the change came with the periods that begin on this day or later.
        campaigns: names of those that had it; else as the file says, or all.

    Raises:
        EvidenceError: the file does not say it, or names no day where one is needed, with its row and column.
        SettingsError: a campaign that the file does not have.
    """
    rows = _rows(table, thresholds, since, campaigns)
    parted = Parted()
    if any(one.had and one.time == "before" for one in rows):  # it says whose campaign had it at last, not when
        _by_campaign(parted, rows)
    else:
        _by_row(parted, rows)
    for name, kept in (("after", parted.after), ("before", parted.before)):
        if not kept or (since and not any(one.time == name for one in rows)):
            raise table.sheet.error(
                f"There are no applicants from {name} the change.",
                "Give campaigns from before and from after it, and say which is which: a column 'statement' "
                "with yes and no, a column 'before or after', or the option --since.",
                code="change",
            )
    if not parted.other_after or not parted.other_before:
        parted.other_before, parted.other_after = [], []
    parted.notes[:0] = _described(parted)
    return parted


def _by_campaign(parted: Parted, rows: Sequence[_Row]) -> None:
    places = {
        (True, "before"): parted.before,
        (True, "after"): parted.after,
        (False, "before"): parted.other_before,
        (False, "after"): parted.other_after,
    }
    for one in rows:
        if one.time:
            places[one.had, one.time].append(one.row)


def _by_row(parted: Parted, rows: Sequence[_Row]) -> None:
    """Where each row says whether its own advert had the change: campaigns that recur are followed, others pooled."""
    first: dict[str, date | None] = {}
    for one in rows:
        if one.had and one.row.campaign:
            day, name = begins(one.row.period), fold(one.row.campaign)
            first[name] = min(filter(None, (day, first.get(name))), default=None)
    recur = any(not one.had and fold(one.row.campaign) in first for one in rows)
    left = 0
    for one in rows:
        name, day = fold(one.row.campaign), begins(one.row.period)
        if one.had:
            parted.after.append(one.row)
        elif recur and name in first:
            later = bool(day and (own := first[name]) and day > own)
            left += later
            if not later:
                parted.before.append(one.row)
        elif one.time == "after":
            parted.other_after.append(one.row)
        elif not recur:
            parted.before.append(one.row)
        elif one.time:
            parted.other_before.append(one.row)
    if not recur and parted.other_after:
        parted.other_before = parted.before
    if left:
        parted.notes.append(f"{left} rows were left out: their campaign had had the change, and had it no more.")


def _rows(table: ApplicantsTable, thresholds: Thresholds, since: date | None, campaigns: Sequence[str]) -> list[_Row]:
    names = {fold(name) for name in campaigns}
    for name in campaigns:
        if fold(name) not in {fold(row.campaign) for row in table.rows if row.campaign}:
            there = ", ".join(sorted({row.campaign for row in table.rows if row.campaign})[:20]) or "none by name"
            raise SettingsError(f"The file has no campaign '{name[:60]}'.", f"It has: {there}.")
    told = [_had(row, table, thresholds) for row in table.rows]
    times = _times(table, thresholds, since, told)
    return [
        _Row(row, fold(row.campaign) in names if names else (time == "after" if had is None else had), time)
        for row, had, time in zip(table.rows, told, times, strict=True)
    ]


def _had(row: Applicants, table: ApplicantsTable, thresholds: Thresholds) -> bool | None:
    """What the column on the change says; None where there is none."""
    if not row.had:
        return None
    told, limits = fold(row.had), thresholds.recruitment
    if told in limits.yes or told in limits.no:
        return told in limits.yes
    raise _error(
        row, table, "statement", f"'{row.had[:40]}' does not say whether it had the change.", "Write yes or no."
    )


def _times(
    table: ApplicantsTable, thresholds: Thresholds, since: date | None, told: Sequence[bool | None]
) -> list[Time | None]:
    limits = thresholds.recruitment
    if "time" in table.at and since is None:
        found: list[Time | None] = []
        for row in table.rows:
            if fold(row.time) not in (*limits.before, *limits.after):
                raise _error(row, table, "time", f"'{row.time[:40]}' is no time.", "Write before or after.")
            found.append("before" if fold(row.time) in limits.before else "after")
        return found
    days = [begins(row.period) for row in table.rows]
    if since is None:
        first = [day for day, had in zip(days, told, strict=True) if had and day]
        if not first or None in days:
            return [None] * len(days)
        since = min(first)
    else:
        for row, day in zip(table.rows, days, strict=True):
            if day is None:
                raise _error(
                    row,
                    table,
                    "period",
                    f"'{row.period[:40]}' names no month or day, so it is not clear whether it is before --since.",
                    "Write it as 2026-01, or add a column 'before or after'.",
                )
    return ["after" if day and day >= since else "before" for day in days]


def _error(row: Applicants, table: ApplicantsTable, name: str, message: str, remedy: str) -> EvidenceError:
    column = table.at.get(name, name)
    if row.line is None:
        return table.sheet.error(message, remedy, column=column)
    return row.line.error(column, message, remedy, code="change")


def _described(parted: Parted) -> list[str]:
    """Which periods or campaigns each part is of."""
    words = [f"Before: {_listed(parted.before)}. After, with the change: {_listed(parted.after)}."]
    if parted.other_after:
        same = parted.other_before is parted.before
        before = "the same before" if same else f"before: {_listed(parted.other_before)}"
        words.append(f"Without the change, {before}; after: {_listed(parted.other_after)}.")
    else:
        words.append("There are no campaigns without the change to put beside them.")
    return words


def _listed(rows: Sequence[Applicants]) -> str:
    periods = sorted({row.period for row in rows if row.period}, key=lambda text: (str(begins(text) or ""), text))
    campaigns = sorted({row.campaign for row in rows if row.campaign})
    parts = [f"{periods[0]} to {periods[-1]}" if len(periods) > 1 else periods[0]] if periods else []
    if campaigns:
        more = f" and {len(campaigns) - _NAMED} more" if len(campaigns) > _NAMED else ""
        parts.append(", ".join(campaigns[:_NAMED]) + more)
    return " (".join(parts) + ")" * (len(parts) > 1) or "no name"
