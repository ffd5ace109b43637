"""The vacancy: what is known about the post, defined once.

The options of the command line, the settings, the form of the page, the API with its lines of a batch, and the columns
of a table are all made from `VACANCY_FIELDS`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, ClassVar, Literal  # a value is of whatever type its field is

from inclusive_ads.dates import read_day
from inclusive_ads.errors import InputError
from inclusive_ads.refusals import said

Kind = Literal["text", "date", "yes-no", "names", "values"]
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_NEXT_VALUE = re.compile(r"[;\n]\s*(?=[a-z_]+ *=)")


def _shown(kind: Kind, label: str, help: str, *, main: bool = False) -> dict[str, Any]:  # noqa: A002
    return {"kind": kind, "label": label, "help": help, "main": main}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """What is known about the post. Nothing here is guessed from people.

    Attributes:
        grade: in any of its names ("G7", "Grade 7").
        location: one or more places; it decides which law applies, together with the advert.
        public_facing: whether the post deals with the public (None: not said).
        contact: whom applicants can ask, and how; over the profile's.
        ask, leave_out: ids of statements, records or kinds of record.
        values: placeholder → value for this vacancy, over those of the profile.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    grade: str = field(
        default="", metadata=_shown("text", "Grade or band", "As in your figures, such as SEO or Band 6.", main=True)
    )
    role: str = field(
        default="", metadata=_shown("text", "Role or profession", "Such as Private Secretary or Nursing.", main=True)
    )
    location: str = field(
        default="",
        metadata=_shown("text", "Location", "It decides which law applies. Such as Leeds or Belfast.", main=True),
    )
    organisation: str = field(default="", metadata=_shown("text", "Employer", "The name that the advert uses."))
    closing_date: date | None = field(
        default=None, metadata=_shown("date", "Closing date", "The last day to apply, such as 4 October 2026.")
    )
    public_facing: bool | None = field(
        default=None, metadata=_shown("yes-no", "Speaks with the public", "Whether that is a main part of the work.")
    )
    contact: str = field(
        default="",
        metadata=_shown("text", "Contact", "Whom applicants can ask, such as Sam Okoro (sam@department.example)."),
    )
    ask: tuple[str, ...] = field(
        default=(), metadata=_shown("names", "Statements to ask for", "By id, such as vetting or tie-break.")
    )
    leave_out: tuple[str, ...] = field(
        default=(), metadata=_shown("names", "Statements to leave out", "By id, such as carers.")
    )
    values: Mapping[str, str] = field(
        default_factory=dict,
        hash=False,
        metadata=_shown("values", "Words for statements", "Such as clearance=Security Check (SC) clearance."),
    )

    def over(self, other: Vacancy) -> Vacancy:
        """This vacancy, and what the other says of which this says nothing."""
        own = {name: getattr(self, name) or getattr(other, name) for name in _NAMES}
        if self.public_facing is not None:
            own["public_facing"] = self.public_facing
        own["ask"] = tuple(dict.fromkeys((*self.ask, *(one for one in other.ask if one not in self.leave_out))))
        own["leave_out"] = tuple(
            dict.fromkeys((*self.leave_out, *(one for one in other.leave_out if one not in self.ask)))
        )
        own["values"] = {**other.values, **self.values}
        return Vacancy(**own)

    def wants(self, *names: str) -> bool | None:
        """True where one of the names is asked for, False where one is left out, None where nothing is said."""
        if any(name in self.leave_out for name in names):
            return False
        return True if any(name in self.ask for name in names) else None

    def to_text(self) -> dict[str, str]:
        """Each field that says something as `from_text` reads it."""
        return {item.name: text for item in VACANCY_FIELDS if (text := _to_text(getattr(self, item.name)))}

    @classmethod
    def from_text(cls, given: Mapping[str, str], *, today: date | None = None) -> Vacancy:
        """A vacancy from a form, a row of a table or options: the text of each field by its name.

        Names of statements are parted by commas, values by semicolons or lines ("clearance=SC; network=Race Network").

        Args:
            today: a closing date without a year is the one nearest to this.

        Raises:
            InputError: a text is not what its field holds.
        """
        near = today or date.today()
        return cls(**{item.name: item.read(given[item.name], near) for item in VACANCY_FIELDS if given.get(item.name)})


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyField:
    """One row of the table: a field of `Vacancy`, and how it is shown.

    Attributes:
        kind: ``"text"``, ``"date"``, ``"yes-no"``, ``"names"`` or ``"values"``.
        label, help: in plain English, for people.
        main: whether the page shows it at first sight.
    """

    name: str
    kind: Kind
    label: str
    help: str
    main: bool

    @property
    def option(self) -> str:
        """Its name on the command line."""
        return f"--{self.name.replace('_', '-')}"

    def read(self, text: str, near: date) -> Any:
        """The value that a text stands for.

        Raises:
            InputError: it stands for none.
        """
        text = text.strip()
        if not text:
            return _DEFAULTS[self.name]
        if self.kind == "text":
            return text
        if self.kind == "date":
            if (day := read_day(text, near)) is None:
                raise self.error("Enter a real date, such as 4 October 2026.")
            return day
        if self.kind == "yes-no":
            if text.lower() not in _YES_NO:
                raise self.error("Enter yes or no.")
            return _YES_NO[text.lower()]
        if self.kind == "names":
            return tuple(_listed(text.replace(";", ",").split(",")))
        return self.read_values(_NEXT_VALUE.split(text.strip(" ;")))

    def read_values(self, pairs: Iterable[str]) -> dict[str, str]:
        """Values by name, from ``"name=value"``.

        Raises:
            InputError: there is no name, or no equals sign.
        """
        found = {}
        for pair in pairs:
            name, equals, value = pair.partition("=")
            if not equals or not name.strip():
                raise self.error("Write each as name=value, such as clearance=Security Check.")
            found[name.strip()] = value.strip()
        return found

    def error(self, remedy: str) -> InputError:
        """The error for what this field cannot hold."""
        return InputError(f"{self.label} ({self.name}) cannot be read.", remedy, code="vacancy")


VACANCY_FIELDS = tuple(VacancyField(name=item.name, **item.metadata) for item in fields(Vacancy))
_NAMES = tuple(item.name for item in VACANCY_FIELDS)
_DEFAULTS = {name: getattr(Vacancy(), name) for name in _NAMES}


def read_vacancy(data: Any) -> Vacancy:
    """A vacancy from JSON, strictly: no number becomes text, and an unknown name is refused.

    Raises:
        InputError: with the name of the field.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Vacancy).validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(("post", *map(str, first["loc"])))
        raise InputError(f"{where}: {said(first)}.", f"Its fields are: {', '.join(_NAMES)}.", code="vacancy") from None


def _listed(parts: Iterable[str]) -> list[str]:
    return [text for part in parts if (text := part.strip())]


def _to_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "; ".join(f"{name}={text}" for name, text in value.items())
    return ", ".join(value) if isinstance(value, tuple) else value or ""
