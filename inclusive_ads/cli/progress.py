"""How far long work is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TypeVar

_T = TypeVar("_T")


def progress(results: Iterator[_T], *, hidden: bool = False, total: int | None = None) -> Iterator[_T]:
    """A progress bar on a terminal, none in a pipe.

    Args:
        hidden: show none, since the results themselves fill the screen.
        total: how many there will be, where that is known.
    """
    if hidden or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, TextColumn, TimeElapsedColumn

    count = "{task.completed} adverts" if total is None else "{task.completed} of {task.total} adverts"
    columns: list[ProgressColumn] = [SpinnerColumn(), TextColumn(count), TimeElapsedColumn()]
    if total is not None:
        columns.insert(1, BarColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("checking", total=total)
        for result in results:
            bar.advance(task)
            yield result
