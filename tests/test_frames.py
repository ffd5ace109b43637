"""A table of adverts gives two tables of results: every column of its own kept, ours typed, a bad advert an error."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from inclusive_ads import Checker, FrameChecker, InputError, Item, Settings, Vacancy, check_frame, check_item
from inclusive_ads.batch import frames
from inclusive_ads.batch.columns import ADVERT, FINDING, FINDINGS, STAMP, advert_row, check_row, stamp_of

FOLDER = Path(__file__).parent / "adverts"
FULL = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*/*.txt"))[::8]]
SHORT = [
    "Clerk\n\nOnly women may apply. An enhanced CRB check is needed.\n\nSend your CV.",
    "Clerk\n\nWe are particularly keen to hear from women and people from ethnic minorities.",
    "A CRB check.\n\n[inclusive-ads ignore stale-crb: the name of our archive]",
    "😀 A “CRB” check — café.\r\n\r\nWe welcome you.",
    "Ogłoszenie: szukamy pracownika biurowego do naszego zespołu w Warszawie. Praca na pełny etat.",
]
TEXTS = [*SHORT, *FULL]
ENTRY = """
- id: own-quibbly
  forms: [quibbly]
  severity: style
  affects: [older applicants]
  message: A made-up word for a test of stamps.
  why: It stands for any word of an organisation's own.
  source: practice
  evidence: convention
  advice: Describe the work.
  examples: {flag: ["You are a [[quibbly]] one."], ok: ["Nothing here."]}
