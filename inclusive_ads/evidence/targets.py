"""Targets as the NHS Model Employer plan has them: at every grade the share now, the goal, and what it would take.

Worked out of graded groups, so of numbers that may be shown. An aspiration to plan by, never a quota.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inclusive_ads.errors import SettingsError
from inclusive_ads.evidence.reaching import Reach, State, state_of
from inclusive_ads.evidence.sentences import IMPUTED, percent
from inclusive_ads.evidence.thresholds import Thresholds
from inclusive_ads.evidence.values import Evidence, GradedGroup

OWN = "your own target"
MOST_YEARS = 40
_POOLS = ("grades", "roles")  # of these the people are whole people of one day


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One group at one grade: where it is, where it should be, and what that would take.

    Attributes:
        grade: several where they are read together ("Band 8d and Band 9"); role: "" for all roles.
        people, known, share: now; None where they are not shown.
        goal: the share aimed at, 0 to 1, and `goal_of`: whose it is.
        people_at_goal, gap: heads, None where they are not given: a small gap is not told as a number.
        posts_a_year: how many fall vacant, where a turnover was given; `appointments_a_year`: how many of them the
            group would need, rounded up, and `of_appointments`: as a share of all (above 1: it cannot be reached).
        path: the share, year by year, on a straight line.
        working: how it was worked out, in a sentence or two.
    """

    org: str
    grade: str
    role: str
    characteristic: str
    group: str
    phrase: str
    snapshot_date: date
    year: int
    state: State
    people: int | None = None
    known: int | None = None
    share: float | None = None
    goal: float | None = None
    goal_of: str = ""
    people_at_goal: int | None = None
    gap: int | None = None
    posts_a_year: float | None = None
    appointments_a_year: int | None = None
    of_appointments: float | None = None
    path: Mapping[int, float] | None = None
    working: str = ""


def goal_thresholds(thresholds: Thresholds) -> Thresholds:
    """The same thresholds, with comparators taken in the order that goals take them (`goal.order`)."""
    comparators = thresholds.comparators.model_copy(update={"order": {"local": thresholds.goal.order}})
    return thresholds.model_copy(update={"comparators": comparators})


def set_targets(
    evidence: Evidence,
    *,
    own: Mapping[str, float] | None = None,
    year: int | None = None,
    turnover: float | None = None,
    groups: Sequence[str] = (),
    role: str = "",
) -> tuple[Target, ...]:
    """A target for each grade, junior first.

    Args:
        evidence: read with `goal_thresholds`, so that the labour market goes before the organisation.
        own: group → share (0 to 1) to aim at; other groups take their comparator. "" stands for the one group there is.
        year: of the goal; `goal.years` after the figures where None.
        turnover: share of the posts that fall vacant in a year.
        groups: labels of the only groups to look at; else all but those that others are compared with.
        role: the only role; else all roles together, or each where together they may not be shown.

    Raises:
        SettingsError: a group or a role that the figures do not have, a year out of reach, or a target for no group.
    """
    limits = evidence.thresholds
    wanted = _wanted(evidence, groups, limits)
    shares = _own(own or {}, wanted, limits)
    chosen = list(_chosen(evidence, wanted, role))
    if not chosen:
        raise SettingsError(f"The figures have no role '{role}'.", f"They have: {_listed(evidence)}.")
    return tuple(_target(graded, shares, year, turnover, limits) for graded in chosen)


def _wanted(evidence: Evidence, groups: Sequence[str], limits: Thresholds) -> list[str]:
    there = list(dict.fromkeys(graded.group for graded in evidence.groups))
    references = set(limits.recruitment.reference.values())
    if not groups:
        return [group for group in there if group not in references] or there
    found = [limits.group(label) for label in groups]
    for label, group in zip(groups, found, strict=True):
        if group not in there:
            raise SettingsError(f"The figures have no group '{label}'.", f"They have: {', '.join(there)}.")
    return found


