"""The sums: shares, tests, intervals, Holm, relative likelihoods, goals, differences. Plain functions of numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inclusive_ads.errors import EvidenceError

CONFIDENCE = 0.95  # of an interval, as official statistics give it
MOST_TIMES = 10.0  # as likely: above it a column was mistaken for another
FAVOURS_REFERENCE = "reference to group"
FAVOURS_GROUP = "group to reference"


def binomial_chance(count: int, known: int, comparator_share: float) -> float:
    """Chance of `count` or fewer out of `known`, were each drawn with `comparator_share`: exact, one-sided."""
    from scipy.stats import binom

    return float(binom.cdf(count, known, comparator_share))


def hypergeometric_chance(count: int, known: int, group: int, everyone: int) -> float:
    """Chance of `count` or fewer when `known` people are drawn from `everyone`, of whom `group` belong to the group."""
    from scipy.stats import hypergeom

    return float(hypergeom.cdf(count, everyone, group, known))


def wilson(count: int, known: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson's interval for a share, without continuity correction (Wilson 1927)."""
    from scipy.stats import binomtest

    interval = binomtest(count, known).proportion_ci(confidence_level=confidence, method="wilson")
    return float(interval.low), float(interval.high)


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """Chances adjusted for how many were looked at (Holm 1979), in the order given."""
    adjusted = [0.0] * len(chances)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(chances)), key=chances.__getitem__)):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[place]))
        adjusted[place] = highest
    return tuple(adjusted)


def relative_likelihood(
    reference_appointed: int,
    reference_shortlisted: int,
    group_appointed: int,
    group_shortlisted: int,
    *,
    most: float = MOST_TIMES,
) -> float:
    """WRES indicator 2: how many times as likely the reference group was to be appointed from shortlisting.

    Above 1 favours the reference group (white applicants, in the WRES).

    Raises:
        EvidenceError: no rate can be formed, more were appointed than shortlisted, or the ratio is beyond belief.
    """
    for appointed, shortlisted in ((reference_appointed, reference_shortlisted), (group_appointed, group_shortlisted)):
        if not 0 <= appointed <= shortlisted or not shortlisted:
            raise EvidenceError(
                "More people appointed than shortlisted, or nobody shortlisted.", "Check the recruitment figures."
            )
    if not group_appointed:
        raise EvidenceError("Nobody of the group was appointed, so there is no ratio.", "Take more years together.")
    ratio = (reference_appointed / reference_shortlisted) / (group_appointed / group_shortlisted)
    return read_relative_likelihood(f"{ratio:.6f}", FAVOURS_REFERENCE, most=most)


def read_relative_likelihood(text: str, direction: str, *, most: float = MOST_TIMES) -> float:
    """A published relative likelihood, turned so that above 1 favours the reference group.

    Args:
        text: as published, "1.49".
        direction: ``"reference to group"`` (the WRES way) or ``"group to reference"`` (its inverse).
        most: beyond this, or under its inverse, it is taken for a mistake.

    Raises:
        EvidenceError: no direction, a percentage, or beyond belief.
    """
    if direction not in (FAVOURS_REFERENCE, FAVOURS_GROUP):
        raise EvidenceError(
            "The direction of a relative likelihood must be stated.",
            f"Say '{FAVOURS_REFERENCE}' or '{FAVOURS_GROUP}'.",
            column="direction",
        )
    if not re.fullmatch(r"\d+(?:\.\d+)?", text.strip(), re.ASCII):
        raise EvidenceError(
            f"'{text[:40]}' is not a relative likelihood.", "Give a ratio such as 1.49, not a percentage."
        )
    value = float(text)
    if not 1 / most <= value <= most:
        raise EvidenceError(
            f"A relative likelihood of {value:g} is beyond belief.",
            "Check the figures, and that it is not a percentage.",
        )
    return value if direction == FAVOURS_REFERENCE else 1 / value


