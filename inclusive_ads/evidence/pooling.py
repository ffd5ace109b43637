"""Which posts are read together, so that small ones can be read at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.posts import OTHER_ROLES, OTHERS, Post
from inclusive_ads.evidence.protection import Hidden, Protector, Release
from inclusive_ads.evidence.thresholds import Thresholds

Pool = Literal["", "grades", "years", "roles", "organisations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A post that can be asked about, and the figures it is read from.

    Attributes:
        own: indices of the posts it is made of (several where it is of all roles).
        release: what may be known; None where nothing may.
        pool: how it was widened, and `names`: over which grades, years or organisations.
    """

    org: str
    grade: str
    step: int
    role: str
    characteristic: str
    snapshot: date
    own: frozenset[int]
    release: Release | None
    pool: Pool = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wanted:
    org: str
    grade: str
    step: int
    role: str
    snapshot: date
    own: frozenset[int]


def read_posts(posts: tuple[Post, ...], thresholds: Thresholds) -> tuple[list[Reading], Protector]:
    """Find figures that may be shown for each post of one characteristic: its own, or pooled.

    What is read together is planned from the numbers of known people alone, before any group is looked at. So the plan
    is the same whatever a small number is, and says nothing about it. Single roles are served before all roles:
    no two of their blocks overlap, so that what a sum would give away is known to be a small number already.
    """
    protector = Protector(posts, thresholds.small)
    plan = _plan(list(_wanted(posts)), protector, thresholds)
    protector.planned = tuple({block.posts: None for block in plan.values()})

    def order(item: _Wanted) -> tuple[object, ...]:
        several = len({posts[index].role for index in plan[item].posts}) > 1
        return (several, not item.role, -protector.totals(plan[item].posts)[1], item.org, item.step, item.role)

    readings = [_read(item, plan[item], protector) for item in sorted(plan, key=order)]
    return sorted(readings, key=lambda item: (item.org, item.step, item.role)), protector


def _wanted(posts: tuple[Post, ...]) -> Iterator[_Wanted]:
    latest: dict[str, date] = {}
    for post in posts:
        latest[post.org] = max(post.snapshot, latest.get(post.org, post.snapshot))
    grades: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, post in enumerate(posts):
        if post.snapshot == latest[post.org]:
            grades[(post.org, post.grade)].append(index)
    for (org, grade), indices in grades.items():
        step = posts[indices[0]].step
        for index in indices:
            if posts[index].role != OTHER_ROLES:
                yield _Wanted(org, grade, step, posts[index].role, latest[org], frozenset({index}))
        if len(indices) > 1:
            yield _Wanted(org, grade, step, "", latest[org], frozenset(indices))


@dataclass(frozen=True, slots=True)
class _Block:
    """Posts that are read together, and over what."""

    posts: frozenset[int]
    pool: Pool = ""
    names: tuple[str, ...] = ()


def _plan(wanted: list[_Wanted], protector: Protector, thresholds: Thresholds) -> dict[_Wanted, _Block]:
    """Which posts each is read with. Looks at how many people are known in a post, and at nothing else.

    From `stand_alone` known people on a post stands alone. Smaller ones of neighbouring grades in one role are read
    together; one that has no such neighbour stands alone if its size may be shown, and is else widened by earlier
    years, by roles and then by organisations that are as small.
    """
    alone, least = thresholds.pooling.stand_alone, thresholds.levels.least_known

    def known(posts: frozenset[int]) -> int:
        return protector.totals(posts)[1]

    plan: dict[_Wanted, _Block] = {}
    for run in _runs(wanted, known, thresholds):
        together = frozenset().union(*(item.own for item in run))
        if len(run) > 1 and known(together) >= least:
            plan |= dict.fromkeys(run, _Block(together, "grades", tuple(item.grade for item in run)))
        else:
            plan |= {item: _Block(item.own) for item in run if known(item.own) >= least}
    small = [item for item in wanted if item not in plan]
    for item in small:
        wider = list(_wider(item, small, protector.posts, thresholds))
        enough = (one for size in (alone, least) for one in wider if known(one.posts) >= size)
        plan[item] = next(enough, _Block(item.own))
    return plan


