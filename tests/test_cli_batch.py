"""batch through the command itself, partly as a real process."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from kill_batch import kill_batches, kill_fixes
from loaded import CACHED

import inclusive_ads.batch.running
import inclusive_ads.cli.given
from inclusive_ads.cli import main

COMMAND = [sys.executable, "-m", "inclusive_ads"]
# Tests that run in the background of a shell hand on that Ctrl-C is ignored.
WITH_CTRL_C = (
    "import signal\n"
    "from inclusive_ads.cli import main\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "main()\n"
)
ADS = [
    {"id": "a", "text": "An enhanced CRB check is needed.", "team": "North", "month": "2026-10-03"},
    {"id": 2, "text": "We welcome you to apply.", "team": "South", "month": "3 November 2026"},
    {"id": "c", "text": "A CRB check, and a CRB disclosure.", "team": "North", "month": "2026-11"},
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each set of settings is loaded once."""
    monkeypatch.setattr(inclusive_ads.cli.given, "Checker", CACHED)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, text: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(main, ["batch", *arguments], input=text, prog_name="inclusive-ads")
    assert "Traceback" not in result.output
    assert "a fault of ours" not in result.output
    return result


def write(name: str, ads: list[Any]) -> str:
    Path(name).write_text("".join((ad if isinstance(ad, str) else json.dumps(ad)) + "\n" for ad in ads))
    return name


