"""The guide to wording, as a page: every entry has a plain name, and is found by what an advert says."""

from __future__ import annotations

import re

import pytest
from desk_pages import (
    words,
)
from flask.testing import FlaskClient

from inclusive_ads import Checker
from inclusive_ads_web.guide import Guide, title, wordings


def test_the_guide_finds_entries_by_word_and_category(client: FlaskClient) -> None:
    assert words(client.get("/guide?q=gadgeteer").text, "main h2") == "1 entry"
    assert words(client.get("/guide?q=gadgeteer&category=age").text, "main h2") == "0 entries"
    assert client.get("/guide/no-such-entry").status_code == 404


def test_every_entry_of_the_guide_has_a_plain_name_of_its_own(checker: Checker) -> None:
    entries = checker.lexicon.spelt_out().values()
    names = [title(entry) for entry in entries]
    shown = [*names, *(wording for entry in entries for wording in wordings(entry))]
    assert len(names) == len(set(names)) > 300
    assert [text for text in shown if set(text) & set("[]{}|\\_") or "..." in text or text.strip() != text] == []
    assert [entry.id for entry in entries if "{" in entry.told] == []
    assert not set(names) & {entry.id for entry in entries}
    assert [name for name in names if len(name) > 70] == []


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("work hard play hard", "work hard, play hard"),
        ("Must have a driving licence!", "full UK driving licence"),
        ("rockstar", "rock stars"),
        ("“can do”", "can-do attitude"),
        ("native english", "native English speaker"),
        ("5 years' experience", "at least 5 years' experience"),
        ("fast-paced", "fast-paced"),
        ("chairmen", "Chairman"),
        ("stale-crb", "CRB check"),
        ("we pay competitive", "salary is competitive"),
    ],
)
def test_the_guide_finds_an_entry_by_the_wording_of_an_advert(checker: Checker, asked: str, name: str) -> None:
    found = Guide(checker.lexicon.spelt_out()).find(asked)
    assert name in [title(entry) for entry in found[:2]]


def test_words_that_no_entry_holds_together_find_those_that_hold_most_of_them(checker: Checker) -> None:
    found = Guide(checker.lexicon.entries).find("ninja zzzz")
    assert "coding ninja" in [title(entry) for entry in found]
    assert Guide(checker.lexicon.entries).find("zzzz") == []


def test_the_guide_shows_the_wording_that_was_searched_for(client: FlaskClient) -> None:
    shown = words(client.get("/guide?q=wizard").text, ".app-entries")
    assert re.search("“[^”]*”, also “[^”]*wizard[^”]*”", shown)
