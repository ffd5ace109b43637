"""The published JSON Schemas are current, and say what is so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from inclusive_ads import Checker, Document
from inclusive_ads.lexicon.files import SHARED, lexicon_folder, parse_yaml
from inclusive_ads.schemas import lexicon_schema, published, report_schema, settings_schema
from inclusive_ads.vacancy import Vacancy

DOCS = Path(__file__).parent.parent / "docs"
EXAMPLES = DOCS.parent / "examples"


@pytest.mark.parametrize("name", list(published()))
def test_what_is_published_is_current(name: str) -> None:
    assert (DOCS / name).read_text() == published()[name], "run: python -m inclusive_ads.schemas docs"


@pytest.mark.parametrize("schema", [lexicon_schema(), report_schema(), settings_schema()])
def test_they_are_json_schemas(schema: dict[str, Any]) -> None:
    jsonschema_rs.meta.validate(schema)


ADVERTS = [
    Document.from_text("We welcome you."),
    Document.from_text("Nurse\n\nAn enhanced CRB check is needed. [inclusive-ads ignore stale-crb: a title]"),
    Document.from_text("<h1>Nurse</h1><p>A CRB check. Apply to a@b.org by 3 May 2027.</p>", format="html"),
    Document.from_file(EXAMPLES / "private-office.txt"),
]


@pytest.mark.parametrize("document", ADVERTS)
def test_real_reports_are_valid(document: Document, checker: Checker) -> None:
    from inclusive_ads.evidence.grading import read_evidence

    validator = jsonschema_rs.validator_for(report_schema())
    evidence = read_evidence(EXAMPLES / "representation.csv", EXAMPLES / "comparators.csv")
    for report in (checker.check(document), checker.check(document, vacancy=Vacancy(grade="SEO"), evidence=evidence)):
        validator.validate(json.loads(json.dumps(report.to_dict())))


def test_a_report_with_more_or_less_is_not_valid(checker: Checker) -> None:
    validator = jsonschema_rs.validator_for(report_schema())
    data = json.loads(json.dumps(checker.check("An enhanced CRB check is needed.").to_dict()))
    assert validator.is_valid(data)
    for wrong in (
        {**data, "score": 7},
        {key: value for key, value in data.items() if key != "findings"},
        {**data, "wording": "fine"},
        {**data, "schema_version": "0"},
        {**data, "findings": [{**data["findings"][0], "severity": "grave"}]},
        {**data, "findings": [{**data["findings"][0], "start": "0"}]},
    ):
        assert not validator.is_valid(wrong)


def test_the_lexicons_that_ship_are_valid_for_an_editor() -> None:
    validator = jsonschema_rs.validator_for(lexicon_schema())
    files = [path for path in (lexicon_folder() / "en-GB").glob("*.yaml") if path.name not in SHARED]
    assert files
    for path in files:
        validator.validate(parse_yaml(path)[1])
    assert not validator.is_valid({"category": "x", "title": "X", "about": "Something here.", "entries": [{"id": "a"}]})
