"""A mapping for a table of no known layout, proposed from its headings and its cells; a person confirms it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from inclusive_ads.evidence.asking import Asked
from inclusive_ads.evidence.cells import looks_like_number, looks_whole
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.shapes import GROUP, needed_fields
from inclusive_ads.evidence.sheets import FiguresFile, Sheet, read_sheet
from inclusive_ads.evidence.thresholds import Thresholds, default_thresholds

_APART = re.compile(r"[^\w%]+")
_MOST = 0.6  # of a column's cells say what it holds
_BY_HEADING = ("org", "snapshot_date", "status", "role", "grade")  # told by a word for them


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """How a table could be read.

    Attributes:
        path: of the file; `sheet`: "" for a CSV file.
        mapping: field → heading, as `read_evidence` takes it.
        missing: fields that no column seems to hold.
        headings: all there are.
    """

    path: str
    sheet: str
    mapping: Mapping[str, str]
    missing: tuple[str, ...]
    headings: tuple[str, ...]


def propose_mapping(
    figures: FiguresFile, *, asked: Asked | None = None, thresholds: Thresholds | None = None
) -> Proposal:
    """Say which column of a table seems to hold what.

    Raises:
        EvidenceError: there is no table, or one of people.
    """
    limits = thresholds or default_thresholds()
    sheet, _ = read_sheet(figures, limits.files, limits.labels, lambda _: None, sheet=(asked or Asked()).sheet)
    found = _Columns(sheet=sheet, thresholds=limits)
    found.by_heading()
    found.groups()
    found.counts()
    found.grades()
    missing = tuple(name for name in needed_fields(found.mapping) if name not in found.mapping)
    return Proposal(path=sheet.path, sheet=sheet.sheet, mapping=found.mapping, missing=missing, headings=sheet.headings)


@dataclass(slots=True, kw_only=True)
class _Columns:
    """The columns of a table, and what was found of them so far."""

    sheet: Sheet
    thresholds: Thresholds
    mapping: dict[str, str] = field(default_factory=dict)

    def free(self) -> list[str]:
        """The headings that hold nothing yet, and that do not say that they count something else than people."""
        used = set(self.mapping.values())
        return [
            name for name in self.sheet.headings if name not in used and fold(name) not in self.thresholds.labels.shares
        ]

    def most(self, name: str, is_one: Callable[[str], bool]) -> bool:
        """Whether most of a column's cells are of a kind."""
        cells = [cell for line in self.sheet.lines if (cell := line.cells[name])]
        return bool(cells) and sum(map(is_one, cells)) >= _MOST * len(cells)

    def take(self, name: str, found: Iterable[str]) -> None:
        """Give a field the first of the columns found."""
        heading = next(iter(found), None)
        if heading is not None and name not in self.mapping:
            self.mapping[name] = heading

    def by_heading(self) -> None:
        """Columns that a word for them stands over, in whatever layout."""
        for name in _BY_HEADING:
            words = {word for shape in self.thresholds.shapes for word in shape.fields.get(name, ())}
            self.take(name, (one for one in self.free() if fold(one.replace("_", " ")) in words))

    def groups(self) -> None:
        """Groups: a column for each, or one column that names them."""
        of = {group.id: group.characteristic for group in self.thresholds.groups}

        def characteristic(text: str) -> str:
            kind, group, _ = self.thresholds.label(text, coded=True)
            return of.get(group, "") if kind == "group" else ""

        key = self.thresholds.labels.key
        wide = {name: self._named(name) for name in self.free() if self.most(name, self._counted)}
        found = {group: name for name, group in reversed(wide.items()) if group}
        if len(found) > 1 and len({of[group] for group in found}) == 1:
            self.mapping["characteristic"] = f"={of[next(iter(found))]}"
            self.mapping |= {f"{GROUP}{group}": name for group, name in found.items()}
            for kind in ("unknown", "total"):
                self.take(kind, (name for name in self.free() if self.thresholds.label(key(name))[0] == kind))
            return
        for name in self.free():
            if self.most(name, lambda cell: bool(characteristic(cell)) or self.thresholds.label(cell)[0] != "group"):
                named = [one for line in self.sheet.lines if (one := characteristic(line.cells[name]))]
                if named:
                    self.mapping |= {"group": name, "characteristic": f"={named[0]}"}
                    return

    def counts(self) -> None:
        """The column that counts people, where one column names the groups."""
        if "group" in self.mapping:
            numbers = [name for name in self.free() if self.most(name, self._counted)]
            words = self.thresholds.labels.counts
            said = [name for name in numbers if any(word in fold(name).split() for word in words)]
            self.take("count", said or (numbers if len(numbers) == 1 else ()))

    def grades(self) -> None:
        """The column of grades: of names that are known, or else the only one left that is no number."""
        place = self.thresholds.grades.place
        labels = self.thresholds.labels
        words = [name for name in self.free() if not self.most(name, lambda cell: looks_like_number(cell, labels))]
        known = [name for name in words if self.most(name, lambda cell: place(cell) is not None)]
        self.take("grade", known or (words if len(words) == 1 else ()))
        if (heading := self.mapping.get("grade")) is not None:
            grades = {line.cells[heading] for line in self.sheet.lines} - {""}
            single = [one for one in grades if fold(one) not in self.thresholds.labels.total]
            known_in = self.thresholds.grades.known
            scheme = next((name for name in self.thresholds.schemes if all(known_in(name, one) for one in single)), "")
            if scheme:
                self.mapping["scheme"] = f"={scheme}"

    def _named(self, heading: str) -> str:
        """The group that a heading names, among other words or by itself; the longest name counts."""
        plain = f" {_APART.sub(' ', fold(heading))} "
        names = [(name, group.id) for group in self.thresholds.groups for name in (group.id, *map(fold, group.names))]
        found = [(len(name), group) for name, group in names if f" {_APART.sub(' ', name)} " in plain]
        return max(found)[1] if found else ""

    def _counted(self, cell: str) -> bool:
        return looks_whole(cell, self.thresholds.labels)
