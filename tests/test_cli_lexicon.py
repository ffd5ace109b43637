"""lexicon validate, test, list, docs, schema, new and compare."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from loaded import CACHED

import inclusive_ads.batch.running
import inclusive_ads.checker
from inclusive_ads.cli import main


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["lexicon", *arguments], prog_name="inclusive-ads")
    assert "Traceback" not in result.output
    assert "a fault of ours" not in result.output
    return result


def test_a_word_of_ones_own_in_three_commands() -> None:
    made = run("new", "words")
    assert made.exit_code == 0
    assert "lexicon test --lexicons words" in made.output
    assert run("validate", "--lexicons", "words").exit_code == 0
    tested = run("test", "own-wizard", "--lexicons", "words")
    assert (tested.exit_code, tested.output) == (0, "1 entries tested, 0 problems.\n")
    shown = CliRunner().invoke(main, ["check", "-", "--lexicons", "words"], input="You are a spreadsheet wizard.")
    assert "own-wizard" in shown.output


def test_new_does_not_write_over_a_file() -> None:
    run("new", "words", "--category", "our-words")
    Path("words/our-words.yaml").write_text("mine")
    assert run("new", "words", "--category", "our-words").exit_code == 2
    assert Path("words/our-words.yaml").read_text() == "mine"


@pytest.mark.parametrize("category", ["../x", "Own", "a b", "", "lexicon", "sources", "a/b", "é"])
def test_new_refuses_names_that_no_lexicon_may_have(category: str) -> None:
    result = run("new", "words", "--category", category)
    assert result.exit_code == 2
    assert not Path("words").exists()


def test_new_where_there_can_be_no_folder() -> None:
    Path("file").write_text("x")
    assert run("new", "file").exit_code == 2
    assert run("docs", "file/below").exit_code == 2


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("severity: style", "severity: dreadful", "own.yaml:7"),
        ("evidence: convention", "evidence: convention\n    colour: red", "own.yaml:"),
        ("id: own-wizard", "id: stale-crb", "already used"),
        ("source: practice", "source: hearsay", "hearsay"),
        ("spreadsheet wizard,", "'{no-slot} wizard',", "own-wizard"),
        ("entries:", "entries: [", "The YAML cannot be read here"),
    ],
)
def test_a_mistake_is_said_with_file_line_entry_and_remedy(old: str, new: str, says: str) -> None:
    run("new", "words")
    path = Path("words/own.yaml")
    path.write_text(path.read_text().replace(old, new, 1))
    result = run("validate", "--lexicons", "words")
    assert result.exit_code == 2
    assert result.stderr.startswith("inclusive-ads: words/own.yaml:")
    assert says in result.stderr


def test_a_failing_example_is_told_and_gives_1() -> None:
    run("new", "words")
    path = Path("words/own.yaml")
    path.write_text(path.read_text().replace("fix: You are a skilled user", "fix: You are an able user"))
    result = run("test", "own-wizard", "--lexicons", "words")
    assert result.exit_code == 1
    assert "words/own.yaml:5: entry 'own-wizard'" in result.output
    assert result.output.endswith("1 entries tested, 1 problems.\n")


def test_an_entry_that_does_not_exist() -> None:
    result = run("test", "no-such-entry")
    assert result.exit_code == 2
    assert "lexicon list" in result.stderr


def test_list_and_docs_know_every_entry() -> None:
    run("new", "words")
    listed = run("list", "--lexicons", "words").output.splitlines()
    assert any(line.startswith("own-wizard\tstyle\t") for line in listed)
    made = run("docs", "guide", "--lexicons", "words")
    assert made.exit_code == 0
    pages = {path.name: path.read_text() for path in Path("guide").iterdir()}
    assert "own.md" in pages["README.md"]
    operators = re.findall(r"^## ([a-z-]+)$", pages["operators.md"], re.M)
    for line in listed:
        name = line.split("\t")[0]  # a reading stands under its operator
        known = any(name.startswith(f"{operator}-") for operator in operators)
        assert known or any(f"- Id: `{name}`\n" in page for page in pages.values())


def test_schema_is_the_published_one() -> None:
    published = Path(__file__).parent.parent / "docs" / "lexicon.schema.json"
    assert run("schema").output == published.read_text()


def test_compare_says_what_is_newly_flagged_and_newly_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inclusive_ads.batch.running, "Checker", CACHED)
    Path("ads.jsonl").write_text(
        '{"id": "a", "text": "A CRB check, a CRB check."}\n{"id": "b", "text": "Hello there."}\n'
    )
    old = [
        {"id": "a", "findings": [{"entry": "gone", "text": "check"}]},
        {"id": "b", "error": "was empty"},
    ]
    Path("old.jsonl").write_text("".join(json.dumps(line) + "\n" for line in old))
    lines = run("compare", "old.jsonl", "ads.jsonl").output.splitlines()
    assert "+ a: stale-crb: CRB check (2 times)" in lines
    assert "- a: gone: check" in lines
    assert "+2 stale-crb" in lines
    assert "-1 gone" in lines


@pytest.mark.parametrize("content", [None, "words", "[]\n", '{"a": 1}\n', "\x00"])
def test_compare_with_something_else(content: str | None) -> None:
    if content is not None:
        Path("old.jsonl").write_text(content)
    Path("ads.jsonl").write_text('{"id": "a", "text": "Hello there."}\n')
    assert run("compare", "old.jsonl", "ads.jsonl").exit_code == 2
