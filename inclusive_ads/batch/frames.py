"""Tables of adverts in, tables of results out: pandas and Arrow. Needs the extra `[frames]`.

The columns are those of `columns`. A table keeps all of its own; one bad advert is a row with its error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar  # pyarrow and pandas say nothing of their types

from inclusive_ads.batch.arrow import HELD, arrow, batch_of, our_schema, parted
from inclusive_ads.batch.columns import check_names, check_row, check_text, stamp_of, told_apart
from inclusive_ads.batch.items import NOT_JSON, Item
from inclusive_ads.batch.running import each_item
from inclusive_ads.checker import Checker
from inclusive_ads.errors import InputError
from inclusive_ads.plain import JsonObject
from inclusive_ads.settings import Settings
from inclusive_ads.vacancy import VACANCY_FIELDS, Vacancy, read_vacancy

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import Evidence

Frame = TypeVar("Frame")
POST, BROKEN = "post", "_not_json"  # of a table of JSON lines: what is known of the post; a line that is no JSON

_checker = cache(Checker)  # a process makes one for each settings, and keeps it


def check_frame(
    frame: Frame,
    settings: Settings | None = None,
    *,
    column: str = "text",
    id_column: str = "id",
    evidence: Evidence | None = None,
    workers: int = 1,
) -> tuple[Frame, Frame]:
    """Check a table of adverts: a table with a row an advert, and one with a row a finding.

    The first has every row and column of `frame`, and behind them those of `columns.ADVERT`; the second has the column
    that names the advert, and those of `columns.FINDING`. Both end in `columns.STAMP`. Offsets count code points of the
    advert. A column that is called as a field of `Vacancy` says what is known of the post. An advert that is empty, too
    long or not text, or has no id or that of an earlier one, has ``error`` and no more.

    Args:
        frame: a ``pandas.DataFrame``, ``pyarrow.Table`` or ``pyarrow.RecordBatch``; it is not changed.
        settings: what holds for all adverts is in `Settings.post`.
        column, id_column: the columns with the advert and with its name.
        evidence: as `Checker.check` takes it.
        workers: processes.

    Returns:
        Two of the same kind (of a batch, tables); in pandas our columns have Arrow's types.

    Raises:
        InputError: it is no such table, a column is missing, is not of text, or has the name of one of ours.
        InclusiveAdsError: the settings or lexicons have a mistake.
    """
    pa, pandas = arrow(), sys.modules.get("pandas")  # whoever has a table of pandas has loaded it
    frames = FrameChecker(settings=settings or Settings(), column=column, id_column=id_column, evidence=evidence)
    if pandas and isinstance(frame, pandas.DataFrame):
        return _check_pandas(pandas, frame, frames, workers)
    if not isinstance(frame, (pa.Table, pa.RecordBatch)):
        message = f"A {type(frame).__module__}.{type(frame).__name__} is no table that is read here."
        remedy = "Turn it into a pandas.DataFrame, a pyarrow.Table or a pyarrow.RecordBatch."
        raise InputError(message, remedy, code="format")
    table: Any = frame if isinstance(frame, pa.Table) else pa.Table.from_batches([frame])
    frames.schema(table.schema)
    ours, findings, places = parted(frames.lines(told_apart(frames.items(table)), workers=workers))
    adverts = table
    for name in ours.column_names:
        adverts = adverts.append_column(ours.schema.field(name), ours[name])
    return adverts, findings.add_column(0, table.schema.field(id_column), table[id_column].take(places))


def _check_pandas(pandas: Any, frame: Any, frames: FrameChecker, workers: int) -> tuple[Any, Any]:
    key, column = frames.id_column, frames.column
    check_names([name if isinstance(name, str) else f"({name})" for name in frame.columns], key, column)
    kind = frame.dtypes[column]
    inner = kind.categories.dtype if isinstance(kind, pandas.CategoricalDtype) else kind
    check_text(column, str(kind), is_text=pandas.api.types.is_string_dtype(inner))
    rows = _rows({name: _cells(frame[name]) for name in frames.read(frame.columns)})
    lines = frames.lines(told_apart(map(frames.item, rows)), workers=workers)
    ours, findings, places = parted(lines)

    def columns(table: Any) -> dict[str, Any]:
        return {name: series.array for name, series in table.to_pandas(types_mapper=pandas.ArrowDtype).items()}

    keys = frame[key].take(places.to_numpy())
    return frame.assign(**columns(ours)), pandas.DataFrame({key: keys.array, **columns(findings)})


@dataclass(frozen=True, kw_only=True)
class FrameChecker:
    """Checks adverts in Arrow record batches, one batch after the other; it can be sent to another process.

    Called with an iterator of batches it gives an iterator of batches, which is what Spark's ``mapInArrow`` asks for.

    Attributes:
        settings, column, id_column, evidence: as `check_frame` takes them.
        lines_of_json: the column `POST` holds JSON about the post, and `BROKEN` is filled in rows that are no JSON.
    """

    settings: Settings = field(default_factory=Settings)
    column: str = "text"
    id_column: str = "id"
    evidence: Evidence | None = None
    lines_of_json: bool = False

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """`check` each batch, 500 adverts at a time."""
        for batch in batches:
            for start in range(0, max(batch.num_rows, 1), HELD):
                yield self.check(batch.slice(start, HELD))

    def check(self, batch: Any) -> Any:
        """A ``pyarrow.RecordBatch`` with the columns of `schema`: those of `batch`, and ours.

        Ids are not compared: a batch knows nothing of the others.

        Raises:
            InputError: as `check_frame`.
        """
        schema = self.schema(batch.schema)
        ours = batch_of(self.lines(self.items(batch)))
        return arrow().RecordBatch.from_arrays([*batch.columns, *ours.columns], schema=schema)

    def schema(self, given: Any) -> Any:
        """The ``pyarrow.Schema`` that comes out where `given` goes in; the last column is the list of findings.

        Raises:
            InputError: as `check_frame`.
        """
        pa = arrow()
        check_names(given.names, self.id_column, self.column)
        kind = given.field(self.column).type
        inner = kind.value_type if pa.types.is_dictionary(kind) else kind
        is_text = inner in (pa.string(), pa.large_string(), pa.string_view(), pa.null())
        check_text(self.column, str(kind), is_text=is_text)
        return pa.schema([*given, *our_schema()], metadata=given.metadata)

    def items(self, table: Any) -> Iterator[Item]:
        """The rows of an Arrow table or batch as adverts."""
        for some in table.to_batches(HELD) if hasattr(table, "to_batches") else [table]:
            cells = {name: some.column(name).to_pylist() for name in self.read(some.schema.names)}
            yield from map(self.item, _rows(cells))

    def read(self, names: Iterable[str]) -> list[str]:
        """The columns that are looked at."""
        about = (POST, BROKEN) if self.lines_of_json else tuple(item.name for item in VACANCY_FIELDS)
        return list(dict.fromkeys((self.id_column, self.column, *(name for name in names if name in about))))

    def item(self, row: JsonObject) -> Item:
        """A row as an advert.

        Args:
            row: by the name of the columns that are looked at; None where a cell is empty.
        """
        known = {name: cell for name, cell in row.items() if name not in (self.id_column, self.column)}
        name, text = row[self.id_column], row[self.column]
        item = partial(Item, id="" if name is None else str(name))
        if row.get(BROKEN) is not None:
            return item(error=NOT_JSON)
        if name is None or name == "":
            return item(error=f'The row has no "{self.id_column}".')
        if text is None:
            return item(error=f'The row has no "{self.column}".')
        if not isinstance(text, str):
            return item(error=f'The "{self.column}" of the row is not text.')
        try:
            return item(text=text, vacancy=self._vacancy(known))
        except InputError as error:
            return item(error=str(error))
        except (ValueError, RecursionError):
            return item(error=f'The "{POST}" of the row is not JSON.')

    def _vacancy(self, known: JsonObject) -> Vacancy:
        if self.lines_of_json:
            return read_vacancy(json.loads(known.get(POST) or "{}"))
        return Vacancy.from_text({name: _as_text(cell) for name, cell in known.items()})

    def lines(self, items: Iterable[Item], *, workers: int = 1) -> Iterator[JsonObject]:
        """The lines of `check_row`, in order."""
        checker = _checker(self.settings)
        work = partial(check_row, stamp=stamp_of(checker, evidence=self.evidence), evidence=self.evidence)
        return each_item(items, checker, work, workers=workers)


def _rows(cells: Mapping[str, list[Any]]) -> Iterator[JsonObject]:
    return (dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True))


def _cells(series: Any) -> list[Any]:
    """The cells of a column of pandas, None for whatever it calls missing."""
    return [None if missing else cell for cell, missing in zip(series.tolist(), series.isna(), strict=True)]


def _as_text(cell: Any) -> str:
    """A cell as `Vacancy.from_text` reads it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):  # and a moment, of which the day counts
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():  # pandas makes 7.0 of a 7 that stands beside empty cells
        return str(int(cell))
    return ", ".join(map(str, cell)) if isinstance(cell, (list, tuple)) else str(cell)
