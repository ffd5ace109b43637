"""Workbooks (xlsx, xls, ods) into rows of text. How far the sheets reach is known before one is opened."""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any  # lxml says nothing of its types

from inclusive_ads.errors import InputError
from inclusive_ads.text.readers.archive import Archive
from inclusive_ads.text.readers.tables import Row
from inclusive_ads.text.readers.xml_parts import has_entities, in_usual_encoding

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_SHEETS = 100
MOST_ROWS = 50_000
MOST_COLUMNS = 300
_MEMORY = 2_000_000_000  # bytes; a sheet as large as the old kind can have takes a quarter of it
_SECONDS = 30
SAVE_AS = "Open it in Excel or LibreOffice and save it as .xlsx, or save the sheet as 'CSV UTF-8'."

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|meta|style|\?xml|\?mso|Workbook)", re.I)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.I)
_WANTED = re.compile(
    r"(?:xl/(?:worksheets/|_rels/|[^/]+\.xml$)|_rels/|\[content_types\]|content\.xml$|mimetype$|"
    r"META-INF/manifest\.xml$|styles\.xml$).*",
    re.I,
)  # not pictures, macros or the rows behind a pivot
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
# What stands in place of a sheet that reaches too far: one cell, which no spreadsheet can hold.
_MARK = "\N{OBJECT REPLACEMENT CHARACTER}too large"
_PUT_ASIDE = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    f'<c r="A1" t="inlineStr"><is><t>{_MARK}</t></is></c></row></sheetData></worksheet>'
).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet: its rows that are not blank, all equally long. A merged cell's text stands in each of its cells.

    Attributes:
        name: of the sheet, "" for a CSV file, which is one.
        rows: numbered as the spreadsheet numbers them.
        error: why the sheet cannot be read, or "".
    """

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    error: str = ""


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook's, or pretend to be, rather than text between commas."""
    return data.startswith((_ZIP, _OLE)) or bool(_PAGE.match(data[:200]))


def read_workbook(data: bytes) -> tuple[Grid, ...]:
    """Every sheet of a workbook.

    Formulas count as what they last came to, dates as 2026-03-31; formats, macros and pictures are not looked at.

    Raises:
        InputError: no workbook, broken, protected, or too large.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise InputError("The file is protected by a password.", "Save it without the password.", code="protected")
    elif data.startswith(_ZIP):
        data = _Parts(data).clean()
    else:
        raise InputError("This is a web page or XML, whatever its name says.", SAVE_AS, code="format")
    return _apart(data)


def _open(data: bytes) -> tuple[Grid, ...]:
    from python_calamine import load_workbook

    try:
        with load_workbook(io.BytesIO(data)) as book:
            if len(book.sheet_names) > MOST_SHEETS:
                raise InputError(f"The workbook has more than {MOST_SHEETS} sheets.", "Keep those with the figures.")
            return tuple(_grids(book))
    except (KeyboardInterrupt, SystemExit, MemoryError, InputError):
        raise
    except BaseException:  # what goes wrong in the library's own language comes as no Exception
        raise _broken() from None


def _apart(data: bytes) -> tuple[Grid, ...]:
    """A workbook, in a process of its own with little memory and time.

    How far the sheets of the old kind reach cannot be told beforehand, and a damaged file of any kind may ask for more
    memory than there is, which ends the process, or be read for ever.
    """
    command = [sys.executable, "-c", f"from {__name__} import answer; answer()"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=_SECONDS)  # noqa: S603
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise _broken() from None
    if isinstance(answer, dict):
        raise InputError(**answer)
    return tuple(
        Grid(
            name=name,
            rows=tuple(Row(number=number, cells=tuple(cells)) for number, cells in rows),
            hidden=hidden,
            error=error,
        )
        for name, rows, hidden, error in answer
    )


def answer() -> None:
    """Read a workbook from standard input, and write its sheets, or what is wrong, as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found: object
    try:
        grids = _open(sys.stdin.buffer.read())
        found = [[grid.name, [(row.number, row.cells) for row in grid.rows], grid.hidden, grid.error] for grid in grids]
    except InputError as error:
        found = {"message": error.message, "remedy": error.remedy, "code": error.code}
    json.dump(found, sys.stdout)


def _broken() -> InputError:
    return InputError("The workbook is damaged, or is none.", SAVE_AS, code="broken")


