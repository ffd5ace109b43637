"""Work grows no faster than the advert: the whole check and each form of its report, on text made to be slow.

What Python does is counted line by line, so that a busy machine cannot make a test fail; what regular expressions do
shows only in processor time, and is given a wide margin.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from benchmarks.growth import SLOW, advert
from inclusive_ads import Checker, Document, Report, Settings
from inclusive_ads.render.page import html
from inclusive_ads.render.terminal import text as terminal
from inclusive_ads.render.tools import github, sarif
from inclusive_ads_web.presenters import compared, marked

FORMATS: dict[str, Callable[[Report, Document], object]] = {
    "terminal": terminal,
    "html": html,
    "sarif": lambda report, document: sarif([("a", report, document)]),
    "github": lambda report, document: github("a", report, document),
    "plain values": lambda report, _: report.to_dict(),
    "marks on the page": lambda report, document: marked(document, report.findings),
    "changes on the page": lambda report, document: compared(document, Document.from_text(report.improved)),
}


def lines(work: Callable[[], object]) -> int:
    """How many lines of ours are run."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if "inclusive_ads" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize("name", SLOW)
def test_a_check_grows_with_the_length(checker: Checker, name: str) -> None:
    small, large = (Document.from_text(advert(SLOW[name], size)) for size in (2_000, 8_000))
    checker.check(large)  # what is remembered about single words and patterns is not part of the comparison
    # Four times the length: 4 where the work is linear, 16 where it is quadratic.
    assert lines(lambda: checker.check(large)) < 6 * lines(lambda: checker.check(small))
    assert seconds(lambda: checker.check(large)) < 10 * seconds(lambda: checker.check(small)) + 0.01


def test_what_is_copied_for_each_line_grows_with_the_length() -> None:
    checker = Checker(Settings(max_characters=1_000_000))
    small, large = (Document.from_text("You keep the rota.\n\n" * n, limit=1_000_000) for n in (5_000, 20_000))
    checker.check(large)
    # Copies are no steps of Python, so that only time shows them: four times the length took 13 times as long.
    assert seconds(lambda: checker.check(large)) < 8 * seconds(lambda: checker.check(small))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["findings on lines", "findings in one sentence", "equal findings"])
def test_each_form_of_a_report_grows_with_the_length(checker: Checker, name: str, form: str) -> None:
    def work(size: int) -> Callable[[], object]:
        document = Document.from_text(advert(SLOW[name], size))
        report = checker.check(document)
        return lambda: FORMATS[form](report, document)

    small, large = work(2_000), work(8_000)
    large()
    assert lines(large) < 6 * lines(small) + 100
    assert seconds(large) < 10 * seconds(small) + 0.02
