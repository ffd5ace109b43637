"""A report for other tools: SARIF 2.1.0, GitHub annotations, unified diff."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from inclusive_ads.document import Document
from inclusive_ads.report import Finding, Report, Severity

_LEVEL = {
    Severity.UNLAWFUL: "error",
    Severity.INDIRECT: "warning",
    Severity.DISCOURAGING: "warning",
    Severity.STYLE: "note",
}


def place(source: str, offset: int) -> tuple[int, int]:
    """1-based line and column (code points) of an offset."""
    line = source.count("\n", 0, offset)
    return line + 1, offset - (source.rfind("\n", 0, offset) + 1) + 1


def sarif(reports: Iterable[tuple[str, Report, Document]]) -> dict[str, Any]:
    """All reports as one SARIF run; columns count code points."""
    from inclusive_ads import __version__

    rules: dict[str, dict[str, Any]] = {}
    results = []
    for name, report, document in reports:
        for finding in report.findings:
            rules.setdefault(
                finding.entry,
                {
                    "id": finding.entry,
                    "shortDescription": {"text": finding.message},
                    "fullDescription": {"text": finding.why.strip()},
                    "properties": {"category": finding.category, "evidence": finding.evidence},
                },
            )
            results.append(_result(name, finding, document))
    driver = {"name": "inclusive-ads", "version": __version__, "rules": list(rules.values())}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _result(name: str, finding: Finding, document: Document) -> dict[str, Any]:
    line, column = place(document.source, finding.start)
    end_line, end_column = place(document.source, finding.end)
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    result: dict[str, Any] = {
        "ruleId": finding.entry,
        "level": _LEVEL[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": name}, "region": region}}],
    }
    if finding.kept:
        result["suppressions"] = [{"kind": "external", "justification": finding.kept.get("reason", "")}]
    return result


def _message(finding: Finding) -> str:
    suggestion = next((s.text for s in finding.suggestions if s.text), "")
    return f"“{finding.phrase}”: {finding.message}" + (f" Try: {suggestion}." if suggestion else "")


def github(name: str, report: Report, document: Document) -> str:
    """Workflow commands that GitHub shows beside the lines."""
    lines = []
    for finding in report.findings:
        if finding.kept:
            continue
        line, column = place(document.source, finding.start)
        level = "notice" if _LEVEL[finding.severity] == "note" else _LEVEL[finding.severity]
        where = f"file={_escaped(name, property_=True)},line={line},col={column},title={_escaped(finding.entry, property_=True)}"
        lines.append(f"::{level} {where}::{_escaped(_message(finding))}\n")
    return "".join(lines)


def _escaped(value: str, *, property_: bool = False) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if property_ else value


def diff(before: str, after: str, name: str) -> str:
    """A unified diff, "" where nothing changes."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"{name} (as it is)", f"{name} (improved)"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
