"""What takes the force of a demand, and what does not: denials, what settles, and what was so once."""

from __future__ import annotations

import pytest
from readings import worst

from inclusive_ads import Checker


@pytest.mark.parametrize(
    "text",
    [
        "There is no training budget, and you must be young and lively.",
        "Applicants must be under 35. We are rated Good by Ofsted.",
        "You must be a British citizen and have the right to work in the UK.",
    ],
)
def test_neither_a_clause_before_nor_a_topic_behind_takes_its_force(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"


@pytest.mark.parametrize(
    "text",
    [
        "You do not have to be a Christian to work here.",
        "We never turn away people over 50.",
        "We welcome applications from women, who are under-represented at this grade. Appointment is on merit.",
        "You will support young people with epilepsy.",
        "Our customers are mostly men over 50.",
        "Candidates with epilepsy are welcome; we can adjust the rota.",
        "Your nationality does not matter.",
        "This post is open only to disabled applicants.",
        "UK nationals only: this is a reserved post under the Civil Service nationality rules.",
    ],
)
def test_what_settles_that_nothing_is_wrong(checker: Checker, text: str) -> None:
    assert worst(checker, text) != "likely-unlawful"


@pytest.mark.parametrize(
    "text",
    [
        "Preference is not given to women.",
        "Women are not preferred for this post.",
        "We do not favour men over women.",
        "Men are not given priority over women in our selection.",
        "We won't be giving extra marks to women.",
        "It does not help your application to be Christian.",
        "Nobody has to be young to do this job.",
        "Applicants are not required to be under 30.",
        "There is no preference for men.",
    ],
)
def test_a_demand_or_preference_that_is_denied_is_none(checker: Checker, text: str) -> None:
    assert worst(checker, text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Men need not apply.",
        "It's no secret that we prefer men.",
        "We do not hide that women are preferred.",
        "Not only must you be young, you must be pretty.",
        "Do not apply unless you are British.",
        "You do not need a car, and you must be under 30.",
        "No need to be told twice: we want only men.",
    ],
)
def test_a_denial_of_something_else_takes_no_force(checker: Checker, text: str) -> None:
    assert worst(checker, text) in ("likely-unlawful", "indirect-risk")


@pytest.mark.parametrize(
    "text",
    [
        "Until 1998 only men could join the lodge.",
        "Back then you had to be British to work here.",
        "For a hundred years the college admitted only men.",
        "Our founders turned away Irish workers, something we are not proud of.",
        "Our founder, a young Jewish tailor, opened the shop in 1921.",
    ],
)
def test_what_was_so_once_is_told_not_asked(checker: Checker, text: str) -> None:
    assert worst(checker, text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Founded in 1985, we want only men.",
        "As in the past, only men will be hired.",
        "Since 1998 only men have been allowed to apply, and that stays.",
        "We used to hire women, but now only men are considered.",
    ],
)
def test_a_past_that_goes_on_is_asked_still(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"


@pytest.mark.parametrize(
    "text",
    ["We are unable to offer work to women.", "We cannot support people over 60 who apply."],
)
def test_what_settles_does_not_when_it_is_denied(checker: Checker, text: str) -> None:
    assert worst(checker, text) in {"likely-unlawful", "indirect-risk"}
