"""One habit is told once, with its places; numbers run in the order in which findings are shown."""

from __future__ import annotations

import re

import pytest

from inclusive_ads import Checker, Document, Severity, plan
from inclusive_ads.render.terminal import text as shown
from inclusive_ads.text.edits import apply_edits

ADVERT = """Ward manager

The chairman leads us, and the chairman signs. An enhanced CRB check is needed.

Only women may apply. The Chairman decides.
"""


def test_the_gravest_comes_first_and_numbers_run_in_that_order(checker: Checker) -> None:
    report = checker.check(ADVERT)
    ordered = sorted((f for f in report.findings if not f.repeats), key=lambda finding: finding.number)
    assert [f.severity.rank for f in ordered] == sorted(f.severity.rank for f in ordered)
    assert [f.number for f in ordered] == list(range(1, len(ordered) + 1))
    assert ordered[0].severity is Severity.UNLAWFUL
    starts = [finding.start for finding in report.findings]
    assert starts == sorted(starts)


def test_the_same_wording_is_one_habit(checker: Checker) -> None:
    report = checker.check(ADVERT)
    chairs = [f for f in report.findings if f.entry == "gendered-chairman"]
    assert len(chairs) == 3
    assert [f.repeats for f in chairs] == [0, chairs[0].number, chairs[0].number]
    assert "2 points of style" in checker.check(ADVERT.replace("Only women may apply. ", "")).summary


def test_a_report_tells_a_habit_once_with_its_places(checker: Checker) -> None:
    document = Document.from_text(ADVERT)
    told = " ".join(shown(checker.check(document), document).split())
    assert told.count("(gendered-chairman)") == 1
    assert "“chairman” in line 3, “Chairman” in line 5" in told
    numbers = [int(number) for number in re.findall(r"(?:^| )(\d+)\. [a-z-]+, line", told)]
    assert numbers == [1, 2, 3]


@pytest.mark.parametrize(("choice", "left"), [(-1, 3), (0, 0)])
def test_a_choice_holds_for_the_whole_habit(checker: Checker, choice: int, left: int) -> None:
    document = Document.from_text(ADVERT)
    report = checker.check(document)
    leader = next(f for f in report.findings if f.entry == "gendered-chairman")
    text = apply_edits(document.source, plan(document, report.findings, None, {leader.number: choice}))
    assert len(re.findall("chairman", text, re.IGNORECASE)) == left


def test_a_choice_for_one_place_goes_first(checker: Checker) -> None:
    document = Document.from_text(ADVERT)
    report = checker.check(document)
    first, second, _ = [f for f in report.findings if f.entry == "gendered-chairman"]
    text = apply_edits(document.source, plan(document, report.findings, None, {first.number: 0, second.number: -1}))
    assert re.findall("chairman", text, re.IGNORECASE) == ["chairman"]


def test_pronouns_are_one_habit_whatever_their_form(checker: Checker) -> None:
    report = checker.check("The post holder will keep his diary, and he must drive. He will report to his director.")
    found = [f for f in report.findings if f.entry.startswith("gendered-")]
    assert len(found) > 1
    assert sum(not f.repeats for f in found) == 1
