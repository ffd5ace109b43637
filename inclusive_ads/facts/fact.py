"""One fact of a vacancy as the advert gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any  # a fact is of whatever type its field of the vacancy is


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of `Vacancy` as the advert gives it at ``text[start:end]``.

    `value` is None where it is told but is no one value to use: two closing dates, or a number with masked digits.
    """

    field: str
    value: Any
    start: int
    end: int
