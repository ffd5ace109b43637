"""When a period begins: "2026-01", "Jan 2026", "Q1 2026", "2025-26", "2026-01-15"."""

from __future__ import annotations

import calendar
import re
from datetime import date

from inclusive_ads.dates import read_day

_MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?[ -]*((?:20)?\d\d)")
_YEAR_FIRST = re.compile(r"(20\d\d)[ -]*([A-Za-z]{3,9})")
_NUMBERS = re.compile(r"(20\d\d)[-/](\d{1,2})")
_MONTH_NUMBER = re.compile(r"(\d{1,2})[-/](20\d\d)")
_YEARS = re.compile(r"(20\d\d)\s*[-/–]\s*(?:20)?(\d\d)")
_QUARTER = re.compile(r"(?:Q([1-4])[ -]*(20\d\d.*)|(20\d\d.*?)[ -]*Q([1-4]))", re.I)
_FINANCIAL_YEAR = 4  # its first month
_LAST_MONTH = 12


def begins(text: str) -> date | None:
    """The first day of a period; None where the text names none.

    "2025-26" is the financial year, from April, and "2025-06" a month; a quarter of a financial year counts from April.
    """
    written = " ".join(text.split())
    if match := _QUARTER.fullmatch(written):
        quarter, year = (match[1], match[2]) if match[1] else (match[4], match[3])
        start = begins(year)
        return _later(start, 3 * (int(quarter) - 1)) if start else None
    if re.fullmatch(r"20\d\d", written):
        return date(int(written), 1, 1)
    for pattern, year, month in ((_NUMBERS, 1, 2), (_MONTH_NUMBER, 2, 1)):
        match = pattern.fullmatch(written)
        if match and 1 <= int(match[month]) <= _LAST_MONTH:
            return date(int(match[year]), int(match[month]), 1)
    if (match := _YEARS.fullmatch(written)) and int(match[2]) == (int(match[1]) + 1) % 100:
        return date(int(match[1]), _FINANCIAL_YEAR, 1)
    for pattern, year, month in ((_MONTH_FIRST, 2, 1), (_YEAR_FIRST, 1, 2)):
        match = pattern.fullmatch(written)
        if match and (number := _month(match[month])):
            return date(int(match[year]) % 100 + 2000, number, 1)
    found = read_day(written, date.today())
    return found if found and str(found.year) in written else None


def _month(name: str) -> int:
    number = _MONTHS.get(name[:3].lower(), 0)
    return number if number and calendar.month_name[number].lower().startswith(name.lower()) else 0


def _later(start: date, months: int) -> date:
    count = start.month - 1 + months
    return date(start.year + count // 12, count % 12 + 1, 1)
