"""Figures that a statement can't rest on: labels that no statement names, and a grade that is not the advert's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from inclusive_ads import Checker, Settings, Vacancy
from inclusive_ads.cli import main
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.values import Evidence
from inclusive_ads.report import Report

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 12, 1)
HEAD = "org,snapshot_date,scheme,grade,role_family,characteristic,group,count,unknown,total"
CHECKER = Checker(Settings(profile=str(ROOT / "examples" / "profile.yaml"), today=TODAY))


def sheet(about: str, *groups: str, role: str = "") -> bytes:
    rows = []
    for grade, share in (("SEO", 100), ("Grade 7", 10)):
        total = share * len(groups) + 500
        rows += [f"T,2026-03-31,cs,{grade},{role},{about},{group},{share},0,{total}" for group in groups]
        rows.append(f"T,2026-03-31,cs,{grade},{role},{about},everyone else,500,0,{total}")
    return "\n".join([HEAD, *rows]).encode()


ADVERT = """{title}

Location: London

Job summary
You plan each day with a team of four, and make sure that what is needed is there in time for two hundred people.

How to apply
Send us your application by {day}.
"""


def check(title: str, evidence: Evidence, grade: str = "Grade 7", day: str = "20 December 2026") -> Report:
    vacancy = Vacancy(grade=grade, role="Private Office")
    return CHECKER.check(ADVERT.format(title=title, day=day), vacancy=vacancy, evidence=evidence)


def inserted(report: Report) -> list[str]:
    return [one.id for one in report.statements.chosen if one.groups]


def test_figures_without_the_grade_say_which_grades_they_have() -> None:
    report = check("Private Secretary", read_evidence(sheet("ethnicity", "BME")), grade="G8")
    reasons = [one.reason for one in report.statements.refused if one.id == "positive-action"]
    assert reasons == [
        "There are no figures for “G8”: yours are of SEO and Grade 7. Without them no statement names a group."
    ]


def test_figures_tell_their_grades_and_roles() -> None:
    assert example().grades[-3:] == ("Grade 7", "Grade 6", "SCS")
    assert example().roles == ("Policy", "Private Office")
    assert example().covers("G7")
    assert not example().covers("G8")


def example() -> Evidence:
    return read_evidence(ROOT / "examples" / "representation.csv", ROOT / "examples" / "comparators.csv")


@pytest.mark.parametrize(
    ("about", "label", "reason"),
    [
        ("socio-economic background", "lower socio-economic background", "no protected characteristic"),
        ("socio-economic background", "Professional", "no protected characteristic"),
        ("caring responsibilities", "carers", "no protected characteristic"),
        ("working pattern", "part time", "no protected characteristic"),
        ("veteran status", "veterans", "no protected characteristic"),
        ("care experience", "care leavers", "no protected characteristic"),
        ("schooling", "state school", "no protected characteristic"),
        ("nationality", "non-UK", "no protected characteristic"),
        ("ethnicity", "Any other ethnic group", "No group of that name is known"),
        ("ethnicity", "Arab", "No group of that name is known"),
        ("ethnicity", "Cornish", "No group of that name is known"),
        ("ethnicity", "Several backgrounds", "No group of that name is known"),
        ("religion or belief", "Jedi", "No group of that name is known"),
        ("disability", "long-standing illness", "No group of that name is known"),
        ("sex", "intersex", "No group of that name is known"),
        ("age", "16-24", "No group of that name is known"),
    ],
)
def test_a_label_that_no_statement_can_name_is_told_with_the_reason(about: str, label: str, reason: str) -> None:
    evidence = read_evidence(sheet(about, label, role="Private Office"))
    said = [one.reason for one in check("Private Secretary", evidence).statements.refused]
    assert any(f"“{label.lower()}”" in one and reason in one for one in said), said
    assert any(f"“{label.lower()}”" in note for note in evidence.notes), evidence.notes


def test_known_groups_are_not_complained_of() -> None:
    assert example().notes == ()
    said = [one.reason for one in check("Private Secretary", example()).statements.refused]
    assert not any("“" in one and "can name" in one for one in said)


def test_the_command_says_what_no_statement_can_name(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(sheet("socio-economic background", "lower"))
    result = CliRunner().invoke(main, ["evidence", "--representation", str(path)])
    assert "No statement can name “lower”" in result.output


COOKS = [
    "Cook\n\nGrade: AO",
    "Cook\n\nBand 2",
    "Cook (Band 2)",
    "Band 2 Cook",
    "Cook - EO",
    "Assistant Cook, AfC Band 2",
    "Cook\n\nAgenda for Change band: 2",
    "Cook\nSalary: £23,615 (Band 2)",
    "Cook\nBand 2 £23,615 a year",
    "Cook\n\nGrade: C",
    "Cook\n\nGrade: 3",
    "Cook\n\nGrade: Scale 3",
    "Cook\n\nPay grade: NJC 4",
    "Cook\n\nJob grade Administrative Officer Contract type Permanent",
    "Cook\n\nGrade: Band 2 or Band 3",
    "Cook\n\nPay band: Band 2/3",
    "Cook\n\nGrade: EO to HEO",
    "Cook\n\nGrade AA/AO",
    "Cook\n\nGrade: SEO",
    "Cook\n\nGrade: Grade 6",
]


@pytest.mark.parametrize("title", COOKS)
def test_a_record_for_grade_7_is_not_put_into_an_advert_of_another_grade(title: str) -> None:
    report = check(title, example())
    assert inserted(report) == []
    assert any("differ (grade or band" in one.reason for one in report.statements.refused)
    assert any("you said Grade 7" in problem.message for problem in report.statements.problems)


@pytest.mark.parametrize(
    "title",
    [
        "Private Secretary\n\nGrade: Grade 7",
        "Private Secretary (G7)",
        "Private Secretary\n\nGrade: SEO or Grade 7",
        "Private Secretary\n\nGrade: G6/G7",
        "Private Secretary\n\nGrade: SEO to Grade 7",
        "Private Secretary",
    ],
)
def test_an_advert_of_the_grade_that_was_given_gets_its_statement(title: str) -> None:
    assert inserted(check(title, example())) == ["private-office-grade-7-ethnicity"]


def test_the_closing_date_of_the_advert_counts_for_the_age_of_the_figures() -> None:
    assert inserted(check("Private Secretary", example(), day="31 March 2027"))
    report = check("Private Secretary", example(), day="1 April 2027")
    assert inserted(report) == []
    later = example_profile_reviewed_later()
    vacancy = Vacancy(grade="Grade 7", role="Private Office")
    advert = ADVERT.format(title="Private Secretary", day="1 April 2027")
    refused = later.check(advert, vacancy=vacancy, evidence=example()).statements.refused
    assert any("of 31 March 2026: on 1 April 2027" in one.reason and "older_figures" in one.remedy for one in refused)


def example_profile_reviewed_later() -> Checker:
    checker = Checker(CHECKER.settings)
    record = checker.profile.records[0].model_copy(update={"review_by": date(2028, 3, 31)})
    checker.profile = checker.profile.model_copy(update={"records": (record,)})
    return checker


def test_the_statement_says_what_it_was_compared_with_and_why() -> None:
    (one,) = [one for one in check("Private Secretary", example()).statements.chosen if one.groups]
    assert "22.1% in SEO in Private Office" in one.reasons[0]
    assert "Promotion to this grade is from SEO" in one.reasons[0]


def test_a_statement_on_figures_of_two_grades_says_so() -> None:
    rows = [
        f"T,2026-03-31,cs,{grade},Private Office,ethnicity,{group},{number},0,{total}"
        for grade, minority, total in (("SEO", 100, 400), ("G6/G7", 10, 200))
        for group, number in (("ethnic minority", minority), ("white", total - minority))
    ]
    report = check("Private Secretary", read_evidence("\n".join([HEAD, *rows]).encode()))
    (one,) = [one for one in report.statements.chosen if one.groups]
    assert "under-represented at Grades 6 and 7 in our Private Offices" in one.text
