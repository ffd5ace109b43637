"""Where a location lies, for every spelling in place_names.yaml."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads.checker import shared_checker
from inclusive_ads.lexicon.gazetteer import load_gazetteer
from inclusive_ads.statements.choosing import choose_statements
from inclusive_ads.statements.library import load_library
from inclusive_ads.statements.profiles import load_profile
from inclusive_ads.statements.survey import Survey, survey
from inclusive_ads.statements.where import locate, northern_names
from inclusive_ads.text.document import Document
from inclusive_ads.vacancy import Vacancy

NAMES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("place_names.yaml").read_text(encoding="utf-8"))
TODAY = date(2026, 12, 1)
BRITISH = ("London", "Leeds LS1 4AP", "Scotland", "Cardiff")


def seen(location: str, text: str = "You run the diary.") -> Survey:
    return survey(shared_checker().analyse(Document.from_text(f"Clerk\n\n{text}\n")), location, load_library())


def kind(found: Survey) -> str:
    if found.northern_ireland:
        return "northern"
    if found.out_of_scope:
        return "abroad"
    if found.unsettled:
        return "asked"
    return "british" if found.in_great_britain else "unknown"


def test_there_are_enough_names() -> None:
    assert len(NAMES["northern"]) >= 80
    assert len(NAMES["british"]) >= 40


@pytest.mark.parametrize("expected", NAMES)
def test_every_spelling_is_read_for_what_it_is(expected: str) -> None:
    library = load_library()
    advert = shared_checker().analyse(Document.from_text("Clerk\n\nYou run the diary.\n"))
    wrong = {name: found for name in NAMES[expected] if (found := kind(survey(advert, name, library))) != expected}
    assert not wrong


@given(
    name=st.sampled_from([*NAMES["northern"], *NAMES["asked"]]).filter(lambda name: "United Kingdom" not in name),
    british=st.sampled_from(BRITISH),
    between=st.sampled_from([", ", " / ", " and ", "; ", "\n", " | "]),
    first=st.booleans(),
)
def test_no_spelling_of_northern_ireland_is_certain_to_be_in_great_britain(
    name: str, british: str, between: str, first: bool
) -> None:
    assert not locate(name).certain
    if name in NAMES["northern"]:
        assert not locate(between.join((british, name) if first else (name, british))).certain


@pytest.mark.parametrize(
    "name", ["Belfast", "NI", "Hillsborough, Co. Down", "BT1 3LP", "Craigantlet", "N. Ireland", "Bangor", ""]
)
def test_no_text_for_great_britain_goes_in_where_the_post_may_be_elsewhere(name: str) -> None:
    profile = load_profile("home-office")
    values = {
        "contact": "Sam Okoro (sam@department.example)",
        "disability_confident": "Leader",
        "public_authority": "yes",
    }
    vacancy = Vacancy(grade="Grade 7", location=name, public_facing=True, values=values)
    advert = shared_checker().analyse(Document.from_text("Clerk\n\nYou run the diary.\n"))
    choice = choose_statements(advert, vacancy, None, profile, today=TODAY)
    chosen = {one.id for one in choice.chosen}
    assert "adjustments" in chosen
    assert not chosen & {"disability-confident", "fluent-english"}
    (refused,) = [one for one in choice.refused if one.id == "fluent-english"]
    assert refused.remedy


def test_a_labelled_location_of_the_advert_counts_and_the_users_own_wins() -> None:
    assert kind(seen("", "Location: Leeds")) == "british"
    assert kind(seen("", "Location: Craigantlet")) == "northern"
    assert kind(seen("Leeds", "Location: Craigantlet")) == "northern"
    assert kind(seen("Newcastle upon Tyne", "Location: Newcastle")) == "british"
    assert kind(seen("London", "Location: 102 Petty France")) == "british"
    assert kind(seen("Head office", "Location: Leeds")) == "british"


def test_names_of_northern_ireland_count_in_running_text() -> None:
    text = "Some meetings are in Belfast, Co. Down, or BT1 3LP; Moira pays NI contributions; ask at Antrim Road."
    assert [text[low:high] for low, high in northern_names(text)] == ["Belfast", "Co. Down", "BT1 3LP"]
    assert kind(seen("Leeds", "You work with the Northern Ireland Office.")) == "british"


def test_the_nation_is_known() -> None:
    assert seen("Cardiff").nations == {"wales"}
    assert seen("EH1 3DG").nations == {"scotland"}
    assert "wales" in seen("Leeds or Swansea").nations


def test_a_name_on_both_sides_is_asked_about() -> None:
    places = load_gazetteer()
    northern = places.northern_ireland
    ours = {name for names in (northern.regions, northern.towns, northern.places, northern.sites) for name in names}
    theirs = {name for names in places.settlements.values() for name in names} | set(places.britain.towns)
    assert not (ours & theirs) - set(places.elsewhere.ambiguous)
