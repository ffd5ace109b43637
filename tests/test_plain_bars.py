"""Plain bars in many frames of words: whoever is named, of all that the Act protects, none leaves as "Ready"."""

from __future__ import annotations

import pytest

from inclusive_ads import Checker, Severity, Verdict

WHAT_MUST_BE = (
    "male",
    "under 35",
    "Christian",
    "single",
    "British born",
    "heterosexual",
    "not pregnant",
    "free of any disability",
)
WHAT_MUST_NOT_BE = (
    "female",
    "over 50",
    "Muslim",
    "married",
    "Romanian",
    "gay",
    "pregnant",
    "disabled",
    "transgender",
)
UNWANTED = (
    "women",
    "over-50s",
    "Muslims",
    "married people",
    "Romanians",
    "gay people",
    "pregnant women",
    "disabled people",
    "transgender people",
)
WANTED = (
    "men",
    "under-35s",
    "Christians",
    "single people",
    "British people",
    "straight people",
    "women who are not pregnant",
    "people without disabilities",
    "people who are not trans",
)
FRAMES = (
    ("You must hold a licence and be {}.", WHAT_MUST_BE),
    ("You must hold a licence, speak well and be {}.", WHAT_MUST_BE),
    ("You must be reliable and {}.", WHAT_MUST_BE),
    ("You must be reliable, punctual and {}.", WHAT_MUST_BE),
    ("The person we appoint will be friendly and {}.", WHAT_MUST_BE),
    ("We need a driver who is careful and {}.", WHAT_MUST_BE),
    ("We need someone who is {} and has a van.", WHAT_MUST_BE),
    ("We need someone who has a van and is {}.", WHAT_MUST_BE),
    ("Applicants, who must be {}, should write to Jo.", WHAT_MUST_BE),
    ("Applicants should have two years' experience and be {}.", WHAT_MUST_BE),
    ("Applicants must, of course, be {}.", WHAT_MUST_BE),
    ("All staff must be {} to work here.", WHAT_MUST_BE),
    ("To work here you must be {}.", WHAT_MUST_BE),
    ("To apply, you need to be {} and live nearby.", WHAT_MUST_BE),
    ("Do not apply unless you are {}.", WHAT_MUST_BE),
    ("Is it essential to be {}? Yes.", WHAT_MUST_BE),
    ("It is essential that you are {} and have your own tools.", WHAT_MUST_BE),
    ("Being {} is essential.", WHAT_MUST_BE),
    ("Being {} is a must for this role.", WHAT_MUST_BE),
    ("Must be {} and have own tools.", WHAT_MUST_BE),
    ("Must be {}.", WHAT_MUST_BE),
    ("Requirements\n\n- Reliable\n- {}\n- Own tools", WHAT_MUST_BE),
    ("You must be:\n\n- reliable\n- {}", WHAT_MUST_BE),
    ("Essential: reliable, {}, own tools.", WHAT_MUST_BE),
    ("Our ideal candidate is {} with good IT skills.", WHAT_MUST_BE),
    ("Our ideal candidate has good IT skills and is {}.", WHAT_MUST_BE),
    ("The successful candidate will need good IT skills and will need to be {}.", WHAT_MUST_BE),
    ("The owner insists that whoever we take on is {}.", WHAT_MUST_BE),
    ("The client wants somebody who is {}.", WHAT_MUST_BE),
    ("My client has asked that all candidates are {}.", WHAT_MUST_BE),
    ("We would prefer you to be {} and local.", WHAT_MUST_BE),
    ("Preference will be given to candidates who are local and {}.", WHAT_MUST_BE),
    ("You'll be {}, with a good phone manner.", WHAT_MUST_BE),
    ("You should be over 18, {} and able to drive.", WHAT_MUST_BE),
    ("We only employ people who are {} and reliable.", WHAT_MUST_BE),
    ("This role is for someone {}.", WHAT_MUST_BE),
    ("This job would suit someone {} with a van.", WHAT_MUST_BE),
    ("You must not smoke or be {}.", WHAT_MUST_NOT_BE),
    ("You must not be {} or have points on your licence.", WHAT_MUST_NOT_BE),
    ("We do not employ anyone who smokes or is {}.", WHAT_MUST_NOT_BE),
    ("We will not consider anyone who is {} or lives far away.", WHAT_MUST_NOT_BE),
    ("No one who is {} will be considered.", WHAT_MUST_NOT_BE),
    ("Anyone who is {} will not be considered.", WHAT_MUST_NOT_BE),
    ("If you are {}, please do not apply.", WHAT_MUST_NOT_BE),
    ("If you smoke or are {}, please do not apply.", WHAT_MUST_NOT_BE),
    ("Please do not apply if you smoke or are {}.", WHAT_MUST_NOT_BE),
    ("Please don't apply if you are {} as the work is heavy.", WHAT_MUST_NOT_BE),
    ("We can't take on anyone {}.", WHAT_MUST_NOT_BE),
    ("We cannot offer this job to anyone who is {}.", WHAT_MUST_NOT_BE),
    ("Sorry, we can't consider you if you are {}.", WHAT_MUST_NOT_BE),
    ("You can't do this job if you are {}.", WHAT_MUST_NOT_BE),
    ("This job is not suitable if you are {}.", WHAT_MUST_NOT_BE),
    ("This job isn't suitable for anyone {}.", WHAT_MUST_NOT_BE),
    ("The last cook was {} and we won't make that mistake again.", WHAT_MUST_NOT_BE),
    ("We don't want anybody who is {}.", WHAT_MUST_NOT_BE),
    ("Candidates who are {} will be rejected.", WHAT_MUST_NOT_BE),
    ("Applications from anyone {} will be binned.", WHAT_MUST_NOT_BE),
    ("Applications from people who smoke or are {} will be binned.", WHAT_MUST_NOT_BE),
    ("We reserve the right to turn away anyone {}.", WHAT_MUST_NOT_BE),
    ("Are you {}? Then this is not the job for you.", WHAT_MUST_NOT_BE),
    ("We welcome everyone unless they are {}.", WHAT_MUST_NOT_BE),
    ("Everyone is welcome, except if you are {}.", WHAT_MUST_NOT_BE),
    ("Our insurers will not cover anyone who is {}, so please do not apply.", WHAT_MUST_NOT_BE),
    ("We have had bad experiences with staff who were {} so not again.", WHAT_MUST_NOT_BE),
    ("No smokers and no {}.", UNWANTED),
    ("No smokers or {}.", UNWANTED),
    ("No {} or smokers.", UNWANTED),
    ("Not suitable for {}.", UNWANTED),
    ("Not open to smokers or {}.", UNWANTED),
    ("We do not employ smokers or {}.", UNWANTED),
    ("We will not be taking on {} this year.", UNWANTED),
    ("Sorry, no {}.", UNWANTED),
    ("{} need not apply.", UNWANTED),
    ("Smokers and {} need not apply.", UNWANTED),
    ("{} will not be considered.", UNWANTED),
    ("{}, please do not apply.", UNWANTED),
    ("Please, no {}.", UNWANTED),
    ("We'd rather not have {} in the kitchen team.", UNWANTED),
    ("We tend not to hire {}.", UNWANTED),
    ("We have never employed {} and we will not start now.", UNWANTED),
    ("Our customers do not like being served by {}, so we don't hire them.", UNWANTED),
    ("This is no job for {}.", UNWANTED),
    ("The work is too heavy for {}.", UNWANTED),
    ("Everyone welcome except {}.", UNWANTED),
    ("Open to all except {}.", UNWANTED),
    ("Anyone but {} can apply.", UNWANTED),
    ("We avoid {} where we can.", UNWANTED),
    ("My client won't take {}.", UNWANTED),
    ("The client has asked for no {}.", UNWANTED),
    ("{} find this work hard and we'd advise them not to apply.", UNWANTED),
    ("We can't accommodate {} on the team.", UNWANTED),
    ("We are closed to applications from smokers and {}.", UNWANTED),
    ("Applications from {} will be rejected.", UNWANTED),
    ("Only {} can apply.", WANTED),
    ("We only want {}.", WANTED),
    ("We only want {} for this job.", WANTED),
    ("This job is for {} only.", WANTED),
    ("{} only.", WANTED),
    ("{} only please.", WANTED),
    ("Open to {} only.", WANTED),
    ("We are looking for {} to join us.", WANTED),
    ("Two {} wanted for kitchen work.", WANTED),
    ("We want {} with a van.", WANTED),
    ("We would prefer {}.", WANTED),
    ("{} preferred.", WANTED),
    ("Preference for {}.", WANTED),
    ("We give priority to {}.", WANTED),
    ("{} get an extra point at interview.", WANTED),
    ("The job will go to {} first.", WANTED),
    ("We keep these jobs for {}.", WANTED),
    ("These posts are reserved for {}.", WANTED),
    ("Best suited to {}.", WANTED),
    ("Ideal for {}.", WANTED),
    ("We hire {} for the bar and that's that.", WANTED),
    ("My client wants {}.", WANTED),
    ("We've always gone for {} and always will.", WANTED),
    ("We will only interview {}.", WANTED),
    ("Suitable for {} only.", WANTED),
    ("It has to be {} for this one.", WANTED),
)


