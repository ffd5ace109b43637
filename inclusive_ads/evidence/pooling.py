"""Which posts are read together, so that small ones can be read at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from inclusive_ads.evidence.posts import OTHER_ROLES, OTHERS, Post
from inclusive_ads.evidence.protection import Hidden, Protector, Release
from inclusive_ads.evidence.thresholds import Thresholds, fold

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

    The larger posts are served first, so that most people's figures stay as they are; a small one is then widened by
    neighbouring grades, by earlier years, to all roles, to all organisations: the first that suffices and is safe.
    """
    protector = Protector(posts, thresholds.small)
    wanted = sorted(_wanted(posts), key=lambda item: (-protector.totals(item.own)[1], item.org, item.step, item.role))
    readings = [_read(item, wanted, protector, thresholds) for item in wanted]
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


def _read(item: _Wanted, wanted: list[_Wanted], protector: Protector, thresholds: Thresholds) -> Reading:
    def reading(release: Release | None, pool: Pool = "", names: tuple[str, ...] = ()) -> Reading:
        return Reading(
            org=item.org,
            grade=item.grade,
            step=item.step,
            role=item.role,
            characteristic=protector.posts[min(item.own)].characteristic,
            snapshot=item.snapshot,
            own=item.own,
            release=release,
            pool=pool,
            names=names,
        )

    def useful(release: Release) -> bool:
        shown = [value for name, value in release.parts.items() if name != OTHERS]
        large = release.known >= thresholds.pooling.stand_alone
        return any(isinstance(value, int) for value in shown) or (large and Hidden.SMALL in shown)

    for block, pool, names in [(item.own, "", ()), *_wider(item, wanted, protector.posts, thresholds)]:
        done = next((release for release in protector.released if release.posts == block), None)
        if done:
            return reading(done, pool, names)
        if _enough(block, protector, thresholds) and (release := protector.release(block, useful=useful)):
            return reading(release, pool, names)
    return reading(protector.release(item.own))


def _enough(block: frozenset[int], protector: Protector, thresholds: Thresholds) -> bool:
    """Enough people known; and where a group is small, enough for that to say something."""
    parts, known, _ = protector.totals(block)
    small = any(count < thresholds.small.count for name, count in parts.items() if name != OTHERS)
    return known >= (thresholds.pooling.stand_alone if small else thresholds.levels.least_known)


def _wider(
    item: _Wanted, wanted: list[_Wanted], posts: tuple[Post, ...], thresholds: Thresholds
) -> Iterator[tuple[frozenset[int], Pool, tuple[str, ...]]]:
    same_role = [other for other in wanted if other.org == item.org and fold(other.role) == fold(item.role)]
    below = sorted((other for other in same_role if other.step < item.step), key=lambda other: -other.step)
    above = sorted((other for other in same_role if other.step > item.step), key=lambda other: other.step)
    steps = thresholds.pooling.grade_steps
    for near in (below[:steps], above[:steps], below[:steps] + above[:steps]):
        if near:
            together = sorted([item, *near], key=lambda other: other.step)
            yield (
                frozenset().union(*(other.own for other in together)),
                "grades",
                tuple(other.grade for other in together),
            )
    roles = {fold(posts[index].role) for index in item.own}
    first = item.snapshot.year - thresholds.pooling.years
    years = [
        index
        for index, post in enumerate(posts)
        if post.org == item.org and post.grade == item.grade and fold(post.role) in roles and first < post.snapshot.year
    ]
    if len(years) > len(item.own):
        yield frozenset(years), "years", tuple(sorted({str(posts[index].snapshot.year) for index in years}))
    same_grade = [other for other in wanted if other.grade == item.grade]
    everyone = frozenset().union(*(other.own for other in same_grade if other.org == item.org))
    if everyone != item.own:
        yield everyone, "roles", ()
    orgs = tuple(sorted({other.org for other in same_grade}))
    if len(orgs) > 1:
        yield frozenset().union(*(other.own for other in same_grade)), "organisations", orgs
