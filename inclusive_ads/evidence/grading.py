"""Released numbers into results: strong, moderate, indicative, insufficient or none. Sees no hidden number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from inclusive_ads.evidence.applicants import Applicants, read_recruitment
from inclusive_ads.evidence.asking import Asked
from inclusive_ads.evidence.comparators import Comparator, read_comparators
from inclusive_ads.evidence.comparing import Standard, standards, workforce
from inclusive_ads.evidence.gradings import Grading
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.nearest import Fitting, fitting
from inclusive_ads.evidence.pooling import Reading, read_posts
from inclusive_ads.evidence.posts import OTHERS, Post, make_posts
from inclusive_ads.evidence.protection import Hidden
from inclusive_ads.evidence.reading import read_headcounts
from inclusive_ads.evidence.recruitment import likelihood
from inclusive_ads.evidence.sentences import graded_group
from inclusive_ads.evidence.sheets import FiguresFile
from inclusive_ads.evidence.statistics import holm
from inclusive_ads.evidence.thresholds import Thresholds, default_thresholds
from inclusive_ads.evidence.values import Evidence, EvidenceGrade, GradedGroup

_NAMELESS = {
    "not-protected": "No statement can name “{group}”: the Equality Act 2010 does not protect {about}.",
    "no-such-label": "No statement can name “{group}” ({about}): no group of that name is known.",
}
_PLACES = 64  # locations whose grading is kept: adverts of one batch are for few places


def read_evidence(
    representation: FiguresFile,
    comparators: FiguresFile | None = None,
    recruitment: FiguresFile | None = None,
    *,
    mapping: Mapping[str, str] | None = None,
    asked: Asked | None = None,
    thresholds: Thresholds | None = None,
    comparator: str = "",
    today: date | None = None,
) -> Evidence:
    """Read workforce figures and grade every group at every post.

    Args:
        representation: people by grade, role and group: a path, or the bytes of a CSV file or of a
            workbook (xlsx, xls, ods); so are the other two.
        comparators: shares to compare with, from elsewhere.
        recruitment: shortlisted and appointed by group.
        mapping: field → heading, where `representation` has a layout of its own; see docs/evidence.md.
        asked: which sheet, organisation and day of `representation`, where it has several or does not say.
        thresholds: those that ship where None.
        comparator: use only "feeder", "organisation" or the comparator of this name; "" takes the first that fits.
        today: date of the record; the current day where None.

    Raises:
        EvidenceError: figures that cannot be used; names file, row and column.
    """
    limits = thresholds or default_thresholds()
    records, notes = read_headcounts(representation, limits, mapping, asked or Asked())
    posts, further = make_posts((record for record in records if not record.board), limits)
    boards, _ = make_posts((record for record in records if record.board), limits)
    cleared = []
    for characteristic in sorted({post.characteristic for post in posts}):
        staff = _clear(posts, characteristic, limits)
        cleared += [staff, replace(_clear(boards, characteristic, limits), staff=staff)]
    nameless = {
        (post.characteristic, name): reason
        for post in posts
        for name in post.parts
        if name != OTHERS and (reason := limits.nameless(post.characteristic, name))
    }
    further = (*further, *(_NAMELESS[why].format(group=key[1], about=key[0]) for key, why in sorted(nameless.items())))
    figures = _Figures(
        cleared=tuple(cleared),
        given=read_comparators(comparators, limits) if comparators is not None else (),
        applicants=read_recruitment(recruitment, limits) if recruitment is not None else (),
        thresholds=limits,
        wanted=comparator,
        today=today or date.today(),
    )
    regrade = lru_cache(maxsize=_PLACES)(figures.graded)
    return Evidence(groups=regrade(""), notes=(*notes, *further), thresholds=limits, regrade=regrade)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cleared:
    """The posts of one characteristic, and what of their figures may be known; of a board the `staff` beside it."""

    readings: tuple[Reading, ...]
    posts: tuple[Post, ...]
    staff: _Cleared | None = None

    def groups(self, reading: Reading) -> list[str]:
        return sorted({name for index in reading.own for name in self.posts[index].parts if name != OTHERS})


def _clear(posts: Sequence[Post], characteristic: str, thresholds: Thresholds) -> _Cleared:
    mine = tuple(post for post in posts if post.characteristic == characteristic)
    readings, protector = read_posts(mine, thresholds)
    return _Cleared(readings=tuple(readings), posts=protector.posts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    """All that was read, cleared for release once; graded for each place of a post."""

    cleared: tuple[_Cleared, ...]
    given: tuple[Comparator, ...]
    applicants: tuple[Applicants, ...]
    thresholds: Thresholds
    wanted: str
    today: date

    def graded(self, location: str) -> tuple[GradedGroup, ...]:
        """Every group at every post, for a post at `location` ("" where that is not known)."""
        gradings = [
            self._prepare(reading, group, one, location)
            for one in self.cleared
            for reading in one.readings
            for group in one.groups(reading)
        ]
        graded = [
            _with_likelihood(item, self.applicants, self.thresholds) for item in _grade(gradings, self.thresholds)
        ]
        found = [graded_group(item, self.thresholds, self.today) for item in graded]
        order = {
            id(group): (item.reading.org, item.reading.step, group.role, group.characteristic, group.group)
            for group, item in zip(found, graded, strict=True)
        }
        return tuple(sorted(found, key=lambda group: order[id(group)]))

    def _prepare(self, reading: Reading, group: str, one: _Cleared, location: str) -> Grading:
        """Everything but Holm and the level."""
        if reading.release is None:
            return Grading(reading=reading, group=group, count=Hidden.WITHHELD)
        release, limits = reading.release, self.thresholds
        count = release.parts[group]
        highest = (
            {Hidden.SMALL: min(limits.small.count - 1, release.known), Hidden.WITHHELD: None}[count]
            if isinstance(count, Hidden)
            else count
        )
        mine = [item for item in self.given if (item.characteristic, item.group) == (reading.characteristic, group)]
        if self.wanted:  # whoever names a comparator has chosen it
            fit = Fitting(comparators=tuple(mine))
        else:
            names = (reading.org, *limits.comparators.organisation_names)
            fit = fitting(mine, location, organisation_names=names)
        if one.staff:
            found = workforce(reading, group, readings=one.staff.readings, posts=one.staff.posts, wanted=self.wanted)
        else:
            found = standards(
                reading,
                group,
                readings=one.readings,
                posts=one.posts,
                given=fit.comparators,
                thresholds=limits,
                wanted=self.wanted,
            )
        grading = Grading(
            reading=reading,
            group=group,
            count=count,
            known=release.known,
            unknown=release.unknown,
            highest=highest,
            standard=found[0] if found else None,
            further=tuple(found[1:]),
            aside=fit.aside,
        )
        if highest is None or not found:
            return grading
        return replace(grading, chance=found[0].chance(highest, release.known))


def _grade(gradings: Sequence[Grading], thresholds: Thresholds) -> list[Grading]:
    """Holm over the groups tested at one post, then the level of each."""
    posts: dict[tuple[str, str, str], list[Grading]] = defaultdict(list)
    for item in gradings:
        posts[(item.reading.org, item.reading.grade, fold(item.reading.role))].append(item)
    result: list[Grading] = []
    for family in posts.values():
        tested = [item for item in family if item.highest is not None and item.standard is not None]
        adjusted = dict(zip(map(id, tested), holm([item.chance for item in tested]), strict=True))
        result += [
            _level(replace(item, adjusted=adjusted.get(id(item), 1.0), tested=len(tested)), thresholds)
            for item in family
        ]
    return result


def _level(item: Grading, thresholds: Thresholds) -> Grading:
    if item.highest is None or item.standard is None:
        return item
    level, flips = _judge(item, item.standard, item.adjusted, thresholds)
    capped = False
    if item.reading.pool and level is not EvidenceGrade.NONE:
        most = EvidenceGrade(thresholds.pooling.at_most[item.reading.pool])
        capped, level = most.rank > level.rank, max(level, most, key=lambda grade: grade.rank)
    others = {
        standard.name: _judge(
            item, standard, min(1.0, item.tested * standard.chance(item.highest, item.known)), thresholds
        )[0]
        for standard in item.further
    }
    return replace(item, level=level, flips=flips, capped=capped, others=others)


def _judge(item: Grading, standard: Standard, adjusted: float, thresholds: Thresholds) -> tuple[EvidenceGrade, bool]:
    """The level against one comparator, and whether the unknowns could overturn it.

    A small hidden number is graded at the highest it can be. So the result is the same whatever it is, and says
    nothing about it; where even that shows no shortfall, the number could be lower, and the result is open.
    """
    limits = thresholds.levels
    assert item.highest is not None  # noqa: S101  the callers pass only those that can be tested
    told = item.reading.release is not None and item.reading.release.told
    if not told or item.known < limits.least_known or item.unknown > limits.most_unknown * (item.known + item.unknown):
        return EvidenceGrade.INSUFFICIENT, False
    level = judge(item.highest, item.known, standard.share, adjusted, thresholds)
    if level is EvidenceGrade.NONE:
        return (EvidenceGrade.INSUFFICIENT if item.count is Hidden.SMALL else level), False
    count, known = item.highest + item.unknown, item.known + item.unknown
    apart = replace(standard, contains=False)
    chance = min(1.0, apart.chance(count, known) * max(1, item.tested))
    if (
        item.unknown >= thresholds.small.count
        and judge(count, known, standard.share, chance, thresholds) is EvidenceGrade.NONE
    ):
        return list(EvidenceGrade)[level.rank + 1], True
    return level, False


def judge(count: int, known: int, comparator_share: float, chance: float, thresholds: Thresholds) -> EvidenceGrade:
    """The level that plain numbers earn, before unknowns and pooling.

    Args:
        count: people of the group; `known`: people in all (at least one).
        comparator_share: 0 to 1.
        chance: of the exact test, after Holm.
        thresholds: where each level begins.
    """
    limits = thresholds.levels
    index = round(count / known / comparator_share, 9)  # 18 of 100 against 0.2 is 0.9, and not a hair less
    if known < limits.least_known:
        return EvidenceGrade.INSUFFICIENT
    if index < limits.low_index:
        if known < limits.full_known:
            return EvidenceGrade.INDICATIVE
        if chance < limits.strong_chance:
            return EvidenceGrade.STRONG
        if chance < limits.moderate_chance:
            return EvidenceGrade.MODERATE
    if index < limits.near_index and chance < limits.strong_chance:
        return EvidenceGrade.MODERATE if known >= limits.full_known else EvidenceGrade.INDICATIVE
    return EvidenceGrade.NONE


def _with_likelihood(item: Grading, applicants: Sequence[Applicants], thresholds: Thresholds) -> Grading:
    found = likelihood(applicants, item.reading.characteristic, item.group, item.reading.grade, thresholds)
    return replace(item, likelihood=found)
