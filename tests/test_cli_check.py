"""check, fix, keep, explain and the marks in a text, through the command itself."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document as WordDocument
from loaded import CACHED

import inclusive_ads.checker
import inclusive_ads.cli.given
from inclusive_ads.cli import main

LEXICON = """category: own
title: Own words
about: Words for tests of the command.
entries:
  - id: own-grave
    forms: [zorbling folk only]
    severity: likely-unlawful
    affects: [everyone else]
    message: Keeps everyone else out.
    why: Nobody may be kept out.
    source: practice
    evidence: convention
    advice: Say what the work needs.
    examples: {flag: ["We take [[zorbling folk only]]."], ok: [We take anyone.]}
  - id: own-look
    forms: [blorptastic]
    severity: discouraging
    affects: [quiet people]
    message: Praises itself and says nothing.
    why: Nobody knows what it means.
    source: practice
    evidence: convention
    alternatives: [decent, pleasant]
    examples: {flag: [{text: "A [[blorptastic]] team.", fix: A decent team.}], ok: [A decent team.]}
"""
ADVERT = "Clerk\r\n\r\nAn enhanced CRB check is needed.\r\nA blorptastic team.\r\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each set of settings is loaded once."""
    monkeypatch.setattr(inclusive_ads.cli.given, "Checker", CACHED)
    monkeypatch.setattr(inclusive_ads.checker, "Checker", CACHED)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("own")
    (place / "own.yaml").write_text(LEXICON)
    return place


@pytest.fixture
def run(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, own: bool = True, text: str | bytes | None = None) -> Result:
        more = ["--lexicons", str(folder)] if own else []
        result = CliRunner().invoke(main, [*arguments, *more], input=text, prog_name="inclusive-ads")
        assert "Traceback" not in result.output
        assert "a fault of ours" not in result.output
        return result

    return call


@pytest.fixture
def advert(tmp_path: Path) -> Path:
    place = tmp_path / "clerk.txt"
    place.write_bytes(ADVERT.encode())
    return place


def test_text_says_what_why_and_what_instead(run: Callable[..., Result], advert: Path) -> None:
    result = run("check", str(advert))
    assert result.exit_code == 0
    flat = " ".join(result.output.split())
    assert "Change before publishing." in flat
    assert "line 3: “CRB check” (stale-crb)" in flat
    assert "line 4: “blorptastic” (own-look)" in flat
    assert "→ A decent team. (look at it first)" in flat
    assert "May put off: quiet people." in flat
    assert flat.endswith("Guidance on wording, not legal advice.")
    assert flat.index("own-look") < flat.index("stale-crb")  # by risk


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("A blorptastic team.", "indirect-risk", 0),
        ("A blorptastic team.", "discouraging", 1),
        ("We take zorbling folk only.", "likely-unlawful", 1),
        ("An enhanced CRB check is needed.", "discouraging", 0),
        ("An enhanced CRB check is needed.", "style", 1),
    ],
)
def test_exit_code_follows_the_fail_level(run: Callable[..., Result], text: str, level: str, code: int) -> None:
    assert run("check", "-", "--fail-level", level, text=text).exit_code == code


def test_default_fail_level(run: Callable[..., Result]) -> None:
    assert run("check", "-", text="We take zorbling folk only.").exit_code == 1
    assert run("check", "-", text="A blorptastic team.").exit_code == 0


def test_json_is_the_report(run: Callable[..., Result], advert: Path) -> None:
    data = json.loads(run("check", str(advert), "--format", "json").stdout)
    assert data["file"] == str(advert)
    assert data["wording"] == "change before publishing"
    for finding in data["findings"]:
        assert ADVERT[finding["start"] : finding["end"]] == finding["text"]
    assert [f["entry"] for f in data["findings"]] == ["stale-crb", "own-look"]


def test_several_files_and_one_bad_one(run: Callable[..., Result], advert: Path, tmp_path: Path) -> None:
    result = run("check", str(advert), str(tmp_path / "none.txt"), str(advert), "--format", "json")
    assert result.exit_code == 2
    assert [item["file"] for item in json.loads(result.stdout)] == [str(advert)] * 2
    assert "none.txt" in result.stderr


def test_one_file_that_is_bad_prints_no_json(run: Callable[..., Result]) -> None:
    result = run("check", "none.txt", "--format", "json")
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    ("given", "kind"), [("html", "<p>A blorptastic team.</p>"), ("markdown", "A **blorptastic** team.")]
)
def test_standard_input_in_other_formats(run: Callable[..., Result], given: str, kind: str) -> None:
    data = json.loads(run("check", "-", "--input-format", given, "--format", "json", text=kind).stdout)
    assert (data["format"], [f["entry"] for f in data["findings"]]) == (given, ["own-look"])


