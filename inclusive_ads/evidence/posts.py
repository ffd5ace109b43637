"""Records into posts: one grade in one role, with every group and whoever is left, and totals that add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from inclusive_ads.evidence.headcounts import Headcount
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.thresholds import Thresholds

OTHERS = ""  # the part of a post that no listed group covers
OTHER_ROLES = "\0other"  # people of a grade in no listed role; never shown by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One grade in one role at one date, for one characteristic.

    Attributes:
        parts: people in each group (`OTHERS` for the rest); None where the publisher hid the number.
        known: people whose characteristic is known; `unknown`: people whose is not; `told`: whether the file says.
        exact: whether `known` comes from a total, rather than from hidden numbers taken at their highest.
        scheme: of grades ("cs", "afc", "local"); `step`: place of the grade in it, junior first.
    """

    org: str
    snapshot: date
    scheme: str
    grade: str
    step: int
    role: str
    characteristic: str
    parts: Mapping[str, int | None] = field(hash=False)
    known: int
    unknown: int
    told: bool = True
    exact: bool = True


def make_posts(headcounts: Iterable[Headcount], thresholds: Thresholds) -> tuple[tuple[Post, ...], tuple[str, ...]]:
    """Gather headcounts into posts, and notes on what was left out.

    Raises:
        EvidenceError: totals that do not add up, or a group that some grades have and others lack.
    """
    listed = list(headcounts)
    steps = _steps(listed, thresholds)
    gathered: dict[tuple[str, date, str, str, str], list[Headcount]] = defaultdict(list)
    for headcount in listed:
        gathered[
            (headcount.org, headcount.snapshot, headcount.characteristic, fold(headcount.role), headcount.grade)
        ].append(headcount)
    families: dict[tuple[str, str], set[str]] = defaultdict(set)
    for headcount in listed:
        if headcount.kind == "group":
            families[(headcount.org, headcount.characteristic)].add(headcount.group)
    _check_overlaps(listed, thresholds)
    posts = {
        key: _post(items, families[(key[0], key[2])], steps, thresholds)
        for key, items in gathered.items()
        if key[-1] and any(item.kind == "group" for item in items)
    }
    _check_grand_totals(gathered, posts)
    rested, notes = _split_roles(list(posts.values()), gathered)
    return tuple(_level_parts(rested)), notes


def _check_overlaps(headcounts: Iterable[Headcount], thresholds: Thresholds) -> None:
    """People of one grade must not stand in another one, too ("HEO" beside "HEO/SEO")."""
    seen: dict[tuple[str, date, str, str, str], Headcount] = {}
    for headcount in headcounts:
        for grade in thresholds.grades.of(headcount.grade) if headcount.grade else ():
            key = (headcount.org, headcount.snapshot, headcount.characteristic, fold(headcount.role), grade)
            other = seen.setdefault(key, headcount)
            if other.grade != headcount.grade:
                raise headcount.line.error(
                    "grade",
                    f"'{headcount.grade}' and '{other.grade}' (row {other.line.row}) both hold {grade}.",
                    "Give each person in one grade only: keep the single grades, or those together.",
                )


def _steps(headcounts: Iterable[Headcount], thresholds: Thresholds) -> dict[tuple[str, str], int]:
    """Place of each grade: its scheme's, or else the order in which the file names the grades, junior first."""
    steps: dict[tuple[str, str], int] = {}
    for headcount in headcounts:
        scheme = fold(headcount.scheme)
        place = thresholds.grades.place(headcount.grade)
        if place is not None and thresholds.grades.known(scheme, headcount.grade):
            steps[(headcount.org, headcount.grade)] = place
        elif (headcount.org, headcount.grade) not in steps:
            if scheme in thresholds.schemes and headcount.grade:
                raise headcount.line.error(
                    "grade",
                    f"'{headcount.grade[:40]}' is not a grade of the scheme '{headcount.scheme}'.",
                    "Use the scheme's own names, or the scheme 'local' with grades from junior to senior.",
                )
            steps[(headcount.org, headcount.grade)] = sum(org == headcount.org for org, _ in steps)
    return steps


