"""The workers of a server: processes, so that long work holds up no answer and can be ended."""

from __future__ import annotations

import os
import pickle
import queue
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any  # what a worker sends back depends on what was asked

from inclusive_ads import Settings, SettingsError
from inclusive_ads_web.gate import Gate
from inclusive_ads_web.problems import Problem
from inclusive_ads_web.settings import WebSettings

START = 120  # seconds to load everything, on a busy machine
ADDRESS_SPACE = 3 << 30  # bytes; far more than any request takes, and a bound all the same


class Nursery:
    """The process that workers come from; see `worker.nurse`."""

    def __init__(self, settings: Settings, web: WebSettings) -> None:
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        with theirs, suppress(BrokenPipeError), os.fdopen(writing, "wb") as given:  # `wait` tells of one that ended
            files = [theirs.fileno(), reading]
            command = [sys.executable, "-m", "inclusive_ads_web.worker", *map(str, files)]
            environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=files, env=environment)  # noqa: S603
            os.close(reading)
            pickle.dump((settings, web, ADDRESS_SPACE), given)
        self._control = ours
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Wait until it is loaded.

        Raises:
            SettingsError: it cannot be started.
        """
        self._control.settimeout(START)
        with suppress(OSError):
            if self._control.recv(5) == b"ready":
                self._control.settimeout(10)
                return
        self.close()
        raise SettingsError("The workers cannot be started.", "The lines above say why.", code="workers")

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def worker(self) -> Worker:
        """A new worker. Raises OSError where the process is gone."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            socket.send_fds(self._control, [b"+"], [theirs.fileno()])
            number = self._control.recv(4)
            if len(number) < 4:
                raise OSError("no worker")
            return Worker(Connection(ours.detach()), int.from_bytes(number, "big"))

    def end(self, worker: Worker) -> None:
        """End a worker at once."""
        with suppress(OSError):
            worker.pipe.close()
        with self._lock, suppress(OSError):
            self._control.sendall(b"-" + worker.process.to_bytes(4, "big"))

    def close(self) -> None:
        """End it, and with it all workers."""
        with suppress(OSError):
            self._control.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self._process.kill()
        self._process.wait()


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker: the pipe to it, and the number of its process."""

    pipe: Connection
    process: int

    def ask(self, asked: tuple[str, Any, Any], seconds: float) -> Any:
        """What the worker makes of it.

        Raises:
            TimeoutError: it takes too long.
            EOFError, OSError: the worker ended.
        """
        self.pipe.send(asked)
        if not self.pipe.poll(seconds):
            raise TimeoutError
        return self.pipe.recv()

    @property
    def ended(self) -> bool:
        """Whether an idle worker has ended: all that can then be read from it is its end."""
        return self.pipe.poll()


class Pool:
    """As many workers as `web.workers`; one that ends or is ended is replaced.

    Args:
        settings, web: what each worker serves with.
    """

    def __init__(self, settings: Settings, web: WebSettings) -> None:
        self.seconds = web.request_seconds
        self.gate = Gate(
            web.workers, each=max(1, web.workers // 2), queue=web.waiting, patience=min(10, web.request_seconds)
        )
        self.ended = 0  # workers, for taking too long or by themselves
        self._lock = threading.Lock()
        self._closed = False
        self._nursery = Nursery(settings, replace(web, workers=0))
        self._workers: list[Worker] = []
        self._number = web.workers
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()

    def wait(self) -> None:
        """Wait until all is loaded. Raises SettingsError."""
        self._nursery.wait()
        self._workers = [self._nursery.worker() for _ in range(self._number)]
        for worker in self._workers:
            self._idle.put(worker)

    @property
    def ready(self) -> bool:
        """Whether workers can be made."""
        return self._nursery.alive

    @property
    def processes(self) -> list[int]:
        """The numbers of the processes."""
        with self._lock:
            return [worker.process for worker in self._workers]

    def ask(self, caller: str, asked: tuple[str, Any, Any], seconds: float = 0.0, *, patient: bool = False) -> Any:
        """Have a piece of work done, in the name of a caller.

        Args:
            caller: counted against one's share.
            asked: see `worker.work`.
            seconds: the most that it may take; 0 for the usual.
            patient: wait for a place as long as it takes (those who do are few by another bound).

        Raises:
            Problem: there is no place, it takes too long, or the worker ended.
        """
        with self.gate.place(caller, patient=patient):
            worker = self._idle.get()
            if worker.ended:  # it made room for a new one after the last piece of work
                worker = self._replace(worker)
            try:
                return worker.ask(asked, seconds or self.seconds)
            except TimeoutError:
                worker = self._replace(worker, fault=True)
                raise Problem(
                    503,
                    "too-much-work",
                    f"The advert takes more than {seconds or self.seconds:g} seconds to check.",
                    "Send it in parts.",
                ) from None
            except (EOFError, OSError):
                worker = self._replace(worker, fault=True)
                raise Problem(
                    503, "worker", "The work was broken off.", "Send the advert again, or in parts."
                ) from None
            finally:
                self._idle.put(worker)

    def _replace(self, worker: Worker, *, fault: bool = False) -> Worker:
        self._nursery.end(worker)
        with self._lock:
            self.ended += fault
            if not self._closed:
                fresh = self._nursery.worker()
                self._workers = [fresh if each is worker else each for each in self._workers]
                return fresh
        return worker

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            self._closed = True
        self._nursery.close()
