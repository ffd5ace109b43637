"""The diversity lens: a sheet that somebody without the tool fills in, and the small file that it saves."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from inclusive_ads import Checker, Document, InputError, Settings, review_sheet
from inclusive_ads.cli import main
from inclusive_ads.report import Report
from inclusive_ads.reviews import MOST_BYTES, OUTDATED, Review, load_review
from inclusive_ads_web import WebSettings, create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLES = Path(__file__).parent.parent / "examples"
ADVERT = "Clerk, Leeds\n\nNo women. You must hold a full driving licence from day one.\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments, prog_name="inclusive-ads")
        assert "a fault of ours" not in result.output
        return result

    return call


def review(report: Report, source: str = ADVERT, **more: Any) -> dict[str, Any]:
    remarks = [
        {"key": one.key(source), "about": one.phrase, "view": "disagree", "comment": f"On {one.phrase}."}
        for one in report.findings
    ]
    remarks += [{"key": one.key, "about": one.id, "view": "agree", "comment": ""} for one in report.statements.chosen]
    return {"review": 1, "advert": "a.txt", "by": "Ann Obi", "on": "2026-11-03", "remarks": remarks, **more}


def test_remarks_stand_beside_what_they_are_about_and_change_nothing(checker: Checker) -> None:
    text = ADVERT.replace("No women. ", "")
    first = checker.check(text)
    said = Review.model_validate(review(first, text))
    again = checker.check(text, reviews=[said, said.model_copy(update={"by": "Lee"})])
    assert (again.wording, again.complete, again.findings, again.improved) == (
        *(first.wording, first.complete),
        *(first.findings, first.improved),
    )
    (finding,) = again.findings
    assert [one.by for one in again.remarks_on(finding.number)] == ["Ann Obi", "Lee"]
    assert again.remarks_on(finding.number)[0].said == (f"Ann Obi does not agree (2026-11-03): On {finding.phrase}.")
    (statement, *_) = again.statements.chosen
    assert again.remarks_on(0, statement.id)[0].said == "Ann Obi agrees (2026-11-03)."
    json.dumps(again.to_dict())


def test_a_remark_on_what_has_changed_or_is_gone_is_told(checker: Checker) -> None:
    said = Review.model_validate(review(checker.check(ADVERT)))
    changed = checker.check(ADVERT.replace("from day one", "from the first day"), reviews=[said])
    outdated = [note for note in changed.notes if note.id == OUTDATED]
    assert any("full driving licence" in note.message for note in outdated)
    assert "Ann Obi does not agree" in outdated[0].why


def test_the_sheet_holds_findings_statements_and_the_six_points(run: Callable[..., Result]) -> None:
    Path("po.txt").write_text((EXAMPLES / "private-office.txt").read_text())
    figures = [
        "--representation",
        str(EXAMPLES / "representation.csv"),
        "--comparators",
        str(EXAMPLES / "comparators.csv"),
    ]
    post = ["--grade", "Grade 7", "--role", "Private Office", "--location", "London", "--today", "2026-12-01"]
    result = run("check", "po.txt", "--format", "review", "--profile", str(EXAMPLES / "profile.yaml"), *figures, *post)
    assert "private-office-grade-7-ethnicity" in result.stdout
    assert "The race equality network, the trade unions" in result.stdout
    assert result.stdout.count("<fieldset data-key=") > 10
    assert "http" not in result.stdout.split("<script>")[1]


HOSTILE = """Clerk </script><img src=x onerror=alert(1)>

