"""A file of figures into cells, and cells of text into numbers. Knows no statistics."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inclusive_ads.errors import EvidenceError, InputError
from inclusive_ads.evidence.thresholds import Files, Labels, fold
from inclusive_ads.text.readers.tables import read_table

FiguresFile = str | Path | bytes
_WHOLE = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.00?)?", re.ASCII)
_DECIMAL = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_DATES = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII), (0, 1, 2)),
    (re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII), (2, 1, 0)),
)
MOST_STAFF = 10_000_000  # five times as many as the largest employer of the country has
MOST_PEOPLE = 1_000_000_000  # more than the country has, and than any population that is compared with
_LONGEST_NUMBER = 20  # characters: no count of people is longer, and a row of digits is not worth more
_SHOWN = 40  # characters of a cell that an error repeats
NEARLY_ALL = 0.9  # of the numbers are one: then a row is a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a file: `row` is 1-based and counts the heading row."""

    path: str
    row: int
    cells: Mapping[str, str]

    def error(self, column: str, message: str, remedy: str = "", *, code: str = "evidence") -> EvidenceError:
        """An error that names this file, row and column."""
        return EvidenceError(message, remedy, path=self.path, row=self.row, column=column, code=code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file of figures; headings as written."""

    path: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def read_sheet(figures: FiguresFile, files: Files, labels: Labels) -> Sheet:
    """Read a CSV file, or its bytes; see `read_table` for encodings and separators.

    Raises:
        EvidenceError: not a CSV file, too big, cells missing, or a heading that tells of people rather than groups.
    """
    path, data = _bytes(figures, files.bytes)
    try:
        table = read_table(io.BytesIO(data))
    except InputError as error:
        raise EvidenceError(error.message, error.remedy, path=path) from None
    headings = _headings(path, table.row, table.headings, labels)
    lines: list[Line] = []
    for row in table.rows:
        if len(lines) >= files.rows:
            raise EvidenceError(
                f"The file has more than {files.rows} rows.",
                "Give totals by grade and group, for the organisations you need.",
                path=path,
                row=row.number,
                code="too-long",
            )
        short = f"The row has {len(row.cells)} cells and the headings are {len(headings)}."
        problem = row.error or (short if len(row.cells) < len(headings) else "")
        if problem:
            raise EvidenceError(
                problem,
                "Put numbers with a thousands separator in quotes, and give every column a cell.",
                path=path,
                row=row.number,
            )
        cells = (" ".join(cell.split()) for cell in row.cells)
        lines.append(Line(path=path, row=row.number, cells=dict(zip(headings, cells, strict=True))))
    if not lines:
        raise EvidenceError(
            "The file has no figures.", "Give one row of headings and at least one row of figures.", path=path
        )
    return Sheet(path=path, headings=headings, lines=tuple(lines))


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


def _headings(path: str, row: int, values: tuple[str, ...], labels: Labels) -> tuple[str, ...]:
    seen: set[str] = set()
    for number, value in enumerate(values, start=1):
        plain = fold(value)
        if not plain:
            raise EvidenceError(f"Column {number} has no heading.", "Give each column a heading.", path=path, row=row)
        if plain in seen:
            raise EvidenceError(
                "The heading stands twice.", "Keep one of the columns.", path=path, row=row, column=value
            )
        if plain.replace("_", " ") in labels.person_headings:
            raise EvidenceError(
                "The file looks like a list of people.",
                "Give totals by grade and group only; nobody's own record is needed.",
                path=path,
                row=row,
                column=value,
                code="people",
            )
        seen.add(plain)
    return values


def list_of_people(sheet: Sheet, column: str = "") -> EvidenceError:
    """The error for a file that has a row for each person."""
    return EvidenceError(
        "Nearly every number is one, so the file looks like a list of people.",
        "Give totals by grade and group only; nobody's own record is needed.",
        path=sheet.path,
        row=sheet.lines[0].row,
        column=column,
        code="people",
    )


def whole(line: Line, column: str, labels: Labels, *, most: int = MOST_STAFF) -> int | None:
    """A count of people; None where the publisher has hidden it.

    Args:
        most: a number above it is a mistake.

    Raises:
        EvidenceError: blank, a percentage, a fraction, negative, or not a number.
    """
    text = line.cells[column]
    if fold(text) in labels.suppressed:
        return None
    if not text:
        raise line.error(
            column, "The cell is blank.", "Write 0 where there is nobody, and [c] where the number is hidden."
        )
    if text.endswith("%"):
        raise line.error(column, f"'{text}' is a percentage.", "Give the number of people.")
    if not _WHOLE.fullmatch(text):
        raise line.error(
            column, f"'{text[:_SHOWN]}' is not a whole number of people.", "Give headcount (not FTE) as a whole number."
        )
    number = int(re.sub(r"[, ]|\.0+$", "", text)[:_LONGEST_NUMBER])
    if number > most:
        whose = "any employer has" if most == MOST_STAFF else "there can be"
        raise line.error(column, f"'{text[:_SHOWN]}' is more people than {whose}.", "Check the number.")
    return number


def share(line: Line, column: str, *, percent: bool) -> float:
    """A share between 0 and 1; a sign (%) always means percent, else `percent` says how the column is written.

    Raises:
        EvidenceError: not a number, or not between 0 and 100 %.
    """
    text = line.cells[column]
    bare = text.removesuffix("%").strip()
    if not _DECIMAL.fullmatch(bare):
        raise line.error(column, f"'{text[:_SHOWN]}' is not a share.", "Write 17.2% or 0.172.")
    value = float(bare)
    if percent or text.endswith("%"):
        value /= 100
    if not 0 < value < 1:
        raise line.error(column, f"'{text[:_SHOWN]}' is not a share between 0 and 100%.", "Write 17.2% or 0.172.")
    return value


def in_percent(sheet: Sheet, column: str) -> bool:
    """Whether the shares without a sign in a column are percentages.

    Raises:
        EvidenceError: some are above 1 and some below, so that nobody can tell.
    """
    bare = [(line, line.cells[column]) for line in sheet.lines if _DECIMAL.fullmatch(line.cells[column])]
    above = [float(text) > 1 for _, text in bare]
    for (line, text), is_above in zip(bare, above, strict=True):
        if float(text) == 1 or (any(above) and not is_above):
            raise line.error(
                column, f"'{text}' may be a fraction or a percentage.", "Add the % sign to every percentage."
            )
    return any(above)


def day(line: Line, column: str) -> date:
    """A date: 2026-03-31, 31/03/2026, or a year (its 31 March, the Civil Service census date).

    Raises:
        EvidenceError: anything else.
    """
    text = line.cells[column]
    try:
        if re.fullmatch(r"(?:19|20)\d{2}", text, re.ASCII):
            return date(int(text), 3, 31)
        for pattern, (year, month, number) in _DATES:
            if match := pattern.fullmatch(text):
                parts = [int(part) for part in match.groups()]
                return date(parts[year], parts[month], parts[number])
    except ValueError:
        pass
    raise line.error(column, f"'{text[:_SHOWN]}' is not a date.", "Write it as 2026-03-31.")
