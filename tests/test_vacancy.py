"""The one table of the vacancy: every field goes through every door, and really changes the result."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from desk_pages import caller, every, press
from flask.testing import FlaskClient

from inclusive_ads import (
    VACANCY_FIELDS,
    Document,
    FrameChecker,
    InputError,
    Settings,
    Vacancy,
    check_item,
    spark,
    statement_titles,
)
from inclusive_ads.batch import running
from inclusive_ads.checker import Checker
from inclusive_ads.cli import main
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.values import Evidence

ROOT = Path(__file__).parent.parent
PROFILE = str(Path(__file__).with_name("vacancy-profile.yaml"))
FIGURES = [str(ROOT / "examples" / f"{name}.csv") for name in ("representation", "comparators")]
TODAY = date(2026, 12, 1)
ADVERT = """Policy Adviser

Employer: Department for Tests

You will write advice that Ministers can use, talk to the people it is for, and keep clear notes of what was said.
"""
CALM = ["--profile", PROFILE, "--today", "2026-12-01", "--representation", FIGURES[0], "--comparators", FIGURES[1]]
Given = dict[str, Any]
Outcome = list[str]
Door = Callable[[Given], Outcome]

# What a door is given besides, and what then makes a difference.
PLACE: Given = {"location": "London"}
POST: Given = {"grade": "Grade 7", "role": "Private Office", "contact": "Sam Okoro (sam@tests.example)", **PLACE}
CHANGES: dict[str, tuple[Given, Any]] = {
    "grade": ({k: v for k, v in POST.items() if k != "grade"}, "Grade 7"),
    "role": ({k: v for k, v in POST.items() if k != "role"}, "Private Office"),
    "location": ({k: v for k, v in POST.items() if k != "location"}, "London"),
    "organisation": ({}, "Ministry of Something Else"),
    "closing_date": (POST, "2027-04-30"),  # after the review of the record
    "public_facing": (PLACE, True),
    "contact": ({}, "Sam Okoro (sam@tests.example)"),
    "ask": ({}, ["convictions"]),
    "leave_out": ({}, ["equal-opportunity"]),
    "values": ({}, {"flexible_options": "job sharing; and part-time hours"}),
}
# What can be asked for, with what it needs; the id that then goes in.
ASKED: dict[str, tuple[Given, str]] = {
    "development-scheme": ({**POST, "values": {"scheme": "Bridge"}}, "our-scheme"),
    "tie-break": (POST, "our-tie-break"),
    "lived-experience": ({"values": {"lived_experience": "being a carer"}}, "lived-experience"),
    "vetting": ({"values": {"clearance": "Security Check (SC) clearance"}}, "vetting"),
    "convictions": ({}, "convictions"),
    "fluent-english": (PLACE, "fluent-english"),
    "occupational-requirement": (
        {
            "values": {"requirement": "a woman", "requirement_reason": "of privacy", "legal_advice": "Counsel, 2 May"},
            **PLACE,
        },
        "occupational-requirement",
    ),
}


def cell(value: Any) -> str:
    """A value as a table or a form holds it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{name}={text}" for name, text in value.items())
    return ", ".join(value) if isinstance(value, list) else str(value)


def run(*args: str, given: str = "") -> str:
    result = CliRunner().invoke(main, [*args], input=given)
    assert result.exit_code < 2, result.stderr
    return result.stdout


def of_report(plain: dict[str, Any]) -> Outcome:
    choice = plain.get("statements", plain)
    return sorted([one["id"] for one in choice["chosen"]] + [one["message"] for one in choice["problems"]])


def of_line(text: str) -> Outcome:
    line = json.loads(text)
    assert "error" not in line, line
    return sorted(line["statements"] + [found["message"] for found in line["findings"]])


def flags(given: Given) -> list[str]:
    found: list[str] = []
    for name, value in given.items():
        option = f"--{name.replace('_', '-')}"
        if isinstance(value, bool):
            found.append(option if value else f"--not-{option[2:]}")
        elif isinstance(value, dict):
            found += [part for key, text in value.items() for part in (option, f"{key}={text}")]
        else:
            found += [part for each in (value if isinstance(value, list) else [value]) for part in (option, each)]
    return found


