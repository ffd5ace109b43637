"""The file of comparators: shares from elsewhere, each with its source and its date."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inclusive_ads.evidence.cells import MOST_PEOPLE, day, in_percent, share, whole
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.sheets import FiguresFile, read_sheet
from inclusive_ads.evidence.thresholds import Thresholds
from inclusive_ads.lexicon.areas import load_areas

_NEEDED = ("name", "characteristic", "group", "share", "source", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparator:
    """A share (0 to 1) to compare with, from a file; `people` is the number behind it, 0 where not given.

    `places`: those that it is for, as its column `place` or its name says; `why`: a sentence for the record.
    """

    name: str
    characteristic: str
    group: str
    share: float
    people: int
    source: str
    date: date
    places: tuple[str, ...] = ()
    why: str = dataclasses.field(default="It is given in the file of comparators.", compare=False)


def read_comparators(figures: FiguresFile, thresholds: Thresholds) -> tuple[Comparator, ...]:
    """Read `comparators.csv`: name, characteristic, group, share, n (may be blank), source, date; place, if there.

    Raises:
        EvidenceError: names file, row and column.
    """

    def fits(names: Sequence[str | None]) -> dict[str, str] | None:
        written = {fold(name): name for name in names if name}
        return written if written.keys() >= set(_NEEDED) else None

    sheet, at = read_sheet(figures, thresholds.files, thresholds.labels, fits)
    if at is None:
        have = {fold(name) for name in sheet.headings}
        missing = next(name for name in _NEEDED if name not in have)
        raise sheet.error("A column is missing.", "Name the columns as docs/evidence.md says.", column=missing)
    percent = in_percent(sheet, at["share"])
    found: dict[tuple[str, str, str], Comparator] = {}
    for line in sheet.lines:
        for field in ("name", "characteristic", "group", "source"):
            if not line.cells[at[field]]:
                raise line.error(
                    at[field], "The cell is blank.", "Fill it in: the record must say what was compared with."
                )
        n = line.cells[at["n"]] if "n" in at else ""
        people = whole(line, at["n"], thresholds.labels, most=MOST_PEOPLE) if n else 0
        item = Comparator(
            name=line.cells[at["name"]],
            characteristic=thresholds.characteristic(line.cells[at["characteristic"]]),
            group=thresholds.group(line.cells[at["group"]]),
            share=share(line, at["share"], percent=percent),
            people=people or 0,
            source=line.cells[at["source"]],
            date=day(line, at["date"]),
            places=_places(line.cells[at["name"]], line.cells[at["place"]] if "place" in at else ""),
        )
        if found.setdefault((item.name, item.characteristic, item.group), item) != item:
            raise line.error(at["share"], "This comparator is given twice, and differs.", "Keep the right one.")
    return tuple(found.values())


def _places(name: str, place: str) -> tuple[str, ...]:
    """The places that a comparator is for: those its column names, else those in its name."""
    if not place:
        return load_areas().find(name, among_words=True)
    parts = (part.strip() for part in place.split(";"))
    return tuple(dict.fromkeys((load_areas().find(part) or (part,))[0] for part in parts if part))
