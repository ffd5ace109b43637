"""What an employer's figures say of a post: the groups that a statement can name, and why it cannot name the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from inclusive_ads.report import RefusedStatement
from inclusive_ads.statements.library import plain
from inclusive_ads.statements.table import SUPPORTED, Situation, refusal

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import Evidence, GradedGroup


def graded_groups(situation: Situation, evidence: Evidence | None, role: str) -> dict[str, GradedGroup]:
    """The strongest figures of each group that positive action covers, for this grade and a role."""
    found: dict[str, GradedGroup] = {}
    for graded in _for_post(situation, evidence, role):
        group = situation.library.groups.get(_id(graded))
        if group and group.protected:
            found.setdefault(group.id, graded)
    return found


def other_grades(evidence: Evidence | None, grade: str) -> tuple[str, ...]:
    """The grades that the figures are of, where that of a post is not among them."""
    return evidence.grades if evidence and grade and not evidence.covers(grade) else ()


def unnamed(situation: Situation, evidence: Evidence | None) -> Iterator[RefusedStatement]:
    """What no statement can name, with the reason: labels that are not known, and what the Act does not protect."""
    if evidence is None:
        return
    why: dict[str, list[str]] = {}
    for graded in _for_post(situation, evidence, situation.vacancy.role):
        group = situation.library.groups.get(_id(graded))
        if group and group.protected:
            continue
        reason = evidence.thresholds.nameless(graded.characteristic, graded.group)
        if reason or graded.level in SUPPORTED:
            why.setdefault(reason or "no-name", []).append(
                f"“{graded.group}” ({graded.characteristic.replace('-', ' ')})"
            )
    for row, labels in why.items():
        yield refusal(situation, "positive-action", row, labels=", ".join(dict.fromkeys(labels)))


def _for_post(situation: Situation, evidence: Evidence | None, role: str) -> tuple[GradedGroup, ...]:
    grade = situation.vacancy.grade
    return evidence.for_post(grade=grade, role=role) if evidence is not None and grade else ()


def _id(graded: GradedGroup) -> str:
    return plain(graded.group).replace(" ", "-")