@pytest.fixture(scope="module", autouse=True)
def one_checker() -> Iterator[None]:
    """The commands load the lexicons once for all tests, as a server does; what differs is what they are asked."""
    made = cache(Checker)

    def make(settings: Settings) -> Checker:
        checker = copy(made(replace(settings, post=Vacancy())))
        checker.settings = settings
        return checker

    with pytest.MonkeyPatch.context() as patch:
        for module in ("cli.given", "batch.running"):
            patch.setattr(f"inclusive_ads.{module}.Checker", make)
        yield


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return caller(Settings(today=TODAY), profiles=(PROFILE,), representation=FIGURES[0], comparators=FIGURES[1])


def by_option(given: Given) -> Outcome:
    return of_report(json.loads(run("statement", "-", "--format", "json", *CALM, *flags(given), given=ADVERT)))


def by_batch_option(given: Given) -> Outcome:
    return of_line(run("batch", "-", *CALM, *flags(given), given=json.dumps({"id": 1, "text": ADVERT}) + "\n"))


def by_line(given: Given) -> Outcome:
    return of_line(run("batch", "-", *CALM, given=json.dumps({"id": 1, "text": ADVERT, "post": given}) + "\n"))


def by_setting(tmp_path: Path, given: Given) -> Outcome:
    settings = tmp_path / "settings.yaml"
    settings.write_text(json.dumps({"post": given}), encoding="utf-8")  # JSON is YAML
    args = ("statement", "-", "--format", "json", *CALM, "--config", str(settings))
    return of_report(json.loads(run(*args, given=ADVERT)))


def by_column(tmp_path: Path, given: Given) -> Outcome:
    table = io.StringIO()
    row = {"id": "a", "text": ADVERT, **{name: cell(value) for name, value in given.items()}}
    writer = csv.DictWriter(table, fieldnames=list(row))
    writer.writeheader()
    writer.writerow(row)
    path = tmp_path / "adverts.csv"
    path.write_text(table.getvalue(), encoding="utf-8", newline="")
    return of_line(run("batch", str(path), *CALM))


def by_api(client: FlaskClient, given: Given) -> Outcome:
    response = client.post("/api/v2/check", json={"text": ADVERT, "profile": "vacancy-test", "post": given})
    assert response.status_code == 200, response.get_json()
    return of_report(response.get_json())


def by_api_form(client: FlaskClient, given: Given) -> Outcome:
    form = {name: cell(value) for name, value in given.items()}
    data = {"document": (io.BytesIO(ADVERT.encode()), "a.txt"), "profile": "vacancy-test", **form}
    response = client.post("/api/v2/check", data=data)
    assert response.status_code == 200, response.get_json()
    return of_report(response.get_json())


def by_api_line(client: FlaskClient, given: Given) -> Outcome:
    line = json.dumps({"id": 1, "text": ADVERT, "post": given})
    address = "/api/v2/batch?profile=vacancy-test"
    return of_line(client.post(address, data=line, content_type="application/x-ndjson").get_data(as_text=True))


def by_page(client: FlaskClient, given: Given) -> Outcome:
    """The words of statements and problems; the page has no ids."""
    form = {name: value if isinstance(value, list) else cell(value) for name, value in given.items()}
    response = client.post("/result", data={"advert": ADVERT, "profile": "vacancy-test", **form})
    text = response.get_data(as_text=True)
    assert response.status_code == 200, re.findall(r'error-message">.*?</p>', text, re.DOTALL)
    part = text.split('id="statement">')[1].split("</section>")[0]
    ours = re.findall(r'<blockquote.*?"govuk-body">(.*?)</p>', part, re.DOTALL)
    again = press(client, response, "check").get_data(as_text=True)
    assert part == again.split('id="statement">')[1].split("</section>")[0]  # what was given stays with the advert
    return sorted(ours + every(text, "#marks > mark"))


@cache
def figures() -> Evidence:
    return read_evidence(*map(Path, FIGURES))


def by_spark(row: Given, *options: str) -> Outcome:
    """What a worker makes of a row, with the settings that the command would send it."""
    asked = spark.main.make_context("spark", ["in.csv", "out.jsonl", "found.jsonl", *CALM[:4], *options]).params
    for name in ("source", "adverts", "findings", "column", "id_column", "master"):
        del asked[name]
    item = FrameChecker(lines_of_json="post" in row).item({"id": "a", "text": ADVERT, **row})
    checker = running.Checker(spark.settings_of(asked))
    return of_line(json.dumps(check_item(checker, item, evidence=figures())))


