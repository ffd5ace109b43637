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


@pytest.mark.parametrize(
    "text",
    [
        "Our founder would employ only bachelors, and so do we.",
        "The old landlord had no Welsh staff, so we hire only the English.",
        "If a diner asks for a white waitress, give them one.",
        "We sacked the last pregnant barmaid.",
        'Client: "lads only, no over forties". Two for Monday.',
    ],
)
def test_what_is_told_of_others_stands_again_where_the_advert_does_it_too(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"


@pytest.mark.parametrize(
    "text",
    [
        "In 1934 the mill hired widows for the looms and bachelors for the yard.",
        "If a diner asks for a white waitress, the answer is no.",
        "Three of the five pitches are being kept back for girls under 14.",
        'A neighbour wants "a British gardener". He can look elsewhere.',
        "Nobody is going to ask you about your faith.",
        "Men are kept out of the women's pool, and you put up the sign.",
        "An old letter from a heckler who wanted Methodists shut out hangs here.",
        "The law lets a convent ask for a nun; it does not let us ask for one.",
        "We walked away from a factory that wanted Lithuanians only.",
    ],
)
def test_what_others_did_or_wish_and_what_is_kept_for_guests_is_no_choice(checker: Checker, text: str) -> None:
    assert worst(checker, text) not in ("likely-unlawful", "indirect-risk")


@pytest.mark.parametrize(
    "text",
    [
        "CVs with holes get read like any other.",
        "You'll be dealing with rude customers, who are asked to leave.",
        "There are others to be the life and soul of the party. Quiet is fine.",
    ],
)
def test_what_is_put_right_behind_lighter_wording_is_not_asked(checker: Checker, text: str) -> None:
    assert not checker.check(text).findings


def test_nothing_put_right_behind_grave_wording_undoes_it(checker: Checker) -> None:
    assert worst(checker, "We only hire people under 35; others are read like any other.") == "likely-unlawful"
