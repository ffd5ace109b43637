"""A real local cluster of two workers gives what the batch command gives. Run by `make spark-test`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmarks.adverts import make_adverts
from inclusive_ads import InputError, LexiconError, Settings
from inclusive_ads.batch.items import Item
from inclusive_ads.batch.running import check_items
from inclusive_ads.render.results import rows, to_csv
from inclusive_ads.spark import SCHEMA, find, finder, main, session

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("default")]  # Spark's own warnings are not ours

NUMBER = 10_000
Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    cluster = session("local[2]")
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def adverts() -> list[str]:
    """Many short ones, so that ten thousand are soon done, some full ones, and some that are bad."""
    texts = [*make_adverts(NUMBER - 200, words=40), *make_adverts(198, seed=2), " ", "x" * 200_001]
    texts[7] = 'A "quoted", CRB check\nwith lines — and “curls” 😀 for a chairman'
    return texts


@pytest.fixture(scope="module")
def expected(adverts: list[str]) -> Rows:
    """What the batch gives, in two processes."""
    items = (Item(id=f"a{number}", text=text) for number, text in enumerate(adverts))
    results = check_items(items, Settings(), workers=2)
    return ordered((result["id"], *row.values()) for result in results for row in rows(result))


def ordered(found: Any) -> Rows:
    return sorted((tuple(row) for row in found), key=lambda row: [(cell is not None, str(cell)) for cell in row])


def read(spark: Any, path: Path) -> Rows:
    if path.suffix == ".parquet":
        return ordered(spark.read.parquet(str(path)).collect())
    return ordered(spark.read.schema(SCHEMA).json(str(path)).collect())


def test_ten_thousand_adverts_give_what_the_batch_gives(
    spark: Any, tmp_path: Path, adverts: list[str], expected: Rows
) -> None:
    lines = (json.dumps({"id": f"a{number}", "text": text}) for number, text in enumerate(adverts))
    (tmp_path / "adverts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    find(spark, str(tmp_path / "adverts.jsonl"), str(tmp_path / "findings.parquet"), Settings())
    assert len({row[0] for row in expected}) == NUMBER
    assert read(spark, tmp_path / "findings.parquet") == expected


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_every_kind_of_table_is_read(spark: Any, tmp_path: Path, adverts: list[str], expected: Rows, kind: str) -> None:
    source = tmp_path / f"adverts.{kind}"
    some = adverts[:60]
    if kind == "csv":
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("name", "advert"), *((f"a{n}", text) for n, text in enumerate(some))])
    else:
        table = [(f"a{n}", text) for n, text in enumerate(some)]
        spark.createDataFrame(table, "name string, advert string").write.parquet(str(source))
    output = tmp_path / "findings.jsonl"
    find(spark, str(source), str(output), Settings(), column="advert", id_column="name")
    names = {f"a{n}" for n in range(len(some))}
    assert read(spark, output) == [row for row in expected if row[0] in names]


def test_the_rows_are_those_of_the_csv(spark: Any, adverts: list[str]) -> None:
    table = spark.createDataFrame([(f"a{n}", text) for n, text in enumerate(adverts[:40])], "id string, text string")
    found = table.coalesce(1).mapInPandas(finder(Settings()), SCHEMA).collect()
    items = [Item(id=f"a{n}", text=text) for n, text in enumerate(adverts[:40])]
    lines = list(csv.reader(io.StringIO("".join(to_csv(check_items(items, Settings()))))))
    assert lines[0] == list(found[0].asDict())
    cells = [["" if cell is None else str(cell) for cell in row] for row in found]
    # In a CSV a quote stands before cells that a spreadsheet would take for a formula.
    assert cells == [[cell[cell[:2] in ("'-", "'+", "'=", "'@") :] for cell in row] for row in lines[1:]]


def test_bad_rows_keep_their_place_and_say_why(spark: Any, tmp_path: Path) -> None:
    lines = ['{"id": 1, "text": "A CRB check."}', '{"id": "two"}', '{"id": 3, "text": nonsense', '{"text": ""}']
    (tmp_path / "adverts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    find(spark, str(tmp_path / "adverts.jsonl"), str(tmp_path / "findings.parquet"), Settings())
    found = [(row[0], row[2]) for row in read(spark, tmp_path / "findings.parquet")]
    assert found == [
        ("", "The advert is empty. Paste the text of the advert."),
        ("", "The line is not JSON."),
        ("1", None),
        ("two", 'The row has no "text".'),
    ]


@pytest.mark.parametrize(
    ("source", "output", "message"),
    [
        ("none.csv", "out.parquet", "cannot be read"),
        ("adverts.xlsx", "out.parquet", "cannot be read here"),
        ("adverts.csv", "out.csv", "cannot be written"),
        ("adverts.csv", "out.parquet", "no column 'text'"),
    ],
)
def test_what_cannot_be_used_is_refused(spark: Any, tmp_path: Path, source: str, output: str, message: str) -> None:
    (tmp_path / "adverts.csv").write_text("id,words\n1,A CRB check.\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        find(spark, str(tmp_path / source), str(tmp_path / output), Settings())


def test_a_mistake_in_a_lexicon_is_said_at_once(spark: Any, tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no such lexicon folder"):
        find(spark, "adverts.csv", str(tmp_path / "out.parquet"), Settings(lexicons=(tmp_path / "none",)))


def test_the_command(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "adverts.csv").write_text('id,text\n1,"A CRB check, please."\n', encoding="utf-8")
    arguments = [str(tmp_path / "adverts.csv"), str(tmp_path / "out.parquet")]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert [row[8] for row in read(spark, tmp_path / "out.parquet")] == ["CRB check"]
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 2
    assert "Is it there already?" in again.output