def _runs(
    wanted: list[_Wanted], known: Callable[[frozenset[int]], int], thresholds: Thresholds
) -> Iterator[list[_Wanted]]:
    """Neighbouring grades of a role that are read together: no post stands in two runs, so no two differ by one."""
    ladders = {item.org: sorted({one.step for one in wanted if one.org == item.org}) for item in wanted}
    roles: dict[tuple[str, str], list[_Wanted]] = defaultdict(list)
    for item in wanted:
        roles[(item.org, fold(item.role))].append(item)
    alone, most = thresholds.pooling.stand_alone, 1 + 2 * thresholds.pooling.grade_steps
    for items in roles.values():
        run: list[_Wanted] = []
        for item in sorted(items, key=lambda item: item.step):
            full = len(run) == most or sum(known(one.own) for one in run) >= alone
            ladder = ladders[item.org]
            apart = run and ladder.index(item.step) - ladder.index(run[-1].step) > thresholds.pooling.grade_steps
            if run and (full or apart or known(item.own) >= alone):
                yield run
                run = []
            run.append(item)
        if run:
            yield run


def _read(item: _Wanted, planned: _Block, protector: Protector) -> Reading:
    """The release of the planned block. Where that would give a number away nothing is read in its place."""

    def useful(release: Release) -> bool:
        return any(value is not Hidden.WITHHELD for name, value in release.parts.items() if name != OTHERS)

    within = [release for release in protector.released if not release.posts.isdisjoint(planned.posts)]
    done = next((release for release in within if release.posts == planned.posts), None)
    release = done
    if done is None and (not within or _says_nothing_new(planned.posts, within, protector)):
        release = protector.release(planned.posts, useful=useful)
    return Reading(
        org=item.org,
        grade=item.grade,
        step=item.step,
        role=item.role,
        characteristic=protector.posts[min(item.own)].characteristic,
        snapshot=item.snapshot,
        own=item.own,
        release=release,
        pool=planned.pool if release else "",
        names=planned.names if release else (),
    )


def _says_nothing_new(block: frozenset[int], parts: list[Release], protector: Protector) -> bool:
    """Whether all numbers within a block are shown, and whoever is left is no small number either.

    It holds or not by which numbers are small, never by what they are.
    """
    inside = frozenset().union(*(part.posts for part in parts))
    apart = sum(len(part.posts) for part in parts) == len(inside) and inside <= block
    shown = not any(isinstance(value, Hidden) for part in parts for value in part.parts.values())
    left, _, _ = protector.totals(block - inside)
    return apart and shown and all(left[name] >= protector.small.count for name in left if name != OTHERS)


def _wider(item: _Wanted, small: list[_Wanted], posts: tuple[Post, ...], thresholds: Thresholds) -> Iterator[_Block]:
    roles = {fold(posts[index].role) for index in item.own}
    first = item.snapshot.year - thresholds.pooling.years
    years = [
        index
        for index, post in enumerate(posts)
        if post.org == item.org and post.grade == item.grade and fold(post.role) in roles and first < post.snapshot.year
    ]
    if len(years) > len(item.own):
        yield _Block(frozenset(years), "years", tuple(sorted({str(posts[index].snapshot.year) for index in years})))
    same_grade = [other for other in small if other.grade == item.grade and other.role]
    here = [other for other in same_grade if other.org == item.org]
    if len(here) > 1 and item.role:
        yield _Block(
            frozenset().union(*(other.own for other in here)), "roles", tuple(sorted(other.role for other in here))
        )
    same_role = [other for other in small if other.grade == item.grade and fold(other.role) == fold(item.role)]
    orgs = tuple(sorted({other.org for other in same_role}))
    if len(orgs) > 1:
        yield _Block(frozenset().union(*(other.own for other in same_role)), "organisations", orgs)
