"""statement and evidence: which statement, on which figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from inclusive_ads.cli.options import make_settings, read_document, settings_options, vacancy_options
from inclusive_ads.edits import apply_edits
from inclusive_ads.errors import SettingsError
from inclusive_ads.report import to_plain

_POST = ("grade", "role", "location", "representation", "comparators", "recruitment")


@click.command()
@click.argument("advert")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text")
@settings_options
@vacancy_options
def statement(advert: str, output_format: str, **options: Any) -> None:
    """Which statements ADVERT should carry, where and why, and what was refused."""
    from inclusive_ads.checker import Checker
    from inclusive_ads.cli.post import read_post

    post = read_post({name: options.pop(name) for name in _POST})
    settings = make_settings(**options)
    checker = Checker(settings)
    document = read_document(advert, settings)
    report = checker.check(document, **post)
    improved = apply_edits(document.source, checker.statement_edits(document, report))
    choice = report.statements
    if output_format == "json":
        data = {
            "chosen": [to_plain(c) for c in choice.chosen],
            "refused": [to_plain(r) for r in choice.refused],
            "problems": [to_plain(p) for p in choice.problems],
            "advert": improved,
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    from inclusive_ads.render import statements_text

    statements_text(choice)
    if choice.chosen:
        click.echo(f"\nThe advert with the statements:\n\n{improved}")


@click.command()
@vacancy_options
@click.option("--format", "output_format", type=click.Choice(["text", "json", "svg"]), default="text")
@click.option("--record", type=click.Path(), help="Write the record for the file here (YAML).")
def evidence(output_format: str, record: str | None, **options: Any) -> None:
    """Is a group under-represented at this grade and role? On the employer's own totals only."""
    from inclusive_ads.cli.post import read_post
    from inclusive_ads.evidence import picture, table

    found = read_post(options)["evidence"]
    if found is None:
        raise SettingsError("There are no figures.", "Give --representation FILE.csv.")
    cells = found.for_post(grade=options["grade"], role=options["role"]) if options["grade"] else found.cells
    if record:
        import yaml

        from inclusive_ads.writing import write_whole

        data = {"records": [to_plain(cell.record) for cell in cells]}
        write_whole(Path(record), yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    if output_format == "json":
        click.echo(json.dumps([to_plain(cell) for cell in cells], ensure_ascii=False, indent=2, default=str))
    elif output_format == "svg":
        click.echo(picture(cells))
    else:
        click.echo(table(cells))
        for cell in cells:
            click.echo(f"\n{cell.grade} {cell.group}: {cell.level}\n  {cell.sentence}")
