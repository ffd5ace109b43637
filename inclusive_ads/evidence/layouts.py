"""What files of figures look like: their labels and their layouts, as `lexicons/evidence.yaml` lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Positive = Annotated[int, Field(ge=1)]
_NOTE = re.compile(r"\s*\[(?:note|notes|r|p)\b[^\]]*\]", re.I)
_NUMBERING = re.compile(r"^\W*\d{0,2}[a-z]?[).:]\s*")
_LETTER = re.compile(r"([A-Z][A-Z]?)(?:\s*[-–:]\s*|\s+)(?=[A-Z][A-Za-z ])")


class Model(BaseModel):
    """A part of the file: what it does not know is a mistake."""

    # A run needs few of the types: each is made ready when it first is.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def fold(text: str) -> str:
    """A label without case, surrounding space or doubled space, for comparison only."""
    return " ".join(text.split()).casefold()


def without_notes(text: str) -> str:
    """A heading or label without the marks of footnotes ("[note 2]")."""
    return " ".join(_NOTE.sub("", text).split())


class Group(Model):
    """A group of people.

    Attributes:
        phrase: names it in a sentence.
        names: its labels in files; `parts`: labels of parts of it, which are added up; `letters`: codes of parts of it
            that begin a label, as in "H Asian or Asian British - Indian"; `parts_beside`: labels that are groups of
            their own, and parts where a file gives other parts; `holds`: groups that are part of it.
    """

    id: str
    characteristic: str
    phrase: str
    names: tuple[str, ...]
    parts: tuple[str, ...] = ()
    parts_beside: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()


class Labels(Model):
    """Words in files that stand for something else than themselves.

    Attributes:
        others: groups that no statement can name, and that are no mistake.
        counts, shares: headings over numbers of people, and over what is no number of people.
        organisation: what stands before an organisation's name above the headings.
        unknown_letters: codes of labels that say that a group is not known.
    """

    unknown: tuple[str, ...]
    total: tuple[str, ...]
    suppressed: tuple[str, ...]
    all_roles: tuple[str, ...]
    person_headings: tuple[str, ...]
    others: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    unknown_letters: tuple[str, ...] = ()

    def key(self, heading: str) -> str:
        """A heading for comparison: folded, without notes, and without what says that it counts people."""
        plain = fold(without_notes(heading))
        bare = self._counting.sub("", plain)
        return bare or plain

    @cached_property
    def _counting(self) -> re.Pattern[str]:
        words = "|".join(map(re.escape, sorted(self.counts, key=len, reverse=True)))
        return re.compile(rf"\s*(?:[-–:]\s*)?(?:\((?:{words})\)|(?<=\s)(?:{words}))$" if words else r"(?!)")


class Part(Model):
    """A part of a return: a row that says one of `says` begins it. Without a `role` its rows are not read here."""

    says: tuple[str, ...]
    role: str = ""
    scheme: str = ""


class Return(Model):
    """A form of several parts, each below a row that names it.

    Attributes:
        parts: the first whose words are found.
        within: rows of people who are counted in another row, too.
        names: what a row is called → the grade it is.
        board: rows that count the board; the first that the form has is read.
        shortlisted, appointed: rows that count applicants.
    """

    parts: tuple[Part, ...]
    board: tuple[str, ...] = ()
    shortlisted: tuple[str, ...] = ()
    appointed: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    names: Mapping[str, str] = {}

    def grade(self, label: str) -> str:
        """The grade that a row is of: "Cluster 2 (Bands 5 - 7)" is "cluster 2"."""
        plain = fold(label)
        known = self.names.get(plain) or self.names.get(plain.partition(" (")[0])
        return known or (label.partition(" (")[0] if plain.startswith("cluster") else label)

    def found(self, label: str, wanted: tuple[str, ...]) -> int:
        """Which of the words for a row its label is, from 0; -1 for none."""
        plain = fold(label).lstrip(": ").removeprefix("of which").lstrip(": ")
        return next((index for index, one in enumerate(wanted) if plain == one), -1)

    def part(self, text: str) -> Part | None:
        """The part that a cell begins, or None."""
        plain = _NUMBERING.sub("", fold(text))
        return next((part for part in self.parts if any(plain.startswith(one) for one in part.says)), None)


class Shape(Model):
    """One layout of figures: which headings stand for which field.

    Attributes:
        wide: group → headings of a column that counts it; `wide_of`: or else each column that names a group of one of
            these characteristics, at least two.
        crossed: headings that part people further; what they part can be read only where it is put together.
        known: characteristics of which nobody's is unknown, where the file says nothing of it.
        one_org: whether the figures of one organisation are read, and which must be said where there are several.
        closed: whether a label that nobody knows is a mistake.
        form: where the file is a return.
    """

    id: str
    fields: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...]
    wide: Mapping[str, tuple[str, ...]] = {}
    wide_of: tuple[str, ...] = ()
    constants: Mapping[str, str] = {}
    crossed: tuple[str, ...] = ()
    rounded_to: Positive = 1
    known: tuple[str, ...] = ()
    one_org: bool = False
    closed: bool = False
    form: Return | None = None


def letter(label: str) -> str:
    """The code of one or two letters that begins a label ("A White - British"), or ""."""
    match = _LETTER.match(label)
    return match[1] if match else ""
