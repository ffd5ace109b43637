"""The sums behind outcomes, against published figures and against other ways to work them out."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import binom, norm

from inclusive_ads.evidence.statistics import applicants_needed, likelihood_interval, newcombe


# Newcombe 1998, table II, method 10: the second share less the first.
@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_interval_is_that_of_the_published_examples(
    after: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    assert newcombe(*before, *after) == pytest.approx((low, high), abs=0.00006)


def score_limits(count: int, known: int) -> tuple[float, float]:
    """Wilson's limits another way: the shares at which the score test would just reject."""
    share, z = count / known, float(norm.ppf(0.975))

    def away(truth: float) -> float:
        return abs(share - truth) - z * math.sqrt(truth * (1 - truth) / known)

    low = 0.0 if count == 0 else float(brentq(away, 1e-12, min(share, 1 - 1e-9)))
    high = 1.0 if count == known else float(brentq(away, max(share, 1e-9), 1 - 1e-12))
    return low, high


shares = st.integers(1, 600).flatmap(lambda known: st.tuples(st.integers(0, known), st.just(known)))


@settings(deadline=None)
@given(shares, shares)
def test_the_interval_is_the_same_worked_out_another_way(before: tuple[int, int], after: tuple[int, int]) -> None:
    first, second = before[0] / before[1], after[0] / after[1]
    (low_1, high_1), (low_2, high_2) = score_limits(*before), score_limits(*after)
    low = second - first - math.sqrt((second - low_2) ** 2 + (high_1 - first) ** 2)
    high = second - first + math.sqrt((high_2 - second) ** 2 + (first - low_1) ** 2)
    assert newcombe(*before, *after) == pytest.approx((low, high), abs=1e-6)


@settings(deadline=None)
@given(shares, shares)
def test_the_interval_holds_the_difference_and_turns_with_it(before: tuple[int, int], after: tuple[int, int]) -> None:
    low, high = newcombe(*before, *after)
    difference = after[0] / after[1] - before[0] / before[1]
    assert -1 <= low <= difference + 1e-12
    assert difference - 1e-12 <= high <= 1
    assert newcombe(*after, *before) == pytest.approx((-high, -low))
    others = newcombe(before[1] - before[0], before[1], after[1] - after[0], after[1])
    assert others == pytest.approx((-high, -low))


@settings(deadline=None)
@given(shares, shares)
def test_more_after_moves_the_interval_up_and_more_people_make_it_narrower(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    low, high = newcombe(*before, *after)
    if after[0] < after[1]:
        more = newcombe(*before, after[0] + 1, after[1])
        assert more[0] >= low - 1e-12
        assert more[1] >= high - 1e-12
    twice = newcombe(2 * before[0], 2 * before[1], 2 * after[0], 2 * after[1])
    assert twice[1] - twice[0] < high - low


@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 200), st.integers(0, 200))
def test_the_range_of_a_likelihood_is_that_of_its_logarithm(a: int, c: int, more_a: int, more_c: int) -> None:
    b, d = a + more_a, c + more_c
    assume(b > 0 and d > 0 and (a < b or c < d))
    spread = 1.959963985 * math.sqrt(1 / a - 1 / b + 1 / c - 1 / d)
    ratio = (a / b) / (c / d)
    assert likelihood_interval(a, b, c, d) == pytest.approx((ratio * math.exp(-spread), ratio * math.exp(spread)))


@pytest.mark.parametrize(("share", "rise", "number"), [(0.20, 0.10, 294), (0.10, 0.05, 686), (0.50, 0.10, 388)])
def test_how_many_it_takes_is_as_tables_have_it(share: float, rise: float, number: int) -> None:
    assert applicants_needed(share, rise, power=0.8) == number


@pytest.mark.parametrize(("share", "rise"), [(0.20, 0.10), (0.05, 0.10), (0.60, 0.15)])
def test_with_so_many_the_test_finds_the_rise_in_four_of_five_cases(share: float, rise: float) -> None:
    """Every outcome of both periods, weighed by its chance: the power, worked out and not approximated."""
    number = applicants_needed(share, rise, power=0.8)
    found = 0.0
    first = [float(binom.pmf(count, number, share)) for count in range(number + 1)]
    second = [float(binom.pmf(count, number, share + rise)) for count in range(number + 1)]
    for x, weight in enumerate(first):
        if weight < 1e-7:
            continue
        for y, other in enumerate(second):
            mean = (x + y) / (2 * number)
            if other > 1e-7 and abs(y - x) / number > 1.959964 * math.sqrt(2 * mean * (1 - mean) / number):
                found += weight * other
    assert found == pytest.approx(0.8, abs=0.02)
