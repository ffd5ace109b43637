"""Lines of results as Arrow tables, and as Parquet. The only import of pyarrow."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, BinaryIO  # pyarrow says nothing of its types

from inclusive_ads.batch.columns import ADVERT, FINDING, FINDINGS, STAMP, Columns, advert_row
from inclusive_ads.errors import SettingsError
from inclusive_ads.plain import JsonObject

HELD = 500  # adverts whose results are held as Python values at a time
_ROW_GROUP = 10_000  # adverts


def arrow() -> Any:
    """The library of Arrow.

    Raises:
        SettingsError: it is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.compute
    except ImportError:
        raise SettingsError("Tables need pyarrow.", "Run: pip install 'inclusive-ads[frames]'") from None
    return pa


@cache
def our_schema() -> Any:
    """The ``pyarrow.Schema`` of what a check adds to a row: `ADVERT`, `STAMP`, and under `FINDINGS` a list."""
    pa = arrow()
    return pa.schema([*_schema(ADVERT | STAMP), (FINDINGS, pa.list_(pa.struct(list(_schema(FINDING)))))])


def _schema(columns: Columns) -> Any:
    pa = arrow()
    types: dict[Any, Any] = {
        str: pa.string(),
        int: pa.int32(),
        float: pa.float64(),
        bool: pa.bool_(),
        date: pa.date32(),
        list[str]: pa.list_(pa.string()),
    }
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])


def batch_of(lines: Iterable[JsonObject]) -> Any:
    """A ``pyarrow.RecordBatch`` of `our_schema`, a row a line of `check_row`."""
    rows, schema = [advert_row(line) for line in lines], our_schema()
    try:
        return arrow().RecordBatch.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:
        return arrow().RecordBatch.from_pylist(_encodable(rows), schema=schema)


def parted(lines: Iterator[JsonObject]) -> tuple[Any, Any, Any]:
    """Our columns of the adverts; those of the findings; and for each finding the row of its advert, from 0."""
    pa = arrow()
    adverts, findings, places = [], [], [pa.array([], pa.int64())]
    every, done = iter(lines), 0
    while (batch := batch_of(itertools.islice(every, HELD))).num_rows:
        own, listed = batch.remove_column(batch.num_columns - 1), batch.column(FINDINGS)
        parents = pa.compute.list_parent_indices(listed)
        stamps = [batch.column(name).take(parents) for name in STAMP]
        cells = [*listed.flatten().flatten(), *stamps]  # from a list of findings to findings, and to their cells
        findings.append(pa.RecordBatch.from_arrays(cells, schema=_schema(FINDING | STAMP)))
        places.append(pa.compute.add(parents.cast(pa.int64()), done))
        adverts.append(own)
        done += batch.num_rows
    return (
        pa.Table.from_batches(adverts, _schema(ADVERT | STAMP)),
        pa.Table.from_batches(findings, _schema(FINDING | STAMP)),
        pa.concat_arrays(places),
    )


def write_parquet(
    lines: Iterable[JsonObject], adverts: BinaryIO, findings: BinaryIO, carried: Iterable[str] = ()
) -> None:
    """Write lines of `check_row` as the two tables; ten thousand adverts make a row group.

    Args:
        carried: columns from ``extra`` of the lines, put after ``id``.
    """
    pa = arrow()
    from pyarrow import parquet

    given = pa.schema([(name, pa.string()) for name in dict.fromkeys(("id", *carried))])
    key = given.field("id")
    rows: list[JsonObject] = []

    def noted(some: Iterable[JsonObject]) -> Iterator[JsonObject]:
        rows.clear()
        for line in some:
            rows.append({**line.get("extra", {}), "id": str(line["id"])})
            yield line

    every = iter(lines)
    of_adverts, of_findings = pa.schema([*given, *_schema(ADVERT | STAMP)]), pa.schema([key, *_schema(FINDING | STAMP)])
    with parquet.ParquetWriter(adverts, of_adverts) as first, parquet.ParquetWriter(findings, of_findings) as second:
        while True:
            ours, found, places = parted(noted(itertools.islice(every, _ROW_GROUP)))
            if not rows:
                return
            own = pa.Table.from_pylist(_encodable(rows), schema=given)
            first.write_table(pa.Table.from_arrays([*own.columns, *ours.columns], schema=of_adverts))
            second.write_table(found.add_column(0, key, own["id"].take(places)))


def _encodable(value: Any) -> Any:
    """The same with half characters written out: no table can hold them."""
    if isinstance(value, str):
        return value.encode(errors="backslashreplace").decode()
    if isinstance(value, list):
        return [_encodable(one) for one in value]
    return {name: _encodable(one) for name, one in value.items()} if isinstance(value, dict) else value
