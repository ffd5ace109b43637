"""inclusive-ads: checks the language of job adverts, explains each finding, suggests what to say instead.

    >>> from inclusive_ads import check
    >>> check("The chairman must have a degree.").wording.value
    'change before publishing'

Guidance, not legal advice. Nothing is stored, logged or sent anywhere.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any  # a name that is fetched at first use has no type

__version__ = "0.1.0"

if TYPE_CHECKING:
    from inclusive_ads.batch.frames import FrameChecker, check_frame
    from inclusive_ads.batch.items import Item
    from inclusive_ads.batch.running import check_item
    from inclusive_ads.batch.zipped import improve_zip
    from inclusive_ads.checker import Checker
    from inclusive_ads.decisions import APPROVERS, Decision, decision_faults, decisions_yaml, make_decision
    from inclusive_ads.errors import EvidenceError, InclusiveAdsError, InputError, LexiconError, SettingsError
    from inclusive_ads.evidence.asking import Asked
    from inclusive_ads.evidence.grading import read_evidence
    from inclusive_ads.evidence.pictures import picture
    from inclusive_ads.evidence.values import Evidence
    from inclusive_ads.lexicon.checklist import MissingLine
    from inclusive_ads.lexicon.models import Entry
    from inclusive_ads.outcomes import OUTCOMES, Severity, Verdict
    from inclusive_ads.plain import JsonObject
    from inclusive_ads.planning import plan
    from inclusive_ads.refusals import said
    from inclusive_ads.render.results import result_line, to_json_line
    from inclusive_ads.render.review import clean_word, review
    from inclusive_ads.render.review_sheet import review_sheet
    from inclusive_ads.render.word_made import new_word
    from inclusive_ads.report import ChosenStatement, Completeness, Edit, Finding, Passage, Report, Source, Suggestion
    from inclusive_ads.reviews import Review, read_review
    from inclusive_ads.settings import Settings
    from inclusive_ads.statements.asking import statement_titles, value_names
    from inclusive_ads.statements.profiles import load_profile, profiles
    from inclusive_ads.text.comparing import edits_between
    from inclusive_ads.text.document import Document
    from inclusive_ads.text.draft import Draft
    from inclusive_ads.text.edited import edited
    from inclusive_ads.text.edits import apply_edits
    from inclusive_ads.text.readers.formats import FORMATS
    from inclusive_ads.vacancy import VACANCY_FIELDS, Vacancy, VacancyField

# Names are fetched at first use: importing the package costs next to nothing.
_HOME = {
    "Asked": "evidence.asking",
    "Checker": "checker",
    "ChosenStatement": "report",
    "Completeness": "report",
    "Document": "text.document",
    "Draft": "text.draft",
    "Edit": "report",
    "Entry": "lexicon.models",
    "Evidence": "evidence.values",
    "EvidenceError": "errors",
    "FORMATS": "text.readers.formats",
    "Finding": "report",
    "FrameChecker": "batch.frames",
    "InclusiveAdsError": "errors",
    "InputError": "errors",
    "Item": "batch.items",
    "JsonObject": "plain",
    "LexiconError": "errors",
    "Passage": "report",
    "Report": "report",
    "Settings": "settings",
    "SettingsError": "errors",
    "MissingLine": "lexicon.checklist",
    "OUTCOMES": "outcomes",
    "Severity": "outcomes",
    "Source": "report",
    "Suggestion": "report",
    "VACANCY_FIELDS": "vacancy",
    "Vacancy": "vacancy",
    "VacancyField": "vacancy",
    "Verdict": "outcomes",
    "apply_edits": "text.edits",
    "check_frame": "batch.frames",
    "check_item": "batch.running",
    "edits_between": "text.comparing",
    "improve_zip": "batch.zipped",
    "load_profile": "statements.profiles",
    "APPROVERS": "decisions",
    "Decision": "decisions",
    "decision_faults": "decisions",
    "decisions_yaml": "decisions",
    "make_decision": "decisions",
    "new_word": "render.word_made",
    "clean_word": "render.review",
    "edited": "text.edited",
    "picture": "evidence.pictures",
    "plan": "planning",
    "profiles": "statements.profiles",
    "read_evidence": "evidence.grading",
    "read_review": "reviews",
    "Review": "reviews",
    "result_line": "render.results",
    "review": "render.review",
    "review_sheet": "render.review_sheet",
    "said": "refusals",
    "statement_titles": "statements.asking",
    "to_json_line": "render.results",
    "value_names": "statements.asking",
}

__all__ = [
    "APPROVERS",
    "FORMATS",
    "OUTCOMES",
    "VACANCY_FIELDS",
    "Asked",
    "Checker",
    "ChosenStatement",
    "Completeness",
    "Decision",
    "Document",
    "Draft",
    "Edit",
    "Entry",
    "Evidence",
    "EvidenceError",
    "Finding",
    "FrameChecker",
    "InclusiveAdsError",
    "InputError",
    "Item",
    "JsonObject",
    "LexiconError",
    "MissingLine",
    "Passage",
    "Report",
    "Review",
    "Settings",
    "SettingsError",
    "Severity",
    "Source",
    "Suggestion",
    "Vacancy",
    "VacancyField",
    "Verdict",
    "apply_edits",
    "check",
    "check_frame",
    "check_item",
    "clean_word",
    "decision_faults",
    "decisions_yaml",
    "edited",
    "edits_between",
    "improve_zip",
    "load_profile",
    "make_decision",
    "new_word",
    "picture",
    "plan",
    "profiles",
    "read_evidence",
    "read_review",
    "result_line",
    "review",
    "review_sheet",
    "said",
    "statement_titles",
    "to_json_line",
    "value_names",
]


def check(advert: str | Document) -> Report:
    """Check one advert with default settings; see `Checker.check`."""
    from inclusive_ads.checker import shared_checker

    return shared_checker().check(advert)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(importlib.import_module(f"inclusive_ads.{_HOME[name]}"), name)
    raise AttributeError(f"module 'inclusive_ads' has no attribute '{name}'")
