"""The level of a record in words ("at Grade 7 in our Private Offices"): does it read, and do the figures carry it?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inclusive_ads.statements.library import Library, plain
from inclusive_ads.statements.models import LevelWords, Record

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import GradedGroup

_SENTENCE = re.compile(r"[.!?;:{}\n]|[,–-]$")
_TWICE = re.compile(r"\b(\w+) \1\b", re.I)
_BAND = re.compile(r"\bbands?\b", re.I)


def level_as_measured(record: Record, grade: str, graded: GradedGroup | None, words: LevelWords) -> str:
    """The level as the figures carry it: "at Grades 6 and 7" where those are published or read together.

    Args:
        grade: of the post.
        graded: the figures; without them, or where they are of the very grade, the record's own words stand.
    """
    from inclusive_ads.evidence.thresholds import default_thresholds  # not every check needs figures

    if graded is None or not graded.covers or not record.level:
        return record.level
    grades = default_thresholds().grades
    level, measured = record.level, grades.together(graded.covers)
    spans = [(start, end) for start, end, _ in grades.find(level)]
    named = {one for _, _, found in grades.find(level) for one in found}
    if not spans:
        spans = [match.span() for match in _general(words).finditer(level)]
        named = set(grades.of(grade)) if spans else named
    if graded.all_roles and "any" not in record.roles:
        # Figures of all roles say nothing about this one alone.
        return f"{level[: spans[0][0]]}{measured}" if spans else words.at.format(grades=measured)
    if named == set(graded.covers) or (not spans and graded.covers == grades.of(grade)):
        return level
    if not spans:
        return f"{words.at.format(grades=measured)} {level}"
    rest = level[spans[-1][1] :]
    return f"{level[: spans[0][0]]}{measured}{rest.removeprefix(' level') if len(graded.covers) > 1 else rest}"


def level_fault(record: Record, library: Library) -> tuple[str, str] | None:
    """Why a level is refused, and the remedy; None where it reads and names the record's own grades."""
    from inclusive_ads.evidence.thresholds import default_thresholds

    level, words = record.level, library.level
    if not level:
        return None  # a draft; nothing is inserted on it
    first, _, rest = level.partition(" ")
    if first not in words.opens or not rest or _SENTENCE.search(level) or _TWICE.search(level):
        remedy = f"Begin it with one of {', '.join(words.opens)}, and write no full sentence: {words.example}."
        return f"The level '{level}' does not read: 'They are under-represented {level}.'", remedy
    grades = default_thresholds().grades
    own = {plain(one) for name in record.grades for one in grades.of(name)}
    named = [one for _, _, found in grades.find(level) for one in found]
    strange = [one for one in named if plain(one) not in own]
    missing = own - {plain(one) for one in named}
    if strange or (named and missing):
        about = ", ".join(record.grades)
        said = f"names {strange[0]}" if strange else "names only some of the record's grades"
        return f"The level '{level}' {said}, and the record is for {about}.", "Name the same grades in both."
    general = _general(words).search(level)
    if (
        general
        and _BAND.search(general.group())
        and not any(_BAND.search(one) or one == "VSM" for one in record.grades)
    ):
        return f"The level '{level}' speaks of a band, and {record.grades[0]} is none.", "Say 'this grade'."
    return None


def _general(words: LevelWords) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words.general))})\b", re.I)