"""
OUR_NAMES = [*ADVERT, *STAMP]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, checker: Checker) -> None:
    """The checker that all tests share is the one of the default settings."""
    made = frames._checker
    monkeypatch.setattr(frames, "_checker", lambda settings: checker if settings == Settings() else made(settings))


def arrow_table(texts: list[Any]) -> pa.Table:
    return pa.table({"ref": [f"a{n}" for n in range(len(texts))], "advert": texts, "number": range(len(texts))})


def check(frame: Any, **more: Any) -> tuple[Any, Any]:
    return check_frame(frame, column="advert", id_column="ref", **more)


def row(**cells: Any) -> dict[str, Any]:
    """The row of the one advert in a table of one row."""
    columns = {"ref": ["a"], "advert": ["A CRB check."], **{name: [cell] for name, cell in cells.items()}}
    (found,) = check(pd.DataFrame(columns))[0].to_dict("records")
    return dict(found)


@pytest.fixture(scope="module")
def lines(checker: Checker) -> list[dict[str, Any]]:
    """What the batch says of the same adverts."""
    return [check_item(checker, Item(id=f"a{number}", text=text)) for number, text in enumerate(TEXTS)]


def test_the_tables_say_what_the_batch_says(lines: list[dict[str, Any]]) -> None:
    adverts, findings = check(arrow_table(TEXTS))
    found = adverts.to_pylist()
    assert [row["wording"] for row in found] == [line["wording"] for line in lines]
    assert [row["missing"] for row in found] == [line["missing"] for line in lines]
    assert [row["statements"] for row in found] == [line["statements"] for line in lines]
    assert [row["not_read"] for row in found] == [[p["message"] for p in line["not_read"]] for line in lines]
    expected = [{"ref": line["id"], **one} for line in lines for one in (*line["findings"], *line["kept"])]
    assert findings.num_rows == len(expected) > 2 * len(TEXTS)
    shared = ("ref", "start", "end", "text", "entry", "category", "severity", "message", "suggestions")
    assert findings.select(shared).to_pylist() == [{name: one[name] for name in shared} for one in expected]
    sources = dict(zip(adverts["ref"].to_pylist(), TEXTS, strict=True))
    assert all(sources[f["ref"]][f["start"] : f["end"]] == f["text"] for f in findings.to_pylist())


def test_counts_are_of_the_rows_of_the_other_table() -> None:
    adverts, findings = (found.to_pandas() for found in check(arrow_table(TEXTS)))
    for name in ("likely_unlawful", "confirm", "indirect_risk", "discouraging", "style", "note"):
        severity = name.replace("_", "-")
        of = findings[(findings.severity == severity) & findings.kept_reason.isna()].groupby("ref").size()
        assert adverts.set_index("ref")[name].to_dict() == of.reindex(adverts.ref, fill_value=0).to_dict(), name
    assert adverts.likely_unlawful[0] == 1
    (kept,) = findings[findings.kept_reason.notna()].to_dict("records")
    assert (kept["ref"], kept["kept_reason"], kept["kept_by"]) == (
        "a2",
        "the name of our archive",
        "a mark in the text",
    )
    assert adverts.kept.to_list() == [0, 0, 1, *[0] * (len(TEXTS) - 3)]


def test_a_table_of_pandas_keeps_its_rows_columns_and_types() -> None:
    given = pd.DataFrame(
        {
            "ref": [7, 8, 9],
            "advert": TEXTS[:3],
            "team": pd.Categorical(["North", None, "North"]),
            "at": pd.to_datetime(["2026-11-30T09:00:00.000000001"] * 3),
            "anything": [object(), {1}, [2]],
            3: [1.5, None, 2.5],
        },
        index=["x", "y", "x"],
    )
    before = given.copy()
    adverts, findings = check(given)
    pd.testing.assert_frame_equal(given, before)
    pd.testing.assert_frame_equal(adverts[list(given.columns)], given)
    assert list(adverts.columns) == [*given.columns, *OUR_NAMES]
    assert findings["ref"].dtype == given["ref"].dtype
    assert list(findings.columns) == ["ref", *FINDING, *STAMP]
    assert set(findings["ref"]) <= {7, 8, 9}
    kinds = {name: str(adverts[name].dtype) for name in ("complete", "style", "mean_sentence_words", "judged_on")}
    assert kinds == {
        "complete": "bool[pyarrow]",
        "style": "int32[pyarrow]",
        "mean_sentence_words": "double[pyarrow]",
        "judged_on": "date32[day][pyarrow]",
    }
    of_arrow = check(pa.table({"ref": [7, 8, 9], "advert": TEXTS[:3]}))
    assert pa.Table.from_pandas(findings, preserve_index=False).to_pylist() == of_arrow[1].to_pylist()


def test_a_table_of_arrow_keeps_its_schema() -> None:
    given = arrow_table(TEXTS[:3]).append_column("at", pa.array([1, 2, None], pa.timestamp("ns", tz="Europe/London")))
    given = given.replace_schema_metadata({"made": "by hand"})
    adverts, findings = check(given)
    assert adverts.select(given.column_names).equals(given, check_metadata=True)
    assert list(adverts.schema)[: len(given.schema)] == list(given.schema)
    assert adverts.column_names == [*given.column_names, *OUR_NAMES]
    assert findings.schema.field("ref") == given.schema.field("ref")
    of_batch = check(given.to_batches()[0])
    assert (of_batch[0].to_pylist(), of_batch[1].to_pylist()) == (adverts.to_pylist(), findings.to_pylist())


@pytest.mark.parametrize(
    "empty", [arrow_table([]).cast(arrow_table(["x"]).schema), pd.DataFrame({"ref": [], "advert": []}, dtype="object")]
)
def test_a_table_without_rows_has_the_same_columns(empty: Any) -> None:
    adverts, findings = check(empty)
    assert list(getattr(adverts, "column_names", adverts)) == [
        *getattr(empty, "column_names", list(empty)),
        *OUR_NAMES,
    ]
    assert (len(adverts), len(findings)) == (0, 0)
    assert list(getattr(findings, "column_names", findings)) == ["ref", *FINDING, *STAMP]


KINDS: dict[str, Callable[[], Any]] = {
    "large": lambda: pa.array(["A CRB check."], pa.large_string()),
    "view": lambda: pa.array(["A CRB check."], pa.string_view()),
    "dictionary": lambda: pa.array(["A CRB check."]).dictionary_encode(),
    "nothing": lambda: pa.nulls(1),
    "object": lambda: pd.Series(["A CRB check."], dtype=object),
    "string": lambda: pd.Series(["A CRB check."], dtype="string"),
    "arrow": lambda: pd.Series(["A CRB check."], dtype=pd.ArrowDtype(pa.string())),
    "category": lambda: pd.Series(["A CRB check."], dtype="category"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_read_however_it_is_held(kind: str) -> None:
    column = KINDS[kind]()
    given = {"ref": ["a"], "advert": column}
    _, findings = check(pd.DataFrame(given) if isinstance(column, pd.Series) else pa.table(given))
    assert len(findings) == (kind != "nothing")


def test_one_bad_advert_is_a_row_with_its_error() -> None:
    bad = {
        "empty": ("  ", "The advert is empty. Paste the text of the advert."),
        "none": (None, 'The row has no "advert".'),
        "nan": (float("nan"), 'The row has no "advert".'),
        "number": (5, 'The "advert" of the row is not text.'),
        "bytes": (b"A CRB check.", 'The "advert" of the row is not text.'),
        "list": (["A CRB check."], 'The "advert" of the row is not text.'),
        "long": ("x " * 100_001, "The advert has 200,002 characters"),
        "half": ("a \ud83d b", "half"),
        "nulls": ("a\0b", ""),
    }
    names = ["good", *bad, None, "good", "", pd.NaT]
    texts = ["A CRB check.", *(text for text, _ in bad.values()), *["A CRB check."] * 4]
    adverts, findings = check(pd.DataFrame({"ref": names, "advert": texts}))
    said = adverts["error"].to_list()
    assert pd.isna(said[0])
    for (name, (_, start)), error in zip(bad.items(), said[1:-4], strict=True):
        assert start in error, name
    no_id = 'The row has no "ref".'
    assert said[-4:] == [no_id, "An earlier advert has the id 'good'. Give each its own.", no_id, no_id]
    assert findings["ref"].to_list() == ["good"]
    broken = adverts[adverts["error"].notna()]
    assert broken[[name for name in ADVERT if name != "error"]].isna().all(axis=None)
    assert broken[list(STAMP)].notna().all(axis=None)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"ref": [1]}, "The table has no column 'advert'. Its columns are: ref. Name the one that is meant."),
        ({"advert": ["x"], "Ref": [1]}, "The table has no column 'ref'. Its columns are: advert, Ref."),
        ({}, "The table has no column 'ref'. Its columns are: none."),
        ({"ref": [1], "advert": [2]}, "The column 'advert' holds int64, not text."),
        ({"ref": [1], "advert": [datetime(2026, 1, 1)]}, "not text"),
        ({"ref": [1], "advert": ["x"], "error": [1]}, "The results have a column of the same name: error. Rename it"),
        (
            {"ref": [1], "advert": ["x"], "Words": [1], "COMPLETE": [1]},
            "of the same name: Words, COMPLETE. Rename yours",
        ),
        ({"ref": [1], "advert": ["x"], "findings": [1]}, "of the same name: findings"),
        ({"ref": [1], "advert": ["x"], "settings_hash": [1]}, "of the same name: settings_hash"),
    ],
)
@pytest.mark.parametrize("make", [pd.DataFrame, pa.table])
def test_a_table_that_cannot_be_checked_says_why(make: Callable[[Any], Any], columns: Any, said: str) -> None:
    with pytest.raises(InputError) as caught:
        check(make(columns))
    assert said in str(caught.value)


def test_a_key_that_the_findings_have_is_refused() -> None:
    with pytest.raises(InputError, match="of the same name: start"):
        check_frame(pa.table({"start": ["a"], "text": ["x"]}), id_column="start")
    with pytest.raises(InputError, match="cannot be both"):
        check_frame(pa.table({"text": ["x"]}), id_column="text")
    with pytest.raises(InputError, match="2 columns 'text'"):
        check_frame(pd.DataFrame([["a", "x", "y"]], columns=["id", "text", "text"]))
    with pytest.raises(InputError, match=r"builtins\.list is no table"):
        check_frame([{"id": 1, "text": "x"}])


def test_a_table_that_was_checked_before_says_so() -> None:
    adverts, _ = check(arrow_table(["A CRB check."]))
    with pytest.raises(InputError, match="of the same name: outcome, wording, "):
        check(adverts)


@pytest.mark.parametrize(
    ("cells", "given"),
    [
        ({"grade": "G7", "location": None, "public_facing": True}, {"grade": "G7", "public_facing": "yes"}),
        ({"grade": 7.0, "closing_date": pd.Timestamp("2027-01-10")}, {"grade": "7", "closing_date": "2027-01-10"}),
        ({"ask": ["vetting", "carers"], "public_facing": "no"}, {"ask": "vetting, carers", "public_facing": "no"}),
        ({"closing_date": date(2027, 1, 10), "role": ""}, {"closing_date": "10 January 2027"}),
        ({"closing_date": pd.NaT, "grade": float("nan")}, {}),
        ({"grade": 7, "place": "Leeds"}, {"grade": "7"}),
    ],
)
def test_columns_may_say_what_is_known_of_the_post(cells: dict[str, Any], given: dict[str, str]) -> None:
    table = pd.DataFrame({"id": ["a"], "text": ["A CRB check."], **{name: [cell] for name, cell in cells.items()}})
    known = FrameChecker()
    (item,) = map(known.item, frames._rows({name: frames._cells(table[name]) for name in known.read(table.columns)}))
    assert item.vacancy == Vacancy.from_text(given)


def test_a_column_about_the_post_that_cannot_be_read_is_the_error_of_its_row() -> None:
    assert row(closing_date="31 June 2026")["error"].startswith("Closing date (closing_date) cannot be read.")
    assert row(public_facing=2)["error"] == "Speaks with the public (public_facing) cannot be read. Enter yes or no."
    assert pd.isna(row(closing_date="30 June 2027")["error"])


def test_a_stamp_tells_what_a_row_was_made_with(tmp_path: Path, own_lexicon: Callable[[str], Path]) -> None:
    def stamp(vacancy: Vacancy | None = None, **changes: Any) -> dict[str, Any]:
        return stamp_of(Checker(Settings(**changes)), vacancy)

    base = stamp()
    assert stamp() == stamp(register="x.sqlite", fail_level="style") == base
    assert base["judged_on"] == date.today().isoformat()
    for other in ({"max_characters": 5_000}, {"profile": "nhs-trust"}, {"model": "none"}, {"long_sentence": 30}):
        assert stamp(**other)["settings_hash"] != base["settings_hash"], other
        assert stamp(**other)["lexicon_version"] == base["lexicon_version"]
    assert stamp(Vacancy(grade="G7")) == stamp(post=Vacancy(grade="G7"))
    assert stamp(Vacancy(grade="G7"))["settings_hash"] != base["settings_hash"]
    assert stamp(today=date(2026, 1, 1))["judged_on"] == "2026-01-01"
    own = own_lexicon(ENTRY)
    assert stamp(lexicons=(own,))["lexicon_version"] != base["lexicon_version"]
    code = "from inclusive_ads.batch.columns import Checker, stamp_of; print(stamp_of(Checker()))"
    other_process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert other_process.strip() == str(base)


def test_a_line_that_went_through_json_makes_the_same_row(checker: Checker) -> None:
    for item in (Item(id="a", text=TEXTS[2]), Item(id="b", text="")):
        line = check_row(checker, item, stamp=stamp_of(checker))
        assert advert_row(json.loads(json.dumps(line))) == advert_row(line)
        assert set(advert_row(line)) <= {*ADVERT, *STAMP, FINDINGS}


def test_two_processes_give_the_same_tables() -> None:
    given = arrow_table(TEXTS[:6])
    one, two = check(given), check(given, workers=2)
    assert [table.to_pylist() for table in one] == [table.to_pylist() for table in two]


# Record batches


def test_a_batch_holds_the_findings_in_the_row_of_their_advert() -> None:
    given = arrow_table([*TEXTS[:4], None]).to_batches()[0]
    checked = FrameChecker(column="advert", id_column="ref").check(given)
    adverts, findings = check(given)
    assert checked.drop_columns([FINDINGS]).to_pylist() == adverts.to_pylist()
    nested = [
        (name, *one.values())
        for name, some in zip(checked["ref"].to_pylist(), checked[FINDINGS].to_pylist(), strict=True)
        for one in some
    ]
    assert nested == [tuple(one.values())[: 1 + len(FINDING)] for one in findings.to_pylist()]
    assert checked.schema.equals(FrameChecker(column="advert", id_column="ref").schema(given.schema))


def test_batches_are_taken_one_by_one_and_large_ones_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "HELD", 2)
    taken = []

    def given() -> Iterator[Any]:
        for number in range(3):
            taken.append(number)
            yield arrow_table(["A CRB check."] * 5).to_batches()[0]

    found = FrameChecker(column="advert", id_column="ref")(given())
    assert next(found).num_rows == 2
    assert taken == [0]
    assert [batch.num_rows for batch in found] == [2, 1, 2, 2, 1, 2, 2, 1]


def test_a_batch_checker_can_be_sent_to_another_process() -> None:
    frame_checker = FrameChecker(column="advert", id_column="ref", settings=Settings(max_characters=20))
    sent = pickle.loads(pickle.dumps(frame_checker))
    assert sent == frame_checker


# Without the libraries


def test_the_library_starts_without_pyarrow_and_says_what_it_lacks() -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import inclusive_ads, inclusive_ads.cli\n"
        "assert 'pandas' not in sys.modules\n"
        "try: inclusive_ads.check_frame([])\n"
        "except inclusive_ads.SettingsError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "Tables need pyarrow. Run: pip install 'inclusive-ads[frames]'\n"
