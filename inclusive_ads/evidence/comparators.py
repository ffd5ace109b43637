"""The two files that may come with the figures: comparators and recruitment."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inclusive_ads.evidence.cells import MOST_PEOPLE, day, in_percent, list_of_people, share, whole
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.returns import read_applicants
from inclusive_ads.evidence.shapes import Layout, find_layout
from inclusive_ads.evidence.sheets import NEARLY_ALL, FiguresFile, Line, Sheet, read_sheet
from inclusive_ads.evidence.thresholds import Thresholds
from inclusive_ads.lexicon.areas import load_areas

_STEPS = ("applied", "shortlisted", "appointed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparator:
    """A share (0 to 1) to compare with, from a file; `people` is the number behind it, 0 where not given.

    `places`: those that it is for, as its column `place` or its name says; `why`: a sentence for the record.
    """

    name: str
    characteristic: str
    group: str
    share: float
    people: int
    source: str
    date: date
    places: tuple[str, ...] = ()
    why: str = dataclasses.field(default="It is given in the file of comparators.", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicants:
    """How many people of a group were shortlisted and appointed; None is a number the publisher hid."""

    period: str
    grade: str
    characteristic: str
    group: str
    shortlisted: int | None
    appointed: int | None


@dataclass(frozen=True, slots=True)
class _Fit:
    """Field → heading as written; of a return its layout."""

    at: dict[str, str]
    layout: Layout | None = None


def _table(
    figures: FiguresFile, thresholds: Thresholds, needed: Sequence[str], *, returns: bool = False
) -> tuple[Sheet, _Fit]:
    """The table with these headings; or that of a return, where one will do."""

    def fits(names: Sequence[str | None]) -> _Fit | None:
        written = {fold(name): name for name in names if name}
        if written.keys() >= set(needed):
            return _Fit(written)
        layout = find_layout(names, thresholds) if returns else None
        return _Fit(written, layout) if layout and layout.shape.form else None

    def loose(found: object) -> bool:
        return isinstance(found, _Fit) and found.layout is not None

    sheet, found = read_sheet(figures, thresholds.files, thresholds.labels, fits, loose=loose)
    if found is None:
        have = {fold(name) for name in sheet.headings}
        missing = next(name for name in needed if name not in have)
        raise sheet.error("A column is missing.", "Name the columns as docs/evidence.md says.", column=missing)
    return sheet, found


def _of_return(sheet: Sheet, layout: Layout, thresholds: Thresholds) -> tuple[Applicants, ...]:
    """The applicants of a return (WRES indicator 2, WDES metric 2), who are of all grades."""
    rows = read_applicants(sheet.lines, layout)
    if rows is None:
        raise sheet.error("The return has no applicants.", "Fill in how many were shortlisted, and how many appointed.")
    found = []
    for group, column in layout.wide.items():
        shortlisted, appointed = (whole(line, column, thresholds.labels) for line in rows)
        _check_fewer(rows[1], column, shortlisted, appointed)
        found.append(
            Applicants(
                period=f"row {rows[0].row} of the return",
                grade="",
                characteristic=layout.constants["characteristic"],
                group=group,
                shortlisted=shortlisted,
                appointed=appointed,
            )
        )
    return tuple(found)


def _check_fewer(line: Line, column: str, before: int | None, after: int | None) -> None:
    if before is not None and after is not None and after > before:
        raise line.error(column, "More people than at the step before.", "Check the two numbers.")


def read_comparators(figures: FiguresFile, thresholds: Thresholds) -> tuple[Comparator, ...]:
    """Read `comparators.csv`: name, characteristic, group, share, n (may be blank), source, date; place, if there.

    Raises:
        EvidenceError: names file, row and column.
    """
    sheet, fit = _table(figures, thresholds, ("name", "characteristic", "group", "share", "source", "date"))
    at = fit.at
    percent = in_percent(sheet, at["share"])
    found: dict[tuple[str, str, str], Comparator] = {}
    for line in sheet.lines:
        for field in ("name", "characteristic", "group", "source"):
            if not line.cells[at[field]]:
                raise line.error(
                    at[field], "The cell is blank.", "Fill it in: the record must say what was compared with."
                )
        n = line.cells[at["n"]] if "n" in at else ""
        people = whole(line, at["n"], thresholds.labels, most=MOST_PEOPLE) if n else 0
        item = Comparator(
            name=line.cells[at["name"]],
            characteristic=thresholds.characteristic(line.cells[at["characteristic"]]),
            group=thresholds.group(line.cells[at["group"]]),
            share=share(line, at["share"], percent=percent),
            people=people or 0,
            source=line.cells[at["source"]],
            date=day(line, at["date"]),
            places=_places(line.cells[at["name"]], line.cells[at["place"]] if "place" in at else ""),
        )
        if found.setdefault((item.name, item.characteristic, item.group), item) != item:
            raise line.error(at["share"], "This comparator is given twice, and differs.", "Keep the right one.")
    return tuple(found.values())


def _places(name: str, place: str) -> tuple[str, ...]:
    """The places that a comparator is for: those its column names, else those in its name."""
    if not place:
        return load_areas().find(name, among_words=True)
    parts = (part.strip() for part in place.split(";"))
    return tuple(dict.fromkeys((load_areas().find(part) or (part,))[0] for part in parts if part))


def read_recruitment(figures: FiguresFile, thresholds: Thresholds) -> tuple[Applicants, ...]:
    """Read `recruitment.csv`: period, grade, characteristic, group, applied, shortlisted, appointed; or a return.

    Raises:
        EvidenceError: names file, row and column; also where more are appointed than shortlisted, or than applied.
    """
    sheet, fit = _table(figures, thresholds, ("period", "grade", "characteristic", "group", *_STEPS), returns=True)
    if fit.layout:
        return _of_return(sheet, fit.layout, thresholds)
    at = fit.at
    found: dict[tuple[str, str, str, str], tuple[Applicants, int]] = {}
    for line in sheet.lines:
        for field in ("period", "grade", "characteristic", "group"):
            if not line.cells[at[field]]:
                raise line.error(at[field], "The cell is blank.", "Fill it in.")
        group = line.cells[at["group"]]
        if fold(group) in (*thresholds.labels.unknown, *thresholds.labels.total):
            continue
        counts = [whole(line, at[step], thresholds.labels) for step in _STEPS]
        for before, after, step in ((counts[0], counts[1], _STEPS[1]), (counts[1], counts[2], _STEPS[2])):
            _check_fewer(line, at[step], before, after)
        item = Applicants(
            period=line.cells[at["period"]],
            grade=thresholds.grade(line.cells[at["grade"]]),
            characteristic=thresholds.characteristic(line.cells[at["characteristic"]]),
            group=thresholds.group(group),
            shortlisted=counts[1],
            appointed=counts[2],
        )
        key = (item.period, item.grade, item.characteristic, item.group)
        first, row = found.setdefault(key, (item, line.row))
        if first != item:
            raise line.error(
                at["group"], f"This group is given twice, and differs from row {row}.", "Keep the right one."
            )
    if (
        found
        and sum((item.shortlisted or 0) <= 1 for item, _ in found.values()) >= NEARLY_ALL * len(found)
        and len(found) >= thresholds.files.people_rows
    ):
        raise list_of_people(sheet, at["shortlisted"])
    return tuple(item for item, _ in found.values())
