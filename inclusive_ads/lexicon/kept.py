"""What is made of the words of lexicons and is dear to make, kept in a file from one run to the next.

That is expressions as Python compiles them, phrases made ready to be found, and tables of what is looked for. They come
of lexicons and of the English dictionary and of nothing else: no word of an advert is ever in the file. It lies in the
user's own folder for such files or in the one that ``INCLUSIVE_ADS_KEPT_IN`` names; where that is empty, nothing is
kept. Whatever goes wrong costs time and nothing else: what cannot be read is made anew. Why, and what it saves:
docs/decisions/kept-words.md.
"""

from __future__ import annotations

import atexit
import hashlib
import importlib
import marshal
import os
import re
import sqlite3
import sys
import threading
import zlib
from array import array
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar  # Any: whatever marshal writes, and the engine of `re`, which has no types

_T = TypeVar("_T")

FOLDER = "INCLUSIVE_ADS_KEPT_IN"
MOST = 100_000  # values; the oldest go
_AT_ONCE = 500  # written together
_WAIT = 0.5  # seconds for another process that writes
_TABLE = "CREATE TABLE IF NOT EXISTS kept (number INTEGER PRIMARY KEY, key BLOB UNIQUE, value BLOB)"
_UNREADABLE = (sqlite3.Error, OSError, ValueError, EOFError, TypeError)


class Kept:
    """Values by their keys in a file; safe to share between threads, processes and forks."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._opened: dict[int, sqlite3.Connection | None] = {}  # by process: a connection does not live through a fork
        self._new: dict[bytes, bytes] = {}
        atexit.register(self.write)

    def value(self, of: str, make: Callable[[], _T]) -> _T:
        """What is kept under a text; or what `make` makes, kept from then on if it is plain (strings, lists)."""
        key = hashlib.blake2b(of.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        with self._lock:
            found = self._read(key)
        if found is not None:
            try:
                value: _T = marshal.loads(found)  # noqa: S302  # nobody else could write the file (`_open`)
                return value
            except _UNREADABLE:
                pass
        made = make()
        if self.path:
            with suppress(ValueError):  # a date, say
                self._new[key] = marshal.dumps(made)  # type: ignore[arg-type]  # whatever else it is, is refused
            if len(self._new) >= _AT_ONCE:
                self.write()
        return made

    def write(self) -> None:
        """Write what is new, and leave out the oldest of what is too many."""
        with self._lock:
            new, self._new = self._new, {}
            connection = self._connection() if new else None
            if connection is None:
                return
            try:
                with connection:
                    connection.executemany("INSERT OR REPLACE INTO kept (key, value) VALUES (?, ?)", new.items())
                    connection.execute("DELETE FROM kept WHERE number <= (SELECT max(number) FROM kept) - ?", (MOST,))
            except sqlite3.Error:
                self._give_up()

    def _read(self, key: bytes) -> bytes | None:
        if key in self._new or (connection := self._connection()) is None:
            return self._new.get(key)
        try:
            row = connection.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            self._give_up()
            return None
        return bytes(row[0]) if row else None

    def _give_up(self) -> None:
        """Keep nothing further in this process: the file is locked, full or no longer what it was."""
        self._opened[os.getpid()] = None

    def _connection(self) -> sqlite3.Connection | None:
        process = os.getpid()
        if process not in self._opened:
            try:
                self._opened[process] = _open(self.path) if self.path else None
            except (sqlite3.Error, OSError):
                self._give_up()
        return self._opened[process]


def _open(path: Path) -> sqlite3.Connection | None:
    """The file, made where there is none; None where somebody else could have written it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "geteuid"):
        held = path.parent.stat()
        if held.st_uid != os.geteuid() or held.st_mode & 0o022:
            return None
    connection = sqlite3.connect(path, timeout=_WAIT, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_TABLE)
    except sqlite3.DatabaseError as error:
        connection.close()
        if not isinstance(error, sqlite3.OperationalError):  # no such file as we write: a broken one is begun anew
            path.unlink(missing_ok=True)
        raise
    return connection


def file() -> Path | None:
    """Where it is kept, None where nothing is."""
    if (named := os.environ.get(FOLDER)) is not None:
        folder = Path(named) if named else None
    else:
        home = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
        try:
            folder = (Path(home) if home else Path.home() / ".cache") / "inclusive-ads"
        except RuntimeError:  # a user without a home, as services have
            folder = None
    # Another Python compiles otherwise.
    return folder / f"words-{sys.implementation.cache_tag}-{_engine().MAGIC}.db" if folder else None


@cache
def kept() -> Kept:
    """What this process keeps."""
    return Kept(file())


@cache
def code_mark() -> str:
    """The same for the same code of this folder, which makes what is kept."""
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return hashlib.blake2b(code, digest_size=16).hexdigest()


def expression(of: str, source: Callable[[], str]) -> re.Pattern[str]:
    """`re.compile` of an expression that is made of lexicons, quicker where it was made before.

    Args:
        of: what it is made of: the same, where it is the same expression.
        source: makes it.
    """
    try:
        written, flags, code, groups, names = kept().value(f"expression {of}", lambda: _compiled(source()))
        by_number: list[str | None] = [None] * (groups + 1)
        for name, number in names:
            by_number[number] = name
        # What `re.compile` itself does with its code, which the engine looks over before it takes it.
        made: re.Pattern[str] = _engine().compile(
            written, flags, array("I", zlib.decompress(code)).tolist(), groups, dict(names), tuple(by_number)
        )
        return made
    except (AttributeError, ImportError, TypeError, ValueError, RuntimeError, zlib.error):  # another engine
        return re.compile(source())


def long_expression(source: str) -> re.Pattern[str]:
    """`re.compile` of an expression with long lists of words in it, quicker where it was made before."""
    return expression(source, lambda: source)


def _compiled(source: str) -> tuple[str, int, bytes, int, tuple[tuple[str, int], ...]]:
    """An expression, its flags, its code, how many groups it has and the numbers of those with a name."""
    parsed = importlib.import_module("re._parser").parse(source)
    code = importlib.import_module("re._compiler")._code(parsed, 0)
    state = parsed.state
    packed = zlib.compress(array("I", code).tobytes(), 1)
    return source, state.flags, packed, state.groups - 1, tuple(state.groupdict.items())


@cache
def _engine() -> Any:
    return importlib.import_module("_sre")
