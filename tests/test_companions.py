"""A companion statement is "already there" only where the advert says it of the post."""

from datetime import date

import pytest

from inclusive_ads import Checker, Settings, Vacancy

ADVERT = "Night porter\n\n{line}\n\nYou carry bags and check the fire panel.\n"
SAID = [
    ("equal-opportunity", "We welcome applications from people of all backgrounds."),
    ("equal-opportunity", "This post is open to everyone."),
    ("adjustments", "We make adjustments at every stage."),
    ("adjustments", "Tell us if you need an adjustment for your interview."),
    ("flexible-working", "Part-time or job share considered."),
    ("flexible-working", "You may work from home two days a week."),
    ("right-to-work", "You need the right to work in the UK."),
]
# Wording like it that refuses it, delays it or speaks of somebody else.
LIKE_IT = [
    ("flexible-working", "Flexible working only after six months' service."),
    ("flexible-working", "You must be able to work flexible hours."),
    ("flexible-working", "No part time hours."),
    ("flexible-working", "This post is full-time only."),
    ("flexible-working", "Working pattern: full time"),
    ("flexible-working", "Hours: full-time"),
    ("flexible-working", "This is a full-time post by the sea."),
    ("flexible-working", "Permanent, full time"),
    ("adjustments", "You will advise managers on reasonable adjustments."),
    ("adjustments", "You plan workplace adjustments for our tenants."),
]
# Wording that has nothing to do with it.
UNLIKE = [
    ("equal-opportunity", "Everyone who stays with us is welcome."),
    ("equal-opportunity", "Our prayer room is open to everyone."),
    ("equal-opportunity", "The gardens are open to everyone on Sundays."),
    ("adjustments", "You make journal entries at the end of the month."),
    ("flexible-working", "The hose is flexible and the pump is quiet."),
]


@pytest.fixture(scope="module")
def reader() -> Checker:
    return Checker(Settings(today=date(2026, 12, 1)))


def statements(reader: Checker, line: str, *without: str) -> tuple[list[str], dict[str, str]]:
    """What goes in, and why the others do not."""
    values = {"contact": "Sam Okoro (01632 960123)", "flexible_options": "job share"}
    given = Vacancy(location="Leeds", values=values, leave_out=without)
    found = reader.check(ADVERT.format(line=line), vacancy=given).statements
    return [one.id for one in found.chosen], {one.id: one.reason for one in found.refused}


@pytest.mark.parametrize(("name", "line"), SAID)
def test_what_the_advert_says_of_the_post_is_there_already(reader: Checker, name: str, line: str) -> None:
    chosen, refused = statements(reader, line)
    assert name not in chosen
    assert name not in refused or "already" in refused[name]


@pytest.mark.parametrize(("name", "line"), LIKE_IT)
def test_wording_that_only_looks_like_it_is_shown_and_the_statement_offered(
    reader: Checker, name: str, line: str
) -> None:
    chosen, refused = statements(reader, line)
    assert name not in chosen
    assert "something like it" in refused[name]


@pytest.mark.parametrize(("name", "line"), UNLIKE)
def test_wording_about_something_else_stands_in_the_way_of_nothing(reader: Checker, name: str, line: str) -> None:
    others = {"equal-opportunity", "adjustments", "flexible-working"} - {name}
    assert name in statements(reader, line, *others)[0]  # a short advert takes no more than two


@pytest.mark.parametrize(
    ("location", "languages"),
    [("Cardiff", "English or Welsh"), ("Aberystwyth SY23 3BU", "English or Welsh"), ("Leeds", "English clearly")],
)
def test_the_duty_to_speak_well_is_about_welsh_too_in_wales(reader: Checker, location: str, languages: str) -> None:
    given = Vacancy(location=location, public_facing=True, ask=("fluent-english",), values={"public_authority": "yes"})
    chosen = {
        one.id: one.text
        for one in reader.check(ADVERT.format(line="You greet guests."), vacancy=given).statements.chosen
    }
    assert languages in chosen["fluent-english"]
