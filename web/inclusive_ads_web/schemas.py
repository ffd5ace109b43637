"""What the HTTP API takes and gives. Unknown fields are refused, so that a slip of the pen is not silently ignored.

What it gives may have further fields one day.

Longer than 300 lines: one shape after the other, each a few lines, and readers want them side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal  # annotations of pydantic have no type

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, create_model
from pydantic_core import PydanticCustomError

from inclusive_ads import (
    FORMATS,
    VACANCY_FIELDS,
    Decision,
    JsonObject,
    Severity,
    Vacancy,
    Verdict,
)

Text = Annotated[str, Field(min_length=1, pattern=r"\S", description="The advert.")]
Detail = Annotated[str, StringConstraints(max_length=200)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"\S")]
ANSWER = (
    "What comes back: `json`, the text and its report; `docx`, a Word file with the changes tracked and comments on "
    "what is left, style apart; `docx-clean`, a Word file with the changes made."
)
FULL = ("guards", "sources")  # of a finding: nearly half of an answer, for those who ask why
TEXT_FORMATS = [name for name, each in FORMATS.items() if each.is_text]


def _known_format(name: str) -> str:
    if name not in TEXT_FORMATS:
        raise PydanticCustomError("format", f"Use one of: {', '.join(TEXT_FORMATS)}.")
    return name


Format = Annotated[str, AfterValidator(_known_format), Field(json_schema_extra={"enum": [*TEXT_FORMATS]})]


class Model(BaseModel):
    """Strict: no unknown fields, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date", "Enter a real date, such as 2026-10-04.") from None


Day = Annotated[date, BeforeValidator(_day)]
TYPES: Mapping[str, tuple[Any, Any]] = {
    "text": (Detail, ""),
    "date": (Day | None, None),
    "yes-no": (bool | None, None),
    "names": (list[Detail], []),
    "values": (dict[Detail, Detail], {}),
}
_FIELDS: JsonObject = {
    item.name: (TYPES[item.kind][0], Field(default=TYPES[item.kind][1], description=f"{item.label}. {item.help}"))
    for item in VACANCY_FIELDS
}
PostIn = create_model("PostIn", __base__=Model, **_FIELDS)
PostIn.__doc__ = "The post, as far as it is known: it decides the statement, and is compared with what the advert says."


def as_json(given: Vacancy) -> JsonObject:
    """A vacancy as a `PostIn` takes it."""
    plain = {item.name: getattr(given, item.name) for item in VACANCY_FIELDS}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


def vacancy(post: BaseModel) -> Vacancy:
    """The vacancy of a `PostIn`."""
    given = post.model_dump()
    names = {item.name: tuple(given[item.name]) for item in VACANCY_FIELDS if item.kind == "names"}
    return Vacancy(**given | names)


class DecisionIn(Model):
    """A decision to keep a wording, as `POST /keep` gives it."""

    entry: Words
    wording: Annotated[str, Field(min_length=1, pattern=r"\S")]
    sentence: Annotated[str, Field(min_length=1, pattern=r"\S")]
    reason: Words
    kept_by: Words
    approved_by: list[Words] = Field(default=[], max_length=5)
    approved_on: Day
    advice: Annotated[str, StringConstraints(max_length=1000)] = ""


def decisions(asked: Iterable[DecisionIn]) -> list[Decision]:
    """The decisions of a request."""
    return [Decision(**one.model_dump()) for one in asked]


class FolderIn(Model):
    """What is known about all adverts of a zip."""

    profile: Detail = Field(default="generic", description="Name of a profile; see GET /profiles.")
    post: PostIn = PostIn()


class CheckIn(FolderIn):
    """An advert to check."""

    text: Text
    format: Format = "text"


class JudgeIn(CheckIn):
    """An advert to check, and what was decided about it."""

    decisions: list[DecisionIn] = Field(default=[], max_length=1000, description="Wording that is kept on purpose.")


class KeepIn(CheckIn):
    """A finding of an advert to keep on purpose."""

    finding: Annotated[int, Field(ge=1)] = Field(description="Its number in the answer of POST /check.")
    reason: str = Field(description="Why the post needs the wording.")
    kept_by: str = Field(description="Who keeps it: name and post.")
    approved_by: list[str] = Field(
        default=[],
        max_length=5,
        description="Who else agreed: one for indirect risk or `confirm`, two for what is likely unlawful.",
    )
    advice: str = Field(default="", description="What advice was taken, and from whom, or that none was.")


