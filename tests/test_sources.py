"""What entries cite says where and since when it holds, what of it no longer does, and when that was checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from inclusive_ads import Checker, LexiconError
from inclusive_ads.cli import main
from inclusive_ads.lexicon.files import lexicon_folder, read_yaml
from inclusive_ads.lexicon.loading import load_lexicon
from inclusive_ads.lexicon.sources import SourceEntry, SourcesFile, unchecked
from inclusive_ads.report import Source


def cited(**keys: object) -> Source:
    return SourceEntry.model_validate({"title": "A law", "publisher": "A parliament", **keys}).cited("law")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({}, "not verified"),
        ({"checked_on": "2026-11-29"}, "checked on 29 November 2026"),
        (
            {"jurisdiction": "Great Britain", "in_force": "2024-04-06", "checked_on": "2026-11-02"},
            "Great Britain; in force since 6 April 2024; checked on 2 November 2026",
        ),
        ({"in_force": "not confirmed"}, "not confirmed to be in force; not verified"),
        (
            {"jurisdiction": "Scotland", "superseded_in_part": {"since": "2025-04-16", "what": "its third section"}},
            "Scotland; superseded in part since 16 April 2025: its third section; not verified",
        ),
    ],
)
def test_the_standing_of_a_source_reads_as_plain_english(keys: dict[str, object], said: str) -> None:
    assert cited(**keys).standing == said


def test_what_nobody_has_checked_for_a_year_is_listed_the_oldest_first() -> None:
    sources = [
        cited(title="Fresh", checked_on="2026-11-29"),
        cited(title="Old", checked_on="2025-11-28"),
        cited(title="Older", checked_on="2024-02-29"),
        cited(title="Never"),
    ]
    assert list(unchecked(sources, date(2026, 11, 29))) == [
        "law: Never: not verified",
        "law: Older: checked on 29 February 2024",
        "law: Old: checked on 28 November 2025",
    ]
    assert not list(unchecked(sources[:1], date(2027, 11, 29)))
    assert list(unchecked(sources[:1], date(2027, 11, 30)))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("in_force: soon", "in_force"),
        ("checked_on: yesterday", "checked_on"),
        ("jurisdiction: France", "jurisdiction"),
        ("superseded_in_part: {what: all of it}", "since"),
    ],
)
def test_a_mistake_in_a_source_is_told_with_its_file_and_line(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "sources.yaml").write_text(f"sources:\n  own:\n    title: Ours\n    publisher: Us\n    {line}\n")
    with pytest.raises(LexiconError, match=said) as caught:
        load_lexicon([tmp_path])
    assert caught.value.path.endswith("sources.yaml")
    assert caught.value.line in {2, 5}


def test_testing_the_lexicons_lists_old_sources_and_does_not_fail(own_lexicon) -> None:
    folder = own_lexicon("""
  - id: own-wizard
    forms: [spreadsheet wizard]
    severity: style
    affects: [people who do not use the word]
    message: Says it as a joke, so the skill is hard to see.
    why: People who have the skill may not know the word.
    source: our-rule
    evidence: convention
    advice: Name the skill.
    examples:
      flag: ["You are a [[spreadsheet wizard]]."]
      ok: [You will use spreadsheets.]
""")
    (folder / "sources.yaml").write_text(
        "sources: {our-rule: {title: Our rule, publisher: Us, checked_on: 2026-11-29}}\n", encoding="utf-8"
    )
    only = [f"  {name}: {{off: true, because: only ours is tested}}\n" for name in load_lexicon().entries]
    (folder / "lexicon.yaml").write_text("entries:\n" + "".join(only), encoding="utf-8")
    run = CliRunner().invoke
    later = run(main, ["lexicon", "test", "--lexicons", str(folder), "--today", "2028-01-01"])
    assert later.exit_code == 0
    assert "Not checked for a year: our-rule: Our rule: checked on 29 November 2026." in later.stderr
    assert later.stdout == "1 entries tested, 0 problems.\n"
    soon = run(main, ["lexicon", "test", "--lexicons", str(folder), "--today", "2026-12-01"])
    assert "our-rule" not in soon.stderr
    named = run(main, ["lexicon", "test", "own-wizard", "--lexicons", str(folder), "--today", "2028-01-01"])
    assert named.output == "1 entries tested, 0 problems.\n"


def test_law_and_guidance_name_where_they_hold() -> None:
    for name, source in read_yaml(lexicon_folder() / "en-GB" / "sources.yaml", SourcesFile).sources.items():
        law = source.in_force or source.superseded_in_part or "Parliament" in source.publisher
        assert source.jurisdiction or not law, name
        assert source.checked_on or name == "practice", name


def test_explain_says_how_a_source_stands() -> None:
    shown = CliRunner().invoke(main, ["explain", "race-nationality"]).output
    assert "(Great Britain; in force since 1 October 2010; checked on 29 November 2026)" in shown


def test_a_finding_carries_how_its_sources_stand(checker: Checker) -> None:
    found = checker.check("Waitress wanted.").findings[0]
    assert any("superseded in part since 16 April 2025" in source.standing for source in found.sources)
