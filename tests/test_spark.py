"""A real local cluster of two workers gives what one process gives. Run by `make spark-test`."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from doc_pages import ROOT, steps
from pyarrow import parquet

from benchmarks.adverts import make_adverts
from inclusive_ads import InputError, LexiconError, Settings, check_frame
from inclusive_ads.spark import check_table, find, main, parted, session

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("default")]  # Spark's own warnings are not ours

NUMBER = 10_000
Rows = dict[str, list[dict[str, Any]]]  # id → what is said of it


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
def expected(adverts: list[str]) -> tuple[Rows, Rows]:
    """What one machine gives, in two processes."""
    table = pa.table({"id": [f"a{number}" for number in range(NUMBER)], "text": adverts})
    return tuple(by_id(found.to_pylist()) for found in check_frame(table, workers=2))  # type: ignore[return-value]


def by_id(rows: Any, name: str = "id") -> Rows:
    found: Rows = {}
    for row in rows:
        found.setdefault(row[name], []).append({key: cell for key, cell in row.items() if key not in (name, "text")})
    return found


def read(spark: Any, path: Path) -> list[dict[str, Any]]:
    return [row.asDict() for row in spark.read.parquet(str(path)).collect()]


def test_ten_thousand_adverts_give_what_one_machine_gives(
    spark: Any, tmp_path: Path, adverts: list[str], expected: tuple[Rows, Rows]
) -> None:
    lines = (json.dumps({"id": f"a{number}", "text": text}) for number, text in enumerate(adverts))
    (tmp_path / "adverts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    checked, findings = tmp_path / "checked.parquet", tmp_path / "findings.parquet"
    find(spark, str(tmp_path / "adverts.jsonl"), str(checked), str(findings), Settings())
    assert len(expected[0]) == NUMBER
    assert by_id(read(spark, checked)) == expected[0]
    assert by_id(read(spark, findings)) == expected[1]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_every_kind_of_table_is_read_and_keeps_its_columns(
    spark: Any, tmp_path: Path, adverts: list[str], expected: tuple[Rows, Rows], kind: str
) -> None:
    source, some = tmp_path / f"adverts.{kind}", adverts[:60]
    rows = [(f"a{number}", text, number) for number, text in enumerate(some)]
    if kind == "csv":
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("the.name", "advert", "number"), *rows])
    else:
        spark.createDataFrame(rows, "`the.name` string, advert string, number int").write.parquet(str(source))
    checked, findings = tmp_path / "checked.parquet", tmp_path / "findings.jsonl"
    find(spark, str(source), str(checked), str(findings), Settings(), column="advert", id_column="the.name")
    found = read(spark, checked)
    assert {(row["the.name"], row["advert"], int(row["number"])) for row in found} == set(rows)
    counts = {row["the.name"]: (row["outcome"], row["style"], row["missing"]) for row in found}
    assert counts == {
        name: (row["outcome"], row["style"], row["missing"]) for name, (row,) in expected[0].items() if name in counts
    }
    lines = [json.loads(line) for part in findings.glob("part-*") for line in part.read_text("utf-8").splitlines()]
    places = {(row["the.name"], row["start"], row["entry"]) for row in lines}
    assert places == {(name, row["start"], row["entry"]) for name in counts for row in expected[1].get(name, ())}


def test_the_notebook_of_the_page_prints_what_the_page_says(spark: Any, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    (block,) = [step.body for step in steps(page) if "spark.createDataFrame" in step.body]
    exec(block, {"spark": spark})
    assert capsys.readouterr().out.splitlines() == re.findall(r"^print\(.*\)  # (.*)$", block, re.MULTILINE)


def test_a_notebook_checks_a_table_that_it_has(spark: Any) -> None:
    rows = [(1, "A CRB check.", datetime(2026, 11, 30), [1, 2]), (2, None, None, None)]
    table = spark.createDataFrame(rows, "ref bigint, advert string, at timestamp, list array<int>")
    checked = check_table(table, column="advert", id_column="ref").persist()
    adverts, findings = parted(checked, id_column="ref")
    assert adverts.dtypes[:4] == table.dtypes
    assert dict(adverts.dtypes)["judged_on"] == "date"
    assert [row.asDict() for row in adverts.select(*table.columns).collect()] == [
        row.asDict() for row in table.collect()
    ]
    assert {row["ref"]: row["error"] for row in adverts.collect()} == {1: None, 2: 'The row has no "advert".'}
    assert [(row["ref"], row["text"], row["suggestions"]) for row in findings.collect()] == [
        (1, "CRB check", ["DBS check"])
    ]
    checked.unpersist()


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ("ref int, words string", "no column 'advert'"),
        ("ref int, advert int", "holds int, not text"),
        ("ref int, advert string, Error string", "same name: Error"),
        ("start int, advert string", "no column 'ref'"),
    ],
)
def test_a_table_that_cannot_be_checked_is_told_before_the_work(spark: Any, shape: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        check_table(spark.createDataFrame([], shape), column="advert", id_column="ref")


def test_bad_rows_keep_their_place_and_say_why(spark: Any, tmp_path: Path) -> None:
    lines = [
        '{"id": 1, "text": "A CRB check.", "team": {"name": "North"}, "post": {"grade": "SEO"}}',
        '{"id": "two"}',
        '{"id": 3, "text": nonsense',
        '{"id": "4", "text": ""}',
        '{"text": "A CRB check."}',
        '{"id": "6", "text": "A CRB check.", "post": {"colour": 1}}',
    ]
    (tmp_path / "adverts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    checked = tmp_path / "checked.parquet"
    find(spark, str(tmp_path / "adverts.jsonl"), str(checked), str(tmp_path / "findings.parquet"), Settings())
    found = read(spark, checked)
    assert set(found[0]) >= {"id", "text", "post", "team"}
    assert not any(name.startswith("_") for name in found[0])
    said = {(row["id"], (row["error"] or "").partition(" Its fields")[0]) for row in found}
    assert said == {
        ("1", ""),
        ("two", 'The row has no "text".'),
        (None, "The line is not JSON."),
        ("4", "The advert is empty. Paste the text of the advert."),
        (None, 'The row has no "id".'),
        ("6", "post.colour: Nothing of this name can be set: check the spelling."),
    }


GOOD = {"id": ["a"], "text": ["A CRB check."]}
TABLES = {
    "nanoseconds.parquet": {**GOOD, "at": pa.array([1], pa.timestamp("ns"))},
    "half.parquet": {**GOOD, "at": pa.array([1.0], pa.float16())},
    "capitals.parquet": {**GOOD, "ID": ["b"]},
    "twice.parquet": {"id": ["a", "b", "a"], "text": ["A", "B", "C"]},
    "met.parquet": {**GOOD, "outcome": ["good"]},
}


@pytest.mark.parametrize(
    ("source", "output", "message"),
    [
        ("none.csv", "out.parquet", "cannot be read: there is no such file or folder. Check the path."),
        ("adverts.xlsx", "out.parquet", "cannot be read here"),
        ("adverts.csv", "out.csv", "cannot be written"),
        ("adverts.csv", "out.parquet", "no column 'text'"),
        ("empty.jsonl", "out.parquet", "no column 'id'"),
        ("damaged.parquet", "out.parquet", "cannot be read: it is damaged, or not what its name says"),
        ("nanoseconds.parquet", "out.parquet", "a column of times in nanoseconds, .* Save the column in microseconds"),
        ("half.parquet", "out.parquet", "a type that Spark does not know, FIXED_LEN_BYTE_ARRAY"),
        ("capitals.parquet", "out.parquet", "two of its columns are called `id`, apart from capitals"),
        ("twice.parquet", "out.parquet", "2 adverts of '.*' have the id 'a'"),
        ("met.parquet", "out.parquet", "same name: outcome"),
    ],
)
def test_what_cannot_be_used_is_refused(spark: Any, tmp_path: Path, source: str, output: str, message: str) -> None:
    (tmp_path / "adverts.csv").write_text("id,words\n1,A CRB check.\n", encoding="utf-8")
    (tmp_path / "damaged.parquet").write_text("words, and no table at all", encoding="utf-8")
    (tmp_path / "empty.jsonl").touch()
    if source in TABLES:
        parquet.write_table(pa.table(TABLES[source]), tmp_path / source)
    paths = [str(tmp_path / name) for name in (source, output, "findings.parquet")]
    with pytest.raises(InputError, match=message) as caught:
        find(spark, *paths, Settings())
    assert "Traceback" not in str(caught.value)
    assert "org.apache" not in str(caught.value)


def test_a_mistake_in_a_lexicon_is_said_at_once(spark: Any, tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no such lexicon folder"):
        find(spark, "adverts.csv", "out.parquet", "findings.parquet", Settings(lexicons=(tmp_path / "none",)))


def test_the_command(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "adverts.csv").write_text('id,text\n1,"A CRB check, please."\n', encoding="utf-8")
    arguments = [str(tmp_path / name) for name in ("adverts.csv", "checked.parquet", "findings.parquet")]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert [row["text"] for row in read(spark, tmp_path / "findings.parquet")] == ["CRB check"]
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 2
    assert "checked.parquet' cannot be written: it is there already. Remove it, or name another." in again.output
    nowhere = CliRunner().invoke(main, [arguments[0], "/dev/null/checked.parquet", arguments[2]])
    assert (nowhere.exit_code, nowhere.output.count("\n")) == (2, 1)
    assert "cannot be written: Parent path is not a directory" in nowhere.output
