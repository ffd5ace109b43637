"""Returns: forms of several parts, each below a row that names it, into rows that know their part."""

from __future__ import annotations

from collections.abc import Sequence

from inclusive_ads.evidence.layouts import Part, fold
from inclusive_ads.evidence.shapes import Layout
from inclusive_ads.evidence.sheets import Line
from inclusive_ads.evidence.thresholds import Thresholds

BOARD = "Board"
Told = tuple[Line, dict[str, str]]
_NAMED = 6  # labels that a note lists


def read_form(lines: Sequence[Line], layout: Layout, thresholds: Thresholds) -> tuple[list[Told], list[str]]:
    """The rows of people in post, each with the role, scheme and grade that its place in the form says; and notes."""
    form = layout.shape.form
    assert form is not None  # noqa: S101  callers ask for forms only
    part: Part | None = None
    found: list[Told] = []
    left: list[Line] = []
    numbers = [*layout.wide.values(), *(layout.columns[name] for name in ("unknown",) if name in layout.columns)]
    for line in lines:
        label = line.cells[layout.columns["grade"]]
        begun = [one for cell in dict.fromkeys(line.cells.values()) if cell and (one := form.part(cell))]
        part = begun[-1] if begun else part
        if not any(line.cells[column] for column in numbers) or (begun and form.part(label)):
            if part and not part.role and label:
                left.append(line)
            continue
        measure = fold(line.cells[layout.columns["measure"]]) if "measure" in layout.columns else ""
        total = fold(label).split(" ")[0] in thresholds.labels.total
        if part is None or not part.role or fold(label) in form.within or measure in thresholds.labels.shares or total:
            left.append(line)
        else:
            found.append((line, {"role": part.role, "scheme": part.scheme, "grade": form.grade(label)}))
    if not found:
        raise lines[0].error(
            layout.columns["grade"],
            "No row of the return says which staff follow, so none could be read.",
            f"Keep the rows that do, such as '{form.parts[0].says[0].capitalize()}' above its bands.",
        )
    kept, sums = _without_sums(found, thresholds)
    board = _row(left, layout, form.board)
    notes = []
    if board:
        left.remove(board)
        kept.append((board, {"grade": BOARD, "scheme": "local", "board": BOARD}))
        notes.append(f"{BOARD}: the row '{board.cells[layout.columns['grade']]}' (row {board.row}).")
    return kept, [*notes, *_notes([*left, *sums], layout)]


def read_applicants(lines: Sequence[Line], layout: Layout) -> tuple[Line, Line] | None:
    """The rows of applicants who were shortlisted and appointed; None where the form has none."""
    form = layout.shape.form
    assert form is not None  # noqa: S101
    found = [_row(lines, layout, wanted) for wanted in (form.shortlisted, form.appointed)]
    return (found[0], found[1]) if found[0] and found[1] else None


def _row(lines: Sequence[Line], layout: Layout, wanted: tuple[str, ...]) -> Line | None:
    """The row for which a form has the first of these words, and numbers."""
    form, column = layout.shape.form, layout.columns["grade"]
    assert form is not None  # noqa: S101
    found = [(at, line) for line in lines if (at := form.found(line.cells[column], wanted)) >= 0]
    full = [(at, line) for at, line in found if any(line.cells[one] for one in layout.wide.values())]
    return min(full, key=lambda pair: pair[0])[1] if full else None


def _without_sums(rows: Sequence[Told], thresholds: Thresholds) -> tuple[list[Told], list[Line]]:
    """The rows without those of several grades ("Cluster 1") whose grades stand in the same part one by one."""
    single = {(given["role"], of[0]) for _, given in rows if len(of := thresholds.grades.of(given["grade"])) == 1}
    kept: list[Told] = []
    sums: list[Line] = []
    for line, given in rows:
        grades = thresholds.grades.of(given["grade"])
        if len(grades) > 1 and any((given["role"], one) in single for one in grades):
            sums.append(line)
        else:
            kept.append((line, given))
    return kept, sums


def _notes(left: Sequence[Line], layout: Layout) -> list[str]:
    if not left:
        return []
    labels = list(dict.fromkeys(f"'{line.cells[layout.columns['grade']][:60]}' (row {line.row})" for line in left))
    more = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
    also = " (Applicants are read with the option --recruitment.)" if read_applicants(left, layout) else ""
    return [f"Not read, as they count no staff by grade or count them again: {', '.join(labels[:_NAMED])}{more}.{also}"]
