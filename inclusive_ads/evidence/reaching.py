"""What it would take to reach a goal at one grade: the numbers, and how they were worked out in words."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from inclusive_ads.evidence.sentences import percent
from inclusive_ads.evidence.statistics import appointments_a_year, aspiration
from inclusive_ads.evidence.thresholds import Thresholds

State = Literal["short", "small gap", "small count", "reached", "too few", "no goal", "not shown"]


@dataclass(frozen=True, slots=True)
class Reach:
    """The numbers of a row that may be shown, and what follows from them.

    Attributes:
        people, known, goal: now, and the share aimed at; 0 where they are not known.
        start, until: years.
        turnover: share of the posts that fall vacant in a year, or None.
        small: the least number that is told.
    """

    people: int
    known: int
    goal: float
    start: int
    until: int
    turnover: float | None
    small: int

    @property
    def years(self) -> int:
        """Until the goal."""
        return self.until - self.start

    @property
    def gap(self) -> int:
        """How many more people of the group there would be at the goal, today."""
        return aspiration(self.people, self.known, self.goal, start=date(self.start, 1, 1), years=self.years).gap

    @property
    def wanted(self) -> int:
        """How many there would be."""
        return self.people + self.gap

    @property
    def path(self) -> dict[int, float]:
        """The share by year, on a straight line."""
        goal = aspiration(self.people, self.known, self.goal, start=date(self.start, 1, 1), years=self.years)
        return {year: round(share, 4) for year, share in goal.path}

    @property
    def posts(self) -> float:
        """How many fall vacant in a year."""
        return self.known * (self.turnover or 0.0)

    @property
    def each_year(self) -> float:
        """How many appointments of the group a year lead to the goal."""
        assert self.turnover  # noqa: S101  callers ask only where there is one
        return appointments_a_year(self.people, self.wanted, years=self.years, turnover=self.turnover)

    @property
    def of_posts(self) -> float:
        """The same as a share of all appointments."""
        return self.each_year / self.posts

    @property
    def appointments(self) -> int | None:
        """Rounded up; None without a turnover, and where it is a small number."""
        if not self.turnover:
            return None
        number = math.ceil(self.each_year - 1e-9)
        return number if number >= self.small else None


def state_of(reach: Reach, *, shown: bool, counted: bool, pooled: bool, limits: Thresholds) -> tuple[State, str]:
    """What can be said of a row, and the way there in words."""
    if not shown:
        return "not shown", "The numbers are too small to show, or a small one could be worked out from them."
    if not reach.goal:
        return "no goal", "There is no share to aim at: give one with --target, or a file with --comparators."
    if pooled:
        return "too few", "The figures were read together with other years or organisations, so no gap is worked out."
    if reach.known < limits.levels.full_known:
        return "too few", f"Fewer than {limits.levels.full_known} people are known here: too few for a gap in heads."
    if not counted:
        return "small count", _small_count(reach)
    if reach.people / reach.known >= reach.goal or not reach.gap:
        return "reached", f"{_now(reach)} {percent(reach.goal)} is reached."
    if reach.gap < reach.small:
        words = f"{_now(reach)} The gap to {percent(reach.goal)} is fewer than {reach.small} people."
        return "small gap", " ".join([words, *_turning_over(reach)])
    exact = f"{reach.goal * reach.known:,.2f}".rstrip("0").rstrip(".")
    people = exact if exact == f"{reach.wanted:,}" else f"{exact}, so {reach.wanted:,} people"
    goal = f"{100 * reach.goal:.3f}".rstrip("0").rstrip(".")  # so exact that a reader can redo the sum
    words = f"{_now(reach)} {goal}% of {reach.known:,} is {people}: {reach.gap:,} more by {reach.until}."
    return "short", " ".join([words, *_turning_over(reach)])


def _now(reach: Reach) -> str:
    return f"{reach.people:,} of {reach.known:,} now: {percent(reach.people / reach.known)}."


def _small_count(reach: Reach) -> str:
    least = math.ceil(reach.goal * reach.known - 1e-9) - reach.small + 1
    words = f"Fewer than {reach.small} of {reach.known:,} now. "
    return words + (
        f"{percent(reach.goal)} of {reach.known:,} is {reach.goal * reach.known:,.1f}: {least:,} more at least."
        if least >= reach.small
        else f"The gap to {percent(reach.goal)} cannot be told as a number."
    )


def _turning_over(reach: Reach) -> Iterable[str]:
    """How many posts fall vacant, and how many of them the goal takes."""
    if not reach.turnover:
        return
    left = (1 - reach.turnover) ** reach.years
    rate = f"{100 * reach.turnover:g}%"
    years = f"{reach.years} year" + "s" * (reach.years > 1)
    if reach.appointments is None:
        yield f"With {rate} of the posts falling vacant each year, it takes {reach.of_posts:.0%} of the appointments."
    else:
        yield f"{rate} of {reach.known:,} posts fall vacant each year: about {reach.posts:,.0f}."
        yield (
            f"The group leaves at that rate, too, so over {years}: {reach.turnover:g} × "
            f"({reach.wanted} − {reach.people} × {left:.4f}) ÷ (1 − {left:.4f}) = {reach.each_year:.1f}: "
            f"{reach.appointments:,} appointments a year, {reach.of_posts:.0%} of all."
        )
    if reach.of_posts > 1:
        yield f"That is more than fall vacant: by {reach.until} it cannot be reached at this turnover."
