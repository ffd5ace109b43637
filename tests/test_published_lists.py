"""Figures as employers send them in: codes of the staff record, lists of groups, a council's table."""

from __future__ import annotations

import pytest
from published import DAY, WRES, changed, counts, read, refused, rows, written
from workbook_files import Rows, ods, xlsx

from inclusive_ads.evidence.asking import Asked
from inclusive_ads.evidence.grading import read_evidence

# The electronic staff record, and lists of groups in parts

ESR = rows("esr")
LETTERS = {"A": "white", "C": "white", "D": "ethnic-minority", "H": "ethnic-minority", "R": "ethnic-minority"}


def test_the_letters_of_the_national_list_are_added_up() -> None:
    found = counts(ESR, Asked(as_at=DAY))
    at = ("Nursing and Midwifery Registered", "Band 5")
    number = {str(row[3])[0]: int(str(row[4])) for row in ESR[1:] if row[2] == "Band 5"}
    assert found[(*at, "white")] == sum(number[one] for one in "ABC")
    assert found[(*at, "ethnic-minority")] == sum(number[one] for one in number if one not in "ABCZ")
    assert found[(*at, "z not stated")] == number["Z"]
    assert {group for _, _, group in found} == {"white", "ethnic-minority", "z not stated"}
    (told,) = (note for note in read("esr").notes if "white'" in note)
    assert told == "Added up as 'white': A White - British, B White - Irish, C White - Any other White background."


@pytest.mark.parametrize(
    ("label", "group"),
    [
        ("CA White English", "white"),
        ("CP White Polish", "white"),
        ("GF Mixed - Other/Unspecified", "ethnic-minority"),
        ("LE Asian Sri Lankan", "ethnic-minority"),
        ("PC Black Nigerian", "ethnic-minority"),
        ("SC Filipino", "ethnic-minority"),
        ("White British", "white"),
        ("Pakistani", "ethnic-minority"),
    ],
)
def test_finer_codes_and_names_are_parts_too(label: str, group: str) -> None:
    head, *below = ESR
    further = [[*below[0][:3], label, 7, 7], *([*row[:3], label, 7, 7] for row in below if "Band 6" in row)]
    before, after = counts(ESR, Asked(as_at=DAY)), counts([head, *below, further[0]], Asked(as_at=DAY))
    at = ("Nursing and Midwifery Registered", "Band 5", group)
    assert (after[at] or 0) - (before[at] or 0) == 7


@pytest.mark.parametrize("label", ["NA Not available", "X Something", "I Irish", "AB Test", "a white - british x"])
def test_letters_that_are_not_on_the_list_are_refused(label: str) -> None:
    refused(changed(ESR, "R Chinese", 3, label), "no group that is known", Asked(as_at=DAY))


def test_a_part_that_is_hidden_cannot_be_added_up() -> None:
    error = refused(changed(ESR, "K Asian or Asian British - Bangladeshi", 4, "*"), "is hidden", Asked(as_at=DAY))
    assert (error.row, error.column) == (11, "Headcount")


def test_a_group_and_its_parts_must_agree() -> None:
    white = [["Example Valley NHS Trust (made-up figures)", ESR[1][1], "Band 5", "White", 368, 300]]
    assert counts([*ESR, *white], Asked(as_at=DAY)) == counts(ESR, Asked(as_at=DAY))
    white[0][4] = 380
    refused([*ESR, *white], "add up to 368, and this says 380", Asked(as_at=DAY))


def test_groups_that_overlap_are_refused() -> None:
    asian = ["Example Valley NHS Trust (made-up figures)", ESR[1][1], "Band 5", "Asian", 120, 100]
    refused([*ESR, asian], "'asian' is part of", Asked(as_at=DAY))


def test_codes_in_columns() -> None:
    codes = [str(row[3]) for row in ESR[1:] if row[2] == "Band 5"]
    numbers = {(row[2], row[3]): row[4] for row in ESR[1:]}
    bands = ("Band 5", "Band 6", "Band 7")
    table: Rows = [
        ["Staff Group", "Pay Grade", *codes, "Grand Total"],
        *(
            ["Nursing", band, *values, sum(int(str(value)) for value in values)]
            for band in bands
            if (values := [numbers.get((band, code), 0) for code in codes])
        ),
    ]
    found = counts(table, Asked(organisation="Trust", as_at=DAY))
    assert found[("Nursing", "Band 5", "white")] == 368
    assert found[("Nursing", "Band 5", "total")] == sum(int(str(numbers["Band 5", code])) for code in codes)


def test_a_return_without_the_rows_that_name_its_parts_is_refused() -> None:
    bare = [row for row in WRES if not str(row[1]).startswith(("1a", "1b", "Of which"))]
    assert "Non clinical" in refused(bare, "says which staff follow").remedy


def test_sums_in_a_return_are_named_as_not_read() -> None:
    table = [*WRES[:20], ["", "Total non clinical", "Headcount", 1396, 271, 40, ""], *WRES[20:]]
    assert counts(table) == counts(WRES)
    assert any("'Total non clinical' (row 21)" in note for note in read(table).notes)


