"""The thresholds, names and file shapes of `lexicons/evidence.yaml`, checked when they are loaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator

from inclusive_ads.evidence.grades import Grades
from inclusive_ads.evidence.layouts import Group, Labels, Model, Positive, Shape, fold, letter
from inclusive_ads.lexicon.files import lexicon_folder, read_yaml

Share = Annotated[float, Field(gt=0, lt=1)]
Level = Literal["strong", "moderate", "indicative", "insufficient"]


class Small(Model):
    """What is too small to print, in people; `protection` is how uncertain a hidden number must stay."""

    count: Annotated[int, Field(ge=5)]
    denominator: Annotated[int, Field(ge=10)]
    shortlisted: Annotated[int, Field(ge=10)]
    appointed: Annotated[int, Field(ge=5)]
    protection: Annotated[int, Field(ge=2)]


class Levels(Model):
    """Where strong, moderate, indicative and insufficient begin."""

    low_index: Share
    near_index: Share
    strong_chance: Share
    moderate_chance: Share
    full_known: Positive
    least_known: Positive
    most_unknown: Share


class Pooling(Model):
    """How a small post is read together with its neighbours."""

    stand_alone: Positive
    grade_steps: Positive
    years: Positive
    at_most: Mapping[Literal["grades", "years", "roles", "organisations"], Level]


class Comparators(Model):
    """Which comparator is taken first."""

    # By scheme; "local" serves every scheme that is not named.
    order: Mapping[str, tuple[Literal["feeder", "organisation", "file"], ...]]
    feeder_known: Positive
    feeder_steps: Positive
    organisation_names: tuple[str, ...]

    @field_validator("order")
    @classmethod
    def _has_local(cls, order: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        if "local" not in order:
            raise ValueError("'local' must be there; it serves every scheme that is not named")
        return order


class Goal(Model):
    """How far ahead an aspirational goal looks, and which comparators it is taken from, first to last."""

    years: Positive
    order: tuple[Literal["feeder", "organisation", "file"], ...]


class Recruitment(Model):
    """Applicants: how they are compared, and how a file of them is read.

    Attributes:
        most_likely: a relative likelihood that is beyond belief.
        reference: characteristic → the group to compare with.
        power, rises: of how many applicants it takes to see a rise by so many points.
        fields: field → headings; `yes`, `no`: whether a campaign had the change; `before`, `after`: when it was.
    """

    most_likely: Annotated[float, Field(gt=1)]
    reference: Mapping[str, str]
    power: Share
    rises: tuple[Annotated[int, Field(ge=1, le=50)], ...]
    fields: Mapping[str, tuple[str, ...]]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


class Files(Model):
    """Bounds on what is read."""

    bytes: Positive
    rows: Positive
    people_rows: Positive
    title_rows: Positive = 40


class Grouped(Model):
    """Several grades that are published together, and names for them."""

    of: tuple[str, ...]
    names: tuple[str, ...]


class Thresholds(Model):
    """Everything in `lexicons/evidence.yaml`."""

    version: str
    small: Small
    levels: Levels
    pooling: Pooling
    comparators: Comparators
    goal: Goal
    recruitment: Recruitment
    files: Files
    schemes: Mapping[str, tuple[tuple[str, ...], ...]]
    grouped: Mapping[str, Grouped]
    characteristics: Mapping[str, tuple[str, ...]]
    groups: tuple[Group, ...]
    labels: Labels
    shapes: tuple[Shape, ...]
    statuses_read: tuple[str, ...]
    whole: tuple[tuple[str, ...], ...]

    def characteristic(self, name: str) -> str:
        """The Act's name for a characteristic, or the name as given in lower case."""
        plain = fold(name)
        return next((key for key, names in self.characteristics.items() if plain == key or plain in names), plain)

    def group(self, name: str) -> str:
        """The id of a group, or the name as given in lower case."""
        plain = fold(name)
        return next((group.id for group in self.groups if plain == group.id or plain in map(fold, group.names)), plain)

    def label(self, text: str, *, coded: bool = False) -> tuple[Literal["group", "unknown", "total"], str, str]:
        """What a label of a file says: its kind, the id of the group, and the part of it ("" where it is the whole).

        Of unknowns, of whom a file may have several rows, the id is the label itself.

        Args:
            coded: whether a letter in front may be a code of the National Health Service's list.
        """
        plain = fold(text)
        if plain in self.labels.unknown:
            return "unknown", plain, ""
        if plain in self.labels.total:
            return "total", "", ""
        found = self.group(text)
        if any(found == item.id for item in self.groups):
            return "group", found, ""
        whole = next((item.id for item in self.groups if plain in item.parts), "")
        if not whole and coded and (code := letter(text)):
            if code in self.labels.unknown_letters:
                return "unknown", plain, ""
            whole = next((item.id for item in self.groups if code in item.letters), "")
        return "group", whole or found, " ".join(text.split()) if whole else ""

    def nameless(self, characteristic: str, group: str) -> Literal["", "not-protected", "no-such-label"]:
        """Why no statement can name a group of a file: the Act does not protect it, or its label is not known."""
        if characteristic not in {*self.characteristics, *(item.characteristic for item in self.groups)}:
            return "not-protected"
        return "" if any(group == item.id for item in self.groups) else "no-such-label"

    def phrase(self, group: str) -> str:
        """How a sentence names a group."""
        return next((item.phrase for item in self.groups if item.id == group), f"the group '{group}'")

    @cached_property
    def grades(self) -> Grades:
        """The grades of all schemes, by all their names."""
        groups = {name: (group.of, group.names) for name, group in self.grouped.items()}
        return Grades(self.schemes, groups)

    def grade(self, name: str) -> str:
        """The usual name of a grade or of several ("G7" is "Grade 7"), or the name as given."""
        return self.grades.name(name)


@lru_cache(maxsize=1)
def default_thresholds() -> Thresholds:
    """The thresholds that ship."""
    return read_yaml(lexicon_folder() / "evidence.yaml", Thresholds)


def load_thresholds(path: str | Path | None = None) -> Thresholds:
    """Thresholds of a file of one's own, or those that ship.

    Raises:
        LexiconError: the file has a mistake; the error says where and what to do.
    """
    return default_thresholds() if path is None else read_yaml(Path(path), Thresholds)
