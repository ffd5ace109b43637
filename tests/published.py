"""Figures in the layouts in which they are published, for the tests of how they are read."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from workbook_files import Cell, Rows, ods, xls, xlsx

from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.asking import Asked
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.reading import read_headcounts
from inclusive_ads.evidence.thresholds import load_thresholds
from inclusive_ads.evidence.values import Evidence

PUBLISHED = Path(__file__).parent.parent / "examples" / "published"
DAY = date(2026, 3, 31)
ASKED = {
    "civil-service": Asked(organisation="Lanterns"),
    "wres-return": Asked(),
    "wdes-return": Asked(),
    "esr": Asked(as_at=DAY),
    "council": Asked(organisation="Exampleton"),
}
KINDS: dict[str, Callable[[dict[str, Rows]], bytes]] = {"xlsx": xlsx, "ods": ods, "xls": xls}


def cell(text: str) -> Cell:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


def rows(name: str) -> list[list[Cell]]:
    with (PUBLISHED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [[cell(text) for text in row] for row in csv.reader(file)]


def written(table: Rows) -> bytes:
    return "\n".join(",".join(f'"{"" if value is None else value}"' for value in row) for row in table).encode()


def read(table: Rows | str, asked: Asked | None = None) -> Evidence:
    data = written(table) if not isinstance(table, str) else PUBLISHED / f"{table}.csv"
    return read_evidence(data, asked=asked or (ASKED[table] if isinstance(table, str) else None))


def changed(table: Sequence[Sequence[Cell]], where: str, column: int, value: Cell) -> list[list[Cell]]:
    """The table with another value in a column of every row that holds a text."""
    return [[value if where in row and at == column else one for at, one in enumerate(row)] for row in table]


def refused(table: Rows, match: str, asked: Asked | None = None) -> EvidenceError:
    for data in (written(table), xlsx({"Data": table})):
        with pytest.raises(EvidenceError, match=match) as caught:
            read_evidence(data, asked=asked)
        assert caught.value.remedy
    return caught.value


def counts(table: Rows, asked: Asked | None = None) -> dict[tuple[str, str, str], int | None]:
    records, _ = read_headcounts(written(table), load_thresholds(), None, asked or Asked())
    return {(one.role, one.grade, one.group or one.kind): one.count for one in records}


WRES = rows("wres-return")
