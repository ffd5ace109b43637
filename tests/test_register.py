"""The register of what was kept and inserted: what it holds, what it never holds, and that nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from inclusive_ads import InputError
from inclusive_ads.cli import main
from inclusive_ads.register import Register, Versions

EXAMPLES = Path(__file__).parent.parent / "examples"
NOW = Versions("l1", "own p1")
TOMORROW = date.today() + timedelta(days=2)  # whatever the clock of the world says


def line(name: object, *phrases: str, inserted: tuple[str, ...] = ()) -> dict[str, Any]:
    about = {"entry": "own-look", "severity": "style", "reason": "Its name.", "kept_by": "Lee Carter", "advice": ""}
    kept = [{**about, "text": text, "approved_by": ["Dana", "Ann"], "approved_on": "2026-11-03"} for text in phrases]
    return {
        "id": name,
        "kept": kept,
        "inserted": [{"id": one, "groups": ["women"], "text": "Secret"} for one in inserted],
    }


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments, prog_name="inclusive-ads")
        assert "a fault of ours" not in result.output
        return result

    return call


def rows(path: str | Path, what: Any = "decisions") -> list[dict[str, str]]:
    return list(Register(path).rows(what))


def test_a_row_is_recorded_once_and_holds_no_more_than_it_says(tmp_path: Path) -> None:
    register = Register(tmp_path / "own.db")
    assert register.add([line("a", "zest", inserted=("equal-opportunity",)), line(7, "zest")], NOW) == 3
    assert register.add([line("a", "zest")], NOW) == 0
    first = rows(tmp_path / "own.db")[0]
    assert (first["advert"], first["phrase"], first["approved_by"]) == ("a", "zest", "Dana; Ann")
    assert first["lexicon"] == "l1"
    (put,) = rows(tmp_path / "own.db", "insertions")
    assert (put["statement"], put["groups"], put["profile"]) == ("equal-opportunity", "women", "own p1")
    assert b"Secret" not in (tmp_path / "own.db").read_bytes()


def test_every_command_that_keeps_or_inserts_records_it(run: Callable[..., Result]) -> None:
    Path("in").mkdir()
    advert = Path("in/clerk.txt")
    advert.write_text("Clerk, Leeds\n\nYou answer letters in the archive. An enhanced CRB check is needed.\n")
    Path("inclusive-ads.yaml").write_text("register: own.db\n")
    assert run("keep", str(advert), "1", "--reason", "A name.", "--kept-by", "Lee").exit_code == 0
    assert [row["phrase"] for row in rows("own.db")] == ["CRB check"]
    assert run("batch", "in").exit_code == 0  # the same decision, seen again
    assert len(rows("own.db")) == 1
    assert run("fix", str(advert)).exit_code == 0
    assert [row["statement"] for row in rows("own.db", "insertions")] == ["equal-opportunity"]
    assert run("fix", str(advert), "--no-statements").exit_code == 0
    assert run("fix", str(advert), "--diff").exit_code == 0
    assert len(rows("own.db", "insertions")) == 1
    (Path("in") / "cook.txt").write_text("Cook, Leeds\n\nYou cook for the wards, and keep the kitchen clean.\n")
    assert run("fix", "in", "--output", "out").exit_code == 0
    assert {row["advert"] for row in rows("own.db", "insertions")} == {"clerk.txt", "cook.txt"}
    data = Path("own.db").read_bytes()
    assert b"archive" not in data
    assert b"wards" not in data
    # Another register for one run, and none where nothing names one.
    assert run("fix", str(advert), "--register", "other.db").exit_code == 0
    assert len(rows("other.db", "insertions")) == 1
    Path("inclusive-ads.yaml").unlink()
    before = data
    assert run("fix", str(advert)).exit_code == 0
    assert Path("own.db").read_bytes() == before


def test_the_version_changes_with_a_word_of_the_lexicons_and_of_the_profile(run: Callable[..., Result]) -> None:
    Path("a.txt").write_text("Clerk, Leeds\n\nYou answer letters.\n")
    own = {"id": "own", "title": "T", "organisation": "T", "companions": ["equal-opportunity"]}
    seen = set()
    for title in ("T", "U"):
        Path("own.yaml").write_text(yaml.safe_dump({**own, "title": title}))
        assert run("fix", "a.txt", "--register", "own.db", "--profile", "own.yaml").exit_code == 0
        seen.add(rows("own.db", "insertions")[-1]["profile"])
    assert len(seen) == 2
    assert all(name.startswith("own ") for name in seen)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET kept_by = 'Nobody'",
        "UPDATE insertions SET statement = ''",
        "DELETE FROM decisions",
        "DELETE FROM insertions WHERE advert = 'a'",
        "DELETE FROM erased",
    ],
)
def test_nothing_is_changed_or_deleted_by_hand(tmp_path: Path, statement: str) -> None:
    register = Register(tmp_path / "own.db")
    register.add([line("a", "zest", inserted=("x",))], NOW)
    register.erase(TOMORROW)
    register.add([line("a", "zest", inserted=("x",))], NOW)
    base = sqlite3.connect(tmp_path / "own.db")
    with pytest.raises(sqlite3.IntegrityError, match="rows are"):
        base.execute(statement)
    base.close()


def test_a_retention_erases_and_leaves_the_number(run: Callable[..., Result]) -> None:
    Register("own.db").add([line("a", "zest", "vim"), line("b", inserted=("x",))], NOW)
    assert "decisions: 0 erased" in run("register", "erase", "own.db", "--before", "2026-01-01").stdout
    assert len(rows("own.db")) == 2
    assert "decisions: 2 erased" in run("register", "erase", "own.db", "--before", str(TOMORROW)).stdout
    assert rows("own.db") == rows("own.db", "insertions") == []
    shown = run("register", "show", "own.db").stdout
    assert f"2 decisions recorded before {TOMORROW}" in shown
    assert f"1 insertions recorded before {TOMORROW}" in shown
    assert b"Lee Carter" not in Path("own.db").read_bytes()  # gone from the file, too


def test_export_is_for_spreadsheets_and_for_programs(run: Callable[..., Result]) -> None:
    Register("own.db").add([line("=1+1", 'zest, "vim"\nand more'), line("b", "é")], NOW)
    text = run("register", "export", "own.db", "decisions").stdout
    first, second = csv.DictReader(io.StringIO(text))
    assert (first["advert"], first["phrase"], second["phrase"]) == ("'=1+1", 'zest, "vim" and more', "é")
    plain = run("register", "export", "own.db", "decisions", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(one)["advert"] for one in plain] == ["=1+1", "b"]
    assert run("register", "export", "own.db", "insertions").stdout == ""


def other_base(path: Path) -> None:
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE t (a)")
    base.close()


@pytest.mark.parametrize("make", [lambda p: p.write_text("no base" * 400), other_base, Path.mkdir])
def test_what_is_no_register_is_refused_and_left_alone(
    run: Callable[..., Result], make: Callable[[Path], None]
) -> None:
    make(Path("own.db"))
    Path("a.txt").write_text("Clerk, Leeds\n\nYou answer letters.\n")
    before = Path("own.db").read_bytes() if Path("own.db").is_file() else b""
    with pytest.raises(InputError):
        Register("own.db")
    result = run("fix", "a.txt", "--register", "own.db")
    assert (result.exit_code, result.stdout, "own.db" in result.stderr) == (2, "", True)  # no advert without its row
    assert run("register", "show", "own.db").exit_code == 2
    assert run("register", "show", "none.db").exit_code == 2
    assert not Path("none.db").exists()
    if before:
        assert Path("own.db").read_bytes() == before


def add_many(path: str, number: int) -> int:
    register = Register(path)
    return sum(register.add([line(f"{number}-{n}", "zest")], NOW) for n in range(40))


def test_several_processes_record_at_the_same_time(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        made = list(pool.map(add_many, [str(tmp_path / "own.db")] * 4, range(4)))
    assert made == [40] * 4
    assert len({row["advert"] for row in rows(tmp_path / "own.db")}) == 160


def test_several_make_it_at_the_same_time(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        for number in range(60):
            assert len(list(pool.map(Register, [tmp_path / f"{number}.db"] * 8))) == 8


LOOP = """
import sys
from inclusive_ads.register import Register, Versions
from test_register import line
register, number = Register(sys.argv[1]), int(sys.argv[2])
while True:
    number += 1
    register.add([line(number, "zest", "vim", inserted=("x",))], Versions("l", "p"))
    print(number, flush=True)
"""


def test_what_was_recorded_before_a_kill_is_there_and_no_line_is_halved(tmp_path: Path) -> None:
    path, said = tmp_path / "own.db", 0
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parent)])}
    for _ in range(12):
        command = [sys.executable, "-c", LOOP, str(path), str(said + 1000)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
        assert process.stdout
        told = [int(process.stdout.readline())]  # it is at work
        time.sleep(random.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        told += [int(one) for one in process.stdout.read().split("\n")[:-1]]
        process.wait()
        process.stdout.close()
        said = told[-1]
        kept = [row["advert"] for row in rows(path)]
        put = [row["advert"] for row in rows(path, "insertions")]
        assert set(map(str, told)) <= set(kept)
        assert all(kept.count(name) == 2 for name in put[-50:])
        assert set(kept) == set(put)
    base = sqlite3.connect(path)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    base.close()
