"""A file of figures into one table: the sheet that holds it, its headings, and the rows below. Knows no statistics."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Generic, TypeVar

from inclusive_ads.errors import EvidenceError, InputError
from inclusive_ads.evidence.headings import Headings, as_written, check_headings, joined, stand_twice
from inclusive_ads.evidence.layouts import Labels, fold, without_notes
from inclusive_ads.evidence.thresholds import Files
from inclusive_ads.evidence.workbooks import MOST_ROWS, Grid, is_workbook, read_workbook
from inclusive_ads.text.readers.tables import SAVE_AS, Row, read_rows

FiguresFile = str | Path | bytes
NEARLY_ALL = 0.9  # of the numbers are one: then a row is a person
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a file: `row` is 1-based and counts the heading row."""

    path: str
    row: int
    cells: Mapping[str, str]
    sheet: str = ""

    def error(self, column: str, message: str, remedy: str = "", *, code: str = "evidence") -> EvidenceError:
        """An error that names this file, sheet, row and column."""
        return EvidenceError(message, remedy, path=self.path, sheet=self.sheet, row=self.row, column=column, code=code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of figures.

    Attributes:
        path: of the file; `sheet`: of the workbook, "" for a CSV file.
        headings: as written, of the columns that are read; `row`: where they stand.
        lines: the rows below.
        above: the cells of the rows above, and of a heading that was chosen among several.
        notes: what was chosen or left out, for the reader of the result.
    """

    path: str
    sheet: str = ""
    row: int = 1
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    above: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()

    def error(self, message: str, remedy: str = "", *, column: str = "", code: str = "evidence") -> EvidenceError:
        """An error that names the row of headings."""
        return EvidenceError(message, remedy, path=self.path, sheet=self.sheet, row=self.row, column=column, code=code)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found(Generic[_T]):
    grid: Grid
    at: int  # the index of the first row below the headings
    first: int  # the index of the first row of headings
    headings: Headings
    what: _T | None


def read_sheet(
    figures: FiguresFile,
    files: Files,
    labels: Labels,
    fits: Callable[[Sequence[str | None]], _T | None],
    *,
    sheet: str = "",
    loose: Callable[[object], bool] = lambda _: False,
) -> tuple[Sheet, _T | None]:
    """Read the table of a CSV file or a workbook, or of its bytes.

    Args:
        figures: the file; see `read_rows` for the encodings and separators of CSV.
        files: bounds.
        labels: words that headings are told by.
        fits: what a row of headings is, None where it is none that is sought.
        sheet: name or number of the sheet to read; else the one with headings that fit, which must be the only one.
        loose: whether a column without a heading may be left out.

    Returns:
        The table, and what `fits` said of its headings; None where none fit, for the table that looks most like one.

    Raises:
        EvidenceError: no table, too big, cells missing, several sheets that fit, or headings that tell of people.
    """
    path, data = _bytes(figures, files.bytes)
    try:
        grids = read_workbook(data) if is_workbook(data) else (_csv(data),)
    except InputError as error:
        raise EvidenceError(error.message, error.remedy, path=path, code=error.code) from None
    found = _find(path, grids, files, labels, fits, sheet)
    sheet_name, headings = found.grid.name, found.headings
    check_headings(path, sheet_name, headings, labels)
    below = found.grid.rows[found.at :]
    last = max((index for index, row in enumerate(below) if row.error or _filled(row) > 1), default=-1)
    notes = list(_notes(grids, found.grid, [row.number for row in below[last + 1 :]]))
    if headings.block:
        notes.append(f"The columns under '{headings.block}' were read.")
    if found.what is not None and not loose(found.what):
        _refuse_nameless(path, found.grid, headings, below[: last + 1])
    lines = tuple(_lines(path, found, below[: last + 1]))
    if not lines:
        raise EvidenceError(
            "The file has no figures.",
            "Give one row of headings and at least one row of figures.",
            path=path,
            sheet=sheet_name,
        )
    above = tuple(row.cells for row in found.grid.rows[: found.first])
    table = Sheet(
        path=path,
        sheet=sheet_name,
        row=headings.row,
        headings=tuple(name for name in headings.names if name),
        lines=lines,
        above=(*above, (headings.block,)) if headings.block else above,
        notes=tuple(notes),
    )
    return table, found.what


def _find(
    path: str,
    grids: Sequence[Grid],
    files: Files,
    labels: Labels,
    fits: Callable[[Sequence[str | None]], _T | None],
    wanted: str,
) -> _Found[_T]:
    """The sheet and the rows of its headings."""
    if wanted:
        asked = [grid for grid in grids if fold(grid.name) == fold(wanted)]
        asked = asked or [grid for number, grid in enumerate(grids, start=1) if wanted == str(number)]
        if not asked:
            raise EvidenceError(
                f"There is no sheet '{wanted[:40]}'.", f"The sheets are: {_listed(grids)}.", path=path, code="sheet"
            )
        grids = asked
    else:
        grids = [grid for grid in grids if not grid.hidden]
    if len(grids) == 1 and grids[0].error:
        raise EvidenceError(grids[0].error, "Copy the table into a new workbook.", path=path, sheet=grids[0].name)
    found = [one for grid in grids if (one := _headed(grid, files, labels, fits))]
    if len(found) > 1:
        raise EvidenceError(
            f"Several sheets hold figures that can be read: {_listed([one.grid for one in found])}.",
            "Say which one with the option --sheet.",
            path=path,
            code="sheet",
        )
    if found:
        return found[0]
    full = [grid for grid in grids if grid.rows]
    if not full:
        raise EvidenceError(
            "The file has no figures.", "Give one row of headings and at least one row of figures.", path=path
        )
    grid = max(full, key=lambda grid: sum(_filled(row) > 1 for row in grid.rows))
    start = next((index for index, row in enumerate(grid.rows) if _filled(row) > 1), 0)
    row = grid.rows[start]
    if row.error:
        raise EvidenceError(
            f"The headings cannot be read. {row.error}", SAVE_AS, path=path, sheet=grid.name, row=row.number
        )
    return _Found(grid=grid, first=start, at=start + 1, headings=as_written(row), what=None)


def _headed(
    grid: Grid, files: Files, labels: Labels, fits: Callable[[Sequence[str | None]], _T | None]
) -> _Found[_T] | None:
    """The first row of headings that fits, or else the first two that do together.

    A row in which a heading stands twice, or one is missing, goes last: the rest may stand in the row beside it.
    """
    rows = [row for row in grid.rows[: files.title_rows] if not row.error]
    single = [(index, index + 1, as_written(row)) for index, row in enumerate(rows)]
    double = [(index, index + 2, joined(*pair, labels)) for index, pair in enumerate(pairwise(rows))]

    def unsure(found: tuple[int, int, Headings]) -> bool:
        return "" in found[2].names or bool(stand_twice(found[2].names, labels))

    for first, at, one in sorted((*single, *double), key=unsure):
        if what := fits(one.names):
            return _Found(grid=grid, first=first, at=at, headings=one, what=what)
    return None


def _lines(path: str, found: _Found[_T], rows: Iterable[Row]) -> Iterator[Line]:
    names, sheet = found.headings.names, found.grid.name
    for number, row in enumerate(rows, start=1):
        problem = row.error
        if number > MOST_ROWS:
            problem = f"The file has more than {MOST_ROWS} rows."
        elif (
            not problem and not sheet and (len(row.cells) < len(names) or any(map(str.strip, row.cells[len(names) :])))
        ):
            problem = f"The row has {len(row.cells)} cells and the headings are {len(names)}."
        if problem:
            raise EvidenceError(
                problem,
                "Put numbers with a thousands separator in quotes, and give every column a cell.",
                path=path,
                sheet=sheet,
                row=row.number,
            )
        if not problem and tuple(map(without_notes, row.cells[: len(names)])) == names:
            continue  # the headings again, as on each page of what was once printed
        cells = {name: without_notes(cell) for name, cell in zip(names, row.cells, strict=False) if name}
        yield Line(path=path, sheet=sheet, row=row.number, cells=cells)


def _refuse_nameless(path: str, grid: Grid, headings: Headings, rows: Sequence[Row]) -> None:
    width = max((len(row.cells) for row in rows), default=0) if grid.name else 0
    names = (*headings.names, *[""] * (width - len(headings.names)))
    for column, name in enumerate(names):
        if name == "" and any(cell.strip() for row in rows for cell in row.cells[column : column + 1]):
            raise EvidenceError(
                f"Column {column + 1} has no heading.",
                "Give each column a heading.",
                path=path,
                sheet=grid.name,
                row=headings.row,
            )


def _notes(grids: Sequence[Grid], read: Grid, below: Sequence[int]) -> Iterator[str]:
    if len(grids) > 1:
        yield f"The sheet '{read.name}' was read."
    if below:
        rows = f"Row {below[0]}" if len(below) == 1 else f"Rows {below[0]} to {below[-1]}"
        yield f"{rows} below the table: read as {'a note' if len(below) == 1 else 'notes'}, not as figures."


def _filled(row: Row) -> int:
    """How many different texts a row holds: a title that is merged over all columns is one."""
    return len({cell.strip() for cell in row.cells} - {""})


def _listed(grids: Sequence[Grid]) -> str:
    return ", ".join(f"'{grid.name}'" for grid in grids[:20])


def _csv(data: bytes) -> Grid:
    rows, _ = read_rows(io.BytesIO(data), titled=True)
    return Grid(name="", rows=tuple(row for row, _ in zip(rows, range(MOST_ROWS + 50), strict=False)))


def _bytes(figures: FiguresFile, limit: int) -> tuple[str, bytes]:
    if isinstance(figures, bytes):
        path, data = "figures", figures[: limit + 1]
    else:
        place = Path(figures)
        path = place.name
        try:
            if not place.is_file():
                raise EvidenceError("There is no such file.", "Check the name and the folder.", path=path)
            with place.open("rb") as stream:
                data = stream.read(limit + 1)
        except (OSError, ValueError):
            raise EvidenceError("The file cannot be read.", "Check that you may open it.", path=path) from None
    if len(data) > limit:
        raise EvidenceError(
            f"The file is larger than {limit // 1000} kB.",
            "Give totals by grade and group; a file of this size looks like people.",
            path=path,
            code="too-long",
        )
    return path, data
