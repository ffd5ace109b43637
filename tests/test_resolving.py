"""Every remark once: the same wording is reported once, the gravest reason first, the others named in it."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from inclusive_ads import check
from inclusive_ads.outcomes import Severity
from inclusive_ads.report import Finding, StatementProblem
from inclusive_ads.resolving import report_once

FOLDER = Path(__file__).parent / "adverts"
BARS = [
    "Only women may apply.",
    "Preference will be given to women.",
    "We have a quota of two posts for women.",
    "All women who meet the criteria are guaranteed an interview.",
    "Where two women and men are equally suitable, we will appoint the woman.",
    "Only people from ethnic minority backgrounds may apply.",
    "Priority will be given to applications from Black candidates.",
    "We hope to appoint a woman.",
    "Tell us about your full medical history.",
    "Please send evidence of your disability.",
]


def advert(sentence: str) -> str:
    return f"Clerk\n\nYou keep the diary and answer letters.\n\n{sentence}\n\nSend your CV by 1 May 2027.\n"


@pytest.mark.parametrize("sentence", BARS)
def test_an_unlawful_sentence_is_one_remark(sentence: str) -> None:
    report = check(advert(sentence))
    assert [f.severity for f in report.findings] == [Severity.UNLAWFUL]
    assert not [p for p in report.statements.problems if p.severity is Severity.UNLAWFUL]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.txt"))[::2], ids=lambda path: path.name)
def test_no_two_remarks_stand_on_the_same_stretch(path: Path) -> None:
    report = check(path.read_text(encoding="utf-8"))
    spans = [(r.start, r.end) for r in (*report.findings, *report.statements.problems)]
    problems = {(p.start, p.end) for p in report.statements.problems}
    for one, other in combinations(spans, 2):
        shared = min(one[1], other[1]) - max(one[0], other[0])
        if one in problems and other in problems:  # two faults of one statement, each with its own remedy
            continue
        assert shared * 2 < max(one[1] - one[0], other[1] - other[0])


@pytest.mark.parametrize(
    ("sentence", "first", "others"),
    [
        ("No Polish women.", "refuse-", 1),
        ("Young Polish women wanted.", "seek-", 2),
        ("No women.", "refuse-sex", 0),
    ],
)
def test_further_reasons_are_named_in_the_finding(sentence: str, first: str, others: int) -> None:
    (finding,) = check(sentence).findings
    assert finding.entry.startswith(first)
    assert len(finding.also) == others
    assert finding.message not in finding.also


def finding(start: int, end: int, severity: Severity, kept: dict[str, str] | None = None) -> Finding:
    about = dict.fromkeys(("text", "phrase", "entry", "category", "form", "why", "evidence", "advice"), "")
    return Finding(
        **about, number=1, start=start, end=end, severity=severity, message="wording", affects=(), characteristics=(),
        sources=(), suggestions=(), sentence_start=0, sentence_end=99, kept=kept,
    )  # fmt: skip


def problem(start: int, end: int, severity: Severity) -> StatementProblem:
    return StatementProblem(id="no-merit", start=start, end=end, message="statement", severity=severity)


@pytest.mark.parametrize(
    ("wording", "statement", "left"),
    [
        (Severity.UNLAWFUL, Severity.STYLE, [("wording", ("statement",))]),
        (Severity.STYLE, Severity.UNLAWFUL, [("statement", ("wording",))]),
        (Severity.INDIRECT, Severity.INDIRECT, [("wording", ("statement",))]),
    ],
)
def test_the_graver_of_two_on_one_stretch_leads(
    wording: Severity, statement: Severity, left: list[tuple[str, tuple[str, ...]]]
) -> None:
    findings, problems = report_once([finding(10, 40, wording)], [problem(12, 40, statement)])
    assert [(r.message, r.also) for r in (*findings, *problems)] == left


def test_a_word_within_a_statement_is_a_stretch_of_its_own() -> None:
    findings, problems = report_once([finding(20, 24, Severity.STYLE)], [problem(0, 90, Severity.INDIRECT)])
    assert len(findings) == len(problems) == 1


def test_what_was_kept_hides_nothing() -> None:
    kept = finding(10, 40, Severity.UNLAWFUL, {"reason": "advice taken"})
    findings, problems = report_once([kept], [problem(10, 40, Severity.STYLE)])
    assert (findings, len(problems)) == ((kept,), 1)


def test_numbers_run_on_where_a_finding_is_named_in_a_fault() -> None:
    findings, _ = report_once(
        [finding(0, 5, Severity.STYLE), finding(60, 70, Severity.STYLE)], [problem(0, 5, Severity.INDIRECT)]
    )
    assert [f.number for f in findings] == [1]
