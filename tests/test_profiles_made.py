"""A profile begun by a command, a record drafted from figures, and how both stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from inclusive_ads import Checker, InputError, LexiconError, Settings, Vacancy
from inclusive_ads.cli import main
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.statements.drafting import add_records, draft_records, new_profile
from inclusive_ads.statements.profiles import load_profile
from inclusive_ads.statements.standing import standings

EXAMPLES = Path(__file__).parent.parent / "examples"
FIGURES = ["--representation", str(EXAMPLES / "representation.csv"), "--comparators", str(EXAMPLES / "comparators.csv")]
POST = ["--grade", "Grade 7", "--role", "Private Office", "--location", "London"]
WRITTEN = {
    "goals": "More applications.",
    "proportionality": "Encouragement only.",
    "progress": "Every six months.",
    "consultation": "The networks saw it.",
    "duration": "Twelve months.",
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, text: str | None = None) -> Result:
        result = CliRunner().invoke(main, arguments, input=text, prog_name="inclusive-ads")
        assert "a fault of ours" not in result.output
        return result

    return call


def finish(path: Path) -> None:
    """What only people can write."""
    text = path.read_text()
    for name, words in WRITTEN.items():
        assert f"    {name}: ''  #" in text
        text = text.replace(f"    {name}: ''  #", f"    {name}: {words}  #")
    text = text.replace("approved_by: ''", "approved_by: Alex Morgan")
    text = text.replace("# approved_on: 2026-01-31", "approved_on: 11 May 2026")
    path.write_text(text)


def test_from_figures_to_an_inserted_statement_without_writing_a_profile_by_hand(run: Callable[..., Result]) -> None:
    new = ["profile", "new", "own.yaml", "--title", "Department for Example", "--merit", "civil-service"]
    assert run(*new, "--value", "contact=Sam Okoro, 01632 960 123").exit_code == 0
    assert run("evidence", *FIGURES, *POST, "--record", "draft.yaml").exit_code == 0
    assert "1 record now" in run("profile", "add", "own.yaml", "draft.yaml").stdout
    first = run("profile", "check", "own.yaml", "--today", "1 June 2026")
    assert first.exit_code == 1
    assert "A draft: nothing is inserted on it." in first.stdout
    assert "Write down how progress is measured." in first.stdout
    advert = "Private Secretary, Grade 7, London\n\nYou run the office of a Minister. You plan the day with care.\n"
    what = ["statement", "-", "--profile", "own.yaml", *FIGURES, *POST, "--today", "2026-12-01"]
    assert "Department for Example" not in run(*what, text=advert).stdout.split("\n\n")[0]
    assert "Statement to insert (private-office" not in run(*what, text=advert).stdout
    finish(Path("own.yaml"))
    second = run("profile", "check", "own.yaml", "--today", "2026-06-01")
    assert "Approved by Alex Morgan on 11 May 2026; to be reviewed by 31 March 2027." in second.stdout
    assert "under-represented at Grade 7 in Private Office" in second.stdout
    assert "Statement to insert (private-office-grade-7-ethnic-minority)" in run(*what, text=advert).stdout
    late = run("profile", "check", "own.yaml", "--today", "1 May 2027")
    assert (late.exit_code, "review it, and give a new day" in late.stdout) == (1, True)
    early = run("profile", "check", "own.yaml", "--today", "1 May 2026")
    assert "still to come: 11 May 2026" in early.stdout


def test_records_are_added_below_those_that_are_there_with_their_comments(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text((EXAMPLES / "profile.yaml").read_text())
    run("evidence", *FIGURES, *POST, "--record", "draft.yaml")
    found = add_records(own, "draft.yaml")
    assert found.records[0].id == "private-office-grade-7-ethnicity"
    assert len(found.records) > 1
    text = own.read_text()
    assert text.startswith("# A made-up department")
    assert "  #   interval_95:" in text
    before = own.read_bytes()
    with pytest.raises(LexiconError, match="stands twice"):
        add_records(own, "draft.yaml")
    assert own.read_bytes() == before
    own.write_text(
        "records: []\n" + own.read_text().replace("records:", "values_old:", 1).replace("values_old", "about")
    )
    with pytest.raises((InputError, LexiconError)):
        add_records(own, "draft.yaml")


def test_a_draft_holds_every_supported_group_that_a_statement_can_name_and_no_other() -> None:
    evidence = read_evidence(EXAMPLES / "representation.csv", EXAMPLES / "comparators.csv").at("London")
    groups = evidence.for_post(grade="Grade 7", role="Private Office")
    text = draft_records(groups)
    supported = [one.group for one in groups if one.supported]
    assert supported
    for one in groups:
        assert (f"    - {one.group}\n" in text) == (one.group in supported)
    with pytest.raises(InputError, match="support no statement"):
        draft_records([one for one in groups if not one.supported])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["own.txt", "--title", "T"], "Name it own.yaml"),
        (["own.yaml"], "Give --title"),
        (["there.yaml", "--title", "T"], "is there already"),
        (["own.yaml", "--title", "T", "--like", "none"], "no profile"),
        (["own.yaml", "--title", "T", "--merit", "none"], "no merit line"),
        (["own.yaml", "--title", "T", "--statement", "none"], "no statement"),
        (["own.yaml", "--title", "T", "--value", "none=x"], "no value"),
        (["own.yaml", "--title", "T", "--value", "contact"], "NAME=TEXT"),
    ],
)
def test_a_profile_that_cannot_be_made_is_not_begun(
    run: Callable[..., Result], arguments: list[str], said: str
) -> None:
    Path("there.yaml").write_text("x")
    result = run("profile", "new", *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True)
    assert [path.name for path in Path().iterdir()] == ["there.yaml"]


@pytest.mark.parametrize("like", ["generic", "home-office", "nhs-trust"])
@pytest.mark.parametrize("title", ["Wye & Usk Trust", "Adran: 'Enghraifft' #1", "日本 Office", "- x", "yes"])
def test_every_new_profile_loads_and_says_what_it_needs(tmp_path: Path, like: str, title: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(new_profile(title, like=like))
    found = load_profile(path)
    assert (found.title, found.organisation, found.records) == (title, title, ())
    assert any(one.todo for one in standings(found, date(2026, 6, 1)))
    checker = Checker(Settings(profile=str(path)))
    report = checker.check("Clerk, Leeds\n\nYou answer letters.\n", vacancy=Vacancy(contact="Jo, 01632 960 123"))
    assert "Jo, 01632 960 123" in report.improved


@pytest.mark.parametrize("draft", ["", "records: []\n", "notes: x\n", "records:\n  - id: x\n", "\x00"])
def test_a_draft_that_holds_nothing_changes_nothing(run: Callable[..., Result], draft: str) -> None:
    run("profile", "new", "own.yaml", "--title", "T")
    Path("draft.yaml").write_text(draft)
    before = Path("own.yaml").read_bytes()
    assert run("profile", "add", "own.yaml", "draft.yaml").exit_code == 2
    assert run("profile", "add", "own.yaml", "none.yaml").exit_code == 2
    assert run("profile", "add", "none.yaml", "draft.yaml").exit_code == 2
    assert Path("own.yaml").read_bytes() == before
    assert sorted(path.name for path in Path().iterdir()) == ["draft.yaml", "own.yaml"]


def test_a_record_is_about_a_grade_and_a_day_has_its_year(run: Callable[..., Result]) -> None:
    assert "Give --grade" in run("evidence", *FIGURES, "--record", "draft.yaml").stderr
    assert run("profile", "check", "generic", "--today", "soon").exit_code == 2
    run("profile", "new", "own.yaml", "--title", "T")
    run("evidence", *FIGURES, *POST, "--record", "draft.yaml")
    draft = Path("draft.yaml")
    draft.write_text(draft.read_text().replace("evidence_date: 2026-03-31", "evidence_date: 31 March"))
    result = run("profile", "add", "own.yaml", "draft.yaml")
    assert (result.exit_code, "draft.yaml" in result.stderr) == (2, True)
