"""profile: begin an organisation's profile, see how it stands, and add records to it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from inclusive_ads.errors import InputError, SettingsError


@click.group()
def profile() -> None:
    """Begin an organisation's profile, see how it stands, and add records to it."""


@profile.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The organisation's name; asked for where it is not given.")
@click.option("--like", default="generic", show_default=True, help="Profile that ships, to begin from.")
@click.option("--merit", default="", help="Which merit line: standard or civil-service.")
@click.option("--statement", "companions", multiple=True, metavar="ID", help="A statement to use. May be repeated.")
@click.option("--value", "values", multiple=True, metavar="NAME=TEXT", help="What a statement needs. May be repeated.")
def new(file: Path, title: str, like: str, merit: str, companions: tuple[str, ...], values: tuple[str, ...]) -> None:
    """Write a new profile into FILE, a .yaml file.

    In a terminal it asks for what is not given; an answer can be left empty. Records come later, from the figures
    (`evidence --record`, then `profile add`).
    """
    from inclusive_ads.statements.drafting import needed as needed_values
    from inclusive_ads.statements.drafting import new_profile
    from inclusive_ads.statements.profiles import load_profile
    from inclusive_ads.text.writing import write_whole

    if file.suffix not in (".yaml", ".yml"):
        raise SettingsError("A profile is a .yaml file.", f"Name it {file.stem or 'our-organisation'}.yaml.")
    if file.exists():
        raise InputError(f"'{file}' is there already.", "Give another name, or move it away.", code="exists")
    given = dict(_pair(value) for value in values)
    asks = sys.stdin.isatty()
    if not title:
        if not asks:
            raise SettingsError("A profile needs the organisation's name.", "Give --title.")
        title = click.prompt("Name of the organisation")
    if asks:
        for name, words in needed_values(companions or load_profile(like).companions).items():
            if name not in given:
                given[name] = click.prompt(
                    f"{words[0].upper()}{words[1:]} (or nothing)", default="", show_default=False
                )
    write_whole(file, new_profile(title, like=like, merit=merit, companions=companions, values=given))
    click.echo(f"Written to {file}. See how it stands: inclusive-ads profile check {file}")


def _pair(value: str) -> tuple[str, str]:
    name, sign, text = value.partition("=")
    if not sign:
        raise SettingsError(f"'{value}' is no value.", "Write it as NAME=TEXT.")
    return name.strip(), text.strip()


@profile.command()
@click.argument("name")
@click.option("--today", metavar="DATE", help="Judge by this day.")
def check(name: str, today: str | None) -> None:
    """Say how the profile NAME (one that ships, or a file) stands, and show what its records put into adverts.

    The exit code is 1 where something is missing or no longer holds. Gaps in texts stand in brackets.
    """
    from inclusive_ads.dates import read_day
    from inclusive_ads.statements.profiles import load_profile
    from inclusive_ads.statements.rendering import rendered
    from inclusive_ads.statements.standing import standings

    day = read_day(today, date.today()) if today else date.today()
    if day is None:
        raise SettingsError(f"'{today}' is no day.", "Enter a real date, such as 4 October 2026.")
    found = load_profile(name)
    waits = False
    click.echo(f"{found.title}\n")
    for one in standings(found, day):
        waits = waits or bool(one.todo)
        click.echo(f"{'-' if one.todo else '+'} {one.name}: {one.said}")
        for todo in one.todo:
            click.echo(f"    {todo}")
    if found.records:
        click.echo("\nWhat the records would put into an advert:\n")
    for text in rendered(found):
        click.echo(f"{text.record}, {text.group} ({text.strength}):\n  {text.text}\n")
    if not found.records:
        click.echo("\nThe profile has no records, so it puts no positive action statement into an advert.")
    click.get_current_context().exit(int(waits))


@profile.command()
@click.argument("file", type=click.Path())
@click.argument("draft", type=click.Path())
def add(file: str, draft: str) -> None:
    """Add the records of DRAFT, as `evidence --record` wrote them and you finished them, to the profile FILE."""
    from inclusive_ads.statements.drafting import add_records

    found = add_records(file, draft)
    number = len(found.records)
    click.echo(f"{file} has {number} {'record' if number == 1 else 'records'} now.")
    click.echo(f"See how they stand: inclusive-ads profile check {file}")