class FixIn(JudgeIn):
    """An advert to improve."""

    accept: dict[
        Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,5}$")], Annotated[int, Field(ge=0, le=99)]
    ] = Field(default={}, description="Number of a finding → index of the suggestion to use.")
    leave: list[Annotated[int, Field(ge=1)]] = Field(
        default=[], description="Findings whose safe suggestion is not used."
    )
    statements: bool = Field(default=True, description="Insert the chosen statements.")
    answer: Literal["json", "docx", "docx-clean"] = Field(default="json", description=ANSWER)


class BatchLine(Model):
    """One line of a batch."""

    id: str | int = Field(description="Given back with the result.")
    text: Text
    format: Format = "text"
    post: PostIn = PostIn()
    decisions: list[DecisionIn] = Field(default=[], max_length=1000, description="Wording that is kept on purpose.")


class Answer(BaseModel):
    """What is given: further fields may come, and a client that was made from this description lets them pass."""

    model_config = ConfigDict(strict=True, frozen=True)


class Offsets(Answer):
    """Half-open, in UTF-16 code units, as browsers and Java count."""

    start: int
    end: int


class FindingLine(Answer):
    """A finding in a batch, or a fault of a statement; offsets in code points of the text."""

    start: int
    end: int
    utf16: Offsets
    text: str
    entry: str
    category: str
    severity: Severity | Literal["note"] = Field(description="A severity, or `note` for a weak statement.")
    message: str
    suggestions: list[str]


class KeptLine(FindingLine):
    """A finding that was kept on purpose."""

    reason: str
    kept_by: str
    approved_by: list[str]
    approved_on: str = Field(description="The day, or an empty string for a mark in the text.")
    advice: str


class NotReadPart(Answer):
    """Something that an advert holds and that was not read, or not judged."""

    code: str
    count: int
    message: str


class ResultLine(Answer):
    """One line of a batch's results: the verdict in two fields, findings and what is missing; or an error."""

    id: str | int
    wording: Verdict | None = Field(default=None, description="What the wording comes to.")
    complete: bool | None = Field(default=None, description="All is there that an advert needs.")
    findings: list[FindingLine] | None = None
    findings_left_out: int | None = Field(default=None, description="How many more there are than are given.")
    kept: list[KeptLine] | None = Field(default=None, description="Wording that was kept on purpose.")
    lapsed: list[str] | None = Field(default=None, description="Decisions that keep nothing, and why.")
    missing: list[str] | None = Field(default=None, description="What applicants look for and do not find.")
    not_read: list[NotReadPart] | None = Field(default=None, description="What was not judged.")
    statements: list[str] | None = Field(default=None, description="Ids of the statements that are to go in.")
    error: str | None = None


class Change(Answer):
    """Replace `start` to `end` (code points of the text that was sent) by `text`."""

    start: int
    end: int
    utf16: Offsets
    text: str


class FixOut(Answer):
    """The improved advert, what was changed, and the report on the improved advert."""

    text: str
    changes: list[Change]
    report: JsonObject


class DecisionOut(DecisionIn):
    """A decision, of today; send it along as one of `decisions`."""

    model_config = ConfigDict(extra="ignore")


class EntryOut(Answer):
    """One entry of the lexicon."""

    id: str
    category: str
    severity: Severity
    affects: list[str]
    characteristics: list[str]
    forms: dict[str, list[str]]
    message: str
    why: str
    sources: list[dict[str, str]]
    evidence: str
    alternatives: list[JsonObject]
    advice: str


class EntriesOut(Answer):
    """A page of entries."""

    total: int = Field(description="How many match, on all pages.")
    offset: int
    entries: list[EntryOut]


class ProfileOut(Answer):
    """An organisation's profile that this server offers."""

    name: str
    title: str


class ProfilesOut(Answer):
    """Every profile that this server offers."""

    profiles: list[ProfileOut]


class HealthOut(Answer):
    """The server answers."""

    status: Literal["ok"]
    version: str


class FieldProblem(Answer):
    """What is wrong with one field."""

    field: str
    message: str


class ProblemOut(Answer):
    """An error, as in RFC 9457. Clients may rely on `code`; the sentences may change."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    remedy: str
    request_id: str
    errors: list[FieldProblem] = []
