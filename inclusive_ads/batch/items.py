"""The adverts of a batch, read one by one from folders, files, CSV and JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO

from inclusive_ads.decisions import DECISIONS, Decision, read_decisions
from inclusive_ads.errors import InputError
from inclusive_ads.plain import JsonObject
from inclusive_ads.settings import CONFIG
from inclusive_ads.text.readers.formats import LINES, SAVE_AS, SUFFIXES, TABLES, format_named, listed
from inclusive_ads.text.readers.tables import SEPARATORS, read_table
from inclusive_ads.vacancy import Vacancy, read_vacancy

_HIDDEN = (".", "~$")  # names that begin so are hidden, or lock files of a document that is open
LISTS = ("improved-adverts.html", "improved-adverts.jsonl")  # of what was done in a folder: for people, for tools
_OURS = (DECISIONS, CONFIG)
NOT_JSON = "The line is not JSON."
LONGEST_LINE = 10_000_000  # bytes; no advert within the limits comes near


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One advert of a batch: its text or its file, or what is wrong with its line.

    Attributes:
        id: as given; the number of the line or row where none is; of a file in a folder its path there, with "/".
        format: of `text`: ``"text"``, ``"markdown"`` or ``"html"``.
        data: the file itself, where it has no path.
        vacancy: what its line or row says of the post.
        decisions: what was decided about it; of a file, those beside it count.
        extra: columns that are carried into the results, such as the team or the month.
        told: what the reader of the results should know.
    """

    id: str | int
    text: str = ""
    format: str = "text"
    path: str = ""
    data: bytes = b""
    error: str = ""
    vacancy: Vacancy = field(default_factory=Vacancy)
    decisions: tuple[Decision, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()


def read_items(
    paths: Iterable[str], *, column: str = "text", id_column: str = "id", carry: Iterable[str] = ()
) -> Iterator[Item]:
    """Adverts of folders, files, CSV and JSON lines, in order; "-" is JSON lines on standard input.

    A line tells its vacancy in "post" and what was decided about it in "decisions"; a row tells its vacancy in columns
    with the names of its fields.

    Args:
        column, id_column: of a CSV file, the columns with the advert and with its name.
        carry: columns (or keys) that go into `Item.extra`.

    Raises:
        InputError: a path does not exist, a folder holds no advert, or a CSV has no such column.
    """
    kept = tuple(carry)
    for name in paths:
        path = Path(name)
        if name == "-":
            yield from _json_lines(sys.stdin.buffer, kept)
        elif path.is_dir():
            yield from _folder(path)
        elif not path.is_file():
            raise InputError(f"There is no file or folder '{name}'.", "Check the path.", code="not-found")
        elif path.suffix.lower() in LINES:
            with _opened(path) as lines:
                yield from _json_lines(lines, kept)
        elif path.suffix.lower() in TABLES:
            yield from _table_rows(path, column, id_column, kept)
        else:
            yield Item(id=name, path=name)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"'{path}' cannot be opened: {error.strerror}.", "Check your rights to it.") from None


def _folder(folder: Path) -> Iterator[Item]:
    found = [path for path in _visible(folder) if format_named(path.name) and not _is_list(path)]
    if not found:
        raise no_adverts(str(folder))
    for path in found:
        yield Item(id=path.relative_to(folder).as_posix(), path=str(path))


def _is_list(path: Path) -> bool:
    """Whether it is a list that `fix` wrote into the folder: both of them are there."""
    return path.name in LISTS and all(path.with_name(name).is_file() for name in LISTS)


def no_adverts(name: str) -> InputError:
    """The error for a folder, or an archive, in which there is no advert."""
    return InputError(f"There are no adverts in '{name}'.", f"Files that are read: {', '.join(SUFFIXES)}.", code="none")


def _visible(folder: Path) -> list[Path]:
    """Files of a folder and its folders, in order, without those that nobody put there as adverts."""
    return sorted(path for path in folder.rglob("*") if is_visible(path.relative_to(folder)) and path.is_file())


def is_visible(path: PurePath) -> bool:
    """Whether somebody put the file there as an advert: it is not hidden, no lock file, and not ours."""
    return not any(part.startswith(_HIDDEN) for part in path.parts) and not path.name.endswith(_OURS)


