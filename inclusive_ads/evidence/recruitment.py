"""Relative likelihood of appointment from shortlisting (WRES indicator 2), for a grade or else for all grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inclusive_ads.evidence.applicants import Applicants
from inclusive_ads.evidence.statistics import relative_likelihood
from inclusive_ads.evidence.thresholds import Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """How many times as likely the reference group was to be appointed; above 1 favours the reference group.

    No count is kept: only the ratio, to two places, and only where both groups are large enough.
    """

    ratio: float
    reference: str
    group: str
    grade: str
    periods: tuple[str, ...]


def likelihood(
    applicants: Sequence[Applicants], characteristic: str, group: str, grade: str, thresholds: Thresholds
) -> Likelihood | None:
    """The ratio at a grade, or of all grades where one grade is too small; None where that is too small as well.

    The reference group is the one the thresholds name for the characteristic, or else everyone else.
    """
    reference = thresholds.recruitment.reference.get(characteristic, "")
    if group == reference:
        return None
    mine = [item for item in applicants if item.characteristic == characteristic]
    for wanted in (grade, ""):
        rows = [item for item in mine if not wanted or item.grade == wanted]
        group_rows = [item for item in rows if item.group == group]
        other_rows = [item for item in rows if (item.group == reference if reference else item.group != group)]
        ours, theirs = _sums(group_rows), _sums(other_rows)
        if not ours or not theirs:
            continue
        small = thresholds.small
        if min(ours[0], theirs[0]) >= small.shortlisted and min(ours[1], theirs[1]) >= small.appointed:
            ratio = relative_likelihood(theirs[1], theirs[0], ours[1], ours[0], most=thresholds.recruitment.most_likely)
            periods = tuple(sorted({item.period for item in rows}))
            return Likelihood(ratio=round(ratio, 2), reference=reference, group=group, grade=wanted, periods=periods)
    return None


def _sums(rows: Sequence[Applicants]) -> tuple[int, int] | None:
    """Shortlisted and appointed; None where there is nobody or a number is hidden."""
    shortlisted = [item.shortlisted for item in rows]
    appointed = [item.appointed for item in rows]
    if not rows or None in shortlisted or None in appointed:
        return None
    return sum(count or 0 for count in shortlisted), sum(count or 0 for count in appointed)
