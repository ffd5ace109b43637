"""The decision table for positive action statements: what each row looks at.

The order of the rows, their outcomes and their words are in `decisions.yaml`; the first row that fits decides.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.report import RefusedStatement
from inclusive_ads.statements.levels import level_as_measured
from inclusive_ads.statements.library import Library, fill, plain
from inclusive_ads.statements.models import Group, Profile, Record, Row
from inclusive_ads.statements.placing import Layout
from inclusive_ads.statements.survey import Survey
from inclusive_ads.text.document import Document
from inclusive_ads.vacancy import VACANCY_FIELDS, Vacancy

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import GradedGroup

SUPPORTED = ("strong", "moderate", "indicative")
ADVISED = ("development-scheme", "tie-break")


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything a decision may look at: the advert, the vacancy, the profile and the day.

    Attributes:
        given, read: the vacancy as the user and as the advert give it; `vacancy` is both, what was given first.
        differ: names of the fields in which the two contradict each other.
        told: for each item of the checklist that matters here whether the advert tells it.
        grades: those that the figures are of, junior first; empty where the grade of the post is among them.
    """

    advert: Advert
    survey: Survey
    layout: Layout
    given: Vacancy
    read: Vacancy
    differ: frozenset[str]
    told: Mapping[str, bool]
    grades: tuple[str, ...]
    profile: Profile
    library: Library
    today: date

    @cached_property
    def vacancy(self) -> Vacancy:
        """What is known about the post."""
        return self.given.over(self.read)

    @property
    def document(self) -> Document:
        """The advert as given."""
        return self.advert.document

    @property
    def last_day(self) -> date:
        """The last day on which the advert is open, as far as we know."""
        return max(day for day in (self.today, self.given.closing_date, self.read.closing_date) if day)

    @property
    def occupational_requirement(self) -> bool:
        """Whether the advert relies on one, or is asked to."""
        name = "occupational-requirement"
        return self.survey.topic(name) is not None or self.vacancy.wants(name) is True

    @property
    def values(self) -> dict[str, str]:
        """What placeholders stand for; empty values count as missing, and so do those in doubt."""
        own = {"organisation": self.profile.organisation, **self.profile.values}
        values = {"merit": self.library.merit[self.profile.merit], **own, **self.given.values}
        values["organisation"] = self.given.organisation or values.get("organisation", "") or self.read.organisation
        # People who read the advert have its own contact before them.
        values["contact"] = self.read.contact or self.given.contact or values.get("contact", "")
        return {name: value for name, value in values.items() if value.strip() and name not in self.differ}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One group of one record, in one situation."""

    situation: Situation
    record: Record
    group: Group
    graded: GradedGroup | None
    companion_blocked: bool = False

    @property
    def level(self) -> str:
        """How strong the figures are, or "" where there are none."""
        return str(self.graded.level) if self.graded else ""

    @property
    def in_words(self) -> str:
        """The level in words, as the figures carry it."""
        words = self.situation.library.level
        return level_as_measured(self.record, self.situation.vacancy.grade, self.graded, words)

    @property
    def review_by(self) -> date:
        """The record's review date, or 12 months after its evidence."""
        if self.record.review_by:
            return self.record.review_by
        start = self.record.evidence_date or (self.graded.snapshot_date if self.graded else self.situation.today)
        return _a_year_after(start)

    @property
    def figures_old(self) -> bool:
        """Whether the figures are more than 12 months old on the last day of the advert."""
        return self.graded is not None and _a_year_after(self.graded.snapshot_date) < self.situation.last_day

    @property
    def needs_advice(self) -> bool:
        """Whether the record must name the legal advice that was taken."""
        return self.record.kind in ADVISED or self.record.jurisdiction == "NI"

    def wants(self, answer: bool) -> bool:
        """Whether the vacancy asked for it (or, with False, switched it off)."""
        return self.situation.vacancy.wants(self.record.id, self.record.kind) is answer


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, monthrange(day.year + 1, day.month)[1]))


