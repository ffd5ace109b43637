"""What stands beside a cure changes with it: descriptions, lists, the verb, words said twice, what stands first."""

from __future__ import annotations

import pytest

from inclusive_ads import Checker
from inclusive_ads.report import Finding
from inclusive_ads.text.edits import apply_edits


def finding(checker: Checker, text: str, entry: str | tuple[str, ...]) -> Finding:
    return next(one for one in checker.check(text).findings if one.entry.startswith(entry))


def cured(checker: Checker, text: str, entry: str | tuple[str, ...]) -> str:
    one = finding(checker, text, entry)
    assert one.suggestions, f"nothing is offered for {one.phrase!r}"
    return apply_edits(text, one.suggestions[0].edits)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "A full UK driving licence (manual & automatic) is essential.",
            "The ability to travel for work is essential.",
        ),
        ("Hold a full driving licence (manual).", "Have the ability to travel for work."),
        ("A valid driving licence [manual] is needed.", "The ability to travel for work is needed."),
        ("Full UK driving licence - manual - is required.", "The ability to travel for work is required."),
        ("Own car (with business insurance) is essential.", "The ability to travel for work is essential."),
        ("Essential: driving licence (Cat B), own car (MOT held)", "Essential: the ability to travel for work"),
        ("Driving licence (seen at interview) and use of own car.", "The ability to travel for work."),
        ("Native English speaker (mother tongue) wanted.", "Clear spoken and written English wanted."),
    ],
)
def test_what_only_describes_the_thing_goes_with_it(checker: Checker, text: str, after: str) -> None:
    assert cured(checker, text, ("disability", "race")) == after


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Own transport (mileage paid at 45p) is needed.", "(mileage paid at 45p)"),
        ("You need a car (expenses are met) for visits.", "(expenses are met)"),
        ("Full driving licence (essential), tidy work (desirable)", "(essential)"),
        ("You must have a car (salary about £20,000) and be tidy.", "(salary about £20,000)"),
        ("You should have 5 years' experience (post qualification) in law.", "(post qualification)"),
        ("Full-time only (37.5 hours), Monday to Friday.", "(37.5 hours)"),
    ],
)
def test_a_bracket_that_says_more_stays(checker: Checker, text: str, kept: str) -> None:
    offered = [one.sentence for each in checker.check(text).findings for one in each.suggestions]
    assert offered
    assert all(kept in sentence or kept[:-1] in sentence for sentence in offered)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "You must be fit and active as the role has stairs.",
            "You must be able to do the tasks, as the role has stairs.",
        ),
        ("Applicants must be physically fit, agile and tidy.", "Applicants must be able to do the tasks and tidy."),
        ("You will be punctual, fit and active.", "You will be punctual and able to do the tasks."),
        ("You should be kind, tidy, fit and strong.", "You should be kind, tidy and able to do the tasks."),
        ("Applicants should be energetic, fit and active.", "Applicants should be able to do the tasks."),
        ("Being fit and active is a must.", "Being able to do the tasks is a must."),
        ("You are dynamic, driven and passionate.", "You are dynamic and committed."),
    ],
)
def test_all_words_of_a_row_go_and_the_list_keeps_its_and(checker: Checker, text: str, after: str) -> None:
    said = cured(checker, text, ("disability-fitness", "culture-passion"))
    assert said.replace(" of the job (with adjustments where needed)", "") == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("You need to be fit and be able to work at height.", "You need to be able to work at height."),
        ("Be fit and able to work shifts.", "Be able to work shifts."),
        ("You should be healthy, fit and able to climb ladders.", "You should be able to climb ladders."),
        ("Must be fit and strong and able to work outdoors.", "Must be able to work outdoors."),
        ("You must be a man and able to cook.", "You must be able to cook."),
        ("You need to be fit and strong enough to carry the tools.", "You need to be able to carry the tools."),
        ("You must be young and able to learn fast.", "You must be able to learn fast."),
    ],
)
def test_what_one_must_be_able_to_do_stays(checker: Checker, text: str, after: str) -> None:
    assert cured(checker, text, ("disability-fitness", "require-")) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("We are looking for a fit, healthy and reliable cleaner.", "We are looking for a reliable cleaner."),
        ("A fit and active team player is needed.", "A team player is needed."),
        ("We need an energetic, fit and reliable porter.", "We need a motivated and reliable porter."),
        ("Looking for fit and active people to help with gardening.", "Looking for people to help with gardening."),
    ],
)
def test_words_before_their_noun_go(checker: Checker, text: str, after: str) -> None:
    assert cured(checker, text, "disability-fitness") == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("We ask for experience of at least 2 years in a similar role.", "We ask for experience in a similar role."),
        ("Previous experience of between 2 and 3 years at this level.", "Previous experience at this level."),
        ("Minimum experience of 2 years within a care setting.", "Experience within a care setting."),
        ("You must have an experience of 3+ years in payroll.", "You must have experience in payroll."),
        ("Must have worked for at least two years in a nursery.", "Must have worked in a nursery."),
        ("A background of at least five years in banking is needed.", "A background in banking is needed."),
        ("A track record of 5 years plus in business development.", "A track record in business development."),
        ("You have experience spanning at least 10 years across HR.", "You have experience across HR."),
        ("At least 2 years of in depth experience with Java.", "Thorough experience with Java."),
        ("Experience within a similar role of at least 2 years.", "Experience within a similar role."),
        ("Experience: at least 2 years in similar role", "Experience in similar role"),
    ],
)
def test_no_preposition_is_left_before_another(checker: Checker, text: str, after: str) -> None:
    assert cured(checker, text, "age-years-experience") == after


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("References must cover a minimum of 4 years employment.", "a minimum employment"),
        ("With a minimum of 3 years in a similar post, you know the work.", "a minimum in"),
        ("We want lively, young and enthusiastic people.", ", and"),
        ("Driver's licence and vehicle: essential.", ")'s"),
        ("Must hold a full licence, be able to lift and be able to drive a van.", ") a van"),
        ("We're after fit & active folk.", "after able"),
        ("Ideally you are active and healthy with good eyesight.", "are with"),
        ("Experience: at least 2 years in similar role", "Experience: in"),
        ("You should be a car driver and able to travel far.", "should able"),
        ("Competitive salary, that goes without saying.", "That goes"),
    ],
)
def test_a_cure_that_would_not_read_is_not_offered(checker: Checker, text: str, broken: str) -> None:
    findings = checker.check(text).findings
    assert findings
    assert not [cure.sentence for one in findings for cure in one.suggestions if broken in cure.sentence]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Access to a car and a willingness to travel are essential.", "A willingness to travel is essential."),
        ("Access to own transport and flexibility to travel are required.", "Flexibility to travel is required."),
        ("A car and a clean driving licence are essential.", "The ability to travel for work is essential."),
        ("Both a car and a driving licence are required.", "The ability to travel for work is required."),
        (
            "Good spelling and a driving licence are essential.",
            "Good spelling and suitable transport (by car or another way) are essential.",
        ),
        ("Competitive salary and training are offered.", "Training is offered."),
        ("A full licence and access to a car is essential.", "The ability to travel for work is essential."),
        (
            "A competitive salary and access to a pension scheme - our salaries are checked each year.",
            "Access to a pension scheme - our salaries are checked each year.",
        ),
    ],
)
def test_the_verb_agrees_with_what_is_left(checker: Checker, text: str, after: str) -> None:
    assert cured(checker, text, ("disability", "pay")) == after


