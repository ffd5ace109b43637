"""No hidden number can be worked out from anything that is returned.

The attacker here is written apart from the product: it reads only outputs, sets up every equation and bound that they
give away, and finds by integer programming the smallest and the largest value that each small number can have.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.pictures import picture, table
from inclusive_ads.evidence.values import Evidence

HEAD = "org,snapshot_date,scheme,grade,role_family,characteristic,group,count,unknown,total"
GRADES = ("EO", "HEO", "SEO", "Grade 7")
Key = tuple[str, str, str]  # grade, role, group


@dataclass
class Figures:
    """True counts by grade, role and group."""

    counts: dict[Key, int]
    unknown: dict[tuple[str, str], int]
    years: tuple[int, ...] = (2026,)

    def sheet(self) -> bytes:
        lines = [HEAD]
        for (grade, role, group), count in self.counts.items():
            unknown = self.unknown.get((grade, role), 0)
            total = sum(value for key, value in self.counts.items() if key[:2] == (grade, role)) + unknown
            lines.append(f"Test,2026-03-31,cs,{grade},{role},ethnicity,{group},{count},{unknown},{total}")
        return "\n".join(lines).encode()


def outputs(evidence: Evidence) -> str:
    return (
        json.dumps(evidence.to_dict())
        + table(evidence.groups)
        + picture(evidence.groups)
        + "".join(
            graded.sentence + repr(graded.reasons) + repr((graded.share, graded.comparator_share, graded.level))
            for graded in evidence.groups
        )
    )


def attack(figures: Figures, evidence: Evidence) -> dict[Key, tuple[float, float]]:
    """The range that the outputs leave to every true count."""
    keys = list(figures.counts)
    rows: list[list[float]] = []
    low: list[float] = []
    high: list[float] = []

    def add(chosen: list[Key], least: float, most: float) -> None:
        rows.append([1.0 if key in chosen else 0.0 for key in keys])
        low.append(least)
        high.append(most)

    for graded in evidence.groups:
        record: dict[str, Any] = json.loads(json.dumps(graded.record))
        grades, roles = {graded.grade}, {graded.role} if graded.role else {key[1] for key in keys}
        if record["pooled"]:
            if record["pooled"]["over"] == "grades":
                grades = set(record["pooled"]["names"])
            elif record["pooled"]["over"] == "roles":
                roles = set(record["pooled"]["names"])
            else:
                raise AssertionError(record["pooled"])
        block = [key for key in keys if key[0] in grades and key[1] in roles]
        mine = [key for key in block if key[2] == graded.group]
        shown = record["figures"]
        if "known" in shown:
            add(block, shown["known"], shown["known"])
        if isinstance(shown["count"], int):
            add(mine, shown["count"], shown["count"])
            assert graded.share == shown["count"] / shown["known"]
        elif graded.hidden == "small":
            assert graded.share is None
            add(mine, 0, 4)
        else:
            assert graded.share is None
            if any(
                other.grade == graded.grade and other.role == graded.role and other.hidden == "small"
                for other in evidence.groups
            ):
                add(mine, 5, float("inf"))
    ranges = {}
    for place, key in enumerate(keys):
        ends = []
        for sign in (1.0, -1.0):
            goal = [sign * (spot == place) for spot in range(len(keys))]
            constraints = [LinearConstraint(rows, low, high)] if rows else []
            found = milp(goal, integrality=[1] * len(keys), bounds=Bounds(0, 10_000), constraints=constraints)
            assert found.status == 0, found.message
            ends.append(sign * round(found.fun))
        ranges[key] = (ends[0], ends[1])
        assert ends[0] <= figures.counts[key] <= ends[1]
    return ranges


def assert_nothing_recovered(figures: Figures) -> Evidence:
    evidence = read_evidence(figures.sheet())
    for key, (least, most) in attack(figures, evidence).items():
        if figures.counts[key] < 5:
            assert most - least >= 2, (key, least, most)
    for graded in evidence.groups:
        count = graded.record["figures"]["count"]
        assert not (isinstance(count, int) and count < 5)
        assert graded.record["figures"].get("known", 10) >= 10
        if graded.hidden:
            assert graded.record["test"] is None
            assert graded.record["goal"] is None
            assert not {"share", "interval_95"} & set(graded.record["figures"])
            assert "%" not in graded.sentence.split(", against")[0]
    return evidence


def could_be(figures: Figures, key: Key) -> set[int]:
    """The values of a small number that another table has, too, with every output the same: pools and all.

    Whoever knows the program tries what it would do with each. One person
    more in a group is one fewer in another, and the other way round in a second post, so that sums can stay the same.
    Of a post whose size is not shown, the size may differ as well.
    """
    shown = outputs(read_evidence(figures.sheet()))
    found = {figures.counts[key]}
    for value in sorted(range(5), key=lambda value: -abs(value - figures.counts[key])):
        if max(found) - min(found) < 2 and any(
            outputs(read_evidence(other.sheet())) == shown for other in other_tables(figures, key, value)
        ):
            found.add(value)
    return found


def other_tables(figures: Figures, key: Key, value: int) -> Iterator[Figures]:
    grade, role, group = key
    here = [one for one in figures.counts if one[:2] == (grade, role) and one != key]
    posts = [post for post in dict.fromkeys(one[:2] for one in figures.counts) if post != (grade, role)]
    small = [one for one in here if figures.counts[one] < 5]
    moved = value - figures.counts[key]
    for taken in here:  # who is fewer or more for it, with any number in the small groups beside
        others = [one for one in small if one != taken]
        for values in itertools.product(range(5), repeat=len(others)):
            changes = {one: new - figures.counts[one] for one, new in zip(others, values, strict=True)} | {key: moved}
            changes[taken] = -sum(changes.values())
            for partner in (None, *posts):
                both = (
                    changes | {(*partner, one[2]): -change for one, change in changes.items()} if partner else changes
                )
                yield from table_with(figures, both)
    yield from table_with(figures, {key: moved})
    for partner in posts:
        yield from table_with(figures, {key: moved, (*partner, group): -moved})


def table_with(figures: Figures, changes: dict[Key, int]) -> Iterator[Figures]:
    counts = {one: count + changes.get(one, 0) for one, count in figures.counts.items()}
    if min(counts.values()) >= 0 and max(counts.values()) > 1:
        yield Figures(counts, figures.unknown)


def assert_pools_say_nothing(figures: Figures) -> None:
    for key, count in figures.counts.items():
        if count < 5:
            values = could_be(figures, key)
            assert max(values) - min(values) >= 2, (key, values)


small_or_not = st.one_of(st.integers(0, 7), st.integers(0, 7), st.integers(5, 90))


@st.composite
def tables(draw: st.DrawFn) -> Figures:
    grades = GRADES[: draw(st.integers(1, 4))]
    roles = ["Policy", "Private Office"][: draw(st.integers(1, 2))]
    groups = draw(st.sampled_from([("ethnic minority", "white"), ("Asian", "Black", "white"), ("women", "men")]))
    counts = {(grade, role, group): draw(small_or_not) for grade in grades for role in roles for group in groups}
    return Figures(counts, {(grade, role): draw(st.integers(0, 12)) for grade in grades for role in roles})


def ids(figures: Figures) -> Figures:
    names = {"ethnic minority": "ethnic-minority", "Asian": "asian", "Black": "black"}
    return Figures(
        {(grade, role, names.get(group, group)): count for (grade, role, group), count in figures.counts.items()},
        figures.unknown,
    )


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(tables())
def test_no_hidden_count_can_be_worked_out(figures: Figures) -> None:
    assume(max(figures.counts.values()) > 1)
    assert_nothing_recovered(ids(figures))


@st.composite
def offices(draw: st.DrawFn) -> Figures:
    """Posts of two groups, with ten known people or more, so that something is shown of each."""
    grades, roles = draw(st.sampled_from([(1, 2), (2, 1), (2, 2), (3, 1)]))
    posts = [(grade, role) for grade in GRADES[:grades] for role in ["Policy", "Private Office"][:roles]]
    counts = {}
    for grade, role in posts:
        one = draw(st.one_of(st.integers(0, 6), st.integers(0, 40)))
        counts[(grade, role, "ethnic-minority")] = one
        counts[(grade, role, "white")] = draw(st.integers(max(0, 10 - one), 60))
    return Figures(counts, {})


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(offices())
def test_what_is_pooled_or_withheld_gives_no_number_away(figures: Figures) -> None:
    assert_pools_say_nothing(figures)


def test_the_attacker_would_notice() -> None:
    """Shown without protection, the attacker finds the number: so the property above can fail."""
    figures = Figures({("EO", "", "ethnic-minority"): 3, ("EO", "", "white"): 160}, {})
    open_book = read_evidence(figures.sheet().replace(b"ity,3,", b"ity,23,").replace(b",163", b",183"))
    leaked = Figures({("EO", "", "ethnic-minority"): 23, ("EO", "", "white"): 160}, {})
    assert attack(leaked, open_book)[("EO", "", "ethnic-minority")] == (23, 23)


@pytest.mark.parametrize("rest", [160, 60])
def test_the_result_is_the_same_whatever_the_hidden_number_is(rest: int) -> None:
    """One small group among large grades: every output is equal for 0, 1, 2, 3 and 4 people."""
    seen = set()
    for count in range(5):
        counts = {("SEO", "", "ethnic-minority"): 300, ("SEO", "", "white"): 900}
        counts |= {("Grade 7", "", "ethnic-minority"): count, ("Grade 7", "", "white"): rest - count}
        seen.add(outputs(assert_nothing_recovered(Figures(counts, {}))))
    assert len(seen) == 1
    assert "fewer than 5" in seen.pop()


def test_unknowns_under_five_make_no_difference() -> None:
    seen = set()
    for unknown in range(5):
        counts = {("SEO", "", "ethnic-minority"): 300, ("SEO", "", "white"): 900}
        counts |= {("Grade 7", "", "ethnic-minority"): 12, ("Grade 7", "", "white"): 130}
        seen.add(outputs(read_evidence(Figures(counts, {("Grade 7", ""): unknown}).sheet())))
    assert len(seen) == 1


def test_the_complement_is_hidden_too() -> None:
    counts = {("SEO", "", "ethnic-minority"): 300, ("SEO", "", "white"): 900}
    counts |= {("Grade 7", "", "ethnic-minority"): 3, ("Grade 7", "", "white"): 157}
    groups = {graded.group: graded for graded in read_evidence(Figures(counts, {}).sheet()).for_post(grade="Grade 7")}
    assert groups["ethnic-minority"].hidden == "small"
    assert groups["white"].hidden == "withheld"
    assert "157" not in outputs(read_evidence(Figures(counts, {}).sheet()))


def test_a_second_group_is_hidden_where_the_first_would_follow() -> None:
    counts = {("SEO", "", "asian"): 3, ("SEO", "", "black"): 25, ("SEO", "", "white"): 150}
    groups = {graded.group: graded for graded in read_evidence(Figures(counts, {}).sheet()).groups}
    assert [groups[group].hidden for group in ("asian", "black", "white")] == ["small", "withheld", ""]


def test_all_roles_do_not_give_a_role_away() -> None:
    counts = {("SEO", "Policy", "ethnic-minority"): 40, ("SEO", "Policy", "white"): 160}
    counts |= {("SEO", "Private Office", "ethnic-minority"): 2, ("SEO", "Private Office", "white"): 60}
    evidence = assert_nothing_recovered(Figures(counts, {}))
    shown = {
        graded.role: graded.record["figures"]["count"]
        for graded in evidence.groups
        if graded.group == "ethnic-minority"
    }
    assert shown == {"Policy": 40, "Private Office": "fewer than 5", "": "not shown"}
    counts[("SEO", "Private Office", "ethnic-minority")] = 5
    everyone = next(
        graded
        for graded in read_evidence(Figures(counts, {}).sheet()).for_post(grade="SEO")
        if graded.share is not None
    )
    assert everyone.record["figures"]["known"] == 265


@pytest.mark.parametrize(("left", "shown"), [(2, "not shown"), (5, 43)])
def test_a_row_for_all_roles_does_not_give_the_rest_away(left: int, shown: int | str) -> None:
    head, rows = HEAD, []
    for group, everyone, mine in (("ethnic minority", 38 + left, 38), ("white", 200, 160)):
        rows.append(f"Test,2026-03-31,cs,SEO,,ethnicity,{group},{everyone},0,{238 + left}")
        rows.append(f"Test,2026-03-31,cs,SEO,Policy,ethnicity,{group},{mine},0,198")
    evidence = read_evidence("\n".join([head, *rows]).encode())
    counts = {
        graded.role: graded.record["figures"]["count"]
        for graded in evidence.groups
        if graded.group == "ethnic-minority"
    }
    assert counts == {"": shown, "Policy": 38}
    assert {graded.role for graded in evidence.groups} == {"", "Policy"}


def test_a_total_from_elsewhere_does_not_give_a_grade_away() -> None:
    """The whole organisation's share, from another file, less the grades that are shown, would be the hidden grade."""
    counts = {
        ("SEO", "", "ethnic-minority"): 40,
        ("SEO", "", "white"): 160,
        ("Grade 7", "", "ethnic-minority"): 3,
        ("Grade 7", "", "white"): 97,
    }
    head = "name,characteristic,group,share,n,source,date"
    compare = f"{head}\nWhole organisation,ethnicity,BME,{{share}},{{n}},Return,2026-03-31".format
    figures = Figures(counts, {})
    plain = outputs(read_evidence(figures.sheet()))
    assert outputs(read_evidence(figures.sheet(), compare(share="14.33%", n=300).encode())) == plain
    larger = read_evidence(figures.sheet(), compare(share="14.33%", n=3000).encode(), comparator="whole organisation")
    assert {graded.comparator for graded in larger.groups if graded.group == "ethnic-minority"} == {
        "Whole organisation"
    }


