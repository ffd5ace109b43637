"""The sums: shares, exact tests, intervals, Holm, relative likelihoods, goals. Plain functions of plain numbers."""

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
