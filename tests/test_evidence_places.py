"""The place of a post chooses the comparator, whatever the order of the file."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inclusive_ads import Checker, Vacancy
from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.values import GradedGroup
from inclusive_ads.lexicon.areas import load_areas

HEAD = "org,snapshot_date,scheme,grade,role_family,characteristic,group,count,unknown,total"
FIGURES = "\n".join(
    [HEAD, *(f"T,2026-03-31,cs,Grade 7,,ethnicity,{g},{n},0,150" for g, n in (("ethnic minority", 9), ("white", 141)))]
).encode()
ROWS = {
    "England": ("19%", "56,490,000"),
    "Cumbria working-age population": ("6%", "300,000"),
    "London": ("46%", "8,800,000"),
    "Carlisle travel-to-work area": ("5%", "100,000"),
    "UK": ("17%", "67,000,000"),
}


def comparators(*names: str, extra: str = "", head: str = "name,characteristic,group,share,n,source,date") -> bytes:
    rows = [f'{name},ethnicity,BME,{ROWS[name][0]},"{ROWS[name][1]}",Census,2021' for name in names]
    return "\n".join([head, *rows, *filter(None, [extra])]).encode()


def at(location: str, data: bytes) -> GradedGroup:
    return next(one for one in read_evidence(FIGURES, data).at(location).groups if one.group == "ethnic-minority")


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("Carlisle", "Carlisle travel-to-work area"),
        ("carlisle", "Carlisle travel-to-work area"),
        ("Carlisle CA1 1AA", "Carlisle travel-to-work area"),
        ("Hallbankgate, Carlisle", "Carlisle travel-to-work area"),
        ("Kendal", "Cumbria working-age population"),
        ("Kirkby Stephen, Cumbria", "Cumbria working-age population"),
        ("CA1 1AA", "Cumbria working-age population"),
        ("Kendal and Carlisle", "Cumbria working-age population"),
        ("London", "London"),
        ("102 Petty France, London", "London"),
        ("SW1A 2AA", "London"),
        ("Croydon", "London"),
        ("Leeds", "England"),
        ("Carlisle or London", "England"),
        ("a village in England", "England"),
        ("Edinburgh", "UK"),
        ("Cardiff", "UK"),
        ("Belfast", "UK"),
        ("London and Belfast", "UK"),
    ],
)
def test_the_nearest_comparator_that_holds_the_post_is_used(location: str, name: str) -> None:
    graded = at(location, comparators(*ROWS))
    assert graded.comparator == name
    assert location in graded.why
    assert graded.why in graded.reasons
    assert graded.record["comparator"]["why"] == graded.why


@settings(max_examples=30, deadline=None)
@given(st.permutations(list(ROWS)), st.sampled_from(["Carlisle", "Kendal", "London", "Leeds", "Edinburgh", ""]))
def test_the_order_of_the_file_says_nothing(names: list[str], location: str) -> None:
    assert at(location, comparators(*names)) == at(location, comparators(*ROWS))


def test_a_comparator_for_another_place_is_left_aside_and_said() -> None:
    graded = at("Leeds", comparators("London", "Carlisle travel-to-work area"))
    assert (graded.comparator, graded.level) == ("", "insufficient")
    assert (
        "Left aside, because it is not certain that the post is there: Carlisle travel-to-work area, London."
        in graded.reasons
    )


def test_without_a_place_comparators_for_several_are_asked_about() -> None:
    graded = at("", comparators("London", "England"))
    assert graded.level == "insufficient"
    assert any(reason.startswith("Left aside until the place of the post is given") for reason in graded.reasons)
    alone = at("", comparators("London"))
    assert (alone.comparator, "was not given" in alone.why) == ("London", True)


def test_a_nation_is_said_to_be_wide_for_a_town() -> None:
    assert "much wider" in at("Leeds", comparators("England")).why
    assert "much wider" not in at("Kendal", comparators("Cumbria working-age population")).why
    assert "much wider" not in at("Scotland", comparators("UK")).why


def test_the_column_place_says_what_a_name_does_not() -> None:
    head = "name,characteristic,group,share,n,source,date,place"
    row = "Travel-to-work area 117,ethnicity,BME,5%,,Census,2021,"
    for place in ("Carlisle; Penrith", "Penrith;Carlisle"):
        data = f"{head}\nEngland,ethnicity,BME,19%,,Census,2021,\n{row}{place}".encode()
        assert at("Carlisle", data).comparator == at("Penrith", data).comparator == "Travel-to-work area 117"
        assert at("Kendal", data).comparator == "England"
    unknown = f"{head}\nEngland,ethnicity,BME,19%,,Census,2021,\n{row}Barsetshire".encode()
    assert at("Barchester, Barsetshire, England", unknown).comparator == "Travel-to-work area 117"
    assert at("Kendal", unknown).comparator == "England"


def test_a_comparator_without_a_place_comes_last_and_is_said() -> None:
    row = "Register of the profession,ethnicity,BME,21%,,Register,2026"
    assert at("Carlisle", comparators("England", extra=row)).comparator == "England"
    alone = at("Carlisle", comparators("London", extra=row))
    assert (alone.comparator, "names no place" in alone.why) == ("Register of the profession", True)


def test_the_whole_organisation_is_compared_with_wherever_the_post_is() -> None:
    data = comparators("London", extra="Whole organisation,ethnicity,BME,30%,4000,Return,2026")
    assert {at(place, data).comparator for place in ("", "Carlisle", "London")} == {"Whole organisation"}


def test_whoever_names_a_comparator_gets_it() -> None:
    evidence = read_evidence(FIGURES, comparators(*ROWS), comparator="UK").at("Carlisle")
    assert {one.comparator for one in evidence.groups if one.group == "ethnic-minority"} == {"UK"}


@pytest.mark.parametrize("people", ["10,000,001", "56,490,000", "67,000,000", "448,000,000"])
def test_comparators_may_be_nations(people: str) -> None:
    row = f'England,ethnicity,BME,19%,"{people}",Census,2021'
    assert at("Leeds", comparators(extra=row)).comparator == "England"
    with pytest.raises(EvidenceError, match="more people than there can be"):
        at("Leeds", comparators(extra=row.replace(people, "9,000,000,000")))


def test_areas_hold_what_they_should_and_never_each_other() -> None:
    areas = load_areas()
    for one, other in itertools.combinations(areas.holders, 2):
        assert not (other in areas.holders[one] and one in areas.holders[other]), (one, other)
    for name in (one for one in areas.holders if one not in ("United Kingdom",)):
        assert "United Kingdom" in areas.holders[name], name
    sizes = [areas.size(name) for name in ("Carlisle", "Cumbria", "North West", "England", "Great Britain")]
    assert sizes == sorted(set(sizes))


ADVERT = """Private Secretary
{place}
Job summary
You will run a Minister's office with four colleagues, and make sure that papers are clear.

How to apply
Write to us.
"""


@pytest.mark.parametrize("place", ["Location: Carlisle", ""])
def test_an_advert_is_measured_by_its_own_place(place: str) -> None:
    data = read_evidence(FIGURES, comparators("England", "Cumbria working-age population"))
    vacancy = Vacancy(grade="Grade 7", location="" if place else "Carlisle")
    report = Checker().check(ADVERT.format(place=place), vacancy=vacancy, evidence=data)
    assert [one.reason for one in report.statements.refused if one.id == "positive-action"] == [
        "The figures show no group that is under-represented at this grade and role."
    ]
    other = Checker().check(ADVERT.format(place="Location: Leeds"), vacancy=Vacancy(grade="Grade 7"), evidence=data)
    assert any("may be under-represented" in one.reason for one in other.statements.refused)
