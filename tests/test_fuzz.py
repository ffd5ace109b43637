"""The targets of the fuzzer, for a few seconds; `make fuzz MINUTES=60` gives them an hour.

Inputs that once broke something are in `CASES` by name of their target, and stay there.
"""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz_targets import TARGETS

CASES = {
    "phrase": [
        b"\x33\x5b\xa5\xce",  # a backslash before nothing
        b"\1\0\1\x09\1\6\1\x0f\1\7\1\0",  # a slot that is not there, where the phrase may do without
    ],
    "batch": [b'\0{"id": 1, "text": "he", "findings": [0]}\n', b'\0{"id": 1, "extra": []}\n'],
    "http": [b"\xffH\0^^\t.", b"\x12\0\0\0"],  # a Host header that no address can be made of; two slashes at the start
    "advert": [b"\0\0# \x01\x02\x03\x04\x05\x06"],
}


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_whatever_comes_in_is_answered_or_refused_in_our_own_words(name: str) -> None:
    @settings(max_examples=15 if name in {"advert", "word", "wire"} else 60)
    @given(st.binary(max_size=300))
    @example(b"")
    def escapes_nothing(data: bytes) -> None:
        TARGETS[name](data)

    escapes_nothing()


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, cases in CASES.items() for data in cases])
def test_what_broke_once_stays_mended(name: str, data: bytes) -> None:
    TARGETS[name](data)
