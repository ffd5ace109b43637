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
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from inclusive_ads.batch.items import Item
from inclusive_ads.checker import Checker
from inclusive_ads.decisions import decisions_path, load_decisions
from inclusive_ads.errors import InclusiveAdsError
from inclusive_ads.render.results import error_line, result_line
from inclusive_ads.settings import Settings
from inclusive_ads.statements import Figures, Vacancy
from inclusive_ads.text.document import Document

CHUNK = 24  # adverts sent to a worker at a time


def check_items(
    items: Iterable[Item], settings: Settings, *, workers: int = 1, chunk: int = CHUNK
) -> Iterator[dict[str, Any]]:
    """Check adverts in order.

    Yields:
        ``{"id", "verdict", "findings"}`` (offsets in code points of the text), or ``{"id", "error"}``.

    Raises:
        InclusiveAdsError: the settings or lexicons have a mistake, or a worker was ended from outside.
    """
    checker = Checker(settings)  # here too, so that a mistake in a lexicon is said once
    if workers <= 1:
        for item in items:
            yield check_item(checker, item)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(settings,))
    try:
        chunks = _chunks(iter(items), chunk)
        waiting: deque[Future[list[dict[str, Any]]]] = deque()
        for some in itertools.islice(chunks, workers * 3):
            waiting.append(pool.submit(_check_chunk, some))
        while waiting:
            results = waiting.popleft().result()
            for some in itertools.islice(chunks, 1):
                waiting.append(pool.submit(_check_chunk, some))
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


_worker: list[Checker] = []


def _start(settings: Settings) -> None:
    # The main process alone answers Ctrl-C; where it is killed, its workers must not live on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker[:] = [Checker(settings)]


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _check_chunk(items: list[Item]) -> list[dict[str, Any]]:
    return [check_item(_worker[0], item) for item in items]


def check_item(
    checker: Checker, item: Item, *, vacancy: Vacancy | None = None, evidence: Figures | None = None
) -> dict[str, Any]:
    """One line of results: `result_line` of the advert, or why it could not be checked. Raises nothing.

    Args:
        vacancy, evidence: as `Checker.check` takes them.
    """
    if item.error:
        return error_line(item.id, item.error, item.extra)
    limit = checker.settings.max_characters
    try:
        if item.path:
            document = Document.from_file(item.path, limit=limit)
            decisions = load_decisions(decisions_path(item.path))
        else:
            document, decisions = Document.from_text(item.text, format=item.format, limit=limit), ()
        report = checker.check(document, vacancy=vacancy, evidence=evidence, decisions=decisions)
        return result_line(item.id, report, document.source, item.extra)
    except InclusiveAdsError as error:
        return error_line(item.id, str(error), item.extra)
    except Exception as error:  # whatever one advert brings about, the others are still wanted
        fault = f"A fault in inclusive-ads ({type(error).__name__}): please report it."
        return error_line(item.id, fault, item.extra)
