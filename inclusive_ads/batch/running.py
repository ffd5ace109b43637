"""Many adverts, checked in order, in one process or several.

Memory does not grow with the number of adverts, and results do not depend on the number of workers.
One bad advert becomes a line with an error; the rest are done.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TYPE_CHECKING

from inclusive_ads.batch.items import Item
from inclusive_ads.checker import Checker
from inclusive_ads.decisions import Decision, decisions_path, load_decisions
from inclusive_ads.errors import InclusiveAdsError
from inclusive_ads.plain import JsonObject
from inclusive_ads.render.results import error_line, result_line
from inclusive_ads.settings import Settings
from inclusive_ads.text.document import Document
from inclusive_ads.vacancy import Vacancy

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import Evidence

CHUNK = 24  # adverts sent to a worker at a time
Work = Callable[[Checker, Item], JsonObject]  # what is done with one advert; it can be sent to another process


def check_items(
    items: Iterable[Item],
    settings: Settings,
    *,
    workers: int = 1,
    chunk: int = CHUNK,
    vacancy: Vacancy | None = None,
    evidence: Evidence | None = None,
) -> Iterator[JsonObject]:
    """Check adverts in order.

    Args:
        vacancy: what holds for all of them; what a line says of its own goes first.
        evidence: as `Checker.check` takes it.

    Yields:
        The line of `result_line` (offsets in code points of the text), or ``{"id", "error"}``.

    Raises:
        InclusiveAdsError: the settings or lexicons have a mistake, or a worker was ended from outside.
    """
    work = partial(check_item, vacancy=vacancy, evidence=evidence)
    return each_item(items, Checker(settings), work, workers=workers, chunk=chunk)


def each_item(
    items: Iterable[Item], checker: Checker, work: Work, *, workers: int = 1, chunk: int = CHUNK
) -> Iterator[JsonObject]:
    """Do something with every advert: a line each, in order, however many processes there are.

    Args:
        checker: for this process; each other makes its own, with the same settings.

    Raises:
        InclusiveAdsError: a worker was ended from outside.
    """
    if workers <= 1:
        for item in items:
            yield work(checker, item)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(checker.settings, work))
    try:
        chunks = _chunks(iter(items), chunk)
        waiting: deque[Future[list[JsonObject]]] = deque()
        for some in itertools.islice(chunks, workers * 3):
            waiting.append(pool.submit(_work_on, some))
        while waiting:
            results = waiting.popleft().result()
            for some in itertools.islice(chunks, 1):
                waiting.append(pool.submit(_work_on, some))
            yield from results
    except BrokenProcessPool:
        raise InclusiveAdsError(
            "A worker process was ended from outside.", "Is there enough memory? Try fewer workers.", code="worker"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _chunks(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    while some := list(itertools.islice(items, size)):
        yield some


_worker: list[Callable[[Item], JsonObject]] = []


def _start(settings: Settings, work: Work) -> None:
    # The main process alone answers Ctrl-C; where it is killed, its workers must not live on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker[:] = [partial(work, Checker(settings))]


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work_on(items: list[Item]) -> list[JsonObject]:
    return [_worker[0](item) for item in items]


def check_item(
    checker: Checker,
    item: Item,
    *,
    vacancy: Vacancy | None = None,
    evidence: Evidence | None = None,
    line_from: Callable[..., JsonObject] = result_line,
) -> JsonObject:
    """One line of results: `result_line` of the advert, or why it could not be checked. Raises nothing.

    Args:
        vacancy: what is known beside what the item says itself.
        evidence: as `Checker.check` takes it.
        line_from: what makes the line of a report, from the same arguments as `result_line`.
    """

    def line() -> JsonObject:
        document, decisions = open_item(item, checker.settings.max_characters)
        known = item.vacancy.over(vacancy or Vacancy())
        report = checker.check(document, vacancy=known, evidence=evidence, decisions=decisions)
        return line_from(item.id, report, document.source, item.extra)

    return line_of(item, line)


def line_of(item: Item, make: Callable[[], JsonObject]) -> JsonObject:
    """What `make` gives, or why it cannot: whatever one advert brings about, the others are still wanted."""
    if item.error:
        return error_line(item.id, item.error, item.extra)
    try:
        return make()
    except InclusiveAdsError as error:
        return error_line(item.id, str(error), item.extra)
    except Exception as error:
        fault = f"A fault in inclusive-ads ({type(error).__name__}): please report it."
        return error_line(item.id, fault, item.extra)


def open_item(item: Item, limit: int) -> tuple[Document, tuple[Decision, ...]]:
    """The advert of an item, and what was decided about it (in the file beside its own).

    Raises:
        InclusiveAdsError: either cannot be read.
    """
    if item.path:
        return Document.from_file(item.path, limit=limit), load_decisions(decisions_path(item.path))
    if item.data:
        return Document.from_bytes(item.data, name=str(item.id), limit=limit), item.decisions
    return Document.from_text(item.text, format=item.format, limit=limit), item.decisions