def test_a_small_post_is_pooled_and_says_so() -> None:
    counts = {("SEO", "", "ethnic-minority"): 40, ("SEO", "", "white"): 160}
    counts |= {
        ("Grade 7", "", "ethnic-minority"): 3,
        ("Grade 7", "", "white"): 17,
        ("Grade 6", "", "ethnic-minority"): 4,
        ("Grade 6", "", "white"): 20,
    }
    evidence = assert_nothing_recovered(Figures(counts, {}))
    graded = next(graded for graded in evidence.for_post(grade="Grade 7") if graded.group == "ethnic-minority")
    assert graded.record["pooled"] == {"over": "grades", "names": ["Grade 7", "Grade 6"]}
    assert graded.record["figures"]["count"] == 7
    assert any("neighbouring grades" in reason for reason in graded.reasons)
    assert "At Grades 6 and 7," in graded.sentence


def years(*counts: tuple[int, int, int]) -> bytes:
    rows = [HEAD]
    for year, minority, white in counts:
        for group, count in (("ethnic minority", minority), ("white", white)):
            rows.append(f"Test,{year}-03-31,cs,Grade 7,,ethnicity,{group},{count},0,{minority + white}")
    return "\n".join(rows).encode()


def test_years_are_pooled_and_count_as_indicative_at_most() -> None:
    compare = b"name,characteristic,group,share,n,source,date\nTown,ethnicity,BME,40%,,Census,2021"
    data = years((2022, 50, 1), (2024, 3, 20), (2025, 2, 22), (2026, 3, 6))
    graded = next(graded for graded in read_evidence(data, compare).groups if graded.group == "ethnic-minority")
    assert graded.record["pooled"] == {"over": "years", "names": ["2024", "2025", "2026"]}
    assert graded.record["figures"]["count"] == 8
    assert graded.level == "indicative"
    assert any("indicative at most" in reason for reason in graded.reasons)


