"""Targets: what a goal would take, against a sum worked out year by year; what is never told; the command."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from inclusive_ads.cli import main
from inclusive_ads.errors import SettingsError
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.statistics import appointments_a_year
from inclusive_ads.evidence.target_pictures import target_picture, target_rows, target_table
from inclusive_ads.evidence.targets import Target, goal_thresholds, set_targets
from inclusive_ads.evidence.thresholds import load_thresholds

EXAMPLES = Path(__file__).parent.parent / "examples"
LIMITS = goal_thresholds(load_thresholds())
HEAD = "org,snapshot_date,scheme,grade,role_family,characteristic,group,count,unknown,total"
MINORITY = "ethnic-minority"


def figures(posts: dict[str, tuple[int, int]]) -> bytes:
    """Grade → people from ethnic minorities, white people."""
    rows = [
        f"Test,2026-03-31,cs,{grade},,ethnicity,{group},{count},0,{sum(both)}"
        for grade, both in posts.items()
        for group, count in zip(("ethnic minority", "white"), both, strict=True)
    ]
    return "\n".join([HEAD, *rows]).encode()


def set_for(posts: dict[str, tuple[int, int]], **options: object) -> dict[str, Target]:
    evidence = read_evidence(figures(posts), thresholds=LIMITS)
    return {target.grade: target for target in set_targets(evidence, **options)}  # type: ignore[arg-type]


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["targets", *args])
    return result.exit_code, result.output


def of_example(*args: str) -> tuple[int, str]:
    given = ("--comparators", str(EXAMPLES / "comparators.csv"), "--year", "2030", "--turnover", "12")
    return run("--representation", str(EXAMPLES / "representation.csv"), *given, *args)


@given(st.integers(0, 900), st.integers(0, 900), st.integers(1, 30), st.floats(0.01, 0.9))
def test_the_appointments_lead_year_by_year_to_the_goal(now: int, wanted: int, years: int, turnover: float) -> None:
    each = appointments_a_year(now, wanted, years=years, turnover=turnover)
    people = float(now)
    for _ in range(years):
        people += each - people * turnover
    assert people >= wanted - 1e-6
    assert each == 0 or people == pytest.approx(wanted, abs=1e-6)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 30), st.floats(0.01, 0.9))
def test_more_time_or_a_nearer_goal_never_asks_for_more(now: int, gap: int, years: int, turnover: float) -> None:
    needed = appointments_a_year(now, now + gap, years=years, turnover=turnover)
    assert appointments_a_year(now, now + gap, years=years + 1, turnover=turnover) <= needed + 1e-9
    assert appointments_a_year(now, now + gap + 1, years=years, turnover=turnover) >= needed


def test_a_row_says_what_is_there_what_is_missing_and_how_it_was_worked_out() -> None:
    target = set_for({"SEO": (201, 799), "Grade 7": (161, 899)}, own={"": 0.214}, year=2030, turnover=0.12)["Grade 7"]
    assert (target.people, target.known, target.people_at_goal, target.gap) == (161, 1060, 227, 66)
    assert (target.posts_a_year, target.appointments_a_year, target.of_appointments) == (127.2, 40, 0.307)
    assert target.path is not None
    assert list(target.path) == [2026, 2027, 2028, 2029, 2030]
    sum_shown = re.search(r"0\.12 × \((\d+) − (\d+) × (0\.\d+)\) ÷ \(1 − (0\.\d+)\) = (\d+\.\d)", target.working)
    assert sum_shown
    wanted, now, left, again, result = map(float, sum_shown.groups())
    assert left == again
    assert round(0.12 * (wanted - now * left) / (1 - left), 1) == result


def test_the_share_in_the_sum_is_exact_enough_to_redo_it() -> None:
    target = set_for({"SEO": (1023, 4165), "Grade 7": (150, 760)})["Grade 7"]
    told = re.search(r"([\d.]+)% of ([\d,]+) is ([\d.]+), so (\d+) people", target.working)
    assert told
    goal, known, exact, people = (float(one.replace(",", "")) for one in told.groups())
    assert goal / 100 * known == pytest.approx(exact, abs=0.011)
    assert math.ceil(exact) == people


def test_the_labour_market_goes_before_the_organisation_and_ones_own_target_before_both() -> None:
    posts = {"SEO": (200, 800), "Grade 7": (100, 900)}
    market = b"name,characteristic,group,share,n,source,date\nOur town,ethnicity,BME,41%,,Census,2021"
    with_market = set_targets(read_evidence(figures(posts), market, thresholds=LIMITS))
    assert {(target.goal_of, target.goal) for target in with_market} == {("Our town", 0.41)}
    assert {target.goal_of for target in set_for(posts).values()} == {"the whole organisation"}
    assert set_for(posts)["Grade 7"].goal == 0.15
    assert {target.goal_of for target in set_for(posts, own={"BME": 0.19}).values()} == {"your own target"}


def test_without_a_turnover_no_appointments_are_told() -> None:
    target = set_for({"SEO": (200, 800), "Grade 7": (100, 900)})["Grade 7"]
    assert (target.gap, target.posts_a_year, target.appointments_a_year) == (50, None, None)
    assert "appointments" not in target.working


def test_a_goal_that_the_vacancies_cannot_reach_is_said_to_be_out_of_reach() -> None:
    target = set_for({"SEO": (200, 800), "Grade 7": (100, 900)}, own={"": 0.6}, year=2027, turnover=0.05)["Grade 7"]
    assert target.of_appointments is not None
    assert target.of_appointments > 1
    assert "cannot be reached" in target.working


@pytest.mark.parametrize(
    ("minority", "white", "goal", "state", "told"),
    [
        (40, 160, 0.20, "reached", "reached"),
        (37, 163, 0.20, "small gap", "fewer than 5 people"),
        (12, 13, 0.60, "too few", "Fewer than 30 people are known"),
        (3, 157, 0.20, "small count", "28 more at least"),
        (3, 37, 0.20, "small count", "cannot be told as a number"),
        (1, 7, 0.20, "not shown", "too small to show"),
    ],
)
def test_small_numbers_are_not_told(minority: int, white: int, goal: float, state: str, told: str) -> None:
    found = set_for({"SEO": (300, 900), "Grade 7": (minority, white)}, own={"": goal}, turnover=0.1)
    target = found.get("Grade 7", found["SEO"])
    assert target.state == state
    assert told in target.working
    assert target.gap in (None, 0)
    assert target.appointments_a_year is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4), st.integers(30, 300), st.integers(5, 60), st.integers(1, 40))
def test_the_rows_are_the_same_whatever_a_small_number_is(small: int, white: int, percent: int, turnover: int) -> None:
    def all_that_is_told(count: int) -> str:
        found = tuple(
            set_for(
                {"SEO": (300, 900), "Grade 7": (count, white - count)},
                own={"": percent / 100},
                turnover=turnover / 100,
            ).values()
        )
        return (
            repr(found) + target_table(found, LIMITS) + target_picture(found, LIMITS) + repr(target_rows(found, LIMITS))
        )

    assert all_that_is_told(small) == all_that_is_told(0)


@settings(max_examples=60, deadline=None)
@given(st.integers(5, 200), st.integers(30, 400), st.integers(1, 99))
def test_no_gap_and_no_appointments_under_five_are_told(minority: int, white: int, percent: int) -> None:
    for target in set_for({"Grade 7": (minority, white)}, own={"": percent / 100}, turnover=0.1).values():
        assert target.gap is None or target.gap == 0 or target.gap >= 5
        assert target.appointments_a_year is None or target.appointments_a_year >= 5
        if target.gap:
            # The gap is as small as it can be: one person fewer and the goal is missed.
            assert target.people is not None
            assert target.known is not None
            assert (target.people + target.gap) / target.known >= percent / 100 - 1e-9
            assert (target.people + target.gap - 1) / target.known < percent / 100


def test_grades_that_are_read_together_stand_in_one_row() -> None:
    found = set_for({"SEO": (200, 800), "Grade 7": (4, 20), "Grade 6": (5, 16)}, own={"": 0.4}, turnover=0.1)
    assert list(found) == ["SEO", "Grade 7 and Grade 6"] or list(found) == ["SEO", "Grades 6 and 7"]
    assert list(found.values())[1].known == 45


def test_all_roles_are_told_together_or_else_one_by_one() -> None:
    evidence = read_evidence(EXAMPLES / "representation.csv", EXAMPLES / "comparators.csv", thresholds=LIMITS)
    rows = {(target.grade, target.role): target for target in set_targets(evidence, groups=["BME"])}
    assert ("Grade 7", "") in rows
    assert ("Grade 6", "Policy") in rows
    assert ("Grade 6", "") not in rows
    only = set_targets(evidence, groups=["BME"], role="policy")
    assert {target.role for target in only} == {"Policy"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"year": 2026}, "from 2027"),
        ({"year": 2100}, "to 2066"),
        ({"groups": ["women"]}, "no group 'women'"),
        ({"role": "Kitchen"}, "no role 'Kitchen'"),
        ({"own": {"women": 0.5}}, "which group"),
    ],
)
def test_what_the_figures_cannot_answer_is_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        set_for({"SEO": (200, 800)}, **options)


def test_the_command_says_it_as_text_numbers_rows_and_picture() -> None:
    code, text = of_example("--group", "ethnic minority")
    assert code == 0
    assert "40 of about 127" in text
    assert "never a quota" in text
    plain = json.loads(of_example("--group", "ethnic minority", "--format", "json")[1])
    assert {row["goal"] for row in plain["targets"]} == {0.214}
    rows = list(csv.DictReader(io.StringIO(of_example("--group", "ethnic minority", "--format", "csv")[1])))
    assert len(rows) == len(plain["targets"])
    assert [row["gap"] for row in rows if row["grade"] == "Grade 7"] == ["66"]
    drawing = ET.fromstring(of_example("--group", "ethnic minority", "--format", "svg")[1])
    space = "{http://www.w3.org/2000/svg}"
    words = drawing.findtext(f"{space}desc") or ""
    assert drawing.get("role") == "img"
    assert "66 more by 2030" in words
    assert len(drawing.findall(f"{space}path")) == len(rows)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--target", "19"], "which group"),
        (["--target", "many"], "no target"),
        (["--target", "0.19"], "fraction"),
        (["--target", "women=100"], "between 0 and 100"),
        (["--turnover", "0"], "no turnover"),
        (["--turnover", "-3"], "no turnover"),
        (["--against", "Atlantis"], "no comparator"),
        (["--group", "Martians"], "no group"),
    ],
)
def test_the_command_refuses_what_makes_no_sense(args: list[str], said: str) -> None:
    code, output = of_example(*args)
    assert code == 2
    assert said in output
    assert "Traceback" not in output


def test_the_command_needs_figures() -> None:
    assert run("--year", "2030") == (2, "inclusive-ads: There are no figures. Give --representation FILE.\n")
