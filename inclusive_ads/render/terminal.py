"""A report for people at a terminal. Colour only repeats what the words say."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import click

from inclusive_ads.report import CONTRADICTION, Completeness, Finding, Remark, Report, StatementChoice
from inclusive_ads.text.document import Document

_COLOUR = {"error": "red", "warning": "yellow", "note": "blue"}
DISCLAIMER = "Guidance on wording, not legal advice."
# An advert could hold characters that a terminal obeys.
_SILENT = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def text(report: Report, document: Document, *, title: str = "", width: int = 88, colour: bool = False) -> str:
    """A report as text: verdict, findings by risk, statements, readability, what is missing.

    Args:
        width: of the lines, in characters.
        colour: with the escape codes of a terminal.
    """
    ordered = sorted((f for f in report.findings if not f.repeats), key=lambda f: f.number)
    parts = [
        (_strong(title, colour) + "\n" if title else "")
        + _wrapped(f"{report.outcome.capitalize()}. {report.summary}", width),
        *(_finding(finding, report, document, width, colour) for finding in ordered),
        *(_wrapped(f"Note: {note.message}", width) for note in report.notes),
        _wrapped(f"Gender-coded words: {report.balance.message}", width) if report.balance else "",
        *(_wrapped(fact.message, width) for fact in report.facts),
        statements_text(report.statements, width=width, remarks=report.remarks),
        _wrapped(_readability(report), width),
        _missing([item for item in report.completeness if not item.present], width),
        *(_wrapped(f"Not checked: {part.message}", width) for part in report.not_read),
        *(_wrapped(sentence, width) for sentence in report.not_run),
        _wrapped(DISCLAIMER, width),
    ]
    return "\n".join(part for part in parts if part)


def statements_text(choice: StatementChoice, *, width: int = 88, remarks: Sequence[Remark] = ()) -> str:
    """What is inserted, what was refused, and what is wrong with what is there; "" if there is nothing to say.

    Args:
        remarks: what reviewers said of them.
    """
    parts = []
    for chosen in choice.chosen:
        said = (f"Review: {one.said}" for one in remarks if one.statement == chosen.id)
        reasons = (_wrapped(reason, width, "  - ") for reason in (*chosen.reasons, *said))
        parts.append(_wrapped(f"Statement to insert ({chosen.id}): {chosen.text}", width) + "".join(reasons))
    for problem in choice.problems:
        about = "The post" if problem.id == CONTRADICTION else "Statement in the advert"
        parts.append(_wrapped(f"{about} ({problem.severity.value}): {problem.said}", width))
    if choice.refused:
        refused = (_wrapped(f"{r.title}: {r.reason} {r.remedy}", width, "  - ") for r in choice.refused)
        parts.append("Not inserted:\n" + "".join(refused))
    return "\n".join(parts)


def _finding(finding: Finding, report: Report, document: Document, width: int, colour: bool) -> str:
    line = _line(finding, document)
    severity = (
        click.style(finding.severity.value, fg=_COLOUR[finding.severity.level], bold=True)
        if colour
        else finding.severity.value
    )
    head = f"{finding.number}. {severity}, line {line}: “{_plain(finding.phrase)}” ({finding.entry})\n"
    again = [
        f"“{_plain(f.phrase)}” in line {_line(f, document)}" for f in report.findings if f.repeats == finding.number
    ]
    places = [f"Review: {remark.said}" for remark in report.remarks_on(finding.number)]
    places += [f"The same, and settled with it: {', '.join(again)}."] if again else []
    return head + "".join(_wrapped(paragraph, width, "   ") for paragraph in (*_body(finding), *places))


def _line(finding: Finding, document: Document) -> int:
    return document.source.count("\n", 0, finding.start) + 1


def _body(finding: Finding) -> Iterator[str]:
    yield finding.message
    yield f"Why: {finding.why}"
    yield from (f"Also: {reason}" for reason in finding.also)
    if finding.affects:
        yield f"May put off: {', '.join(finding.affects)}."
    if finding.sources:
        yield f"Source: {'; '.join(s.title for s in finding.sources)} (evidence: {finding.evidence})."
    for number, suggestion in enumerate(finding.suggestions, 1):
        look = "" if suggestion.safety == "safe" else " (look at it first)"
        yield f"{finding.number}={number} → {suggestion.shown}{look}"
    if finding.advice:
        yield f"What to do: {finding.advice}"
    if finding.kept:
        yield f"Kept: {finding.kept.reason} {finding.kept.said}"


def _readability(report: Report) -> str:
    read = report.readability
    long = len(read.long_sentences)
    return f"Reading age about {read.reading_age}; {read.words} words; {long} long sentence{'s' * (long != 1)}."


def _missing(missing: list[Completeness], width: int) -> str:
    items = (_wrapped(f"{item.title}: {item.advice}", width, "  - ") for item in missing)
    return "Not found in the advert:\n" + "".join(items) if missing else ""


def _plain(value: str) -> str:
    return " ".join(value.translate(_SILENT).split())


def _strong(value: str, colour: bool) -> str:
    return click.style(_plain(value), bold=True) if colour else _plain(value)


def _wrapped(value: str, width: int, first: str = "") -> str:
    return (
        textwrap.fill(
            _plain(value),
            max(width, 30),
            initial_indent=first,
            subsequent_indent=" " * len(first),
            break_long_words=False,
            break_on_hyphens=False,
        )
        + "\n"
    )
