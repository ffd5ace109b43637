"""What became of applicants before and after a change of wording, in numbers that may be shown; never why.

At each step people stay or go: some were not shortlisted, some were shortlisted and not appointed, some were appointed.
These three are cleared for release together, so that neither a number at a step nor the difference of two steps gives
a small one away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from inclusive_ads.evidence.applicant_groups import check_groups, check_part, strangers, unlisted, wanted_groups
from inclusive_ads.evidence.applicants import STEPS, UNKNOWN, Applicants, read_applicants_table
from inclusive_ads.evidence.campaigns import Parted, part
from inclusive_ads.evidence.posts import Post
from inclusive_ads.evidence.protection import Hidden, Protector, Release
from inclusive_ads.evidence.sheets import FiguresFile
from inclusive_ads.evidence.statistics import (
    MOST_TIMES,
    applicants_needed,
    likelihood_interval,
    newcombe,
)
from inclusive_ads.evidence.thresholds import Thresholds, default_thresholds

_TOLD = {
    "before": "before the change",
    "after": "after the change",
    "other_before": "before, in campaigns without the change",
    "other_after": "after, in campaigns without the change",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """People of a group at a step, in one period: `people` of `known`; None where they are not shown, and why."""

    people: int | None = None
    known: int | None = None
    hidden: str = ""

    @property
    def share(self) -> float | None:
        """0 to 1."""
        return None if self.people is None or not self.known else self.people / self.known


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step before and after.

    Attributes:
        difference: after less before, in points, and `low`, `high`: its interval of 95% (Newcombe).
        needed: rise in points → applicants that each period would need to show it.
    """

    name: str
    before: Seen
    after: Seen
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    needed: Mapping[int, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Relative likelihood of appointment from shortlisting (WRES indicator 2); above 1 favours the reference group."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """What became of the applicants of one group, before and after.

    Attributes:
        changed: whether in the campaigns that had the change, or in those that did not.
        reference: who the likelihood compares with, "everyone else" where the file has no group for it.
        ratio_before, ratio_after: None where a number behind them is too small.
        unknown: whether more are of unknown group than a share bears, in a period.
    """

    characteristic: str
    group: str
    phrase: str
    changed: bool
    steps: tuple[Step, ...]
    reference: str
    ratio_before: Ratio | None
    ratio_after: Ratio | None
    unknown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """All groups, and how the file was read."""

    groups: tuple[GroupChange, ...]
    notes: tuple[str, ...]


def read_outcomes(
    recruitment: FiguresFile,
    *,
    since: date | None = None,
    campaigns: Sequence[str] = (),
    groups: Sequence[str] = (),
    thresholds: Thresholds | None = None,
) -> Outcomes:
    """Read a file of applicants and say what became of each group before and after the change.

    Args:
        recruitment: a path, or the bytes of a CSV file or a workbook; totals by campaign or period, see
            docs/outcomes.md.
        since, campaigns: as for `part`.
        groups: labels of the only groups to tell of; else all but those that others are compared with.

    Raises:
        EvidenceError: figures that cannot be used; names file, row and column.
        SettingsError: a campaign that the file does not have.
    """
    limits = thresholds or default_thresholds()
    table = read_applicants_table(recruitment, limits)
    if not table.at:
        raise table.sheet.error(
            "A return is of one period only.", "Give applicants by campaign or month, as docs/outcomes.md says."
        )
    check_groups(table, limits)
    parted = part(table, limits, since=since, campaigns=campaigns)
    for name, told in _TOLD.items():
        check_part(table, getattr(parted, name), told)
    wanted = wanted_groups(table, groups, limits)
    found = []
    notes = [*table.sheet.notes, *parted.notes]
    for characteristic in dict.fromkeys(row.characteristic for row in table.rows):
        cleared = _clear(parted, characteristic, limits)
        mine = [group for group in cleared.groups if (characteristic, group) in wanted]
        found += [_change(cleared, group, changed, limits) for changed in cleared.arms for group in mine]
        if not cleared.told:
            notes.append(
                f"The file does not say how many are of unknown group ({characteristic}). Add them, or write 0."
            )
    notes += [
        f"'{name}' is no group that is known, so it is counted as a group of its own."
        for name in strangers(table, limits)
    ]
    notes += unlisted(table)
    return Outcomes(groups=tuple(found), notes=tuple(notes))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cleared:
    """What of one characteristic may be known: (part, step) → release."""

    characteristic: str
    groups: tuple[str, ...]
    releases: Mapping[tuple[str, str], Release | None]
    arms: tuple[bool, ...]
    told: bool


def _clear(parted: Parted, characteristic: str, limits: Thresholds) -> _Cleared:
    """Clear each step of each part for release: the earliest step first, since it says most of the adverts."""
    parts: dict[str, list[Applicants]] = {
        name: [row for row in getattr(parted, name) if row.characteristic == characteristic] for name in _TOLD
    }
    shared = parted.other_before is parted.before
    own = [name for name in _TOLD if parts[name] and not (shared and name == "other_before")]
    groups = tuple(sorted({row.group for rows in parts.values() for row in rows} - {UNKNOWN}))
    posts = tuple(post for name in own for post in _posts(parts[name], name, characteristic, groups))
    protector = Protector(posts, limits.small)
    blocks = {
        (name, step): frozenset(3 * place + kind for kind in range(index, 3))
        for index, step in enumerate(STEPS)
        for place, name in enumerate(own)
    }
    protector.planned = tuple(blocks.values())
    releases = {key: protector.release(block) for key, block in blocks.items()}
    if shared:
        releases |= {("other_before", step): releases.get(("before", step)) for step in STEPS}
    return _Cleared(
        characteristic=characteristic,
        groups=groups,
        releases=releases,
        arms=(True, False) if parts["other_after"] else (True,),
        told=all(post.told for post in posts),
    )


def _posts(rows: Sequence[Applicants], name: str, characteristic: str, groups: Sequence[str]) -> list[Post]:
    """Three: those not shortlisted, those shortlisted and not appointed, those appointed."""

    def count(group: str, step: str) -> int:
        return sum(getattr(row, step) or 0 for row in rows if row.group == group) if step else 0

    posts = []
    for index, (step, following) in enumerate(zip(STEPS, (*STEPS[1:], ""), strict=True)):
        parts: dict[str, int | None] = {group: count(group, step) - count(group, following) for group in groups}
        posts.append(
            Post(
                org="",
                snapshot=date.min,
                scheme="",
                grade=step,
                step=index,
                role=name,
                characteristic=characteristic,
                parts=parts,
                known=sum(value or 0 for value in parts.values()),
                unknown=count(UNKNOWN, step) - count(UNKNOWN, following),
                told=any(row.group == UNKNOWN for row in rows),
            )
        )
    return posts


def _change(cleared: _Cleared, group: str, changed: bool, limits: Thresholds) -> GroupChange:
    names = ("before", "after") if changed else ("other_before", "other_after")
    reference = limits.recruitment.reference.get(cleared.characteristic, "")
    reference = reference if reference in cleared.groups and reference != group else ""
    ratios = [_ratio(cleared, name, group, reference, limits) for name in names]
    steps = []
    for step in STEPS:
        before, after = (_seen(cleared.releases.get((name, step)), group) for name in names)
        steps.append(_step(step, before, after, limits))
    most = limits.levels.most_unknown
    releases = [found for name in names if (found := cleared.releases.get((name, STEPS[0])))]
    return GroupChange(
        characteristic=cleared.characteristic,
        group=group,
        phrase=limits.phrase(group),
        changed=changed,
        steps=tuple(steps),
        reference=limits.phrase(reference) if reference else "everyone else",
        ratio_before=ratios[0],
        ratio_after=ratios[1],
        unknown=any(found.unknown > most * (found.known + found.unknown) for found in releases),
    )


def _seen(release: Release | None, group: str) -> Seen:
    value = release.parts[group] if release else Hidden.WITHHELD
    if release is None or value is Hidden.WITHHELD:
        return Seen(hidden=Hidden.WITHHELD.value)
    if value is Hidden.SMALL:
        return Seen(known=release.known, hidden=Hidden.SMALL.value)
    return Seen(people=value, known=release.known)


def _step(name: str, before: Seen, after: Seen, limits: Thresholds) -> Step:
    needed: dict[int, int] = {}
    if before.share is not None:
        needed = {
            rise: applicants_needed(before.share, rise / 100, power=limits.recruitment.power)
            for rise in limits.recruitment.rises
            if before.share + rise / 100 < 1
        }
    if before.people is None or after.people is None or not before.known or not after.known:
        return Step(name=name, before=before, after=after, needed=needed)
    low, high = newcombe(before.people, before.known, after.people, after.known)
    return Step(
        name=name,
        before=before,
        after=after,
        difference=round(100 * (after.people / after.known - before.people / before.known), 2),
        low=round(100 * low, 2),
        high=round(100 * high, 2),
        needed=needed,
    )


def _ratio(cleared: _Cleared, name: str, group: str, reference: str, limits: Thresholds) -> Ratio | None:
    """The likelihood where both groups have enough people that may be shown."""
    shortlisted, appointed = (cleared.releases.get((name, step)) for step in STEPS[1:])
    if shortlisted is None or appointed is None:
        return None
    numbers: list[int] = []
    for release in (shortlisted, appointed):
        mine = release.parts[group]
        theirs = release.parts[reference] if reference else mine
        if isinstance(mine, Hidden) or isinstance(theirs, Hidden):
            return None
        numbers += [mine, theirs if reference else release.known - mine]
    ours, others, our_posts, other_posts = numbers
    if min(ours, others) < limits.small.shortlisted or min(our_posts, other_posts) < limits.small.appointed:
        return None
    value = (other_posts / others) / (our_posts / ours)
    if not 1 / MOST_TIMES <= value <= MOST_TIMES:
        return None
    low, high = likelihood_interval(other_posts, others, our_posts, ours)
    return Ratio(value=round(value, 2), low=round(low, 2), high=round(high, 2))