def test_html_page_needs_nothing_from_elsewhere(run: Callable[..., Result], advert: Path) -> None:
    page = run("check", str(advert), "--format", "html").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert run("check", str(advert), str(advert), "--format", "html").exit_code == 2


def test_fix_writes_safe_changes_and_keeps_line_ends(run: Callable[..., Result], advert: Path, tmp_path: Path) -> None:
    result = run("fix", str(advert), "--no-statements")
    assert result.exit_code == 0
    assert result.stdout_bytes == ADVERT.replace("CRB", "DBS").encode()
    run("fix", str(advert), "--no-statements", "-o", "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == ADVERT.replace("CRB", "DBS").encode()
    assert advert.read_bytes() == ADVERT.encode()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], "An enhanced DBS check is needed. A blorptastic team."),
        (["--all"], "An enhanced DBS check is needed. A decent team."),
        (["--accept", "1=2"], "An enhanced DBS check is needed. A pleasant team."),
        (["--accept", "own-look=1"], "An enhanced DBS check is needed. A decent team."),
        (["--accept", "1=1", "--accept", "2=0"], "An enhanced CRB check is needed. A decent team."),
    ],
)
def test_fix_takes_what_is_accepted(run: Callable[..., Result], options: list[str], expected: str) -> None:
    text = "An enhanced CRB check is needed. A blorptastic team."
    result = run("fix", "-", "--no-statements", *options, text=text)
    assert (result.exit_code, result.stdout) == (0, expected)


@pytest.mark.parametrize("wrong", ["9=1", "2=3", "2", "2=x", "=", "own-look=-1", "nothing=1", "2=²"])
def test_fix_refuses_what_is_not_there(run: Callable[..., Result], advert: Path, wrong: str) -> None:
    result = run("fix", str(advert), "--accept", wrong)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("inclusive-ads: ")


def test_fix_inserts_the_statement_that_the_report_chose(run: Callable[..., Result], advert: Path) -> None:
    fixed = run("fix", str(advert)).stdout
    improved = json.loads(run("check", str(advert), "--format", "json").stdout)["improved"]
    assert fixed == improved.replace("\r\n", "\n") or fixed == improved
    again = run("fix", "-", text=fixed.encode()).stdout
    assert again == fixed


def test_diff_changes_nothing(run: Callable[..., Result], advert: Path) -> None:
    result = run("fix", str(advert), str(advert), "--diff", "--no-statements")
    assert result.exit_code == 0
    assert result.stdout.count("-An enhanced CRB check is needed.") == 2
    assert result.stdout.count("+An enhanced DBS check is needed.") == 2
    assert advert.read_bytes() == ADVERT.encode()
    assert run("fix", "-", "--diff", "--no-statements", text="All is well here.").stdout == ""


def test_fix_one_file_at_a_time(run: Callable[..., Result], advert: Path) -> None:
    assert run("fix", str(advert), str(advert)).exit_code == 2
    assert run("fix", str(advert), str(advert), "--diff", "-o", "x").exit_code == 2


def test_fix_writes_word_with_tracked_changes(run: Callable[..., Result], tmp_path: Path) -> None:
    word = WordDocument()
    word.add_paragraph("An enhanced CRB check is needed.")
    word.save(str(tmp_path / "ad.docx"))
    result = run("fix", "ad.docx")
    assert result.exit_code == 2
    assert "--output" in result.stderr
    assert run("fix", "ad.docx", "-o", "out.docx", "--no-statements").exit_code == 0
    xml = WordDocument(str(tmp_path / "out.docx")).element.xml
    assert "<w:ins " in xml
    assert "<w:del " in xml
    assert run("fix", "ad.docx", "--diff", "--no-statements").stdout.count("DBS") == 1


@pytest.mark.parametrize("place", ["nowhere/out.txt", ".", "x" * 300])
def test_output_that_cannot_be_written(run: Callable[..., Result], advert: Path, place: str) -> None:
    result = run("fix", str(advert), "-o", place)
    assert result.exit_code == 2
    assert result.stderr
    assert [p.name for p in advert.parent.iterdir()] == ["clerk.txt"]


def test_output_never_takes_the_place_of_a_device_or_a_link(run: Callable[..., Result], advert: Path) -> None:
    pipe, link, real = (advert.with_name(name) for name in ("pipe", "link", "real"))
    os.mkfifo(pipe)
    real.write_text("old")
    link.symlink_to(real)
    assert run("fix", str(advert), "-o", str(pipe)).exit_code == 2
    assert pipe.is_fifo()
    assert run("fix", str(advert), "-o", str(link)).exit_code == 0
    assert link.is_symlink()
    assert "DBS" in real.read_text()


