"""Rows of headings: the names of columns, of one row or of two with merged headings above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from inclusive_ads.dates import find_days
from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.layouts import Labels, fold, without_notes
from inclusive_ads.text.readers.tables import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """The headings of a table.

    Attributes:
        row: of the spreadsheet, where they end.
        names: of each column; "" for one that has none, None for one that is left out.
        block: the heading above those columns that are read, where the same ones stand there again under another.
    """

    row: int
    names: tuple[str | None, ...]
    block: str = ""


def as_written(row: Row) -> Headings:
    """The headings of one row."""
    names = [without_notes(cell) for cell in row.cells]
    while names and not names[-1]:
        names.pop()
    return Headings(row=row.number, names=tuple(names))


def _texts(row: Row) -> list[str]:
    return [name or "" for name in as_written(row).names]


def joined(upper: Row, lower: Row, labels: Labels) -> Headings:
    """The headings of two rows: what stands in the upper one stands over each column until the next.

    "White" over "Headcount" and "%" is the heading of the first and leaves out the second. Where the same headings
    stand under several dates, those of the latest are read; else those under a word for a number of people.
    """
    above = ""
    names: list[tuple[str | None, str]] = []
    for high, low in zip_longest(_texts(upper), _texts(lower), fillvalue=""):
        above = high or (above if low else "")
        if fold(low) in labels.shares:
            names.append((None, ""))
        elif fold(low) in labels.counts and above and not _stands_for_many(above, labels):
            names.append((above, ""))
        else:
            names.append((low or high, above))
    again = {name for name, often in Counter(fold(name) for name, _ in names if name).items() if often > 1}
    blocks = {block for name, block in names if fold(name or "") in again}
    block = _chosen(blocks, labels) if len(blocks) > 1 else ""
    kept = tuple(None if block and fold(name or "") in again and over != block else name for name, over in names)
    return Headings(row=lower.number, names=kept, block=block)


def read_dates(text: str) -> set[date]:
    """The dates that a text names with their year."""
    return {one.day for one in find_days(text, date.today()) if str(one.day.year) in text[one.start : one.end]}


def read_date(text: str) -> date | None:
    """The one date that a text names; None where there is none, or are several."""
    found = read_dates(text)
    return found.pop() if len(found) == 1 else None


def stand_twice(names: Sequence[str | None], labels: Labels) -> list[str]:
    """The names of columns that several have, though each counts something."""
    often = Counter(fold(name) for name in names if name)
    return [name for name in names if name and often[fold(name)] > 1 and fold(name) not in labels.shares]


def _stands_for_many(text: str, labels: Labels) -> bool:
    return fold(text) in labels.counts or read_date(text) is not None


def _chosen(blocks: set[str], labels: Labels) -> str:
    dated = [(day, block) for block in blocks if (day := read_date(block))]
    if dated and len(dated) == len(blocks):
        return max(dated)[1]
    counting = [block for block in blocks if fold(block) in labels.counts]
    return counting[0] if len(counting) == 1 else ""


def check_headings(path: str, sheet: str, headings: Headings, labels: Labels) -> None:
    """Refuse headings that tell of people rather than groups, or that stand twice.

    Raises:
        EvidenceError: names the heading.
    """
    for name in headings.names:
        if name and fold(name).replace("_", " ") in labels.person_headings:
            raise EvidenceError(
                "The file looks like a list of people.",
                "Give totals by grade and group only; nobody's own record is needed.",
                path=path,
                sheet=sheet,
                row=headings.row,
                column=name,
                code="people",
            )
    for name in stand_twice(headings.names, labels)[1:]:
        raise EvidenceError(
            "The heading stands twice.",
            "Keep one of the columns.",
            path=path,
            sheet=sheet,
            row=headings.row,
            column=name,
        )
