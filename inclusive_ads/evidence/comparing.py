"""What a share is compared with, and why. Works on released numbers only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.comparators import Comparator
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.pooling import Reading
from inclusive_ads.evidence.posts import Post
from inclusive_ads.evidence.protection import Hidden, Release, Shown
from inclusive_ads.evidence.statistics import binomial_chance, hypergeometric_chance
from inclusive_ads.evidence.thresholds import Thresholds

Kind = Literal["feeder", "organisation", "file"]
LOCAL = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A share to compare with.

    Attributes:
        share: 0 to 1; `group` of `everyone` people where the numbers are known, else 0 of 0.
        contains: whether the post is part of the people compared with (then the exact test is hypergeometric).
        indicator: of the WRES, that the difference in percentage points is.
        why: a sentence for the record.
    """

    kind: Kind
    name: str
    share: float
    group: int = 0
    everyone: int = 0
    contains: bool = False
    indicator: int = 1
    why: str = ""
    source: str = "the same figures"
    date: str = ""

    @property
    def method(self) -> str:
        """The test, in words."""
        return "hypergeometric, exact, one-sided" if self.contains else "binomial, exact, one-sided"

    def chance(self, count: int, known: int) -> float:
        """Chance of a count as low as this or lower, were there no difference."""
        if self.contains and count <= self.group and known - count <= self.everyone - self.group:
            return hypergeometric_chance(count, known, self.group, self.everyone)
        return binomial_chance(count, known, self.share)


def standards(
    reading: Reading,
    group: str,
    *,
    readings: Sequence[Reading],
    posts: Sequence[Post],
    given: Sequence[Comparator],
    thresholds: Thresholds,
    wanted: str = "",
) -> list[Standard]:
    """The comparators there are for a group at a post, the one to use first.

    Args:
        reading: the post, with a release.
        group: id of the group.
        readings: all posts of the characteristic.
        posts: what the releases' indices refer to.
        given: comparators from a file, the one to use first in front.
        thresholds: the order, and how large a feeder grade must be.
        wanted: "feeder", "organisation", or the name of a comparator in the file: only this one.
    """
    found: list[Standard] = []
    scheme = posts[min(reading.own)].scheme
    orders = thresholds.comparators.order
    for kind in orders.get(scheme, orders[LOCAL]):
        if kind == "feeder":
            found += _feeder(reading, group, readings, thresholds)
        elif kind == "organisation":
            # A total from elsewhere covers more people than the grades that may be shown.
            whole = list(_from_file(reading, group, given, posts, thresholds, internal=True))
            found += whole or _organisation(reading, group, readings, posts)
        else:
            found += _from_file(reading, group, given, posts, thresholds, internal=False)
    if wanted:
        found = [item for item in found if fold(wanted) in (item.kind, fold(item.name))]
    return found


def _shown(release: Release | None, group: str) -> Shown:
    return release.parts.get(group, Hidden.WITHHELD) if release else Hidden.WITHHELD


def _feeder(reading: Reading, group: str, readings: Sequence[Reading], thresholds: Thresholds) -> Iterator[Standard]:
    assert reading.release is not None  # noqa: S101  callers pass readings that have one
    lower = [item for item in readings if item.org == reading.org and item.step < reading.step]
    steps = sorted({item.step for item in lower}, reverse=True)[: thresholds.comparators.feeder_steps]
    for step in steps:
        at = [item for item in lower if item.step == step]
        same = [item for item in at if fold(item.role) == fold(reading.role)] or [item for item in at if not item.role]
        for item in same[:1]:
            count = _shown(item.release, group)
            if item.release is None or item.pool or not isinstance(count, int):
                continue
            large = item.release.known >= thresholds.comparators.feeder_known
            if large and count < item.release.known and item.release.posts.isdisjoint(reading.release.posts):
                role = f" in {item.role}" if item.role else ""
                yield Standard(
                    kind="feeder",
                    name=f"{item.grade}{role}",
                    share=count / item.release.known,
                    group=count,
                    everyone=item.release.known,
                    why=f"Promotion to this grade is from {item.grade}, so the share there is the one to expect.",
                    date=item.snapshot.isoformat(),
                )
                return


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """An organisation, as far as its figures may be shown: never a total with a hidden number in it."""

    count: int
    known: int
    covered: frozenset[int]
    steps: int
    every_step: int

    @property
    def enough(self) -> bool:
        """Whether it is most of the organisation."""
        return 2 * self.steps >= self.every_step and 0 < self.count < self.known

    @property
    def part(self) -> str:
        return "" if self.steps == self.every_step else " (grades that may be shown)"