An enhanced <b>CRB</b> check" onmouseover="x is needed. {{ 7 * 7 }}
"""


def test_somebody_fills_the_sheet_in_and_the_file_is_read_again(
    run: Callable[..., Result], browser: Browser, tmp_path: Path
) -> None:
    Path('a "b".txt').write_text(HOSTILE)
    sheet = run("check", 'a "b".txt', "--format", "review").stdout
    Path("sheet.html").write_text(sheet)
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text))
    page.goto((tmp_path / "sheet.html").as_uri())
    page.click("#save")
    assert page.inner_text("#problem") == "Enter your name."
    page.fill("#by", "Ann Obi, race network")
    page.click("#save")
    assert "Nothing is said yet" in page.inner_text("#problem")
    first = page.locator("fieldset").first
    first.locator("input[value=disagree]").check()
    first.locator("textarea").fill('Say "DBS" – we all do. </script>')
    page.locator("fieldset").last.locator("input[value=agree]").check()
    with page.expect_download() as download:
        page.click("#save")
    download.value.save_as("saved.json")
    assert download.value.suggested_filename.endswith(".review.json")
    assert "Saved as" in page.inner_text("#problem")
    page.close()
    assert problems == []
    said = load_review("saved.json")
    assert (said.by, said.on, len(said.remarks)) == ("Ann Obi, race network", date.today(), 2)
    again = run("check", 'a "b".txt', "--review", "saved.json")
    shown = " ".join(again.stdout.split())
    assert "Review: Ann Obi, race network does not agree" in shown
    assert 'Say "DBS" – we all do.' in shown
    assert "Review: Ann Obi, race network agrees" in shown
    page_of_html = run("check", 'a "b".txt', "--review", "saved.json", "--format", "html").stdout
    assert "<dt>Review</dt>" in page_of_html


def test_the_page_reads_a_review_and_gives_a_sheet(checker: Checker) -> None:
    client = create_app(WebSettings(page_rate="10000 per minute"), Settings()).test_client()

    def token(page: str) -> str:
        return page.split('name="csrf_token"')[1].split('value="')[1].split('"', maxsplit=1)[0]

    start = client.get("/").text
    saved = json.dumps(review(checker.check(ADVERT))).encode()
    form = {"csrf_token": token(start), "profile": "generic", "advert": ADVERT}
    result = client.post("/result", data={**form, "review": (io.BytesIO(saved), "a.review.json")}).text
    assert "Ann Obi does not agree (2026-11-03): On No women." in result
    carried = result.split('name="reviews"')[1].split('value="')[1].split('"')[0]
    source = result.split('name="source"')[1].split('value="')[1].split('"')[0]
    more = {"csrf_token": token(result), "do": "check", "source": source, "reviews": carried, "profile": "generic"}
    assert "On No women." in client.post("/result", data=more).text
    sheet = client.post("/download", data={**more, "kind": "review"})
    assert "<fieldset data-key=" in sheet.text
    for wrong in (b"x", b"{}", b"[1]", json.dumps({**review(checker.check(ADVERT)), "on": "soon"}).encode()):
        answer = client.post("/result", data={**form, "review": (io.BytesIO(wrong), "a.json")})
        assert answer.status_code == 422
        assert "is no review" in answer.text
    bad = client.post("/result", data={**more, "reviews": "%%%"})
    assert bad.status_code in (400, 422)


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"x", b"[]", b"{}", b"\xff\xfe", b"[" * 5000, b"9" * (MOST_BYTES + 1)),
        *(
            json.dumps({"review": 1, "by": "A", "on": "2026-11-03", **wrong}).encode()
            for wrong in (
                *({"review": 2}, {"by": " "}, {"on": "2026-13-01"}, {"who": 1}),
                *(
                    {"remarks": [{"key": "x", "about": ""}]},
                    {"remarks": [{"key": "0" * 16, "about": "", "view": "no"}]},
                ),
            )
        ),
    ],
    ids=range(13),
)
def test_what_is_no_review_is_refused(run: Callable[..., Result], data: bytes) -> None:
    Path("a.txt").write_text(ADVERT)
    Path("r.json").write_bytes(data)
    with pytest.raises(InputError):
        load_review("r.json")
    result = run("check", "a.txt", "--review", "r.json")
    assert (result.exit_code, "r.json" in result.stderr) == (2, True)
    assert run("check", "a.txt", "--review", "none.json").exit_code == 2
    assert run("check", "a.txt", "a.txt", "--format", "review").exit_code == 2


def test_a_name_with_half_a_character_can_be_written(checker: Checker) -> None:
    document = Document.from_text("A CRB check is needed.")
    assert "CRB" in review_sheet(checker.check(document), document, title="\ud800")
