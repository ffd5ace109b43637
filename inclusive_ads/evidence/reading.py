"""Files of figures into records: one group at one grade each, whatever the layout."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.adding import add_parts
from inclusive_ads.evidence.asking import Asked, asked_lines
from inclusive_ads.evidence.cells import day, list_of_people, whole
from inclusive_ads.evidence.headcounts import Headcount
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.returns import Told, read_form
from inclusive_ads.evidence.shapes import Layout, check_mapping, find_layout, mapped
from inclusive_ads.evidence.sheets import NEARLY_ALL, FiguresFile, Line, Sheet, read_sheet
from inclusive_ads.evidence.thresholds import Thresholds

_ANY = "any"


def read_headcounts(
    figures: FiguresFile,
    thresholds: Thresholds,
    mapping: Mapping[str, str] | None = None,
    asked: Asked = Asked(),  # noqa: B008  it is frozen
) -> tuple[tuple[Headcount, ...], tuple[str, ...]]:
    """Read workforce figures.

    Args:
        figures: a path, or the bytes of the file.
        thresholds: names, shapes and bounds.
        mapping: field → heading, for a layout of one's own; ``group:NAME`` → heading for a column that counts one
            group, ``=text`` for a value that is the same in every row.
        asked: which sheet, organisation and date.

    Returns:
        The records (repeated rows once), and notes on what was chosen and left out.

    Raises:
        EvidenceError: names file, sheet, row and column.
    """
    sheet, layout = _layout(figures, thresholds, mapping, asked)
    if layout is None:
        raise _unknown_layout(sheet, thresholds, mapping)
    lines, source, notes = asked_lines(sheet, layout, asked, thresholds)
    if len(lines) > thresholds.files.rows:
        raise lines[thresholds.files.rows].error(
            "",
            f"The file has more than {thresholds.files.rows} rows.",
            "Give totals by grade and group, for the organisations you need.",
            code="too-long",
        )
    rows: list[Told] = [(line, {}) for line in lines]
    if layout.shape.form:
        rows, passed = read_form(lines, layout, thresholds)
        notes += passed
    records: dict[tuple[object, ...], Headcount] = {}
    counted: Counter[str] = Counter()
    every: list[Headcount] = []
    for line, given in rows:
        if _passed_over(line, layout, thresholds, counted):
            continue
        again = False
        for record in _records(line, {**given, **source.said}, layout, thresholds):
            every.append(record)
            first = records.setdefault(record.key, record)
            if first is not record:
                _check_repeated(record, first)
            again |= first is not record and record.kind == "group"
        counted["Repeated rows that were read once: {count}."] += again
    if not records:
        raise sheet.error("The file has no row for people in post.", "Give figures for staff in post.")
    _refuse_people(sheet, every, thresholds)
    notes += [note.format(count=count) for note, count in counted.items() if count]
    notes += _added(records.values())
    found = add_parts(records.values(), thresholds.groups)
    return _in_scheme(found, thresholds), (*sheet.notes, *notes)


def _layout(
    figures: FiguresFile, thresholds: Thresholds, mapping: Mapping[str, str] | None, asked: Asked
) -> tuple[Sheet, Layout | None]:
    if mapping:
        check_mapping(mapping)
    return read_sheet(
        figures,
        thresholds.files,
        thresholds.labels,
        (lambda names: mapped(mapping, names)) if mapping else (lambda names: find_layout(names, thresholds)),
        sheet=asked.sheet,
        loose=lambda layout: isinstance(layout, Layout) and layout.shape.form is not None,
    )


def _unknown_layout(sheet: Sheet, thresholds: Thresholds, mapping: Mapping[str, str] | None) -> EvidenceError:
    have = {fold(heading) for heading in sheet.headings}
    if mapping:
        absent = next((one for one in mapping.values() if not one.startswith("=") and fold(one) not in have), "")
        return sheet.error("The mapping names a heading that is not there.", "Check it.", column=absent)
    standard = thresholds.shapes[0]
    missing = [need for need in standard.needs if not have.intersection(standard.fields[need])]
    return sheet.error(
        f"The headings are of no layout that is known; for the standard one these are missing: {', '.join(missing)}.",
        "Name the columns as docs/evidence.md says, or give a mapping of columns. Never give one row a person.",
        column=missing[0] if missing else "",
        code="layout",
    )


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


def _passed_over(line: Line, layout: Layout, thresholds: Thresholds, counted: Counter[str]) -> bool:
    """Whether a row is of people who are in no post or no known grade; it is counted under the note to give."""
    columns = layout.columns
    if "status" in columns and fold(line.cells[columns["status"]]) not in thresholds.statuses_read:
        note = "Rows of people not in post that were passed over: {count}."
    elif (
        not layout.shape.form and "grade" in columns and fold(line.cells[columns["grade"]]) in thresholds.labels.unknown
    ):
        note = "Rows of people whose grade is not known that were passed over: {count}."
    else:
        return False
    counted[note] += 1
    return True


def _records(line: Line, given: Mapping[str, str], layout: Layout, thresholds: Thresholds) -> Iterator[Headcount]:
    columns, shape, labels = layout.columns, layout.shape, thresholds.labels

    def text(field: str, *, needed: bool = True) -> str:
        value = given.get(field) or (
            line.cells[columns[field]] if field in columns else layout.constants.get(field, "")
        )
        if needed and not value:
            raise line.error(columns.get(field, field), "The cell is blank.", "Fill it in.")
        return value

    role, grade = text("role", needed=False), text("grade")
    if "snapshot_date" in columns and "snapshot_date" not in given:
        snapshot = day(line, columns["snapshot_date"])
    else:
        snapshot = day(replace(line, cells={"snapshot_date": text("snapshot_date")}), "snapshot_date")
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
        board="board" in given,
        rounded_to=shape.rounded_to,
        complete=bool(shape.wide),
    )
    for label, column in (layout.wide or {text("group"): columns["count"]}).items():
        kind, group, part = thresholds.label(label, coded=base.characteristic == "race")
        known = kind != "group" or any(group == one.id for one in thresholds.groups) or group in labels.others
        if shape.closed and not known:
            raise line.error(
                columns.get("group", column),
                f"'{label[:40]}' is no group that is known.",
                "Write it as the lists of groups do, or say in a mapping which columns are which.",
            )
        written = (fold(grade), fold(label))
        count = whole(line, column, labels)
        yield replace(base, column=column, kind=kind, group=group, part=part, written=written, count=count)
    for kind in ("unknown", "total"):
        if kind in columns:
            yield replace(base, column=columns[kind], kind=kind, count=whole(line, columns[kind], labels))
        elif kind in layout.constants:  # "=0": whoever wrote the mapping knows that nobody is unknown
            constant = replace(line, cells={kind: layout.constants[kind]})
            yield replace(base, kind=kind, count=whole(constant, kind, labels))


def _added(records: Iterable[Headcount]) -> Iterator[str]:
    parts: dict[str, dict[str, None]] = defaultdict(dict)
    for record in records:
        if record.part:
            parts[record.group][record.part] = None
    for group, labels in parts.items():
        yield f"Added up as '{group}': {', '.join(labels)}."


def _in_scheme(records: tuple[Headcount, ...], thresholds: Thresholds) -> tuple[Headcount, ...]:
    """Where a layout names several schemes, each grade's own; where any will do, the one that has all the grades."""

    def knowing(schemes: Iterable[str], *grades: str) -> Iterator[str]:
        return (name for name in schemes if all(thresholds.grades.known(name, grade) for grade in grades))

    every = {record.grade for record in records if record.grade}
    if any(record.scheme == _ANY for record in records):
        scheme = next(knowing(thresholds.schemes, *every), "local")
        return tuple(replace(record, scheme=scheme) for record in records)
    written = {record.scheme for record in records}
    own = {text: text.split() if set(text.split()) <= set(thresholds.schemes) else [text] for text in written}
    return tuple(
        replace(record, scheme=next(knowing(own[record.scheme], record.grade), own[record.scheme][0]))
        for record in records
    )


def _refuse_people(sheet: Sheet, records: list[Headcount], thresholds: Thresholds) -> None:
    """A file in which nearly every number is one is a list of people."""
    counts = [record.count for record in records if record.kind == "group" and record.count is not None]
    totals = [record.count for record in records if record.kind == "total" and record.count is not None]
    ones = sum(count <= 1 for count in counts)
    many = len(counts) >= thresholds.files.people_rows and ones >= NEARLY_ALL * len(counts)
    if counts and any(counts) and (many or (totals and max(totals) <= 1)):
        raise list_of_people(sheet, records[0].column)