DOORS = (
    "option",
    "batch option",
    "line",
    "setting",
    "column",
    "API",
    "API form",
    "API line",
    "page",
    "Spark column",
    "Spark line",
    "Spark option",
)


@pytest.fixture
def door(request: pytest.FixtureRequest, client: FlaskClient, tmp_path: Path) -> Door:
    return {
        "option": by_option,
        "batch option": by_batch_option,
        "line": by_line,
        "setting": lambda given: by_setting(tmp_path, given),
        "column": lambda given: by_column(tmp_path, given),
        "API": lambda given: by_api(client, given),
        "API form": lambda given: by_api_form(client, given),
        "API line": lambda given: by_api_line(client, given),
        "page": lambda given: by_page(client, given),
        "Spark column": lambda given: by_spark({name: cell(value) for name, value in given.items()}),
        "Spark line": lambda given: by_spark({"post": json.dumps(given)}),
        "Spark option": lambda given: by_spark({}, *flags(given)),
    }[request.param]


def test_every_field_is_tried() -> None:
    assert list(CHANGES) == [item.name for item in VACANCY_FIELDS]


@pytest.mark.parametrize("door", DOORS, indirect=True)
def test_every_field_changes_the_result_through_every_door(door: Door) -> None:
    same = [name for name, (base, value) in CHANGES.items() if door(base) == door({**base, name: value})]
    assert same == []


@pytest.mark.parametrize("door", DOORS, indirect=True)
def test_every_statement_can_be_asked_for_through_every_door(door: Door, request: pytest.FixtureRequest) -> None:
    for name, (base, expected) in ASKED.items():
        before, after = door(base), door({**base, "ask": [name]})
        if "page" in request.node.name:
            assert len(after) == len(before) + 1, name
        else:
            assert set(after) - set(before) == {expected}, name


def test_the_doors_agree(client: FlaskClient, tmp_path: Path) -> None:
    base = {**POST, "location": "Leeds", "closing_date": "2027-01-10", "public_facing": False, "ask": ["convictions"]}
    report = by_option(base)
    assert "our-statement" in report
    assert report == by_api(client, base) == by_setting(tmp_path, base) == by_api_form(client, base)
    line = by_line(base)
    assert line == by_batch_option(base) == by_column(tmp_path, base) == by_api_line(client, base)
    assert line == by_spark({"post": json.dumps(base)}) == by_spark({}, *flags(base))


@pytest.mark.parametrize("door", DOORS, indirect=True)
def test_a_name_that_there_is_not_is_refused(door: Door) -> None:
    for wrong in ({"ask": ["tie-brake"]}, {"values": {"clearence": "SC"}}, {"closing_date": "31 June 2026"}):
        with pytest.raises((AssertionError, InputError)):
            door(wrong)


# What was given against what the advert says


FACTS = """Policy Adviser

Grade: SEO
Location: Leeds
Employer: Department for Tests

You will write advice that Ministers can use, talk to the people it is for, and keep clear notes of what was said.

Apply by 10 January 2027. For an informal chat about the role, please contact Ruth Adler on 01632 960 123.
"""


@pytest.fixture(scope="module")
def ours() -> Checker:
    return Checker(Settings(profile=PROFILE, today=TODAY))


def messages(checker: Checker, **given: Any) -> list[str]:
    report = checker.check(Document.from_text(FACTS), vacancy=Vacancy(**given))
    for problem in report.statements.problems:
        assert FACTS[problem.start : problem.end] in FACTS
    return [problem.message for problem in report.statements.problems]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"grade": "G7"}, "The advert says SEO, you said G7."),
        ({"location": "Cardiff"}, "The advert says Leeds, you said Cardiff."),
        ({"organisation": "Other Ministry"}, "The advert says Department for Tests, you said Other Ministry."),
        ({"closing_date": date(2027, 1, 12)}, "The advert says 10 January 2027, you said 12 January 2027."),
    ],
)
def test_a_contradiction_is_said(ours: Checker, given: Given, message: str) -> None:
    (said,) = messages(ours, **given)
    assert said.startswith(message)
    report = ours.check(FACTS, vacancy=Vacancy(**given))
    assert report.wording.value == "change before publishing"
    assert "differ on 1 point" in report.summary


