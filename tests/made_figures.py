"""Graded figures of one post, made up for the tests of statements: real values, without a file behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from inclusive_ads.evidence.thresholds import load_thresholds
from inclusive_ads.evidence.values import Evidence, EvidenceGrade, GradedGroup
from inclusive_ads.statements.models import Record


def graded(group: str, level: str, sentence: str = "The share is low.", **changes: Any) -> GradedGroup:
    """One group at Grade 7, in figures of all roles of 31 March 2026; `changes` are other fields."""
    known = {one.id: one.characteristic for one in load_thresholds().groups}
    fields: dict[str, Any] = {
        "org": "Department for Tests",
        "grade": "Grade 7",
        "role": "",
        "characteristic": known.get(group, group),
        "group": group,
        "phrase": load_thresholds().phrase(group),
        "comparator": "SEO",
        "why": "",
        "level": EvidenceGrade(level),
        "sentence": sentence,
        "reasons": (),
        "snapshot_date": date(2026, 3, 31),
        "share": None,
        "comparator_share": None,
        "hidden": "withheld",
        "record": {},
    }
    return GradedGroup(**fields | changes)


def evidence(groups: Iterable[GradedGroup]) -> Evidence:
    """Figures of these groups."""
    return Evidence(groups=tuple(groups), thresholds=load_thresholds())


def figures(levels: Mapping[str, str], **changes: Any) -> Evidence:
    """Figures of a level for each group."""
    return evidence(graded(group, level, **changes) for group, level in levels.items())


def record(**changes: Any) -> Record:
    """A decision to use positive action for posts at Grade 7, complete and in force; `changes` are other fields."""
    fields: dict[str, Any] = {
        "id": "g7",
        "groups": ("ethnic-minority", "women"),
        "grades": ("Grade 7",),
        "roles": ("Private Office", "Private Secretary"),
        "limb": "participation",
        "level": "at Grade 7 in our Private Offices",
        "need": "Figures of March.",
        "goals": "More applications.",
        "proportionality": "Encouragement only.",
        "progress": "Twice a year.",
        "consultation": "The network and the unions.",
        "duration": "One year.",
        "judgement": "Staff say so too.",
        "review_by": date(2027, 3, 31),
        "approved_by": "Alex Morgan, Director of People",
        "approved_on": date(2026, 5, 11),
    }
    return Record(**fields | changes)
