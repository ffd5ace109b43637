"""Marks in the text that keep one entry."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from inclusive_ads import Checker
from inclusive_ads.ignore_marks import ignore_marks
from inclusive_ads.report import Kept


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("[inclusive-ads ignore stale-crb: a film title]", {"stale-crb": "a film title"}),
        ("<!-- inclusive-ads ignore stale-crb: a film [1999] title -->", {"stale-crb": "a film [1999] title"}),
        ("<!--inclusive-ads ignore a:why -->[ inclusive-ads  ignore\tb : why not ]", {"a": "why", "b": "why not"}),
        ("[inclusive-ads ignore stale-crb]", {}),
        ("[inclusive-ads ignore stale-crb: ]", {}),
        ("[inclusive-ads ignore stale-crb:      ]", {}),
        ("[inclusive-ads ignore stale-crb: one\nline]", {}),
        ("<!-- inclusive-ads ignore stale-crb: mixed ]", {}),
        ("[inclusive-ads ignore Stale CRB: small letters only]", {}),
        ("inclusive-ads ignore stale-crb: no brackets", {}),
        ("nothing", {}),
    ],
)
def test_what_is_a_mark(source: str, found: dict[str, str]) -> None:
    assert ignore_marks(source) == found


def test_a_mark_is_shown_and_covers_its_entry_only(checker: Checker) -> None:
    text = "A CRB check is needed.\n\n[inclusive-ads ignore stale-crb: the title of a play]"
    assert {f.entry: f.kept for f in checker.check(text).findings}["stale-crb"] == Kept(
        reason="the title of a play", kept_by="a mark in the text"
    )
    other = checker.check(text.replace("ignore stale-crb", "ignore stale-other"))
    assert all(f.kept is None for f in other.findings)


@pytest.mark.parametrize("severity", ["likely-unlawful", "confirm", "indirect-risk"])
def test_a_mark_does_not_keep_what_somebody_has_to_agree_to(
    own_checker: Callable[[str], Checker], severity: str
) -> None:
    entry = f"""  - id: own-grave
    forms: [zorbling folk only]
    severity: {severity}
    affects: [everyone else]
    message: Keeps everyone else out.
    why: Nobody may be kept out.
    source: practice
    evidence: convention
    advice: Say what the work needs.
    examples: {{flag: ["We take [[zorbling folk only]]."], ok: [We take anyone.]}}
"""
    report = own_checker(entry).check("We take zorbling folk only.\n\n[inclusive-ads ignore own-grave: it is our way]")
    assert [f.kept for f in report.findings if f.entry == "own-grave"] == [None]
    assert report.wording.value in ("do not publish yet", "change before publishing")


def test_hostile_text_costs_no_more_than_a_scan() -> None:
    for text in (
        "[inclusive-ads ignore " * 9000,
        "<!-- inclusive-ads ignore a:" + " " * 200_000,
        "[" * 200_000 + "inclusive-ads",
    ):
        start = time.process_time()
        assert ignore_marks(text) == {}
        assert time.process_time() - start < 1