def _post(
    items: list[Headcount], family: set[str], steps: Mapping[tuple[str, str], int], thresholds: Thresholds
) -> Post:
    first = items[0]
    most = thresholds.small.count - 1
    groups = {item.group: item.count for item in items if item.kind == "group"}
    base = sum(count for count in groups.values() if count is not None)
    hidden = sum(count is None for count in groups.values())
    numbers = max(len(items), len(groups) + 2)
    slack = first.rounded_to * numbers // 2 if first.rounded_to > 1 else 0
    told, masked, certain = _unknown(items, most)
    total = next((item.count for item in items if item.kind == "total"), None)
    rest = 0
    if total is None:
        known = base + most * hidden
    else:
        known = total - masked if certain else max(total - masked, base)
        totals = next(item for item in items if item.kind == "total")
        if known < base - slack:
            raise totals.line.error(
                totals.column,
                f"The groups add up to more people than the total for {first.grade} leaves.",
                "Check the total and the unknowns; list groups that do not overlap.",
            )
        rest = max(0, known - base - most * hidden)
        if rest <= slack:
            known, rest = (max(base, known) if hidden else base), 0
        whole = first.complete or any(set(group) <= set(groups) for group in thresholds.whole)
        if rest and whole:
            raise totals.line.error(
                totals.column,
                f"The groups and the unknowns add up to fewer people than the total for {first.grade}.",
                "Check the total and the unknowns.",
            )
    missing = family - set(groups)
    if missing and rest:
        raise first.line.error(
            first.column,
            f"{first.grade} lacks a group that other grades have: {', '.join(sorted(missing))}.",
            "Write 0 where there is nobody.",
        )
    parts: dict[str, int | None] = {**groups, **dict.fromkeys(missing, 0)}
    if rest:
        parts[OTHERS] = rest
    return Post(
        org=first.org,
        snapshot=first.snapshot,
        scheme=first.scheme,
        grade=first.grade,
        step=steps[(first.org, first.grade)],
        role=first.role,
        characteristic=first.characteristic,
        parts=parts,
        known=known,
        unknown=masked,
        told=told,
        exact=total is not None or not hidden,
    )


def _unknown(items: list[Headcount], most: int) -> tuple[bool, int, bool]:
    """Whether a post's unknowns are told, how many they are at most, and whether that is certain.

    Several rows of unknowns are different people, so they are added; a column beside them is their sum.
    """
    told = [item for item in items if item.kind == "unknown"]
    rows = [item.count for item in told if item.group]
    column = next((item for item in told if not item.group), None)
    if not rows:
        rows = [column.count] if column else []
        column = None
    highest = sum(most if count is None else count for count in rows)
    if column and column.column and None not in (column.count, *rows) and column.count != highest:
        raise column.line.error(
            column.column,
            f"The rows of unknown people add up to {highest}, and this says {column.count}.",
            "Check the unknowns.",
        )
    return bool(told), highest, None not in rows


def _check_grand_totals(
    gathered: Mapping[tuple[str, date, str, str, str], list[Headcount]],
    posts: Mapping[tuple[str, date, str, str, str], Post],
) -> None:
    """A row for all grades must be the sum of the grades."""
    for key, items in gathered.items():
        if key[-1]:
            continue
        grades = [post for other, post in posts.items() if other[:4] == key[:4]]
        for item in items:
            counts = [post.parts.get(item.group) for post in grades] if item.kind == "group" else []
            if item.count is None or not counts or None in counts:
                continue
            slack = item.rounded_to * (len(counts) + 1) // 2 if item.rounded_to > 1 else 0
            if abs(sum(count or 0 for count in counts) - item.count) > slack:
                raise item.line.error(
                    item.column, "The grades do not add up to the number for all grades.", "Check the figures."
                )


def _split_roles(
    posts: list[Post], gathered: Mapping[tuple[str, date, str, str, str], list[Headcount]]
) -> tuple[list[Post], tuple[str, ...]]:
    """Where a file gives all roles and single roles too, keep the single ones and whoever is in no listed role."""
    result: list[Post] = []
    left = 0
    families: dict[tuple[str, date, str, str], list[Post]] = defaultdict(list)
    for post in posts:
        families[(post.org, post.snapshot, post.characteristic, post.grade)].append(post)
    for family in families.values():
        single = [post for post in family if post.role]
        every = next((post for post in family if not post.role), None)
        result += single or family
        if not single or every is None:
            continue
        if any(None in post.parts.values() for post in family):
            left += 1
            continue
        parts = {
            name: (count or 0) - sum(post.parts.get(name) or 0 for post in single)
            for name, count in every.parts.items()
        }
        known = every.known - sum(post.known for post in single)
        unknown = every.unknown - sum(post.unknown for post in single)
        item = gathered[(every.org, every.snapshot, every.characteristic, "", every.grade)][0]
        slack = item.rounded_to * (len(single) + 1) // 2 if item.rounded_to > 1 else 0
        if min(*parts.values(), known, unknown) < -slack:
            raise item.line.error(
                item.column,
                f"The roles add up to more people than the row for all roles at {every.grade}.",
                "Check the figures.",
            )
        parts = {name: max(0, count) for name, count in parts.items()}
        if sum(parts.values()):
            rest = replace(every, role=OTHER_ROLES, parts=parts, known=sum(parts.values()), unknown=max(0, unknown))
            result.append(rest)
    note = f"{left} rows for all roles were passed over, because a number of theirs or of a single role is hidden."
    return result, (note,) if left else ()


def _level_parts(posts: list[Post]) -> Iterable[Post]:
    """Give the posts of a family the same parts."""
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for post in posts:
        names[(post.org, post.characteristic)] |= set(post.parts)
    for post in posts:
        missing = names[(post.org, post.characteristic)] - set(post.parts)
        yield replace(post, parts={**post.parts, **dict.fromkeys(missing, 0)}) if missing else post