# What each row of the table looks at; the order and the words are in decisions.yaml.
_CONDITIONS: Mapping[str, Callable[[Case], bool]] = {
    "switched-off": lambda c: c.wants(False),
    "contradiction": lambda c: bool(c.situation.differ & {"grade", "location"}),
    "out-of-scope": lambda c: c.situation.survey.out_of_scope,
    "northern-ireland": lambda c: c.situation.survey.northern_ireland and c.record.jurisdiction != "NI",
    "not-northern-ireland": lambda c: c.record.jurisdiction == "NI" and not c.situation.survey.northern_ireland,
    "place-unsettled": lambda c: c.record.jurisdiction == "GB" and bool(c.situation.survey.unsettled),
    "place-unknown": lambda c: c.record.jurisdiction == "GB" and not c.situation.survey.in_great_britain,
    "other-role": lambda c: not _covers_role(c.record, c.situation.vacancy.role),
    "occupational-requirement": lambda c: c.situation.occupational_requirement,
    "public-boards": lambda c: c.situation.survey.topic("public-boards") is not None,
    "not-asked": lambda c: c.record.kind in ADVISED and not c.wants(True),
    "tie-break-off": lambda c: c.record.kind == "tie-break" and not c.situation.profile.tie_break,
    "no-advice": lambda c: c.needs_advice and not c.record.legal_advice,
    "grade-not-in-figures": lambda c: c.graded is None and bool(c.situation.grades),
    "no-evidence": lambda c: c.graded is None,
    "insufficient": lambda c: c.level == "insufficient" and not c.record.judgement,
    "not-under-represented": lambda c: c.level not in (*SUPPORTED, "insufficient"),
    "review-passed": lambda c: c.review_by < c.situation.last_day,
    "figures-later": lambda c: c.graded is not None and c.graded.snapshot_date > c.situation.today,
    "figures-old": lambda c: c.figures_old and not c.record.older_figures,
    "records-missing": lambda c: bool(c.record.missing),
    "not-approved": lambda c: not c.record.approved_by or c.record.approved_on is None,
    "approved-later": lambda c: c.record.approved_on is not None and c.record.approved_on > c.situation.today,
    "companion-missing": lambda c: c.companion_blocked,
    "no-judgement": lambda c: c.level == "indicative" and not c.record.judgement,
    "on-judgement": lambda c: c.level == "insufficient",
    "indicative": lambda c: c.level == "indicative",
    "supported": lambda c: c.level in SUPPORTED,
}


def decide(case: Case) -> Row:
    """The first row of the table that fits."""
    return next(row for row in case.situation.library.rows if _CONDITIONS[row.id](case))


def _covers_role(record: Record, role: str) -> bool:
    roles = [plain(one) for one in record.roles]
    return "any" in roles or any(f" {one} " in f" {plain(role)} " for one in roles)


def value_missing(situation: Situation, name: str, missing: list[str]) -> RefusedStatement:
    """The refusal of a text that lacks values."""
    row = "contradiction" if situation.differ.intersection(missing) else "value-missing"
    titles = situation.library.values
    named = [titles.get(one, one.replace("_", " ")) for one in missing]
    refused = refusal(situation, name, row, missing=" and ".join(filter(None, (", ".join(named[:-1]), named[-1]))))
    return replace(refused, needs=tuple(missing)) if row == "value-missing" else refused


def refusal(situation: Situation, name: str, row: str, **words: str) -> RefusedStatement:
    """A refusal in the words of decisions.yaml."""
    entry = situation.library.words[row]
    differ = ", ".join(_differing(situation))
    unsettled = situation.survey.unsettled
    values = {
        "places": ", ".join(situation.survey.places or unsettled),
        "answers": _such_as(answer for answers in unsettled.values() for answer in answers),
        "differ": differ,
        "grade": situation.vacancy.grade,
        "grades": _grades(situation.grades),
        **words,
    }
    reason, remedy = fill(entry.reason, values), fill(entry.remedy, values)
    return RefusedStatement(id=name, title=_title(situation, name), reason=reason, remedy=remedy, code=row)


def said_once(refused: Iterable[RefusedStatement]) -> tuple[RefusedStatement, ...]:
    """Refusals of one kind of statement for one reason as one, under all their ids."""
    together: dict[RefusedStatement, list[str]] = {}
    for one in refused:
        ids = together.setdefault(replace(one, id=""), [])
        ids += [] if one.id in ids else [one.id]
    return tuple(replace(one, id="+".join(ids)) for one, ids in together.items())


def _differing(situation: Situation) -> Iterator[str]:
    for item in VACANCY_FIELDS:
        if item.name in situation.differ:
            read, given = (getattr(one, item.name) for one in (situation.read, situation.given))
            texts = isinstance(read, str) and read and given
            yield f"{item.label.lower()}: it says {read}, you said {given}" if texts else item.label.lower()


def _grades(names: tuple[str, ...]) -> str:
    """Several grades, as a sentence names them: "Grades 5 and 8"."""
    if not names:
        return ""
    from inclusive_ads.evidence.thresholds import default_thresholds  # not every check needs figures

    return default_thresholds().grades.together(names)


def _such_as(answers: Iterable[str]) -> str:
    quoted = " or ".join(f"“{answer}”" for answer in answers)
    return f", such as {quoted}" if quoted else ""


def _title(situation: Situation, name: str) -> str:
    library = situation.library
    if companion := library.companions.get(name):
        return companion.title
    kinds = {record.id: record.kind for record in situation.profile.records}
    # Records that make one statement together stand with a plus between them.
    return library.kinds[kinds.get(name.partition("+")[0], "positive-action")]
