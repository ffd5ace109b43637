"""What becomes of each situation in statement_situations.yaml, and why."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from made_figures import figures as figures_of
from made_figures import record as made_record

from inclusive_ads.checker import shared_checker
from inclusive_ads.evidence.thresholds import default_thresholds
from inclusive_ads.evidence.values import Evidence
from inclusive_ads.report import StatementChoice
from inclusive_ads.statements.choosing import choose_statements
from inclusive_ads.statements.library import load_library
from inclusive_ads.statements.models import Profile
from inclusive_ads.statements.placing import insert_statements
from inclusive_ads.text.document import Document
from inclusive_ads.text.edits import apply_edits
from inclusive_ads.vacancy import Vacancy

TODAY = date(2026, 12, 1)
SITUATIONS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("statement_situations.yaml").read_text())
KNOWN = {
    *("name", "record", "profile", "vacancy", "figures", "none_given", "says", "inserted", "because", "text"),
    *("differ", "of_figures", "not_text", "companions", "problems", "advice", "replaces", "statements"),
}

ADVERT = """Private Secretary

Job summary
You will run a Minister's office with four colleagues. You plan the week, check what is urgent, and make sure that
papers are clear before they arrive.
{says}
Person specification
You write clearly.

How to apply
Send us your application by 20 December 2026.
"""


RECORD = made_record(groups=("ethnic-minority",), judgement="")
PROFILE = Profile(
    id="example",
    title="Example",
    merit="civil-service",
    companions=("equal-opportunity", "adjustments", "disability-confident"),
    values={"contact": "Sam Okoro (sam@example.org)", "disability_confident": "Leader"},
    records=(RECORD,),
)
VACANCY = Vacancy(grade="Grade 7", role="Private Secretary", location="London")


def frozen(changes: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in changes.items()}


def choose(case: dict[str, Any]) -> tuple[Document, StatementChoice, tuple[Vacancy, Evidence | None, Profile]]:
    record = RECORD.model_copy(update=frozen(case.get("record", {})))
    profile = PROFILE.model_copy(update={"records": (record,), **frozen(case.get("profile", {}))})
    vacancy = replace(VACANCY, **frozen(case.get("vacancy", {})))
    levels = case.get("figures", {"ethnic-minority": "strong"})
    grade = default_thresholds().grade(vacancy.grade)
    about = {"sentence": "The share is well below that of the grade below.", "grade": grade}
    figures = None if case.get("none_given") else figures_of(levels, **about | frozen(case.get("of_figures", {})))
    document = Document.from_text(ADVERT.format(says="\n" + case.get("says", "") + "\n"))
    return (
        document,
        choose_statements(
            shared_checker().analyse(document), vacancy, figures, profile, today=TODAY, differ=case.get("differ", ())
        ),
        (vacancy, figures, profile),
    )


def pattern(row: str) -> re.Pattern[str]:
    words = re.split(r"\{\w+\}", load_library().words[row].reason)
    return re.compile(".+".join(re.escape(part) for part in words))


@pytest.mark.parametrize("case", SITUATIONS, ids=lambda case: case["name"])
def test_situation(case: dict[str, Any]) -> None:
    assert not set(case) - KNOWN
    document, choice, again = choose(case)
    about_groups = [one for one in choice.chosen if one.groups]
    assert [group for one in about_groups for group in one.groups] == case["inserted"]
    assert len(about_groups) == case.get("statements", min(1, len(case["inserted"])))
    said = [reason for one in choice.chosen for reason in one.reasons] + [one.reason for one in choice.refused]
    assert any(pattern(case["because"]).fullmatch(reason) for reason in said), said
    text = " ".join(one.text for one in about_groups)
    assert case.get("text", "") in text
    assert "not_text" not in case or case["not_text"] not in text
    assert all(one.needs_legal_advice == case.get("advice", False) for one in about_groups)
    assert all((one.replaces is not None) == case.get("replaces", False) for one in about_groups)
    companions = {one.id for one in choice.chosen if not one.groups}
    assert companions == set() if case.get("companions") == [] else set(case.get("companions", [])) <= companions
    if "problems" in case:
        assert sorted(problem.id for problem in choice.problems) == sorted(case["problems"])
    for problem in choice.problems:
        assert document.source[problem.start : problem.end].strip()

    better = apply_edits(document.source, insert_statements(document, choice))
    for one in choice.chosen:
        assert better.count(one.text) == 1
    once_more = Document.from_text(better)
    second = choose_statements(shared_checker().analyse(once_more), *again, today=TODAY, differ=case.get("differ", ()))
    assert insert_statements(once_more, second) == ()


def test_there_are_enough_situations_and_every_row_decides_one() -> None:
    assert len(SITUATIONS) >= 40
    library = load_library()
    decided = {case["because"] for case in SITUATIONS}
    assert {row.id for row in library.rows} <= decided
    found = {name for case in SITUATIONS for name in case.get("problems", ())}
    assert set(library.problems) - {"second-statement"} <= found
