"""A report for people at a terminal. Colour only repeats what the words say."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from inclusive_ads.document import Document
from inclusive_ads.report import Finding, Report, Severity, StatementChoice

_STYLE = {
    Severity.UNLAWFUL: "bold red",
    Severity.INDIRECT: "bold yellow",
    Severity.DISCOURAGING: "cyan",
    Severity.STYLE: "dim",
}
DISCLAIMER = "Guidance on wording, not legal advice."


def text(report: Report, document: Document, *, title: str = "", console: Console | None = None) -> None:
    """Print a report: verdict, findings by risk, statement, readability, what is missing."""
    out = console or Console(highlight=False, soft_wrap=True)
    if title:
        out.print(f"[bold]{escape(title)}[/bold]")
    out.print(f"[bold]{report.verdict.value.capitalize()}.[/bold] {escape(report.summary)}")
    for finding in sorted(report.findings, key=lambda f: (f.severity.rank, f.start)):
        out.print()
        _finding(out, finding, document)
    for note in report.notes:
        out.print(f"\nNote: {escape(note.message)}")
    if report.balance:
        out.print(f"\nGender-coded words: {escape(report.balance.message)}")
    statements_text(report.statements, console=out)
    read = report.readability
    out.print(f"\nReading age about {read.reading_age}; {read.words} words; {len(read.long_sentences)} long sentences.")
    missing = [item for item in report.completeness if not item.present]
    if missing:
        out.print("\nNot found in the advert:")
        for item in missing:
            out.print(f"  - {item.title}: {escape(item.advice)}")
    for sentence in report.not_run:
        out.print(f"\n{escape(sentence)}")
    out.print(f"\n[dim]{DISCLAIMER}[/dim]")


def _finding(out: Console, finding: Finding, document: Document) -> None:
    line = document.source.count("\n", 0, finding.start) + 1
    style = _STYLE[finding.severity]
    out.print(
        f"{finding.number}. [{style}]{finding.severity.value}[/{style}] line {line}: “{escape(finding.phrase)}” ({finding.entry})"
    )
    body = [
        escape(finding.message),
        f"Why: {escape(finding.why.strip())}",
        f"May put off: {escape(', '.join(finding.affects))}.",
    ]
    body.append(f"Source: {escape('; '.join(s.title for s in finding.sources))} (evidence: {finding.evidence}).")
    for number, suggestion in enumerate(finding.suggestions, 1):
        mark = "" if suggestion.safety == "safe" else " (look at it first)"
        body.append(f"{finding.number}={number} → {escape(suggestion.sentence)}{mark}")
    if finding.advice:
        body.append(f"What to do: {escape(finding.advice.strip())}")
    if finding.kept:
        body.append(
            f"Kept: {escape(finding.kept.get('reason', ''))} (agreed by {escape(finding.kept.get('approved_by', ''))})"
        )
    out.print(Padding("\n".join(body), (0, 0, 0, 3)))


def statements_text(choice: StatementChoice, *, console: Console | None = None) -> None:
    """Print what is inserted, what was refused, and what is wrong with what is there."""
    out = console or Console(highlight=False, soft_wrap=True)
    for chosen in choice.chosen:
        out.print(f"\nStatement to insert ({escape(chosen.id)}): {escape(chosen.text)}")
        for reason in chosen.reasons:
            out.print(f"  - {escape(reason)}")
    for problem in choice.problems:
        out.print(f"\nStatement in the advert ({problem.severity.value}): {escape(problem.message)}")
    if choice.refused:
        out.print("\nNot inserted:")
        for refused in choice.refused:
            out.print(f"  - {escape(refused.id)}: {escape(refused.reason)} {escape(refused.remedy)}".rstrip())
