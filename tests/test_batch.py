"""Batches as a library: what is read, in which order, and that no division of the work changes a result."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import inclusive_ads.batch.running
from inclusive_ads import Checker, InclusiveAdsError, InputError, Settings
from inclusive_ads.batch.items import Item, read_items
from inclusive_ads.batch.running import check_item, check_items
from inclusive_ads.render.results import read_results, to_csv, to_json_line

PIECES = [
    "An enhanced CRB check is needed.",
    "We welcome you.",
    "CRB checks and a CRB disclosure.\n\n",
    "<b>CRB</b> “check”",
    "",
    "\x00\x01",
    "é 😀 CRB",
    "The criminal records bureau\u00a0check",
]
adverts = st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join), min_size=1, max_size=12)


@pytest.fixture
def one_checker(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> Checker:
    """No new checker for each batch."""
    monkeypatch.setattr(inclusive_ads.batch.running, "Checker", lambda _: checker)
    return checker


def items_of(texts: list[str]) -> list[Item]:
    return [Item(id=number, text=text) for number, text in enumerate(texts)]


@given(texts=adverts, order=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_order_changes_no_result(texts: list[str], order: Any, checker: Checker) -> None:
    expected = {item.id: check_item(checker, item) for item in items_of(texts)}
    mixed = items_of(texts)
    order.shuffle(mixed)
    assert [check_item(checker, item) for item in mixed] == [expected[item.id] for item in mixed]


@given(texts=st.lists(st.sampled_from(PIECES), min_size=1, max_size=40), chunk=st.integers(1, 30))
@settings(max_examples=3)
def test_workers_and_batch_size_change_no_result(texts: list[str], chunk: int, checker: Checker) -> None:
    expected = [check_item(checker, item) for item in items_of(texts)]
    assert list(check_items(items_of(texts), Settings(), workers=2, chunk=chunk)) == expected


def test_offsets_are_those_of_the_text_as_given(checker: Checker) -> None:
    text = "😀\r\n\r\nAn enhanced\u00a0CRB\u00a0 check is needed."
    (finding,) = (f for f in check_item(checker, Item(id="a", text=text))["findings"] if f["entry"] == "stale-crb")
    assert text[finding["start"] : finding["end"]] == finding["text"]
    assert set(finding) == {"start", "end", "text", "entry", "category", "severity", "message", "suggestions"}
    assert finding["suggestions"] == ["DBS check"]


def test_a_fault_of_ours_stops_nothing(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise KeyError("words of the advert")

    monkeypatch.setattr(type(checker), "check", broken)
    line = check_item(checker, Item(id="a", text="Some advert."))
    assert line["id"] == "a"
    assert "KeyError" in line["error"]
    assert "words of the advert" not in line["error"]


def test_mistakes_in_settings_are_raised_not_written() -> None:
    with pytest.raises(InclusiveAdsError):
        list(check_items(items_of(["x"]), Settings(lexicons=(Path("none"),)), workers=2))


def test_a_worker_that_is_ended_from_outside_is_told() -> None:
    def deadly() -> Iterator[Item]:
        for number in range(1000):
            if number == 200:
                for child in multiprocessing.active_children():
                    child.kill()
            yield Item(id=number, text="We welcome you.")

    with pytest.raises(InclusiveAdsError, match="worker"):
        list(check_items(deadly(), Settings(), workers=2))


def test_items_are_read_as_they_are_needed(one_checker: Checker) -> None:
    def endless() -> Iterator[Item]:
        number = 0
        while True:
            yield Item(id=number, text="We welcome you.")
            number += 1

    results = check_items(endless(), Settings())
    assert [next(results)["id"] for _ in range(3)] == [0, 1, 2]


# Reading


def lines(tmp_path: Path, content: str | bytes) -> list[Item]:
    place = tmp_path / "ads.jsonl"
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_items([str(place)], carry=("team", "n")))


def test_json_lines(tmp_path: Path) -> None:
    found = lines(
        tmp_path, '\ufeff{"id": "a", "text": "x", "team": "N", "n": 3, "other": "no"}\r\n\n{"id": 7, "text": ""}'
    )
    assert found == [Item(id="a", text="x", extra={"team": "N", "n": "3"}), Item(id=7)]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b"{", "line 1"),
        (b"[]", "line 1"),
        (b"null", "line 1"),
        (b'"text"', "line 1"),
        (b'{"id": "a"}', "a"),
        (b'{"id": "a", "text": 3}', "a"),
        (b'{"id": "a", "text": null}', "a"),
        (b'{"text": "\xff"}', "line 1"),
        (b"[" * 100_000, "line 1"),
        (b'{"id": ' + b"1" * 5000 + b', "text": "x"}', "line 1"),
    ],
)
def test_a_bad_line_is_an_item_with_an_error(tmp_path: Path, line: bytes, name: str) -> None:
    first, second = lines(tmp_path, line + b'\n{"id": "next", "text": "x"}\n')
    assert (first.id, bool(first.error)) == (name, True)
    assert second == Item(id="next", text="x")


@pytest.mark.parametrize("given", ["null", '""', "true", "[1]", '{"a": 1}', "1.5"])
def test_an_id_that_is_none_becomes_the_number_of_the_line(tmp_path: Path, given: str) -> None:
    assert lines(tmp_path, '{"text": "x"}\n{"id": ' + given + ', "text": "x"}')[1].id == "line 2"


def test_a_line_that_never_ends_is_not_taken_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inclusive_ads.batch.items.LONGEST_LINE", 100)
    found = lines(tmp_path, b'{"text": "' + b"x" * 1000 + b'"}\n{"id": "b", "text": "y"}\n')
    assert [(item.id, bool(item.error)) for item in found] == [("line 1", True), ("b", False)]


def table(tmp_path: Path, content: bytes, **options: str) -> list[Item]:
    place = tmp_path / "ads.csv"
    place.write_bytes(content)
    return list(read_items([str(place)], carry=("team",), **options))


def test_csv_columns(tmp_path: Path) -> None:
    content = b'ref,advert,team,secret\r\n1,"One, two\nthree",N,s\r\n,x,,\r\n'
    assert table(tmp_path, content, column="advert", id_column="ref") == [
        Item(id="1", text="One, two\nthree", extra={"team": "N"}),
        Item(id="row 3", text="x"),
    ]


def test_csv_row_with_an_unquoted_comma_is_refused_not_cut(tmp_path: Path) -> None:
    found = table(tmp_path, b"id,text\na,one, two\nb,three\nc\n")
    assert [(item.id, item.text, bool(item.error)) for item in found] == [
        ("a", "", True),
        ("b", "three", False),
        ("c", "", False),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no column 'text'.*none"),
        (b"id,advert\na,b\n", "no column 'text'.*id, advert.*--column"),
        (b"id:text\na:b\n", "no column 'text'.*commas, semicolons, tabs or bars"),
        (b"id,text,text\na,b,c\n", "2 columns 'text'"),
        (b"\x00\x01\x02", "ads.csv.*not text.*CSV UTF-8"),
        ("id,text\na,é".encode() + b"\n\xff", "byte 14, in line 3"),
        (b'id,"text\na,b\n', "headings cannot be read.*never closed"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        table(tmp_path, content)


def test_rows_without_an_id_have_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    found = table(tmp_path, b'sep=;\r\nid;text\r\n;"two\r\nlines"\r\n\r\n;;\r\n;x\r\n')
    assert found == [Item(id="row 2", text="two\r\nlines"), Item(id="row 5", text="x")]


def test_a_bad_row_loses_no_other(tmp_path: Path) -> None:
    found = table(tmp_path, b'id,text\na,"one "two" three"\nb,x\nc,"y\nd,z\n')
    assert [(item.id, item.text, item.error.partition(".")[0]) for item in found] == [
        ("row 2", "", "A quote inside a cell that stands in quotes must be written twice"),
        ("b", "x", ""),
        ("row 4", "", "A quote is opened and never closed, so that all that follows is one cell"),
    ]


def test_csv_cell_beyond_the_limit_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inclusive_ads.text.readers.tables.LONGEST_CELL", 50)
    found = table(tmp_path, b"id,text\na," + b"x" * 60 + b"\nb,y\n")
    assert found[0].error
    assert found[-1] == Item(id="b", text="y")


def test_folder_in_order_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.MD", "b/c.html", ".hidden.txt", "~$z.docx", "notes.xlsx", "z.decisions.yaml"):
        (tmp_path / name).write_text("x")
    assert [item.id for item in read_items([str(tmp_path)])] == ["a.MD", "b/c.html", "z.txt"]


def test_empty_folder_and_missing_path(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError):
            list(read_items([str(path)]))


# Writing


@given(st.recursive(st.none() | st.booleans() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)))
def test_every_line_is_one_line_of_good_utf8(value: Any) -> None:
    line = to_json_line({"id": value})
    assert line.count("\n") == 1
    assert line.encode()
    assert json.loads(line) == {"id": value}


def test_half_a_surrogate_pair_goes_out_as_it_came_in() -> None:
    assert json.loads(to_json_line({"id": "\ud83d"}).encode()) == {"id": "\ud83d"}


RESULT = {
    "id": "=a",
    "wording": "ready",
    "complete": True,
    "extra": {"team": "@N"},
    "findings": [
        {
            "start": 1,
            "end": 2,
            "text": t,
            "entry": "e",
            "category": "c",
            "severity": "style",
            "message": "m",
            "suggestions": [s],
        }
        for t, s in [("=1+1", "+x"), ("-2", ""), (" =3", 'a,"b"\nc'), ("\t4", "ok")]
    ],
}


def test_csv_neutralises_formulas_and_quotes_the_rest() -> None:
    text = "".join(to_csv([RESULT, {"id": "b", "error": "@bad"}], ("team", "month")))
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["text"] for row in rows] == ["'=1+1", "'-2", "' =3", "'\t4", ""]
    assert [row["suggestion"] for row in rows] == ["'+x", "", 'a,"b"\nc', "ok", ""]
    assert {row["team"] for row in rows[:4]} == {"'@N"}
    assert (rows[0]["id"], rows[4]["id"], rows[4]["error"]) == ("'=a", "b", "'@bad")
    assert (rows[0]["start"], rows[0]["month"]) == ("1", "")


def test_csv_of_nothing_has_a_heading() -> None:
    assert "".join(to_csv([], ("team",))).startswith("id,team,wording,complete,")


@pytest.mark.parametrize(
    "line",
    [
        b"x",
        b"[]",
        b"3",
        b'{"a": 1}',
        b'{"id": 1, "findings": 3}',
        b'{"id": 1, "findings": [0]}',
        b'{"id": 1, "extra": []}',
        b"\xff",
    ],
)
def test_results_of_something_else(line: bytes) -> None:
    with pytest.raises(InputError, match="does not hold results"):
        list(read_results([line], "last.jsonl"))
