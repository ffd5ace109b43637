"""key: a key for a program that calls the API."""

from __future__ import annotations

import click


@click.command()
@click.argument("name")
@click.option("--profile", "profiles", multiple=True, help="A profile that the key may use (default: all).")
def key(name: str, profiles: tuple[str, ...]) -> None:
    """Make an API key for the caller NAME: the key, for the caller, and the line for the server's keys."""
    from inclusive_ads_web import key_line

    made, line = key_line(name, profiles)
    click.echo(made)
    click.echo(line)
