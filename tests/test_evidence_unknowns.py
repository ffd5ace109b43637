"""People whose characteristic is unknown: all are counted, and silence about them is not taken for nobody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.thresholds import load_thresholds
from inclusive_ads.evidence.values import GradedGroup

HEAD = "Status,Year,{},Responsibility_level_grouped,Headcount"
SEO = ("Ethnic minority,SEO,300", "White,SEO,900", "Unknown,SEO,0")
KNOWN = ("Ethnic minority,Grade 7,20", "White,Grade 7,130")
MAPPING = {
    "org": "=Trust",
    "snapshot_date": "=2026-03-31",
    "scheme": "=cs",
    "grade": "level",
    "characteristic": "=ethnicity",
    "group:BME": "bme",
    "group:white": "white",
}


def statistics(*rows: str, about: str = "Ethnicity") -> bytes:
    return "\n".join([HEAD.format(about), *(f"In post,2026,{row}" for row in rows)]).encode()


def grade_7(data: bytes, group: str = "ethnic-minority", mapping: dict[str, str] | None = None) -> GradedGroup:
    found = read_evidence(data, mapping=mapping).for_post(grade="Grade 7")
    return next(graded for graded in found if graded.group == group)


@pytest.mark.parametrize(
    "labels",
    [
        ("Unknown", "Undeclared"),
        ("Not declared", "Not reported"),
        ("Prefer not to say", "Not stated"),
        ("Unknown", "Undeclared", "Withheld"),
    ],
)
@pytest.mark.parametrize("total", [True, False])
def test_rows_of_unknowns_are_added_also_where_they_are_equal(labels: tuple[str, ...], total: bool) -> None:
    rows = [f"{label},Grade 7,40" for label in labels]
    everyone = [f"All employees,Grade 7,{150 + 40 * len(labels)}"] if total else []
    graded = grade_7(statistics(*SEO, *KNOWN, *rows, *everyone))
    assert (graded.level, graded.record["figures"]["unknown"]) == ("insufficient", "over 30%")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([0, 5, 10, 40, 65]), min_size=1, max_size=4))
def test_many_rows_say_what_one_row_of_their_sum_says(counts: list[int]) -> None:
    names = ("Unknown", "Undeclared", "Not stated", "Refused")
    several = [f"{name},Grade 7,{count}" for name, count in zip(names, counts, strict=False)]
    one = grade_7(statistics(*SEO, *KNOWN, f"Unknown,Grade 7,{sum(counts)}"))
    assert grade_7(statistics(*SEO, *KNOWN, *several)) == one


def test_a_row_of_unknowns_that_stands_twice_is_refused() -> None:
    with pytest.raises(EvidenceError, match="'unknown' stands twice, here and in row 7") as caught:
        read_evidence(statistics(*SEO, *KNOWN, "Unknown,Grade 7,40", "Unknown,Grade 7,40"))
    assert (caught.value.row, caught.value.column) == (8, "Headcount")


def test_hidden_unknowns_are_taken_at_their_highest() -> None:
    hidden = grade_7(statistics(*SEO, *KNOWN, "Unknown,Grade 7,[c]", "Undeclared,Grade 7,60"))
    assert hidden == grade_7(statistics(*SEO, *KNOWN, "Unknown,Grade 7,64"))


def test_a_column_beside_the_rows_is_their_sum() -> None:
    head = "org,snapshot_date,scheme,grade,characteristic,group,count,unknown,total"
    rows = ["ethnic minority,20", "white,130", "unknown,25", "undeclared,25"]

    def sheet(unknown: int) -> bytes:
        lines = [f"Test,2026-03-31,cs,Grade 7,ethnicity,{row},{unknown},200" for row in rows]
        return "\n".join([head, *lines]).encode()

    assert grade_7(sheet(50)).record["figures"]["unknown"] == "10% to 30%"
    with pytest.raises(EvidenceError, match="add up to 50, and this says 25"):
        read_evidence(sheet(25))


def test_a_column_of_unknowns_in_a_mapping_is_no_group() -> None:
    data = b"level,bme,white,a,b\nSEO,300,900,0,0\nGrade 7,20,130,40,40\n"
    graded = grade_7(data, mapping=MAPPING | {"group:Unknown": "a", "group:Prefer not to say": "b"})
    assert (graded.level, graded.record["figures"]["unknown"]) == ("insufficient", "over 30%")


@pytest.mark.parametrize("total", [[], ["All employees,Grade 7,150"]])
def test_a_file_without_unknowns_is_not_taken_for_one_in_which_nobody_is_unknown(total: list[str]) -> None:
    graded = grade_7(statistics(*SEO, *KNOWN, *total))
    assert (graded.level, graded.supported) == ("insufficient", False)
    assert graded.record["figures"]["unknown"] == "not given"
    assert any("write 0 where nobody is unknown" in reason for reason in graded.reasons)
    assert grade_7(statistics(*SEO, *KNOWN, *total, "Unknown,Grade 7,0")).level == "strong"


def test_a_standard_file_without_the_column_and_a_mapping_without_it() -> None:
    head = "org,snapshot_date,scheme,grade,characteristic,group,count,total"
    rows = [f"Test,2026-03-31,cs,Grade 7,ethnicity,{group}" for group in ("ethnic minority,20,150", "white,130,150")]
    assert grade_7("\n".join([head, *rows]).encode()).record["figures"]["unknown"] == "not given"
    data = b"level,bme,white\nSEO,300,900\nGrade 7,20,130\n"
    assert grade_7(data, mapping=MAPPING).level == "insufficient"
    assert grade_7(data, mapping=MAPPING | {"unknown": "=0"}).level == "strong"
    with pytest.raises(EvidenceError, match="not a whole number"):
        read_evidence(data, mapping=MAPPING | {"unknown": "=few"})


def test_one_silent_grade_makes_a_pool_silent() -> None:
    small = ("Ethnic minority,Grade 7,1", "White,Grade 7,7", "Unknown,Grade 7,0")
    near = ("Ethnic minority,Grade 6,5", "White,Grade 6,20")
    graded = grade_7(statistics(*small, *near))
    assert graded.record["pooled"]["over"] == "grades"
    assert graded.record["figures"]["unknown"] == "not given"


def test_payroll_knows_the_sex_of_everyone() -> None:
    rows = ["Female,SEO,600", "Male,SEO,600", "Female,Grade 7,30", "Male,Grade 7,130"]
    assert grade_7(statistics(*rows, about="Sex"), "women").level == "strong"
    told = grade_7(statistics(*rows, "Unknown,Grade 7,80", about="Sex"), "women")
    assert told.record["figures"]["unknown"] == "over 30%"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("BME,Grade 7,20", "'bme' and 'ethnic minority' .row 5. mean the same"),
        ("White,G7,130", "'g7' and 'grade 7' .row 6. mean the same"),
        ("Ethnic minorities,Grade 7,20", "mean the same"),
    ],
)
def test_two_names_of_one_group_or_grade_are_not_taken_for_a_repeated_row(row: str, said: str) -> None:
    with pytest.raises(EvidenceError, match=said):
        read_evidence(statistics(*SEO, *KNOWN, row))


def test_one_role_in_two_spellings_is_one_role() -> None:
    head = "org,snapshot_date,scheme,grade,role_family,characteristic,group,count,unknown,total"
    rows = [
        f"Test,2026-03-31,cs,Grade 7,{role},ethnicity,white,{n},0,150" for role, n in (("Policy", 130), ("policy", 120))
    ]
    with pytest.raises(EvidenceError, match="differs from row 2"):
        read_evidence("\n".join([head, *rows]).encode())


@pytest.mark.parametrize("label", load_thresholds().labels.unknown)
def test_every_label_of_the_unknown_is_no_group(label: str) -> None:
    cell = f'"{label}"'
    graded = grade_7(statistics(*SEO, *KNOWN, f"{cell},Grade 7,90"))
    assert graded.record["figures"]["unknown"] == "over 30%"