@pytest.mark.parametrize(
    "given",
    [
        {"grade": "Senior Executive Officer"},
        {"location": "Leeds and London"},
        {"location": "England"},
        {"location": "leeds"},
        {"organisation": "The Department for Tests"},
        {"closing_date": date(2027, 1, 10)},
        {"contact": "Ruth Adler (ruth@tests.example)"},
        {"contact": "Sam Okoro (01632 960 999)"},
        {"role": "Private Office"},
    ],
)
def test_another_way_to_say_the_same_is_no_contradiction(ours: Checker, given: Given) -> None:
    assert messages(ours, **given) == []


def test_what_was_not_given_is_read_and_the_report_says_so(ours: Checker) -> None:
    facts = ours.check(FACTS, vacancy=Vacancy(location="Leeds")).facts
    assert [fact.field for fact in facts] == ["grade", "role", "organisation", "closing_date", "contact"]
    assert facts[0].message == "Grade or band read from the advert: SEO."
    assert FACTS[facts[3].start : facts[3].end] == "10 January 2027"


def test_no_statement_is_written_on_what_is_in_doubt() -> None:
    checker = Checker(Settings(profile=PROFILE, today=TODAY))
    evidence = read_evidence(Path(FIGURES[0]), Path(FIGURES[1]), None)
    given = Vacancy(grade="Grade 7", role="Private Office", location="Leeds", contact="Ruth Adler (01632 960 123)")
    agreeing = FACTS.replace("SEO", "G7")

    def chosen(text: str, vacancy: Vacancy) -> dict[str, str]:
        report = checker.check(text, vacancy=vacancy, evidence=evidence)
        return {one.id: one.text for one in report.statements.chosen}

    assert "our-statement" in chosen(agreeing, given)
    assert "our-statement" not in chosen(FACTS, given)  # another grade
    assert "our-statement" not in chosen(agreeing, Vacancy(location="Cardiff").over(given))
    other_contact = chosen(agreeing, Vacancy(contact="Sam Okoro (01632 960 999)").over(given))
    assert any("Adler" in text for text in other_contact.values())  # the advert's own contact goes first
    assert not any("Okoro" in text for text in other_contact.values())
    later = FACTS.replace("SEO", "G7").replace("10 January 2027", "10 April 2027")
    assert "our-statement" not in chosen(later, given)  # the review date passes while the advert is open


def test_the_grade_that_was_read_chooses_the_statement() -> None:
    checker = Checker(Settings(profile=PROFILE, today=TODAY))
    evidence = read_evidence(Path(FIGURES[0]), Path(FIGURES[1]), None)
    text = FACTS.replace("SEO", "G7").replace("Policy Adviser", "Diary Manager, Private Office")
    choice = checker.check(text, evidence=evidence).statements
    assert "our-statement" in [one.id for one in choice.chosen]


# The value itself


def test_what_is_nearer_goes_first() -> None:
    house = Vacancy(organisation="Department", public_facing=True, leave_out=("carers",), values={"network": "A"})
    one = Vacancy(grade="SEO", public_facing=False, ask=("carers",), values={"clearance": "SC"})
    both = one.over(house)
    assert (both.grade, both.organisation, both.public_facing) == ("SEO", "Department", False)
    assert (both.ask, both.leave_out) == (("carers",), ())
    assert both.values == {"network": "A", "clearance": "SC"}


def test_a_vacancy_survives_a_form() -> None:
    vacancy = Vacancy(
        grade="SEO",
        closing_date=date(2026, 10, 4),
        public_facing=False,
        ask=("vetting", "tie-break"),
        values={"clearance": "SC; or DV", "network": "Race=Network"},
    )
    assert Vacancy.from_text(vacancy.to_text()) == vacancy
    assert Vacancy.from_text({}) == Vacancy()


@pytest.mark.parametrize(
    "given", [{"closing_date": "soon"}, {"public_facing": "perhaps"}, {"values": "clearance"}, {"values": "=SC"}]
)
def test_a_text_that_is_nothing_of_the_kind_is_refused_with_its_name(given: dict[str, str]) -> None:
    with pytest.raises(InputError, match=next(iter(given))):
        Vacancy.from_text(given)


def test_asking_and_leaving_out_the_same_is_refused(ours: Checker) -> None:
    with pytest.raises(InputError, match="asked for and left out"):
        ours.check(ADVERT, vacancy=Vacancy(ask=("carers",), leave_out=("carers",)))


def test_every_statement_has_a_title_of_its_own() -> None:
    titles = statement_titles()
    assert {"tie-break", "development-scheme", "vetting"} <= set(titles)
    assert len(set(titles.values())) == len(titles)
