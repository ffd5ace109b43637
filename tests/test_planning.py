"""The one plan of edits: what comes first, what gives way, and that every door makes the same of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from desk_pages import caller, carried, press
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads import Checker, Document, Settings, Vacancy, apply_edits, new_word, plan
from inclusive_ads.cli import main
from inclusive_ads.outcomes import Severity
from inclusive_ads.render.word import write_word
from inclusive_ads.report import ChosenStatement, Edit, Finding, StatementChoice, Suggestion

EXAMPLES = Path(__file__).parents[1] / "examples"
PLAIN = Document.from_text("The cat sat on the mat.\n\nIt slept.\n")


def edit(start: int, end: int, text: str) -> Edit:
    return Edit(start=start, end=end, text=text)


def finding(number: int, *ways: tuple[str, list[Edit]], kept: dict[str, str] | None = None) -> Finding:
    """A finding with suggestions (safety, edits), as far as a plan looks at it."""
    suggestions = tuple(Suggestion(text="", edits=tuple(edits), safety=safety, sentence="") for safety, edits in ways)
    about = dict.fromkeys(("text", "phrase", "entry", "category", "form", "message", "why", "evidence", "advice"), "")
    return Finding(
        number=number,
        start=0,
        end=1,
        sentence_start=0,
        sentence_end=1,
        severity=Severity.STYLE,
        suggestions=suggestions,
        kept=kept,
        affects=(),
        characteristics=(),
        sources=(),
        **about,
    )


def way(start: int, end: int, text: str, safety: str) -> tuple[str, list[Edit]]:
    return safety, [edit(start, end, text)]


def statement(text: str, start: int, replaces: tuple[int, int] | None = None) -> StatementChoice:
    chosen = ChosenStatement(id="s", kind="k", groups=(), text=text, start=start, reasons=(), replaces=replaces)
    return StatementChoice(chosen=(chosen,))


def texts(edits: tuple[Edit, ...]) -> list[str]:
    return [each.text for each in edits]


SAFE = finding(1, way(8, 9, "a", "safe"), way(8, 9, "b", "review"))
LOOK = finding(2, way(4, 5, "c", "review"), way(4, 5, "d", "safe"))
NONE = finding(3)
LAST = finding(4, way(0, 1, "e", "safe"))


def test_safe_first_suggestions_are_taken_in_order_of_place() -> None:
    assert texts(plan(PLAIN, [SAFE, LOOK, NONE, LAST])) == ["e", "a"]
    assert texts(plan(PLAIN, [SAFE, LOOK, NONE, LAST], take_all=True)) == ["e", "c", "a"]


def test_what_a_person_took_or_left_is_heeded_and_the_rest_goes_on() -> None:
    found = [NONE, SAFE, LOOK, LAST]
    assert texts(plan(PLAIN, found, choices={1: 1})) == ["e", "b"]
    assert texts(plan(PLAIN, found, choices={2: 0})) == ["e", "c", "a"]
    assert texts(plan(PLAIN, found, choices={1: -1})) == ["e"]
    assert texts(plan(PLAIN, found, choices={1: -1}, take_all=True)) == ["e", "c"]
    assert texts(plan(PLAIN, found, choices={1: 2, 2: 7})) == ["e"]


def test_what_is_kept_stays_unless_a_person_takes_a_suggestion_all_the_same() -> None:
    kept = finding(1, way(8, 9, "a", "safe"), kept={"reason": "a name"})
    assert texts(plan(PLAIN, [kept, LAST])) == ["e"]
    assert texts(plan(PLAIN, [kept, LAST], take_all=True)) == ["e"]
    assert texts(plan(PLAIN, [kept, LAST], choices={1: 0})) == ["e", "a"]


def test_of_two_that_touch_the_chosen_one_is_made_and_else_the_first() -> None:
    first, second = finding(1, way(3, 6, "a", "safe")), finding(2, way(5, 8, "b", "safe"), way(5, 8, "c", "review"))
    assert texts(plan(PLAIN, [second, first])) == ["a"]
    assert texts(plan(PLAIN, [first, second], choices={2: 1})) == ["c"]
    assert texts(plan(PLAIN, [first, second], choices={2: -1})) == ["a"]


def test_where_a_statement_goes_the_wording_gives_way() -> None:
    new = statement("It rests.", start=25, replaces=(25, 34))
    inside = finding(1, way(28, 33, "sleeps", "safe"))
    assert texts(plan(PLAIN, [inside], new)) == ["It rests."]
    assert texts(plan(PLAIN, [inside], new, {1: 0})) == ["It rests."]
    assert texts(plan(PLAIN, [inside], StatementChoice())) == ["sleeps"]
    assert texts(plan(PLAIN, [inside])) == ["sleeps"]


def test_what_would_leave_a_wrong_article_beside_another_change_gives_way(checker: Checker) -> None:
    text = "We are looking for a salary is dependent on experience, odd-job man cook."
    every = plan(Document.from_text(text), checker.check(text).findings, take_all=True)
    assert apply_edits(text, every) == "We are looking for an odd-job man cook."


def test_half_a_suggestion_is_never_made() -> None:
    """A new subject without its verb would be worse than the wording that was there."""
    new = statement("It rests.", start=25, replaces=(25, 34))
    both = finding(1, ("safe", [edit(4, 7, "cats"), edit(28, 33, "sleep")]))
    assert texts(plan(PLAIN, [both], new)) == ["It rests."]
    # What the larger one left free is there for the next.
    assert texts(plan(PLAIN, [both, finding(2, way(4, 7, "dog", "safe"))], new)) == ["dog", "It rests."]


@given(
    places=st.lists(st.tuples(st.integers(0, 34), st.integers(0, 6), st.sampled_from(["safe", "review"])), max_size=8),
    choices=st.dictionaries(st.integers(1, 8), st.integers(-1, 1)),
    take_all=st.booleans(),
    insert=st.booleans(),
)
def test_whatever_is_chosen_the_plan_can_be_carried_out(
    places: list[tuple[int, int, str]], choices: dict[int, int], take_all: bool, insert: bool
) -> None:
    found = [
        finding(number, way(start, min(start + length, 34), "x", safety))
        for number, (start, length, safety) in enumerate(places, 1)
    ]
    new = statement("We welcome you.", start=23) if insert else None
    planned = plan(PLAIN, found, new, choices, take_all=take_all)
    assert list(planned) == sorted(planned, key=lambda each: (each.start, each.end))
    assert ("We welcome you." in apply_edits(PLAIN.source, planned)) is insert


# Every door


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return caller(Settings())


ADVERTS = {
    "the example": (EXAMPLES / "private-office.txt").read_text(encoding="utf-8"),
    "a statement in the way": (
        "Team leader\n\nThe chairman leads the team. He will hold a clean driving licence.\n\n"
        "We are an equal opportunities employer and he or she will be happy to hear from all.\n\n"
        "How to apply\n\nSend your CV. An enhanced CRB check is needed.\n"
    ),
    "nothing to do": "We welcome you.",
}


@pytest.mark.parametrize("text", ADVERTS.values(), ids=ADVERTS)
def test_every_door_makes_the_same_advert(text: str, checker: Checker, client: FlaskClient, tmp_path: Path) -> None:
    document = Document.from_text(text)
    report = checker.check(document, vacancy=Vacancy(location="Leeds"))
    (tmp_path / "advert.txt").write_text(text, encoding="utf-8")
    fix = CliRunner().invoke(main, ["fix", str(tmp_path / "advert.txt"), "--location", "Leeds"])
    api = client.post("/api/v2/fix", json={"text": text, "post": {"location": "Leeds"}}).get_json()
    begun = client.post("/result", data={"advert": text, "profile": "generic", "location": "Leeds"})
    page = client.post("/download", data={**carried(press(client, begun, "safe")), "kind": "txt"})
    assert fix.exit_code == 0, fix.output
    assert page.status_code == 200
    assert fix.stdout == api["text"] == page.data.decode() == report.improved
    assert [{name: one[name] for name in ("start", "end", "text")} for one in api["changes"]] == [
        {"start": e.start, "end": e.end, "text": e.text} for e in plan(document, report.findings, report.statements)
    ]


def test_word_gets_the_same_plan_as_tracked_changes(checker: Checker, tmp_path: Path) -> None:
    made = Document.from_text(ADVERTS["the example"])
    (tmp_path / "advert.docx").write_bytes(new_word(made))
    document = Document.from_file(tmp_path / "advert.docx")
    report = checker.check(document, vacancy=Vacancy(location="Leeds"))
    arguments = ["fix", str(tmp_path / "advert.docx"), "-o", str(tmp_path / "out.docx"), "--location", "Leeds"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    tracked = Document.from_file(tmp_path / "out.docx").source
    edits = plan(document, report.findings, report.statements)
    assert tracked == Document.from_bytes(write_word(document, edits), name="a.docx").source
    assert tracked.split() == apply_edits(document.source, edits).split()
