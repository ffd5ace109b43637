"""Parts of groups ("A White - British", "B White - Irish") into the groups that they make up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from inclusive_ads.evidence.headcounts import Headcount
from inclusive_ads.evidence.layouts import Group


def add_parts(records: Iterable[Headcount], groups: Sequence[Group]) -> tuple[Headcount, ...]:
    """One record for each group: its own, or the sum of its parts.

    Args:
        records: of one file.
        groups: of which some have parts.

    Raises:
        EvidenceError: a part is hidden, the parts are not what the group's own row says, or groups overlap.
    """
    listed = list(records)
    parted_groups = {record.group for record in listed if record.part}
    beside = {label: one.id for one in groups if one.id in parted_groups for label in one.parts_beside}
    families: dict[tuple[object, ...], list[Headcount]] = defaultdict(list)
    for given in listed:
        joins = given.kind == "group" and not given.part and given.group in beside
        record = replace(given, group=beside[given.group], part=given.group) if joins else given
        families[record.whole].append(record)
    found = tuple(_sum(family) if family[0].kind == "group" else family[0] for family in families.values())
    holding = {one.id: one.holds for one in groups if one.holds}
    first = {record.whole: record for record in found}
    for record in found:
        for held in holding.get(record.group, ()):
            part = first.get((*record.whole[:-1], held))
            if part:
                raise part.line.error(
                    part.column,
                    f"'{part.written[1]}' is part of '{record.written[1]}' (row {record.line.row}).",
                    "Give groups that do not overlap: all of them whole, or all of them in parts.",
                )
    return found


def _sum(family: list[Headcount]) -> Headcount:
    own = next((record for record in family if not record.part), None)
    parts = [record for record in family if record.part]
    if not parts:
        return family[0]
    hidden = next((record for record in parts if record.count is None), None)
    total = sum(record.count or 0 for record in parts)
    if own and not hidden and own.count is not None and own.count != total:
        raise own.line.error(
            own.column,
            f"The parts of '{own.written[1]}' add up to {total}, and this says {own.count}.",
            "Check the figures.",
        )
    if own:
        return own
    if hidden:
        raise hidden.line.error(
            hidden.column,
            f"'{hidden.written[1]}' is part of a group that is added up, and its number is hidden.",
            "Give the number, or figures that are added up already (white, ethnic minority, not stated).",
        )
    return replace(parts[0], part="", count=total)
