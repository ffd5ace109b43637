"""The shapes of the statement files, and of an organisation's profile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from inclusive_ads.dates import read_day
from inclusive_ads.lexicon.models import OwnLexicon
from inclusive_ads.lexicon.shared import Place
from inclusive_ads.outcomes import Severity

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Needed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _day(value: object) -> object:
    """A day as people write it; without its year it is none."""
    found = read_day(value, date(2000, 1, 1)) if isinstance(value, str) else None
    return found if found and str(found.year) in str(value) else value


Day = Annotated[date, BeforeValidator(_day)]
Jurisdiction = Literal["GB", "NI"]
Kind = Literal["positive-action", "development-scheme", "tie-break"]
Limb = Literal["participation", "disadvantage", "needs"]
Strength = Literal["firm", "softer"]

# The six points that the 2023 guidance on positive action asks an employer to write down.
SIX_RECORDS: Mapping[str, str] = {
    "need": "what shows that the action is needed",
    "goals": "goals and actions",
    "proportionality": "why it is proportionate",
    "progress": "how progress is measured",
    "consultation": "how staff are consulted",
    "duration": "how long it is needed",
}


class Model(BaseModel):
    """A part of a file: unknown keys are refused."""

    # A run needs few of the types: each is made ready when it first is.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Group(Model):
    """A group of people that a statement can name; see groups.yaml."""

    id: Needed
    characteristic: Literal[
        "age", "disability", "gender-reassignment", "race", "religion-or-belief", "sex", "sexual-orientation", "none"
    ]
    name: Needed
    short: Text = ""
    known_by: tuple[Needed, ...]
    asymmetric: bool = False
    jurisdiction: Jurisdiction | None = None
    needs: tuple[Needed, ...] = ()
    offers: tuple[Needed, ...] = ()

    @property
    def protected(self) -> bool:
        """Whether section 158 can cover it."""
        return self.characteristic != "none"


class Template(Model):
    """The wording of a positive action statement for one limb and strength."""

    id: Needed
    kind: Kind
    jurisdiction: Jurisdiction
    limb: Limb
    strength: Strength
    text: Needed


class Companion(Model):
    """A statement that names no group by evidence; see companions.yaml."""

    id: Needed
    kind: Needed
    title: Needed
    place: Place
    when: Literal["always", "asked", "public-facing"]
    jurisdictions: tuple[Jurisdiction, ...]
    text: Needed
    text_in_wales: Text = ""
    until: Text = ""
    why: Needed
    known_by: tuple[Needed, ...]
    requires: tuple[Needed, ...] = ()
    not_with: tuple[Needed, ...] = ()
    unless_asked: tuple[Needed, ...] = ()
    replaces: Text = ""
    needs_legal_advice: bool = False


class Row(Model):
    """A row of the decision table, or a refusal with its words."""

    id: Needed
    outcome: Literal["refuse", "firm", "softer"]
    reason: Needed
    remedy: Text = ""


class Problem(Model):
    """Something that can be wrong with a statement that is already there."""

    id: Needed
    severity: Severity
    message: Needed


class GroupsFile(Model):
    """groups.yaml."""

    groups: tuple[Group, ...]


class LevelWords(Model):
    """How a level in words begins, what it calls the post's own grade, and how it names others.

    Attributes:
        roles: role of a published layout, in lower case → how a level says it; others are "in" their name.
    """

    opens: tuple[Needed, ...]
    general: tuple[Needed, ...]
    at: Needed
    example: Needed
    roles: Mapping[str, Needed] = Field(default_factory=dict)


class PositiveActionFile(Model):
    """positive-action.yaml."""

    merit: Mapping[str, Needed]
    level: LevelWords
    kinds: Mapping[Kind, Needed]
    statements: tuple[Template, ...]


class CompanionsFile(Model):
    """companions.yaml."""

    values: Mapping[str, Needed]
    companions: tuple[Companion, ...]


class RecognitionFile(Model):
    """recognition.yaml: phrases by which statements are known and checked."""

    encouragement: tuple[Needed, ...]
    unnamed: tuple[Needed, ...]
    reason: tuple[Needed, ...]
    merit: tuple[Needed, ...]
    part_of_statement: tuple[Needed, ...]
    everyone: tuple[Needed, ...]
    served: tuple[Needed, ...]
    pronouns: Mapping[str, Needed]
    topics: Mapping[str, tuple[Needed, ...]]


class PlaceRule(Model):
    """After parts of which place a statement goes, before which if there is none of them, and after which else."""

    after: tuple[Place, ...]
    before: tuple[Place, ...]
    instead: tuple[Place, ...] = ()


class ShortAdvert(Model):
    """How many statements go by themselves into an advert of fewer than `words` words."""

    words: int
    about_groups: int
    companions: int


class PlacingFile(Model):
    """sections.yaml."""

    places: Mapping[Place, PlaceRule]
    short_advert: ShortAdvert
    apply_cues: tuple[Needed, ...]
    buttons: tuple[Needed, ...]
    ends: tuple[Needed, ...]


class DecisionsFile(Model):
    """decisions.yaml."""

    rows: tuple[Row, ...]
    others: tuple[Row, ...]
    problems: tuple[Problem, ...]


class Record(Model):
    """Why an organisation names a group in adverts for a grade and a role, and who approved it.

    Attributes:
        roles: roles it covers, or ``["any"]``.
        level: how the advert says it, such as "at Grade 7 in our Private Offices".
        judgement: why the approver thinks it reasonable where figures alone do not settle it.
        older_figures: why figures of more than 12 months ago still hold, where the approver thinks so.
        review_by: None means 12 months after `evidence_date`, or after the date of the figures.
    """

    id: Needed
    kind: Kind = "positive-action"
    jurisdiction: Jurisdiction = "GB"
    groups: Annotated[tuple[Needed, ...], Field(min_length=1)]
    grades: Annotated[tuple[Needed, ...], Field(min_length=1)]
    roles: Annotated[tuple[Needed, ...], Field(min_length=1)]
    limb: Limb
    level: Text
    contact: Text = ""
    need: Text = ""
    goals: Text = ""
    proportionality: Text = ""
    progress: Text = ""
    consultation: Text = ""
    duration: Text = ""
    evidence_date: Day | None = None
    review_by: Day | None = None
    approved_by: Text = ""
    approved_on: Day | None = None
    judgement: Text = ""
    older_figures: Text = ""
    legal_advice: Text = ""

    @property
    def points(self) -> dict[str, str]:
        """The six points as they are written down, "" for one that is not: what each is → what it says."""
        return {words: getattr(self, name) for name, words in SIX_RECORDS.items()}

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not written down yet, in words."""
        gaps = [words for name, words in SIX_RECORDS.items() if not getattr(self, name)]
        return (*gaps, "the level in words") if not self.level else tuple(gaps)


class Profile(Model):
    """An organisation's choices: its texts, values and records.

    Attributes:
        merit: which merit line it uses (a key of `merit` in positive-action.yaml).
        tie_break: whether it has decided to use section 159 case by case.
        companions: ids of the statements it uses.
        values: what fills the placeholders, such as ``contact``.
        texts: its own wording for a companion or a positive action template, by id.
        wording: house terms and changed entries of the lexicons.
        evidence_columns: which column of its figures holds what, for files in a shape of its own.
    """

    id: Needed
    title: Needed
    about: Text = ""
    organisation: Text = ""
    merit: Needed = "standard"
    tie_break: bool = False
    companions: tuple[Needed, ...] = ()
    values: Mapping[str, Text] = Field(default_factory=dict)
    texts: Mapping[str, Needed] = Field(default_factory=dict)
    records: tuple[Record, ...] = ()
    wording: OwnLexicon = Field(default_factory=OwnLexicon)
    evidence_columns: Mapping[str, Needed] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ids_once(self) -> Self:
        ids = [record.id for record in self.records]
        twice = next((one for one in ids if ids.count(one) > 1), None)
        if twice:
            raise ValueError(f"the record id '{twice}' stands twice")
        return self
