"""Tables of Polars and DuckDB, checked by way of Arrow: what goes in comes back. Run by `make frames-test`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from doc_pages import ROOT, Reader, apart, steps

from inclusive_ads import InputError, check_frame

pytestmark = pytest.mark.tables

PAGE = (ROOT / "docs" / "frames.md").read_text(encoding="utf-8")
ADVERTS = ["Only women may apply.", "We answer letters.", None]


def test_the_page_does_what_it_says(tmp_path: Path) -> None:
    blocks = apart(PAGE, "frames-test")
    assert [step.kind for step in blocks] == ["python", "python"]
    with Reader(tmp_path) as reader:
        reader.follow(*blocks)


def test_the_models_of_the_page_make_the_two_tables() -> None:
    """What dbt does with them: it hands in relations by name, and makes a table of what comes back."""
    import duckdb

    models = {step.name: step.body for step in steps(PAGE) if step.name.startswith("models/")}
    program: dict[str, Any] = {}
    exec(models["models/checked.py"], program)
    with duckdb.connect() as db:
        db.sql("CREATE TABLE adverts AS SELECT 101 AS ref, 'Only women may apply.' AS advert")
        checked = program["model"](SimpleNamespace(ref=db.table), db)
        assert checked["outcome"].to_pylist() == ["do not publish yet"]
        query = models["models/findings.sql"].replace('{{ ref("checked") }}', "checked")
        assert db.sql(query).fetchall() == [(101, "Only women", "likely-unlawful")]


@pytest.mark.parametrize("kind", ["Int64", "String", "Categorical", "Date", "Decimal"])
def test_columns_of_polars_come_back_as_they_were(kind: str) -> None:
    import polars as pl

    refs = {
        "Int64": [1, 2, 3],
        "Date": [date(2026, 12, day) for day in (1, 2, 3)],
        "Decimal": ["1.5", "2.5", "3.5"],
    }.get(kind, ["a", "b", "c"])
    ref = pl.Series(refs).cast(pl.Decimal(10, 1) if kind == "Decimal" else getattr(pl, kind))
    table = pl.DataFrame({"ref": ref, "advert": ADVERTS, "team": pl.Series(["N", "S", "N"], dtype=pl.Categorical)})
    adverts, findings = map(pl.from_arrow, check_frame(table.to_arrow(), column="advert", id_column="ref"))
    assert adverts.select(table.columns).equals(table)
    assert adverts.select(table.columns).schema == table.schema
    assert adverts["likely_unlawful"].to_list() == [1, 0, None]
    assert adverts["error"].to_list() == [None, None, 'The row has no "advert".']
    assert findings["ref"].to_list() == table["ref"].to_list()[:1]


def test_columns_of_polars_say_what_is_known_of_the_post() -> None:
    import polars as pl

    table = pl.DataFrame({"id": [1, 2], "text": ADVERTS[:2], "closing_date": [date(2026, 12, 24), None]})
    adverts = pl.from_arrow(check_frame(table.to_arrow())[0])
    assert adverts["error"].to_list() == [None, None]
    assert isinstance(adverts.schema["missing"], pl.List)


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("7", [7]),
        ("'a'", ["a"]),
        ("'a'::ENUM('a', 'b')", ["a"]),
        ("'6f9619ff-8b86-4011-b42d-00c04fc964ff'::UUID", ["6f9619ff-8b86-4011-b42d-00c04fc964ff"]),
        ("DATE '2026-12-24'", [date(2026, 12, 24)]),
        ("NULL", []),
    ],
)
def test_ids_of_duckdb_lead_to_their_findings(ref: str, found: list[Any]) -> None:
    import duckdb

    with duckdb.connect() as db:
        table = db.sql(f"SELECT {ref} AS id, 'Only women may apply.' AS text, [1, 2] AS list, '{{}}'::JSON AS more")
        adverts, findings = check_frame(table.to_arrow_table())
        assert findings["id"].to_pylist() == found
        assert adverts["error"].to_pylist() == ([None] if found else ['The row has no "id".'])
        assert db.sql("SELECT list, more FROM adverts").fetchall() == [([1, 2], "{}")]


def test_what_is_not_arrow_yet_is_told_so() -> None:
    import duckdb
    import polars as pl

    with duckdb.connect() as db:
        for table in (pl.DataFrame({"id": [1], "text": ["A"]}), db.sql("SELECT 1 AS id, 'A' AS text")):
            with pytest.raises(InputError, match=r"Turn it into a .*pyarrow\.Table"):
                check_frame(table)
