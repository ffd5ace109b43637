"""Cells of text into numbers, shares and dates."""

from __future__ import annotations

import re
from datetime import date

from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.headings import read_date
from inclusive_ads.evidence.layouts import Labels, fold
from inclusive_ads.evidence.sheets import Line, Sheet

_WHOLE = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.00?)?", re.ASCII)
_DECIMAL = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_DATES = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII), (0, 1, 2)),
    (re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII), (2, 1, 0)),
)
_MONTH = re.compile(r"\d[a-z]* +[A-Za-z]{3,9}\.? +20\d\d$")
MOST_STAFF = 10_000_000  # five times as many as the largest employer of the country has
MOST_PEOPLE = 1_000_000_000  # more than the country has, and than any population that is compared with
_LONGEST_NUMBER = 20  # characters: no count of people is longer, and a row of digits is not worth more
_SHOWN = 40  # characters of a cell that an error repeats


def looks_whole(text: str, labels: Labels) -> bool:
    """Whether a text is a number of people, or says that it is hidden."""
    return fold(text) in labels.suppressed or _WHOLE.fullmatch(text) is not None


def looks_like_number(text: str, labels: Labels) -> bool:
    """Whether a text is any number or share, or says that it is hidden."""
    return looks_whole(text, labels) or _DECIMAL.fullmatch(text.removesuffix("%")) is not None


def whole(line: Line, column: str, labels: Labels, *, most: int = MOST_STAFF) -> int | None:
    """A count of people; None where the publisher has hidden it.

    Args:
        most: a number above it is a mistake.

    Raises:
        EvidenceError: blank, a percentage, a fraction, negative, or not a number.
    """
    text = line.cells[column]
    if fold(text) in labels.suppressed:
        return None
    if not text:
        saved = " A formula counts once the workbook was saved in Excel or LibreOffice." if line.sheet else ""
        raise line.error(
            column, "The cell is blank.", f"Write 0 where there is nobody, and [c] where the number is hidden.{saved}"
        )
    if text.endswith("%"):
        raise line.error(column, f"'{text}' is a percentage.", "Give the number of people.")
    if not _WHOLE.fullmatch(text):
        raise line.error(
            column, f"'{text[:_SHOWN]}' is not a whole number of people.", "Give headcount (not FTE) as a whole number."
        )
    number = int(re.sub(r"[, ]|\.0+$", "", text)[:_LONGEST_NUMBER])
    if number > most:
        whose = "any employer has" if most == MOST_STAFF else "there can be"
        raise line.error(column, f"'{text[:_SHOWN]}' is more people than {whose}.", "Check the number.")
    return number


def share(line: Line, column: str, *, percent: bool) -> float:
    """A share between 0 and 1; a sign (%) always means percent, else `percent` says how the column is written.

    Raises:
        EvidenceError: not a number, or not between 0 and 100 %.
    """
    text = line.cells[column]
    bare = text.removesuffix("%").strip()
    if not _DECIMAL.fullmatch(bare):
        raise line.error(column, f"'{text[:_SHOWN]}' is not a share.", "Write 17.2% or 0.172.")
    value = float(bare)
    if percent or text.endswith("%"):
        value /= 100
    if not 0 < value < 1:
        raise line.error(column, f"'{text[:_SHOWN]}' is not a share between 0 and 100%.", "Write 17.2% or 0.172.")
    return value


def in_percent(sheet: Sheet, column: str) -> bool:
    """Whether the shares without a sign in a column are percentages.

    Raises:
        EvidenceError: some are above 1 and some below, so that nobody can tell.
    """
    bare = [(line, line.cells[column]) for line in sheet.lines if _DECIMAL.fullmatch(line.cells[column])]
    above = [float(text) > 1 for _, text in bare]
    for (line, text), is_above in zip(bare, above, strict=True):
        if float(text) == 1 or (any(above) and not is_above):
            raise line.error(
                column, f"'{text}' may be a fraction or a percentage.", "Add the % sign to every percentage."
            )
    return any(above)


def day(line: Line, column: str) -> date:
    """A date: 2026-03-31, 31/03/2026, or a year (its 31 March, the Civil Service census date).

    Raises:
        EvidenceError: anything else.
    """
    text = line.cells[column]
    if not text:
        raise line.error(column, "The cell is blank.", "Write the date as 2026-03-31.")
    try:
        if re.fullmatch(r"(?:19|20)\d{2}", text, re.ASCII):
            return date(int(text), 3, 31)
        if _MONTH.search(text) and (found := read_date(text)):
            return found
        for pattern, (year, month, number) in _DATES:
            if match := pattern.fullmatch(text):
                parts = [int(part) for part in match.groups()]
                return date(parts[year], parts[month], parts[number])
    except ValueError:
        pass
    raise line.error(column, f"'{text[:_SHOWN]}' is not a date.", "Write it as 2026-03-31.")


def list_of_people(sheet: Sheet, column: str = "") -> EvidenceError:
    """The error for a file that has a row for each person."""
    return sheet.lines[0].error(
        column,
        "Nearly every number is one, so the file looks like a list of people.",
        "Give totals by grade and group only; nobody's own record is needed.",
        code="people",
    )
