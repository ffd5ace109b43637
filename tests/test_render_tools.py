"""SARIF, GitHub annotations, diffs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads import Checker, Document, Report, Severity
from inclusive_ads.cli import main
from inclusive_ads.render import brief, diff, github, sarif, text
from inclusive_ads.report import Kept, StatementChoice, StatementProblem

TEXT = "😀 An enhanced CRB check is needed.\nWe say: CRB\u00a0check,\nand a criminal records\nbureau check."

# What SARIF 2.1.0 (OASIS, 2020) allows in the objects that we write: property → type, and which are required.
SHAPES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "log": ({"$schema": str, "version": str, "runs": ["run"]}, {"version", "runs"}),
    "run": (
        {"tool": "tool", "columnKind": str, "invocations": ["invocation"], "results": ["result"]},
        {"tool"},
    ),
    "invocation": (
        {"executionSuccessful": bool, "toolExecutionNotifications": ["notification"]},
        {"executionSuccessful"},
    ),
    "notification": (
        {"descriptor": "descriptor", "level": str, "message": "message", "locations": ["location"]},
        {"message"},
    ),
    "descriptor": ({"id": str}, {"id"}),
    "tool": ({"driver": "driver"}, {"driver"}),
    "driver": (
        {"name": str, "semanticVersion": str, "shortDescription": "message", "rules": ["rule"], "informationUri": str},
        {"name"},
    ),
    "rule": (
        {
            "id": str,
            "shortDescription": "message",
            "fullDescription": "message",
            "helpUri": str,
            "properties": dict,
        },
        {"id"},
    ),
    "result": (
        {
            "ruleId": str,
            "level": str,
            "message": "message",
            "locations": ["location"],
            "suppressions": ["suppression"],
            "partialFingerprints": "fingerprints",
        },
        {"message"},
    ),
    "message": ({"text": str}, {"text"}),
    "location": ({"physicalLocation": "physical"}, set()),
    "physical": ({"artifactLocation": "artifact", "region": "region"}, {"artifactLocation"}),
    "artifact": ({"uri": str}, set()),
    "region": ({"startLine": int, "startColumn": int, "endLine": int, "endColumn": int}, set()),
    "fingerprints": ({"inclusiveAds/v1": str}, {"inclusiveAds/v1"}),
    "suppression": ({"kind": str, "justification": str}, {"kind"}),
}


def check_shape(value: Any, shape: Any, path: str = "log") -> None:
    if isinstance(shape, list):
        assert isinstance(value, list), path
        for number, one in enumerate(value):
            check_shape(one, shape[0], f"{path}[{number}]")
    elif isinstance(shape, str):
        allowed, required = SHAPES[shape]
        assert isinstance(value, dict), path
        assert required <= set(value) <= set(allowed), path
        for key, one in value.items():
            check_shape(one, allowed[key], f"{path}.{key}")
    else:
        assert isinstance(value, shape), path
        assert value is False or value not in ("", 0), path


def check_sarif(log: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everything the standard asks of what we write; gives the results."""
    check_shape(log, "log")
    assert log["version"] == "2.1.0"
    (one_run,) = log["runs"]
    assert one_run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = one_run["tool"]["driver"]
    assert re.fullmatch(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?", driver["semanticVersion"])
    rules = [rule["id"] for rule in driver["rules"]]
    assert len(rules) == len(set(rules))
    for rule in driver["rules"]:
        assert re.match(r"https?://", rule.get("helpUri", "https://"))
        assert len(rule["properties"].get("tags", [])) == len(set(rule["properties"].get("tags", [])))
    for result in one_run["results"]:
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["ruleId"] in rules
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) < (region["endLine"], region["endColumn"])
        assert re.fullmatch(
            r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+", result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        )
        for suppression in result.get("suppressions", ()):
            assert suppression["kind"] in ("inSource", "external")
        yield result


def at(text: str, region: dict[str, int]) -> str:
    """The text that a region names, counted as SARIF counts."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    start = starts[region["startLine"] - 1] + region["startColumn"] - 1
    return text[start : starts[region["endLine"] - 1] + region["endColumn"] - 1]


def test_sarif_names_the_very_places(checker: Checker) -> None:
    document = Document.from_text(TEXT)
    report = checker.check(document)
    results = list(check_sarif(json.loads(json.dumps(sarif([("ads/a b.txt", report, document)])))))
    assert len(results) == len(report.findings) >= 2
    for result, finding in zip(results, report.findings, strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert at(TEXT, place["region"]) == finding.text
        assert unquote(place["artifactLocation"]["uri"]) == "ads/a b.txt"


def test_sarif_names_a_file_that_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("The chairman agrees.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    files = [str(tmp_path / name) for name in ("good.txt", "bad.txt")]
    done = CliRunner().invoke(main, ["check", "--format", "sarif", *files])
    log = json.loads(done.stdout)
    assert done.exit_code == 2
    assert len(list(check_sarif(log))) == 1
    (invocation,) = log["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert (notification["descriptor"]["id"], notification["level"]) == ("file-not-read", "error")
    assert notification["message"]["text"] in done.stderr
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("/bad.txt")


def test_sarif_knows_a_finding_again_wherever_its_sentence_stands(checker: Checker) -> None:
    def marks(text: str) -> list[str]:
        document = Document.from_text(text)
        results = check_sarif(json.loads(json.dumps(sarif([("a.txt", checker.check(document), document)]))))
        return sorted(result["partialFingerprints"]["inclusiveAds/v1"] for result in results)

    before = marks("Clerk\n\nA CRB check is needed.\nThe chairman agrees.\n")
    assert len(set(before)) == 2
    assert marks("Clerk\n\nWe are a council.\n\nThe chairman agrees.\nA CRB check is needed.\n") == before
    assert set(before) & set(marks("Clerk\n\nA CRB check is needed.\nOur chairman agrees.\n")) < set(before)
    twice = marks("Clerk\n\nA CRB check is needed.\nA CRB check is needed.\n")
    assert len(twice) == len(set(twice)) == 2


def test_sarif_says_what_was_kept_and_by_what(checker: Checker) -> None:
    document = Document.from_text("A CRB check.\n[inclusive-ads ignore stale-crb: a title]")
    report = checker.check(document)
    kinds = {
        r["suppressions"][0]["kind"]
        for r in check_sarif(sarif([("a", report, document)]))
        if r["ruleId"] == "stale-crb"
    }
    assert kinds == {"inSource"}
    decision = Kept(reason="r", kept_by="L", approved_by=("D",))
    kept = replace(report, findings=tuple(replace(f, kept=decision) for f in report.findings))
    results = list(check_sarif(sarif([("a", kept, document)])))
    assert {r["suppressions"][0]["kind"] for r in results} == {"external"}


def test_sarif_of_nothing_and_of_many(checker: Checker) -> None:
    assert list(check_sarif(sarif([]))) == []
    document = Document.from_text(TEXT)
    report = checker.check(document)
    results = list(check_sarif(sarif([(name, report, document) for name in ("-", "/abs/ä.txt", "b#?.txt")])))
    names = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results]
    assert list(dict.fromkeys(names)) == ["stdin", "file:///abs/%C3%A4.txt", "b%23%3F.txt"]


@pytest.fixture
def with_problem(checker: Checker) -> Callable[[], tuple[Report, Document]]:
    def make() -> tuple[Report, Document]:
        document = Document.from_text(TEXT)
        problem = StatementProblem(
            id="no-merit", start=0, end=4, message="100% wrong,\nreally: yes", severity=Severity.INDIRECT
        )
        return replace(checker.check(document), statements=StatementChoice(problems=(problem,))), document

    return make


def test_a_problem_with_a_statement_is_told_to_tools(with_problem: Callable[[], tuple[Report, Document]]) -> None:
    report, document = with_problem()
    assert [r["ruleId"] for r in check_sarif(sarif([("a", report, document)]))][-1] == "statement-no-merit"
    assert "title=statement-no-merit::100%25 wrong,%0Areally: yes\n" in github("a", report, document)


def unescaped(value: str) -> str:
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        value = value.replace(code, character)
    return value


@given(name=st.text(min_size=1))
def test_github_annotations_hold_any_name(name: str, checker: Checker) -> None:
    document = Document.from_text(TEXT)
    lines = github(name, checker.check(document), document).split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(checker.check(document).findings)
    for line in lines:
        match = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line, re.DOTALL)
        assert match is not None
        properties = dict(item.split("=", 1) for item in match[2].split(","))
        assert unescaped(properties["file"]) == name
        assert int(properties["line"]) <= int(properties["endLine"])
        assert ("col" in properties) == (properties["line"] == properties["endLine"])


def patched(before: str, shown: str) -> str:
    """`before` with a unified diff applied."""
    lines, done, place = before.split("\n"), [], 0
    ends = [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    given_lines = re.findall(r"[^\n]*\n", shown)[2:]
    for number, line in enumerate(given_lines):
        following = given_lines[number + 1 : number + 2]
        body = line[1:-1] if following == ["\\ No newline at end of file\n"] else line[1:]
        if head := re.match(r"@@ -(\d+)(?:,(\d+))? ", line):
            start = int(head[1]) - (head[2] != "0")
            done += ends[place:start]
            place = start
        elif line[0] == "+":
            done.append(body)
        elif line[0] in "- ":
            assert ends[place] == body
            done += [body] if line[0] == " " else []
            place += 1
    return "".join(done + ends[place:])


texts = st.lists(st.sampled_from(["a", "b", "\n", "\r\n", "\x0c", "\u2028", "c d"])).map("".join)


def test_a_brief_report_is_a_line_for_each_finding(checker: Checker) -> None:
    document = Document.from_text(TEXT)
    report = checker.check(document)
    lines = brief("a b.txt", report, document).splitlines()

    assert [line.split(" ", 3)[:3] for line in lines] == [["a", "b.txt:1:15:", "style:"], ["a", "b.txt:2:9:", "style:"]]
    assert [line.rsplit(" ", 1)[1] for line in lines] == [f"[{finding.entry}]" for finding in report.findings]


def test_a_brief_report_says_nothing_where_nothing_is_open(checker: Checker) -> None:
    document = Document.from_text("You will plan the rota.")

    assert brief("a.txt", checker.check(document), document) == ""


@given(before=texts, after=texts)
def test_a_diff_turns_the_one_into_the_other(before: str, after: str) -> None:
    shown = diff(before, after, "ad.txt")
    assert (shown == "") == (before == after)
    assert patched(before, shown) == after if shown else before == after


def test_a_diff_has_the_usual_head() -> None:
    assert diff("a\n", "b\n", "x").splitlines()[:2] == ["--- x (as it is)", "+++ x (improved)"]


@pytest.mark.parametrize("severity", list(Severity))
def test_every_severity_has_its_level_in_every_form(severity: Severity) -> None:
    document = Document.from_text(TEXT)
    report = Checker().check(document)
    finding = replace(report.findings[0], severity=severity)
    report = replace(report, findings=(finding,))
    (result,) = check_sarif(sarif([("a", report, document)]))
    assert result["level"] == severity.level
    assert github("a", report, document).startswith(f"::{'notice' if severity.level == 'note' else severity.level} ")
    assert severity.value in text(report, document, colour=True)
