"""Comply or explain: decisions to keep a finding."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from inclusive_ads.checker import shared_checker
from inclusive_ads.decisions import (
    Decision,
    apply_decisions,
    decision_faults,
    decisions_path,
    load_decisions,
    make_decision,
    read_decisions,
    save_decision,
)
from inclusive_ads.errors import InputError, LexiconError
from inclusive_ads.outcomes import Severity, Verdict
from inclusive_ads.report import LAPSED, SHORT, Finding, Kept, Report

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


TODAY = date.today()


def decide(one: Finding = BUSY, source: str = ADVERT, reason: str = "The team's own words.") -> Decision:
    return make_decision(
        one, source, reason=reason, kept_by="Lee Carter", approved_by=["Dana Reed, Head of Resourcing"]
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
    kept, notes = apply_decisions(findings, [decide()], ADVERT, TODAY)
    assert [one.kept is not None for one in kept] == [False, True, False]
    assert kept[1].kept == Kept(
        reason="The team's own words.",
        kept_by="Lee Carter",
        approved_by=("Dana Reed, Head of Resourcing",),
        approved_on=TODAY.isoformat(),
    )
    assert notes == ()
    assert apply_decisions(findings, [], ADVERT, TODAY) == (findings, ())


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
    (one,), notes = apply_decisions([now], [decide()], advert, TODAY)
    assert (one.kept is not None) == still
    assert [note.id for note in notes] == ([] if still else [LAPSED])


def test_it_expires_when_the_finding_is_gone() -> None:
    _, (note,) = apply_decisions([], [decide()], ADVERT, TODAY)
    assert "no longer applies" in note.message
    assert "Dana Reed" in note.why


LEE, DANA, ANN = "Lee Carter, Resourcing", "Dana Reed (Head of Policy)", "Ms Ann Obi, Lead on Equality"
SAID = "Legal team, 3 November"
STOP, ASK, RISK = Severity.UNLAWFUL, Severity.CONFIRM, Severity.INDIRECT


@pytest.mark.parametrize(
    ("severity", "approvers", "advice", "lacking"),
    [
        (Severity.STYLE, [], "", set()),
        (Severity.DISCOURAGING, [], "", set()),
        (RISK, [], "", {"approved_by"}),
        (RISK, [DANA], "", set()),
        (ASK, [], "", {"approved_by"}),
        (ASK, [DANA], "", set()),
        (STOP, [DANA, ANN], SAID, set()),
        (STOP, [DANA, ANN], "None was taken", set()),
        (STOP, [DANA, ANN], " ", {"advice"}),
        (STOP, [DANA], SAID, {"approved_by"}),
        (STOP, [], "", {"approved_by", "advice"}),
        # One person under two names is one.
        (STOP, [DANA, "dana  reed"], SAID, {"approved_by"}),
        (STOP, [ANN, "Ann Obi – Director"], SAID, {"approved_by"}),
        (STOP, ["Dr Dana Reed", "Prof. Dana Reed"], SAID, {"approved_by"}),
        # Whoever keeps it agrees to it anyway.
        (RISK, [LEE], "", {"approved_by"}),
        (RISK, ["LEE CARTER"], "", {"approved_by"}),
        (STOP, [DANA, ANN, "Mr Lee Carter"], SAID, {"approved_by"}),
        (STOP, [DANA, ANN, "A", "B", "C", "D"], SAID, {"approved_by"}),
    ],
)
def test_how_many_have_to_agree_goes_by_the_gravity(
    severity: Severity, approvers: list[str], advice: str, lacking: set[str]
) -> None:
    faults = decision_faults(severity, reason="Advice.", kept_by=LEE, approved_by=approvers, advice=advice)
    assert set(faults) == lacking
    grave = replace(BUSY, severity=severity)
    about = {"reason": "Advice.", "kept_by": LEE, "approved_by": approvers, "advice": advice}
    if lacking:
        with pytest.raises(InputError, match="cannot be kept"):
            make_decision(grave, ADVERT, **about)
    else:
        assert make_decision(grave, ADVERT, **about).approved_on == TODAY
    if len(approvers) > 5:
        return  # no file holds it
    # And whoever writes the file by hand, or sends it, is held to the same.
    written = decide().model_copy(update={**about, "approved_by": tuple(approvers)})
    (one,), notes = apply_decisions([grave], [written], ADVERT, TODAY)
    assert (one.kept is None) == bool(lacking)
    assert [note.id for note in notes] == ([SHORT] if lacking else [])


@pytest.mark.parametrize(
    ("reason", "name", "lacking"), [(" ", "Lee Carter", "reason"), ("The team's own words.", "", "kept_by")]
)
def test_it_needs_a_reason_and_a_name(reason: str, name: str, lacking: str) -> None:
    assert set(decision_faults(Severity.STYLE, reason=reason, kept_by=name)) == {lacking}
    with pytest.raises(InputError, match="cannot be kept"):
        make_decision(BUSY, ADVERT, reason=reason, kept_by=name)


def test_a_decision_of_a_day_to_come_keeps_nothing() -> None:
    tomorrow = decide().model_copy(update={"approved_on": TODAY + timedelta(days=1)})
    (one,), (note,) = apply_decisions([BUSY], [tomorrow], ADVERT, TODAY)
    assert one.kept is None
    assert "still to come" in note.why


def test_decisions_from_plain_values_say_what_is_wrong() -> None:
    plain = decide().model_dump(mode="json")
    assert read_decisions([plain]) == (decide(),)
    assert read_decisions([{**plain, "approved_by": "Dana Reed"}])[0].approved_by == ("Dana Reed",)
    changed = ({"approved_on": "soon"}, {"kept_by": " "}, {"who": 1}, {"reason": "x" * 1001})
    for wrong in (["x"], {"a": 1}, *([{**plain, **change}] for change in changed)):
        with pytest.raises(InputError, match="decisions"):
            read_decisions(wrong)


def test_a_broken_file_says_where(tmp_path: Path) -> None:
    path = tmp_path / "a.decisions.yaml"
    path.write_text("decisions:\n  - entry: lively\n    wording: lively\n    because: no\n")
    with pytest.raises(LexiconError) as caught:
        load_decisions(path)
    assert caught.value.line > 1
    with pytest.raises(LexiconError):
        save_decision(path, decide())
    assert caught.value.path == str(path)
    assert "because" in path.read_text()  # and it is left as it was


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        save_decision(tmp_path / "none" / "a.decisions.yaml", decide())


def kept(entry: str, wording: str, sentence: str) -> Decision:
    return Decision(
        entry=entry, wording=wording, sentence=sentence, reason="The ground stands.", kept_by="Lee Carter",
        approved_by=("Dana Reed", "Ann Obi"), approved_on=date(2026, 11, 3), advice="Legal team",
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
