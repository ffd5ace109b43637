"""statement and evidence: which statement, on which figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any  # click gives options as it parsed them

import click

from inclusive_ads.cli.options import figures_options, read_document, settings_options, vacancy_options
from inclusive_ads.errors import SettingsError


@click.command()
@click.argument("advert")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@settings_options
@vacancy_options()
@figures_options
def statement(advert: str, output_format: str, **options: Any) -> None:
    """Say which statements ADVERT (or -) should carry, where and why, and what was refused.

    The advert with the statements follows. A statement that names a group needs the employer's own figures
    (--representation) and a profile with an approved record.
    """
    from inclusive_ads.cli.given import make_checker
    from inclusive_ads.plain import to_plain
    from inclusive_ads.planning import plan
    from inclusive_ads.render import statements_text
    from inclusive_ads.text.edits import apply_edits

    checker, post = make_checker(options)
    document = read_document(advert, checker.settings)
    report = checker.check(document, **post)
    improved = apply_edits(document.source, plan(document, statements=report.statements))
    choice = report.statements
    if output_format == "json":
        click.echo(json.dumps({**to_plain(choice), "advert": improved}, ensure_ascii=False, indent=2))
        return
    click.echo(statements_text(choice) or "There is nothing to insert.\n", nl=False)
    if choice.chosen:
        click.echo(f"\nThe advert with the statements:\n\n{improved}")


@click.command()
@vacancy_options("grade", "role", "location")
@figures_options
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "svg"]), default="text", show_default=True
)
@click.option("--record", type=click.Path(), help="Write a draft of the record here, for the profile (YAML).")
@click.option("--profile", default="generic", help="Profile that says which column of your figures holds what.")
def evidence(output_format: str, record: str | None, profile: str, **options: Any) -> None:
    """Say which groups are under-represented at this grade and role, on the employer's own totals.

    Without --grade every grade is shown. No count under five can be worked out from what is printed.
    """
    from inclusive_ads.cli.given import read_figures
    from inclusive_ads.evidence.pictures import picture, table
    from inclusive_ads.plain import to_plain
    from inclusive_ads.statements.profiles import load_profile

    found = read_figures(options, load_profile(profile).evidence_columns)
    if found is None:
        raise SettingsError("There are no figures.", "Give --representation FILE.")
    found = found.at(options["location"] or "")
    groups = found.for_post(grade=options["grade"], role=options["role"] or "") if options["grade"] else found.groups
    if record:
        from inclusive_ads.statements.drafting import draft_records
        from inclusive_ads.text.writing import write_whole

        if not options["grade"]:
            raise SettingsError("A record is about a grade.", "Give --grade, and --role where it is about one role.")
        write_whole(Path(record), draft_records(groups))
    if output_format == "json":
        click.echo(json.dumps([to_plain(graded) for graded in groups], ensure_ascii=False, indent=2, default=str))
    elif output_format == "svg":
        click.echo(picture(groups))
    else:
        click.echo(table(groups) if groups else "The figures say nothing about this grade and role.")
        for graded in groups:
            click.echo(f"\n{graded.grade} {graded.group}: {graded.level}\n  {graded.sentence}")
            if graded.why:
                click.echo(f"  {graded.why}")
        for note in found.notes:
            click.echo(f"\n{note}")
