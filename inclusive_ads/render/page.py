"""A report as one HTML file that a reviewer can open without the tool: no scripts, nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, Template

from inclusive_ads.document import Document
from inclusive_ads.report import Finding, Report


@cache
def _template(name: str) -> Template:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)


def html(report: Report, document: Document, *, title: str = "") -> str:
    """The report with the advert, its findings marked and numbered."""
    ordered = sorted(report.findings, key=lambda f: (f.severity.rank, f.start))
    return _template("page.html").render(
        report=report,
        title=title,
        findings=ordered,
        pieces=list(_pieces(report.findings, document)),
        source=document.source,
    )


def _pieces(findings: tuple[Finding, ...], document: Document) -> list[tuple[str, Finding | None]]:
    """The clean text cut into stretches with and without a finding."""
    pieces: list[tuple[str, Finding | None]] = []
    place = 0
    for finding in findings:
        start, end = document.clean_span(finding.start, finding.end)
        pieces.append((document.text[place:start], None))
        pieces.append((document.text[start:end], finding))
        place = end
    return [*pieces, (document.text[place:], None)]
