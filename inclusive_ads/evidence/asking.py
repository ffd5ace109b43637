"""Of which organisation, and when: what was asked, what the columns say, or the lines above the headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inclusive_ads.dates import written
from inclusive_ads.errors import SettingsError
from inclusive_ads.evidence.cells import day
from inclusive_ads.evidence.headings import read_date, read_dates
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.shapes import Layout
from inclusive_ads.evidence.sheets import Line, Sheet
from inclusive_ads.evidence.thresholds import Thresholds

_NAMED = 40  # organisations that a message lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of a file is read.

    Attributes:
        sheet: name or number of the sheet, "" for the only one that has figures.
        organisation: whose figures are read of a file with several; the name of the one where the file has none.
        as_at: the day of the figures: of those that the file has, or of a file that does not say.
    """

    sheet: str = ""
    organisation: str = ""
    as_at: date | None = None

    @classmethod
    def from_text(cls, *, sheet: str = "", organisation: str = "", as_at: str = "") -> Asked:
        """What was asked for in words.

        Raises:
            SettingsError: the day is none.
        """
        try:
            return cls(sheet=sheet, organisation=organisation, as_at=date.fromisoformat(as_at) if as_at else None)
        except ValueError:
            raise SettingsError(f"'{as_at[:40]}' is not a real date.", "Enter it as 2026-03-31.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is the same in every row, and stands in none: field → text."""

    said: Mapping[str, str]


def asked_lines(
    sheet: Sheet, layout: Layout, asked: Asked, thresholds: Thresholds
) -> tuple[list[Line], Source, list[str]]:
    """The rows that are asked for, what is said of them all, and notes on both.

    Raises:
        EvidenceError: nobody says of whom or of when the figures are, or several are there and none was chosen.
    """
    notes: list[str] = []
    said: dict[str, str] = {}
    lines = list(_not_crossed(sheet, layout, thresholds, notes))
    if "org" in layout.columns:
        lines = _of_organisation(sheet, lines, layout, asked, thresholds, notes)
    else:
        said["org"] = asked.organisation or _organisation(sheet, thresholds) or layout.constants.get("org", "")
        if not said["org"]:
            raise sheet.error(
                "The file does not say whose figures these are.", "Say it with the option --figures-of.", code="org"
            )
    if "snapshot_date" in layout.columns:
        lines = _of_day(sheet, lines, layout, asked)
    elif asked.as_at:
        said["snapshot_date"] = asked.as_at.isoformat()
    elif "snapshot_date" not in layout.constants:
        found = _day(sheet)
        said["snapshot_date"] = found.isoformat()
        notes.append(f"The figures are read as those of {written(found)}, which stands above them.")
    return lines, Source(said=said), notes


def _not_crossed(sheet: Sheet, layout: Layout, thresholds: Thresholds, notes: list[str]) -> Iterator[Line]:
    """The rows of people who are not parted by what is not asked about."""
    lines: Sequence[Line] = sheet.lines
    for heading in layout.crossed(sheet.headings):
        whole = [line for line in lines if fold(line.cells[heading]) in thresholds.labels.total]
        first = lines[0].cells[heading]
        other = next((line for line in lines if line.cells[heading] != first), None)
        if whole:
            lines = whole
        elif other:
            raise other.error(
                heading,
                f"The figures are parted by '{heading}' as well ('{first[:40]}' and '{other.cells[heading][:40]}').",
                "Give them without this column: totals by grade and one characteristic.",
            )
        else:
            notes.append(f"All figures are of '{first[:40]}' ({heading}).")
    yield from lines


def _of_organisation(
    sheet: Sheet, lines: list[Line], layout: Layout, asked: Asked, thresholds: Thresholds, notes: list[str]
) -> list[Line]:
    column = layout.columns["org"]
    names = dict.fromkeys(line.cells[column] for line in lines)
    single = [name for name in names if fold(name) not in thresholds.labels.total]
    if asked.organisation:
        wanted = fold(asked.organisation)
        found = [name for name in names if fold(name) == wanted] or [name for name in names if wanted in fold(name)]
        if len(found) != 1:
            many = "Several organisations have" if found else "No organisation has"
            raise sheet.error(
                f"{many} '{asked.organisation[:60]}' in the name.",
                f"The file has: {_listed(found or single)}.",
                column=column,
                code="organisation",
            )
    elif len(single) > 1 and layout.shape.one_org:
        raise sheet.error(
            f"The file has the figures of {len(single)} organisations.",
            f"Say with the option --figures-of whose are to be read: {_listed(single)}.",
            column=column,
            code="organisation",
        )
    else:
        return [line for line in lines if line.cells[column] in single] if single else lines
    if len(names) > 1:
        notes.append(f"Only the figures of '{found[0]}' were read, of {len(names)} organisations in the file.")
    return [line for line in lines if line.cells[column] == found[0]]


def _of_day(sheet: Sheet, lines: list[Line], layout: Layout, asked: Asked) -> list[Line]:
    if asked.as_at is None:
        return lines
    column = layout.columns["snapshot_date"]
    found = [line for line in lines if day(line, column) == asked.as_at]
    if not found:
        raise sheet.error(
            f"The file has no figures of {written(asked.as_at)}.", "Check the date of --as-at.", column=column
        )
    return found


def _organisation(sheet: Sheet, thresholds: Thresholds) -> str:
    """The name that stands above the headings, behind a word for it: "Trust: ...", or in the next cell."""
    for cells in sheet.above:
        texts = [text for text in dict.fromkeys(cell.strip() for cell in cells) if text]
        for text, after in zip(texts, [*texts[1:], ""], strict=True):
            label, colon, name = text.partition(":")
            if fold(label) in thresholds.labels.organisation and (name.strip() if colon and name.strip() else after):
                return " ".join((name.strip() or after).split())
    return ""


def _day(sheet: Sheet) -> date:
    """The day above the headings; that of the headings that were chosen goes first."""
    cells = [cell for row in reversed(sheet.above) for cell in row]
    if sheet.above and len(sheet.above[-1]) == 1 and (day := read_date(sheet.above[-1][0])):
        return day
    days = {day for cell in cells for day in read_dates(cell)}
    if len(days) == 1:
        return days.pop()
    many = "names several days" if days else "does not say of which day the figures are"
    raise sheet.error(f"The file {many}.", "Say it with the option --as-at, as in --as-at 2026-03-31.", code="as-at")


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return "; ".join(names[:_NAMED]) + more
