"""What an advert itself says of its vacancy is read where it is plainly there, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from inclusive_ads import Checker, Document, Vacancy
from inclusive_ads.facts.reading import read_facts, read_vacancy

TODAY = date(2026, 9, 1)

ADVERT = """Policy Adviser

Grade: SEO
Location
Leeds or Croydon
Organisation: Department for Example
Salary: £40,000

You will write advice that Ministers can use. You will work with a Grade 7 in another team.

How to apply
Apply online. The closing date is 23:59 on Sunday 4 October 2026. Interviews are on 20 October 2026.

For an informal chat about the role, please contact Sam Okoro on 01632 960 123 or sam.okoro@department.example.
"""


def read(checker: Checker, text: str, form: str = "text") -> Vacancy:
    return read_vacancy(checker.analyse(Document.from_text(text, format=form)), today=TODAY)


def test_every_fact_of_an_advert_is_read(checker: Checker) -> None:
    assert read(checker, ADVERT) == Vacancy(
        grade="SEO",
        role="Policy Adviser",
        location="Leeds or Croydon",
        organisation="Department for Example",
        closing_date=date(2026, 10, 4),
        contact="Sam Okoro (01632 960 123, sam.okoro@department.example)",
    )


def test_a_fact_says_where_it_stands(checker: Checker) -> None:
    advert = checker.analyse(Document.from_text(ADVERT))
    found = {fact.field: advert.text[fact.start : fact.end] for fact in read_facts(advert, today=TODAY)}
    assert found["grade"] == "SEO"
    assert found["location"] == "Leeds or Croydon"
    assert found["closing_date"] == "Sunday 4 October 2026"
    assert found["contact"].endswith("sam.okoro@department.example")


def test_an_advert_that_says_nothing_gives_nothing(checker: Checker) -> None:
    assert read(checker, "We look for a kind person. You will help people in Leeds to find a home.") == Vacancy()


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Clerk\nGrade: Administrative Officer\nYou file papers.", "AO"),
        ("Clerk\nJob grade\nExecutive Officer\nYou file papers.", "EO"),
        ("Nurse\nPay band: 6\nYou care for people.", "Band 6"),
        ("Nurse\nAgenda for Change Band: Band 8A\nYou care for people.", "Band 8a"),
        ("Nurse – Band 5\nYou care for people.", "Band 5"),
        ("Nurse\nSalary: Band 7 £43,000\nYou care for people.", "Band 7"),
        ("Analyst (HEO)\nYou count things.", "HEO"),
        ("Officer\n£31,850 | Executive Officer | Leeds\nYou check papers.", "EO"),
        ("Planner\nGrade: PO2\nYou draw maps.", "PO2"),
        ("Head of Team\nGrade: G7\nYou lead.", "Grade 7"),
        ("Clerk Salary £24,900 Grade AO Location Peterborough Contract Fixed term. You file papers.", "AO"),
    ],
)
def test_a_grade_is_read(checker: Checker, text: str, grade: str) -> None:
    assert read(checker, text).grade == grade


@pytest.mark.parametrize(
    "text",
    [
        "Nurse\nGrade: Band 5/6\nYou care for people.",
        "Nurse, Band 5 or 6\nYou care for people.",
        "Analyst (HEO/SEO)\nYou count things.",
        "Nurse\nYou lead two Band 5 nurses.",
        "Administrative Officer\nYou file papers.",
        "Clerk\nReports to: Director\nYou file papers.",
        "Clerk\nGrade: to be confirmed\nYou file papers.",
    ],
)
def test_a_grade_is_not_guessed(checker: Checker, text: str) -> None:
    assert read(checker, text).grade == ""


@pytest.mark.parametrize(
    "line",
    [
        "Closing date: Sunday 4 October 2026",
        "Closing date\n4 October 2026",
        "Applications close at 11.59 p.m. on 4th October.",
        "Apply by 4 October.",
        "This vacancy will close at midnight on 04/10/2026.",
        "Deadline: 4 Oct 2026, 5pm",
        "Please send your form, to be received no later than 4 October 2026.",
        "Closing\n04/10/2026 23:59",
        "Apply before 11:55 pm on 4 October 2026.",
        "Your application must reach us by 5pm on Sunday 4 October.",
        "Expires: 4 Oct",
        "We must have your form by 4 October 2026.",
        "Last day to apply: 4 October",
        "Applications are open until 4 October 2026.",
        "Dyddiad cau: 4 Hydref 2026",
    ],
)
def test_a_closing_date_is_read(checker: Checker, line: str) -> None:
    assert read(checker, f"Clerk\n\nYou file papers.\n\n{line}\n\nThank you.").closing_date == date(2026, 10, 4)


@pytest.mark.parametrize(
    "line",
    [
        "Interviews are on 4 October 2026.",
        "The closing date is soon. Interviews are on 4 October 2026.",
        "After the closing date, interviews take place on 4 October 2026.",
        "Closing date: 4 October 2026. Internal applicants: closing date 1 October 2026.",
        "The post ends on 4 October 2026.",
        "Our office closed on 4 October 2025.",
        "Vacancies are published on 4 October 2026.",
    ],
)
def test_another_day_is_no_closing_date(checker: Checker, line: str) -> None:
    assert read(checker, f"Clerk\n\nYou file papers.\n\n{line}\n\nThank you.").closing_date is None


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("Clerk\nLocation: Leeds\nYou file papers.", "Leeds"),
        ("Clerk\nLocation\nSt. James Street, Leeds\nYou file papers.", "St. James Street, Leeds"),
        ("Clerk\nBased in Leeds\nYou file papers.", "Leeds"),
        ("Clerk\nBase - Leeds Town Hall\nYou file papers.", "Leeds Town Hall"),
        ("Clerk Location: Leeds Salary: £24,000 You file papers and answer the telephone in a small office.", "Leeds"),
        ("Clerk Location: Leeds Salary £24,000 You file papers and answer the telephone in a small office.", "Leeds"),
        ("Clerk\nLocation: to be confirmed\nYou file papers.", ""),
        ("Clerk\nLocation: Salary: £24,000\nYou file papers.", ""),
        ("Clerk\nLocation matters to us.\nYou file papers.", ""),
        ("Contents\nLocation\nAbout the job\nBenefits\n\nAbout the job\nYou file papers.", ""),
    ],
)
def test_a_location_is_read_where_it_has_its_label(checker: Checker, text: str, location: str) -> None:
    assert read(checker, text).location == location


@pytest.mark.parametrize(
    ("line", "contact"),
    [
        ("For further information please contact Dawn on 01632 960300.", "Dawn (01632 960300)"),
        ("Contact: Sam Okoro\nTelephone: 01632 960 123", "Sam Okoro (01632 960 123)"),
        ("Please contact the recruitment team at jobs@office.example.", "jobs@office.example"),
        (
            "For an informal chat please call Dr Ruth Adler, Head of Team, on 01632 960123.",
            "Dr Ruth Adler (01632 960123)",
        ),
        (
            "For details contact:\nNameSam OkoroJob titleManagerEmail sam@office.example",
            "Sam Okoro (sam@office.example)",
        ),
        ("Questions: ring Mrs Marsh on 01632 960123.", "Mrs Marsh (01632 960123)"),
        ("You can call Dawn on 01632 960300 to find out more.", "Dawn (01632 960300)"),
        ("Queries: jobs@office.example", "jobs@office.example"),
        ("If you have any questions, write to jobs@office.example.", "jobs@office.example"),
        ("Cyswllt: Siân Rees, 01632 960111", "Siân Rees (01632 960111)"),
        ("To apply, email your CV to jobs@office.example.", ""),
        ("You will call customers. Our switchboard is 01632 960000.", ""),
        ("Call Dawn on **** *** *** to find out more.", ""),
        ("Further Contact Information: see the website.", ""),
        ("You will be the first contact for customers.", ""),
        ("Our address is jobs@office.example.", ""),
    ],
)
def test_a_contact_is_read_where_people_are_told_to_ask(checker: Checker, line: str, contact: str) -> None:
    assert read(checker, f"Clerk\n\nYou file papers.\n\n{line}\n\nThank you.").contact == contact


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("Clerk\nEmployer: Department for Example\nYou file papers.", "Department for Example"),
        ("Clerk\nAs a Disability Confident Employer: we offer interviews.\nYou file papers.", ""),
        ("Clerk\nCompany pension scheme\nYou file papers.", ""),
    ],
)
def test_an_employer_is_read_behind_its_label(checker: Checker, text: str, organisation: str) -> None:
    assert read(checker, text).organisation == organisation


@pytest.mark.parametrize(
    ("line", "grade"),
    [
        ("You cook for eighty people. This is a Band 2 post.", "Band 2"),
        ("You file papers. The post is graded at HEO.", "HEO"),
        ("We are looking for a Band 5 nurse to join us.", "Band 5"),
        ("You will manage a Band 5 nurse. This is a Band 6 post.", "Band 6"),
        ("This is a Grade 7 or Grade 6 post.", ""),
        ("You will manage a Band 5 nurse.", ""),
        ("The role is part time.", ""),
    ],
)
def test_a_grade_is_read_in_a_sentence_that_says_so(checker: Checker, line: str, grade: str) -> None:
    assert read(checker, f"Our ward\n\n{line}\n\nThank you.").grade == grade


@pytest.mark.parametrize(
    ("first", "role"),
    [
        ("Band 5 Staff Nurse", "Staff Nurse"),
        ("Private Secretary (SEO)", "Private Secretary"),
        ("Full time or part time", ""),
        ("Finance Services", ""),
        ("Do you like numbers?", ""),
        ("Night porter, The Larkspur Hotel, Buxton", "Night porter"),
        ("Cleaner at Northfield School", "Cleaner"),
        ("Staff Nurse - Ward 6 - Leeds General Infirmary", "Staff Nurse - Ward 6"),
        ("Teaching assistant | St Mary's Primary School | York", "Teaching assistant"),
        ("Policy Adviser, Home Office", "Policy Adviser"),
        ("Receptionist, Hill Street Surgery", "Receptionist"),
        ("Baker, Hull", "Baker"),
        ("Head of Finance, Policy and Planning", "Head of Finance, Policy and Planning"),
        ("Private Secretary, Private Office", "Private Secretary, Private Office"),
        ("Manager, Shops and Stores", "Manager, Shops and Stores"),
    ],
)
def test_a_first_line_is_a_role_where_it_is_a_title(checker: Checker, first: str, role: str) -> None:
    assert read(checker, f"{first}\n\nYou help people.").role == role


def test_facts_are_read_in_every_format(checker: Checker) -> None:
    markdown = "# Policy Adviser\n\n| Grade | SEO |\n|---|---|\n| Location | Leeds |\n\nYou will write advice.\n"
    html = "<h1>Policy Adviser</h1><dl><dt>Grade</dt><dd>SEO</dd><dt>Location</dt><dd>Leeds</dd></dl><p>You write.</p>"
    for text, form in ((markdown, "markdown"), (html, "html")):
        found = read(checker, text, form)
        assert (found.role, found.grade, found.location) == ("Policy Adviser", "SEO", "Leeds")
