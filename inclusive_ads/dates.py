"""Days as people in the UK write them: "Sunday 4 October 2026", "4th Oct", "04/10/2026", "4 Hydref 2026"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = [name.lower() for name in calendar.month_name[1:]]
_WELSH = (
    *("ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin"),
    *("gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr"),
)
_WEEKDAYS = [name.lower() for name in calendar.day_name]
_NAMES = "|".join([*_MONTHS, *_WELSH, "sept", *(name[:3] for name in _MONTHS)])
_DAY = r"(?P<day{0}>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month{{0}}>{_NAMES})\b\.?"
# Two digits are a year only where they cannot be the time of day.
_YEAR = r"(?P<year{0}>20\d\d(?!\d)|['’]?(?:1[5-9]|[2-4]\d)(?![\d:.]*\d|:| ?(?:am|pm|hrs|hours|noon)\b))"
_FORMS = (
    r"(?P<year0>20\d\d)-(?P<month0>\d\d)-(?P<day0>\d\d)",
    r"(?P<day1>\d{1,2}) ?[/.-] ?(?P<month1>\d{1,2}) ?[/.-] ?(?P<year1>20\d\d|\d\d)(?![\d/])",
    rf"{_DAY.format(2)}(?:\s+(?:day )?of)?[\s,-]*{_MONTH.format(2)}(?:[\s,-]*{_YEAR.format(2)})?",
    rf"{_MONTH.format(3)}\s*{_DAY.format(3)}(?![\d:.])(?:[\s,]*{_YEAR.format(3)})?",
)
_DATE = re.compile(
    rf"(?<![\w/.:£])(?:(?P<weekday>{'|'.join(name[:3] for name in _WEEKDAYS)})[a-z]*[\s,.]*(?:the\s+)?)?"
    rf"(?:{'|'.join(_FORMS)})(?![\w/])",
    re.I,
)


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day that stands at ``text[start:end]``."""

    start: int
    end: int
    day: date


def find_days(text: str, near: date) -> Iterator[WrittenDay]:
    """The days that a text names, in order; what is no day of the calendar ("31 June") is left out.

    Args:
        near: a day without a year is the one nearest to this, on the weekday that is named, if any year has that.
    """
    for match in _DATE.finditer(text):
        parts = {name.rstrip("0123"): value for name, value in match.groupdict().items() if value}
        day = _make(parts, near)
        if day:
            yield WrittenDay(*match.span(), day)


def read_day(text: str, near: date) -> date | None:
    """The day that a text is, and nothing else; None where it is none."""
    found = next(find_days(text, near), None)
    return found.day if found and text.strip() == text[found.start : found.end] else None


def written(day: date) -> str:
    """A date as people write it: 1 March 2027."""
    return f"{day.day} {day:%B %Y}"


def _make(parts: dict[str, str], near: date) -> date | None:
    month = parts["month"].lower()
    number = int(month) if month.isdecimal() else _number(month)
    year = parts.get("year", "").strip("'’")
    # 29 February is at most eight years off.
    years = [int(year) + 2000 * (len(year) == 2)] if year else range(near.year - 8, near.year + 9)
    days = [day for each in years if (day := _day(each, number, int(parts["day"])))]
    if not year and "weekday" in parts:
        close = [day for day in days if abs(day.year - near.year) <= 1]
        days = [day for day in close if _WEEKDAYS[day.weekday()].startswith(parts["weekday"].lower())] or days
    return min(days, key=lambda day: abs(day - near), default=None)


def _number(month: str) -> int:
    """The number of a month by its name, in full or short, or by its Welsh name."""
    if month in _WELSH:
        return _WELSH.index(month) + 1
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(month[:3]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
