"""The decision table for positive action statements: what each row looks at.

The order of the rows, their outcomes and their words are in `decisions.yaml`; the first row that fits decides.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.report import RefusedStatement
from inclusive_ads.statements.library import Library, fill, plain
from inclusive_ads.statements.models import GradedGroup, Group, Profile, Record, Row, Vacancy
from inclusive_ads.statements.placing import Layout
from inclusive_ads.statements.survey import Survey
from inclusive_ads.text.document import Document

SUPPORTED = ("strong", "moderate", "indicative")
ADVISED = ("development-scheme", "tie-break")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Everything a decision may look at: the advert, the vacancy, the profile and the day."""

    advert: Advert
    survey: Survey
    layout: Layout
    vacancy: Vacancy
    profile: Profile
    library: Library
    today: date

    @property
    def document(self) -> Document:
        """The advert as given."""
        return self.advert.document

    @property
    def last_day(self) -> date:
        """The last day on which the advert is open, as far as we know."""
        return max(self.today, self.vacancy.closing_date or self.today)

    @property
    def occupational_requirement(self) -> bool:
        """Whether the advert relies on one, or is asked to."""
        name = "occupational-requirement"
        return self.survey.topic(name) is not None or self.vacancy.options.get(name) is True

    @property
    def values(self) -> dict[str, str]:
        """What placeholders stand for; empty values count as missing."""
        organisation = self.vacancy.organisation or self.profile.organisation
        given = {
            "merit": self.library.merit[self.profile.merit],
            "organisation": organisation,
            **self.profile.values,
            **self.vacancy.values,
        }
        return {name: value for name, value in given.items() if value.strip()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One group of one record, for one post."""

    post: Post
    record: Record
    group: Group
    cell: GradedGroup | None
    companion_blocked: bool = False

    @property
    def level(self) -> str:
        """How strong the figures are, or "" where there are none."""
        return str(self.cell.level) if self.cell else ""

    @property
    def review_by(self) -> date:
        """The record's review date, or 12 months after its evidence."""
        if self.record.review_by:
            return self.record.review_by
        start = self.record.evidence_date or (self.cell.snapshot_date if self.cell else self.post.today)
        return start.replace(year=start.year + 1, day=min(start.day, monthrange(start.year + 1, start.month)[1]))

    @property
    def needs_advice(self) -> bool:
        """Whether the record must name the legal advice that was taken."""
        return self.record.kind in ADVISED or self.record.jurisdiction == "NI"

    def asked(self, answer: bool) -> bool:
        """Whether the vacancy asked for it (or, with False, switched it off)."""
        options = self.post.vacancy.options
        return options.get(self.record.id) is answer or options.get(self.record.kind) is answer


# What each row of the table looks at; the order and the words are in decisions.yaml.
_CONDITIONS: Mapping[str, Callable[[Case], bool]] = {
    "switched-off": lambda c: c.asked(False),
    "out-of-scope": lambda c: c.post.survey.out_of_scope,
    "northern-ireland": lambda c: c.post.survey.northern_ireland and c.record.jurisdiction != "NI",
    "not-northern-ireland": lambda c: c.record.jurisdiction == "NI" and not c.post.survey.northern_ireland,
    "other-role": lambda c: not _covers_role(c.record, c.post.vacancy.role),
    "occupational-requirement": lambda c: c.post.occupational_requirement,
    "not-asked": lambda c: c.record.kind in ADVISED and not c.asked(True),
    "tie-break-off": lambda c: c.record.kind == "tie-break" and not c.post.profile.tie_break,
    "no-advice": lambda c: c.needs_advice and not c.record.legal_advice,
    "no-evidence": lambda c: c.cell is None,
    "insufficient": lambda c: c.level == "insufficient" and not c.record.judgement,
    "not-under-represented": lambda c: c.level not in (*SUPPORTED, "insufficient"),
    "review-passed": lambda c: c.review_by < c.post.last_day,
    "records-missing": lambda c: bool(c.record.missing),
    "not-approved": lambda c: not c.record.approved_by or c.record.approved_on is None,
    "approved-later": lambda c: c.record.approved_on is not None and c.record.approved_on > c.post.today,
    "companion-missing": lambda c: c.companion_blocked,
    "no-judgement": lambda c: c.level == "indicative" and not c.record.judgement,
    "on-judgement": lambda c: c.level == "insufficient",
    "indicative": lambda c: c.level == "indicative",
    "supported": lambda c: c.level in SUPPORTED,
}


def decide(case: Case) -> Row:
    """The first row of the table that fits."""
    return next(row for row in case.post.library.rows if _CONDITIONS[row.id](case))


def _covers_role(record: Record, role: str) -> bool:
    roles = [plain(one) for one in record.roles]
    return "any" in roles or any(f" {one} " in f" {plain(role)} " for one in roles)


def refusal(post: Post, name: str, row: str, **words: str) -> RefusedStatement:
    """A refusal in the words of decisions.yaml."""
    entry = post.library.words[row]
    values = {"places": ", ".join(post.survey.places), **words}
    return RefusedStatement(id=name, reason=fill(entry.reason, values), remedy=fill(entry.remedy, values))
