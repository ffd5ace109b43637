"""What was done to a text: exactly the edits that turn one into the other, few, and in whole words."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads import Edit, apply_edits, edits_between

ADVERT = """Sales manager

We want a dynamic salesman. He will hit the ground running, and he reports to the chairman.

What you need:
- a degree
- ten years of sales
- a car

Pay: £30,000
Apply by Friday.
"""
MOVED = [("\n- a degree", ""), ("", "\n- a degree")]
WORDS = st.sampled_from(
    ["a", "b", "the", "new", " ", " ", "  ", "\n", "\n\n", "\r\n", ".", "- ", "don't", "é", "😀", "<b>"]
)
TEXTS = st.lists(WORDS, max_size=60).map("".join) | st.text(max_size=40)


def shown(before: str, after: str) -> list[tuple[str, str]]:
    edits = edits_between(before, after)
    assert apply_edits(before, edits) == after
    return [(before[edit.start : edit.end], edit.text) for edit in edits]


@given(TEXTS, TEXTS)
def test_the_edits_turn_one_text_into_the_other(before: str, after: str) -> None:
    edits = edits_between(before, after)
    assert apply_edits(before, edits) == after
    assert all(one.end <= other.start for one, other in pairwise(edits))
    assert all(before[edit.start : edit.end] != edit.text for edit in edits)


@pytest.mark.parametrize("stop", [". A", "! A", "? A", ".\nA"])
def test_changes_of_two_sentences_are_two_however_near_they_stand(stop: str) -> None:
    before = f"Our office is a fast-paced place{stop} full driving licence is essential."
    after = f"Our office is a busy place{stop} way to travel is essential."
    assert shown(before, after) == [("fast-paced", "busy"), ("full driving licence", "way to travel")]


@given(TEXTS)
def test_a_text_that_stays_has_no_edits(text: str) -> None:
    assert edits_between(text, text) == ()


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6, unique=True))
def test_lines_that_stay_are_in_no_edit(places: list[int]) -> None:
    before = [f"Line {number} of the advert." for number in range(401)]
    after = [f"New words at {n}" if n in places else line for n, line in enumerate(before)]
    assert shown("\n".join(before), "\n".join(after)) == [(before[n], after[n]) for n in sorted(places)]


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("salesman", "salesperson", [("salesman", "salesperson")]),
        ("a dynamic salesman", "a salesman", [("dynamic ", "")]),
        ("We want", "We now want", [("", "now ")]),
        ("he reports to the chairman", "you report to me", [("he reports to the chairman", "you report to me")]),
        ("- a degree\n", "", [("\n- a degree", "")]),
        ("- a car\n", "- a car\n- a licence\n", [("", "\n- a licence")]),
        ("- a car\n", "- a bicycle\n- a car\n", [("", "\n- a bicycle")]),
        ("\n\nWhat you need", "\n\nA new paragraph.\n\nWhat you need", [("", "\n\nA new paragraph.")]),
        ("Friday.\n", "Friday.\n\nA statement.\n", [("", "\n\nA statement.")]),
        ("Friday.\n", "Friday.", [("\n", "")]),
        ("Sales manager\n", "At the top.\nSales manager\n", [("", "At the top.\n")]),
        ("£30,000\nApply", "£30,000. Apply", [("\n", ". ")]),
        ("running, and he", "running. He", [(", and he", ". He")]),
        ("We want a dynamic salesman. ", "", [("We want a dynamic salesman. ", "")]),
        ("salesman.", "salesman. You drive.", [("", " You drive.")]),
        ("ten years", "10 years", [("ten", "10")]),
        ("£30,000", "£32,500", [("30,000", "32,500")]),
        ("- a degree\n- ten years of sales", "- ten years of sales\n- a degree", MOVED),
    ],
)  # fmt: skip
def test_a_change_is_told_as_it_was_made(old: str, new: str, edits: list[tuple[str, str]]) -> None:
    assert shown(ADVERT, ADVERT.replace(old, new)) == edits


def test_changes_far_apart_stay_apart() -> None:
    after = ADVERT.replace("dynamic ", "").replace("ten years", "experience").replace("Friday", "Monday")
    assert shown(ADVERT, after) == [("dynamic ", ""), ("ten years", "experience"), ("Friday", "Monday")]


def test_words_in_common_between_two_changes_of_a_line_do_not_part_them() -> None:
    assert shown("He runs the team.", "You run the group.") == [("He runs the team", "You run the group")]
    assert shown("He runs a team of nine people.", "You run a team of nine adults.") == [
        ("He runs", "You run"),
        ("people", "adults"),
    ]


def test_two_changed_lines_are_two_changes() -> None:
    assert shown("Hours: long\nPay: low", "Hours: flexible\nPay: fair") == [("long", "flexible"), ("low", "fair")]


def test_one_line_without_end_is_compared_sentence_by_sentence() -> None:
    before = "".join(f"<p>Sentence {number} of a page.</p>" for number in range(5_000))
    after = before.replace("<p>Sentence 7 of", "<p>Sentence seven of").replace("4990 of a page", "4990 of a leaf")
    assert shown(before, after) == [("7", "seven"), ("page", "leaf")]


CHOICE = random.Random(5)
LETTERS = ["".join(CHOICE.choice("abcdefghij") for _ in range(4)) for _ in range(300)]
HOSTILE = {
    "nothing in common": lambda: " ".join(f"{CHOICE.random()}" for _ in range(10_000)),
    "two words": lambda: " ".join(CHOICE.choice("ab") for _ in range(100_000)),
    "two kinds of line": lambda: "\n".join(CHOICE.choice("ab") for _ in range(100_000)),
    "line ends": lambda: "".join(CHOICE.choice("a\n") for _ in range(200_000)),
    "full stops": lambda: "".join(CHOICE.choice("a.") for _ in range(200_000)),
    "few words": lambda: " ".join(CHOICE.choice(LETTERS) for _ in range(40_000)),
    "many lines of few words": lambda: "\n".join(
        f"{number} " + " ".join(CHOICE.choice(LETTERS[:2]) for _ in range(40)) for number in range(1_000)
    ),
    "all moved": lambda: " ".join(CHOICE.sample([str(number) for number in range(30_000)], 30_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_two_texts_take_long(name: str) -> None:
    before, after = HOSTILE[name](), HOSTILE[name]()
    begun = time.process_time()
    edits = edits_between(before, after)
    assert time.process_time() - begun < 5  # a tenth of it when it was written
    assert apply_edits(before, edits) == after


def test_line_ends_alone_do_not_take_long() -> None:
    begun = time.process_time()
    edits = edits_between("\n" * 100_000 + "x", "\n" * 200_000 + "x")
    assert time.process_time() - begun < 5
    assert [(edit.start, edit.end, len(edit.text)) for edit in edits] == [(0, 0, 100_000)]
    assert edits_between("x\n", "x\n\n") == (Edit(start=1, end=1, text="\n"),)
