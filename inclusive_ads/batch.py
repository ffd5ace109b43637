"""Many adverts: read them one by one, check them in order, in one process or several.

Memory does not grow with the number of adverts, and results do not depend on the number of workers.
One bad advert becomes a line with an error; the rest are done.
"""

from __future__ import annotations

import csv
import itertools
import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol, TextIO

from inclusive_ads.checker import Checker
from inclusive_ads.document import Document
from inclusive_ads.errors import InclusiveAdsError, InputError
from inclusive_ads.report import Finding, Report
from inclusive_ads.settings import Settings

CHUNK = 24
SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One advert of a batch: its text or its file, or what is wrong with its line.

    Attributes:
        extra: further columns, such as the team or the month, carried into the results.
    """

    id: str
    text: str = ""
    path: str = ""
    error: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


def read_items(paths: Iterable[str], *, column: str = "text", id_column: str = "id") -> Iterator[Item]:
    """Adverts of folders, files, CSV and JSON lines, in order; "-" is JSON lines on standard input.

    Raises:
        InputError: a path does not exist, or a CSV has no such column.
    """
    for name in paths:
        path = Path(name)
        if name == "-":
            yield from _json_lines(sys.stdin)
        elif path.is_dir():
            for one in sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()):
                yield Item(id=str(one.relative_to(path)), path=str(one))
        elif not path.is_file():
            raise InputError(f"There is no file or folder '{name}'.", "Check the path.", code="not-found")
        elif path.suffix.lower() in (".jsonl", ".ndjson"):
            with path.open(encoding="utf-8", errors="replace") as lines:
                yield from _json_lines(lines)
        elif path.suffix.lower() == ".csv":
            with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
                yield from _csv_rows(lines, name, column, id_column)
        else:
            yield Item(id=name, path=name)


def _json_lines(lines: TextIO) -> Iterator[Item]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            yield Item(id=f"line {number}", error="The line is not JSON.")
            continue
        if not isinstance(data, dict) or not isinstance(data.get("text"), str):
            name = data.get("id", f"line {number}") if isinstance(data, dict) else f"line {number}"
            yield Item(id=str(name), error='The line has no "text".')
            continue
        extra = {str(k): str(v) for k, v in data.items() if k not in ("id", "text") and isinstance(v, (str, int))}
        yield Item(id=str(data.get("id", f"line {number}")), text=data["text"], extra=extra)


def _csv_rows(lines: TextIO, name: str, column: str, id_column: str) -> Iterator[Item]:
    csv.field_size_limit(10_000_000)
    rows = csv.DictReader(lines)
    if column not in (rows.fieldnames or ()):
        raise InputError(
            f"'{name}' has no column '{column}'.",
            f"Its columns are: {', '.join(rows.fieldnames or ())}.",
            code="no-column",
        )
    for number, row in enumerate(rows, 2):
        extra = {k: v for k, v in row.items() if k not in (column, id_column, None) and isinstance(v, str)}
        yield Item(id=row.get(id_column) or f"row {number}", text=row[column] or "", extra=extra)


def check_items(items: Iterable[Item], settings: Settings, *, workers: int = 1) -> Iterator[dict[str, Any]]:
    """Check adverts in order.

    Yields:
        ``{"id", "verdict", "findings"}`` (offsets in code points of the text), or ``{"id", "error"}``.
    """
    if workers <= 1:
        checker = Checker(settings)
        for item in items:
            yield check_item(checker, item)
        return
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start, initargs=(settings,)
    ) as pool:
        waiting: deque[Future[list[dict[str, Any]]]] = deque()
        chunks = _chunks(iter(items))
        for chunk in itertools.islice(chunks, workers * 3):
            waiting.append(pool.submit(_check_chunk, chunk))
        while waiting:
            results = waiting.popleft().result()
            for chunk in itertools.islice(chunks, 1):
                waiting.append(pool.submit(_check_chunk, chunk))
            yield from results


def _chunks(items: Iterator[Item]) -> Iterator[list[Item]]:
    while chunk := list(itertools.islice(items, CHUNK)):
        yield chunk


_worker: list[Checker] = []


def _start(settings: Settings) -> None:
    _worker[:] = [Checker(settings)]


def _check_chunk(items: list[Item]) -> list[dict[str, Any]]:
    return [check_item(_worker[0], item) for item in items]


def check_item(checker: Checker, item: Item) -> dict[str, Any]:
    """One line of results."""
    if item.error:
        return {"id": item.id, "error": item.error}
    try:
        document = (
            Document.from_file(item.path, limit=checker.settings.max_characters)
            if item.path
            else checker.document(item.text)
        )
        report = checker.check(document)
    except InclusiveAdsError as error:
        return {"id": item.id, "error": str(error), **({"extra": dict(item.extra)} if item.extra else {})}
    return result_line(item, report)


def result_line(item: Item, report: Report) -> dict[str, Any]:
    """The contract for tools; notes have severity ``note``."""
    findings = [finding_line(f) for f in report.findings if f.kept is None]
    line: dict[str, Any] = {"id": item.id, "verdict": report.verdict.value, "findings": findings}
    if item.extra:
        line["extra"] = dict(item.extra)
    line["missing"] = [c.id for c in report.completeness if not c.present]
    return line


def finding_line(finding: Finding) -> dict[str, Any]:
    """One finding for tools."""
    return {
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "entry": finding.entry,
        "category": finding.category,
        "severity": finding.severity.value,
        "message": finding.message,
        "suggestions": [s.text for s in finding.suggestions],
    }


class Writable(Protocol):
    """Anything text can be written to."""

    def write(self, text: str, /) -> Any:
        """Take some text."""


def to_csv(results: Iterable[dict[str, Any]], out: Writable, *, header: bool = True) -> None:
    """One row a finding; an advert without findings, or with an error, has one row."""
    columns = (
        "id",
        "verdict",
        "error",
        "entry",
        "category",
        "severity",
        "start",
        "end",
        "text",
        "message",
        "suggestion",
    )
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    if header:
        writer.writeheader()
    for result in results:
        base = {"id": _plain_cell(result["id"]), "verdict": result.get("verdict", ""), "error": result.get("error", "")}
        for finding in result.get("findings") or [{}]:
            suggestion = next(iter(finding.get("suggestions", ())), "")
            row = {**finding, **base, "suggestion": suggestion}
            writer.writerow({k: _plain_cell(v) for k, v in row.items()})


def _plain_cell(value: Any) -> Any:
    # A spreadsheet would run a cell that starts so as a formula.
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