def test_a_share_in_a_row_of_its_own_is_no_headcount() -> None:
    table = [*WRES[:7], ["", "Band 5", "%", "70%", "20%", "10%", ""], *WRES[7:]]
    assert counts(table) == counts(WRES)


# Councils and others

COUNCIL: Rows = [
    ["Grade", "Ethnic Group", "Headcount"],
    ["Grade 1", "White", 800],
    ["Grade 1", "Asian", 60],
    ["Grade 1", "Not stated", 40],
    ["Grade 2", "White", 300],
    ["Grade 2", "Asian", "*"],
    ["Grade 2", "Not stated", 9],
    ["Total", "White", 1100],
]
TOWN = Asked(organisation="Our Town", as_at=DAY)


def test_a_grade_a_characteristic_and_a_headcount_are_enough() -> None:
    found = read(COUNCIL, TOWN)
    assert [(one.grade, one.group, one.hidden) for one in found.groups] == [
        ("Grade 1", "asian", ""),
        ("Grade 1", "white", ""),
        ("Grade 2", "asian", "small"),
        ("Grade 2", "white", "withheld"),
    ]
    assert {(one.org, one.snapshot_date) for one in found.groups} == {("Our Town", DAY)}
    assert "--figures-of" in refused(COUNCIL, "whose figures").remedy


@pytest.mark.parametrize(
    ("heading", "label", "group"),
    [
        ("Disability", "Disabled", "disabled"),
        ("Sex", "Female", "women"),
        ("Gender", "Women", "women"),
        ("Ethnicity", "Black or Black British", "black"),
        ("Sexual Orientation", "LGB", "lgbo"),
        ("Ethnic Origin", "BME", "ethnic-minority"),
    ],
)
def test_the_heading_says_the_characteristic(heading: str, label: str, group: str) -> None:
    table = changed(changed(COUNCIL, "Asian", 1, label), "Ethnic Group", 1, heading)
    assert group in {one.group for one in read([row for row in table if row[1] != "White"], TOWN).groups}


def test_without_a_grade_the_figures_are_of_all_grades_and_of_no_single_one() -> None:
    table: Rows = [["Ethnic Group", "Headcount"], ["White", 800], ["Asian", 60], ["Not stated", 40], ["Total", 900]]
    shares = "name,characteristic,group,share,n,source,date\nOur area,ethnicity,asian,14%,,Census,2021-03-21"
    found = read_evidence(written(table), shares.encode(), asked=TOWN)
    assert [(one.grade, one.group, str(one.level)) for one in found.groups] == [
        ("All grades", "asian", "strong"),
        ("All grades", "white", "insufficient"),
    ]
    assert found.for_post(grade="Grade 7") == ()


WIDE: Rows = [
    ["Grade", "White", "%", "BME", "%", "Not stated", "%", "Total"],
    ["Grade 1", 800, "80%", 150, "15%", 50, "5%", "1,000"],
    ["Grade 2", 400, "89%", 40, "9%", 10, "2%", 450],
    ["Total", "1,200", "83%", 190, "13%", 60, "4%", "1,450"],
]


def test_a_column_for_each_group_beside_its_share() -> None:
    shares = {(one.grade, one.group): one.share for one in read(WIDE, TOWN).groups}
    assert shares[("Grade 2", "ethnic-minority")] == pytest.approx(40 / 440)
    halves: Rows = [
        ["Grade", "White", "", "BME", "", "Not stated", ""],
        ["", "Number", "%", "Number", "%", "Number", "%"],
        *(row[:7] for row in WIDE[1:3]),
    ]
    for data in (written(halves), xlsx({"W": halves}, merged={"W": ["B1:C1", "D1:E1", "F1:G1"]}), ods({"W": halves})):
        found = {(one.grade, one.group): one.share for one in read_evidence(data, asked=TOWN).groups}
        assert found == pytest.approx(shares)
    refused(changed(WIDE, "Grade 2", 3, 41), "do not add up|more people", TOWN)


def test_people_of_a_directorate_are_refused_with_the_place() -> None:
    table = [["Directorate", *COUNCIL[0]], *(["North", *row] for row in COUNCIL[1:]), ["South", "Grade 1", "White", 7]]
    error = refused(table, "parted by 'Directorate'", TOWN)
    assert (error.row, error.column) == (9, "Directorate")


def test_headings_that_stand_again_on_each_page_are_no_figures() -> None:
    paged = [*COUNCIL[:4], COUNCIL[0], *COUNCIL[4:]]
    assert read(paged, TOWN).groups == read(COUNCIL, TOWN).groups


def test_a_row_for_each_person_is_refused_though_the_rows_are_alike() -> None:
    people = [COUNCIL[0], *(["Grade 1", "White" if at % 2 else "Asian", 1] for at in range(40))]
    assert refused(people, "list of people", TOWN).code == "people"


def test_a_wrong_label_is_named_with_its_place() -> None:
    error = refused(changed(COUNCIL, "Asian", 1, "Asain"), "'Asain' is no group that is known", TOWN)
    assert (error.row, error.column, error.sheet) == (3, "Ethnic Group", "Data")
