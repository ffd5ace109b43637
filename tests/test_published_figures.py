"""Figures as bodies publish them or send them in: each layout known by its labels, as CSV and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from published import ASKED, DAY, KINDS, PUBLISHED, WRES, changed, counts, read, refused, rows, written
from workbook_files import Cell, Rows, xlsx

from inclusive_ads.cli import main
from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.asking import Asked
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.thresholds import load_thresholds


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ASKED)
def test_a_workbook_of_a_layout_says_what_its_csv_says(name: str, kind: str) -> None:
    book = KINDS[kind]({"Cover": [["Made up"]], "Figures": rows(name), "Notes": [["1", "A note"]]})
    found = read_evidence(book, asked=ASKED[name])
    assert found.groups == read(name).groups
    assert found.groups
    assert "The sheet 'Figures' was read." in found.notes


@pytest.mark.parametrize(
    ("name", "grade", "role", "group", "level"),
    [
        ("civil-service", "G7", "", "asian", "moderate"),
        ("wres-return", "Band 8a", "Clinical", "ethnic-minority", "strong"),
        ("wres-return", "Consultants", "", "ethnic-minority", "none"),
        ("wdes-return", "Consultants", "", "disabled", "moderate"),
        ("esr", "Band 8 - Range A", "", "ethnic-minority", "strong"),
        ("council", "Grade 9 to 12", "", "asian", "moderate"),
    ],
)
def test_what_each_layout_shows(name: str, grade: str, role: str, group: str, level: str) -> None:
    groups = read(name).for_post(grade=grade, role=role)
    assert {one.group: str(one.level) for one in groups}[group] == level


def test_the_command_reads_a_workbook(tmp_path: Path) -> None:
    book = tmp_path / "statistics.xlsx"
    book.write_bytes(xlsx({"Cover": [["Made up"]], "Data": rows("civil-service")}))
    args = ["evidence", "--grade", "G7", "--representation"]
    asks = CliRunner().invoke(main, [*args, str(book)])
    assert asks.exit_code == 2
    assert "sheet 'Data'" in asks.stderr
    assert "--figures-of" in asks.stderr
    assert "Office of Tides" in asks.stderr
    result = CliRunner().invoke(main, [*args, str(book), "--figures-of", "Lanterns", "--sheet", "Data"])
    assert result.exit_code == 0
    assert "Only the figures of 'Department for Lanterns (made-up figures)' were read, of 2" in result.stdout
    plain = CliRunner().invoke(main, [*args, str(PUBLISHED / "civil-service.csv"), "--figures-of", "Lanterns"])
    assert plain.stdout.split("\n\n")[:4] == result.stdout.split("\n\n")[:4]


# Civil Service statistics

CS = rows("civil-service")
LANTERNS = ASKED["civil-service"]


def test_a_department_that_is_not_there_or_not_the_only_one() -> None:
    assert "Office of Tides" in refused(CS, "No organisation has", Asked(organisation="Lantern Office")).remedy
    refused(CS, "Several organisations have", Asked(organisation="made-up"))
    assert {one.org for one in read(CS, LANTERNS).groups} == {"Department for Lanterns (made-up figures)"}


def test_a_file_of_one_department_needs_no_choice() -> None:
    assert read([CS[0], *(row for row in CS if "Tides" in str(row[2]))]).groups


@pytest.mark.parametrize("year", [2026, "2026", "31/03/2026", "31 March 2026"])
def test_the_year_however_it_is_written(year: Cell) -> None:
    assert {one.snapshot_date for one in read(changed(CS, "In post", 1, year), LANTERNS).groups} == {DAY}


def test_one_of_several_years_can_be_asked_for() -> None:
    both = [*CS, *changed(CS, "In post", 1, 2025)[1:]]
    older = Asked(organisation="Lanterns", as_at=date(2025, 3, 31))
    assert {one.snapshot_date for one in read(both, older).groups} == {date(2025, 3, 31)}
    refused(CS, "no figures of 31 March 2024", Asked(organisation="Lanterns", as_at=date(2024, 3, 31)))


@pytest.mark.parametrize(
    ("heading", "grades"),
    [
        ("Responsibility_level_ungrouped", ["AA", "AO", "EO", "HEO", "SEO", "G7", "G6", "SCS level"]),
        ("Responsibility_level", ["AA/AO", "EO", "SEO/HEO", "G6/G7", "SCS"]),
        ("Responsibility level", ["Administrative Officers and Assistants", "Executive Officers", "Grades 6 and 7"]),
    ],
)
def test_levels_grouped_and_ungrouped(heading: str, grades: list[str]) -> None:
    labels = ("Declared disabled", "Declared non-disabled", "Undeclared", "Unknown")
    table: Rows = [
        ["Status", "Year", "Disability", heading, "Headcount", "FTE"],
        *(["In post", 2026, label, grade, 100 * (at + 1), 90] for grade in grades for at, label in enumerate(labels)),
    ]
    found = read(table)
    assert [one.grade for one in found.groups if one.group == "disabled"] == [
        load_thresholds().grade(grade) for grade in grades
    ]
    assert {(one.group, one.characteristic) for one in found.groups} == {
        ("disabled", "disability"),
        ("non-disabled", "disability"),
    }
    assert all(one.record["figures"]["unknown"] == "up to 75%" or one.record for one in found.groups)


@pytest.mark.parametrize(
    ("heading", "labels", "groups"),
    [
        ("Sex", ("Female", "Male"), {"women", "men"}),
        ("Sexual_orientation", ("LGBO", "Heterosexual / straight", "Undeclared", "Unknown"), {"lgbo", "heterosexual"}),
        ("Ethnicity", ("Ethnic minority", "White", "Not declared"), {"ethnic-minority", "white"}),
    ],
)
def test_the_characteristic_is_the_heading(heading: str, labels: tuple[str, ...], groups: set[str]) -> None:
    table: Rows = [
        ["Status", "Year", heading, "Responsibility_level_grouped", "Headcount"],
        *(["In post", 2026, label, grade, 400] for grade in ("EO", "G6/G7") for label in labels),
    ]
    assert {one.group for one in read(table).groups} == groups


@pytest.mark.parametrize("heading", ["Sex", "Region_ITL1", "Region_london", "Disability", "Age"])
def test_people_who_are_parted_twice_are_refused_unless_put_together_too(heading: str) -> None:
    def parted(*values: str) -> Rows:
        head, *below = [row for row in CS if "Tides" not in str(row[2])]
        return [[*head, heading], *([*row, value] for row in below for value in values)]

    error = refused(parted("One", "Two"), f"parted by '{heading}' as well")
    assert (error.row, error.column) == (3, heading)
    assert read(parted("One", "All", "Two")).groups == read(CS, LANTERNS).groups
    only = read(parted("One"))
    assert only.groups == read(CS, LANTERNS).groups
    assert f"All figures are of 'One' ({heading})." in only.notes


def test_a_function_is_a_role() -> None:
    table = [[*CS[0], "Function_of_post"], *([*row, "Analysis"] for row in CS[1:])]
    assert {one.role for one in read(table, LANTERNS).groups} == {"Analysis"}


@pytest.mark.parametrize("label", ["Whte", "Asain", "Notes", "White and others", "12"])
def test_a_label_that_nobody_knows_is_no_group_of_its_own(label: str) -> None:
    error = refused(changed(CS, "Mixed", 3, label), "no group that is known", LANTERNS)
    assert (error.row, error.column, error.sheet) == (14, "Ethnicity", "Data")


@pytest.mark.parametrize("level", ["Grade 5", "Band 5", "G6/G8"])
def test_a_level_that_nobody_knows_is_refused(level: str) -> None:
    refused(changed(CS, "G6/G7", 4, level), "not a grade of the scheme", LANTERNS)


def test_people_of_no_known_level_and_leavers_are_passed_over_and_told() -> None:
    notes = read(CS, Asked(organisation="Tides")).notes
    assert "Rows of people whose grade is not known that were passed over: 6." in notes
    assert "Rows of people not in post that were passed over: 1." in notes


TABLE: Rows = [
    ["Table 12"],
    ["Civil Service by level and ethnicity [note 1], 31 March 2026"],
    ["Responsibility level", "Headcount", "", "", "", "FTE", "", "", ""],
    ["", "White", "Ethnic minority", "Not declared", "Total", "White", "Ethnic minority", "Not declared", "Total"],
    ["Senior Civil Service level [note 2]", "1,500", 60, "[c]", 1560, 1490, 60, "[c]", 1550],
    ["Grades 6 and 7", 9000, 900, 500, "10,400", 8900, 890, 490, 10280],
    ["Senior and Higher Executive Officers", 20000, 4000, 1000, 25000, 19000, 3900, 990, 23890],
    ["All employees", 30500, 4960, 1500, 36960, 29390, 4850, 1480, 35720],
    ["Source: a survey that we made up"],
]


@pytest.mark.parametrize("merged", [[], ["B3:E3", "F3:I3", "A3:A4"]])
def test_a_table_with_two_rows_of_headings_and_two_ways_of_counting(merged: list[str]) -> None:
    found = read_evidence(xlsx({"Table 12": TABLE}, merged={"Table 12": merged}))
    groups = {one.group: one for one in found.for_post(grade="G6")}
    assert groups["ethnic-minority"].share == pytest.approx(900 / 9900)
    assert groups["ethnic-minority"].snapshot_date == DAY
    assert "The columns under 'Headcount' were read." in found.notes
    assert "The figures are read as those of 31 March 2026, which stands above them." in found.notes


def test_a_day_must_be_said_once() -> None:
    assert "--as-at" in refused([TABLE[0], ["Staff"], *TABLE[2:]], "does not say of which day").remedy
    refused([TABLE[0], ["From 31 March 2025 to 31 March 2026"], *TABLE[2:]], "names several days")
    asked = Asked(as_at=date(2026, 9, 30))
    assert {one.snapshot_date for one in read(TABLE, asked).groups} == {date(2026, 9, 30)}


# Returns of the workforce race and disability equality standards

WDES = rows("wdes-return")


def test_a_return_is_read_by_its_parts() -> None:
    found = counts(WRES)
    assert {role for role, grade, _ in found if grade != "Board"} == {"Non-clinical", "Clinical", "Medical and dental"}
    assert found[("Clinical", "Band 8a", "ethnic-minority")] == 22
    assert found[("Non-clinical", "VSM", "white")] == 11
    assert found[("Medical and dental", "Non-consultant career grades", "white")] == 42
    assert found[("Medical and dental", "Other medical and dental grades", "unknown")] == 1
    assert {grade for role, grade, _ in found if role == "Medical and dental"} == {
        "Consultants",
        "Non-consultant career grades",
        "Medical trainee grades",
        "Other medical and dental grades",
    }


def test_rows_of_a_return_that_are_not_read_are_named() -> None:
    (told,) = (note for note in read(WRES).notes if note.startswith("Not read"))
    assert "'of which Senior medical manager' (row 38)" in told
    assert "'Number of shortlisted applicants' (row 42)" in told
    (told,) = (note for note in read(WDES).notes if note.startswith("Not read"))
    assert "'Number of staff entering the formal capability process' (row 44)" in told


def test_the_metric_for_disability_is_read_alike() -> None:
    found = counts(WDES)
    assert found[("Medical and dental", "Consultants", "disabled")] == 5
    assert {one.characteristic for one in read(WDES).groups} == {"disability"}


@pytest.mark.parametrize(
    ("label", "grade"),
    [
        ("Band 8 - Range A", "Band 8a"),
        ("Band 8 - Range D", "Band 8d"),
        ("8b", "Band 8b"),
        ("<1", "Under Band 1"),
        ("Very Senior Manager", "VSM"),
        ("BAND 9", "Band 9"),
    ],
)
def test_bands_by_their_other_names(label: str, grade: str) -> None:
    old = next(str(row[1]) for row in WRES if load_thresholds().grade(str(row[1])) == grade)
    assert counts(changed(WRES, old, 1, label)) == counts(WRES)


def test_a_band_that_nobody_knows_is_refused() -> None:
    error = refused(changed(WRES, "Band 8C", 1, "Band 8F"), "not a grade of the scheme 'afc'")
    assert error.row == 17


@pytest.mark.parametrize(
    "says",
    ["1b) Clinical workforce of which Non Medical", "Clinical", "1b. Clinical workforce", "CLINICAL (non medical)"],
)
def test_a_part_by_what_its_row_says(says: str) -> None:
    assert counts(changed(WRES, "1b) Clinical workforce of which Non Medical", 1, says)) == counts(WRES)


def test_a_part_that_is_merged_beside_its_rows() -> None:
    table: Rows = [
        ["Trust: Made-up Trust", "31 March 2026"],
        ["INDICATOR", "PART", "DATA ITEM", "MEASURE", "WHITE", "BME", "UNKNOWN/NULL"],
        ["1", "Non Clinical", "Band 5", "Headcount", 150, 30, 5],
        ["", "", "Band 6", "Headcount", 120, 22, 4],
        ["", "Clinical", "Band 5", "Headcount", 610, 420, 24],
        ["", "", "Band 6", "Headcount", 540, 260, 18],
        ["", "Total", "Total", "", 1420, 732, 51],
    ]
    found = read_evidence(xlsx({"1": table}, merged={"1": ["A3:A7", "B3:B4", "B5:B6"]}))
    assert {(one.role, one.grade) for one in found.groups if one.role} == {
        (role, band) for role in ("Non-clinical", "Clinical") for band in ("Band 5", "Band 6")
    }
    assert {one.org for one in found.groups} == {"Made-up Trust"}


def test_of_two_years_side_by_side_the_later_is_read() -> None:
    def beside(row: Sequence[Cell]) -> list[Cell]:
        numbers = row[3:6]
        return [*row[:3], *(number + 1 if isinstance(number, int) else number for number in numbers), *numbers, row[6]]

    table = [beside(row) for row in WRES if "Staff in post on 31 March 2026" not in row]
    at = next(index for index, row in enumerate(table) if "DATA ITEM" in row)
    table.insert(at, ["", "", "", "31st MARCH 2025", "", "", "31st MARCH 2026", "", "", ""])
    assert counts(table) == counts(WRES)
    notes = read(table).notes
    assert "The columns under '31st MARCH 2026' were read." in notes
    assert "The figures are read as those of 31 March 2026, which stands above them." in notes


def test_clusters_are_read_alone_and_left_out_beside_their_bands() -> None:
    head: Rows = [
        ["Trust", "Made-up Trust"],
        ["31/03/2026"],
        ["METRIC", "DATA ITEM", "DISABLED", "NON-DISABLED", "UNKNOWN"],
    ]
    clusters: Rows = [
        ["1", "1a) Non Clinical Staff", "", "", ""],
        ["", "Cluster 1 (Bands <1 - 4)", 40, 700, 90],
        ["", "Cluster 2 (Bands 5 - 7)", 30, 520, 80],
        ["", "Cluster 3 (Bands 8a - 8b)", 3, 110, 20],
        ["", "Cluster 4 (Bands 8c - 9 & VSM)", 1, 60, 9],
        ["", "Of which Medical & Dental", "", "", ""],
        ["", "Cluster 5 (Medical & Dental staff, Consultants)", 2, 160, 30],
    ]
    grades = {one.grade for one in read([*head, *clusters]).groups}
    assert grades == {
        "Bands 1 to 4 and under",
        "Bands 5, 6 and 7",
        "Bands 8a and 8b",
        "Bands 8c to 9 and VSM",
        "Consultants",
    }
    assert read([*head, *clusters]).for_post(grade="Band 6")[0].grade == "Bands 5, 6 and 7"
    single: Rows = [["", f"Band {number}", 10, 170, 25] for number in (5, 6, 7)]
    both = [*head, clusters[0], *single, *clusters[2:]]
    assert ("Non-clinical", "Band 6", "disabled") in counts(both)
    assert not [grade for _, grade, _ in counts(both) if grade == "Bands 5, 6 and 7"]
    assert any("Cluster 2" in note for note in read(both).notes)


def test_a_return_as_a_plain_table_may_hold_medical_grades() -> None:
    table: Rows = [
        ["Trust", "Reporting date", "Staff group", "Band", "White", "BME", "Unknown/Null"],
        *(["Made-up Trust", "2026-03-31", "Clinical", f"Band {band}", 300, 120, 9] for band in (5, 6, 7)),
        ["Made-up Trust", "2026-03-31", "Medical and dental", "Non-consultant career grade", 60, 90, 5],
        ["Made-up Trust", "2026-03-31", "Medical and dental", "Consultants", 140, 70, 5],
    ]
    found = read(table)
    assert {one.grade for one in found.groups} == {
        "Band 5",
        "Band 6",
        "Band 7",
        "Consultants",
        "Non-consultant career grades",
    }
    refused(changed(table, "Band 7", 3, "Band 77"), "not a grade of the scheme 'afc'")


@pytest.mark.parametrize("mark", ["*", "[c]", "<5", "–"])
def test_a_hidden_number_of_a_return_is_no_nought(mark: str) -> None:
    assert counts(changed(WRES, "Band 8D", 4, mark))[("Non-clinical", "Band 8d", "ethnic-minority")] is None


def test_a_blank_number_of_a_return_is_refused() -> None:
    error = refused(changed(WRES, "Band 8A", 4, ""), "blank")
    assert (error.row, error.column) == (15, "BME")


def test_a_board_is_compared_with_the_workforce_of_which_it_is_no_part() -> None:
    large = changed(WRES, "of which: Voting Board members", 4, 6)
    minority, white = read(large).for_post(grade="Board")
    assert (minority.group, minority.share) == ("ethnic-minority", 6 / 15)
    assert minority.comparator.startswith("the whole workforce")
    assert white.record["wres_indicator_9"]["points"] == pytest.approx(
        100 * (9 / 15 - (white.comparator_share or 0)), abs=0.05
    )
    staff = [one for one in read(WRES).groups if one.grade != "Board"]
    assert staff == [one for one in read(large).groups if one.grade != "Board"]
    assert staff == list(read([row for row in WRES if "oard" not in str(row[1])]).groups)


@pytest.mark.parametrize("few", [0, 1, 4, "*"])
def test_so_small_a_board_shows_no_number_and_is_graded_at_the_highest(few: Cell) -> None:
    found = read(changed(WRES, "of which: Voting Board members", 4, few))
    for one in found.for_post(grade="Board"):
        assert one.share is None
        assert str(few) not in str(one.record.get("figures", {}).get("count")) or few == "*"
    level = {one.group: str(one.level) for one in found.for_post(grade="Board")}["ethnic-minority"]
    assert level in ("none", "insufficient")


def test_the_whole_board_where_the_voting_members_are_not_given() -> None:
    rest = [row for row in WRES if "of which: Voting Board members" not in row]
    assert "Board: the row 'Total Board members' (row 47)." in read(rest).notes
    empty = [[*row[:3], "", "", "", ""] if "of which: Voting Board members" in row else row for row in WRES]
    assert "Board: the row 'Total Board members' (row 47)." in read(empty).notes


@pytest.mark.parametrize(
    ("name", "group", "ratio"), [("wres-return", "ethnic-minority", 1.62), ("wdes-return", "disabled", 1.38)]
)
def test_applicants_of_a_return_are_read_as_recruitment(name: str, group: str, ratio: float) -> None:
    book = xlsx({"Return": rows(name)})
    groups = read_evidence(book, None, book).for_post(grade="Band 8a", role="Clinical")
    (found,) = (one for one in groups if one.group == group)
    assert found.record["recruitment"]["wres_indicator_2"] == ratio
    assert found.record["recruitment"]["grade"] == "all grades"


@pytest.mark.parametrize(
    ("value", "match"), [(2000, "More people than at the step before"), ("", "blank"), ("some", "whole number")]
)
def test_applicants_of_a_return_that_cannot_be(value: Cell, match: str) -> None:
    data = written(changed(WRES, "Number appointed from shortlisting", 3, value))
    with pytest.raises(EvidenceError, match=match) as caught:
        read_evidence(written(WRES), None, data)
    assert (caught.value.row, caught.value.column) == (43, "WHITE")
    with pytest.raises(EvidenceError, match="has no applicants"):
        read_evidence(written(WRES), None, written([row for row in WRES if "shortlist" not in str(row[1])]))
