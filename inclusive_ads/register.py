"""A register of what was kept and what was inserted: who answers for which exception, and which statements went out.

Written only where an organisation names a file for it. It holds ids, names, days and the kept phrases, and no other
word of an advert. Rows are added and never changed; what a retention erases leaves its number behind.
docs/register.md tells a data-protection lead what is held.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from inclusive_ads.errors import InputError
from inclusive_ads.plain import JsonObject

_WAIT = 30  # seconds for another process that is writing
_VERSION = 1  # as in register.sql
Table = Literal["decisions", "insertions", "erased"]
KINDS: tuple[Table, ...] = ("decisions", "insertions")  # what a retention erases
# One statement for each table: nothing of a row becomes part of one.
_INSERT: Mapping[Table, str] = {
    "decisions": "INSERT OR IGNORE INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "insertions": "INSERT OR IGNORE INTO insertions VALUES (?, ?, ?, ?, ?, ?, ?)",
}
_SELECT: Mapping[Table, str] = {
    "decisions": "SELECT * FROM decisions ORDER BY rowid",
    "insertions": "SELECT * FROM insertions ORDER BY rowid",
    "erased": "SELECT * FROM erased ORDER BY rowid",
}
_ERASE: Mapping[Table, str] = {
    "decisions": "DELETE FROM decisions WHERE substr(recorded_at, 1, 10) < ?",
    "insertions": "DELETE FROM insertions WHERE substr(recorded_at, 1, 10) < ?",
}


@dataclass(frozen=True, slots=True)
class Versions:
    """What an advert was judged with: the lexicons and the profile, each with its version."""

    lexicon: str
    profile: str


class Register:
    """One file of SQLite; safe for several processes at a time.

    Args:
        path: the file; made where it is not there.

    Raises:
        InputError: the file is something else, or cannot be written.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        with self._open() as base:
            base.execute("BEGIN")  # both at one moment: another process may be making it
            (version,) = base.execute("PRAGMA user_version").fetchone()
            (tables,) = base.execute("SELECT count(*) FROM sqlite_master").fetchone()
            base.execute("COMMIT")
            if version not in (0, _VERSION) or (version == 0 and tables):
                raise InputError(f"'{path}' is no register of ours.", "Name another file.", code="register")
            if not version:
                base.executescript(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=_WAIT, isolation_level=None)) as base:
                base.execute("PRAGMA synchronous = FULL")  # what is recorded survives a power cut, too
                yield base
        except sqlite3.Error as error:
            problem = f"The register '{self._path}' cannot be used: {error}."
            raise InputError(problem, "Check the file and its folder.", code="register") from None

    def add(self, lines: Iterable[JsonObject], versions: Versions) -> int:
        """Record what lines of results (`result_line`) hold; all of a line or nothing of it.

        A decision or an insertion that is there already is not recorded again.

        Returns:
            How many rows are new.
        """
        added = 0
        with self._open() as base:
            for line in lines:
                base.execute("BEGIN IMMEDIATE")
                for table, row in _rows(line, versions):
                    added += base.execute(_INSERT[table], row).rowcount
                base.execute("COMMIT")
        return added

    def rows(self, table: Table) -> Iterator[dict[str, str]]:
        """The rows of a table by column, in the order in which they were recorded; register.sql names the columns."""
        with self._open() as base:
            found = base.execute(_SELECT[table])
            columns = [column for column, *_ in found.description]
            for row in found:
                yield dict(zip(columns, row, strict=True))

    def erase(self, before: date) -> dict[Table, int]:
        """Erase what was recorded before a day, as a retention asks; the number stays behind.

        Returns:
            How many rows of each table went.
        """
        gone: dict[Table, int] = {}
        with self._open() as base:
            base.execute("BEGIN IMMEDIATE")
            for table in KINDS:
                base.execute("INSERT INTO erasing VALUES (?)", (table,))
                gone[table] = base.execute(_ERASE[table], (before.isoformat(),)).rowcount
                if gone[table]:
                    row = (table, before.isoformat(), str(gone[table]), _now())
                    base.execute("INSERT INTO erased VALUES (?, ?, ?, ?)", row)
            base.execute("DELETE FROM erasing")
            base.execute("COMMIT")
            base.execute("VACUUM")  # and what is erased is gone from the file
        return gone


def _rows(line: JsonObject, versions: Versions) -> Iterator[tuple[Table, tuple[str, ...]]]:
    advert, now = str(line["id"]), _now()
    about = (versions.lexicon, versions.profile, now)
    for kept in line.get("kept", ()):
        yield (
            "decisions",
            (
                advert,
                kept["entry"],
                " ".join(kept["text"].split()),
                kept["kept_by"],
                "; ".join(kept["approved_by"]),
                kept["approved_on"],
                kept["reason"],
                kept["advice"],
                kept["severity"],
                *about,
            ),
        )
    for one in line.get("inserted", ()):
        yield "insertions", (advert, one["id"], "; ".join(one.get("groups", ())), now[:10], *about)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
