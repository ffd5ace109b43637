"""Which groups a file of applicants has, and whether they can be added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.applicants import STEPS, UNKNOWN, Applicants, ApplicantsTable
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.thresholds import Thresholds


def wanted_groups(table: ApplicantsTable, groups: Sequence[str], limits: Thresholds) -> set[tuple[str, str]]:
    """Characteristic and group of those to tell of: the labels given, or all but those that others are compared with.

    Raises:
        EvidenceError: a label that the file does not have.
    """
    there = {(row.characteristic, row.group): row for row in table.rows if row.group != UNKNOWN}
    references = set(limits.recruitment.reference.items())
    if not groups:
        return set(there) - references
    found = {pair for pair in there for label in groups if pair[1] == limits.group(label)}
    for label in groups:
        if limits.group(label) not in {group for _, group in there}:
            raise EvidenceError(
                f"The file has no group '{label[:60]}'.",
                f"It has: {', '.join(sorted(group for _, group in there))}.",
                path=table.sheet.path,
            )
    return found


def strangers(table: ApplicantsTable, limits: Thresholds) -> list[str]:
    """Labels of groups that nobody knows."""
    known = {group.id for group in limits.groups}
    labels = {row.group: row.label for row in table.rows if row.group not in known and row.group != UNKNOWN}
    return [label for label in labels.values() if fold(label) not in limits.labels.others]


def check_groups(table: ApplicantsTable, limits: Thresholds) -> None:
    """Refuse numbers that are hidden, groups that overlap, and a group alone.

    Raises:
        EvidenceError: names row and column.
    """
    holds = {group.id: group.holds for group in limits.groups}
    groups: dict[str, dict[str, Applicants]] = {}
    for row in table.rows:
        mine = groups.setdefault(row.characteristic, {})
        mine.setdefault(row.group, row)
        if row.line and None in (row.applied, row.shortlisted, row.appointed):
            name = next(step for step in STEPS if getattr(row, step) is None)
            raise row.line.error(
                table.at.get(name, table.at.get("count", "")),
                "A hidden number cannot be added up.",
                "Give the number itself: none under five, and none that gives one away, is shown.",
            )
    for characteristic, mine in groups.items():
        for row in mine.values():
            within = next((group for group in holds.get(row.group, ()) if group in mine), "")
            if within and row.line:
                raise row.line.error(
                    table.at["group"],
                    f"'{row.label}' holds '{mine[within].label}', too, so people would be counted twice.",
                    "Give groups that do not overlap.",
                )
        if len(set(mine) - {UNKNOWN}) == 1:
            only = next(row for group, row in mine.items() if group != UNKNOWN)
            raise table.sheet.error(
                f"'{only.label}' is the only group, so there is no share to work out ({characteristic}).",
                "Add the other applicants as a group of their own, such as 'white' or 'other'.",
                column=table.at["group"],
            )


def check_part(table: ApplicantsTable, rows: Sequence[Applicants], told: str) -> None:
    """Refuse a part of the file in which a group has no row at all: that is a mistake, and not nobody.

    Args:
        rows: of before, or of after; none where there is no such part.
        told: how an error calls it.

    Raises:
        EvidenceError: names the group.
    """
    here = {(row.characteristic, row.group) for row in rows}
    labels = ", ".join(dict.fromkeys(f"'{row.label}'" for row in rows))
    for row in table.rows:
        if here and row.group != UNKNOWN and (row.characteristic, row.group) not in here:
            raise table.sheet.error(
                f"There is no row for '{row.label}' {told}.",
                f"There are {labels}. Check how the group is written, and write 0 where there was nobody.",
                column=table.at["group"],
            )


def unlisted(table: ApplicantsTable) -> list[str]:
    """A note where campaigns or periods lack a group that others have."""
    units: dict[tuple[str, ...], set[str]] = defaultdict(set)
    groups: dict[str, set[str]] = defaultdict(set)
    for row in table.rows:
        units[row.characteristic, row.period, row.campaign, row.grade].add(row.group)
        groups[row.characteristic].add(row.group)
    lacking = sum(bool(groups[unit[0]] - mine - {UNKNOWN}) for unit, mine in units.items())
    if not lacking:
        return []
    who = "1 campaign or period has" if lacking == 1 else f"{lacking} campaigns or periods have"
    return [f"{who} no row for a group that others have: counted as nobody."]
