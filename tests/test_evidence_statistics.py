"""The sums, against published worked figures and against counting every case on small tables."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise, permutations, product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.grading import judge
from inclusive_ads.evidence.statistics import (
    aspiration,
    binomial_chance,
    holm,
    hypergeometric_chance,
    indicator_1,
    read_relative_likelihood,
    relative_likelihood,
    wilson,
)
from inclusive_ads.evidence.thresholds import load_thresholds
from inclusive_ads.evidence.values import EvidenceGrade


def test_wres_indicator_2_worked_example() -> None:
    assert relative_likelihood(155, 780, 28, 210) == pytest.approx(1.49, abs=0.005)


def test_a_relative_likelihood_is_turned_to_one_direction() -> None:
    assert read_relative_likelihood("1.49", "reference to group") == 1.49
    assert read_relative_likelihood("0.66", "group to reference") == pytest.approx(1.515, abs=0.001)


@pytest.mark.parametrize("text", ["17.16%", "17.16", "0", "0.05", "-1.2", "nan", "inf", "1e1", "", "1,49", "١.٥"])
def test_implausible_relative_likelihoods_are_refused(text: str) -> None:
    with pytest.raises(EvidenceError):
        read_relative_likelihood(text, "reference to group")


def test_a_relative_likelihood_without_direction_is_refused() -> None:
    with pytest.raises(EvidenceError, match="direction") as caught:
        read_relative_likelihood("1.49", "")
    assert caught.value.column == "direction"


def test_less_confidence_is_a_narrower_interval() -> None:
    (low, high), (least, most) = wilson(20, 100, confidence=0.8), wilson(20, 100)
    assert least < low < 0.2 < high < most


@pytest.mark.parametrize(
    "figures", [(5, 4, 3, 10), (0, 0, 3, 10), (3, 10, 0, 10), (3, 10, 11, 10), (-1, 10, 3, 10), (90, 100, 1, 100)]
)
def test_impossible_recruitment_figures_are_refused(figures: tuple[int, int, int, int]) -> None:
    with pytest.raises(EvidenceError):
        relative_likelihood(*figures)


@pytest.mark.parametrize(
    ("count", "known", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, Table I, method 3 (Wilson)
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_newcombes_published_intervals(count: int, known: int, low: float, high: float) -> None:
    assert wilson(count, known) == pytest.approx((low, high), abs=0.00006)


def test_binomial_chance_counts_every_case() -> None:
    for known in range(1, 9):
        for share in (0.1, 0.25, 0.5):
            cases = [
                (sum(case), share ** sum(case) * (1 - share) ** (known - sum(case)))
                for case in product((0, 1), repeat=known)
            ]
            for count in range(known + 1):
                expected = sum(weight for total, weight in cases if total <= count)
                assert binomial_chance(count, known, share) == pytest.approx(expected)


def test_hypergeometric_chance_counts_every_draw() -> None:
    for everyone in range(2, 9):
        for group in range(1, everyone):
            for known in range(1, everyone):
                draws = list(combinations(range(everyone), known))
                for count in range(min(group, known) + 1):
                    low = sum(sum(person < group for person in draw) <= count for draw in draws)
                    assert hypergeometric_chance(count, known, group, everyone) == pytest.approx(
                        low / comb(everyone, known)
                    )


def test_holm_is_the_closed_test_of_bonferroni() -> None:
    """Holm rejects exactly where every set of hypotheses that holds this one is rejected by Bonferroni."""
    for chances in permutations([0.004, 0.011, 0.02, 0.3]):
        adjusted = holm(chances)
        for place in range(4):
            sets = [members for size in range(1, 5) for members in combinations(range(4), size) if place in members]
            expected = max(min(1.0, len(members) * min(chances[member] for member in members)) for members in sets)
            assert adjusted[place] == pytest.approx(expected)


def test_holms_worked_example() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([]) == ()


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_never_lowers_a_chance_and_keeps_the_order(chances: list[float]) -> None:
    adjusted = holm(chances)
    assert all(before <= after <= 1 for before, after in zip(chances, adjusted, strict=True))
    ranked = sorted(range(len(chances)), key=chances.__getitem__)
    assert all(adjusted[one] <= adjusted[two] for one, two in pairwise(ranked))


def test_indicator_1_says_points_below_the_workforce() -> None:
    assert indicator_1(10, 100, 0.286) == pytest.approx(-18.6)


def test_aspiration() -> None:
    goal = aspiration(11, 150, 0.2, start=date(2026, 3, 31), years=4)
    assert goal.gap == 19  # 0.2 × 150 = 30
    assert [year for year, _ in goal.path] == [2026, 2027, 2028, 2029, 2030]
    assert goal.path[0][1] == pytest.approx(11 / 150)
    assert goal.path[2][1] == pytest.approx((11 / 150 + 0.2) / 2)
    assert goal.path[-1][1] == pytest.approx(0.2)
    assert aspiration(10, 150, 0.201, start=date(2026, 1, 1), years=1).gap == 21  # 30.15 is rounded up
    assert aspiration(31, 150, 0.2, start=date(2026, 1, 1), years=1).gap == 0
    with pytest.raises(EvidenceError):
        aspiration(1, 10, 1.2, start=date(2026, 1, 1), years=1)


@pytest.mark.parametrize(
    ("count", "known", "share", "chance", "level"),
    [
        (10, 100, 0.2, 0.01, "strong"),
        (10, 100, 0.2, 0.05, "moderate"),
        (10, 100, 0.2, 0.199, "moderate"),
        (10, 100, 0.2, 0.2, "none"),
        (17, 100, 0.2, 0.049, "moderate"),  # index 0.85
        (17, 100, 0.2, 0.05, "none"),
        (18, 100, 0.2, 0.001, "none"),  # index 0.90 is not below 0.90
        (16, 100, 0.2, 0.001, "moderate"),  # index 0.80 is not below 0.80
        (2, 29, 0.2, 0.001, "indicative"),
        (5, 29, 0.2, 0.04, "indicative"),
        (1, 10, 0.2, 0.9, "indicative"),
        (0, 9, 0.9, 0.0, "insufficient"),
        (30, 100, 0.2, 1.0, "none"),
    ],
)
def test_levels_at_their_edges(count: int, known: int, share: float, chance: float, level: str) -> None:
    assert judge(count, known, share, chance, load_thresholds()) is EvidenceGrade(level)


@settings(deadline=None)
@given(st.integers(10, 400), st.data())
def test_fewer_people_of_a_group_never_weaken_the_result(known: int, data: st.DataObject) -> None:
    share = data.draw(st.floats(0.05, 0.9))
    more = data.draw(st.integers(1, known))
    limits = load_thresholds()
    ranks = [
        judge(count, known, share, binomial_chance(count, known, share), limits).rank for count in (more - 1, more)
    ]
    assert ranks[0] <= ranks[1]


def test_the_edges_of_what_is_believed() -> None:
    assert read_relative_likelihood(" 10 ", "reference to group") == 10
    assert read_relative_likelihood("0.1", "reference to group") == 0.1
    assert read_relative_likelihood("0.1", "group to reference") == pytest.approx(10)
    assert read_relative_likelihood("2", "reference to group", most=2) == 2
    assert relative_likelihood(10, 10, 10, 10) == 1
    assert relative_likelihood(1, 2, 1, 20) == 10
    assert relative_likelihood(1, 10, 1, 1) == 0.1
    assert relative_likelihood(1, 2, 1, 40, most=20) == 20
    for text in ("10.001", "0.0999"):
        with pytest.raises(EvidenceError, match="beyond belief"):
            read_relative_likelihood(text, "reference to group")
    for figures in ((1, 2, 1, 21), (0, 10, 1, 10)):
        with pytest.raises(EvidenceError, match="beyond belief"):
            relative_likelihood(*figures)
    with pytest.raises(EvidenceError, match="beyond belief"):
        relative_likelihood(1, 2, 1, 10, most=4)


def test_each_refusal_says_what_and_what_to_do() -> None:
    refused = {
        ("More people appointed than shortlisted, or nobody shortlisted.", "Check the recruitment figures."): (
            lambda: relative_likelihood(3, 2, 1, 2)
        ),
        ("Nobody of the group was appointed, so there is no ratio.", "Take more years together."): (
            lambda: relative_likelihood(1, 2, 0, 2)
        ),
        (
            "The direction of a relative likelihood must be stated.",
            "Say 'reference to group' or 'group to reference'.",
        ): lambda: read_relative_likelihood("1", "sideways"),
        ("'17.16%' is not a relative likelihood.", "Give a ratio such as 1.49, not a percentage."): (
            lambda: read_relative_likelihood("17.16%", "reference to group")
        ),
        ("A relative likelihood of 17.16 is beyond belief.", "Check the figures, and that it is not a percentage."): (
            lambda: read_relative_likelihood("17.16", "reference to group")
        ),
        ("A goal is a share between 0 and 100%, of at least one person.", "Check the goal."): (
            lambda: aspiration(0, 0, 0.5, start=date(2026, 1, 1), years=1)
        ),
    }
    for said, ask in refused.items():
        with pytest.raises(EvidenceError) as caught:
            ask()
        assert (caught.value.message, caught.value.remedy) == said
    long = "9" * 39 + "x" * 99
    with pytest.raises(EvidenceError, match=r"'9{39}x' is"):
        read_relative_likelihood(long, "reference to group")


@pytest.mark.parametrize(("count", "known", "share"), [(0, 10, 0.0), (0, 10, 1.0), (0, 0, 0.5), (0, 10, -0.1)])
def test_a_goal_of_nothing_or_of_nobody_is_refused(count: int, known: int, share: float) -> None:
    with pytest.raises(EvidenceError):
        aspiration(count, known, share, start=date(2026, 1, 1), years=1)


def test_a_goal_of_one_person() -> None:
    goal = aspiration(0, 1, 0.5, start=date(2026, 1, 1), years=2)
    assert (goal.share, goal.gap, goal.path) == (0.5, 1, ((2026, 0.0), (2027, 0.25), (2028, 0.5)))
    assert aspiration(0, 165, 0.2, start=date(2026, 1, 1), years=1).gap == 33
