"""The same result for the same advert: whatever came before it, beside it, in how many threads or processes."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inclusive_ads import Checker, Settings
from inclusive_ads.batch.items import Item
from inclusive_ads.batch.running import check_item, check_items

ADVERTS = tuple(
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "adverts").glob("*/*.txt"))
)[::3]
# A letter more, less or changed makes slips of the pen, which are remembered word by word.
TEXTS = tuple(
    text for advert in ADVERTS for text in (advert, advert.replace("experience", "experiance"), advert.upper())
)

Results = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def fresh() -> Results:
    """Every text by a checker that has seen nothing but the texts before it."""
    checker = Checker()
    return {text: check_item(checker, Item(id="", text=text)) for text in TEXTS}


def test_there_is_something_to_find(fresh: Results) -> None:
    assert len(TEXTS) >= 30
    assert sum(len(result["findings"]) for result in fresh.values()) > len(TEXTS)


@given(texts=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=12))
@settings(max_examples=25)
def test_what_was_checked_before_changes_nothing(texts: list[str], checker: Checker, fresh: Results) -> None:
    assert [check_item(checker, Item(id="", text=text)) for text in texts] == [fresh[text] for text in texts]


def test_full_caches_change_nothing(fresh: Results) -> None:
    checker = Checker()
    shuffled = random.Random(4)
    for number in range(60):  # words and texts that no cache can hold all of
        words = "".join(shuffled.choice(TEXTS)).split()
        shuffled.shuffle(words)
        checker.check(" ".join(f"{word}{number if len(word) > 12 else ''}" for word in words))
    assert {text: check_item(checker, Item(id="", text=text)) for text in reversed(TEXTS)} == fresh


def test_threads_share_a_checker(fresh: Results) -> None:
    checker = Checker()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: check_item(checker, Item(id="", text=text)), TEXTS * 2))
    assert found == [fresh[text] for text in TEXTS * 2]


@given(order=st.permutations(range(len(TEXTS))), chunk=st.integers(1, 40))
@settings(max_examples=2)
def test_two_processes_any_order_any_batch_size(order: list[int], chunk: int, fresh: Results) -> None:
    items = [Item(id=number, text=TEXTS[number]) for number in order]
    found = check_items(items, Settings(), workers=2, chunk=chunk)
    assert list(found) == [{**fresh[item.text], "id": item.id} for item in items]