def test_small_roles_are_pooled_with_each_other_and_small_organisations_with_others() -> None:
    rows = [HEAD]
    for org, role, minority, white in (
        ("A", "Policy", 15, 40),
        ("A", "Private Office", 1, 7),
        ("A", "Press", 4, 5),
        ("B", "", 2, 6),
        ("C", "", 4, 50),
        ("D", "", 4, 4),
    ):
        for group, count in (("ethnic minority", minority), ("white", white)):
            rows.append(f"{org},2026-03-31,cs,Grade 7,{role},ethnicity,{group},{count},0,{minority + white}")
    groups = {
        (graded.org, graded.role): graded
        for graded in read_evidence("\n".join(rows).encode()).groups
        if graded.group == "ethnic-minority"
    }
    pools = {key: graded.record["pooled"] for key, graded in groups.items() if graded.record["pooled"]}
    roles = {"over": "roles", "names": ["Press", "Private Office"]}
    orgs = {"over": "organisations", "names": ["B", "D"]}
    assert pools == {("A", "Press"): roles, ("A", "Private Office"): roles, ("B", ""): orgs, ("D", ""): orgs}
    assert groups[("A", "Press")].record["figures"]["count"] == 5
    assert "in Press and Private Office" in groups[("A", "Press")].sentence
    assert groups[("A", "Policy")].record["figures"]["count"] == 15


