"""A table of vacancies beside the adverts: a row each, with the name of the file and what is known about its post."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import BinaryIO

from inclusive_ads.batch.items import Item
from inclusive_ads.errors import InputError
from inclusive_ads.text.readers.tables import Row, read_table
from inclusive_ads.vacancy import VACANCY_FIELDS, Vacancy

FILE = "file"  # the column that names the advert
_TOLD = 5  # faults of a table that are told at once
_FIELDS = {name: field.name for field in VACANCY_FIELDS for name in (field.name, field.label.lower().replace(" ", "_"))}


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyRow:
    """One row: the advert's name as it is written there, and its vacancy."""

    number: int
    file: str
    vacancy: Vacancy


def read_vacancies(stream: BinaryIO, name: str, *, today: date | None = None) -> list[VacancyRow]:
    """Read a table of vacancies: a column ``file``, and a column for every field of the vacancy that is known.

    Args:
        stream: as `read_table` takes it.
        name: what the table is called in messages.
        today: a closing date without a year is the one nearest to this.

    Raises:
        InputError: not a table, a column that is not known, a row that cannot be read, or an advert that has two rows.
    """
    try:
        table = read_table(stream)
    except InputError as error:
        raise InputError(f"'{name}': {error.message}", error.remedy, code=error.code) from None
    columns = _columns(table.headings, name)
    rows: dict[str, VacancyRow] = {}
    faults: list[str] = []
    for row in table.rows:
        try:
            found = _read(row, columns, today)
        except InputError as error:
            faults.append(f"row {row.number}: {error}")
            continue
        first = rows.setdefault(_key(found.file), found)
        if first is not found:
            faults.append(f"rows {first.number} and {found.number} are both about '{found.file}'")
    if faults:
        more = f"; and {len(faults) - _TOLD} more" if len(faults) > _TOLD else ""
        raise InputError(
            f"'{name}' cannot be used: {'; '.join(faults[:_TOLD])}{more}.",
            "Give each advert one row.",
            code="vacancies",
        )
    return list(rows.values())


def _columns(headings: Sequence[str], name: str) -> list[str]:
    """The field of each column."""
    columns = [heading.lower().replace(" ", "_").replace("-", "_") for heading in headings]
    columns = [_FIELDS.get(column, column) for column in columns]
    known = (FILE, *(field.name for field in VACANCY_FIELDS))
    unknown = [heading for heading, column in zip(headings, columns, strict=True) if column not in known]
    twice = [column for column in columns if columns.count(column) > 1]
    if FILE not in columns:
        fault = f"has no column '{FILE}'"
    elif unknown:
        fault = f"has a column '{unknown[0]}', which is not known of a vacancy"
    elif twice:
        fault = f"has the column '{twice[0]}' twice"
    else:
        return columns
    raise InputError(f"'{name}' {fault}.", f"Its columns can be: {', '.join(known)}.", code="vacancies")


def _read(row: Row, columns: Sequence[str], today: date | None) -> VacancyRow:
    if row.error:
        raise InputError(row.error)
    cells = dict(zip(columns, row.cells, strict=False))
    file = cells.pop(FILE).strip()
    if not file:
        raise InputError("The name of the file is missing.")
    return VacancyRow(number=row.number, file=file, vacancy=Vacancy.from_text(cells, today=today))


def _key(name: str) -> str:
    """A name as names are compared: whatever computer wrote the table."""
    return unicodedata.normalize("NFC", name.replace("\\", "/").removeprefix("./")).casefold()


def with_vacancies(items: Sequence[Item], rows: Iterable[VacancyRow]) -> list[Item]:
    """Adverts with what a table says of their posts; for a row without an advert an item that says so comes last."""
    known = {_key(row.file): row for row in rows}
    found = [_with_row(item, known) for item in items]
    names = {_key(str(item.id)): str(item.id) for item in items}
    return found + [Item(id=row.file, error=_no_advert(row, names)) for key, row in known.items() if key not in names]


def _with_row(item: Item, known: Mapping[str, VacancyRow]) -> Item:
    row = known.get(_key(str(item.id)))
    if row is None:
        told = "" if item.error else "The table of vacancies has no row for this advert."
        return replace(item, told=tuple(filter(None, (*item.told, told))))
    return replace(item, vacancy=row.vacancy)


def _no_advert(row: VacancyRow, names: Mapping[str, str]) -> str:
    near = get_close_matches(_key(row.file), names, 1, 0.8)
    meant = f"Did you mean '{names[near[0]]}'?" if near else "Correct the name, or take the row away."
    return f"Row {row.number} of the table of vacancies names it, and there is no such advert. {meant}"
