"""A table of no known layout: which column holds what is proposed, and read so once a person agrees."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from workbook_files import Rows, xlsx

from inclusive_ads.cli import main
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.proposing import propose_mapping

LONG: Rows = [
    ["Workforce at 31 March 2026"],
    ["Pay zone", "Ethnic category", "People employed", "Full-time equivalent"],
    ["Zone 1", "White", 200, 180.5],
    ["Zone 1", "Asian", 40, 35.1],
    ["Zone 1", "Not known", 5, 5],
    ["Zone 2", "White", 90, 80.2],
    ["Zone 2", "Asian", 6, 6],
    ["Zone 2", "Not known", "*", 3],
]
WIDE: Rows = [
    ["Salary point", "Total heads BME", "White heads", "Did not say", "Not known", "FTE"],
    ["Band 5", 40, 200, "", 10, 190.5],
    ["Band 6", 9, 140, "", 3, 120.1],
]
NAMED = ["--figures-of", "Our Body", "--as-at", "2026-03-31"]


def save(folder: Path, rows: Rows) -> Path:
    path = folder / "ours.xlsx"
    path.write_bytes(xlsx({"Figures": rows}))
    return path


def test_a_column_of_groups_a_count_and_the_grade_that_is_left() -> None:
    proposal = propose_mapping(xlsx({"Figures": LONG}))
    assert proposal.mapping == {
        "group": "Ethnic category",
        "characteristic": "=race",
        "count": "People employed",
        "grade": "Pay zone",
    }
    assert (proposal.sheet, proposal.missing) == ("Figures", ())
    groups = read_evidence(
        xlsx({"Figures": [*LONG[1:]]}), mapping={**proposal.mapping, "org": "=X", "snapshot_date": "=2026"}
    )
    assert {one.group for one in groups.groups} == {"asian", "white"}


def test_a_column_for_each_group_and_grades_that_are_known() -> None:
    assert propose_mapping(xlsx({"Figures": WIDE})).mapping == {
        "characteristic": "=race",
        "group:white": "White heads",
        "group:ethnic-minority": "Total heads BME",
        "unknown": "Not known",
        "grade": "Salary point",
        "scheme": "=afc",
    }


@pytest.mark.parametrize(
    ("heading", "group"),
    [
        ("Non-disabled colleagues", "group:non-disabled"),
        ("Colleagues who are disabled", "group:disabled"),
        ("Number of women", "group:women"),
    ],
)
def test_a_heading_names_its_group_among_other_words(heading: str, group: str) -> None:
    beside = {"group:non-disabled": "Disabled", "group:disabled": "Not disabled", "group:women": "Men"}[group]
    table: Rows = [["Zone", heading, beside], ["One", 10, 20], ["Two", 30, 40]]
    assert propose_mapping(xlsx({"F": table})).mapping[group] == heading


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([["Where", "Thing", "X"], ["a", "b", "c"]], ("grade", "characteristic", "group", "count")),
        ([["Zone", "Kind", "A", "B"], ["One", "White", 1, 2], ["One", "Asian", 3, 4]], ("count",)),
        ([["Zone", "Part", "Kind", "Heads"], ["One", "North", "White", 30]], ("grade",)),
    ],
)
def test_what_nobody_can_tell_is_said_to_be_missing(rows: Rows, missing: tuple[str, ...]) -> None:
    assert propose_mapping(xlsx({"F": rows})).missing == missing


def test_without_a_terminal_the_command_says_how_to_state_it(tmp_path: Path) -> None:
    path = save(tmp_path, LONG)
    asks = CliRunner().invoke(main, ["evidence", "--representation", str(path)])
    assert asks.exit_code == 2
    stated = ["--map", "group=Ethnic category", "--map", "characteristic==race", "--map", "count=People employed"]
    stated += ["--map", "grade=Pay zone"]
    said = " ".join(f'"{one}"' if one != "--map" else one for one in stated)
    assert said in asks.stderr
    assert "sheet 'Figures', row 2" in asks.stderr
    for command in ("evidence", "statement", "check"):
        advert = (
            [] if command == "evidence" else [str(Path(__file__).parent.parent / "examples" / "private-office.txt")]
        )
        args = [command, *advert, "--representation", str(path), *stated, "--figures-of", "Our Body"]
        assert CliRunner().invoke(main, args).exit_code < 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("grade", "does not say which column"),
        ("=Zone", "does not say"),
        ("grade=", "does not say"),
        ("pay=Zone", "not known"),
    ],
)
def test_a_mapping_that_says_nothing(tmp_path: Path, given: str, said: str) -> None:
    result = CliRunner().invoke(main, ["evidence", "--representation", str(save(tmp_path, LONG)), "--map", given])
    assert result.exit_code == 2
    assert said in result.stderr


def test_what_is_missing_is_asked_for_with_the_headings(tmp_path: Path) -> None:
    path = save(tmp_path, [["Where", "Thing", "X"], ["a", "b", "c"]])
    result = CliRunner().invoke(main, ["evidence", "--representation", str(path)])
    assert '--map "grade=..."' in result.stderr
    assert "Where; Thing; X" in result.stderr


@pytest.mark.parametrize(("answer", "code"), [(b"y\n", 0), (b"n\n", 2), (b"\n", 2)])
def test_at_a_terminal_a_person_is_asked(tmp_path: Path, answer: bytes, code: int) -> None:
    path = save(tmp_path, LONG)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "inclusive_ads", "evidence", "--representation", str(path), *NAMED]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        os.close(theirs)
        os.write(ours, answer)
        out, err = process.communicate(timeout=120)
    os.close(ours)
    assert process.returncode == code, err
    assert b"  grade: Pay zone\n" in err
    assert b"  characteristic: race (in every row)\n" in err
    assert (b"Zone 2" in out) is (code == 0)
    assert b'--map "grade=Pay zone"' in err


def test_a_list_of_people_is_proposed_to_nobody(tmp_path: Path) -> None:
    path = save(tmp_path, [["Surname", "Zone"], ["Smith", "One"], ["Jones", "Two"]])
    result = CliRunner().invoke(main, ["evidence", "--representation", str(path)])
    assert "list of people" in result.stderr
