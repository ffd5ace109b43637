"""Results of a batch: one JSON line an advert, or one CSV row a finding."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any  # a cell is whatever JSON holds

from inclusive_ads.errors import InputError
from inclusive_ads.outcomes import Severity
from inclusive_ads.plain import JsonObject
from inclusive_ads.report import LAPSED, SHORT, Finding, Kept, Report, StatementProblem

NOTE = "note"
ROW = (
    *("wording", "complete", "not_read", "error"),
    *("entry", "category", "severity", "start", "end", "text", "message", "suggestion"),
    *("kept_reason", "kept_by", "approved_by", "approved_on", "advice", "lapsed"),
)
_KEPT = {"kept_reason": "reason", "kept_by": "kept_by", "approved_on": "approved_on", "advice": "advice"}


def result_line(name: str | int, report: Report, source: str, extra: Mapping[str, str] | None = None) -> JsonObject:
    """The contract for tools, the same from every door; ``extra`` is left out where there is nothing.

    ``findings`` has the faults of a statement in the advert, too, weak ones as notes, and lacks the findings that were
    kept: they are in ``kept``, each with the reason, the names and the day. ``lapsed`` says of decisions that keep
    nothing why that is.
    ``missing`` and ``statements`` are ids: what applicants will not find, and which statements are to go in.
    ``not_read`` says what was not judged, and so why the wording may be "not assessed".

    Args:
        name: the advert's id.
        source: the advert as it was checked; offsets count its code points.
        extra: what is carried along; the key is left out where there is nothing.
    """
    findings = [_finding_line(f) for f in report.findings if f.kept is None]
    findings.extend(_problem_line(p, source) for p in report.statements.problems)
    findings.sort(key=lambda f: (f["start"], f["end"]))
    missing = [c.id for c in report.completeness if not c.present]
    return {
        "id": name,
        "wording": report.wording.value,
        "complete": report.complete,
        "findings": findings,
        "kept": [_finding_line(f) | _kept_line(f.kept) for f in report.findings if f.kept],
        "lapsed": [f"{note.message} {note.why}" for note in report.notes if note.id in (LAPSED, SHORT)],
        "missing": missing,
        "not_read": [{"code": part.code, "count": part.count, "message": part.message} for part in report.not_read],
        "statements": [statement.id for statement in report.statements.chosen],
        **_carried(extra),
    }


def error_line(name: str | int, error: str, extra: Mapping[str, str] | None = None) -> JsonObject:
    """An advert that could not be checked."""
    return {"id": name, "error": error, **_carried(extra)}


def _carried(extra: Mapping[str, str] | None) -> JsonObject:
    return {"extra": dict(extra)} if extra else {}


def _finding_line(finding: Finding) -> JsonObject:
    return {
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "entry": finding.entry,
        "category": finding.category,
        "severity": finding.severity.value,
        "message": finding.said,
        "suggestions": [s.text for s in finding.suggestions],
    }


def _kept_line(kept: Kept) -> JsonObject:
    return {
        "reason": kept.reason,
        "kept_by": kept.kept_by,
        "approved_by": list(kept.approved_by),
        "approved_on": kept.approved_on,
        "advice": kept.advice,
    }


def _problem_line(problem: StatementProblem, source: str) -> JsonObject:
    return {
        "start": problem.start,
        "end": problem.end,
        "text": source[problem.start : problem.end],
        "entry": problem.id,
        "category": "statement",
        # A weak statement is something to know about the advert; only a risky one is a finding.
        "severity": problem.severity.value if problem.severity.rank <= Severity.INDIRECT.rank else NOTE,
        "message": problem.said,
        "suggestions": [],
    }


def to_json_line(result: JsonObject) -> str:
    """One line of JSON, with its line end; always good UTF-8."""
    line = json.dumps(result, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # half of a surrogate pair came in as an escape, and goes out as one
        line = json.dumps(result)
    return line + "\n"


def read_results(lines: Iterable[bytes], name: str) -> Iterator[JsonObject]:
    """The results of an earlier run, from its JSON lines.

    Raises:
        InputError: they are something else.
    """
    try:
        for line in lines:
            if line.strip():
                result = json.loads(line)
                findings, extra = result.get("findings", []), result.get("extra", {})
                if not (isinstance(findings, list) and isinstance(extra, dict) and "id" in result):
                    raise ValueError
                if not all(isinstance(finding, dict) for finding in findings):
                    raise ValueError
                yield result
    except (OSError, ValueError, AttributeError, RecursionError):
        raise InputError(
            f"'{name}' does not hold results.", "Give the jsonl that an earlier batch wrote.", code="results"
        ) from None


def rows(result: JsonObject) -> Iterator[JsonObject]:
    """One row a finding, then one a finding that was kept, or one an advert where there is neither.

    Keys as in `ROW`, None for what is not there.
    """
    about = {name: result.get(name) for name in ("wording", "complete", "error")}
    about["not_read"] = " ".join(part["message"] for part in result.get("not_read", ())) or None
    about["lapsed"] = " ".join(result.get("lapsed", ())) or None
    kept = [
        {**one, **{name: one[key] or None for name, key in _KEPT.items()}, "approved_by": "; ".join(one["approved_by"])}
        for one in result.get("kept", ())
    ]
    for finding in [*(result.get("findings") or ()), *kept] or [{}]:
        row = {**finding, **about, "suggestion": next(iter(finding.get("suggestions", ())), None)}
        yield {name: row.get(name) for name in ROW}


def to_csv(results: Iterable[JsonObject], extra: Iterable[str] = ()) -> Iterator[str]:
    """CSV as text, piece by piece: a heading, then one row a finding (kept or not), or one an advert with none.

    Args:
        extra: columns from ``extra`` of the results, put after ``id``.
    """
    carried = [name for name in extra if name not in ("id", *ROW)]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["id", *map(plain_cell, carried), *ROW])
    for result in results:
        first = [result["id"], *(result.get("extra", {}).get(name, "") for name in carried)]
        for row in rows(result):
            writer.writerow([plain_cell(cell) for cell in (*first, *row.values())])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def plain_cell(value: Any) -> Any:
    """A spreadsheet would run a cell that starts with one of these as a formula."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ")[:1] in tuple("=+-@\t\r\n") else value