@pytest.mark.parametrize(("frame", "groups"), FRAMES)
def test_a_plain_bar_is_never_ready_whoever_it_names(checker: Checker, frame: str, groups: tuple[str, ...]) -> None:
    silent = []
    for group in groups:
        text = frame.format(group)
        if checker.check(text[0].upper() + text[1:]).wording is not Verdict.STOP:
            silent.append(group)
    assert silent == []


def test_what_stands_before_several_things_counts_for_each(checker: Checker) -> None:
    shared = "Applicants must be physically fit and have no history of mental illness."
    findings = checker.check(shared).findings
    assert [one.phrase for one in findings if one.severity is Severity.UNLAWFUL] == [
        "have no history of mental illness"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "You must hold a licence and be kind to female passengers.",
        "You will help people who are lonely and are disabled.",
        "We support families with young children and single parents.",
        "You must be patient and listen to older residents.",
        "Nothing here comes easily to anybody at first, women included.",
        "Candidates must be reliable, and we welcome women and men.",
    ],
)
def test_what_is_not_shared_bars_nobody(checker: Checker, text: str) -> None:
    assert checker.check(text).wording is Verdict.READY


@pytest.mark.parametrize(
    "heading", ["You", "You'll need", "What you bring", "What sort of person", "Our perfect candidate"]
)
@pytest.mark.parametrize(
    "item",
    ["British passport, we do no paperwork", "Single, since it's one small room", "16 to 20, so we can bring you on"],
)
def test_a_line_under_what_is_wanted_is_a_demand(checker: Checker, heading: str, item: str) -> None:
    advert = (
        f"Kitchen porter\n\nPay\n£12.90 an hour\n\n{heading}\n- Keen eye for detail\n- {item}\n\nHow to apply\nRing us."
    )
    found = [one.phrase for one in checker.check(advert).findings if one.severity is Severity.UNLAWFUL]
    assert any(item.startswith(phrase[:6]) for phrase in found)


@pytest.mark.parametrize(
    "item",
    [
        "German, at a good level",
        "Patience with older residents, and with each other",
        "Fluent French, as you ring Paris",
    ],
)
def test_a_language_or_a_patience_is_no_bar(checker: Checker, item: str) -> None:
    advert = f"Kitchen porter\n\nPay\n£12.90 an hour\n\nYou'll need\n- {item}\n\nHow to apply\nRing us."
    assert not [one for one in checker.check(advert).findings if one.severity is Severity.UNLAWFUL]
