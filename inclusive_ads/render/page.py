"""A report as one HTML file that a reviewer can open without the tool: no scripts, nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from inclusive_ads.report import Finding, Report
from inclusive_ads.text.document import Document

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def template(name: str) -> Template:
    """A template of this folder."""
    from jinja2 import Environment, FileSystemLoader

    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template(name)


def html(report: Report, document: Document, *, title: str = "") -> str:
    """The report with the advert, its findings marked and numbered."""
    page = template("page.html").render(
        report=report,
        title=title,
        findings=sorted((f for f in report.findings if not f.repeats), key=lambda f: f.number),
        pieces=list(pieces(report.findings, document)),
        missing=[item for item in report.completeness if not item.present],
        there=[item.title for item in report.completeness if item.present],
    )
    return page.encode(errors="replace").decode()


def pieces(findings: tuple[Finding, ...], document: Document) -> list[tuple[str, Finding | None]]:
    """The clean text cut into stretches with and without a finding."""
    found: list[tuple[str, Finding | None]] = []
    place = 0
    for finding in findings:
        start, end = document.clean_span(finding.start, finding.end)
        found.append((document.text[place:start], None))
        found.append((document.text[start:end], finding))
        place = end
    return [*found, (document.text[place:], None)]