@pytest.mark.parametrize(
    "offices",
    [
        {("Grade 7", "Private Office"): (2, 18), ("Grade 6", "Private Office"): (2, 18)},
        {("Grade 7", "Private Office"): (4, 36)},
        {
            ("SEO", "Private Office"): (2, 15),
            ("Grade 7", "Private Office"): (1, 7),
            ("Grade 6", "Private Office"): (1, 14),
        },
        {("Grade 7", f"Office {number}"): (min(1, number), 8 - min(1, number)) for number in range(5)},
    ],
)
def test_four_of_forty_against_41_per_cent_is_strong_and_shows_no_small_number(
    offices: dict[tuple[str, str], tuple[int, int]],
) -> None:
    counts = {
        (grade, role, group): number
        for (grade, role), both in offices.items()
        for group, number in zip(("ethnic-minority", "white"), both, strict=True)
    }
    compare = b"name,characteristic,group,share,n,source,date\nTown,ethnicity,BME,41%,,Census,2021"
    evidence = read_evidence(Figures(counts, {}).sheet(), compare)
    known = {graded.record["figures"].get("known") for graded in evidence.groups if graded.level == "strong"}
    assert 40 in known
    for graded in evidence.groups:
        assert graded.hidden
        assert graded.record["test"] is None


def test_what_is_read_together_is_the_same_whatever_a_small_number_is() -> None:
    """The plan looks at headcounts alone: every small office keeps its partners for 0 to 4 people."""
    plans = set()
    for count in range(5):
        counts = {("Grade 7", "PO", "ethnic-minority"): count, ("Grade 7", "PO", "white"): 20 - count}
        counts |= {("Grade 6", "PO", "ethnic-minority"): 6, ("Grade 6", "PO", "white"): 18}
        counts |= {("Grade 7", "Policy", "ethnic-minority"): 40, ("Grade 7", "Policy", "white"): 160}
        evidence = read_evidence(Figures(counts, {}).sheet())
        plans.add(json.dumps([(one.grade, one.role, one.record["pooled"]) for one in evidence.groups]))
    assert len(plans) == 1