def _own(own: Mapping[str, float], wanted: Sequence[str], limits: Thresholds) -> dict[str, float]:
    shares = {}
    for label, share in own.items():
        group = limits.group(label) if label else wanted[0]
        if (not label and len(wanted) > 1) or group not in wanted:
            raise SettingsError(
                f"It is not clear which group the target of {percent(share)} is for.",
                f'Name it, as in --target "{wanted[0]}={100 * share:g}". The groups are: {", ".join(wanted)}.',
            )
        shares[group] = share
    return shares


def _listed(evidence: Evidence) -> str:
    return ", ".join(sorted({graded.role for graded in evidence.groups if graded.role})) or "all roles together only"


def _chosen(evidence: Evidence, wanted: Sequence[str], role: str) -> Iterator[GradedGroup]:
    """For each grade its rows; what several grades or roles are read in together comes once."""
    seen: set[tuple[object, ...]] = set()
    for group in wanted:
        mine = [graded for graded in evidence.groups if graded.group == group]
        for org, grade in dict.fromkeys((graded.org, graded.grade) for graded in mine):
            here = [graded for graded in mine if (graded.org, graded.grade) == (org, grade)]
            together = [graded for graded in here if not graded.role and graded.hidden != "withheld"]
            named = [graded for graded in here if graded.role.casefold() == role.casefold()]
            rows = named if role else together or [graded for graded in here if graded.role] or here
            for graded in rows:
                pool = graded.record["pooled"]
                key = (org, group, graded.grade, graded.role)
                if pool and pool["over"] in _POOLS:
                    key = (org, group, graded.covers, *(pool["names"] if pool["over"] == "roles" else [graded.role]))
                if key not in seen:
                    seen.add(key)
                    yield graded


def _target(
    graded: GradedGroup, own: Mapping[str, float], year: int | None, turnover: float | None, limits: Thresholds
) -> Target:
    start = graded.snapshot_date.year
    until = year or start + limits.goal.years
    if not 0 < until - start <= MOST_YEARS:
        raise SettingsError(
            f"The figures are of {start}, so the goal cannot be for {until}.",
            f"Give a year from {start + 1} to {start + MOST_YEARS}.",
        )
    figures, pool = graded.record["figures"], graded.record["pooled"]
    known = figures.get("known")
    people = figures["count"] if isinstance(figures["count"], int) else None
    goal = own.get(graded.group, graded.comparator_share)
    goal_of = OWN if graded.group in own else graded.comparator
    pooled = bool(pool) and pool["over"] not in _POOLS
    roles = pool["names"] if pool and pool["over"] == "roles" else [graded.role]
    reach = Reach(people or 0, known or 0, goal or 0.0, start, until, turnover, limits.small.count)
    state, working = state_of(reach, shown=known is not None, counted=people is not None, pooled=pooled, limits=limits)
    if IMPUTED in graded.reasons:
        working = f"{working} {IMPUTED}"
    full = state == "short"
    return Target(
        org=graded.org,
        grade=limits.grades.together(pool["names"]) if pool and pool["over"] == "grades" else graded.grade,
        role=" and ".join(filter(None, roles)),
        characteristic=graded.characteristic,
        group=graded.group,
        phrase=graded.phrase,
        snapshot_date=graded.snapshot_date,
        year=until,
        state=state,
        people=people,
        known=known,
        share=graded.share,
        goal=goal,
        goal_of=goal_of if goal else "",
        people_at_goal=reach.wanted if full else None,
        gap=reach.gap if full else 0 if state == "reached" else None,
        posts_a_year=round(reach.posts, 1) if turnover and full else None,
        appointments_a_year=reach.appointments if full else None,
        of_appointments=round(reach.of_posts, 3) if turnover and state in ("short", "small gap") else None,
        path=reach.path if state in ("short", "small gap") else None,
        working=working,
    )
