"""From files to results: comparators, Holm, unknowns, recruitment, pictures, the examples and the documentation."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.pictures import picture, table
from inclusive_ads.evidence.sentences import chance_text, percent
from inclusive_ads.evidence.statistics import binomial_chance, hypergeometric_chance, wilson
from inclusive_ads.evidence.values import Evidence, GradedGroup

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
HEAD = "org,snapshot_date,scheme,grade,role_family,characteristic,group,count,unknown,total"
RECRUIT = "period,grade,characteristic,group,applied,shortlisted,appointed\n"


def sheet(*grades: tuple[str, int, int, int], scheme: str = "cs", role: str = "") -> bytes:
    """One characteristic, two groups: grade, ethnic minority, white, unknown."""
    rows = [HEAD]
    for grade, minority, white, unknown in grades:
        for group, count in (("ethnic minority", minority), ("white", white)):
            total = minority + white + unknown
            rows.append(f"Test,2026-03-31,{scheme},{grade},{role},ethnicity,{group},{count},{unknown},{total}")
    return "\n".join(rows).encode()


def minority(evidence: Evidence, grade: str, role: str = "") -> GradedGroup:
    return next(graded for graded in evidence.for_post(grade=grade, role=role) if graded.group == "ethnic-minority")


def example() -> Evidence:
    return read_evidence(
        EXAMPLES / "representation.csv",
        EXAMPLES / "comparators.csv",
        EXAMPLES / "recruitment.csv",
        today=date(2026, 11, 22),
    )


def test_the_feeder_grade_is_tested_by_the_binomial() -> None:
    graded = minority(read_evidence(sheet(("SEO", 300, 900, 0), ("Grade 7", 20, 130, 0))), "Grade 7")
    assert graded.comparator == "SEO"
    assert graded.record["test"]["method"] == "binomial, exact, one-sided"
    assert graded.record["test"]["chance"] == chance_text(binomial_chance(20, 150, 0.25))
    assert graded.record["test"]["index"] == round(20 / 150 / 0.25, 2)
    assert graded.record["figures"]["interval_95"] == [percent(end) for end in wilson(20, 150)]
    assert (graded.level, graded.share, graded.comparator_share) == ("strong", 20 / 150, 0.25)


def test_a_grade_that_is_part_of_the_whole_is_tested_by_the_hypergeometric() -> None:
    graded = minority(
        read_evidence(sheet(("SEO", 300, 900, 0), ("Grade 7", 29, 131, 0)), comparator="organisation"), "Grade 7"
    )
    assert graded.comparator == "the whole organisation"
    assert graded.record["test"]["method"] == "hypergeometric, exact, one-sided"
    assert graded.record["test"]["chance"] == chance_text(hypergeometric_chance(29, 160, 329, 1360))
    assert graded.record["wres_indicator_1"]["points"] == round(100 * (29 / 160 - 329 / 1360), 1)
    assert "below 0" in graded.record["wres_indicator_1"]["direction"]


def test_the_nhs_compares_with_the_whole_workforce_first() -> None:
    data = sheet(("Band 7", 300, 900, 0), ("Band 8a", 29, 131, 0), scheme="afc")
    assert minority(read_evidence(data), "Band 8a").comparator == "the whole organisation"
    assert minority(read_evidence(data, comparator="feeder"), "Band 8a").comparator == "Band 7"


def test_a_comparator_may_be_chosen_by_name() -> None:
    data = sheet(("SEO", 300, 900, 0), ("Grade 7", 29, 131, 0))
    compare = b"name,characteristic,group,share,n,source,date\nTown,ethnicity,BME,40%,,Census,2021\n"
    assert minority(read_evidence(data, compare), "Grade 7").comparator == "SEO"
    graded = minority(read_evidence(data, compare, comparator="town"), "Grade 7")
    assert (graded.comparator, graded.record["comparator"]["source"]) == ("Town", "Census")
    assert graded.record["test"]["chance"] == chance_text(binomial_chance(29, 160, 0.4))
    none = minority(read_evidence(data, compare, comparator="elsewhere"), "Grade 7")
    assert (none.level, none.comparator) == ("insufficient", "")
    assert any("nothing to compare" in reason for reason in none.reasons)


def test_the_whole_organisation_from_elsewhere_must_hold_the_grade() -> None:
    data = sheet(("Grade 7", 60, 300, 0))
    compare = "name,characteristic,group,share,n,source,date\nWhole organisation,ethnicity,BME,{},{},Return,2026"
    graded = minority(read_evidence(data, compare.format("30%", 4000).encode()), "Grade 7")
    assert graded.record["test"]["method"] == "hypergeometric, exact, one-sided"
    assert graded.record["test"]["chance"] == chance_text(hypergeometric_chance(60, 360, 1200, 4000))
    with pytest.raises(EvidenceError, match="fewer people than Grade 7"):
        read_evidence(data, compare.format("95%", 400).encode())


def test_holm_is_over_the_groups_of_one_post() -> None:
    data = sheet(("SEO", 300, 900, 0), ("Grade 7", 25, 125, 0)).decode()
    more = "\n".join(
        row.replace("ethnicity", "sex").replace("ethnic minority", "women").replace("white", "men")
        for row in data.splitlines()[1:]
    )
    one, two = (
        minority(read_evidence(data.encode()), "Grade 7"),
        minority(read_evidence(f"{data}\n{more}".encode()), "Grade 7"),
    )
    chance = binomial_chance(25, 150, 0.25)
    assert one.record["test"]["chance_after_holm"] == chance_text(2 * chance)
    assert two.record["test"]["chance_after_holm"] == chance_text(4 * chance)
    assert (one.record["test"]["groups_looked_at"], two.record["test"]["groups_looked_at"]) == (2, 4)
    assert one.record["test"]["chance"] == two.record["test"]["chance"]


def test_unknowns_that_could_overturn_the_result_cost_one_grade() -> None:
    without = minority(read_evidence(sheet(("SEO", 300, 900, 0), ("Grade 7", 20, 130, 0))), "Grade 7")
    with_some = minority(read_evidence(sheet(("SEO", 300, 900, 0), ("Grade 7", 20, 130, 40))), "Grade 7")
    assert (without.level, with_some.level) == ("strong", "moderate")
    assert any("everyone unknown" in reason for reason in with_some.reasons)
    assert with_some.record["test"]["unknowns_could_overturn"] is True


def test_many_unknowns_are_insufficient() -> None:
    graded = minority(read_evidence(sheet(("SEO", 300, 900, 0), ("Grade 7", 20, 130, 65))), "Grade 7")
    assert (graded.level, graded.record["figures"]["unknown"]) == ("insufficient", "over 30%")
    assert minority(read_evidence(sheet(("SEO", 300, 900, 0), ("Grade 7", 2, 130, 0))), "Grade 7").level == "strong"


def test_ten_to_twenty_nine_people_are_indicative_at_best() -> None:
    rows = sheet(("SEO", 300, 300, 0), ("Grade 7", 5, 22, 0))
    graded = minority(read_evidence(rows), "Grade 7")
    assert (graded.level, graded.record["goal"]) == ("indicative", None)
    assert any("indicative at best" in reason for reason in graded.reasons)


def test_no_shortfall_is_no_evidence() -> None:
    graded = minority(read_evidence(sheet(("SEO", 300, 900, 0), ("Grade 7", 50, 100, 0))), "Grade 7")
    assert (graded.level, graded.supported, graded.record["goal"]) == ("none", False, None)
    assert "does not show" in graded.sentence


def test_hidden_numbers_of_the_publisher_are_taken_at_their_highest() -> None:
    data = sheet(("SEO", 300, 900, 0), ("Grade 7", 4, 196, 0)).replace(b"minority,4,0,200", b"minority,[c],0,200")
    hidden = minority(read_evidence(data), "Grade 7")
    own = minority(read_evidence(sheet(("SEO", 300, 900, 0), ("Grade 7", 1, 199, 0))), "Grade 7")
    assert hidden.level == own.level == "strong"
    assert hidden.hidden == "small"
    assert "196" not in json.dumps(read_evidence(data).to_dict())


def test_for_post() -> None:
    evidence = example()
    found = evidence.for_post(grade="g7", role="PRIVATE OFFICE")
    assert {graded.role for graded in found} == {"Private Office"}
    assert [graded.level.rank for graded in found] == sorted(graded.level.rank for graded in found)
    assert {graded.role for graded in evidence.for_post(grade="Grade 7")} == {""}
    assert {graded.role for graded in evidence.for_post(grade="Grade 7", role="Digital")} == {""}
    assert evidence.for_post(grade="Band 5") == ()
    assert evidence.for_post(grade="Grade 7", org="Another Department") == ()


def test_one_role_alone_answers_for_its_grade() -> None:
    evidence = read_evidence(sheet(("SEO", 300, 900, 0), ("Grade 7", 20, 130, 0), role="Private Office"))
    assert minority(evidence, "Grade 7").role == "Private Office"
    assert evidence.for_post(grade="Grade 7", role="Policy") == ()


def recruit(*rows: tuple[str, str, int, int]) -> bytes:
    return (
        RECRUIT
        + "\n".join(f"2025,{grade},ethnicity,{group},5000,{short},{hired}" for grade, group, short, hired in rows)
    ).encode()


def test_recruitment_stands_beside_the_result() -> None:
    data = sheet(("SEO", 300, 900, 0), ("Grade 7", 50, 100, 0))
    graded = minority(
        read_evidence(data, None, recruit(("Grade 7", "White", 780, 155), ("Grade 7", "BME", 210, 28))), "Grade 7"
    )
    assert graded.record["recruitment"] == {
        "wres_indicator_2": 1.49,
        "direction": "above 1 favours white",
        "grade": "Grade 7",
        "periods": ["2025"],
    }
    assert graded.level == minority(read_evidence(data), "Grade 7").level
    assert not any(number in json.dumps(graded.record) for number in ("155", "780", "210"))


@pytest.mark.parametrize("small", [("Grade 7", "BME", 9, 5), ("Grade 7", "BME", 200, 4)])
def test_small_recruitment_is_taken_over_all_grades_or_not_at_all(small: tuple[str, str, int, int]) -> None:
    data = sheet(("SEO", 300, 900, 0), ("Grade 7", 50, 100, 0))
    few = (("Grade 7", "White", 780, 155), small)
    assert minority(read_evidence(data, None, recruit(*few)), "Grade 7").record["recruitment"] is None
    more = (*few, ("SEO", "White", 100, 20), ("SEO", "BME", 100, 15))
    assert minority(read_evidence(data, None, recruit(*more)), "Grade 7").record["recruitment"]["grade"] == "all grades"


def test_everyone_else_is_the_reference_where_none_is_named() -> None:
    rows = "\n".join(
        f"2025,Grade 7,sex,{group},900,{short},{hired}" for group, short, hired in (("women", 100, 20), ("men", 50, 20))
    )
    data = sheet(("SEO", 300, 900, 0), ("Grade 7", 50, 100, 0)).replace(b"ethnicity", b"sex")
    data = data.replace(b"ethnic minority", b"women").replace(b"white", b"men")
    groups = {
        graded.group: graded
        for graded in read_evidence(data, None, (RECRUIT + rows).encode()).for_post(grade="Grade 7")
    }
    assert groups["women"].record["recruitment"]["wres_indicator_2"] == 2.0
    assert groups["women"].record["recruitment"]["direction"] == "above 1 favours everyone else"


def test_the_same_figures_in_another_order_give_the_same_result() -> None:
    lines = (EXAMPLES / "representation.csv").read_bytes().splitlines()
    turned = b"\n".join([lines[0], *reversed(lines[1:])])
    day = date(2026, 11, 22)
    assert (
        read_evidence(turned, today=day).to_dict()
        == read_evidence(EXAMPLES / "representation.csv", today=day).to_dict()
    )


def test_sex_and_gender_reassignment_stay_apart() -> None:
    data = (
        sheet(("SEO", 300, 900, 0))
        .decode()
        .replace("ethnicity,ethnic minority", "sex,women")
        .replace("ethnicity,white", "sex,men")
    )
    more = "\n".join(
        row.replace("ethnicity", "gender reassignment")
        .replace("ethnic minority", "trans people")
        .replace("white", "others")
        for row in sheet(("SEO", 30, 900, 0)).decode().splitlines()[1:]
    )
    groups = read_evidence(f"{data}\n{more}".encode()).groups
    assert {(graded.characteristic, graded.group) for graded in groups} == {
        ("sex", "women"),
        ("sex", "men"),
        ("gender-reassignment", "trans"),
        ("gender-reassignment", "others"),
    }


def test_records_can_be_written_and_read_again() -> None:
    plain = example().to_dict()
    assert yaml.safe_load(yaml.safe_dump(plain)) == plain
    assert json.loads(json.dumps(plain)) == plain


SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_says_in_words_what_it_shows() -> None:
    groups = example().for_post(grade="Grade 7", role="Private Office")
    root = ET.fromstring(picture(groups, title="Grade 7"))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Grade 7"
    description = root.findtext(f"{SVG}desc") or ""
    labels = [item.text or "" for item in root.iter(f"{SVG}text")]
    for graded in groups:
        assert graded.sentence in description
        assert any(percent(graded.share or 0) in label and f"({graded.level})" in label for label in labels)
    assert len(root.findall(f"{SVG}rect")) == 1 + len(groups)


def test_the_picture_and_the_table_escape_what_a_file_says() -> None:
    nasty = "<script>alert(1)</script>&\"'"
    data = (
        sheet(("SEO", 300, 900, 0), ("Grade 7", 20, 130, 0), role="ROLE")
        .decode()
        .replace("ROLE", '"' + nasty.replace('"', '""') + '"')
    )
    groups = read_evidence(data.encode()).groups
    drawn = picture(groups, title=nasty)
    assert "<script" not in drawn
    assert ET.fromstring(drawn).findtext(f"{SVG}title") == nasty
    assert "\x1b" not in table(read_evidence(sheet(("SEO", 300, 900, 0), role="a\u202eb\u009bc")).groups)


def test_an_empty_picture_and_table() -> None:
    assert "There are no figures." in picture(())
    ET.fromstring(picture(()))
    assert table(()).split() == ["Grade", "Role", "Group", "Share", "Comparator", "Result"]


def test_scipy_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, inclusive_ads.evidence; assert 'scipy' not in sys.modules and 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_the_examples_say_that_they_are_made_up() -> None:
    for name in ("representation", "comparators", "recruitment", "wres", "civil-service-statistics"):
        rows = (EXAMPLES / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
        assert rows
        assert all("made-up" in row.casefold() for row in rows), name


def test_the_example_department() -> None:
    graded = minority(example(), "Grade 7", "Private Office")
    assert (graded.level, graded.supported) == ("strong", True)
    assert graded.record["recruitment"]["wres_indicator_2"] == 1.49


def test_the_example_trust_and_statistics() -> None:
    trust = read_evidence(EXAMPLES / "wres.csv")
    assert minority(trust, "Band 8a", "Clinical").level == "strong"
    assert {graded.role for graded in trust.groups} == {"", "Clinical", "Non-clinical"}
    service = read_evidence(EXAMPLES / "civil-service-statistics.csv")
    assert minority(service, "G6").level == "moderate"
    assert any("publisher hid" in reason for graded in service.for_post(grade="SCS PB2") for reason in graded.reasons)


def test_the_sums_of_the_worked_example() -> None:
    text = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    made = minority(example(), "Grade 7", "Private Office").record
    sums = {
        "share": percent(11 / 150),
        "index": f"{11 / 150 / (31 / 140):.2f}",
        "gap": str(made["goal"]["gap"]),
        "ratio": f"{155 / 780 / (28 / 210):.2f}",
    }
    for name, value in sums.items():
        assert re.search(rf"<!-- {name} -->.*\*\*{re.escape(value)}\*\*", text), name


def test_the_documentation_names_every_threshold() -> None:
    text = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    settings = yaml.safe_load((ROOT / "lexicons" / "evidence.yaml").read_text(encoding="utf-8"))
    for section in ("small", "levels", "pooling", "goal"):
        for name in settings[section]:
            assert f"`{section}.{name}`" in text, (section, name)
