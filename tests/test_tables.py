"""Tables: the same table, written in every way that spreadsheets and databases have, reads the same."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import assume, example, given
from hypothesis import strategies as st

from inclusive_ads import InputError
from inclusive_ads.batch.items import read_items
from inclusive_ads.cli import main
from inclusive_ads.evidence.applicants import read_recruitment
from inclusive_ads.evidence.comparators import read_comparators
from inclusive_ads.evidence.reading import read_headcounts
from inclusive_ads.evidence.thresholds import load_thresholds
from inclusive_ads.text.readers import tables
from inclusive_ads.text.readers.tables import SEPARATORS, read_table

EXAMPLES = Path(__file__).parents[1] / "examples"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
Cells = list[tuple[str, ...]]


def written(
    rows: Cells,
    *,
    separator: str = ",",
    encoding: str = "utf-8",
    end: str = "\r\n",
    sep: bool = False,
    all_: bool = False,
) -> bytes:
    """A table as a program would write it, with a line ``sep=`` or not, every cell in quotes or those that must."""

    def cell(text: str) -> str:
        must = all_ or any(sign in text for sign in (separator, '"', "\r", "\n"))
        return '"' + text.replace('"', '""') + '"' if must else text

    lines = [separator.join(map(cell, row)) + end for row in rows]
    return "".join([f"sep={separator}{end}"] * sep + lines).encode(encoding)


def cells(data: bytes) -> Cells:
    table = read_table(io.BytesIO(data))
    found = list(table.rows)
    assert not [row.error for row in found if row.error]
    return [table.headings, *(row.cells for row in found)]


# Western text: what Windows-1252 cannot hold is left to the others.
TEXT = st.text(st.sampled_from("abz AZ09,;|\t.:'\"\n£é’–-%"), max_size=12)
NAMES = st.lists(st.text("abcdefgh", min_size=1, max_size=5), min_size=2, max_size=4, unique=True)


@st.composite
def whole_tables(draw: st.DrawFn) -> Cells:
    headings = draw(NAMES)
    row = st.tuples(*[TEXT] * len(headings)).filter(lambda found: any(map(str.strip, found)))
    return [tuple(headings), *draw(st.lists(row, max_size=6))]


@given(
    rows=whole_tables(),
    separator=st.sampled_from(list(SEPARATORS)),
    encoding=st.sampled_from(ENCODINGS),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
    sep=st.booleans(),
    all_=st.booleans(),
)
@example(rows=[("a", "b"), (",", "x")], separator=",", encoding="utf-8", end="\n", sep=False, all_=False)
@example(rows=[("a", "b"), (";", "1,5")], separator=";", encoding="cp1252", end="\n", sep=False, all_=False)
@example(rows=[("a", "b")], separator="\t", encoding="utf-16-le", end="\r", sep=False, all_=True)
def test_the_same_table_written_in_every_way_reads_the_same(
    rows: Cells, separator: str, encoding: str, end: str, sep: bool, all_: bool
) -> None:
    data = written(rows, separator=separator, encoding=encoding, end=end, sep=sep, all_=all_)
    # Windows-1252 whose bytes are good UTF-8 ("é££") is read as UTF-8: nothing in the file tells them apart.
    assume(encoding != "cp1252" or data.decode(errors="ignore").isascii())
    assert cells(data) == rows


DECIMALS = [("Pay, hourly", "Share", "Grade"), ("11,50", "17,2", "SEO"), ("12,75", "9,5", "G7")]
PROSE = [("id", "text; as sent"), ("a", "One; two, three; four"), ("b", "Five, six"), ("c", "Seven")]


@pytest.mark.parametrize("separator", list(SEPARATORS))
@pytest.mark.parametrize("rows", [DECIMALS, PROSE], ids=["decimal commas", "prose"])
def test_commas_and_semicolons_inside_cells_do_not_confuse(rows: Cells, separator: str) -> None:
    assert cells(written(rows, separator=separator)) == rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", [("a", "b"), ("1", "2")]),
        ('a,b\n",",2\n', [("a", "b"), (",", "2")]),
        ('"a;x";b\n1;2\n', [("a;x", "b"), ("1", "2")]),
        ("grade;share\nSEO;17,2\nG7;9,5\n", [("grade", "share"), ("SEO", "17,2"), ("G7", "9,5")]),
        ("a;b, c\n1;2\n", [("a", "b, c"), ("1", "2")]),
        ("a, b;c\n1,5;2\n3;4\n", [("a, b", "c"), ("1,5", "2"), ("3", "4")]),
        ("text\nwords\n", [("text",), ("words",)]),
        ("text\nmore, words\n", [("text",), ("more, words",)]),
        ('"sep=;"\na;b\n1;2\n', [("a", "b"), ("1", "2")]),
        ("SEP=\t\na,x\tb\n1\t2\n", [("a,x", "b"), ("1", "2")]),
        ("sep=^\na^b\n1^2\n", [("a", "b"), ("1", "2")]),
        ("sep=x,b\n1,2\n", [("sep=x", "b"), ("1", "2")]),
        ("\n\r\n  a  name ,b,\n\n1,2,\n ,,\n3,4\n", [("a name", "b"), ("1", "2"), ("3", "4")]),
        ("a,b\n1\n", [("a", "b"), ("1",)]),
        ("a,b\n1,2,, \n", [("a", "b"), ("1", "2")]),
        ("", [()]),
        ("\n , \n", [()]),
    ],
)
def test_how_a_table_is_read(text: str, expected: Cells) -> None:
    assert cells(text.encode()) == expected


def errors(data: bytes) -> list[tuple[int, str]]:
    return [(row.number, row.error) for row in read_table(io.BytesIO(data)).rows]


@pytest.mark.parametrize(
    ("data", "number", "said"),
    [
        (b"a,b\n1,2,3\n", 2, "3 cells and the headings are 2: put a cell that holds a comma"),
        (b"a;b\n1;2;3\n4;5\n", 2, "holds a semicolon in quotes"),
        (b"sep=^\na^b\n\n1^2^3\n", 3, "holds a '^' in quotes"),
        (b'a,b\n1, "x, y"\n', 2, "in quotes, with no space before them"),
        (b'a,b\n1,"x"y\n', 2, "must be written twice"),
        (b'a,b\n1,2\n"x,y\n', 3, "never closed"),
    ],
)
def test_a_row_that_cannot_be_used_says_which_and_why(data: bytes, number: int, said: str) -> None:
    ((row, error),) = [found for found in errors(data) if found[1]]
    assert row == number
    assert said in error


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04" + bytes(200), "not text"),
        (b"a,b\n1,2\n\x00", "not text"),
        ("a,é\n1,2\n".encode() + b"\xe9,3\n", "not good UTF-8: byte 10, in line 3"),
        (b"a,b\n\x81,2\n\xe9", "byte 5, in line 2"),
        (b"\xff\xfea", "not good UTF-16"),
        (b'"a,b\n1,2', "The headings cannot be read. A quote is opened"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_table(io.BytesIO(data))
    assert "CSV UTF-8" in caught.value.remedy


def test_a_long_file_is_read_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """A character, and the row that shows the separator, may be cut between two pieces."""
    rows = [("a", "b"), *((f"é{number},", "’x" * (number % 7)) for number in range(50))]
    for piece, encoding in itertools.product((8, 9, 11, 30, 64), ENCODINGS):
        if piece % 2 and encoding.startswith("utf-16"):
            continue  # half a character has no null byte to tell by
        monkeypatch.setattr(tables, "_PIECE", max(piece, 30) if encoding in ("utf-16-le", "utf-16-be") else piece)
        assert cells(written(rows, separator=";", encoding=encoding)) == rows


def test_rows_come_before_the_last_is_read() -> None:
    class Counted(io.BytesIO):
        def rows(self) -> Iterator[int]:
            for _ in read_table(self).rows:
                yield self.tell()

    data = written([("a", "b"), *[("x" * 50, "y" * 50)] * 20_000])
    assert next(Counted(data).rows()) < len(data) / 4


# What is read from tables


ADVERTS = [
    ("ref", "advert", "team"),
    ("7", "A CRB check, enhanced; “please”.\n\nWe pay £30,000.", "North"),
    ("8", ",", "South"),
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", list(SEPARATORS))
@pytest.mark.parametrize("sep", [False, True])
def test_adverts_are_read_from_every_kind_of_table(tmp_path: Path, encoding: str, separator: str, sep: bool) -> None:
    (tmp_path / "ads.csv").write_bytes(written(ADVERTS, separator=separator, encoding=encoding, sep=sep))
    found = list(read_items([str(tmp_path / "ads.csv")], column="advert", id_column="ref", carry=["team"]))
    assert [(item.id, item.text, item.extra["team"]) for item in found] == ADVERTS[1:]


def test_the_command_reads_a_table_with_semicolons(tmp_path: Path) -> None:
    (tmp_path / "ads.csv").write_bytes(written(ADVERTS[:2], separator=";", encoding="utf-16"))
    result = CliRunner().invoke(main, ["batch", str(tmp_path / "ads.csv"), "--column", "advert", "--id-column", "ref"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert [f["text"] for f in json.loads(result.stdout)["findings"] if f["entry"] == "stale-crb"] == ["CRB check"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", list(SEPARATORS))
@pytest.mark.parametrize("sep", [False, True])
def test_figures_of_each_kind_are_read_from_every_kind_of_table(encoding: str, separator: str, sep: bool) -> None:
    limits = load_thresholds()
    for name, read in [
        ("representation", lambda data: [(r.key, r.count) for r in read_headcounts(data, limits)[0]]),
        ("comparators", lambda data: read_comparators(data, limits)),
        ("recruitment", lambda data: read_recruitment(data, limits)),
    ]:
        given_ = (EXAMPLES / f"{name}.csv").read_bytes()
        rows = [tuple(row) for row in csv.reader(io.StringIO(given_.decode(), newline=""))]
        assert read(written(rows, separator=separator, encoding=encoding, sep=sep)) == read(given_)
