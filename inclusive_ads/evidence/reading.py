"""Files of figures into records: the standard layout, a WRES return, Civil Service statistics, or a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.sheets import NEARLY_ALL, FiguresFile, Line, Sheet, day, list_of_people, read_sheet, whole
from inclusive_ads.evidence.thresholds import Shape, Thresholds, fold

FIELDS = (
    "org",
    "snapshot_date",
    "scheme",
    "grade",
    "role",
    "characteristic",
    "group",
    "count",
    "unknown",
    "total",
    "status",
)
_GROUP = "group:"
_CONSTANT = "="


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount:
    """One group at one grade, as a file gives it. Counts are people; None is a number the publisher hid.

    `kind` is "group", "unknown" or "total"; `rounded_to` is the publisher's rounding. `group` is the id of a group, or
    the label of a row of unknowns, of which there may be several ("Undeclared", "Unknown"). `written` is what the file
    calls the grade and the group.
    """

    line: Line
    column: str
    org: str
    snapshot: date
    scheme: str
    grade: str
    role: str
    characteristic: str
    kind: str
    group: str
    count: int | None
    written: tuple[str, str] = ("", "")
    rounded_to: int = 1
    complete: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two records speak of the same number."""
        role = fold(self.role)
        return (self.org, self.snapshot, self.grade, role, self.characteristic, self.kind, self.group)


def read_headcounts(
    figures: FiguresFile, thresholds: Thresholds, mapping: Mapping[str, str] | None = None
) -> tuple[tuple[Headcount, ...], tuple[str, ...]]:
    """Read workforce figures.

    Args:
        figures: a path, or the bytes of the file.
        thresholds: names, shapes and bounds.
        mapping: field → heading, for a layout of one's own; ``group:NAME`` → heading for a column that counts one
            group, ``=text`` for a value that is the same in every row.

    Returns:
        The records (repeated rows once), and notes on what was left out.

    Raises:
        EvidenceError: names file, row and column.
    """
    sheet = read_sheet(figures, thresholds.files, thresholds.labels)
    shape = _mapped(mapping, sheet) if mapping else _shape(sheet, thresholds)
    columns = _columns(shape, sheet)
    records: dict[tuple[object, ...], Headcount] = {}
    repeated = passed = 0
    for line in sheet.lines:
        status = fold(line.cells[columns["status"]]) if "status" in columns else None
        if status is not None and status not in thresholds.statuses_read:
            passed += 1
            continue
        again = False
        for record in _records(line, shape, columns, thresholds):
            first = records.setdefault(record.key, record)
            if first is not record:
                _check_repeated(record, first)
            again |= first is not record and record.kind == "group"
        repeated += again
    if not records:
        raise EvidenceError(
            "The file has no row for people in post.", "Give figures for staff in post.", path=sheet.path
        )
    _refuse_people(sheet, list(records.values()), thresholds)
    notes = [f"{repeated} repeated rows were read once."] if repeated else []
    if passed:
        notes.append(f"{passed} rows of people not in post were passed over.")
    return tuple(records.values()), tuple(notes)


def _check_repeated(record: Headcount, first: Headcount) -> None:
    """A number that stands twice is the same number only where the file calls it the same."""
    if first.count != record.count:
        raise record.line.error(
            record.column,
            f"This number is given twice, and differs from row {first.line.row}.",
            "Keep the right one; give one total for each grade.",
        )
    if record.kind == "unknown" and record.group:
        raise record.line.error(
            record.column,
            f"The row '{record.written[1]}' stands twice, here and in row {first.line.row}.",
            "Give it once, so that it is certain how many are unknown.",
        )
    if record.kind == "group" and record.written != first.written:
        mine, other = next(pair for pair in zip(record.written, first.written, strict=True) if pair[0] != pair[1])
        raise record.line.error(
            record.column,
            f"'{mine}' and '{other}' (row {first.line.row}) mean the same.",
            "Keep one of them, or name what is different by itself.",
        )


def _shape(sheet: Sheet, thresholds: Thresholds) -> Shape:
    have = {fold(heading) for heading in sheet.headings}
    for shape in thresholds.shapes:
        names = {**shape.fields, **shape.wide}
        if all(need in shape.constants or have.intersection(names[need]) for need in shape.needs):
            return shape
    standard = thresholds.shapes[0]
    missing = [need for need in standard.needs if not have.intersection(standard.fields[need])]
    raise EvidenceError(
        f"The headings are of no layout that is known; for the standard one these are missing: {', '.join(missing)}.",
        "Name the columns as docs/evidence.md says, or give a mapping of columns. Never give one row a person.",
        path=sheet.path,
        row=1,
        column=missing[0] if missing else "",
    )