def indicator_1(count: int, known: int, comparator_share: float) -> float:
    """WRES indicator 1 as a difference: percentage points above (+) or below (−) the share in the whole workforce."""
    return 100 * (count / known - comparator_share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """An aspiration to plan by, never a quota.

    Attributes:
        share: the share aimed at, between 0 and 1.
        gap: how many more people of the group the grade would have at that share, today.
        path: year and share (0 to 1) on a straight line to the goal.
    """

    share: float
    gap: int
    path: tuple[tuple[int, float], ...]


def aspiration(count: int, known: int, share: float, *, start: date, years: int) -> Goal:
    """Gap to a goal, ``max(0, ceil(share × known − count))``, and a straight line to it.

    Raises:
        EvidenceError: `share` is not between 0 and 1, or nobody is known.
    """
    if not 0 < share < 1 or known < 1:
        raise EvidenceError("A goal is a share between 0 and 100%, of at least one person.", "Check the goal.")
    now = count / known
    # The tiny term keeps 0.2 × 165 = 33.000000000000004 from asking for a 34th person.
    gap = max(0, math.ceil(share * known - count - 1e-9))
    path = tuple((start.year + year, now + (share - now) * year / years) for year in range(years + 1))
    return Goal(share=share, gap=gap, path=path)


def appointments_a_year(now: int, wanted: int, *, years: int, turnover: float) -> float:
    """How many appointments of a group each year turn `now` people into `wanted` in `years` years.

    The grade keeps its size, and the group leaves at the rate of everyone: each year ``people × (1 − turnover) + a``.
    So ``a = turnover × (wanted − now × left) ÷ (1 − left)``, where ``left = (1 − turnover) ** years``.

    Args:
        years: at least 1.
        turnover: share of the posts that fall vacant in a year, above 0 and below 1.
    """
    left = (1 - turnover) ** years
    return max(0.0, turnover * (wanted - now * left) / (1 - left))


def newcombe(
    before: int, known_before: int, after: int, known_after: int, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Interval for the difference of two shares, after less before: Newcombe's hybrid score interval.

    Method 10 of Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
    Medicine 17 (1998), 873-890: Wilson's intervals of both shares, put together; without continuity correction.
    """
    first, second = before / known_before, after / known_after
    (low_1, high_1), (low_2, high_2) = (
        wilson(*pair, confidence) for pair in ((before, known_before), (after, known_after))
    )
    difference = second - first
    low = difference - math.hypot(second - low_2, high_1 - first)
    high = difference + math.hypot(high_2 - second, first - low_1)
    return max(-1.0, low), min(1.0, high)


def likelihood_interval(
    reference_appointed: int,
    reference_shortlisted: int,
    group_appointed: int,
    group_shortlisted: int,
    confidence: float = CONFIDENCE,
) -> tuple[float, float]:
    """Interval for a relative likelihood, on the scale of logarithms (Katz and others 1978)."""
    from scipy.stats.contingency import relative_risk

    found = relative_risk(reference_appointed, reference_shortlisted, group_appointed, group_shortlisted)
    interval = found.confidence_interval(confidence_level=confidence)
    return float(interval.low), float(interval.high)


def applicants_needed(share: float, rise: float, *, power: float, confidence: float = CONFIDENCE) -> int:
    """How many people each of two periods needs, so that a rise of a share is told from chance with chance `power`.

    The usual sum for two shares (Fleiss, "Statistical Methods for Rates and Proportions"): two-sided, equal periods.

    Args:
        share: in the first period, 0 to 1; with the `rise` it stays below 1.
    """
    from scipy.stats import norm

    second = share + rise
    mean = (share + second) / 2
    surely, seen = float(norm.ppf((1 + confidence) / 2)), float(norm.ppf(power))
    spread = surely * math.sqrt(2 * mean * (1 - mean))
    spread += seen * math.sqrt(share * (1 - share) + second * (1 - second))
    return math.ceil((spread / rise) ** 2)
