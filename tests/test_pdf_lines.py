"""The text of a PDF comes in whole lines and with bullets that can be seen, and reads as its author meant it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads import Document
from inclusive_ads.text.readers.plain import whole_lines

WRAPPED = (
    "We look for a clerk who will keep the records of the ward\nin good order and who will help patients and their\n"
    "families with what they ask."
)


@pytest.mark.parametrize(
    ("drawn", "whole"),
    [
        (WRAPPED, WRAPPED.replace("\n", " ")),
        (WRAPPED.replace("\n", " \n"), WRAPPED.replace("\n", " ")),
        ("\uf0b7 keep the books\n\uf0b7 greet patients", "• keep the books\n• greet patients"),
        ("\uf0a7\tkeep the books", "• keep the books"),
        ("\uf0d8keep the books", "• keep the books"),
        ("\ue123 keep the books", "• keep the books"),
        ("  \uf0b7  keep the books", "  • keep the books"),
        ("\uf0b7\nkeep the books\n\uf0b7\ngreet patients", "• keep the books\n• greet patients"),
        ("•\nkeep the books", "• keep the books"),
        ("Duties: \uf0b7 keep the books \uf0b7 greet", "Duties: • keep the books • greet"),
        ("We care\uf0fc for all", "We care for all"),
        ("Pay: a lot\nHours: few\nPlace: Leeds", "Pay: a lot\nHours: few\nPlace: Leeds"),
        ("Ward clerk\n\nWe care.\n\nApply.", "Ward clerk\n\nWe care.\n\nApply."),
        ("You will have much experi-\nence of records and of the people who keep them", None),
        ("a well-\nknown team of people who work here and who like it very much", None),
    ],
)
def test_lines_are_whole_and_bullets_seen(drawn: str, whole: str | None) -> None:
    expected = whole or drawn.replace("experi-\n", "experi").replace("well-\n", "well-")
    assert whole_lines(drawn) == expected


def test_an_item_that_the_layout_broke_is_one_item() -> None:
    drawn = (
        "What you will do\n\uf0b7 keep the records in order and up to date, as the policy of\n"
        "the trust on records says, which you will find on the pages\nof the trust\n\uf0b7 answer the telephone"
    )
    document = Document.from_text(whole_lines(drawn))
    assert [(block.kind, block.end - block.start) for block in document.blocks] == [
        ("heading", 16),
        ("item", 131),
        ("item", 20),
    ]


def test_pasted_bullets_of_a_font_are_bullets() -> None:
    document = Document.from_text("Duties\n\uf0b7 keep the books\n\uf0a7\tgreet patients\n\uf0d8\ndrive")
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        ("heading", "Duties"),
        ("item", "keep the books"),
        ("item", "greet patients"),
        ("item", "drive"),
    ]


PIECES = st.sampled_from(
    [*"ab.,-•\uf0b7\ue000:\n\n\t  ", "experi-\nence", "long words follow here and there", "A line."]
)


@given(st.lists(PIECES, max_size=50).map("".join))
def test_no_word_is_lost(text: str) -> None:
    whole = whole_lines(text)
    letters = [letter for letter in text if letter.isalpha() and letter.isascii()]
    assert [letter for letter in whole if letter.isalpha() and letter.isascii()] == letters
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in whole)
