"""People whom a place serves, and what is said of things and of everybody, beside those who are chosen."""

from __future__ import annotations

import pytest
from readings import worst

from inclusive_ads import Checker


@pytest.mark.parametrize(
    "text",
    [
        "Only women may use the changing rooms on Thursday evenings.",
        "The home accepts men only, aged 55 and above.",
        "Members of the lunch club must be over 60.",
        "Tenants have to be over 55 and retired.",
        "Entry to the baths is for women only on Mondays.",
        "Our helpline is for men only.",
        "Applicants for the flats must be over 55.",
        "The gym has a ladies-only area.",
    ],
)
def test_people_whom_a_place_serves_are_not_chosen(checker: Checker, text: str) -> None:
    assert worst(checker, text) not in ("likely-unlawful", "indirect-risk")


@pytest.mark.parametrize(
    "text",
    [
        "The refuge is open to all, but we will employ only women.",
        "The hostel takes men only and we only hire men.",
        "Our patients prefer female nurses, so men need not apply.",
        "Our residents are over 65, so carers must be under 40.",
        "Our choir is for women over 50 and its conductor must be a woman.",
    ],
)
def test_that_a_place_serves_some_excuses_no_choice_of_staff(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"


@pytest.mark.parametrize(
    "text",
    [
        "Bar staff\n\nWed only, 6 till late",
        "Must be free Wed and Sat.",
        "Everyone in the workshop is over 40, and we are adding another bench.",
        "Two of the team are in their thirties, and we need one more to cover Sundays.",
        "An unblemished safety record earns the depot extra points in the audit.",
        "Dogs must be fit and well before they board.",
        "Every horse comes with a questionnaire on past illness.",
        "Lorries come back with poles gone, and I would like the next one checked.",
        "Halal butcher. Don't have to be Muslim.",
        "Nobody's got to be Catholic to work here.",
        "He's told me that nobody's to be asked about children.",
        "Candidates are not to be asked about their health.",
        "We want someone good, black, white or whatever.",
        "Question 4 (torn off before anyone reads the form): What is your religion?",
        "Optional, not seen by the panel\nDo you have a disability?",
        "The Muslim staff are away at Eid, so no point sending invoices.",
        "YOUNG MEMBERS' ORGANISER\n\nAny age is welcome.",
        "The chap who runs it says not to send another van like the last.",
    ],
)
def test_what_is_said_of_days_things_and_everybody_shuts_out_nobody(checker: Checker, text: str) -> None:
    assert worst(checker, text) not in {"likely-unlawful", "indirect-risk"}


@pytest.mark.parametrize(
    "text",
    [
        "Only wed couples need apply.",
        "The three in the office are in their twenties and we're looking for another to match.",
        "Stable hands must be fit and healthy.",
        "We prefer Poles on the picking line.",
        "Doesn't have to be a graduate, does have to be under 30.",
        "Everyone's to be asked about children.",
        "We want somebody young, fit or whatever the boss calls it.",
        "Question 3 (to be answered before the sift)\nAre you pregnant?",
        "Muslims being off at Eid, no point applying.",
        "The last one was a Pole and the client says not to send another.",
    ],
)
def test_the_same_words_of_those_who_are_chosen_still_shut_out(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"


@pytest.mark.parametrize(
    "text",
    [
        "Most of our tenants are young professionals and students.",
        "You will be alone with children on outings, so we check every driver.",
        "Parents can bring a baby to the interview.",
        "You ask anyone who looks under 25 for proof of age before selling knives.",
        "When somebody dies with no known family, we look for those who may inherit.",
        "A bathing machine marked Gentlemen Only stands in the hall.",
        "Our collection has a poster for Young Ladies Aged 18 to 25 Wanted as Pier Dancers.",
        "Last year's Young at Heart walking campaign won a prize.",
        "You can tell a sound white burgundy from a sulky one; we will send you on the wine course.",
        "You don't need GCSEs and you don't need to know your Latin names.",
        "What we don't mind\n- Gaps in your CV\n- How many years you have been at it",
        "What doesn't matter to us\n- A degree\n- A car",
        "Some firms turn away women. Not here.",
        "No babies in the pool at the moment, please.",
        "Worried that being pregnant will count against you? Not here.",
        "You ensure all invoices are signed off and approved.",
        "Services offered here are:\n- Diabetes type 1 and 2\n- Asthma",
    ],
)
def test_cases_shows_and_what_does_not_matter_ask_nothing(checker: Checker, text: str) -> None:
    assert worst(checker, text) not in ("likely-unlawful", "indirect-risk")


@pytest.mark.parametrize(
    "text",
    [
        "Nobody who looks under 25, please.",
        "Our clients are young, so we want young, lively staff.",
        "Our team are mostly young professionals and you should be too.",
        "No mothers with a baby; you can't bring a child to work here.",
        "Women hold four of the five posts, so this one is for a man.",
        "What we don't want\n- people over 50\n- anyone with a bad back",
        "A poster for this job will say Young Ladies Only.",
        "You'd be working with men all day so women should think twice.",
        "We look after elderly men so women won't cope.",
        "Pregnant? Not here.",
        "What we need\n- No plans for a family just yet, please",
        "We'd rather you had no plans for children.",
        "Wear the hijab? Not here, sorry.",
        "Kindly check that everyone you send is male.",
    ],
)
def test_the_same_words_in_a_bar_are_grave(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"