@pytest.mark.parametrize(
    "text",
    [
        "Car and full clean driving licence are essential to cover the region.",
        "Own vehicle and tools are essential.",
        "A valid licence, business insurance and use of a car are essential.",
        "Willingness to work evenings and access to a car are essential.",
    ],
)
def test_no_cure_leaves_one_thing_with_are_or_two_with_is(checker: Checker, text: str) -> None:
    for one in checker.check(text).findings:
        for cure in one.suggestions:
            subject, _, _ = cure.sentence.replace(" (driving is a regular part of this role)", "").partition(
                " essential"
            )
            assert subject.endswith(" are" if " and " in subject else " is")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "Candidates must have a driving licence and be able to work late.",
            "Candidates must be able to travel for work and to work late.",
        ),
        (
            "Must hold a driving licence, have own car and be able to file.",
            "Must be able to travel for work and to file.",
        ),
        (
            "You must be a driver and be able to start at 6am.",
            "You must be able to travel for work and to start at 6am.",
        ),
        ("You should be a car driver and able to travel far.", "You should be able to travel far."),
        ("Hold a driving licence and able to work at sites.", "Be able to travel for work and to work at sites."),
    ],
)
def test_able_to_is_said_once(checker: Checker, text: str, after: str) -> None:
    assert cured(checker, text, "disability") == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Generous pay, pensions and leave, we offer.", "We offer pensions and leave."),
        ("Competitive rates and regular work we can promise.", "We can promise regular work."),
        ("A competitive salary and full training we will give you.", "We will give you full training."),
        ("Competitive salary, that goes without saying.", "Salary, that goes without saying."),
    ],
)
def test_what_stood_first_reads_the_right_way_round(checker: Checker, text: str, after: str) -> None:
    assert cured(checker, text, "pay-") == after


@pytest.mark.parametrize(
    "text",
    [
        "A lad in his late teens would suit, as that is what the chefs are used to.",
        "An older chap would suit because our regulars know him.",
        "A lass would be best since the till is hers to run.",
        "A single man would be ideal if you live on the farm.",
    ],
)
def test_no_article_is_left_before_a_reason(checker: Checker, text: str) -> None:
    report = checker.check(text)
    assert [one.severity.value for one in report.findings] == ["likely-unlawful"]
    after = [suggestion.sentence for one in report.findings for suggestion in one.suggestions]
    assert [line for line in after if line.startswith(("A as", "An because", "A since", "A if", "The if"))] == []
