"""register: read, export and erase the register of what was kept and inserted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from inclusive_ads.cli.options import Day
from inclusive_ads.errors import InputError
from inclusive_ads.register import KINDS, Register, Table
from inclusive_ads.render.results import plain_cell


@click.group()
def register() -> None:
    """Read, export and erase the register of what was kept and inserted (see --register)."""


def _there(file: str) -> Register:
    if not Path(file).is_file():
        raise InputError(f"There is no register '{file}'.", "Name the file that --register wrote.", code="not-found")
    return Register(file)


@register.command()
@click.argument("file", type=click.Path())
def show(file: str) -> None:
    """Say how much FILE holds, and what was erased."""
    found = _there(file)
    for name in KINDS:
        click.echo(f"{name}: {sum(1 for _ in found.rows(name))}")
    for row in found.rows("erased"):
        click.echo(f"erased on {row['erased_at'][:10]}: {row['number']} {row['kind']} recorded before {row['before']}")


@register.command()
@click.argument("file", type=click.Path())
@click.argument("what", type=click.Choice(KINDS))
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
def export(file: str, what: Table, form: str) -> None:
    """Write the rows of FILE, oldest first."""
    rows = _there(file).rows(what)
    if form == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    for number, row in enumerate(rows):
        if not number:
            click.echo(_csv(row))
        click.echo(_csv(map(plain_cell, row.values())))


def _csv(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


@register.command()
@click.argument("file", type=click.Path())
@click.option("--before", type=Day(), required=True, help="Erase what was recorded before this day.")
def erase(file: str, before: date) -> None:
    """Erase what FILE recorded before a day, as your retention asks. How much it was stays on record."""
    for name, number in _there(file).erase(before).items():
        click.echo(f"{name}: {number} erased")
