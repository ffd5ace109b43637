"""Options that several commands share, and how they become settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar  # click gives options as it parsed them

import click

from inclusive_ads.errors import SettingsError
from inclusive_ads.outcomes import Severity
from inclusive_ads.settings import Settings, load_settings
from inclusive_ads.text.document import Document
from inclusive_ads.text.readers.formats import FORMATS, LINES, SUFFIXES, TABLES, listed
from inclusive_ads.vacancy import VACANCY_FIELDS, Vacancy, VacancyField

if TYPE_CHECKING:
    from inclusive_ads.batch.items import Item

_F = TypeVar("_F", bound=Callable[..., Any])

_NAMED = 10  # files that are named in a warning
FIGURES = ("representation", "comparators", "recruitment")
OF_FIGURES = ("sheet", "figures_of", "as_at", "map")


class Day(click.ParamType[date]):
    """A date such as 2026-11-22."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it, or say what is wrong."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is not a real date. Enter it as 2026-11-22.", param, ctx)


def settings_options(command: _F) -> _F:
    """--lexicons, --profile, --model, --config, --register, --today."""
    for option in (
        click.option("--register", type=click.Path(), help="Record what is kept and inserted in this file (SQLite)."),
        click.option("--today", type=Day(), help="The day that review dates are compared with (default: today)."),
        click.option("--config", type=click.Path(), help="Settings file (default: inclusive-ads.yaml in this folder)."),
        click.option("--model", help="Installed spaCy model, or 'none' to do without."),
        click.option("--profile", help="The organisation's profile: a name that ships, or a file."),
        click.option(
            "--lexicons", multiple=True, type=click.Path(), help="Folder of your own lexicons; may be repeated."
        ),
    ):
        command = option(command)
    return command


def figures_options(command: _F) -> _F:
    """--representation, --comparators, --recruitment, and how the first is read."""
    for option in (
        click.option(
            "--map",
            multiple=True,
            metavar="FIELD=HEADING",
            help="Which column of --representation holds what; FIELD==TEXT is the same in every row. May be repeated.",
        ),
        click.option("--as-at", type=Day(), help="The day of the figures of --representation."),
        click.option(
            "--figures-of", metavar="TEXT", help="Whose figures --representation has, or which to read of it."
        ),
        click.option("--sheet", metavar="TEXT", help="The sheet of --representation to read: its name or number."),
        click.option("--recruitment", type=click.Path(), help="Table of applicants by stage (totals only)."),
        click.option("--comparators", type=click.Path(), help="Table of comparators."),
        click.option(
            "--representation",
            type=click.Path(),
            help="Table of staff by grade and group (totals only): CSV, xlsx, xls or ods, as are the other two.",
        ),
    ):
        command = option(command)
    return command


def vacancy_options(*names: str) -> Callable[[_F], _F]:
    """The fields of the vacancy: all, or those named."""

    def add(command: _F) -> _F:
        for item in reversed(VACANCY_FIELDS):
            if not names or item.name in names:
                command = _field_option(item)(command)
        return command

    return add


def _field_option(item: VacancyField) -> Callable[[_F], _F]:
    about = f"{item.label}. {item.help}"
    if item.kind == "yes-no":
        return click.option(f"{item.option}/--not-{item.option[2:]}", default=None, help=about)
    if item.kind in ("names", "values"):
        shape = "ID" if item.kind == "names" else "NAME=TEXT"
        return click.option(item.option, multiple=True, metavar=shape, help=f"{about} May be repeated.")
    return click.option(item.option, metavar="DATE" if item.kind == "date" else "TEXT", help=about)


def take_vacancy(options: dict[str, Any]) -> Vacancy:
    """The vacancy of the options, which are taken out of them.

    Raises:
        InputError: an option holds what it cannot mean.
    """
    today = options.get("today")
    return Vacancy.from_text({item.name: _text(options.pop(item.name), item) for item in VACANCY_FIELDS}, today=today)


def _text(value: Any, item: VacancyField) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return (", " if item.kind == "names" else "\n").join(value)
    return value or ""


def fail_option(command: _F) -> _F:
    """--fail-level."""
    return click.option(
        "--fail-level",
        type=click.Choice([s.value for s in Severity]),
        help="Exit with 1 where something is so severe, or more (default: indirect-risk).",
    )(command)


def input_format_option(command: _F) -> _F:
    """--input-format."""
    return click.option(
        "--input-format", type=click.Choice(tuple(FORMATS)), help="Kind of input (default: found out)."
    )(command)


def workers_option(command: _F) -> _F:
    """--workers."""
    about = f"Processes to use (this machine: {os.cpu_count()})."
    return click.option("--workers", type=click.IntRange(1, 64), default=1, help=about)(command)


def make_settings(**given: Any) -> Settings:
    """Settings from the project's file, overridden by the options that were given."""
    config = given.pop("config", None)
    lexicons = tuple(Path(p) for p in given.pop("lexicons", ()) or ())
    changes = {name: value for name, value in given.items() if value is not None}
    if lexicons:
        changes["lexicons"] = lexicons
    if "fail_level" in changes:
        changes["fail_level"] = Severity(changes["fail_level"])
    return load_settings(config, **changes)


def read_document(name: str, settings: Settings, *, input_format: str | None = None) -> Document:
    """A file, or standard input for "-"."""
    if name == "-":
        data = sys.stdin.buffer.read(settings.max_characters * 4 + 5)
        return Document.from_bytes(data, format=input_format, limit=settings.max_characters)
    if Path(name).is_dir():
        raise SettingsError(f"'{name}' is a folder.", "Use: inclusive-ads batch.")
    return Document.from_file(name, format=input_format, limit=settings.max_characters)


def read_adverts(inputs: tuple[str, ...], **columns: Any) -> Iterator[Item]:
    """`read_items`, with a word about the files in folders that are not read; `columns` are its further arguments."""
    from inclusive_ads.batch.items import read_items, unread

    left = unread(inputs)
    if left:
        more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
        click.echo(
            f"inclusive-ads: not read: {', '.join(left[:_NAMED])}{more}. In a folder these are read: "
            f"{listed(SUFFIXES, 'and')}; name a {listed((*TABLES, *LINES))} file itself.",
            err=True,
        )
    return read_items(inputs, **columns)
