"""Cures of risks: licences and cars, degrees, hours, sponsorship, years and fitness, and how they then read."""

from __future__ import annotations

import pytest
from test_cures import cured

from inclusive_ads import Checker


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "You must hold a valid driving licence and have your own van for work.",
            "You must be able to travel for work.",
        ),
        (
            "You must hold a clean UK driving licence with two years' driving experience.",
            "You must be able to travel for work.",
        ),
        (
            "A driving licence, a car and business insurance are essential.",
            "The ability to travel for work is essential.",
        ),
        ("You will be a car driver (with business insurance).", "You will be able to travel for work."),
        ("You need to be a car owner and be able to get around Kent.", "You need to be able to get around Kent."),
        (
            "You must have a driving licence and be willing to travel between farms.",
            "You must be willing to travel between farms.",
        ),
        (
            "You must be a driver with use of a car and be able to drive to our shops.",
            "You must be able to travel to our shops.",
        ),
        ("You can travel across Devon and hold a full driving licence.", "You can travel across Devon."),
        (
            "Your own car, with insurance, along with a driving licence is needed.",
            "The ability to travel for work is needed.",
        ),
        ("You hold a full driving licence and can travel at weekends.", "You can travel at weekends."),
        (
            "The use of a car to undertake all necessary travel is essential.",
            "The ability to travel for work is essential.",
        ),
        ("You need a full driving licence/own car.", "You need to be able to travel for work."),
        ("You must have access to a car/van for work.", "You must be able to travel for work."),
        (
            "Full UK driving licence, valid for driving in the UK, is essential.",
            "The ability to travel for work is essential.",
        ),
        (
            "You need a driving licence, use of a car and a calm manner.",
            "You need the ability to travel for work and a calm manner.",
        ),
        (
            "You must hold a full licence and have access to a vehicle to visit clients.",
            "You must have the ability to visit clients.",
        ),
        (
            "You will be a car owner with a current driving licence and business insurance.",
            "You will be able to travel for work.",
        ),
        (
            "You work across Dorset, so you must be a car driver.",
            "You work across Dorset, so you must be able to travel for work.",
        ),
        (
            "The post holder will hold a driving licence, be a car owner and live near Leeds.",
            "The post holder will be able to travel for work and live near Leeds.",
        ),
        (
            "A flexible approach is important as is a full driving licence.",
            "A flexible approach is important as is suitable transport (by car or another way).",
        ),
        (
            "You will need access to an independent means of transport and be willing to lead.",
            "You will need the ability to travel for work and be willing to lead.",
        ),
        (
            "You need a full driving licence with two years' driving experience.",
            "You need to be able to travel for work.",
        ),
    ],
)
def test_all_that_a_sentence_asks_for_of_licences_and_cars_becomes_travel_said_once(
    checker: Checker, text: str, after: str
) -> None:
    assert cured(checker, text) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "You travel between our farms, so a full driving licence is essential.",
            "You travel between our farms, so suitable transport (by car or another way) is essential.",
        ),
        (
            "Owing to our rural location you must be a car driver.",
            "Owing to our rural location you must have suitable transport (by car or another way).",
        ),
        (
            "You travel across Fife, so you must be a driver, and have access to a car.",
            "You travel across Fife, so you must have suitable transport (by car or another way).",
        ),
        (
            "There is travel to our barns, so being a car driver is required.",
            "There is travel to our barns, so suitable transport (by car or another way) is required.",
        ),
        (
            "As we are off the bus routes, we are looking for a driver.",
            "As we are off the bus routes, we are looking for someone with suitable transport (by car or another way).",
        ),
        ("Essential: a car driver or a willingness to travel.", "Essential: a willingness to travel."),
        ("EVERY FRIDAY: DO YOU DRIVE?", "EVERY FRIDAY: CAN YOU TRAVEL FOR WORK?"),
        ("Paid each Friday. Ask us. (DO YOU DRIVE?)", "Paid each Friday. Ask us. (CAN YOU TRAVEL FOR WORK?)"),
    ],
)
def test_where_travel_or_a_far_place_is_spoken_of_any_way_to_get_there_will_do(
    checker: Checker, text: str, after: str
) -> None:
    assert cured(checker, text) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "You hold a full driving licence with no more than six points.",
            "You hold a full driving licence with no more than six points (driving is a regular part of this role).",
        ),
        (
            "You drive our fleet vehicles and hold a full driving licence.",
            "You drive our fleet vehicles and hold a full driving licence (driving is a regular part of this role).",
        ),
        (
            "You are able to stack shelves (the role is physically demanding).",
            "You are able to stack shelves (the role is physically demanding; we make reasonable adjustments).",
        ),
    ],
)
def test_where_the_task_is_the_work_itself_adjustments_are_offered(checker: Checker, text: str, after: str) -> None:
    assert cured(checker, text) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "You must hold a degree in Marine Biology.",
            "You must hold a degree in Marine Biology (or equivalent experience).",
        ),
        (
            "You have a degree in Food Science or a related subject.",
            "You have a degree in Food Science or a related subject (or equivalent experience).",
        ),
        ("A degree in History is required.", "A degree in History (or equivalent experience) is required."),
        (
            "A degree (History or Law) is essential.",
            "A degree (History or Law, or equivalent experience) is essential.",
        ),
        (
            "You are educated to degree level in Physics.",
            "You are educated to degree level in Physics (or with equivalent experience).",
        ),
        (
            "You are educated to degree level or higher.",
            "You are educated to degree level or higher (or with equivalent experience).",
        ),
        ("You hold a BSc (Hons) in Nursing.", "You hold a BSc (Hons) or equivalent experience in Nursing."),
        (
            "You have a Master's in Public Health and a kind manner.",
            "You have a Master's in Public Health (or equivalent experience) and a kind manner.",
        ),
        ("You are degree qualified.", "You are degree qualified (or with equivalent experience)."),
        ("You hold a degree, ideally in Botany.", "You hold a degree (or equivalent experience), ideally in Botany."),
        ("You hold a degree or above in Maths.", "You hold a degree or above in Maths (or equivalent experience)."),
        (
            "You work in a lab (with a degree in Chemistry).",
            "You work in a lab (with a degree in Chemistry, or equivalent experience).",
        ),
        (
            "University degree in Economics, Maths or Physics.",
            "University degree in Economics, Maths or Physics (or equivalent experience).",
        ),
        (
            "A degree in Botany or Zoology is essential.",
            "A degree in Botany or Zoology (or equivalent experience) is essential.",
        ),
        (
            "Holders of a degree in Geography will be seen first.",
            "Holders of a degree in Geography (or equivalent experience) will be seen first.",
        ),
        (
            "You have a degree in Textile Design from any university.",
            "You have a degree in Textile Design (or equivalent experience) from any university.",
        ),
        (
            "You are educated to master's degree level in Statistics.",
            "You are educated to master's degree level in Statistics (or with equivalent experience).",
        ),
        (
            "You hold a relevant degree (such as Law).",
            "You hold a relevant degree (such as Law, or equivalent experience).",
        ),
        (
            "You need a degree in Human Resources and a friendly manner.",
            "You need a degree in Human Resources (or equivalent experience) and a friendly manner.",
        ),
        (
            "You hold a university degree in Education, with classroom practice.",
            "You hold a university degree in Education (or equivalent experience), with classroom practice.",
        ),
    ],
)
def test_other_experience_counts_behind_all_that_is_said_of_the_degree(checker: Checker, text: str, after: str) -> None:
    assert cured(checker, text) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("You are required to work weekends.", "You are required to work weekends on a rota agreed in advance."),
        (
            "You will be expected to work evenings.",
            "You will be expected to work evenings on a rota agreed in advance.",
        ),
        (
            "You must be able to work nights and have a calm manner.",
            "You must be able to work nights on a rota agreed in advance and have a calm manner.",
        ),
        ("Evening work is required.", "Evening work is required, on a rota agreed in advance."),
        ("Weekends are essential.", "Weekends are essential, on a rota agreed in advance."),
        (
            "The post involves evenings and weekends.",
            "The post involves evenings and weekends on a rota agreed in advance.",
        ),
        ("You must work weekends.", "You must work weekends on a rota agreed in advance."),
        ("You will be on call 24 hours a day.", "You will be on call on a shared rota."),
        (
            "You should be prepared to work evenings.",
            "You should be prepared to work evenings on a rota agreed in advance.",
        ),
        (
            "You have to be able to work bank holidays.",
            "You have to be able to work bank holidays on a rota agreed in advance.",
        ),
        (
            "Our cooks are expected to work weekends.",
            "Our cooks are expected to work weekends on a rota agreed in advance.",
        ),
        (
            "You will be required to work evenings and you will have a locker.",
            "You will be required to work evenings on a rota agreed in advance and you will have a locker.",
        ),
        (
            "The team needs to be able to work Sundays.",
            "The team needs to be able to work Sundays on a rota agreed in advance.",
        ),
    ],
)
def test_unusual_hours_get_a_rota_agreed_in_advance(checker: Checker, text: str, after: str) -> None:
    assert cured(checker, text) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("You need five years of sales experience as a minimum.", "You need substantial sales experience."),
        ("Waiter: 2 years (required)", "Waiter experience (required)"),
        ("Bar work: 2 years (essential)", "Bar work experience (essential)"),
        ("Level 2 Award 3 years' experience of lathes", "Level 2 Award Solid experience of lathes"),
        (
            "Skills: Diploma in Baking 5 years experience in a shop.",
            "Skills: Diploma in Baking Substantial experience in a shop.",
        ),
        ("You have three years' baking experience minimum.", "You have solid baking experience."),
        ("You have 3 years of farm experience.", "You have solid farm experience."),
        ("Requires 2 years' experience of sewing.", "Requires experience of sewing."),
        (
            "You bring 4 years of sales experience, mostly in shops.",
            "You bring solid sales experience, mostly in shops.",
        ),
        ("You need experience (minimum 2 years) and tact.", "You need experience and tact."),
    ],
)
def test_nothing_that_counted_the_years_is_left_behind(checker: Checker, text: str, after: str) -> None:
    assert cured(checker, text) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Physically fit and able to climb ladders.", "Able to climb ladders."),
        ("You must be physically fit enough to lift sacks.", "You must be able to lift sacks."),
        ("Physically fit, able to stand all day.", "Able to stand all day."),
        (
            "You must be physically fit and capable of lifting boxes.",
            "You must be capable of lifting boxes (we make reasonable adjustments).",
        ),
        ("You should be physically fit to carry trays.", "You should be able to carry trays."),
        ("Physically strong enough to move boxes.", "Able to move boxes."),
        ("You need previous NHS experience.", "You need previous NHS (or similar) experience."),
        ("You must have worked in the NHS.", "You must have worked in the NHS (or similar)."),
    ],
)
def test_what_the_body_does_or_where_one_has_worked_still_reads(checker: Checker, text: str, after: str) -> None:
    assert cured(checker, text) == after


@pytest.mark.parametrize(
    "text",
    [
        "We will not sponsor visas.",
        "Sorry, we do not offer sponsorship.",
        "This post does not come with visa sponsorship.",
        "Unfortunately we are unable to offer visa sponsorship to anybody for this post.",
    ],
)
def test_where_sponsorship_is_refused_it_says_when_the_right_to_work_is_checked(checker: Checker, text: str) -> None:
    after = "You need the right to work in the UK by your first day; we check it after the offer."
    assert cured(checker, text) == after