def _whole(org: str, group: str, readings: Sequence[Reading], posts: Sequence[Post]) -> _Whole:
    here = [item for item in readings if item.org == org]
    count = known = 0
    covered: set[int] = set()
    steps: set[int] = set()
    for item in sorted(here, key=lambda item: (bool(item.pool), -len(item.own), item.step)):
        shown = _shown(item.release, group)
        if item.release is None or not isinstance(shown, int) or item.pool in ("years", "organisations"):
            continue
        if covered.isdisjoint(item.release.posts):
            covered |= item.release.posts
            steps |= {posts[index].step for index in item.release.posts}
            count, known = count + shown, known + item.release.known
    every_step = {item.step for item in here}
    return _Whole(count=count, known=known, covered=frozenset(covered), steps=len(steps), every_step=len(every_step))


def _organisation(
    reading: Reading, group: str, readings: Sequence[Reading], posts: Sequence[Post]
) -> Iterator[Standard]:
    assert reading.release is not None  # noqa: S101
    whole = _whole(reading.org, group, readings, posts)
    contains = reading.release.posts <= whole.covered
    beyond = whole.known > reading.release.known if contains else whole.known >= reading.release.known
    if not whole.enough or not beyond or whole.covered <= reading.release.posts:
        return
    yield Standard(
        kind="organisation",
        name=f"the whole organisation{whole.part}",
        share=whole.count / whole.known,
        group=whole.count,
        everyone=whole.known,
        contains=contains,
        why="The share in the whole organisation is the usual comparator of the NHS Workforce Race Equality Standard.",
        date=reading.snapshot.isoformat(),
    )


def workforce(
    board: Reading, group: str, *, readings: Sequence[Reading], posts: Sequence[Post], wanted: str = ""
) -> list[Standard]:
    """What a board is compared with: the whole workforce, of which it is no part (WRES indicator 9).

    Args:
        board: the reading of the board, with a release.
        group: id of the group.
        readings: those of the staff.
        posts: what the staff's releases refer to.
        wanted: as for `standards`.
    """
    whole = _whole(board.org, group, readings, posts)
    if not whole.enough or (wanted and fold(wanted) not in ("organisation", "the whole workforce")):
        return []
    return [
        Standard(
            kind="organisation",
            name=f"the whole workforce{whole.part}",
            share=whole.count / whole.known,
            group=whole.count,
            everyone=whole.known,
            indicator=9,
            why="The equality standards of the NHS compare the board with the whole workforce.",
            date=board.snapshot.isoformat(),
        )
    ]


def _from_file(
    reading: Reading,
    group: str,
    given: Iterable[Comparator],
    posts: Sequence[Post],
    thresholds: Thresholds,
    *,
    internal: bool,
) -> Iterator[Standard]:
    assert reading.release is not None  # noqa: S101
    names = {fold(reading.org), *map(fold, thresholds.comparators.organisation_names)}
    for item in given:
        if (item.characteristic, item.group) != (reading.characteristic, group):
            continue
        if (fold(item.name) in names) is not internal:
            continue
        if internal and not _leaves_enough(item, reading, group, posts, thresholds):
            continue
        total = round(item.share * item.people)
        count = _shown(reading.release, group)
        least = count if isinstance(count, int) else 0
        if internal and (total < least or item.people - total < reading.release.known - thresholds.small.count - least):
            raise EvidenceError(
                f"The comparator '{item.name}' has fewer people than {reading.grade} alone.",
                "Check its share and n, or give it another name if it is not the whole organisation.",
                column="n",
            )
        yield Standard(
            kind="organisation" if internal else "file",
            name=item.name,
            share=item.share,
            group=total if internal else 0,
            everyone=item.people if internal else 0,
            contains=internal,
            why=item.why,
            source=item.source,
            date=item.date.isoformat(),
        )


def _leaves_enough(
    item: Comparator, reading: Reading, group: str, posts: Sequence[Post], thresholds: Thresholds
) -> bool:
    """Whether a total from elsewhere holds so many more people that no hidden number follows by subtraction."""
    latest = [post for post in posts if post.org == reading.org and post.snapshot == reading.snapshot]
    most = thresholds.small.count - 1
    known = sum(post.known for post in latest)
    highest = sum(most if (count := post.parts.get(group, 0)) is None else count for post in latest)
    enough_people = item.people - known >= thresholds.small.denominator
    return enough_people and round(item.share * item.people) - highest >= thresholds.small.count
