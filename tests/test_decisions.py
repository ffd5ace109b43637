"""Comply or explain: decisions to keep a finding."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from inclusive_ads.checker import shared_checker
from inclusive_ads.decisions import (
    Decision,
    apply_decisions,
    decisions_path,
    expired_decisions,
    load_decisions,
    make_decision,
    save_decision,
)
from inclusive_ads.errors import InputError, LexiconError
from inclusive_ads.outcomes import Severity, Verdict
from inclusive_ads.report import Finding, Report

ADVERT = "You join a lively ward.\nWe are a lively,  busy  team. Call us."


def finding(source: str, wording: str, entry: str = "lively") -> Finding:
    start = source.index(wording)
    low = max(source.rfind(mark, 0, start) for mark in ".\n") + 1
    return Finding(
        number=1,
        start=start,
        end=start + len(wording),
        text=wording,
        phrase=wording,
        entry=entry,
        category="age",
        severity=Severity.DISCOURAGING,
        form="any",
        message="",
        why="",
        affects=(),
        characteristics=(),
        sources=(),
        evidence="",
        suggestions=(),
        advice="",
        sentence_start=low,
        sentence_end=source.index(".", start) + 1,
    )


BUSY = finding(ADVERT, "lively,  busy")


def decide(one: Finding = BUSY, source: str = ADVERT, reason: str = "The team's own words.") -> Decision:
    return make_decision(
        one, source, reason=reason, approved_by="Dana Reed, Head of Resourcing", approved_on=date(2026, 11, 3)
    )


def test_a_decision_is_kept_in_a_file_that_people_can_read(tmp_path: Path) -> None:
    path = decisions_path(tmp_path / "advert.docx")
    assert path.name == "advert.decisions.yaml"
    assert load_decisions(path) == ()
    save_decision(path, decide())
    save_decision(path, decide(finding(ADVERT, "lively ward")))
    assert load_decisions(path) == (decide(), decide(finding(ADVERT, "lively ward")))
    assert yaml.safe_load(path.read_text())["decisions"][0]["sentence"] == "We are a lively, busy team."
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_second_decision_about_the_same_wording_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.decisions.yaml"
    save_decision(path, decide())
    path.chmod(0o640)
    save_decision(path, decide(reason="A better reason."))
    assert [one.reason for one in load_decisions(path)] == ["A better reason."]
    assert path.stat().st_mode & 0o777 == 0o640


def test_it_covers_one_wording_in_one_sentence() -> None:
    findings = (finding(ADVERT, "lively ward"), BUSY, finding(ADVERT, "lively,  busy", entry="other"))
    kept = apply_decisions(findings, [decide()], ADVERT)
    assert [one.kept is not None for one in kept] == [False, True, False]
    assert kept[1].kept == {
        "reason": "The team's own words.",
        "approved_by": "Dana Reed, Head of Resourcing",
        "approved_on": "2026-11-03",
    }
    assert apply_decisions(findings, [], ADVERT) == findings


@pytest.mark.parametrize(
    ("advert", "still"),
    [
        (ADVERT, True),
        (ADVERT.replace("lively,  busy", "lively,\tbusy"), True),  # spaces are not wording
        ("New first line.\n" + ADVERT, True),
        (ADVERT.replace("We are a", "You join a"), False),
    ],
)
def test_it_expires_when_the_wording_changes(advert: str, still: bool) -> None:
    wording = "lively,\tbusy" if "\t" in advert else "lively,  busy"
    now = finding(advert, wording)
    assert (apply_decisions([now], [decide()], advert)[0].kept is not None) == still
    assert (expired_decisions([now], [decide()], advert) == ()) == still


def test_it_expires_when_the_finding_is_gone() -> None:
    assert expired_decisions([], [decide()], ADVERT) == (decide(),)


@pytest.mark.parametrize(("reason", "name"), [(" ", "Dana Reed"), ("The team's own words.", "")])
def test_it_needs_a_reason_and_a_name(reason: str, name: str) -> None:
    with pytest.raises(InputError, match="A decision needs"):
        make_decision(BUSY, ADVERT, reason=reason, approved_by=name, approved_on=date(2026, 11, 3))


def test_a_broken_file_says_where(tmp_path: Path) -> None:
    path = tmp_path / "a.decisions.yaml"
    path.write_text("decisions:\n  - entry: lively\n    wording: lively\n    because: no\n")
    with pytest.raises(LexiconError) as caught:
        load_decisions(path)
    assert caught.value.line > 1
    with pytest.raises(LexiconError):
        save_decision(path, decide())
    assert "because" in path.read_text()  # and it is left as it was


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        save_decision(tmp_path / "none" / "a.decisions.yaml", decide())


def kept(entry: str, wording: str, sentence: str) -> Decision:
    return Decision(
        entry=entry, wording=wording, sentence=sentence, reason="Advice taken.", approved_by="Dana Reed",
        approved_on=date(2026, 11, 3),
    )  # fmt: skip


def check(text: str, decision: Decision) -> Report:
    return shared_checker().check(text, decisions=[decision])


def test_a_report_says_which_decision_covers_nothing_any_more() -> None:
    decision = kept("stale-crb", "CRB check", "A CRB check is needed.")
    assert check("A CRB check is needed.", decision).notes == ()
    (note,) = check("We ask for a CRB check, always.", decision).notes
    assert "no longer applies" in note.message
    assert "“CRB check”" in note.message


def test_likely_unlawful_wording_that_is_kept_is_never_ready() -> None:
    decision = kept("refuse-sex", "No women", "No women.")
    report = check("No women.", decision)
    assert report.wording is Verdict.KEPT
    assert "kept on advice" in report.summary
    assert "fine" not in report.summary
    assert check("No women. No Poles.", decision).wording is Verdict.STOP