def test_keep_records_a_decision_until_the_wording_changes(run: Callable[..., Result], advert: Path) -> None:
    assert run("check", str(advert), "--fail-level", "discouraging").exit_code == 1
    keep = ("keep", str(advert), "1", "--reason", "The team chose it.", "--kept-by", "Lee Carter")
    assert "Leave --today out" in run(*keep, "--today", "2026-11-03").stderr  # no dating back
    kept = run(*keep, "--approver", "Dana Reed")
    assert kept.exit_code == 0
    assert str(date.today()) in advert.with_suffix(".decisions.yaml").read_text()
    shown = run("check", str(advert), "--fail-level", "discouraging")
    assert shown.exit_code == 0
    assert "Kept: The team chose it. Kept by Lee Carter, agreed by Dana Reed on" in " ".join(shown.output.split())
    assert run("check", str(advert), "--fail-level", "discouraging", "--no-decisions").exit_code == 1
    assert "blorptastic" in run("fix", str(advert), "--all").stdout
    advert.write_bytes(ADVERT.replace("A blorp", "Our blorp").encode())
    assert run("check", str(advert), "--fail-level", "discouraging").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["clerk.txt", "9", "--reason", "r", "--kept-by", "a"],
        ["clerk.txt", "0", "--reason", "r", "--kept-by", "a"],
        ["clerk.txt", "1", "--reason", " ", "--kept-by", "a"],
        ["clerk.txt", "1", "--reason", "r", "--kept-by", " "],
        ["clerk.txt", "1", "--reason", "r", "--kept-by", "a", "--approver", "A"],
        ["clerk.txt", "1", "--reason", "r"],
        ["none.txt", "1", "--reason", "r", "--kept-by", "a"],
        ["-", "1", "--reason", "r", "--kept-by", "a"],
    ],
)
def test_keep_refuses(run: Callable[..., Result], advert: Path, arguments: list[str]) -> None:
    assert run("keep", *arguments).exit_code == 2
    assert not advert.with_suffix(".decisions.yaml").exists()


def test_a_broken_decisions_file_is_an_error(run: Callable[..., Result], advert: Path) -> None:
    advert.with_suffix(".decisions.yaml").write_text("decisions: [{entry: x}]\n")
    result = run("check", str(advert))
    assert result.exit_code == 2
    assert "clerk.decisions.yaml:1" in result.stderr


def test_a_mark_in_the_text_keeps_one_entry(run: Callable[..., Result]) -> None:
    text = "A blorptastic team.\n\n[inclusive-ads ignore own-look: the name of our choir]\n"
    result = run("check", "-", "--fail-level", "style", text=text)
    assert result.exit_code == 0
    assert "Kept: the name of our choir Kept by a mark in the text." in " ".join(result.output.split())


def test_explain_by_id_and_by_wording(run: Callable[..., Result]) -> None:
    by_id, by_words = run("explain", "own-look"), run("explain", "a blorptastic place")
    assert by_id.exit_code == 0
    assert by_id.output == by_words.output
    assert "Nobody knows what it means." in by_id.output
    missing = run("explain", "no-such-thing-at-all")
    assert missing.exit_code == 2
    assert "lexicon list" in missing.stderr


def test_statement_says_what_and_why(run: Callable[..., Result], advert: Path) -> None:
    result = run("statement", str(advert))
    assert result.exit_code == 0
    assert "Positive action statement" in result.output
    data = json.loads(run("statement", str(advert), "--format", "json").stdout)
    assert set(data) == {"chosen", "refused", "problems", "advert"}
    for chosen in data["chosen"]:
        assert chosen["text"] in data["advert"]


EXAMPLES = Path(__file__).parent.parent / "examples"


def test_evidence_on_the_sample_figures(run: Callable[..., Result], tmp_path: Path) -> None:
    figures = [
        "--representation",
        str(EXAMPLES / "representation.csv"),
        "--comparators",
        str(EXAMPLES / "comparators.csv"),
    ]
    post = ["--grade", "Grade 7", "--role", "Private Office"]
    assert run("evidence", *figures, *post, "--record", "record.yaml", own=False).exit_code == 0
    text = run("evidence", *figures, own=False)
    assert text.exit_code == 0
    cells = json.loads(run("evidence", *figures, "--format", "json", own=False).stdout)
    assert cells
    assert cells[0]["sentence"] in text.output
    assert (tmp_path / "record.yaml").read_text().startswith("records:")
    assert run("evidence", *figures, "--format", "svg", own=False).stdout.startswith("<svg")


