"""serve and key: the page and the HTTP API, and a key for a program that calls it."""

from __future__ import annotations

from typing import Any  # click gives options as it parsed them

import click

from inclusive_ads.cli.options import make_settings, settings_options


@click.command()
@click.option("--host", help="Address to bind to (default: this computer only).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (default: 8000).")
@settings_options
def serve(host: str | None, port: int | None, **options: Any) -> None:
    """Open the page and the API, for this computer only unless told otherwise."""
    from inclusive_ads_web import serve as run

    run(host=host, port=port, settings=make_settings(**options))


@click.command()
@click.argument("name")
@click.option("--profile", "profiles", multiple=True, help="A profile that the key may use (default: all).")
def key(name: str, profiles: tuple[str, ...]) -> None:
    """Make an API key for the caller NAME: the key, for the caller, and the line for the server's keys."""
    from inclusive_ads_web import key_line

    made, line = key_line(name, profiles)
    click.echo(made)
    click.echo(line)