def _grids(book: CalamineWorkbook) -> Iterator[Grid]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        hidden = about.visible != SheetVisibleEnum.Visible
        sheet = book.get_sheet_by_name(about.name)
        too_large = sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS
        rows = () if too_large else tuple(_rows(sheet))
        if too_large or (rows and rows[0].cells[0] == _MARK):
            error = f"The sheet has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns."
            yield Grid(name=about.name, rows=(), hidden=hidden, error=error)
        else:
            yield Grid(name=about.name, rows=rows, hidden=hidden)


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    cells = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    width = max(map(len, cells), default=0)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in cells[top : min(bottom, len(cells) - 1) + 1]:
            for column in range(left, min(right, width - 1) + 1):
                row[column] = cells[top][left]
    for number, row in enumerate(cells, start=1):
        if any(row):
            yield Row(number=number, cells=tuple(row))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split())


class _Parts(Archive):
    """The parts of a zipped workbook."""

    def broken(self) -> InputError:
        return _broken()

    def too_large(self) -> InputError:
        return InputError(
            "The workbook is far larger unpacked than figures can be.",
            "Copy the sheet with the figures into a new workbook and save that.",
            code="too-long",
        )

    def clean(self) -> bytes:
        """The workbook with what is read of it alone, each part as large as it was said to be."""
        names = {name.casefold() for name in self.names()}
        if "xl/workbook.xml" not in names and "content.xml" not in names:
            raise InputError(
                "This is an archive, but no workbook of the kinds xlsx, xls and ods.", SAVE_AS, code="format"
            )
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in self.names():
                if _WANTED.match(name) and not name.endswith("/"):
                    archive.writestr(name, self._part(name))
        return target.getvalue()

    def _part(self, name: str) -> bytes:
        data = self.read(name)
        if name.endswith((".xml", ".rels")) and (not in_usual_encoding(data) or has_entities(data)):
            raise self.broken()
        if name == "content.xml":
            if b"encryption-data" in (
                self.read("META-INF/manifest.xml") if self.size("META-INF/manifest.xml") else b""
            ):
                raise InputError(
                    "The file is protected by a password.", "Save it without the password.", code="protected"
                )
            if not _fits(_ods_cells(data)):
                raise self.too_large()
        elif _SHEET.fullmatch(name) and not _fits(_xlsx_cells(data)):
            return _PUT_ASIDE
        return data


def _fits(places: Iterator[tuple[int, int]]) -> bool:
    from lxml import etree

    try:
        return all(row <= MOST_ROWS and column <= MOST_COLUMNS for row, column in places)
    except etree.XMLSyntaxError:
        raise _broken() from None
    except ValueError:
        return False  # a number that is none, where a place should be


def _elements(data: bytes, *tags: str) -> Iterator[tuple[str, str, Any]]:
    from lxml import etree

    wanted = [f"{{*}}{tag}" for tag in tags]
    parser = etree.iterparse(
        io.BytesIO(data), ("start", "end"), tag=wanted, resolve_entities=False, no_network=True, huge_tree=False
    )
    for event, element in parser:
        yield event, element.tag.rpartition("}")[2], element
        if event == "end":
            element.clear()


def _xlsx_cells(data: bytes) -> Iterator[tuple[int, int]]:
    """Row and column (from 1) of each cell that holds something: such cells alone make a sheet large."""
    row = column = 0
    for event, tag, element in _elements(data, "row", "c"):
        if tag == "row" and event == "start":
            row, column = int(element.get("r") or row + 1), 0
        elif tag == "c" and event == "start":
            place = _PLACE.fullmatch(element.get("r") or "")
            column = _column(place[1]) if place else column + 1
            row = int(place[2]) if place else row
        elif tag == "c" and len(element):
            yield row, column


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _ods_cells(data: bytes) -> Iterator[tuple[int, int]]:
    """The same of an OpenDocument table, where one element may stand for many rows or cells."""
    row = column = reach = repeated = 0

    def times(element: Any, of: str) -> int:
        names = [name for name in element.attrib if name.endswith(f"number-{of}-repeated")]
        return max([1, *(int(element.get(name)) for name in names)])

    for event, tag, element in _elements(data, "table", "table-row", "table-cell", "covered-table-cell"):
        if tag == "table" and event == "start":
            row = 0
        elif tag == "table-row":
            if event == "start":
                column, reach, repeated = 0, 0, times(element, "rows")
            else:
                row += repeated
                if reach:
                    yield row, reach
        elif event == "end":
            column += times(element, "columns")
            if len(element) or any(name.endswith("}value-type") for name in element.attrib):
                reach = column
