"""Forms, controls, contents lists, notes and marked words in Word; and Word made of other formats: exact both ways."""

from __future__ import annotations

import pytest
from test_word import settle
from word_cases import cases

from inclusive_ads import Document

CASES = dict(cases())


@pytest.mark.parametrize("name", CASES)
def test_what_is_typed_accepts_and_rejects_exactly(name: str) -> None:
    case = CASES[name]
    assert Document.from_bytes(settle(case.tracked, accept=True)).source == case.after
    assert Document.from_bytes(settle(case.tracked, accept=False)).source == case.before
