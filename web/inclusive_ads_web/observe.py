"""Request ids, logs and metrics. None of them ever holds text from an advert, a query or a form."""

from __future__ import annotations

import json
import logging
import os
import re
import threading
import time
import traceback
import uuid
from collections import Counter
from pathlib import Path
from typing import Any  # what is logged has no types

from flask import Flask, Response, g, request

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"
log = logging.getLogger("inclusive_ads_web")

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
WORDING = "X-Inclusive-Ads-Wording"  # from a worker to the server
HEAVY = 1_000_000  # bytes of a request
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, event and the fields given as `extra={"fields": ...}`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        fields: dict[str, Any] = getattr(record, "fields", {})
        return json.dumps(
            {"time": f"{stamp}.{record.msecs:03.0f}Z", "level": record.levelname.lower(), "event": record.msg} | fields
        )


class Metrics:
    """Counts and times by route, in the text format that Prometheus reads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._seconds: Counter[tuple[str, float]] = Counter()
        self._total: Counter[str] = Counter()
        self._tally: Counter[str] = Counter()
        self._sum: dict[str, float] = {}

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Note one answered request."""
        with self._lock:
            self._requests[route, method, status] += 1
            self._total[route] += 1
            self._sum[route] = self._sum.get(route, 0.0) + seconds
            for bucket in BUCKETS:
                self._seconds[route, bucket] += seconds <= bucket

    def add(self, tally: Counter[str]) -> None:
        """Note what adverts came to (``wording ready``), and the lines and errors of a batch."""
        with self._lock:
            self._tally.update(tally)

    def text(self) -> str:
        """The whole exposition."""
        with self._lock:
            lines = [
                "# HELP inclusive_ads_adverts_total Adverts checked, by what their wording came to.",
                "# TYPE inclusive_ads_adverts_total counter",
                *(
                    f'inclusive_ads_adverts_total{{wording="{name.removeprefix("wording ")}"}} {number}'
                    for name, number in sorted(self._tally.items())
                    if name.startswith("wording ")
                ),
                "# TYPE inclusive_ads_batch_lines_total counter",
                f"inclusive_ads_batch_lines_total {self._tally['lines']}",
                "# TYPE inclusive_ads_batch_errors_total counter",
                f"inclusive_ads_batch_errors_total {self._tally['errors']}",
                "# HELP inclusive_ads_requests_total Requests answered.",
                "# TYPE inclusive_ads_requests_total counter",
                *(
                    f'inclusive_ads_requests_total{{route="{route}",method="{method}",status="{status}"}} {number}'
                    for (route, method, status), number in sorted(self._requests.items())
                ),
                "# HELP inclusive_ads_request_seconds Time to answer.",
                "# TYPE inclusive_ads_request_seconds histogram",
            ]
            for route in sorted(self._total):
                name = "inclusive_ads_request_seconds"
                lines += [
                    f'{name}_bucket{{route="{route}",le="{bucket}"}} {self._seconds[route, bucket]}'
                    for bucket in BUCKETS
                ]
                lines.append(f'{name}_bucket{{route="{route}",le="+Inf"}} {self._total[route]}')
                lines.append(f'{name}_sum{{route="{route}"}} {self._sum[route]:.6f}')
                lines.append(f'{name}_count{{route="{route}"}} {self._total[route]}')
        return "\n".join(lines) + "\n"


def route() -> str:
    """The route's rule (``/guide/<entry>``), never the address itself, which could hold anything."""
    return request.url_rule.rule if request.url_rule else "unknown"


def fault(error: BaseException) -> None:
    """Log an unexpected error: its type and where it happened, not its message, which could quote an advert."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        "fault",
        extra={
            "fields": {
                "request_id": g.get("request_id", ""),
                "route": route(),
                "error": type(error).__name__,
                "at": [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames[-6:]],
            }
        },
    )


def observe(app: Flask, *, inner: bool = False) -> Metrics:
    """Give each request an id, and log and count each answer, when the last of it is made.

    An `inner` app, that of a worker, tells what an advert came to in a header, and counts nothing.
    """
    metrics = Metrics()

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        g.began = time.perf_counter()
        app.extensions["inclusive_ads_state"].at_work += 1

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        if inner:
            response.headers[WORDING] = g.get("wording", "")
            return response
        state = app.extensions["inclusive_ads_state"]
        began, tally = g.get("began", time.perf_counter()), g.get("tally", Counter())
        method = request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
        rule, wording = route(), str(g.get("wording", ""))
        fields: dict[str, Any] = {
            "request_id": g.get("request_id", ""),
            "method": method,
            "route": rule,
            "status": response.status_code,
            "bytes_in": request.content_length or 0,
            "caller": g.get("caller") or "",
        }

        def told() -> None:
            state.at_work -= 1
            state.heavy |= fields["bytes_in"] > HEAVY
            seconds = time.perf_counter() - began
            metrics.count(rule, method, response.status_code, seconds)
            metrics.add(Counter({f"wording {wording}": 1}) if wording else tally)
            more = {name: tally[name] for name in ("lines", "errors") if tally}
            log.info("request", extra={"fields": {**fields, "milliseconds": round(seconds * 1000, 1), **more}})

        if response.is_streamed and "tally" in g:
            response.call_on_close(told)
        else:
            told()
        return response

    return metrics


def memory(process: int | str = "self") -> int:
    """Resident bytes of a process; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def log_to_stderr(*, faults_only: bool = False) -> None:
    """Write the log as JSON lines to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    log.handlers[:] = [handler]
    log.setLevel(logging.ERROR if faults_only else logging.INFO)
    log.propagate = False
