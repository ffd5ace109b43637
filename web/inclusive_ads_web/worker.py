"""Workers: processes that do what takes long, for a server that only hands requests on and answers back.

Each takes one piece of work at a time from a pipe, and ends with the pipe. They come from one process that has loaded
everything, so that a new one is there at once and all share what was loaded.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import socket
import sys
from contextlib import suppress
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Any  # what stands in an environ has no types

from apiflask import APIFlask
from werkzeug.test import run_wsgi_app

from inclusive_ads_web.app import create_app
from inclusive_ads_web.batches import answer_line
from inclusive_ads_web.heap import give_back, keep_little
from inclusive_ads_web.observe import log_to_stderr, memory

MORE = 100 << 20  # bytes above what it held at first: a worker that cannot give those back makes room for a new one

BEHIND = 5  # how much sooner the system lets the server itself run: it has little to do, and to do it now


def work(app: APIFlask, asked: tuple[str, Any, Any]) -> Any:
    """Do one piece: a request (its environ and body → status, headers, body) or a line of a batch (→ bytes)."""
    kind, what, more = asked
    if kind == "line":
        with app.app_context():
            return answer_line(what, more)
    environ = {
        **what,
        "wsgi.version": (1, 0),
        "wsgi.input": BytesIO(more),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(more)),
    }
    body, status, headers = run_wsgi_app(app, environ, buffered=True)
    return status, list(headers), b"".join(body)


def run(app: APIFlask, pipe: Connection) -> None:
    """A worker: work until there is no more, or too much memory is held."""
    at_first = memory()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(work(app, pipe.recv()))
            give_back()
            if memory() > at_first + MORE:
                return


def nurse(app: APIFlask, control: socket.socket) -> None:
    """The process that all workers come from: loaded once, it makes and ends them as the server asks.

    A message is ``b"+"`` with the worker's end of a pipe, answered with its number in four bytes, or ``b"-"`` and the
    number. Only this process, their parent, may end workers: a number is not given to another before it is told so.
    """
    alive: set[int] = set()
    with suppress(ConnectionError):  # what the server had not read when it closed the pipe
        while True:
            message, files, _, _ = socket.recv_fds(control, 5, 1)
            if not message:
                break
            for child in list(alive):
                if os.waitpid(child, os.WNOHANG)[0]:
                    alive.discard(child)
            if message[:1] == b"-":
                child = int.from_bytes(message[1:], "big")
                if child in alive:
                    os.kill(child, signal.SIGKILL)
                    os.waitpid(child, 0)
                    alive.discard(child)
            elif child := os.fork():
                os.close(files[0])
                alive.add(child)
                control.sendall(child.to_bytes(4, "big"))
            else:
                control.close()
                run(app, Connection(files[0]))
                os._exit(0)
    for child in alive:
        os.kill(child, signal.SIGKILL)


def main() -> None:
    """Load everything, and wait for what the server wants."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the server says when to end: it closes the pipe
    os.nice(BEHIND)
    keep_little()
    control = socket.socket(fileno=int(sys.argv[1]))
    with os.fdopen(int(sys.argv[2]), "rb") as given:
        settings, web, most = pickle.load(given)  # noqa: S301 - from the server, over a pipe of its own
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    log_to_stderr(faults_only=True)
    app = create_app(web, settings, inner=True)
    app.extensions["inclusive_ads"].warm()
    gc.collect()
    gc.freeze()  # what is loaded stays shared between all workers
    with suppress(ConnectionError):  # the server ended before it began
        control.sendall(b"ready")
        nurse(app, control)


if __name__ == "__main__":
    main()
