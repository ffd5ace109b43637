"""An organisation's own texts are held to the rules of adverts and of statements."""

from datetime import date
from pathlib import Path

import pytest
from statement_sheet import PAGE, sheet

from inclusive_ads import Checker, LexiconError, Settings, Vacancy
from inclusive_ads.checker import shared_checker
from inclusive_ads.outcomes import Severity
from inclusive_ads.report import Report
from inclusive_ads.statements.library import load_library
from inclusive_ads.statements.models import Profile
from inclusive_ads.statements.own_texts import refuse_own_texts
from inclusive_ads.statements.profiles import load_profile

PROFILE = """id: own
title: Department for Tests
organisation: Department for Tests
merit: standard
companions: [{companions}]
values: {{contact: "Sam Okoro (sam@tests.example)", {values}}}
texts:
  {name}: "{text}"
records: []
"""
WELCOME = "We welcome everyone. We particularly encourage {groups} to apply. They are under-represented {level}."
REFUSED = [
    ("equal-opportunity", "We prefer women and will give them priority."),
    ("equal-opportunity", "We particularly encourage women to apply."),
    ("equal-opportunity", "We welcome everyone, above all Black people. {merit}"),
    ("participation", "We will interview all {groups} {level} who meet the minimum criteria. {merit}"),
    ("participation", "{groups} will be given preference {level}. {merit}"),
    ("participation", "We encourage {groups} to apply. {merit}"),
    ("participation", "We encourage {groups} to apply {level}. {merit}"),
    ("participation", "We are looking for {groups} {level}. {merit}"),
    ("participation", WELCOME + " They will be shortlisted first. {merit}"),
    ("participation", WELCOME + " Their applications open a week earlier. {merit}"),
    ("participation", WELCOME + " Every shortlist will hold one of them. {merit}"),
    ("participation", WELCOME + " At equal merit we appoint them. {merit}"),
    ("participation", WELCOME + " They are guaranteed an interview. {merit}"),
    ("participation", "We particularly encourage {groups} to apply. They are under-represented {level}. {merit}"),
    ("participation", "Only {groups} may apply this time, as they are under-represented {level}. {merit}"),
    ("northern-ireland", "Under the Equality Act 2010 we welcome everyone and {groups} {level}. {merit}"),
    ("tie-break", "Where two people are equally qualified we will always appoint the one from {groups}. {merit}"),
    ("adjustments", "Applicants over 50 are not considered. Ask {contact}."),
    ("right-to-work", "You must be a British citizen."),
    ("right-to-work", "We do not sponsor anybody."),
    ("carers", "This job suits women with children."),
    ("convictions", "People with any criminal record will not be considered."),
    ("staff-network", "Ask {network}; its members get an interview."),
    ("disability-confident", "We interview women and disabled people who meet the minimum criteria."),
    ("lived-experience", "Tell us your diagnosis when you apply. {lived_experience}"),
    ("fluent-english", "You must be a native English speaker."),
]
ACCEPTED = [
    ("participation", WELCOME + " {merit}"),
    (
        "participation",
        "Everyone may apply, and we encourage {groups} to apply, as they are under-represented {level}. {merit}",
    ),
    ("disadvantage", WELCOME.replace("are under-represented", "meet more barriers than others") + " {merit}"),
    (
        "northern-ireland",
        "We welcome applications from everyone, and from {groups} in particular. "
        "They are under-represented {level}. {merit}",
    ),
    ("equal-opportunity", "We are glad of applications from everyone. {merit}"),
    ("adjustments", "We make adjustments at every stage. Ask {contact}."),
    ("flexible-working", "This job can be done with {flexible_options}."),
    ("right-to-work", "You will need the right to work in the UK by your first day. Tell us if you need sponsorship."),
    (
        "disability-confident",
        "We are Disability Confident ({disability_confident}) and offer an interview to "
        "disabled people who meet the minimum criteria.",
    ),
    ("staff-network", "{network} answers questions about working here: {network_contact}."),
    ("independent-panel", "There will be an independent member on each interview panel."),
]


def load(folder: Path, name: str, text: str) -> Profile:
    """The profile with one text of its own, held to the rules as a checker does."""
    path = folder / "own.yaml"
    path.write_text(PROFILE.format(name=name, text=text, values="", companions=""))
    profile = load_profile(path)
    checker = shared_checker()
    refuse_own_texts(profile, path, checker.analyse, checker.findings)
    return profile


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_a_text_that_favours_or_shuts_out_is_refused_with_its_line(name: str, text: str, tmp_path: Path) -> None:
    with pytest.raises(LexiconError) as caught:
        load(tmp_path, name, text)
    assert caught.value.line == 8
    assert caught.value.remedy


@pytest.mark.parametrize(("name", "text"), ACCEPTED)
def test_a_lawful_text_is_accepted(name: str, text: str, tmp_path: Path) -> None:
    assert load(tmp_path, name, text).texts[name] == text


def report(checker: Checker, **values: str) -> Report:
    return checker.check("Porter\n\nYou carry bags.\n", vacancy=Vacancy(location="Leeds", values=values))


def test_values_are_read_with_the_text_that_holds_them(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(PROFILE.format(name="adjustments", text="Ask {contact}.", values="", companions="flexible-working"))
    checker = Checker(Settings(profile=str(path), today=date(2026, 12, 1)))
    (fine,) = report(checker, flexible_options="job share").statements.chosen
    assert fine.id == "flexible-working"
    held = report(checker, flexible_options="part-time hours, for women only").statements
    assert held.chosen == ()
    (said,) = [one.reason for one in held.refused if one.id == "flexible-working"]
    assert "women only" in said
    assert "Likely unlawful" in said


def test_a_checker_refuses_such_a_profile(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(PROFILE.format(name="adjustments", text="No men. Ask {contact}.", values="", companions=""))
    with pytest.raises(LexiconError, match="No men"):
        Checker(Settings(profile=str(path)))


def test_the_page_of_all_texts_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == sheet()


def test_no_text_that_is_not_read_again_would_be_raised(checker: Checker) -> None:
    settled = load_library().settled
    assert len(settled) > 5
    for text in settled:
        assert not [f for f in checker.check(text).findings if f.severity.rank <= Severity.INDIRECT.rank], text