def parsed(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_contract_for_tools() -> None:
    result = run("-", text="".join(json.dumps(ad) + "\n" for ad in ADS))
    lines = parsed(result.stdout)
    assert [line["id"] for line in lines] == ["a", 2, "c"]
    for ad, line in zip(ADS, lines, strict=True):
        assert line["wording"] in ("do not publish yet", "change before publishing", "ready")
        for finding in line["findings"]:
            assert set(finding) == {"start", "end", "text", "entry", "category", "severity", "message", "suggestions"}
            assert str(ad["text"])[finding["start"] : finding["end"]] == finding["text"]
    assert [sum(f["entry"] == "stale-crb" for f in line["findings"]) for line in lines] == [1, 0, 2]
    assert result.exit_code == 0
    assert result.stderr == ""


def test_a_bad_line_stops_nothing_and_is_told() -> None:
    result = run(write("ads.jsonl", [ADS[0], "{not json", {"id": "x", "text": ""}, {"id": "y"}, ADS[2]]))
    lines = parsed(result.stdout)
    assert [line["id"] for line in lines] == ["a", "line 2", "x", "y", "c"]
    assert [set(line) == {"id", "error"} for line in lines] == [False, True, True, True, False]
    assert result.exit_code == 2
    assert result.stderr == "inclusive-ads: 3 of 5 adverts could not be checked.\n"


@pytest.mark.parametrize(("level", "code"), [("style", 1), ("likely-unlawful", 0)])
def test_exit_code(level: str, code: int) -> None:
    assert run(write("ads.jsonl", ADS), "--fail-level", level).exit_code == code


def test_folder_files_csv_and_lines_together(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text("An enhanced CRB check is needed.")
    (tmp_path / "in" / "two.html").write_text("<p>A <b>CRB</b> check.</p>")
    (tmp_path / "in" / "bad.docx").write_bytes(b"PK\x03\x04nonsense")
    (tmp_path / "ads.csv").write_text("ref,advert\n7,A CRB check.\n")
    write("ads.jsonl", ADS[:1])
    result = run("in", "ads.csv", "ads.jsonl", "in/one.txt", "--column", "advert", "--id-column", "ref")
    assert [line["id"] for line in parsed(result.stdout)] == ["bad.docx", "one.txt", "two.html", "7", "a", "in/one.txt"]
    assert result.exit_code == 2


def test_decisions_beside_a_file_hold(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("An enhanced CRB check is needed.")
    assert run("one.txt", "--fail-level", "style").exit_code == 1
    decision = {
        "entry": "stale-crb",
        "wording": "CRB check",
        "sentence": "An enhanced CRB check is needed.",
        "reason": "A name",
        "kept_by": "Lee Carter",
        "approved_on": "2026-01-01",
    }
    (tmp_path / "one.decisions.yaml").write_text(yaml.safe_dump({"decisions": [decision]}))
    result = run("one.txt", "--fail-level", "style")
    (line,) = parsed(result.stdout)
    assert (result.exit_code, line["findings"], line["lapsed"]) == (0, [], [])
    (kept,) = line["kept"]
    assert (kept["text"], kept["reason"], kept["kept_by"]) == ("CRB check", "A name", "Lee Carter")
    assert (kept["approved_by"], kept["approved_on"]) == ([], "2026-01-01")
    # A line tells of decisions, too.
    lines = write("ads.jsonl", [{"id": 1, "text": "An enhanced CRB check is needed.", "decisions": [decision]}])
    assert parsed(run(lines).stdout)[0]["kept"] == [kept]
    (row,) = csv.DictReader(io.StringIO(run(lines, "--format", "csv").stdout))
    assert (row["text"], row["kept_reason"], row["kept_by"]) == ("CRB check", "A name", "Lee Carter")
    gone = [{"id": 2, "text": "A DBS check.", "decisions": [decision]}, {"id": 3, "text": "A.", "decisions": 7}]
    first, second = parsed(run(write("gone.jsonl", gone)).stdout)
    assert "no longer applies" in first["lapsed"][0]
    assert second["error"].startswith("decisions:")


@pytest.mark.parametrize("form", ["jsonl", "csv", "html"])
def test_every_form_is_the_same_on_the_screen_in_a_file_and_with_workers(form: str) -> None:
    ads = write("ads.jsonl", [*ADS, "bad", *({**ad, "id": n} for n, ad in enumerate(ADS * 20))])
    shown = run(ads, "--format", form)
    assert run(ads, "--format", form, "-o", "out").stdout == ""
    assert run(ads, "--format", form, "-o", "out2", "--workers", "2").exit_code == shown.exit_code == 2
    assert Path("out").read_bytes() == Path("out2").read_bytes() == shown.stdout_bytes
    assert sorted(p.name for p in Path().iterdir()) == ["ads.jsonl", "out", "out2"]


def test_csv_holds_the_columns_and_a_row_a_finding() -> None:
    result = run(write("ads.jsonl", ADS), "--format", "csv")
    rows = list(csv.DictReader(result.stdout_bytes.decode().splitlines()))
    assert [(row["id"], row["team"], row["entry"]) for row in rows if row["entry"] in ("stale-crb", "")] == [
        ("a", "North", "stale-crb"),
        ("2", "South", ""),
        ("c", "North", "stale-crb"),
        ("c", "North", "stale-crb"),
    ]


def test_overview_with_what_changed_and_the_csv_behind_it() -> None:
    run(write("ads.jsonl", ADS[:2]), "-o", "last.jsonl")
    Path("last.jsonl").write_text(Path("last.jsonl").read_text().replace('"ready"', '"change before publishing"'))
    result = run(
        write("ads.jsonl", ADS), "--format", "html", "-o", "page.html", "--csv", "rows.csv", "--last", "last.jsonl"
    )
    assert result.exit_code == 0
    page = Path("page.html").read_text()
    assert '<a href="rows.csv">' in page
    assert "2 adverts are in both runs; 1 are new, 0 are gone." in page
    assert "2 are better." in page
    assert Path("rows.csv").read_bytes().count(b"stale-crb") == 3
    assert "An enhanced" not in page


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["none.jsonl"],
        ["ads.jsonl", "--resume"],
        ["ads.jsonl", "--csv", "x.csv"],
        ["ads.jsonl", "--workers", "0"],
        ["ads.jsonl", "--last", "none.jsonl", "--format", "html"],
        ["ads.jsonl", "--last", "ads.csv", "--format", "html"],
        ["ads.jsonl", "-o", "no/such/folder/x"],
        ["ads.jsonl", "-o", "."],
        ["none.jsonl", "-o", "out"],
        ["ads.csv", "--column", "advert"],
        ["empty"],
    ],
)
def test_bad_use(arguments: list[str], tmp_path: Path) -> None:
    write("ads.jsonl", ADS)
    (tmp_path / "empty").mkdir()
    (tmp_path / "ads.csv").write_text("id,text\n1,2\n")
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert not list(tmp_path.rglob("*.part"))


def test_resume_does_what_is_left_and_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    ads = write("ads.jsonl", ADS)
    whole = run(ads).stdout
    Path("out.part").write_text("".join(whole.splitlines(keepends=True)[:1]) + '{"id": 2, "verd')
    checked: list[Any] = []
    real = inclusive_ads.batch.running.open_item
    monkeypatch.setattr(
        inclusive_ads.batch.running, "open_item", lambda item, limit: checked.append(item.id) or real(item, limit)
    )
    result = run(ads, "-o", "out", "--resume", "--fail-level", "style")
    assert checked == [2, "c"]
    assert (Path("out").read_text(), result.exit_code) == (whole, 1)
    assert not Path("out.part").exists()


def test_without_resume_a_run_begins_anew() -> None:
    ads = write("ads.jsonl", ADS)
    Path("out.part").write_text('{"id": "a", "wording": "ready", "findings": []}\n')
    run(ads, "-o", "out")
    assert Path("out").read_text() == run(ads).stdout


@pytest.mark.parametrize(
    "left", ['{"id": "z", "wording": "ready", "findings": []}\n', "words\n", "[]\n", '{"id": "a"}\n' * 9]
)
def test_resume_refuses_what_belongs_to_another_run(left: str) -> None:
    Path("out.part").write_text(left)
    result = run(write("ads.jsonl", ADS), "-o", "out", "--resume")
    assert result.exit_code == 2
    assert "out.part" in result.stderr
    assert not Path("out").exists()
    assert Path("out.part").read_text() == left


def test_two_runs_do_not_write_one_file() -> None:
    from inclusive_ads.text.writing import PartFile

    other = PartFile(Path("out"), resume=False)
    other.add("a line\n")
    assert run(write("ads.jsonl", ADS), "-o", "out").exit_code == 2
    other.close()
    assert Path("out.part").read_text() == "a line\n"
    assert run("ads.jsonl", "-o", "out").exit_code == 0


def test_an_old_result_stays_until_the_new_one_is_whole() -> None:
    Path("out").write_text("old")
    assert run(write("ads.jsonl", ADS), "none.jsonl", "-o", "out").exit_code == 2
    assert Path("out").read_text() == "old"
    assert len(Path("out.part").read_text().splitlines()) == 3


# Real processes


def test_the_real_command_reads_from_a_pipe() -> None:
    given = "".join(json.dumps(ad) + "\n" for ad in ADS).encode()
    done = subprocess.run([*COMMAND, "batch", "-", "--workers", "2"], input=given, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert parsed(done.stdout.decode()) == parsed(run("-", text=given).stdout)


def test_a_result_comes_out_before_the_next_advert_goes_in() -> None:
    process = subprocess.Popen([*COMMAND, "batch", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    for ad in ADS:
        process.stdin.write(json.dumps(ad).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == ad["id"]
    process.stdin.close()
    assert process.wait() == 0
    process.stdout.close()


@pytest.mark.parametrize(
    "arguments", [["batch", "ads.jsonl"], ["batch", "ads.jsonl", "--workers", "2"], ["check", "ad.txt"]]
)
def test_a_reader_that_goes_away_is_no_fault(arguments: list[str]) -> None:
    write("ads.jsonl", ADS * 40)
    Path("ad.txt").write_text("An enhanced CRB check is needed.")
    process = subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait() == 141
    process.stderr.close()


def test_ctrl_c_stops_quietly_and_leaves_what_is_done() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WITH_CTRL_C, "batch", "-", "-o", "out", "--workers", "2"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    # 24 adverts are a worker's portion: two results are written when it is done, and the input stays open.
    process.stdin.write("".join(json.dumps({**ADS[0], "id": n}) + "\n" for n in range(24 * 8)).encode())
    process.stdin.flush()
    while not (Path("out.part").exists() and Path("out.part").stat().st_size):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.stdin.close()
    assert process.stderr is not None
    assert process.stderr.read() == b"inclusive-ads: stopped.\n"
    assert process.wait() == 130
    process.stderr.close()
    assert not Path("out").exists()
    assert Path("out.part").read_text().endswith("}\n")


def on_a_terminal(arguments: list[str]) -> str:
    """What the command says on standard error where that is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                some = os.read(ours, 10_000)
            except OSError:  # the other side is closed
                break
            if not some:
                break
            said += some
        process.wait()
    os.close(ours)
    return said.decode()


def test_progress_on_a_terminal_only() -> None:
    write("ads.jsonl", ADS)
    assert re.search(r"3 adverts", on_a_terminal(["batch", "ads.jsonl", "-o", "out"]))
    done = subprocess.run([*COMMAND, "batch", "ads.jsonl", "-o", "out"], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_batch_goes_on_where_it_was(tmp_path: Path, workers: int) -> None:
    counts = kill_batches(tmp_path, 2, workers=workers, seed=workers)
    assert counts["kills"] == 2
    assert counts["came to the end"] >= 1


def test_a_killed_fix_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    assert kill_fixes(tmp_path, 2)["kills"] == 2


def test_workers_do_not_outlive_the_process_that_started_them() -> None:
    process = subprocess.Popen(
        [*COMMAND, "batch", "-", "--workers", "2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("".join(json.dumps({**ADS[0], "id": n}) + "\n" for n in range(24 * 8)).encode())
    process.stdin.flush()
    process.stdout.readline()
    process.kill()
    # The pipe ends only when nobody holds it open any more, the workers included.
    assert process.stdout.read() is not None
    process.wait()
    process.stdin.close()
    process.stdout.close()
