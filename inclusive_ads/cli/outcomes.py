"""targets and outcomes: what a grade would need to reach a goal, and what became of applicants."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import Any  # click gives options as it parsed them

import click

from inclusive_ads.cli.options import figures_options, vacancy_options
from inclusive_ads.errors import SettingsError
from inclusive_ads.plain import JsonObject

_FORMATS = click.Choice(["text", "json", "svg", "csv"])
_PERCENT = re.compile(r"(?:(?P<group>.+)=)?\s*(?P<number>\d+(?:\.\d+)?)\s*%?\s*")
_GUIDANCE = "Guidance, not legal advice."


def _percent(text: str, what: str, example: str) -> tuple[str, float]:
    """A group, "" where none is named, and a share between 0 and 1."""
    match = _PERCENT.fullmatch(text)
    number = float(match["number"]) if match else 0.0
    if not match or not 0 < number < 100:
        raise SettingsError(f"'{text[:60]}' is no {what}.", f"Enter a percentage between 0 and 100, such as {example}.")
    if number < 1:
        raise SettingsError(
            f"'{text[:60]}' may be a fraction or a percentage.", f"Enter a percentage of 1 or more, such as {example}."
        )
    return (match["group"] or "").strip(), number / 100


def _write_csv(rows: Iterable[JsonObject]) -> None:
    from inclusive_ads.render.results import plain_cell

    listed = list(rows)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(listed[0]) if listed else [], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: plain_cell(value) for name, value in row.items()} for row in listed)
    click.echo(buffer.getvalue(), nl=False)


@click.command()
@vacancy_options("role", "location")
@figures_options
@click.option("--target", "own", multiple=True, metavar="PERCENT", help='Your own target: 19, or "women=45".')
@click.option("--against", default="", metavar="NAME", help="Aim at this comparator only: a name, or 'organisation'.")
@click.option("--group", "groups", multiple=True, metavar="NAME", help="Look at this group only. May be repeated.")
@click.option("--year", type=int, help="The year of the goal (default: five years after the figures).")
@click.option("--turnover", metavar="PERCENT", help="How many of the posts fall vacant in a year, such as 12.")
@click.option("--profile", default="generic", help="Profile that says which column of your figures holds what.")
@click.option("--format", "output_format", type=_FORMATS, default="text", show_default=True)
def targets(
    own: tuple[str, ...],
    against: str,
    groups: tuple[str, ...],
    year: int | None,
    turnover: str | None,
    profile: str,
    output_format: str,
    **options: Any,
) -> None:
    """Say for every grade how far a group is from a goal, and how many appointments a year would reach it.

    The goal is your own (--target), or the labour market's share (--comparators), or that of the whole organisation.
    """
    from inclusive_ads.cli.given import read_figures
    from inclusive_ads.evidence.target_pictures import ASPIRATION, target_picture, target_rows, target_table
    from inclusive_ads.evidence.targets import goal_thresholds, set_targets
    from inclusive_ads.evidence.thresholds import load_thresholds
    from inclusive_ads.plain import to_plain
    from inclusive_ads.statements.profiles import load_profile

    limits = goal_thresholds(load_thresholds())
    shares = dict(_percent(text, "target", "19") for text in own)
    rate = _percent(turnover, "turnover", "12")[1] if turnover else None
    columns = load_profile(profile).evidence_columns
    figures = read_figures(options, columns, thresholds=limits, comparator=against)
    if figures is None:
        raise SettingsError("There are no figures.", "Give --representation FILE.")
    figures = figures.at(options["location"] or "")
    found = set_targets(figures, own=shares, year=year, turnover=rate, groups=groups, role=options["role"] or "")
    if against and not any(target.goal for target in found):
        raise SettingsError(
            f"There is no comparator '{against}'.", "Name one of the file --comparators, or 'organisation'."
        )
    if output_format == "json":
        plain = {"note": ASPIRATION, "turnover": rate, "targets": [to_plain(target) for target in found]}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2, default=str))
    elif output_format == "svg":
        click.echo(target_picture(found, limits))
    elif output_format == "csv":
        _write_csv(target_rows(found, limits))
    else:
        click.echo(target_table(found, limits))
        for target in found:
            place = ", ".join(part for part in (target.grade, target.role) if part)
            click.echo(f"\n{place}, {target.phrase}\n  {target.working}")
        for note in (*figures.notes, f"{ASPIRATION} {_GUIDANCE}"):
            click.echo(f"\n{note}")


@click.command()
@click.argument("recruitment", type=click.Path())
@click.option("--since", metavar="DATE", help="The change came with the periods from here on, such as 2026-01.")
@click.option("--campaign", "campaigns", multiple=True, metavar="NAME", help="One that had it. May be repeated.")
@click.option("--group", "groups", multiple=True, metavar="NAME", help="Tell of this group only. May be repeated.")
@click.option("--format", "output_format", type=_FORMATS, default="text", show_default=True)
def outcomes(
    recruitment: str, since: str | None, campaigns: tuple[str, ...], groups: tuple[str, ...], output_format: str
) -> None:
    """Say what became of applicants before and after the statement or the new wording came into your adverts.

    RECRUITMENT has applicants by campaign or month: totals of each group who applied, were shortlisted and appointed,
    and which campaigns had the change. It says what changed, never why.
    """
    from inclusive_ads.evidence.change_words import (
        NOT_CONTROLLED,
        outcome_picture,
        outcome_rows,
        outcome_sentences,
        outcomes_said,
    )
    from inclusive_ads.evidence.changes import read_outcomes
    from inclusive_ads.evidence.periods import begins
    from inclusive_ads.evidence.thresholds import load_thresholds
    from inclusive_ads.plain import to_plain

    day = begins(since) if since else None
    if since and day is None:
        raise SettingsError(f"'{since}' is no month or day.", "Enter it as 2026-01, or as 2026-01-15.")
    limits = load_thresholds()
    found = read_outcomes(recruitment, since=day, campaigns=campaigns, groups=groups, thresholds=limits)
    if output_format == "json":
        listed = [{**to_plain(one), "sentences": list(outcome_sentences(one, limits))} for one in found.groups]
        plain = {"note": NOT_CONTROLLED, "notes": list(found.notes), "groups": listed}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
    elif output_format == "svg":
        click.echo(outcome_picture(found, limits))
    elif output_format == "csv":
        _write_csv(outcome_rows(found, limits))
    else:
        click.echo(f"{outcomes_said(found, limits)} {_GUIDANCE}")
