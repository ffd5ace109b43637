"""Files of figures: read rightly, or refused with file, row and column."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inclusive_ads.errors import EvidenceError, LexiconError
from inclusive_ads.evidence.applicants import read_recruitment
from inclusive_ads.evidence.comparators import read_comparators
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.reading import read_headcounts
from inclusive_ads.evidence.thresholds import load_thresholds
from inclusive_ads.evidence.values import GradedGroup

HEAD = "org,snapshot_date,scheme,grade,role_family,characteristic,group,count,unknown,total"
ROWS = [
    "Test,2026-03-31,cs,SEO,,ethnicity,ethnic minority,300,50,1350",
    "Test,2026-03-31,cs,SEO,,ethnicity,white,1000,50,1350",
    "Test,2026-03-31,cs,Grade 7,,ethnicity,ethnic minority,20,5,225",
    "Test,2026-03-31,cs,Grade 7,,ethnicity,white,200,5,225",
]


def sheet(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join([head, *(rows or ROWS)]).encode()


def counts(data: bytes) -> dict[tuple[str, str], int | None]:
    records, _ = read_headcounts(data, load_thresholds())
    return {(record.grade, record.group or record.kind): record.count for record in records}


PLAIN = counts(sheet())


def refused(data: bytes, *, row: int | None = None, column: str | None = None, match: str = ".") -> EvidenceError:
    with pytest.raises(EvidenceError, match=match) as caught:
        read_evidence(data)
    if row is not None:
        assert caught.value.row == row
    if column is not None:
        assert caught.value.column == column
    assert caught.value.path == "figures"
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    text = sheet().decode().replace("Test", "Café Service – Test")
    records, _ = read_headcounts(text.encode(encoding), load_thresholds())
    assert {record.org for record in records} == {"Café Service – Test"}
    assert counts(text.encode(encoding)) == PLAIN


def test_utf_16_with_an_odd_byte_is_refused() -> None:
    refused(sheet().decode().encode("utf-16") + b"x", match="not good UTF-16")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters(delimiter: str) -> None:
    assert counts(sheet().replace(b",", delimiter.encode())) == PLAIN
    assert counts(b"sep=" + delimiter.encode() + b"\r\n" + sheet().replace(b",", delimiter.encode())) == PLAIN


@pytest.mark.parametrize("number", ['"1,000"', "1 000", "1\u00a0000", "1\u202f000", "1000.0", " 1000 "])
def test_thousands_separators(number: str) -> None:
    assert counts(sheet(*ROWS).replace(b"white,1000", f"white,{number}".encode())) == PLAIN


@pytest.mark.parametrize("mark", ["[c]", "*", "<5", "< 5", "[C]", "fewer than 5"])
def test_hidden_numbers(mark: str) -> None:
    rows = [ROWS[0].replace(",300,50,", f",{mark},50,"), *ROWS[1:]]
    assert counts(sheet(*rows))[("SEO", "ethnic-minority")] is None


@pytest.mark.parametrize(
    "number",
    ["", "22%", "22.5", "-3", "1e3", "abc", "1.000", '"1,00"', "٣", "9" * 30, "99999999", "=1+1", "NaN", "#REF!", "~5"],
)
def test_a_count_that_is_none_is_refused_with_its_place(number: str) -> None:
    rows = [*ROWS[:2], ROWS[2].replace(",20,", f",{number},"), ROWS[3]]
    refused(sheet(*rows), row=4, column="count")


@pytest.mark.parametrize("column", ["unknown", "total"])
def test_blank_unknowns_and_totals_are_refused(column: str) -> None:
    groups = ROWS[3].split(",")
    groups[HEAD.split(",").index(column)] = ""
    refused(sheet(*ROWS[:3], ",".join(groups)), row=5, column=column)


@pytest.mark.parametrize("column", ["org", "snapshot_date", "grade", "characteristic", "group"])
def test_blank_names_are_refused(column: str) -> None:
    groups = ROWS[3].split(",")
    groups[HEAD.split(",").index(column)] = ""
    refused(sheet(*ROWS[:3], ",".join(groups)), row=5, column=column)


@pytest.mark.parametrize("value", ["soon", "2026-13-01", "31-03-26", "30/02/2026", "20263", "1/2/3"])
def test_dates_that_are_none(value: str) -> None:
    refused(sheet(*ROWS[:3], ROWS[3].replace("2026-03-31", value)), row=5, column="snapshot_date")


@pytest.mark.parametrize("value", ["2026-03-31", "31/03/2026", "31.3.2026", "2026"])
def test_dates_that_are(value: str) -> None:
    records, _ = read_headcounts(sheet().replace(b"2026-03-31", value.encode()), load_thresholds())
    assert {record.snapshot.isoformat() for record in records} == {"2026-03-31"}


def test_repeated_rows_are_read_once_and_said() -> None:
    evidence = read_evidence(sheet(*ROWS, ROWS[2], ROWS[3]))
    assert evidence.notes == ("Repeated rows that were read once: 2.",)
    assert evidence.groups == read_evidence(sheet()).groups


def test_repeated_rows_that_differ_are_refused() -> None:
    refused(sheet(*ROWS, ROWS[2].replace(",20,", ",21,")), row=6, column="count", match="differs from row 4")
    refused(sheet(*ROWS[:3], ROWS[3].replace(",5,225", ",6,225")), row=5, column="unknown")


def test_one_grade_by_two_names_is_one_grade() -> None:
    refused(sheet(*ROWS, ROWS[2].replace("Grade 7", "G7").replace(",20,", ",25,")), row=6, column="count")


def test_totals_that_do_not_add_up() -> None:
    less = [row.replace(",5,225", ",5,224") for row in ROWS]
    refused(sheet(*less), column="total", match="more people")
    more = [row.replace(",5,225", ",5,226") for row in ROWS]
    refused(sheet(*more), column="total", match="fewer people")
    grand = [row.replace("Grade 7", "Total") for row in ROWS[2:]]
    refused(sheet(*ROWS, *grand), match="do not add up")


def test_a_row_for_all_grades_that_adds_up_is_no_grade() -> None:
    grand = [
        "Test,2026-03-31,cs,All,,ethnicity,ethnic minority,320,55,1575",
        "Test,2026-03-31,cs,All,,ethnicity,white,1200,55,1575",
    ]
    assert {graded.grade for graded in read_evidence(sheet(*ROWS, *grand)).groups} == {"SEO", "Grade 7"}


def test_roles_that_add_up_to_more_than_all_roles() -> None:
    role = [
        row.replace("cs,Grade 7,,", "cs,Grade 7,Private Office,").replace(",200,", ",201,").replace(",225", ",226")
        for row in ROWS[2:]
    ]
    refused(sheet(*ROWS, *role), match="roles add up")


def test_a_group_that_one_grade_lacks() -> None:
    rows = [*ROWS[:2], ROWS[3]]
    refused(sheet(*rows), match="fewer people|lacks a group")
    listed = sheet().decode().replace("ethnic minority", "Asian").replace("white", "Black").splitlines()[1:4]
    refused(sheet(*[row.replace("1350", "1400").replace("225", "260") for row in listed]), match="lacks a group")


@pytest.mark.parametrize(
    "heading", ["Employee Number", "assignment_number", "Full name", "date of birth", "NHS number", "candidate id"]
)
def test_lists_of_people_are_refused_by_their_headings(heading: str) -> None:
    data = sheet(*(row + ",x" for row in ROWS), head=f"{HEAD},{heading}")
    assert refused(data, row=1, column=heading).code == "people"


def test_lists_of_people_are_refused_by_their_numbers() -> None:
    person = "Test,2026-03-31,cs,Grade 7,{n},ethnicity,{g},1,0,1"
    rows = [person.format(n=f"post {n}", g="white" if n % 2 else "ethnic minority") for n in range(30)]
    assert refused(sheet(*rows)).code == "people"
    assert refused(sheet(*rows[:2])).code == "people"


def test_an_establishment_export_is_refused() -> None:
    refused(b"Assignment Category,Pay Grade,Ethnic Origin,Disability\nPermanent,Band 5,White,No\n", row=1)


def test_files_that_are_too_big() -> None:
    limits = load_thresholds()
    few = limits.model_copy(update={"files": limits.files.model_copy(update={"rows": 3})})
    with pytest.raises(EvidenceError, match="more than 3 rows") as caught:
        read_evidence(sheet(), thresholds=few)
    assert caught.value.row == 5
    refused(HEAD.encode() + b"\n" + b"x" * limits.files.bytes, match="larger than")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n\n",
        HEAD.encode(),
        b"PK\x03\x04" + bytes(200),
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"hello",
        b'org,"snap\nx',
        sheet(ROWS[0] + ",1"),
        sheet("Test,2026"),
        sheet(ROWS[0].replace(",300,", ",1,300,")),
        sheet(head=HEAD.replace("unknown", "count")),
        sheet(head=HEAD.replace("unknown", "")),
        sheet(head=HEAD.replace("count", "number")),
        b'a,b\n1,"' + b"x" * 200_000 + b'"',
        b'{"org": "Test"}\n{"org": "Test"}',
        b"org,snapshot_date\x00\n",
    ],
)
def test_what_is_no_table_of_figures(data: bytes) -> None:
    refused(data)


def test_paths(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(sheet())
    assert read_evidence(path).groups == read_evidence(str(path)).groups == read_evidence(sheet()).groups
    for bad in (tmp_path, tmp_path / "none.csv", "x" * 5000, "a\0b"):
        with pytest.raises(EvidenceError):
            read_evidence(bad)


def test_a_grade_outside_its_scheme() -> None:
    refused(
        sheet(*ROWS[:2], *(row.replace("Grade 7", "Band 8a") for row in ROWS[2:])), match="not a grade of the scheme"
    )


def test_a_scheme_of_ones_own_takes_the_order_of_the_file() -> None:
    own = sheet().decode().replace(",cs,", ",local,").replace("SEO", "Officer").replace("Grade 7", "Manager")
    groups = read_evidence(own.encode(), comparator="feeder").groups
    assert {graded.comparator for graded in groups} == {"", "Officer"}


MAPPED = b"Pay band;Ethnic minority staff;White staff;Not stated\nBand 7;40;200;10\nBand 8a;9;140;3\n"
MAPPING = {
    "org": "=Trust",
    "snapshot_date": "=2026-03-31",
    "scheme": "=afc",
    "grade": "Pay band",
    "characteristic": "=ethnicity",
    "unknown": "Not stated",
    "group:ethnic minority": "Ethnic minority staff",
    "group:white": "White staff",
}


def test_any_layout_by_a_mapping() -> None:
    groups = read_evidence(MAPPED, mapping=MAPPING).for_post(grade="Band 8a")
    assert {graded.group: graded.share for graded in groups} == {"ethnic-minority": 9 / 149, "white": 140 / 149}


@pytest.mark.parametrize(
    "change",
    [{"grade": "Grade"}, {"grades": "Pay band"}, {"org": ""}, {"snapshot_date": "=soon"}, {"characteristic": "="}],
)
def test_mappings_that_cannot_be_used(change: dict[str, str]) -> None:
    with pytest.raises(EvidenceError):
        read_evidence(MAPPED, mapping=MAPPING | change)


def test_a_mapping_must_say_where_things_are() -> None:
    needs = {"org": "--figures-of", "snapshot_date": "--as-at", "grade": "grade", "characteristic": "characteristic"}
    for field, named in needs.items():
        with pytest.raises(EvidenceError, match=named):
            read_evidence(MAPPED, mapping={key: value for key, value in MAPPING.items() if key != field})


def test_a_wres_return_must_add_up() -> None:
    head = "Organisation,Reporting date,Staff group,Band,White,BME,Unknown/Null,Total"
    good = "Trust,2026-03-31,Clinical,Band 5,100,60,5,165"
    assert counts(sheet(good, head=head)) == {
        ("Band 5", "white"): 100,
        ("Band 5", "ethnic-minority"): 60,
        ("Band 5", "unknown"): 5,
        ("Band 5", "total"): 165,
    }
    refused(sheet(good.replace("165", "170"), head=head), row=2, column="Total")
    refused(sheet(good.replace("165", "160"), head=head), row=2, column="Total")


def test_civil_service_statistics() -> None:
    head = "Status,Year,Ethnicity,Responsibility_level_grouped,Headcount,FTE,Mean_salary,Median_salary"
    rows = [
        'In post,2026,Ethnic minority,SEO/HEO,"1,320",1300,"41,000","40,500"',
        'In post,2026,White,SEO/HEO,"6,010",5900,"41,000","40,500"',
        "In post,2026,Not declared,SEO/HEO,450,440,[c],[c]",
        'In post,2026,All employees,SEO/HEO,"7,785",7600,[c],[c]',
        "In post,2026,Ethnic minority,SCS Level,[c],[c],[c],[c]",
        "Leavers,2026,White,SEO/HEO,90,90,[c],[c]",
    ]
    records, notes = read_headcounts(sheet(*rows[:4], rows[5], head=head), load_thresholds())
    assert {(record.kind, record.group): record.count for record in records} == {
        ("group", "ethnic-minority"): 1320,
        ("group", "white"): 6010,
        ("unknown", "not declared"): 450,
        ("total", ""): 7785,  # counts are rounded to 5, so the sum may differ a little
    }
    assert notes == ("Rows of people not in post that were passed over: 1.",)
    assert read_evidence(sheet(*rows[:4], head=head)).groups
    refused(sheet(*rows[:3], rows[3].replace("7,785", "7,900"), head=head), match="fewer people|add up")
    refused(sheet(*rows, rows[4].replace("SCS Level", "Chiefs"), head=head), row=8, match="not a grade of the scheme")
    hidden = read_evidence(sheet(*rows, head=head)).for_post(grade="SCS PB1")
    assert {(graded.grade, graded.level.value) for graded in hidden} == {("SCS", "insufficient")}


COMPARE = "name,characteristic,group,share,n,source,date"


def test_shares_of_comparators() -> None:
    for written in ("17.2%", "17.2", "0.172", "17.2 %"):
        (found,) = read_comparators(
            sheet(f'Town,ethnicity,BME,{written},"1,200",Census,2021-03-21', head=COMPARE), load_thresholds()
        )
        assert (found.share, found.group, found.characteristic, found.people) == (
            pytest.approx(0.172),
            "ethnic-minority",
            "race",
            1200,
        )


@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        (["Town,ethnicity,BME,,10,Census,2021"], 2, "share"),
        (["Town,ethnicity,BME,0,10,Census,2021"], 2, "share"),
        (["Town,ethnicity,BME,100%,10,Census,2021"], 2, "share"),
        (["Town,ethnicity,BME,1,10,Census,2021"], 2, "share"),
        (["Town,ethnicity,BME,120,10,Census,2021"], 2, "share"),
        (["Town,ethnicity,BME,[c],10,Census,2021"], 2, "share"),
        (["Town,ethnicity,BME,17,10,Census,2021", "Town,ethnicity,Black,0.9,10,Census,2021"], 3, "share"),
        (["Town,ethnicity,BME,17%,10,,2021"], 2, "source"),
        (["Town,ethnicity,BME,17%,10,Census,"], 2, "date"),
        (["Town,ethnicity,BME,17%,many,Census,2021"], 2, "n"),
        ([",ethnicity,BME,17%,10,Census,2021"], 2, "name"),
        (["Town,ethnicity,BME,17%,10,Census,2021", "Town,ethnicity,BME,18%,10,Census,2021"], 3, "share"),
    ],
)
def test_comparators_that_cannot_be_used(rows: list[str], row: int, column: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        read_comparators(sheet(*rows, head=COMPARE), load_thresholds())
    assert (caught.value.row, caught.value.column) == (row, column)


def test_missing_columns_are_named() -> None:
    with pytest.raises(EvidenceError) as caught:
        read_comparators(sheet("Town,1", head="name,characteristic"), load_thresholds())
    assert caught.value.column == "group"


RECRUIT = "period,grade,characteristic,group,applied,shortlisted,appointed"


@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        (["2025,Grade 7,ethnicity,White,100,120,5"], 2, "shortlisted"),
        (["2025,Grade 7,ethnicity,White,100,50,60"], 2, "appointed"),
        (["2025,Grade 7,ethnicity,White,100,,5"], 2, "shortlisted"),
        (["2025,Grade 7,ethnicity,White,100,50,10%"], 2, "appointed"),
        (["2025,,ethnicity,White,100,50,10"], 2, "grade"),
        (["2025,Grade 7,ethnicity,White,100,50,10", "2025,G7,ethnicity,White,100,50,11"], 3, "group"),
    ],
)
def test_recruitment_that_cannot_be_used(rows: list[str], row: int, column: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        read_recruitment(sheet(*rows, head=RECRUIT), load_thresholds())
    assert (caught.value.row, caught.value.column) == (row, column)


def test_applicants_one_a_row_are_refused() -> None:
    rows = [f"2025,Grade {n},ethnicity,White,1,1,0" for n in range(25)]
    with pytest.raises(EvidenceError, match="list of people"):
        read_recruitment(sheet(*rows, head=RECRUIT), load_thresholds())


def test_thresholds_are_checked(tmp_path: Path) -> None:
    text = (Path(__file__).parent.parent / "lexicons" / "evidence.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("count: 5 ", "count: 1 "),
        ("low_index: 0.80", "low_index: 1.80"),
        ("goal:", "goals:"),
        ("    local:", "    other:"),
    ):
        path = tmp_path / "evidence.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        assert path.read_text(encoding="utf-8") != text
        with pytest.raises(LexiconError):
            load_thresholds(path)


ODD = ["", "0", "[c]", "*", "-1", "1,5", "999", "%", "Total", "unknown", "Grade 6", "SCS", "cs", "local", "2026", "=1"]
ODD += ["\u0000", "é", '"', "\n", "9" * 40]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.sampled_from(ODD)), min_size=1, max_size=4))
def test_spoilt_cells_are_read_or_refused_and_nothing_else(changes: list[tuple[int, int, str]]) -> None:
    rows = [line.split(",") for line in sheet().decode().splitlines()]
    for row, column, value in changes:
        rows[row][column] = value
    groups: tuple[GradedGroup, ...] = ()
    refusal: EvidenceError | None = None
    try:
        groups = read_evidence("\n".join(",".join(row) for row in rows).encode()).groups
    except EvidenceError as error:
        refusal = error
    assert groups or refusal
    assert refusal is None or (refusal.message and refusal.remedy and refusal.path == "figures")
    assert all(graded.share is None or 0 <= graded.share <= 1 for graded in groups)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_bytes_of_any_kind_are_read_or_refused(data: bytes, after_headings: bool) -> None:
    figures = HEAD.encode() + b"\n" + data if after_headings else data
    with contextlib.suppress(EvidenceError):
        read_evidence(figures)
    with contextlib.suppress(EvidenceError):
        read_comparators(figures, load_thresholds())
    with contextlib.suppress(EvidenceError):
        read_recruitment(figures, load_thresholds())
