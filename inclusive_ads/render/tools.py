"""A report for other tools: SARIF 2.1.0, GitHub annotations, a line a finding, unified diff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from inclusive_ads.not_read import NotRead
from inclusive_ads.outcomes import Severity
from inclusive_ads.plain import JsonObject
from inclusive_ads.report import KEPT_BY_MARK, Finding, Report, StatementProblem
from inclusive_ads.text.document import Document

_PROBLEM = "statement"


class _Place(NamedTuple):
    """1-based lines and columns, in code points; the end column is the one after the last."""

    line: int
    column: int
    end_line: int
    end_column: int


def _place(source: str, start: int, end: int) -> _Place:
    def one(offset: int) -> tuple[int, int]:
        return source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset)

    return _Place(*one(start), *one(end))


def sarif(reports: Iterable[tuple[str, Report, Document]], failed: Mapping[str, str] | None = None) -> JsonObject:
    """All reports, each with the name of its file, as one SARIF run.

    Args:
        failed: files that could not be read, and why: a run without them is not one without faults.
    """
    from inclusive_ads import __version__

    rules: dict[str, JsonObject] = {}
    results = []
    failed = failed or {}
    notifications: list[JsonObject] = [
        {
            "descriptor": {"id": "file-not-read"},
            "level": "error",
            "message": {"text": why},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(name)}}}],
        }
        for name, why in failed.items()
    ]
    for name, report, document in reports:
        times: Counter[str] = Counter()
        for finding in report.findings:
            rules.setdefault(finding.entry, _rule(finding))
            key = finding.key(document.source)
            times[key] += 1
            # A result is the same as before as long as its sentence is, wherever in the file that stands.
            mark = {"partialFingerprints": {"inclusiveAds/v1": f"{key}:{times[key]}"}}
            results.append(_result(name, finding, document) | mark)
        notifications.extend(_notification(name, part, document) for part in report.not_read)
        for problem in report.statements.problems:
            rule = f"{_PROBLEM}-{problem.id}"
            about = {"text": problem.message}
            rules.setdefault(rule, {"id": rule, "shortDescription": about, "properties": {"tags": [_PROBLEM]}})
            results.append(_located(name, rule, problem.severity, problem.said, problem, document))
    driver = {
        "name": "inclusive-ads",
        "semanticVersion": __version__,
        "shortDescription": {"text": "Checks the language of job adverts. Guidance, not legal advice."},
        "rules": list(rules.values()),
    }
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": not failed, "toolExecutionNotifications": notifications}],
                "results": results,
            }
        ],
    }


def _rule(finding: Finding) -> JsonObject:
    rule: JsonObject = {
        "id": finding.entry,
        "shortDescription": {"text": finding.message},
        "fullDescription": {"text": finding.why.strip()},
        "properties": {"tags": [finding.category], "evidence": finding.evidence},
    }
    url = next((s.url for s in finding.sources if s.url), "")
    return {**rule, "helpUri": url} if url else rule


def _result(name: str, finding: Finding, document: Document) -> JsonObject:
    result = _located(name, finding.entry, finding.severity, _message(finding), finding, document)
    if finding.kept:
        kind = "inSource" if finding.kept.kept_by == KEPT_BY_MARK else "external"
        result["suppressions"] = [{"kind": kind, "justification": f"{finding.kept.reason} {finding.kept.said}"}]
    return result


def _located(
    name: str, rule: str, severity: Severity, message: str, where: Finding | StatementProblem, document: Document
) -> JsonObject:
    return {
        "ruleId": rule,
        "level": severity.level,
        "message": {"text": message},
        "locations": [_location(name, document, where.start, where.end)],
    }


def _notification(name: str, part: NotRead, document: Document) -> JsonObject:
    """What was not judged, so that a run without results does not look like an advert without faults."""
    places = () if part.start is None or part.end is None else (part.start, part.end)
    return {
        "descriptor": {"id": f"not-read-{part.code}"},
        "level": "warning",
        "message": {"text": f"Not checked: {part.message}"},
        "locations": [_location(name, document, *places)],
    }


def _location(name: str, document: Document, start: int = 0, end: int | None = None) -> JsonObject:
    where: JsonObject = {"artifactLocation": {"uri": _uri(name)}}
    if end is not None:
        place = _place(document.source, start, end)
        where["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    return {"physicalLocation": where}


def _uri(name: str) -> str:
    if name == "-":
        return "stdin"
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogateescape")


def _message(finding: Finding) -> str:
    suggestion = next((s.text for s in finding.suggestions if s.text), "")
    return f"“{finding.phrase}”: {finding.said}" + (f" Try: {suggestion}." if suggestion else "")


def github(name: str, report: Report, document: Document) -> str:
    """Workflow commands that GitHub shows beside the lines; what was kept is left out."""
    lines = [
        _command(name, f.entry, f.severity, _message(f), _place(document.source, f.start, f.end))
        for f in report.findings
        if f.kept is None
    ]
    lines.extend(
        _command(name, f"{_PROBLEM}-{p.id}", p.severity, p.said, _place(document.source, p.start, p.end))
        for p in report.statements.problems
    )
    lines.extend(
        f"::warning file={_property(name)},title=not-read-{part.code}::{_data(part.message)}\n"
        for part in report.not_read
    )
    return "".join(lines)


def brief(name: str, report: Report, document: Document) -> str:
    """A line for each finding, as compilers write them, which editors follow to its place; "" where nothing is open."""

    def line(where: Finding | StatementProblem, message: str, title: str) -> str:
        place = _place(document.source, where.start, where.end)
        return f"{name}:{place.line}:{place.column}: {where.severity}: {' '.join(message.split())} [{title}]\n"

    lines = [line(f, _message(f), f.entry) for f in report.findings if f.kept is None]
    lines.extend(line(p, p.said, f"{_PROBLEM}-{p.id}") for p in report.statements.problems)
    lines.extend(f"{name}: not checked: {part.message} [not-read-{part.code}]\n" for part in report.not_read)
    return "".join(lines)


def _command(name: str, title: str, severity: Severity, message: str, place: _Place) -> str:
    level = "notice" if severity.level == "note" else severity.level
    where = {"file": name, "line": place.line, "endLine": place.end_line}
    if place.line == place.end_line:  # GitHub takes columns only within one line
        where.update({"col": place.column, "endColumn": place.end_column})
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in {**where, "title": title}.items())
    return f"::{level} {properties}::{_data(message)}\n"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def diff(before: str, after: str, name: str) -> str:
    """A unified diff, "" where nothing changes."""
    import difflib

    lines = difflib.unified_diff(list(_lines(before)), list(_lines(after)), f"{name} (as it is)", f"{name} (improved)")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> Iterator[str]:
    """Lines as other tools count them: they end with a line feed and nothing else."""
    parts = text.split("\n")
    yield from (f"{part}\n" for part in parts[:-1])
    if parts[-1]:
        yield parts[-1]
