"""check: the report on an advert."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from typing import Any  # click gives options as it parsed them

import click

from inclusive_ads.cli.options import (
    fail_option,
    figures_options,
    input_format_option,
    read_document,
    settings_options,
    vacancy_options,
)
from inclusive_ads.errors import InclusiveAdsError, SettingsError
from inclusive_ads.outcomes import Severity, Verdict
from inclusive_ads.report import Report
from inclusive_ads.text.document import Document

FORMATS = ("text", "brief", "json", "html", "review", "sarif", "github")


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Form of the report; brief: a line a finding; review: a page to comment on and sign.",
)
@input_format_option
@click.option(
    "--decisions/--no-decisions", default=True, help="Read ADVERT.decisions.yaml beside the advert, if there."
)
@click.option(
    "--review", "reviews", multiple=True, type=click.Path(), help="A file that a review saved; may be repeated."
)
@fail_option
@settings_options
@vacancy_options()
@figures_options
def check(
    files: tuple[str, ...],
    output_format: str,
    input_format: str | None,
    decisions: bool,
    reviews: tuple[str, ...],
    **options: Any,
) -> None:
    """Report on adverts: FILES, or - for standard input.

    Exit code: 0 nothing at or above the fail level, 1 something is, 2 a file or option was bad, or an advert was not
    assessed and nothing at or above the fail level was found.
    """
    from inclusive_ads.cli.given import make_checker
    from inclusive_ads.decisions import decisions_path, load_decisions
    from inclusive_ads.render.review_sheet import review_sheet
    from inclusive_ads.reviews import load_review

    if (output_format in ("html", "review") or reviews) and len(files) > 1:
        raise SettingsError("A page of HTML and a review are about one advert.", "Give one file.")
    said = [load_review(path) for path in reviews]
    checker, post = make_checker(options)
    failing = unread = False
    failed: dict[str, str] = {}
    reports: list[tuple[str, Report, Document]] = []
    for name in files:
        try:
            document = read_document(name, checker.settings, input_format=input_format)
            kept = load_decisions(decisions_path(name)) if decisions and name != "-" else ()
            report = checker.check(document, decisions=kept, reviews=said, **post)
        except InclusiveAdsError as error:
            click.echo(f"inclusive-ads: {name}: {error}", err=True)
            failed[name] = str(error)
            continue
        failing |= worst(report) <= checker.settings.fail_level.rank
        unread |= report.wording is Verdict.NOT_ASSESSED
        reports.append((name, report, document))
    if output_format == "review":
        points = {record.id: record.points for record in checker.profile.records}
        for name, report, document in reports:
            click.echo(review_sheet(report, document, title=name, points=points), nl=False)
    else:
        _print(reports, failed, output_format, several=len(files) > 1)
    sys.exit(2 if failed or (unread and not failing) else int(failing))


def worst(report: Report) -> int:
    """Rank of the gravest thing that nobody has agreed to keep, or that no decision settles; 99 where there is none."""
    ranks = [f.severity.rank for f in report.findings if f.kept is None or f.severity is Severity.UNLAWFUL]
    ranks.extend(problem.severity.rank for problem in report.statements.problems)
    return min(ranks, default=99)


def _print(
    reports: list[tuple[str, Report, Document]], failed: Mapping[str, str], output_format: str, *, several: bool
) -> None:
    from inclusive_ads import render

    if output_format == "json":
        data = [{"file": name, **report.to_dict()} for name, report, _ in reports]
        if several or data:
            click.echo(json.dumps(data if several else data[0], ensure_ascii=False, indent=2))
    elif output_format == "sarif":
        click.echo(json.dumps(render.sarif(reports, failed), ensure_ascii=False, indent=2))
    elif output_format in ("brief", "github"):
        shown = render.brief if output_format == "brief" else render.github
        for name, report, document in reports:
            click.echo(shown(name, report, document), nl=False)
    elif output_format == "html":
        for name, report, document in reports:
            click.echo(render.html(report, document, title=name), nl=False)
    else:
        width = min(shutil.get_terminal_size().columns, 100)
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        for number, (name, report, document) in enumerate(reports):
            page = render.text(report, document, title=name, width=width, colour=colour)
            click.echo(("\n" if number else "") + page, nl=False)
