"""Workbooks of figures: the same result as their CSV, whatever their kind; the odd and the hostile ones refused."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from workbook_files import Rows, ods, sheet_xml, xls, xlsx, zipped

from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.asking import Asked
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.workbooks import read_workbook

HEAD = [
    "org",
    "snapshot_date",
    "scheme",
    "grade",
    "role_family",
    "characteristic",
    "group",
    "count",
    "unknown",
    "total",
]
ROWS: list[list[str | int | date]] = [
    ["Test", date(2026, 3, 31), "cs", "SEO", "", "ethnicity", "ethnic minority", 300, 50, 1350],
    ["Test", date(2026, 3, 31), "cs", "SEO", "", "ethnicity", "white", 1000, 50, 1350],
    ["Test", date(2026, 3, 31), "cs", "Grade 7", "", "ethnicity", "ethnic minority", 20, 5, 225],
    ["Test", date(2026, 3, 31), "cs", "Grade 7", "", "ethnicity", "white", 200, 5, 225],
]
TABLE: list[list[str | int | date]] = [[*HEAD], *ROWS]
OTHER: Rows = [["Contents"], ["1", "Staff"], ["2", "Notes"]]
PLAIN = read_evidence("\n".join(",".join(map(str, row)) for row in TABLE).encode())
TOO_FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
FAR_ODS = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row><table:table-row>'
    '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
)


def dated(rows: Rows) -> Rows:
    """Dates as text, for a kind of file that has none."""
    return [[str(cell) if isinstance(cell, date) else cell for cell in row] for row in rows]


KINDS: dict[str, Callable[[dict[str, Rows]], bytes]] = {
    "xlsx": xlsx,
    "ods": ods,
    "xls": lambda sheets: xls({name: dated(rows) for name, rows in sheets.items()}),
}


def refused(data: bytes, match: str, *, asked: Asked | None = None) -> EvidenceError:
    with pytest.raises(EvidenceError, match=match) as caught:
        read_evidence(data, asked=asked)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_says_what_its_csv_says(kind: str) -> None:
    assert read_evidence(KINDS[kind]({"Staff": TABLE})).groups == PLAIN.groups


@pytest.mark.parametrize("kind", KINDS)
def test_the_sheet_with_the_figures_is_found_and_told(kind: str) -> None:
    evidence = read_evidence(KINDS[kind]({"Contents": OTHER, "Staff": TABLE, "Notes": [["A note"]]}))
    assert evidence.groups == PLAIN.groups
    assert evidence.notes == ("The sheet 'Staff' was read.",)


@pytest.mark.parametrize("kind", KINDS)
def test_of_two_sheets_with_figures_one_must_be_named(kind: str) -> None:
    older = [[*HEAD], *([row[0], date(2025, 3, 31), *row[2:]] for row in ROWS)]
    data = KINDS[kind]({"2026": TABLE, "2025": older})
    assert refused(data, "'2026', '2025'").remedy == "Say which one with the option --sheet."
    assert read_evidence(data, asked=Asked(sheet="2026")).groups == PLAIN.groups
    assert read_evidence(data, asked=Asked(sheet="1")).groups == PLAIN.groups
    assert "'2026', '2025'" in refused(data, "no sheet '2024'", asked=Asked(sheet="2024")).remedy


def test_a_hidden_sheet_is_read_only_where_it_is_named() -> None:
    data = xlsx({"Staff": TABLE, "Old": TABLE}, hidden=["Old"])
    assert read_evidence(data).groups == PLAIN.groups
    assert read_evidence(data, asked=Asked(sheet="old")).groups == PLAIN.groups


def test_an_error_names_the_sheet_the_row_and_the_column() -> None:
    rows = [["Our staff"], [], *TABLE[:3], [*ROWS[2][:7], "about 20", 5, 225], ROWS[3]]
    error = refused(xlsx({"Staff": rows}), "not a whole number")
    assert (error.sheet, error.row, error.column) == ("Staff", 6, "count")
    assert str(error).startswith("figures, sheet 'Staff', row 6, column 'count': ")


@pytest.mark.parametrize("kind", KINDS)
def test_lines_above_and_below_the_table_are_no_figures(kind: str) -> None:
    above: Rows = [["Staff by ethnicity and grade"], ["All staff in post", ""], []]
    below: Rows = [[], ["Source: our staff records"], ["Numbers under five are hidden"]]
    evidence = read_evidence(KINDS[kind]({"Staff": [*above, *TABLE, *below]}))
    assert evidence.groups == PLAIN.groups
    assert evidence.notes == ("Rows 10 to 11 below the table: read as notes, not as figures.",)


def test_lines_above_and_below_the_table_of_a_csv_file_are_no_figures() -> None:
    text = "\n".join(",".join(map(str, row)) for row in TABLE)
    for above, below in (
        ("Staff by ethnicity\n\n", "\n\nSource: our records\n"),
        ("Staff,,,,\n", "\nSource,,,,,,,,,\n"),
    ):
        assert read_evidence((above + text + below).encode()).groups == PLAIN.groups
        assert read_evidence((above + text + below).replace(",", ";").encode()).groups == PLAIN.groups


def test_a_row_of_one_cell_among_the_figures_is_refused() -> None:
    error = refused(xlsx({"Staff": [*TABLE[:3], ["Grade 7"], *TABLE[3:]]}), "blank")
    assert error.row == 4


def test_merged_cells_hold_their_text_in_each_of_their_rows() -> None:
    rows = [[*HEAD], ROWS[0], ["", "", *ROWS[1][2:]], ["", "", *ROWS[2][2:]], ["", "", *ROWS[3][2:]]]
    merged = ["A2:A5", "B2:B5"]
    assert read_evidence(xlsx({"Staff": rows}, merged={"Staff": merged})).groups == PLAIN.groups
    assert refused(xlsx({"Staff": rows}), "blank").row == 3


def test_a_title_that_is_merged_over_all_columns_is_a_title() -> None:
    rows = [["Staff by grade", *[""] * 9], *TABLE, ["Source: our records", *[""] * 9]]
    data = xlsx({"Staff": rows}, merged={"Staff": ["A1:J1", "A7:J7", "A2:A2", "A1048576:XFD1048576"]})
    assert read_evidence(data).groups == PLAIN.groups


def test_a_formula_is_what_it_came_to() -> None:
    rows = [*TABLE[:4], [*ROWS[3][:7], "=SUM(A1:A2)|200", 5, 225]]
    assert read_evidence(xlsx({"Staff": rows})).groups == PLAIN.groups
    unsaved = [*TABLE[:4], [*ROWS[3][:7], "=SUM(A1:A2)", 5, 225]]
    assert "formula" in refused(xlsx({"Staff": unsaved}), "blank").remedy


@pytest.mark.parametrize("value", [200.0, "200", "200.0", " 200 "])
def test_a_whole_number_however_the_cell_holds_it(value: str | float) -> None:
    rows = [*TABLE[:4], [*ROWS[3][:7], value, 5, 225]]
    assert read_evidence(xlsx({"Staff": rows})).groups == PLAIN.groups


@pytest.mark.parametrize("value", [200.5, "200.5", "TRUE", "#REF!"])
def test_what_is_no_whole_number_however_the_cell_holds_it(value: str | float) -> None:
    assert refused(xlsx({"Staff": [*TABLE[:4], [*ROWS[3][:7], value, 5, 225]]}), "whole number").row == 5


@pytest.mark.parametrize("mark", ["[c]", "[low]", "[x]", "*", "<5", "–", "-", "..", "[C]"])
def test_a_hidden_number_is_never_nobody(mark: str) -> None:
    hidden = read_evidence(xlsx({"Staff": [*TABLE[:3], [*ROWS[2][:7], mark, 5, 209], [*ROWS[3][:9], 209]]}))
    found = next(one for one in hidden.groups if one.grade == "Grade 7" and one.group == "ethnic-minority")
    assert (found.share, found.hidden) == (None, "small")


def test_further_columns_of_a_workbook_need_headings() -> None:
    assert refused(xlsx({"Staff": [TABLE[0], [*ROWS[0], "?"], *TABLE[2:]]}), "Column 11 has no heading").row == 1
    spaced = [[*row[:4], "", *row[4:]] for row in TABLE]
    assert read_evidence(xlsx({"Staff": spaced})).groups == PLAIN.groups


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (xls({"Staff": dated(TABLE)})[:1500], "damaged"),
        (xlsx({"Staff": TABLE})[:900], "damaged"),
        (zipped({"a.txt": "Hello"}), "no workbook"),
        (zipped({"word/document.xml": "<w/>", "[Content_Types].xml": "<T/>"}), "no workbook"),
        (zipped({"xl/workbook.bin": b"\0"}), "no workbook"),
        (xlsx({"Staff": TABLE}, parts={"xl/workbook.xml": "<workbook"}), "damaged|no figures"),
        (xlsx({"Staff": TABLE}, parts={"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}), "damaged"),
        (xlsx({"Staff": TABLE}, parts={"xl/worksheets/sheet1.xml": sheet_xml(TABLE).encode("utf-16")}), "damaged"),
        (xlsx({"Staff": TABLE}, parts={"xl/big.xml": b" " * 30_000_000}), "far larger"),
        (xlsx({"Staff": []}), "no figures"),
        (xlsx({str(number): OTHER for number in range(101)}), "more than 100 sheets"),
        (b"<html><table><tr><td>org</td></tr></table></html>", "web page"),
        (b'<?xml version="1.0"?><Workbook></Workbook>', "web page"),
        (ods({"Staff": TABLE}, after=FAR_ODS), "far larger"),
        (
            xlsx(
                {"Staff": TABLE}, parts={"xl/worksheets/sheet1.xml": sheet_xml(TABLE).replace('r="A1"', 'r="&#65;0"')}
            ),
            ".",
        ),
        (xlsx({"Staff": [*TABLE, *[[*ROWS[0]]] * 60_000]}), "larger than|rows"),
    ],
)
def test_what_cannot_be_read_is_said_plainly(data: bytes, match: str) -> None:
    refused(data, match)


def test_a_damaged_file_ends_no_process_and_is_not_read_for_ever() -> None:
    old = xls({"Staff": dated(TABLE)})
    at = old.index(struct.pack("<HHHHH", 0x0203, 14, 1, 7, 0))  # the first number: record, length, row, column, format
    for row, column in ((1, 0xFFFF), (0xFFFF, 7), (0xFFFF, 0xFFFF)):
        place = struct.pack("<HHHHH", 0x0203, 14, row, column, 0)
        refused(old[:at] + place + old[at + len(place) :], "damaged|more than 50000 rows")
    content = (
        zipfile.ZipFile(io.BytesIO(ods({"Staff": TABLE}))).read("content.xml").replace(b"</table:table-cell>", b"", 3)
    )
    refused(zipped({"mimetype": "", "content.xml": content}), "damaged")


def test_entities_are_not_followed() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + re.sub(r"^<\?xml.*?\?>", "", sheet_xml(TABLE))
    refused(xlsx({"Staff": TABLE}, parts={"xl/worksheets/sheet1.xml": bomb}), "damaged")


def test_a_sheet_that_reaches_too_far_hinders_no_other() -> None:
    far = sheet_xml(OTHER).replace("</sheetData>", TOO_FAR)
    book = {"Data": OTHER, "Staff": TABLE}
    assert read_evidence(xlsx(book, parts={"xl/worksheets/sheet1.xml": far})).groups == PLAIN.groups
    refused(xlsx({"Staff": TABLE}, parts={"xl/worksheets/sheet1.xml": far}), "more than 50000 rows or 300 columns")


def test_empty_rows_that_are_only_painted_are_no_rows() -> None:
    painted = sheet_xml(TABLE).replace("</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')
    assert read_evidence(xlsx({"Staff": TABLE}, parts={"xl/worksheets/sheet1.xml": painted})).groups == PLAIN.groups
    cell = '<table:table-cell table:number-columns-repeated="16384"/>'
    empty = f'<table:table-row table:number-rows-repeated="1048000">{cell}'
    assert read_evidence(ods({"Staff": TABLE}, after=f"{empty}</table:table-row>")).groups == PLAIN.groups


def test_macros_and_the_records_behind_a_pivot_are_not_opened() -> None:
    parts: dict[str, str | bytes] = {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0",
        "xl/pivotCache/pivotCacheRecords1.xml": "<!DOCTYPE a><broken",
        "xl/media/picture.png": b"\x89PNG",
    }
    assert read_evidence(xlsx({"Staff": TABLE}, parts=parts)).groups == PLAIN.groups


def test_lists_of_people_in_a_workbook_are_refused() -> None:
    rows = [[*HEAD, "Employee number"], *([*row, 17] for row in ROWS)]
    error = refused(xlsx({"Contents": OTHER, "Staff": rows}), "list of people")
    assert (error.sheet, error.code) == ("Staff", "people")


def test_comparators_and_recruitment_are_read_of_workbooks_too(tmp_path: Path) -> None:
    examples = Path(__file__).parent.parent / "examples"
    files = [examples / f"{name}.csv" for name in ("representation", "comparators", "recruitment")]
    books = []
    for file in files:
        rows = [
            line.split(",") for line in file.read_text(encoding="utf-8").replace('"412,000"', "412000").splitlines()
        ]
        place = tmp_path / f"{file.stem}.xlsx"
        place.write_bytes(xlsx({"Title": OTHER, "Figures": rows}))
        books.append(place)
    today = date(2026, 12, 1)
    assert read_evidence(*books, today=today).groups == read_evidence(*files, today=today).groups


def test_a_grid_keeps_the_numbers_of_its_rows() -> None:
    grids = read_workbook(xlsx({"Staff": [[], ["a", 1.5], [], ["b", date(2026, 3, 31)]]}))
    assert [(row.number, row.cells) for row in grids[0].rows] == [(2, ("a", "1.5")), (4, ("b", "2026-03-31"))]
