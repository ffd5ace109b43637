"""What grading returns: plain frozen values. Every number in them is one that may be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any  # a record is of YAML's values

from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.thresholds import Thresholds
from inclusive_ads.plain import JsonObject, to_plain


class EvidenceGrade(StrEnum):
    """How well figures support the view that a group is under-represented; ordered from the strongest."""

    STRONG = "strong"
    MODERATE = "moderate"
    INDICATIVE = "indicative"
    INSUFFICIENT = "insufficient"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 for the strongest."""
        return list(EvidenceGrade).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedGroup:
    """One group at one grade in one role, graded.

    Attributes:
        role: "" where the figures are of all roles.
        covers: the grades that the figures are of, junior first: several where they are published or read together.
        all_roles: whether they put several roles together.
        characteristic: the Act's name ("race", "disability", "sex"...).
        group: id of the group ("ethnic-minority", "disabled", "women"...).
        phrase: how a sentence names the group.
        comparator: what the share is compared with, "" where there was nothing; `why`: why with that, a sentence.
        level: the result.
        sentence: for a manager.
        reasons: how the result came about; plain sentences.
        snapshot_date: of the figures.
        share: the group's share of those known, 0 to 1, or None where it is not shown.
        comparator_share: the same in the comparator, or None.
        hidden: "" where `share` is shown, else "small" or "withheld".
        record: for the file; plain values that YAML can write.
    """

    org: str
    grade: str
    role: str
    characteristic: str
    group: str
    phrase: str
    comparator: str
    why: str
    level: EvidenceGrade
    sentence: str
    reasons: tuple[str, ...]
    snapshot_date: date
    share: float | None
    comparator_share: float | None
    hidden: str
    record: Mapping[str, Any] = field(hash=False)
    covers: tuple[str, ...] = ()
    all_roles: bool = False

    @property
    def supported(self) -> bool:
        """Whether the figures support the view that the group is under-represented."""
        return self.level.rank <= EvidenceGrade.INDICATIVE.rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that was read and graded.

    Attributes:
        groups: by organisation, grade (junior first), role, characteristic and group.
        notes: what was left out while reading.
        regrade: the groups for a place; the place of a post decides which comparator of a file is used.
    """

    groups: tuple[GradedGroup, ...]
    notes: tuple[str, ...] = ()
    thresholds: Thresholds = field(repr=False, hash=False)
    regrade: Callable[[str], tuple[GradedGroup, ...]] | None = field(default=None, repr=False, compare=False)

    def at(self, location: str) -> Evidence:
        """The same figures, compared with what fits a post at a location ("Carlisle"); "" where it is not known."""
        return replace(self, groups=self.regrade(location)) if self.regrade else self

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades that there are figures of, junior first in each organisation, as the figures name them."""
        return tuple(dict.fromkeys(graded.grade for graded in self.groups))

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that there are figures of, in alphabetical order."""
        return tuple(sorted({graded.role for graded in self.groups if graded.role.isprintable()} - {""}))

    def covers(self, grade: str) -> bool:
        """Whether there are figures of a grade, alone or together with others."""
        return bool(self._of_grade(grade))

    def _of_grade(self, grade: str, org: str = "") -> list[GradedGroup]:
        grades = self.thresholds.grades
        name, wanted = fold(grades.name(grade)), set(grades.of(grade))
        mine = [graded for graded in self.groups if not org or fold(graded.org) == fold(org)]
        alone = [graded for graded in mine if fold(graded.grade) == name]
        return alone or [graded for graded in mine if wanted < set(grades.of(graded.grade))]

    def for_post(self, *, grade: str, role: str = "", org: str = "") -> tuple[GradedGroup, ...]:
        """The graded groups that speak of a post, strongest first; empty where there are no figures for it.

        The role's own figures where there are any, else those of all roles at the grade (their `role` is ""). Without a
        role, those of all roles; or of the one role there is. Figures of the grade alone before those of several
        grades together that hold it.
        """
        here = self._of_grade(grade, org)
        found = [graded for graded in here if fold(graded.role) == fold(role)]
        if not found:
            roles = {fold(graded.role) for graded in here}
            found = [graded for graded in here if not graded.role or (not role and len(roles) == 1)]
        return tuple(sorted(found, key=lambda graded: (graded.level.rank, graded.characteristic, graded.group)))

    def to_dict(self) -> JsonObject:
        """JSON-ready values."""
        plain: JsonObject = {
            "notes": list(self.notes),
            "groups": [to_plain(graded.record) for graded in self.groups],
        }
        return plain
