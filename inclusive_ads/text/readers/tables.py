"""Tables as spreadsheets and databases write them (CSV): bytes in, rows of text out. Knows no adverts, no figures."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import BinaryIO

from inclusive_ads.errors import InputError
from inclusive_ads.text.readers.files import find_encoding

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}  # where two would do, the first is taken
LONGEST_CELL = 10_000_000  # characters; no advert within the limits comes near
SAVE_AS = "Save the sheet as 'CSV UTF-8' and try again."

_PIECE = 1 << 16  # bytes read at a time, and characters that are looked at to find the separator
_SEP_LINE = re.compile(r'"?sep=([^\w"\r\n])"?[\r\n]', re.IGNORECASE)  # what Excel writes and heeds, and does not show
_REASONS = {
    "expected after": "A quote inside a cell that stands in quotes must be written twice.",
    "end of data": "A quote is opened and never closed, so that all that follows is one cell.",
    "field limit": f"A cell is longer than {LONGEST_CELL:,} characters.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row that is not blank.

    Attributes:
        number: as a spreadsheet counts: from 1, the headings and blank rows, too, and a row of several lines once.
        cells: as written; fewer than headings where the row is short.
        error: why the row cannot be used, or "".
    """

    number: int
    cells: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that is being read.

    Attributes:
        headings: in order, white space made plain; () where the file is empty.
        row: number of the row that they stand in.
        rows: the rows below, read as they are asked for.
    """

    headings: tuple[str, ...]
    row: int
    rows: Iterator[Row]


class _Lines(io.TextIOWrapper):
    """Leaves its stream to whoever opened it."""

    def close(self) -> None:
        pass


def read_table(stream: BinaryIO) -> Table:
    """Read a table; memory does not grow with its length.

    UTF-8 with or without a byte order mark, UTF-16 and Windows-1252; commas, semicolons, tabs or bars between cells, or
    what a first line ``sep=`` says. Blank rows are passed over, and so are empty cells beyond the headings.

    Args:
        stream: one that can go back to its start; it stays open for as long as rows are read.

    Raises:
        InputError: not text, in no known encoding, or the row of headings cannot be read.
    """
    rows, separator = read_rows(stream)
    first = next(rows, Row(number=1))
    if first.error:
        raise InputError(f"The headings cannot be read. {first.error}", SAVE_AS, code="table")
    headings = [" ".join(cell.split()) for cell in first.cells]
    while headings and not headings[-1]:
        headings.pop()
    fitted = (_fitted(row, len(headings), separator) for row in rows)
    return Table(headings=tuple(headings), row=first.number, rows=fitted)


def read_rows(stream: BinaryIO, *, titled: bool = False) -> tuple[Iterator[Row], str]:
    """The rows of a table that are not blank, as written, and what stands between their cells.

    Args:
        stream: one that can go back to its start; it stays open for as long as rows are read.
        titled: lines of text may stand above the headings, so that most rows say how many cells there are.

    Raises:
        InputError: not text, or in no known encoding.
    """
    csv.field_size_limit(LONGEST_CELL)

    def pieces() -> Iterator[bytes]:
        stream.seek(0)
        return iter(lambda: stream.read(_PIECE), b"")

    try:
        lines = _Lines(stream, encoding=find_encoding(pieces), newline="")
    except InputError as error:
        raise InputError(error.message, SAVE_AS, code=error.code) from None
    lines.seek(0)
    sample = lines.read(_PIECE)
    lines.seek(0)
    given = _SEP_LINE.match(sample)
    if given:
        lines.readline()
    separator = given[1] if given else _separator(sample, titled=titled)
    return _rows(lines, separator), separator


def _rows(lines: io.TextIOWrapper, separator: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            other = "The row is not as a CSV file has it."
            yield Row(number=number, error=next((text for sign, text in _REASONS.items() if sign in str(error)), other))
            continue
        if any(map(str.strip, cells)):
            yield Row(number=number, cells=tuple(cells))


def _fitted(row: Row, width: int, separator: str) -> Row:
    if not any(map(str.strip, row.cells[width:])):
        return replace(row, cells=row.cells[:width])
    between = SEPARATORS.get(separator, f"'{separator}'")
    remedy = f"put a cell that holds a {between} in quotes, with no space before them."
    return replace(row, error=f"The row has {len(row.cells)} cells and the headings are {width}: {remedy}")


def _separator(sample: str, *, titled: bool) -> str:
    """What stands between the cells: it parts the headings, and the rows below into as many cells."""

    def fit(separator: str) -> tuple[bool, float, int]:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        widths: list[int] = []
        with suppress(csv.Error):  # what stands there may be anything; the true reading says what is wrong with it
            widths.extend(len(cells) for cells in reader if any(map(str.strip, cells)))
        if titled:
            usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
            widths = widths[widths.index(usual) :] if usual in widths else []
        heading, *below = widths or [1]
        if len(sample) == _PIECE:
            below = below[:-1]  # the last row may be cut
        return heading > 1, below.count(heading) / len(below) if below else 1, heading

    return max(SEPARATORS, key=fit)