@pytest.mark.parametrize("arguments", [[], ["--representation", "none.csv"], ["--comparators", "x.csv"]])
def test_evidence_without_figures(run: Callable[..., Result], arguments: list[str]) -> None:
    assert run("evidence", *arguments, own=False).exit_code == 2


def test_config_file_in_the_folder_and_elsewhere(run: Callable[..., Result], folder: Path, tmp_path: Path) -> None:
    text = "A blorptastic team."
    assert run("check", "-", own=False, text=text).exit_code == 0
    (tmp_path / "inclusive-ads.yaml").write_text(f"lexicons: [{folder}]\nfail_level: discouraging\n")
    assert run("check", "-", own=False, text=text).exit_code == 1
    assert run("check", "-", "--fail-level", "indirect-risk", own=False, text=text).exit_code == 0
    (tmp_path / "other.yaml").write_text("fail_level: style\n")
    assert run("check", "-", "--config", "other.yaml", own=False, text=text).exit_code == 0
    assert run("check", "-", "--config", "none.yaml", own=False, text=text).exit_code == 2
    (tmp_path / "other.yaml").write_text("fail_levels: style\n")
    wrong = run("check", "-", "--config", "other.yaml", own=False, text=text)
    assert (wrong.exit_code, "fail_levels" in wrong.stderr, "fail_level" in wrong.stderr) == (2, True, True)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "empty"),
        (b"  \n\t\n", "empty"),
        (b"\x00\x01\x02\xff\xfe", "not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"x" * 900_000, "200,000"),
    ],
)
def test_input_that_cannot_be_read(run: Callable[..., Result], text: bytes, says: str) -> None:
    for command in ("check", "fix", "statement"):
        result = run(command, "-", text=text)
        assert result.exit_code == 2
        assert says in result.stderr
        assert result.stdout == ""


def test_a_folder_is_sent_to_batch(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("check", str(tmp_path))
    assert result.exit_code == 2
    assert "batch" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "-", "--lexicons", "none"],
        ["check", "-", "--profile", "none"],
        ["check", "-", "--model", "none_such"],
        ["check", "-", "--today", "yesterday"],
        ["check", "-", "--fail-level", "dreadful"],
        ["check", "-", "--format", "pdf"],
        ["check", "-", "--representation", "none.csv"],
        ["check", "-", "--comparators", "none.csv"],
        ["check"],
        ["chek", "-"],
        ["--nothing"],
    ],
)
def test_bad_use_is_said_in_a_sentence(run: Callable[..., Result], arguments: list[str]) -> None:
    result = run(*arguments, own=False, text="A team.")
    assert result.exit_code == 2
    assert result.stderr.strip()


def test_without_a_model_the_report_says_so(run: Callable[..., Result]) -> None:
    result = run("check", "-", "--model", "none", text="A team.")
    assert result.exit_code == 0
    assert "No language model is installed" in " ".join(result.output.split())


def test_nothing_in_the_advert_can_steer_the_terminal(run: Callable[..., Result]) -> None:
    text = "A blorptastic\x1b[31m [bold]te\u202eam[/bold]\x07." + " We work." * 50
    out = run("check", "-", text=text).stdout
    assert not set(out) & set("\x1b\x07\u202e\x00")
    assert "[bold]team[/bold]" in out


def test_names_of_files_stay_what_they_are(run: Callable[..., Result], tmp_path: Path) -> None:
    name = "[red]a, b: 100%.txt"
    (tmp_path / name).write_text("A blorptastic team.")
    assert run("check", name).stdout.startswith(f"{name}\n")
    assert "file=[red]a%2C b%3A 100%25.txt," in run("check", name, "--format", "github").stdout
    uri = json.loads(run("check", name, "--format", "sarif").stdout)["runs"][0]["results"][0]["locations"][0]
    assert uri["physicalLocation"]["artifactLocation"]["uri"] == "%5Bred%5Da%2C%20b%3A%20100%25.txt"


def test_every_command_has_help(run: Callable[..., Result]) -> None:
    listed = run("--help", own=False).output
    for command in ("batch", "check", "evidence", "explain", "fix", "keep", "lexicon", "profile", "serve", "statement"):
        assert command in listed
        shown = run(command, "--help", own=False)
        assert shown.exit_code == 0
        assert "Usage: inclusive-ads" in shown.output
    for command in ("validate", "test", "list", "docs", "schema", "new", "compare"):
        assert run("lexicon", command, "--help", own=False).exit_code == 0
