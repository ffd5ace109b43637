"""check, fix and keep: one advert at a time."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from inclusive_ads.cli.options import make_settings, one_output, read_document, settings_options, vacancy_options
from inclusive_ads.decisions import decisions_path, load_decisions, make_decision, save_decision
from inclusive_ads.document import Document
from inclusive_ads.edits import apply_edits, choose_edits
from inclusive_ads.errors import InclusiveAdsError, InputError
from inclusive_ads.report import Edit, Report, Severity
from inclusive_ads.settings import Settings

FORMATS = ("text", "json", "html", "sarif", "github")


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="text", help="How to print the report.")
@click.option("--input-format", type=click.Choice(["text", "markdown", "html", "docx", "pdf"]), help="Kind of input.")
@click.option(
    "--fail-level", type=click.Choice([s.value for s in Severity]), help="Exit with 1 at this severity or above."
)
@click.option(
    "--decisions/--no-decisions", "use_decisions", default=True, help="Read ADVERT.decisions.yaml beside the file."
)
@settings_options
@vacancy_options
def check(
    files: tuple[str, ...],
    output_format: str,
    input_format: str | None,
    use_decisions: bool,
    **options: Any,
) -> None:
    """Report on adverts: FILE... or - for standard input."""
    settings, context = _settings(options)
    worst = len(Severity)
    failed = False
    reports: list[tuple[str, Report, Document]] = []
    for name in files:
        try:
            document = read_document(name, settings, input_format=input_format)
            decisions = load_decisions(decisions_path(name)) if use_decisions and name != "-" else ()
            report = context.checker.check(document, decisions=decisions, **context.post)
        except InclusiveAdsError as error:
            click.echo(f"inclusive-ads: {name}: {error}", err=True)
            failed = True
            continue
        worst = min([worst, *(f.severity.rank for f in report.findings if f.kept is None)])
        reports.append((name, report, document))
    _print(reports, output_format)
    sys.exit(2 if failed else int(worst <= settings.fail_level.rank))


def _print(reports: list[tuple[str, Report, Document]], output_format: str) -> None:
    from inclusive_ads import render

    if output_format == "json":
        data = [{"file": name, **report.to_dict()} for name, report, _ in reports]
        click.echo(json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=2))
    elif output_format == "sarif":
        click.echo(json.dumps(render.sarif(reports), ensure_ascii=False, indent=2))
    elif output_format == "github":
        for name, report, document in reports:
            click.echo(render.github(name, report, document), nl=False)
    elif output_format == "html":
        for name, report, document in reports:
            click.echo(render.html(report, document, title=name))
    else:
        for name, report, document in reports:
            render.text(report, document, title=name)


class _Context:
    """The checker, and what was said about the post."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        from inclusive_ads.checker import Checker
        from inclusive_ads.cli.post import read_post

        self.checker = Checker(settings)
        self.post = read_post(options)


def _settings(options: dict[str, Any]) -> tuple[Settings, _Context]:
    post = {
        name: options.pop(name)
        for name in ("grade", "role", "location", "representation", "comparators", "recruitment")
    }
    settings = make_settings(**options)
    return settings, _Context(settings, post)


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--output", "-o", type=click.Path(), help="Write here (default: standard output).")
@click.option(
    "--accept", multiple=True, metavar="ID=N", help="Also take suggestion N of finding ID (its number or entry)."
)
@click.option("--all", "take_all", is_flag=True, help="Take the first suggestion of every finding.")
@click.option("--statements/--no-statements", default=True, help="Insert the statements that were chosen.")
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--input-format", type=click.Choice(["text", "markdown", "html", "docx"]), help="Kind of input.")
@settings_options
@vacancy_options
def fix(
    files: tuple[str, ...],
    output: str | None,
    accept: tuple[str, ...],
    take_all: bool,
    statements: bool,
    diff: bool,
    input_format: str | None,
    **options: Any,
) -> None:
    """Write the improved advert: safe suggestions, those you accept, and the statements."""
    one_output(files, output)
    settings, context = _settings(options)
    for name in files:
        document = read_document(name, settings, input_format=input_format)
        report = context.checker.check(
            document, decisions=load_decisions(decisions_path(name)) if name != "-" else (), **context.post
        )
        edits = choose_edits(report.findings, _accepted(accept, report), take_all=take_all)
        inserts = context.checker.statement_edits(document, report) if statements else ()
        _write(document, report, edits, inserts, output=output, diff=diff, name=name)


def _write(
    document: Document,
    report: Report,
    edits: list[Edit],
    inserts: tuple[Edit, ...],
    *,
    output: str | None,
    diff: bool,
    name: str,
) -> None:
    from inclusive_ads import render
    from inclusive_ads.writing import write_whole

    text = apply_edits(document.source, [*edits, *inserts])
    if diff:
        click.echo(render.diff(document.source, text, name), nl=False)
    elif document.format == "docx":
        if not output:
            raise InputError("A Word file needs a place to go.", "Add --output FILE.docx.", code="no-output")
        write_whole(Path(output), render.review(document, report, [*edits, *inserts]))
    elif output:
        write_whole(Path(output), text)
    else:
        click.echo(text, nl=not text.endswith("\n"))


def _accepted(accept: tuple[str, ...], report: Report) -> dict[int, int]:
    """Finding number → index of the suggestion that is taken."""
    chosen: dict[int, int] = {}
    for item in accept:
        name, _, number = item.partition("=")
        found = [f for f in report.findings if name in (str(f.number), f.entry)]
        if not found or not number.isdigit():
            raise InputError(
                f"There is nothing to accept as '{item}'.", "Use the number of a finding, such as 2=1.", code="accept"
            )
        for finding in found:
            if not 1 <= int(number) <= len(finding.suggestions):
                raise InputError(
                    f"Finding {finding.number} has {len(finding.suggestions)} suggestions.",
                    "Choose one of them.",
                    code="accept",
                )
            chosen[finding.number] = int(number) - 1
    return chosen


@click.command()
@click.argument("file")
@click.argument("finding", type=int)
@click.option("--reason", required=True, help="Why this wording is kept.")
@click.option("--approver", required=True, help="Who agreed to it, by name.")
@settings_options
def keep(file: str, finding: int, reason: str, approver: str, **options: Any) -> None:
    """Keep the wording of FINDING (its number in the report) with a reason and a named approver.

    The decision goes into FILE.decisions.yaml and is shown in every report until the wording changes.
    """
    from inclusive_ads.checker import Checker

    settings = make_settings(**options)
    document = read_document(file, settings)
    report = Checker(settings).check(document)
    found = next((f for f in report.findings if f.number == finding), None)
    if found is None:
        raise InputError(f"There is no finding {finding}.", f"The report has {len(report.findings)}.", code="finding")
    day = settings.today or date.today()
    path = decisions_path(file)
    save_decision(path, make_decision(found, document.source, reason=reason, approved_by=approver, approved_on=day))
    click.echo(f"Kept '{found.phrase}': recorded in {path.name}.")
