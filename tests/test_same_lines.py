"""One line of results for one advert, whichever way it came in: the batch command, the API's batch, a Spark worker."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from inclusive_ads import Checker, Document, FrameChecker, Settings, result_line
from inclusive_ads.batch import frames
from inclusive_ads.batch.columns import FINDINGS
from inclusive_ads.cli import main
from inclusive_ads_web import WebSettings, create_app

FOLDER = Path(__file__).parent / "adverts"
FULL = {str(path.relative_to(FOLDER)): path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*/*.txt"))[::4]}
SHORT = {
    "an unlawful statement": "Clerk\n\nOnly women may apply.\n\nSend your CV.",
    "only a weak statement": "Clerk\n\nWe are particularly keen to hear from women and people from ethnic minorities.",
    "kept by a mark": "A CRB check.\n\n[inclusive-ads ignore stale-crb: the name of our archive]",
    "beyond the basic plane": "😀 A \u201cCRB\u201d check \u2014 caf\u00e9.\r\n\r\nWe welcome you.",
    "empty": "   ",
    "too long": "x " * 100_001,
    "null bytes": "a\0b",
    "half a character": "a \ud83d b",
}
TEXTS = {**FULL, **SHORT}
SHARED = ("wording", "complete", "missing", "statements", "lapsed")
Lines = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(WebSettings(api_rate="10000 per minute"), Settings()).test_client()


def parsed(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def by_command(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    given = "".join(json.dumps(line) + "\n" for line in lines)
    return parsed(CliRunner().invoke(main, ["batch", "-"], input=given).stdout)


def by_api(client: FlaskClient, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    body = "".join(json.dumps(line) + "\n" for line in lines)
    response = client.post("/api/v2/batch", data=body, content_type="application/x-ndjson")
    assert response.status_code == 200
    return parsed(response.get_data(as_text=True))


def without_utf16(line: dict[str, Any]) -> dict[str, Any]:
    """The API counts as browsers do, too; that is all that it adds."""
    if "findings" not in line:
        return line
    lists = {name: [{k: v for k, v in f.items() if k != "utf16"} for f in line[name]] for name in ("findings", "kept")}
    return {**line, **lists}


@pytest.fixture(scope="module")
def lines() -> Lines:
    """What the batch command gives."""
    found = by_command([{"id": name, "text": text} for name, text in TEXTS.items()])
    assert [line["id"] for line in found] == list(TEXTS)
    return {line["id"]: line for line in found}


def test_there_is_enough_to_compare(lines: Lines) -> None:
    assert sum(len(line.get("findings", ())) for line in lines.values()) > 2 * len(TEXTS)
    assert sum("error" in line for line in lines.values()) == 4
    assert any(f["category"] == "statement" for line in lines.values() for f in line.get("findings", ()))
    assert lines["kept by a mark"]["findings"] == []


def test_the_api_gives_the_same_lines(client: FlaskClient, lines: Lines) -> None:
    # JSON cannot hold half a character, so the API refuses it before it is an advert; both say that it is none.
    texts = {name: text for name, text in TEXTS.items() if name not in ("half a character", "empty")}
    found = by_api(client, [{"id": name, "text": text} for name, text in texts.items()])
    assert [without_utf16(line) for line in found] == [lines[name] for name in texts]
    refused = by_api(client, [{"id": name, "text": TEXTS[name]} for name in ("half a character", "empty")])
    assert [set(line) for line in refused] == [{"id", "error"}] * 2


def test_a_worker_of_spark_says_the_same(checker: Checker, lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_checker", lambda _: checker)
    texts = {name: text for name, text in TEXTS.items() if name != "half a character"}  # Arrow holds none
    (batch,) = pa.table({"id": list(texts), "text": list(texts.values())}).to_batches()
    found = {row["id"]: row for row in FrameChecker().check(batch).to_pylist()}
    assert {name: row["error"] for name, row in found.items()} == {name: lines[name].get("error") for name in texts}
    for name, row in found.items():
        if row["error"] is None:
            assert {key: row[key] for key in SHARED} == {key: lines[name][key] for key in SHARED}
            told = [*lines[name]["findings"], *lines[name]["kept"]]
            same = ("start", "end", "text", "entry", "category", "severity", "message", "suggestions")
            assert [[one[key] for key in same] for one in row[FINDINGS]] == [[one[key] for key in same] for one in told]


def test_a_worker_of_spark_says_what_is_no_advert() -> None:
    lines_of_json, table = FrameChecker(lines_of_json=True), FrameChecker()
    found = [
        table.item({"id": "a", "text": None}),
        lines_of_json.item({"id": None, "text": None, "_not_json": "{broken"}),
        lines_of_json.item({"id": None, "text": "A chair.", "_not_json": None}),
        table.item({"id": 5, "text": "A chair.", "closing_date": "31 June 2026"}),
        lines_of_json.item({"id": "d", "text": "A chair.", "post": '{"colour": 1}'}),
        lines_of_json.item({"id": "e", "text": "A chair.", "post": "{"}),
    ]
    assert [(item.id, item.error.partition(" Its fields")[0]) for item in found] == [
        ("a", 'The row has no "text".'),
        ("", "The line is not JSON."),
        ("", 'The row has no "id".'),
        ("5", "Closing date (closing_date) cannot be read. Enter a real date, such as 4 October 2026."),
        ("d", "post.colour: Nothing of this name can be set: check the spelling."),
        ("e", 'The "post" of the row is not JSON.'),
    ]


@pytest.mark.parametrize("name", FULL)
def test_the_library_gives_the_same_line(name: str, checker: Checker, lines: Lines) -> None:
    document = Document.from_text(FULL[name])
    assert result_line(name, checker.check(document), document.source) == lines[name]


def test_a_verdict_that_says_change_is_never_without_a_list(lines: Lines) -> None:
    wanting = [line for line in lines.values() if line.get("wording", "ready") != "ready"]
    assert len(wanting) > 3
    assert [line["id"] for line in wanting if not line["findings"]] == []
    weak = lines["only a weak statement"]
    assert weak["wording"] == "change before publishing"
    assert {f["category"] for f in weak["findings"]} == {"statement"}


@pytest.mark.parametrize("form", ["text", "markdown", "html", "docx", "nonsense", ""])
def test_a_line_says_its_format_to_both(client: FlaskClient, form: str) -> None:
    line = {"id": "a", "text": "<p>A <b>CRB</b> check.</p>", "format": form}
    (ours,), (theirs,) = by_command([line]), by_api(client, [line])
    if form in ("text", "markdown", "html"):
        assert without_utf16(theirs) == ours
        marked = [f["text"] for f in ours["findings"] if f["entry"] == "stale-crb"]
        assert marked == ["CRB</b> check"]  # also where HTML is sent as text
    else:
        assert ("error" in ours, "error" in theirs) == (True, True)


def test_an_id_that_is_half_a_character_stops_no_batch(client: FlaskClient) -> None:
    found = by_api(client, [{"id": "\ud83d", "text": "A CRB check."}, {"id": "b", "text": "A CRB check."}])
    assert [line["id"] for line in found] == ["line 1", "b"]


def test_a_fault_of_ours_in_one_advert_stops_no_batch(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Checker.check

    def broken(self: Checker, document: Document, **known: Any) -> Any:
        if "fragile" in document.text:
            raise KeyError("words of the advert")
        return real(self, document, **known)

    monkeypatch.setattr(Checker, "check", broken)
    given = [{"id": 1, "text": "A fragile thing."}, {"id": 2, "text": "A CRB check."}]
    ours, theirs = by_command(given), by_api(client, given)
    assert [without_utf16(line) for line in theirs] == ours
    assert "KeyError" in ours[0]["error"]
    assert "words of the advert" not in ours[0]["error"]
    assert ours[1]["wording"]
