"""What became of applicants: intervals against other sums, who is before and after, and what is never told."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from workbook_files import xlsx

from inclusive_ads.cli import main
from inclusive_ads.errors import EvidenceError, SettingsError
from inclusive_ads.evidence.change_words import outcome_picture, outcome_rows, outcome_sentences, outcomes_said
from inclusive_ads.evidence.changes import Outcomes, read_outcomes
from inclusive_ads.evidence.periods import begins
from inclusive_ads.evidence.thresholds import load_thresholds

EXAMPLE = Path(__file__).parent.parent / "examples" / "campaigns.csv"
LIMITS = load_thresholds()
STEPS = ("applied", "shortlisted", "appointed")
HEAD = "campaign,statement,group,applied,shortlisted,appointed"
BOTH = ("BME", "white")
Three = tuple[int, int, int]


def sheet(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def before_and_after(before: Mapping[str, Three], after: Mapping[str, Three]) -> bytes:
    """Group → applied, shortlisted, appointed."""
    return sheet(
        *(
            f"{name},{had},{group},{','.join(map(str, three))}"
            for name, had, groups in (("Old", "no", before), ("New", "yes", after))
            for group, three in groups.items()
        )
    )


def all_that_is_told(outcomes: Outcomes) -> str:
    return outcomes_said(outcomes, LIMITS) + repr(outcome_rows(outcomes, LIMITS)) + outcome_picture(outcomes, LIMITS)


# The answer


def test_the_question_of_a_board_is_answered_in_words() -> None:
    data = before_and_after({"BME": (30, 12, 6), "white": (120, 60, 30)}, {"BME": (45, 20, 9), "white": (105, 52, 25)})
    (change,) = read_outcomes(data).groups
    sentences = outcome_sentences(change, LIMITS)
    assert sentences[0].startswith("30 of 150 applicants before, 45 of 150 after: +10 points (0 to 20).")
    assert "may be chance" in sentences[0]
    assert "one of 5 points with about 1,100 and one of 10 points with about 300 applicants in each" in sentences[-1]
    assert change.ratio_before is not None
    assert change.ratio_before.value == round((30 / 60) / (6 / 12), 2)
    assert change.ratio_after is not None
    assert change.ratio_after.value == round((25 / 52) / (9 / 20), 2)


@pytest.mark.parametrize(
    ("after", "meaning"), [(90, "more than chance"), (18, "a fall of more than chance"), (34, "may be chance")]
)
def test_what_a_range_means_is_said_and_a_cause_never(after: int, meaning: str) -> None:
    before = {"BME": (60, 20, 10), "white": (240, 80, 40)}
    later = {"BME": (2 * after, 18, 9), "white": (300 - 2 * after, 90, 40)}
    data = before_and_after(before, later)
    told = outcomes_said(read_outcomes(data), LIMITS)
    assert meaning in told.split("\n")[6]
    assert "Not controlled" in told
    for word in ("because of the", "caused", "led to", "thanks to", "effect", "worked", "proves", "significant"):
        assert word not in told


def test_the_example_stands_beside_the_campaigns_without_the_change() -> None:
    found = read_outcomes(EXAMPLE)
    rows = {(change.changed, step.name): step for change in found.groups for step in change.steps}
    assert len(found.groups) == 2
    assert (rows[True, "applied"].before.people, rows[True, "applied"].before.known) == (102, 535)
    assert (rows[False, "applied"].after.people, rows[False, "applied"].after.known) == (107, 458)


# Before and after


def campaign_rows(*told: str, head: str) -> bytes:
    """Rows that begin as told; BME and white applicants of each, in numbers that say which row they are of."""
    rows = [
        f"{start},{group},{count + 10 * number},60,20"
        for number, start in enumerate(told)
        for group, count in (("BME", 100), ("white", 200))
    ]
    return sheet(*rows, head=f"{head},group,applied,shortlisted,appointed")


def applied(outcomes: Outcomes) -> list[tuple[bool, int | None, int | None]]:
    return [(one.changed, one.steps[0].before.people, one.steps[0].after.people) for one in outcomes.groups]


@pytest.mark.parametrize(
    ("head", "told", "options", "expected"),
    [
        ("statement", ["no", "yes"], {}, [(True, 100, 110)]),
        ("new wording", ["Before", "AFTER"], {}, [(True, 100, 110)]),
        ("before or after,month", ["before,May", "after,June"], {}, [(True, 100, 110)]),
        ("month", ["2025-11", "2025-12", "Jan 2026"], {"since": date(2026, 1, 1)}, [(True, 210, 120)]),
        # Campaigns do not recur: all that was before stands before both.
        (
            "month,campaign,statement",
            ["2025-11,A,no", "2026-01,B,yes", "2026-02,C,no"],
            {},
            [(True, 100, 110), (False, 100, 120)],
        ),
        # They recur: each is followed.
        (
            "month,campaign,statement",
            ["2025-11,A,no", "2025-11,B,no", "2026-01,A,yes", "2026-01,B,no"],
            {},
            [(True, 100, 120), (False, 110, 130)],
        ),
        # One came later than the other, and its rows until then are before.
        (
            "month,campaign,statement",
            ["2025-11,A,no", "2026-01,A,yes", "2026-01,B,no", "2026-02,B,yes"],
            {},
            [(True, 100 + 120, 110 + 130)],
        ),
        # The column says whose campaign had it at last, and another says when.
        (
            "when,statement",
            ["before,yes", "after,yes", "before,no", "after,no"],
            {},
            [(True, 100, 110), (False, 120, 130)],
        ),
        (
            "quarter,campaign",
            ["Q3 2025,A", "Q1 2026,A", "Q3 2025,B", "Q1 2026,B"],
            {"since": date(2026, 1, 1), "campaigns": ["a"]},
            [(True, 100, 110), (False, 120, 130)],
        ),
    ],
)  # fmt: skip
def test_before_and_after_are_told_apart(
    head: str, told: list[str], options: dict[str, object], expected: list[tuple[bool, int, int]]
) -> None:
    data = campaign_rows(*told, head=head)
    assert applied(read_outcomes(data, **options)) == expected  # type: ignore[arg-type]


def test_rows_from_after_a_campaign_gave_the_change_up_are_left_out_and_said() -> None:
    data = campaign_rows("2025-11,A,no", "2026-01,A,yes", "2026-02,A,no", head="month,campaign,statement")
    found = read_outcomes(data)
    assert applied(found) == [(True, 100, 110)]
    assert any(note.startswith("2 rows were left out") for note in found.notes)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01", (2026, 1, 1)),
        ("01/2026", (2026, 1, 1)),
        ("2026/3", (2026, 3, 1)),
        ("January 2026", (2026, 1, 1)),
        ("Sept 2026", (2026, 9, 1)),
        ("jan-26", (2026, 1, 1)),
        ("2026 March", (2026, 3, 1)),
        ("2025-26", (2025, 4, 1)),
        ("2025/26", (2025, 4, 1)),
        ("2025-2026", (2025, 4, 1)),
        ("Q1 2026", (2026, 1, 1)),
        ("2026 Q4", (2026, 10, 1)),
        ("Q4 2025-26", (2026, 1, 1)),
        ("2026", (2026, 1, 1)),
        ("2026-01-15", (2026, 1, 15)),
        ("15 January 2026", (2026, 1, 15)),
        ("2026-13", None),
        ("2025-27", None),
        ("Mars 2026", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_period_begins_on_a_day(text: str, day: tuple[int, int, int] | None) -> None:
    assert begins(text) == (date(*day) if day else None)


# Files as people have them


def test_stages_may_stand_in_rows_and_the_file_may_be_a_workbook() -> None:
    wide = before_and_after({"BME": (30, 12, 6), "white": (120, 60, 30)}, {"BME": (45, 20, 9), "white": (105, 52, 25)})
    rows = list(csv.reader(io.StringIO(wide.decode())))
    long = [["Campaign", "Statement", "Ethnicity", "Stage", "Number"]]
    for row in rows[1:]:
        long += [[*row[:3], stage, count] for stage, count in zip(STEPS, row[3:], strict=True)]
    as_long = "\n".join(",".join(row) for row in long).encode()
    book = xlsx({"Notes": [["Made up"]], "Applicants": [["Applicants by campaign"], [], *rows]})
    told = [outcome_rows(read_outcomes(data), LIMITS) for data in (wide, as_long, book)]
    assert told[0] == told[1] == told[2]


def test_codes_of_the_staff_record_are_added_up() -> None:
    labels = {
        "A White - British": 200,
        "B White - Irish": 100,
        "H Asian or Asian British - Indian": 60,
        "M Black or Black British - Caribbean": 40,
        "Z Not Stated": 50,
    }
    rows = [f"{start},{label},{count},40,10" for start in ("Old,no", "New,yes") for label, count in labels.items()]
    found = read_outcomes(sheet(*rows, head="campaign,statement,ethnic origin,applied,shortlisted,appointed"))
    assert applied(found) == [(True, 100, 100)]
    assert found.groups[0].steps[0].before.known == 400


def test_the_unknown_are_in_no_share_and_many_of_them_are_told() -> None:
    data = sheet(
        "Old,no,BME,30,20,10", "Old,no,white,120,50,30", "Old,no,not stated,9,2,1",
        "New,yes,BME,45,20,10", "New,yes,white,105,50,30", "New,yes,not stated,200,2,1",
    )  # fmt: skip
    (change,) = read_outcomes(data).groups
    assert (change.steps[0].after.people, change.steps[0].after.known) == (45, 150)
    assert "may mislead" in outcome_sentences(change, LIMITS)[-1]
    assert not any("does not say" in note for note in read_outcomes(data).notes)


def test_a_campaign_without_a_row_for_a_group_is_told() -> None:
    found = read_outcomes(sheet(*GOOD, "Later,yes,white,20,10,5"))
    assert "1 campaign or period has no row for a group that others have: counted as nobody." in found.notes


GOOD = ["Old,no,BME,30,20,10", "Old,no,white,120,50,30", "New,yes,BME,45,20,10", "New,yes,white,105,50,30"]


@pytest.mark.parametrize(
    ("change", "row", "column", "said"),
    [
        ({0: "Old,no,BME,30,40,10"}, 2, "shortlisted", "More people"),
        ({1: "Old,no,white,120,50,60"}, 3, "appointed", "More people"),
        ({1: "Old,no,white,120,50,"}, 3, "appointed", "blank"),
        ({1: "Old,no,white,12%,5,2"}, 3, "applied", "percentage"),
        ({1: "Old,no,white,12.5,5,2"}, 3, "applied", "whole number"),
        ({1: "Old,no,white,[c],5,2"}, 3, "applied", "cannot be added up"),
        ({1: "Old,perhaps,white,120,50,30"}, 3, "statement", "does not say"),
        ({1: "Old,,white,120,50,30"}, 3, "statement", "blank"),
        ({1: "Old,no,,120,50,30"}, 3, "group", "blank"),
        ({1: "Old,no,BME,31,20,10"}, 3, "group", "given twice"),
        ({1: "Old,no,Asian,31,20,10"}, 2, "group", "counted twice"),
        ({0: "Old,no,ethnic minorty,31,20,10"}, 1, "group", "no row for 'BME' before"),
        ({2: "New,yes,white,45,20,10", 3: "New,yes,unknown,1,1,1"}, 1, "group", "no row for 'BME' after"),
        ({1: "Old,no,unknown,31,20,10", 3: "New,yes,unknown,31,20,10"}, 1, "group", "only group"),
        ({2: "New,no,BME,45,20,10", 3: "New,no,white,105,50,30"}, 1, "", "after the change"),
        ({0: "Old,yes,BME,30,20,10", 1: "Old,yes,white,120,50,30"}, 1, "", "before the change"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_row_and_column(
    change: dict[int, str], row: int, column: str, said: str
) -> None:
    rows = [change.get(number, line) for number, line in enumerate(GOOD)]
    with pytest.raises(EvidenceError, match=said) as caught:
        read_outcomes(sheet(*rows))
    assert (caught.value.row, caught.value.column) == (row, column)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("head", "row", "column"),
    [
        ("campaign,statement,group,applied,shortlisted", "A,no,BME,1,1", "appointed"),
        ("group,applied,shortlisted,appointed", "BME,1,1,1", "period"),
        ("campaign,statement,applied,shortlisted,appointed", "A,no,1,1,1", "group"),
        ("campaign,group,stage", "A,BME,applied", "count"),
    ],
)
def test_a_column_that_is_missing_is_named(head: str, row: str, column: str) -> None:
    with pytest.raises(EvidenceError, match="column is missing") as caught:
        read_outcomes(sheet(row, head=head))
    assert caught.value.column == column


def test_one_row_a_person_is_refused() -> None:
    rows = [f"C{number},{'yes' if number % 2 else 'no'},BME,1,{number % 2},0" for number in range(30)]
    with pytest.raises(EvidenceError, match="list of people"):
        read_outcomes(sheet(*rows))


ODD = ["", "0", "[c]", "-1", "%", "Total", "unknown", "yes", "é", '"', "\n", "9" * 30, "=1"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.sampled_from(ODD)), min_size=1, max_size=4))
def test_spoilt_cells_are_read_or_refused_and_nothing_else(changes: list[tuple[int, int, str]]) -> None:
    rows = [line.split(",") for line in [HEAD, *GOOD]]
    for row, column, value in changes:
        rows[row][column] = value
    try:
        told = all_that_is_told(read_outcomes("\n".join(",".join(row) for row in rows).encode()))
    except EvidenceError as error:
        told = f"{error.message}{error.remedy}" if error.remedy else ""
    assert told


# What is never told


def small_numbers(before: Mapping[str, Three], after: Mapping[str, Three]) -> None:
    """An attacker who reads every row of the output and knows the rules leaves each small number in doubt."""
    found = read_outcomes(before_and_after(before, after), groups=[*before])
    told = outcome_rows(found, LIMITS)
    groups = list(before)
    ids = {LIMITS.group(group): group for group in groups}
    keys = [(time, kind, group) for time in ("before", "after") for kind in range(3) for group in groups]
    truth = {
        (time, kind, group): three[group][kind] - (three[group][kind + 1] if kind < 2 else 0)
        for time, three in (("before", before), ("after", after))
        for kind in range(3)
        for group in groups
    }
    rows: list[list[float]] = []
    low: list[float] = []
    high: list[float] = []

    def add(time: str, first: int, whose: list[str], least: float, most: float) -> None:
        rows.append([float(t == time and k >= first and g in whose) for t, k, g in keys])
        low.append(least)
        high.append(most)

    for row in told:
        first, mine = STEPS.index(row["step"]), ids[row["group"]]
        for time in ("before", "after"):
            value, known = row[time], row[f"{time}_of"]
            beside = [other[time] for other in told if other["step"] == row["step"]]
            if known is not None:
                assert known >= 10
                add(time, first, groups, known, known)
            if isinstance(value, int):
                assert value >= 5
                assert row[f"{time}_share"] == round(value / known, 4)
                add(time, first, [mine], value, value)
            else:
                assert row[f"{time}_share"] is None
                assert row["points"] is None
                if value:
                    add(time, first, [mine], 0, 4)
                elif "fewer than 5" in beside:
                    add(time, first, [mine], 5, math.inf)
    for time in ("before", "after"):
        for group in groups:
            for first, last in ((0, 3), (1, 3), (2, 3), (0, 1), (1, 2), (0, 2)):
                places = [(t == time and first <= k < last and g == group) for t, k, g in keys]
                if sum(count for count, here in zip(truth.values(), places, strict=True) if here) >= 5:
                    continue
                ends = []
                for sign in (1.0, -1.0):
                    goal = [sign * here for here in places]
                    limits = [LinearConstraint(rows, low, high)] if rows else []
                    solved = milp(goal, integrality=[1] * len(keys), bounds=Bounds(0, 10_000), constraints=limits)
                    assert solved.status == 0
                    ends.append(sign * round(solved.fun))
                assert ends[1] - ends[0] >= 2, (time, group, first, last)


def three_steps() -> st.SearchStrategy[Three]:
    few_or_many = st.one_of(st.integers(0, 7), st.integers(5, 90))
    return st.tuples(few_or_many, few_or_many, few_or_many).map(lambda gone: (sum(gone), sum(gone[1:]), gone[2]))


@st.composite
def recruitments(draw: st.DrawFn) -> tuple[dict[str, Three], dict[str, Three]]:
    groups = draw(st.sampled_from([BOTH, ("Asian", "Black", "white"), ("women", "men")]))
    before, after = ({group: draw(three_steps()) for group in groups} for _ in range(2))
    return before, after


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(recruitments())
def test_no_small_number_can_be_worked_out(both: tuple[dict[str, Three], dict[str, Three]]) -> None:
    small_numbers(*both)


@pytest.mark.parametrize(
    ("minority", "white"),
    [
        ((30, 8, 6), (120, 60, 30)),  # two shortlisted and not appointed
        ((30, 27, 12), (120, 60, 30)),  # three not shortlisted
        ((30, 12, 3), (120, 60, 30)),
        ((3, 3, 3), (120, 60, 30)),
        ((30, 12, 6), (121, 60, 60)),
        ((30, 10, 10), (120, 60, 30)),
    ],
)
def test_the_difference_of_two_steps_gives_no_small_number_away(minority: Three, white: Three) -> None:
    small_numbers({"BME": minority, "white": white}, {"BME": (45, 20, 9), "white": (105, 52, 25)})


def test_the_attacker_would_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every number is released the attacker finds the small one: so the property above can fail."""
    from inclusive_ads.evidence.protection import Protector

    monkeypatch.setattr(Protector, "_safe", lambda *_: True)
    with pytest.raises(AssertionError):
        small_numbers({"BME": (30, 8, 6), "white": (120, 60, 30)}, {"BME": (45, 20, 9), "white": (105, 52, 25)})


