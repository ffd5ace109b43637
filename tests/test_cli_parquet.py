"""batch --format parquet: two typed tables, whole or not at all, and the same after a run that was ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from inclusive_ads import Checker, check_frame
from inclusive_ads.batch import arrow
from inclusive_ads.batch.columns import ADVERT, FINDING, STAMP
from inclusive_ads.cli import given, main

ADS: list[Any] = [
    {"id": "a", "text": "An enhanced CRB check is needed. Only women may apply.", "team": "North", "month": "2026-10"},
    {"id": 2, "text": "We welcome you to apply.", "team": "South"},
    {"id": "c", "text": "A CRB check, and a CRB disclosure.", "month": "2026-11"},
]
BAD: list[Any] = ["{not json", {"id": "a", "text": "Another advert of the same id."}, {"id": "half \ud83d", "text": ""}]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, checker: Checker, tmp_path: Path) -> None:
    """The checker that all tests share, and an empty folder."""
    monkeypatch.setattr(given, "Checker", lambda _: checker)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["batch", *arguments, "--format", "parquet"], prog_name="inclusive-ads")
    assert "Traceback" not in result.output
    return result


def write(ads: list[Any]) -> str:
    Path("ads.jsonl").write_text("".join((ad if isinstance(ad, str) else json.dumps(ad)) + "\n" for ad in ads))
    return "ads.jsonl"


def tables(name: str = "out") -> tuple[pa.Table, pa.Table]:
    return parquet.read_table(f"{name}.parquet"), parquet.read_table(f"{name}-findings.parquet")


def files() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def test_two_tables_with_typed_columns_and_the_same_rows_as_from_a_table_in_memory() -> None:
    result = run(write(ADS), "-o", "out.parquet")
    assert (result.exit_code, result.output) == (1, "")
    assert files() == ["ads.jsonl", "out-findings.parquet", "out.parquet"]
    adverts, findings = tables()
    assert adverts.column_names == ["id", "team", "month", *ADVERT, *STAMP]
    assert findings.column_names == ["id", *FINDING, *STAMP]
    assert adverts["team"].to_pylist() == ["North", "South", None]
    kinds = {name: str(adverts.schema.field(name).type) for name in ("id", "complete", "words", "missing", "judged_on")}
    assert set(kinds.values()) == {"string", "bool", "int32", "list<element: string>", "date32[day]"}
    given = pa.table({"id": [str(ad["id"]) for ad in ADS], "text": [ad["text"] for ad in ADS]})
    in_memory = check_frame(given)
    assert adverts.drop_columns(["team", "month"]).to_pylist() == in_memory[0].drop_columns(["text"]).to_pylist()
    assert findings.to_pylist() == in_memory[1].to_pylist()


def test_a_bad_advert_is_a_row_and_stops_nothing() -> None:
    result = run(write([*ADS, *BAD]), "-o", "out.parquet")
    assert result.exit_code == 2
    assert result.stderr == "inclusive-ads: 3 of 6 adverts could not be checked.\n"
    adverts, findings = tables()
    assert adverts["id"].to_pylist() == ["a", "2", "c", "line 4", "a", "half \\ud83d"]
    assert adverts["error"].to_pylist()[3:5] == [
        "The line is not JSON.",
        "An earlier advert has the id 'a'. Give each its own.",
    ]
    assert set(findings["id"].to_pylist()) == {"a", "c"}
    assert set(adverts["judged_on"].to_pylist()) == {date.today()}


def test_half_a_character_is_written_out_and_stops_nothing() -> None:
    decision = {
        "entry": "stale-crb",
        "wording": "CRB check",
        "sentence": "A CRB check is needed.",
        "reason": "A name",
        "kept_by": "Lee Carter",
        "approved_on": "2026-01-01",
    }
    ad = {"id": "a", "text": "A CRB check is needed.", "team": "half \ud83d", "decisions": [decision]}
    odd = {"id": "b", "text": "A CRB check.", "format": "half \ud83d"}
    assert run(write([ad, odd]), "-o", "out.parquet").exit_code == 2
    adverts, findings = tables()
    assert adverts["team"].to_pylist() == ["half \\ud83d", None]
    assert "half \\ud83d" in adverts["error"].to_pylist()[1]
    assert findings.select(["kept_reason", "kept_by", "approved_on"]).to_pylist() == [
        {"kept_reason": "A name", "kept_by": "Lee Carter", "approved_on": date(2026, 1, 1)}
    ]


def test_many_adverts_go_into_several_row_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "_ROW_GROUP", 4)
    monkeypatch.setattr(arrow, "HELD", 3)
    run(write([{**ADS[n % 3], "id": n} for n in range(10)]), "-o", "out.parquet")
    groups = [parquet.ParquetFile(name).metadata for name in ("out.parquet", "out-findings.parquet")]
    assert [group.num_row_groups for group in groups] == [3, 3]
    assert [groups[0].row_group(number).num_rows for number in range(3)] == [4, 4, 2]
    adverts, findings = tables()
    assert adverts["id"].to_pylist() == [str(number) for number in range(10)]
    assert [row["id"] for row in findings.to_pylist() if row["entry"] == "reserve-sex"] == ["0", "3", "6", "9"]


def test_a_run_that_was_ended_goes_on_and_gives_the_same_files() -> None:
    ads = write([{**ADS[n % 3], "id": n} for n in range(200)])
    arguments = ["batch", ads, "--format", "parquet", "-o", "out.parquet"]
    process = subprocess.Popen([sys.executable, "-m", "inclusive_ads", *arguments], stderr=subprocess.PIPE)
    part = Path("out.parquet.part")
    while not (part.exists() and part.stat().st_size > 2_000):
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert files() == ["ads.jsonl", "out.parquet.part"]
    assert len(part.read_bytes().splitlines()) < 200
    assert run(ads, "-o", "out.parquet", "--resume").exit_code == 1
    assert files() == ["ads.jsonl", "out-findings.parquet", "out.parquet"]
    run(ads, "-o", "whole.parquet")
    for end in (".parquet", "-findings.parquet"):
        assert Path(f"out{end}").read_bytes() == Path(f"whole{end}").read_bytes()


def test_where_one_table_cannot_be_written_neither_is_and_no_work_is_lost() -> None:
    ads = write(ADS)
    Path("out-findings.parquet").mkdir()
    result = run(ads, "-o", "out.parquet")
    assert result.exit_code == 2
    assert "Cannot write" in result.stderr
    assert files() == ["ads.jsonl", "out-findings.parquet", "out.parquet.part"]
    Path("out-findings.parquet").rmdir()
    assert run(ads, "-o", "out.parquet", "--resume").exit_code == 1
    assert tables()[0].num_rows == 3


@pytest.mark.parametrize(("first", "second"), [("jsonl", "parquet"), ("parquet", "csv")])
def test_a_run_goes_on_in_the_format_it_was_begun_in(first: str, second: str) -> None:
    ads = write(ADS)
    stamp = dict.fromkeys(STAMP, "x") if first == "parquet" else {}
    Path("out.part").write_text(json.dumps({"id": "a", "findings": [], **stamp}) + "\n")
    result = CliRunner().invoke(main, ["batch", ads, "-o", "out", "--resume", "--format", second])
    assert result.exit_code == 2
    assert "out.part' was begun with another --format." in result.stderr
    assert Path("out.part").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ads.jsonl"], "--resume, --csv and --format parquet go with --output."),
        (["ads.jsonl", "-o", "out.parquet", "--team-column", "error"], "a column of the same name: error."),
        (["none.jsonl", "-o", "out.parquet"], "There is no file or folder"),
    ],
)
def test_bad_use(arguments: list[str], said: str) -> None:
    write(ADS)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert files() == ["ads.jsonl"]


def test_without_pyarrow_it_is_said_before_the_work() -> None:
    code = "import sys; sys.modules['pyarrow'] = None\nfrom inclusive_ads.cli import main\nmain()\n"
    arguments = ["batch", write(ADS), "--format", "parquet", "-o", "out.parquet"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "inclusive-ads: Tables need pyarrow. Run: pip install 'inclusive-ads[frames]'\n"
    assert files() == ["ads.jsonl"]