def whole_folder(folder: Path, leave: Collection[Path] = ()) -> list[Item]:
    """Every file of a folder and its folders, in order; one of a kind that is not read says so.

    Args:
        leave: files that belong to the run, such as the table of vacancies.

    Raises:
        InputError: there is no advert among them.
    """
    left = {path.resolve() for path in leave}
    found = [path for path in _visible(folder) if path.resolve() not in left]
    if not any(format_named(path.name) for path in found):
        raise no_adverts(str(folder))
    return [Item(id=path.relative_to(folder).as_posix(), path=str(path), error=not_read(path.name)) for path in found]


def not_read(name: str) -> str:
    """Why a file of this name is not read as one advert; "" where it is."""
    return "" if format_named(name) else f"Files of this kind are not read. {SAVE_AS}"


def unread(paths: Iterable[str]) -> list[str]:
    """Files in the folders among `paths` that `read_items` leaves out, since their endings are of no format it reads.

    Hidden files, lock files of an open document, decisions, settings and the lists of `fix` are not among them.
    """
    folders = [Path(name) for name in paths if name != "-" and Path(name).is_dir()]
    return [
        str(path) for folder in folders for path in _visible(folder) if not (format_named(path.name) or _is_list(path))
    ]


def _json_lines(stream: BinaryIO, carry: tuple[str, ...]) -> Iterator[Item]:
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield Item(id=f"line {number}", error="The line is too long.")
        elif line.strip():
            yield _json_item(line.removeprefix(b"\xef\xbb\xbf"), number, carry)


def _json_item(line: bytes, number: int, carry: tuple[str, ...]) -> Item:
    name: str | int = f"line {number}"
    try:
        data = json.loads(line.decode())
    except UnicodeDecodeError:
        return Item(id=name, error="The line is not UTF-8.")
    except (ValueError, RecursionError):
        return Item(id=name, error=NOT_JSON)
    if not isinstance(data, dict):
        return Item(id=name, error='The line is not a JSON object with "id" and "text".')
    given = data.get("id")
    name = given if isinstance(given, (str, int)) and not isinstance(given, bool) and given != "" else name
    if not isinstance(data.get("text"), str):
        return Item(id=name, error='The line has no "text".')
    extra = {key: str(data[key]) for key in carry if isinstance(data.get(key), (str, int))}
    try:
        vacancy, decisions = read_vacancy(data.get("post", {})), read_decisions(data.get("decisions", []))
    except InputError as error:
        return Item(id=name, error=str(error), extra=extra)
    about: JsonObject = {"vacancy": vacancy, "decisions": decisions, "extra": extra}
    return Item(id=name, text=data["text"], format=str(data.get("format", "text")), **about)


def _table_rows(path: Path, column: str, id_column: str, carry: tuple[str, ...]) -> Iterator[Item]:
    with _opened(path) as stream:
        try:
            table = read_table(stream)
        except InputError as error:
            raise InputError(f"'{path}': {error.message}", error.remedy, code=error.code) from None
        _check_column(path, column, table.headings)
        for row in table.rows:
            cells = dict(zip(table.headings, row.cells, strict=False))
            name = cells.get(id_column) or f"row {row.number}"
            if row.error:
                yield Item(id=name, error=row.error)
            else:
                yield _row_item(name, cells, column, carry)


def _row_item(name: str, cells: Mapping[str, str], column: str, carry: tuple[str, ...]) -> Item:
    extra = {key: cells[key] for key in carry if cells.get(key)}
    try:
        vacancy = Vacancy.from_text(cells)
    except InputError as error:
        return Item(id=name, error=str(error), extra=extra)
    return Item(id=name, text=cells.get(column, ""), vacancy=vacancy, extra=extra)


def _check_column(path: Path, column: str, headings: tuple[str, ...]) -> None:
    if headings.count(column) > 1:
        raise InputError(f"'{path}' has {headings.count(column)} columns '{column}'.", "Keep one.", code="no-column")
    if column in headings:
        return
    remedy = f"Its columns are: {', '.join(headings) or 'none'}. Name one with --column."
    if len(headings) == 1:
        ways = listed(tuple(f"{name}s" for name in SEPARATORS.values()))
        remedy = f"Its only column is: {headings[0]}. Is it a table? Cells are parted by {ways}."
    raise InputError(f"'{path}' has no column '{column}'.", remedy, code="no-column")
