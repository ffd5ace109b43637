"""The adverts of a batch, read one by one from folders, files, CSV and JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from inclusive_ads.decisions import DECISIONS
from inclusive_ads.errors import InputError
from inclusive_ads.settings import CONFIG
from inclusive_ads.text.document import Document
from inclusive_ads.text.readers.formats import LINES, SUFFIXES, TABLES, format_named, listed
from inclusive_ads.text.readers.tables import SEPARATORS, read_table

_HIDDEN = (".", "~$")  # names that begin so are hidden, or lock files of a document that is open
_OURS = (DECISIONS, CONFIG)
LONGEST_LINE = 10_000_000  # bytes; no advert within the limits comes near


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One advert of a batch: its text or its file, or what is wrong with its line.

    Attributes:
        id: as given; the number of the line or row where none is.
        format: of `text`: ``"text"``, ``"markdown"`` or ``"html"``.
        extra: columns that are carried into the results, such as the team or the month.
    """

    id: str | int
    text: str = ""
    format: str = "text"
    path: str = ""
    error: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def document(self, limit: int) -> Document:
        """The advert.

        Raises:
            InputError: it cannot be read, is empty or longer than `limit`.
        """
        if self.error:
            raise InputError(self.error)
        if self.path:
            return Document.from_file(self.path, limit=limit)
        return Document.from_text(self.text, format=self.format, limit=limit)


def read_items(
    paths: Iterable[str], *, column: str = "text", id_column: str = "id", carry: Iterable[str] = ()
) -> Iterator[Item]:
    """Adverts of folders, files, CSV and JSON lines, in order; "-" is JSON lines on standard input.

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
    found = [path for path in _visible(folder) if format_named(path.name)]
    if not found:
        raise InputError(f"There are no adverts in '{folder}'.", f"Files that are read: {', '.join(SUFFIXES)}.")
    for path in found:
        yield Item(id=str(path.relative_to(folder)), path=str(path))


def _visible(folder: Path) -> list[Path]:
    """Files of a folder and its folders, in order, without those that nobody put there as adverts."""
    return sorted(
        path
        for path in folder.rglob("*")
        if not any(part.startswith(_HIDDEN) for part in path.relative_to(folder).parts)
        and not path.name.endswith(_OURS)
        and path.is_file()
    )


def unread(paths: Iterable[str]) -> list[str]:
    """Files in the folders among `paths` that `read_items` leaves out, since their endings are of no format it reads.

    Hidden files, lock files of an open document, decisions and settings are not among them.
    """
    folders = [Path(name) for name in paths if name != "-" and Path(name).is_dir()]
    return [str(path) for folder in folders for path in _visible(folder) if not format_named(path.name)]


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
        return Item(id=name, error="The line is not JSON.")
    if not isinstance(data, dict):
        return Item(id=name, error='The line is not a JSON object with "id" and "text".')
    given = data.get("id")
    name = given if isinstance(given, (str, int)) and not isinstance(given, bool) and given != "" else name
    if not isinstance(data.get("text"), str):
        return Item(id=name, error='The line has no "text".')
    extra = {key: str(data[key]) for key in carry if isinstance(data.get(key), (str, int))}
    return Item(id=name, text=data["text"], format=str(data.get("format", "text")), extra=extra)


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
                extra = {key: cells[key] for key in carry if cells.get(key)}
                yield Item(id=name, text=cells.get(column, ""), extra=extra)


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
