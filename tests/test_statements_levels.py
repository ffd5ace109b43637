"""The level of a record in words: it reads, it names the record's grades, and it says what the figures carry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from made_figures import graded
from test_statements import RECORD

from inclusive_ads.cli import main
from inclusive_ads.errors import LexiconError
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.thresholds import load_thresholds
from inclusive_ads.statements.levels import level_as_measured, level_fault
from inclusive_ads.statements.library import load_library
from inclusive_ads.statements.profiles import load_profile, profiles
from inclusive_ads.statements.rendering import rendered

GRADES = load_thresholds().grades
ROOT = Path(__file__).parent.parent

PROFILE = """id: own
title: Own
records:
  - id: one
    groups: [ethnic-minority]
    grades: [{grades}]
    roles: [any]
    limb: participation
    level: "{level}"
"""


@pytest.mark.parametrize(
    ("level", "grades", "said"),
    [
        ("Grade 8", "Grade 8", "'They are under-represented Grade 8.'"),
        ("Grade 7", "Grade 7", "does not read"),
        ("At Grade 7", "Grade 7", "does not read"),
        ("our Private Offices", "Grade 7", "does not read"),
        ("at", "Grade 7", "does not read"),
        ("at Grade 7.", "Grade 7", "does not read"),
        ("at Grade 7,", "Grade 7", "does not read"),
        ("at Grade 7. They are few", "Grade 7", "does not read"),
        ("at at Grade 7", "Grade 7", "does not read"),
        ("at {{grade}}", "Grade 7", "does not read"),
        ("under-represented at Grade 7", "Grade 7", "does not read"),
        ("who are few at Grade 7", "Grade 7", "does not read"),
        ("at Grade 8", "Grade 7", "names Grade 8"),
        ("at Grade 6", "Grade 7", "names Grade 6"),
        ("at Grades 6 and 7", "Grade 7", "names Grade 6"),
        ("at SEO in our Private Offices", "Grade 7", "names SEO"),
        ("at Grade 7", "SEO, Grade 7", "names only some"),
        ("at Band 6", "Band 8a", "names Band 6"),
        ("at Deputy Director level", "SCS PB2", "names SCS PB1"),
        ("at this band", "Grade 7", "speaks of a band"),
        ("at this band in our wards", "SEO", "speaks of a band"),
    ],
)
def test_a_level_that_does_not_read_or_fit_is_refused_with_file_and_key(
    level: str, grades: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(PROFILE.format(level=level.replace("{{", "{").replace("}}", "}"), grades=grades))
    with pytest.raises(LexiconError, match=re.escape(said)) as caught:
        load_profile(path)
    assert (caught.value.path, caught.value.line) == (str(path), 9)
    assert caught.value.entry == "one, level"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("level", "grades"),
    [
        ("at Grade 7 in our Private Offices", "Grade 7"),
        ("at G7", "Grade 7"),
        ("at Grades 6 and 7", "Grade 6, Grade 7"),
        ("at G6/G7", "Grade 6, Grade 7"),
        ("at HEO, SEO and Grade 7", "HEO, SEO, Grade 7"),
        ("at this grade in our Private Offices", "HEO, SEO"),
        ("at this band", "Band 8a, VSM"),
        ("at Bands 8a to 8c", "Band 8a, Band 8b, Band 8c"),
        ("in the Senior Civil Service", "SCS"),
        ("in senior roles", "Grade 6"),
        ("among our firefighters", "Firefighter"),
        ("at Grade 8 in our workshops", "Grade 8"),
        ("as Private Secretaries", "SEO"),
        ("across our prisons", "EO"),
        ("at Director level", "SCS2"),
        ("", "Grade 7"),
    ],
)
def test_levels_that_read(level: str, grades: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(PROFILE.format(level=level, grades=grades))
    assert load_profile(path).records[0].level == level


@pytest.mark.parametrize("name", [*profiles(), str(ROOT / "examples" / "profile.yaml")])
def test_every_text_of_a_profile_is_shown(name: str) -> None:
    result = CliRunner().invoke(main, ["profile", "check", name, "--today", "2026-12-01"])
    assert result.exit_code in (0, 1)  # what is still missing
    texts = list(rendered(load_profile(name)))
    assert all(one.text in result.output for one in texts)
    assert texts or "no records" in result.output
    assert all("{" not in one.text for one in texts)
    assert all("under-represented" in one.text for one in texts)


def test_a_record_is_shown_firm_and_softer() -> None:
    shown = list(rendered(load_profile(ROOT / "examples" / "profile.yaml")))
    assert [one.strength for one in shown] == ["firm", "softer"]
    assert "They are under-represented at Grade 7 in our Private Offices." in shown[0].text
    assert "We believe they are under-represented" in shown[1].text


LADDER = [names[0] for names in load_thresholds().schemes["cs"]]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(LADDER), min_size=1, max_size=4, unique=True),
    st.sampled_from(
        ["at {} in our Private Offices", "at {}", "at this grade in our Private Offices", "in our offices"]
    ),
    st.booleans(),
)
def test_a_statement_names_the_grades_of_its_figures_and_no_others(covers: list[str], level: str, roles: bool) -> None:
    ordered = tuple(sorted(covers, key=LADDER.index))
    grade = ordered[0]
    record = RECORD.model_copy(update={"grades": (grade,), "roles": ("Private Office",), "level": level.format(grade)})
    figures = graded("women", "strong", grade=grade, covers=ordered, all_roles=roles)
    said = level_as_measured(record, grade, figures, load_library().level)
    named = {one for _, _, found in GRADES.find(said) for one in found}
    assert named == set(ordered) or (len(ordered) == 1 and "{}" not in level)
    wide = record.model_copy(update={"level": said, "grades": ordered})
    assert level_fault(wide, load_library()) is None
    assert not (roles and "our" in said)


HEAD = "org,snapshot_date,scheme,grade,role_family,characteristic,group,count,unknown,total"


@pytest.mark.parametrize(
    ("written", "asked", "usual"),
    [
        ("G6/G7", "Grade 7", "Grades 6 and 7"),
        ("G7/G6", "G6", "Grades 6 and 7"),
        ("Grades 6 and 7", "G7", "Grades 6 and 7"),
        ("Grade 6/7", "Grade 6", "Grades 6 and 7"),
        ("SEO/HEO", "HEO", "HEO and SEO"),
        ("HEO & SEO", "SEO", "HEO and SEO"),
        ("AA/AO", "AO", "AA and AO"),
        ("Administrative Officers and Assistants", "AA", "AA and AO"),
        ("SCS level", "Deputy Director", "SCS"),
        ("SCS Level", "SCS PB2", "SCS"),
        ("Senior Civil Service", "SCS", "SCS"),
        ("EO to SEO", "HEO", "EO, HEO and SEO"),
    ],
)
def test_grades_published_together_are_read_as_what_they_are(written: str, asked: str, usual: str) -> None:
    rows = [f'T,2026-03-31,cs,"{written}",,ethnicity,{g},{n},0,150' for g, n in (("BME", 9), ("white", 141))]
    found = read_evidence("\n".join([HEAD, *rows]).encode()).for_post(grade=asked)
    assert {one.grade for one in found} == {usual}
    assert all(f"At {usual}, " in one.sentence for one in found)
    assert set(GRADES.of(asked)) <= set(found[0].covers)
    assert len(found[0].covers) > 1


@pytest.mark.parametrize(
    "text", ["Grade 7", "Officer", "Band 5/Grade 7", "HEO/Manager", "Grade 8", "", "/", "and", "SEO/"]
)
def test_what_is_no_list_of_grades_is_one_grade(text: str) -> None:
    assert len(GRADES.of(text)) == 1


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="Grade 67/andG-8abSEOH,+to", max_size=25))
def test_any_text_is_a_grade_or_several(text: str) -> None:
    found = GRADES.of(text)
    assert found
    assert GRADES.name(text) == GRADES.together(found)


def test_figures_of_the_grade_alone_go_before_those_of_several() -> None:
    rows = [
        f"T,2026-03-31,cs,{grade},{role},ethnicity,{g},{n},0,150"
        for grade, role in (("G6/G7", "Policy"), ("Grade 7", "Press"))
        for g, n in (("BME", 9), ("white", 141))
    ]
    evidence = read_evidence("\n".join([HEAD, *rows]).encode())
    assert {one.grade for one in evidence.for_post(grade="Grade 7", role="Press")} == {"Grade 7"}


def test_people_of_one_grade_stand_in_no_other() -> None:
    from inclusive_ads.errors import EvidenceError

    rows = [
        f"T,2026-03-31,cs,{grade},,ethnicity,{g},{n},0,150"
        for grade in ("HEO", "SEO/HEO")
        for g, n in (("BME", 9), ("white", 141))
    ]
    with pytest.raises(EvidenceError, match="both hold HEO"):
        read_evidence("\n".join([HEAD, *rows]).encode())
