"""Days as people in the UK write them."""

from __future__ import annotations

from datetime import date

import pytest

from inclusive_ads.dates import find_days, read_day

NEAR = date(2026, 9, 1)


@pytest.mark.parametrize(
    "text",
    [
        "23:59 on Sunday 4 October 2026",
        "4th October 2026, 5pm",
        "Sun 4 Oct 2026",
        "the 4th of October, 2026",
        "04/10/2026",
        "4.10.26",
        "04-10-2026",
        "2026-10-04",
        "October 4th, 2026",
        "4 OCTOBER 23:59",
        "4 October 17.00",
        "4 Oct '26",
        "noon on Sunday 4th October",
        "4 Hydref 2026",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert [found.day for found in find_days(text, NEAR)] == [date(2026, 10, 4)]


@pytest.mark.parametrize("text", ["31 June 2026", "45 May", "£4 May", "1.5.2", "10/10", "37 hours", "a 12 month post"])
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert list(find_days(text, NEAR)) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 January", date(2027, 1, 3)),
        ("3 August", date(2026, 8, 3)),
        ("Friday 2 January", date(2026, 1, 2)),  # the nearest one is a Saturday
        ("29 February", date(2028, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_nearest_one(text: str, day: date) -> None:
    assert read_day(text, NEAR) == day


def test_a_day_that_is_given_is_a_day_and_nothing_else() -> None:
    assert read_day(" 4 October 2026 ", NEAR) == date(2026, 10, 4)
    assert read_day("by 4 October 2026", NEAR) is None
    assert read_day("soon", NEAR) is None
