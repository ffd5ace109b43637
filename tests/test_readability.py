"""The reading age is that of what is written in sentences, and is one that a person can have."""

from __future__ import annotations

import pytest

from inclusive_ads import Checker, Document
from inclusive_ads.report import Readability

PROSE = """You will help tenants to stay in their homes. You will visit them and write down what they need.
We will teach you how the rent is worked out. You will have a desk in our office and a bicycle.
"""
LONG = "You will " + "plan and write and check and send " * 6 + "reports."


def read(checker: Checker, text: str, form: str = "text") -> Readability:
    return checker.check(Document.from_text(text, format=form)).readability


@pytest.mark.parametrize(
    "address",
    [
        "Write to sam.okoro@recruitment.department.example with your questions about anything at all.",
        "Write to www.department.example/vacancies/current/administration with your questions about anything at all.",
        "Write to https://department.example/a-very-long-address?which=one with your questions about anything at all.",
        "Write to jobs.department.org.uk with your questions about anything at all.",
        "Write to 14a Lower Nottinghamshire Street, Wolverhampton WV1 4AB with your questions about anything at all.",
        "Write to Recruitment Administration, Wolverhampton WV1 4AB with your questions about anything at all.",
    ],
)
def test_an_address_does_not_count(checker: Checker, address: str) -> None:
    words = address.split(" with ")[1]
    plain = read(checker, f"{PROSE}\nWrite to with {words}")
    assert read(checker, f"{PROSE}\n{address}") == plain


def test_words_that_look_like_addresses_do_count(checker: Checker) -> None:
    assert read(checker, f"{PROSE}\nYou know Node.js and ASP.NET.").words == read(checker, PROSE).words + 7


def test_lost_spaces_behind_stops_are_put_back(checker: Checker) -> None:
    lost = PROSE.replace(". ", ".")
    assert read(checker, lost).sentences == read(checker, PROSE).sentences == 4
    assert read(checker, lost).reading_age == read(checker, PROSE).reading_age
    two = LONG[: len(LONG) // 2].rstrip() + ".We hope that you will like the work."
    assert [found.words for found in read(checker, two).long_sentences] == []


@pytest.mark.parametrize(
    "text", ["You know C.Plus and write e.g.letters to us each day of the week.", "It is 3.5 miles."]
)
def test_a_stop_inside_a_word_ends_nothing(checker: Checker, text: str) -> None:
    assert read(checker, f"{PROSE}\n{text}").sentences == 5


@pytest.mark.parametrize(
    ("extra", "form"),
    [
        ("Salary: £31,000\nHours: 37\nLocation: Leeds\nGrade: HEO\n", "text"),
        ("Salary | £31,000 | Hours | 37 | Location | Leeds", "text"),
        ("- calm\n- kind to people\n- good at writing letters\n", "text"),
        ("What you bring\n\nAbout us\n\nHow to apply\n", "text"),
        ("Human Resources\n12 High Street\nLeeds\nLS1 4AB\n", "text"),
    ],
)
def test_facts_headings_and_bullets_are_no_sentences(checker: Checker, extra: str, form: str) -> None:
    assert read(checker, f"{PROSE}\n{extra}", form) == read(checker, PROSE, form)


def test_bullets_that_are_sentences_count(checker: Checker) -> None:
    assert read(checker, f"{PROSE}\n- You write letters.\n- You answer the telephone.\n").sentences == 6


def test_a_row_of_facts_is_no_long_sentence(checker: Checker) -> None:
    row = (
        "Salary: £31,000 a year Hours: 37 hours a week Location: Leeds and sometimes York or Hull Grade: HEO Contract: "
        "permanent, with a trial of six months at first"
    )
    assert read(checker, f"{PROSE}\n{row}\n").long_sentences == ()
    assert len(read(checker, f"{PROSE}\n{LONG}").long_sentences) == 1


@pytest.mark.parametrize("text", ["Interdepartmental " * 400, "x" * 5_000, LONG * 3, "word, " * 900, "a"])
def test_no_age_is_one_that_nobody_has(checker: Checker, text: str) -> None:
    assert 5 <= read(checker, text).reading_age <= 25


def test_an_advert_of_bullets_alone_is_measured_by_them(checker: Checker) -> None:
    found = read(checker, "What you do\n\n" + "- plan the week for the team\n" * 12)
    assert (found.sentences, found.words) == (13, 75)
    assert found.reading_age < 12
