"""Files of applicants: how many of a group applied, were shortlisted and were appointed, by campaign or period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from inclusive_ads.evidence.cells import list_of_people, whole
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.returns import read_applicants
from inclusive_ads.evidence.shapes import Layout, find_layout
from inclusive_ads.evidence.sheets import NEARLY_ALL, FiguresFile, Line, Sheet, read_sheet
from inclusive_ads.evidence.thresholds import Thresholds

STEPS = ("applied", "shortlisted", "appointed")
UNKNOWN = ""  # the group of those whose group is not known
_ABOUT = ("period", "campaign", "statement", "time")  # one of them says which applicants a row is of
_FILLED = ("period", "campaign", "grade", "characteristic", "group", "statement", "time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicants:
    """How many people of a group applied, were shortlisted and appointed; None is a number the publisher hid.

    Attributes:
        group: id of the group, `UNKNOWN` where it is not known; `label`: as the file names it.
        had: what the file says of the change of wording, and `time`: of before and after; "" where it says nothing.
        line: where it stands.
        applied: None, too, where a return does not say it.
    """

    period: str
    grade: str
    characteristic: str
    group: str
    shortlisted: int | None
    appointed: int | None
    applied: int | None = None
    campaign: str = ""
    had: str = ""
    time: str = ""
    label: str = field(default="", compare=False)
    line: Line | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantsTable:
    """A file of applicants: its rows, the heading of each field that it has, and what was passed over."""

    sheet: Sheet
    at: Mapping[str, str]
    rows: tuple[Applicants, ...]


@dataclass(frozen=True, slots=True)
class _Fit:
    """Field → heading as written; of a return its layout."""

    at: Mapping[str, str]
    layout: Layout | None = None


def read_recruitment(figures: FiguresFile, thresholds: Thresholds) -> tuple[Applicants, ...]:
    """The applicants of a file or of a return whose group is known.

    Raises:
        EvidenceError: as for `read_applicants_table`.
    """
    return tuple(row for row in read_applicants_table(figures, thresholds).rows if row.group != UNKNOWN)


def read_applicants_table(figures: FiguresFile, thresholds: Thresholds) -> ApplicantsTable:
    """Read a file with a group, a period or campaign, and the three steps in columns or in rows; or a return.

    Raises:
        EvidenceError: names file, row and column; also where more are appointed than shortlisted, or than applied.
    """
    wanted = thresholds.recruitment.fields

    def fits(names: Sequence[str | None]) -> _Fit | None:
        written = {fold((name or "").replace("_", " ")): name for name in reversed(names) if name}
        at = {key: next((written[one] for one in labels if one in written), "") for key, labels in wanted.items()}
        at = {key: name for key, name in at.items() if name}
        if not _missing(at):
            return _Fit(at)
        layout = find_layout(names, thresholds)
        return _Fit(at, layout) if layout and layout.shape.form else None

    def loose(found: object) -> bool:
        return isinstance(found, _Fit) and found.layout is not None

    sheet, found = read_sheet(figures, thresholds.files, thresholds.labels, fits, loose=loose)
    if found is None:
        have = {fold(name.replace("_", " ")) for name in sheet.headings}
        missing = _missing({key: labels[0] for key, labels in wanted.items() if not have.isdisjoint(labels)})
        raise sheet.error("A column is missing.", "Name the columns as docs/outcomes.md says.", column=missing)
    if found.layout:
        return ApplicantsTable(sheet=sheet, at={}, rows=_of_return(sheet, found.layout, thresholds))
    rows = tuple(_rows(sheet, found.at, thresholds))
    counted = [row.applied for row in rows if row.applied is not None]
    few = sum(count <= 1 for count in counted) >= NEARLY_ALL * len(rows)
    if few and len(rows) >= thresholds.files.people_rows:
        raise list_of_people(sheet, found.at.get("applied", found.at.get("count", "")))
    return ApplicantsTable(sheet=sheet, at=found.at, rows=rows)


def _missing(at: Mapping[str, str]) -> str:
    """The first field that a file cannot do without and that is not there, or ""."""
    steps = ("stage", "count") if "stage" in at else STEPS
    about = () if any(name in at for name in _ABOUT) else ("period",)
    return next((name for name in (*about, "group", *steps) if name not in at), "")


def _rows(sheet: Sheet, at: Mapping[str, str], thresholds: Thresholds) -> Iterator[Applicants]:
    seen: dict[tuple[str, ...], Applicants] = {}
    counted = list(_counted(sheet, at, thresholds))
    about = _characteristics([line for line, _ in counted], at, thresholds)
    for (line, counts), characteristic in zip(counted, about, strict=True):
        for name in _FILLED:
            if name in at and not line.cells[at[name]]:
                raise line.error(at[name], "The cell is blank.", "Fill it in.")
        kind, group, part = thresholds.label(line.cells[at["group"]], coded=True)
        if kind == "total":
            continue
        given = {name: line.cells[at[name]] if name in at else "" for name in _FILLED}
        item = Applicants(
            period=given["period"],
            campaign=given["campaign"],
            grade=thresholds.grade(given["grade"]) if given["grade"] else "",
            characteristic=characteristic,
            group=UNKNOWN if kind == "unknown" else group,
            applied=counts[STEPS[0]],
            shortlisted=counts[STEPS[1]],
            appointed=counts[STEPS[2]],
            had=given["statement"],
            time=given["time"],
            label=given["group"],
            line=line,
        )
        several = kind == "unknown" or part  # of unknowns and of parts of a group a file may have several rows
        whose = fold(item.label) if several else group
        key = (item.period, fold(item.campaign), item.grade, item.characteristic, whose, item.had, item.time)
        first = seen.setdefault(key, item)
        if first is item:
            yield item
        elif first != item and first.line:
            raise line.error(
                at["group"], f"This group is given twice, and differs from row {first.line.row}.", "Keep the right one."
            )


def _characteristics(lines: Sequence[Line], at: Mapping[str, str], thresholds: Thresholds) -> Iterator[str]:
    """What each row is about: as its column says, or the heading of the groups, or else its group."""
    of = {group.id: group.characteristic for group in thresholds.groups}
    heading = thresholds.characteristic(at["group"].replace("_", " "))
    known = [of.get(thresholds.label(line.cells[at["group"]], coded=True)[1], "") for line in lines]
    only = set(known) - {""}
    for line, found in zip(lines, known, strict=True):
        if "characteristic" in at:
            yield thresholds.characteristic(line.cells[at["characteristic"]])
        elif heading in thresholds.characteristics:
            yield heading
        elif found or len(only) == 1:
            yield found or next(iter(only))
        else:
            raise line.error(
                at["group"],
                f"It is not clear what '{line.cells[at['group']][:40]}' is about.",
                "Add a column 'characteristic', such as ethnicity or disability.",
            )


def _counted(
    sheet: Sheet, at: Mapping[str, str], thresholds: Thresholds
) -> Iterator[tuple[Line, Mapping[str, int | None]]]:
    """Rows with their three numbers, which stand in columns, or else in a row each."""
    if "stage" not in at:
        for line in sheet.lines:
            counts = {step: whole(line, at[step], thresholds.labels) for step in STEPS}
            _check_order(line, at, counts)
            yield line, counts
        return
    gathered: dict[tuple[str, ...], dict[str, tuple[Line, int | None]]] = defaultdict(dict)
    for line in sheet.lines:
        told = fold(line.cells[at["stage"]])
        step = next((one for one in STEPS if told in thresholds.recruitment.fields[one]), "")
        if not step:
            raise line.error(
                at["stage"], f"'{line.cells[at['stage']][:40]}' is no stage that is known.", f"Use {', '.join(STEPS)}."
            )
        key = tuple(line.cells[at[name]] for name in _FILLED if name in at)
        if step in gathered[key]:
            raise line.error(at["stage"], "This stage is given twice.", "Keep the right one.")
        gathered[key][step] = (line, whole(line, at["count"], thresholds.labels))
    for steps in gathered.values():
        lines = [line for line, _ in steps.values()]
        lacks = next((step for step in STEPS if step not in steps), "")
        if lacks:
            raise lines[0].error(at["stage"], f"The stage '{lacks}' is missing for this group.", "Add its row.")
        counts = {step: count for step, (_, count) in steps.items()}
        _check_order(lines[-1], dict.fromkeys(STEPS, at["count"]), counts)
        yield lines[0], counts


def _check_order(line: Line, at: Mapping[str, str], counts: Mapping[str, int | None]) -> None:
    for before, after in ((STEPS[0], STEPS[1]), (STEPS[1], STEPS[2])):
        _check_fewer(line, at[after], counts[before], counts[after])


def _check_fewer(line: Line, column: str, before: int | None, after: int | None) -> None:
    if before is not None and after is not None and after > before:
        raise line.error(column, "More people than at the step before.", "Check the two numbers.")


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
