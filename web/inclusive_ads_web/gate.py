"""Who may work now: so much at once in all and for each caller, and a short queue. Whoever finds no room is told so."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from inclusive_ads_web.problems import Problem


class Gate:
    """Places for work.

    Args:
        places: how many may work at once.
        each: how many of them one caller may hold.
        queue: how many may wait for one, half of them at most of one caller.
        patience: seconds for which they wait.
    """

    def __init__(self, places: int, *, each: int, queue: int = 0, patience: float = 0.0) -> None:
        self.places, self.each, self.queue, self.patience = places, each, queue, patience
        self._changed = threading.Condition()
        self._working: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()

    @property
    def working(self) -> int:
        """How many work now."""
        return self._working.total()

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return self._waiting.total()

    def enter(self, caller: str, *, patient: bool = False) -> Callable[[], None]:
        """Take a place; who is `patient` waits as long as it takes.

        Returns:
            What gives the place back, however often it is called.

        Raises:
            Problem: 429 where the caller holds or awaits as many as one may, 503 where all do.
        """
        with self._changed:
            if patient:
                self._changed.wait_for(lambda: self._free(caller))
            elif not self._free(caller):
                self._wait(caller)
            self._working[caller] += 1
        held = [caller]

        def leave() -> None:
            with self._changed:
                if held:
                    self._take_off(self._working, held.pop())
                    self._changed.notify_all()

        return leave

    @contextmanager
    def place(self, caller: str, *, patient: bool = False) -> Iterator[None]:
        """A place for as long as the block runs; see `enter`."""
        leave = self.enter(caller, patient=patient)
        try:
            yield
        finally:
            leave()

    def _free(self, caller: str) -> bool:
        return self.working < self.places and self._working[caller] < self.each

    def _wait(self, caller: str) -> None:
        alone = self._working[caller] >= self.each
        if self._waiting[caller] >= (self.queue + 1) // 2 or self.waiting >= self.queue:
            raise busy(alone or self._waiting[caller] > 0)
        self._waiting[caller] += 1
        try:
            if not self._changed.wait_for(lambda: self._free(caller), self.patience):
                raise busy(alone)
        finally:
            self._take_off(self._waiting, caller)

    @staticmethod
    def _take_off(counter: Counter[str], caller: str) -> None:
        counter[caller] -= 1
        if not counter[caller]:
            del counter[caller]  # callers come and go


def busy(of_one: bool) -> Problem:
    """The refusal, where one caller asks for too much at once, or all together do."""
    if of_one:
        return Problem(429, "at-once", "You have too many requests at once.", "Wait for answers before you ask again.")
    return Problem(503, "busy", "All places are taken.", "Try again after as many seconds as Retry-After says.")
