"""Strings are found word by word exactly where a plain search finds them."""

import hypothesis.strategies as st
from hypothesis import given

from inclusive_ads.lexicon.literals import Literals, pack
from inclusive_ads.lexicon.scan_text import bounded

_SIGNS = st.text(alphabet="ab1_ /&.é'", min_size=1, max_size=8)
_STRINGS = st.lists(_SIGNS.map(str.strip).filter(bool), min_size=1, max_size=8, unique=True)


@given(_STRINGS, st.text(alphabet="ab1_ /&.é'\n", max_size=40))
def test_each_string_is_found_as_whole_words_and_nothing_else(strings: list[str], text: str) -> None:
    wanted = [
        (string, at, at + len(string))
        for string in strings
        for at in range(len(text))
        if text.startswith(string, at) and bounded(text, at, at + len(string))
    ]
    found = Literals[str](pack((string, string) for string in strings)).find(text)
    assert sorted(found) == sorted(wanted)
    assert [end for _, _, end in found] == sorted(end for _, _, end in found)


def test_longer_and_shorter_strings_are_found_in_one_another() -> None:
    literals: Literals[int] = Literals(pack([("young", 1), ("young people", 2), ("people of colour", 3), ("16 +", 4)]))
    assert literals.find("Older: young people of colour, 16 + (youngest)") == [
        (1, 7, 12),
        (2, 7, 19),
        (3, 13, 29),
        (4, 31, 35),
    ]


def test_what_no_text_asked_for_is_not_made() -> None:
    literals: Literals[int] = Literals({"young": pack([("young men", 1)])["young"], "old": b"not to be read"})
    assert literals.find("young men and an older hand") == [(1, 0, 9)]


def test_all_is_made_where_that_is_asked_for() -> None:
    packed = dict(pack([("young men", 1), ("old hand", 2)]))
    literals: Literals[int] = Literals(packed)
    literals.load()
    packed["young"] = b"not to be read again"
    assert literals.find("young men and an old hand") == [(1, 0, 9), (2, 17, 25)]
