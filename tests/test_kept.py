"""What is made of the lexicons is kept between runs, and nothing depends on it."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads.lexicon import kept
from inclusive_ads.lexicon.kept import FOLDER, Kept
from inclusive_ads.lexicon.patterns import compile_phrase
from inclusive_ads.lexicon.vocabulary import Vocabulary
from inclusive_ads_web import WebSettings

ADVERT = "Only men may apply. He will be a young and dynamic salesman.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own" / "words.db"


def again(file: Path, value: object = "made") -> list[object]:
    """What another run gets: twice the value of one key, and how often it was made."""
    made: list[object] = []

    def make() -> object:
        made.append(value)
        return value

    store = Kept(file)
    got = [store.value("one", make), store.value("one", make)]
    store.write()
    return [*got, len(made)]


def check(**environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "inclusive_ads", "check", "-", "--format", "json"],
        input=ADVERT.encode(),
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_what_was_made_is_not_made_again(file: Path) -> None:
    assert again(file) == ["made", "made", 1]
    assert again(file, "otherwise") == ["made", "made", 0]


def test_nothing_is_kept_where_no_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, "")

    assert kept.file() is None
    assert Kept(kept.file()).value("one", lambda: 1) == 1


@pytest.mark.parametrize("home", ["", "/made/for/it"])
def test_it_lies_where_such_files_lie(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.delenv(FOLDER)
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    found = kept.file()

    assert found is not None
    assert found.parent == (Path(home) if home else Path.home() / ".cache") / "inclusive-ads"


def test_the_server_takes_its_name_for_no_misspelling() -> None:
    assert WebSettings.from_environment({FOLDER: "/var/cache"}) == WebSettings.from_environment({})


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (FOLDER, "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", dict[int, object]().__getitem__)  # as for a user that no file names

    assert kept.file() is None


@pytest.mark.parametrize("content", [b"", b"no database\n" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_broken_file_is_begun_anew(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=0o700)
    file.write_bytes(content)

    assert again(file)[:2] == ["made", "made"]
    assert again(file)[:2] == ["made", "made"]
    assert again(file, "otherwise") == ["made", "made", 0]


def test_a_broken_value_is_made_anew(file: Path) -> None:
    again(file)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE kept SET value = x'ff00'")

    assert again(file, "new")[0] == "new"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no file modes here")
def test_a_folder_that_others_may_write_in_is_not_used(file: Path) -> None:
    file.parent.mkdir()
    file.parent.chmod(0o777)

    assert again(file)[:2] == ["made", "made"]
    assert not file.exists()


def test_a_folder_that_cannot_be_made_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file")

    assert again(tmp_path / "own" / "words.db")[:2] == ["made", "made"]


def test_a_file_that_another_holds_costs_nothing_but_time(file: Path) -> None:
    again(file)
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")

        assert again(file, "meanwhile")[0] == "meanwhile"


def test_the_oldest_go(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 10)
    store = Kept(file)
    for number in range(25):
        store.value(str(number), lambda number=number: number)  # type: ignore[misc]
        store.write()
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (10,)

    assert Kept(file).value("24", lambda: -1) == 24
    assert Kept(file).value("0", lambda: -1) == -1


def _work(file: Path) -> int:
    store = Kept(file)
    total = sum(store.value(str(number), lambda number=number: number) for number in range(1200))  # type: ignore[misc]
    store.write()
    return total


def test_threads_and_processes_share_it(file: Path) -> None:
    with ProcessPoolExecutor(3) as processes:
        assert set(processes.map(_work, [file] * 6)) == {sum(range(1200))}
    store = Kept(file)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda n: store.value(str(n), lambda: -1), range(1200))) == list(range(1200))


@given(st.from_regex(r"[a-z()|?*+.]{1,12}(?:\(\?P<kept>[a-z]+\))?", fullmatch=True))
def test_an_expression_finds_the_same_as_one_that_was_compiled(source: str) -> None:
    try:
        plain = re.compile(source)
    except re.error:
        with pytest.raises(re.error):
            kept.expression(source, lambda: source)
        return
    for _ in range(2):
        made = kept.expression(source, lambda: source)
        assert (made.pattern, made.flags, made.groups, made.groupindex) == (
            plain.pattern,
            plain.flags,
            plain.groups,
            plain.groupindex,
        )
        for text in ("", "abc abab a", "zzz(a|b)*"):
            assert [m.span() for m in made.finditer(text)] == [m.span() for m in plain.finditer(text)]


def test_a_phrase_is_made_ready_by_its_own_vocabulary() -> None:
    one, other = (Vocabulary(slots={"worker": words}) for words in (("nurse",), ("cook", "baker")))

    assert compile_phrase("{worker} wanted", one).literals == ("nurse wanted",)
    assert compile_phrase("{worker} wanted", other).literals == ("cook wanted", "baker wanted")
    assert one.mark != other.mark
    assert one.mark == Vocabulary(slots={"worker": ("nurse",)}).mark


def test_an_advert_gets_the_same_report_and_leaves_no_word_behind(tmp_path: Path) -> None:
    first, second, without = (check(**{FOLDER: name}) for name in (str(tmp_path / "own"),) * 2 + ("",))
    (written,) = (tmp_path / "own").iterdir()

    assert first.stdout == second.stdout == without.stdout
    assert b"reserve-sex" in first.stdout
    assert written.stat().st_mode & 0o077 == 0 or written.parent.stat().st_mode & 0o077 == 0
    with sqlite3.connect(written) as connection:
        assert not any(b"dynamic salesman" in value for (value,) in connection.execute("SELECT value FROM kept"))