def _mapped(mapping: Mapping[str, str], sheet: Sheet) -> Shape:
    fields: dict[str, tuple[str, ...]] = {}
    wide: dict[str, tuple[str, ...]] = {}
    constants: dict[str, str] = {}
    for key, value in mapping.items():
        field = "role" if key == "role_family" else key
        if value.startswith(_CONSTANT):
            constants[field] = value.removeprefix(_CONSTANT).strip()
        elif field.startswith(_GROUP):
            wide[field.removeprefix(_GROUP)] = (fold(value),)
        else:
            fields[field] = (fold(value),)
        if field not in FIELDS and not field.startswith(_GROUP):
            raise EvidenceError(
                f"The mapping has a field '{key}' that is not known.",
                f"Use {', '.join(FIELDS)} or {_GROUP}NAME.",
                path=sheet.path,
                column=value,
            )
    have = {fold(heading) for heading in sheet.headings}
    for names in (*fields.values(), *wide.values()):
        if names[0] not in have:
            raise EvidenceError(
                "The mapping names a heading that is not there.", "Check it.", path=sheet.path, row=1, column=names[0]
            )
    needs = ["org", "snapshot_date", "grade", "characteristic", *([] if wide else ["group", "count"])]
    for need in needs:
        if need not in fields and need not in constants:
            raise EvidenceError(f"The mapping does not say where '{need}' is.", "Add it.", path=sheet.path, column=need)
    return Shape(id="mapping", fields=fields, wide=wide, constants=constants, needs=tuple(needs))


def _columns(shape: Shape, sheet: Sheet) -> dict[str, str]:
    written = {fold(heading): heading for heading in sheet.headings}
    columns = {}
    for field, names in {**shape.fields, **{_GROUP + key: names for key, names in shape.wide.items()}}.items():
        found = next((written[name] for name in names if name in written), None)
        if found is not None:
            columns[field] = found
    return columns


def _records(line: Line, shape: Shape, columns: Mapping[str, str], thresholds: Thresholds) -> Iterable[Headcount]:
    def text(field: str, *, needed: bool = True) -> str:
        value = line.cells[columns[field]] if field in columns else shape.constants.get(field, "")
        if needed and not value:
            raise line.error(columns.get(field, field), "The cell is blank.", "Fill it in.")
        return value

    labels = thresholds.labels
    role, grade = text("role", needed=False), text("grade")
    if "snapshot_date" in columns:
        snapshot = day(line, columns["snapshot_date"])
    else:
        constant = replace(line, cells={"snapshot_date": shape.constants["snapshot_date"]})
        snapshot = day(constant, "snapshot_date")
    base = Headcount(
        line=line,
        column="",
        org=text("org"),
        snapshot=snapshot,
        scheme=fold(text("scheme", needed=False)) or "local",
        grade="" if fold(grade) in labels.total else thresholds.grade(grade),
        role="" if fold(role) in labels.all_roles else role,
        characteristic=thresholds.characteristic(text("characteristic")),
        kind="group",
        group="",
        count=0,
        rounded_to=shape.rounded_to,
        complete=bool(shape.wide) and shape.id != "mapping",
    )
    cells = {key: columns[_GROUP + key] for key in shape.wide} or {text("group"): columns["count"]}
    for label, column in cells.items():
        kind, group = "group", thresholds.group(label)
        if fold(label) in labels.unknown:
            kind, group = "unknown", fold(label)
        elif fold(label) in labels.total:
            kind, group = "total", ""
        written = (fold(grade), fold(label))
        yield replace(base, column=column, kind=kind, group=group, written=written, count=whole(line, column, labels))
    for kind in ("unknown", "total"):
        if kind in columns:
            yield replace(base, column=columns[kind], kind=kind, count=whole(line, columns[kind], labels))
        elif kind in shape.constants:  # "=0": whoever wrote the mapping knows that nobody is unknown
            constant = replace(line, cells={kind: shape.constants[kind]})
            yield replace(base, kind=kind, count=whole(constant, kind, labels))


def _refuse_people(sheet: Sheet, records: list[Headcount], thresholds: Thresholds) -> None:
    """A file in which nearly every number is one is a list of people."""
    counts = [record.count for record in records if record.kind == "group" and record.count is not None]
    totals = [record.count for record in records if record.kind == "total" and record.count is not None]
    ones = sum(count <= 1 for count in counts)
    many = len(counts) >= thresholds.files.people_rows and ones >= NEARLY_ALL * len(counts)
    if counts and any(counts) and (many or (totals and max(totals) <= 1)):
        raise list_of_people(sheet, records[0].column)