def test_all_that_is_told_is_the_same_whatever_a_small_number_is() -> None:
    seen = set()
    for appointed in range(5):
        before = {"BME": (30, 12, appointed), "white": (120, 60, 40 - appointed)}
        seen.add(
            all_that_is_told(read_outcomes(before_and_after(before, {"BME": (45, 20, 9), "white": (105, 52, 25)})))
        )
    assert len(seen) == 1
    assert "fewer than 5 of 40 appointed before" in seen.pop()


def test_a_likelihood_takes_ten_shortlisted_and_five_appointed_in_both_groups() -> None:
    after = {"BME": (45, 20, 9), "white": (105, 52, 25)}
    for before in ({"BME": (30, 12, 4), "white": (120, 60, 30)}, {"BME": (60, 9, 4), "white": (120, 60, 30)}):
        (change,) = read_outcomes(before_and_after(before, after)).groups
        assert change.ratio_before is None
        assert change.ratio_after is not None
        assert "not told before, " in " ".join(outcome_sentences(change, LIMITS))


# The command


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["outcomes", *args])
    return result.exit_code, result.output


def test_the_command_says_it_as_text_numbers_rows_and_picture() -> None:
    code, text = run(str(EXAMPLE))
    assert code == 0
    assert "102 of 535 applicants before, 169 of 608 after: +9 points (4 to 14)." in text
    assert text.endswith("Guidance, not legal advice.\n")
    plain = json.loads(run(str(EXAMPLE), "--format", "json")[1])
    assert plain["note"].startswith("Not controlled")
    assert plain["groups"][0]["steps"][0]["before"] == {"people": 102, "known": 535, "hidden": ""}
    rows = list(csv.DictReader(io.StringIO(run(str(EXAMPLE), "--format", "csv")[1])))
    assert [row["points"] for row in rows][:2] == ["8.73", "12.0"]
    drawing = ET.fromstring(run(str(EXAMPLE), "--format", "svg")[1])
    assert "102 of 535 applicants before" in (drawing.findtext("{http://www.w3.org/2000/svg}desc") or "")


def test_a_hidden_number_has_no_bar() -> None:
    data = before_and_after({"BME": (30, 12, 6), "white": (120, 60, 30)}, {"BME": (45, 20, 3), "white": (105, 52, 25)})
    found = read_outcomes(data)
    assert found.groups[0].steps[2].after.hidden == "small"
    assert outcome_picture(found, LIMITS).count("<rect") == 3  # the background, applied and shortlisted


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--since", "soon"], "no month or day"),
        (["--campaign", "Kitchen"], "no campaign 'Kitchen'"),
        (["--group", "women"], "no group 'women'"),
        (["--since", "2030-01"], "after the change"),
        (["--since", "2001-01"], "before the change"),
    ],
)
def test_the_command_refuses_what_the_file_cannot_answer(args: list[str], said: str) -> None:
    code, output = run(str(EXAMPLE), *args)
    assert code == 2
    assert said in output
    assert "Traceback" not in output


def test_a_return_has_no_before_and_after() -> None:
    code, output = run(str(EXAMPLE.parent / "published" / "wres-return.csv"))
    assert code == 2
    assert "one period only" in output


def test_a_campaign_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(SettingsError, match="Estates HEO"):
        read_outcomes(EXAMPLE, campaigns=["Kitchen"])