def test_a_team_of_eight_shows_nothing() -> None:
    figures = Figures(
        {("Grade 7", "Private Office", "ethnic-minority"): 1, ("Grade 7", "Private Office", "white"): 7}, {}
    )
    evidence = assert_nothing_recovered(figures)
    assert {graded.level for graded in evidence.groups} == {"insufficient"}
    assert all("known" not in graded.record["figures"] for graded in evidence.groups)
    assert not re.search(
        r"\b(1|7|8)\b(?! [^<]*grade)", " ".join(graded.sentence.replace("Grade 7", "") for graded in evidence.groups)
    )


def test_hidden_bars_have_no_length() -> None:
    counts = {("SEO", "", "ethnic-minority"): 300, ("SEO", "", "white"): 900}
    counts |= {("Grade 7", "", "ethnic-minority"): 3, ("Grade 7", "", "white"): 157}
    groups = read_evidence(Figures(counts, {}).sheet()).for_post(grade="Grade 7")
    assert picture(groups).count("<rect") == 1  # the background


def test_random_large_tables_too() -> None:
    chance = random.Random(7)
    for _ in range(3):
        counts = {
            (grade, role, group): chance.choice([chance.randint(0, 6), chance.randint(5, 200)])
            for grade in ("AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6")
            for role in ("Policy", "Private Office", "Digital")
            for group in ("ethnic-minority", "white")
        }
        assert_nothing_recovered(Figures(counts, {}))
