"""fix of a whole folder: every advert written better, and one list of what was done and what waits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any  # click gives options as it parsed them

import click

from inclusive_ads.batch.improving import LINES, LIST, Improving, IntoFolder
from inclusive_ads.batch.items import whole_folder
from inclusive_ads.batch.running import each_item
from inclusive_ads.batch.vacancies import read_vacancies, with_vacancies
from inclusive_ads.cli.given import make_checker
from inclusive_ads.cli.options import FIGURES
from inclusive_ads.cli.progress import progress
from inclusive_ads.cli.recording import recorded
from inclusive_ads.errors import SettingsError
from inclusive_ads.outcomes import Severity, Verdict
from inclusive_ads.plain import JsonObject
from inclusive_ads.render.improved_list import improved_list, waiting
from inclusive_ads.render.results import read_results, to_json_line
from inclusive_ads.text.writing import PartFile, whole_file


def fix_folder(
    folder: Path,
    output: Path,
    vacancies: str | None,
    options: dict[str, Any],
    *,
    replace: bool,
    workers: int,
    take_all: bool,
    statements: bool,
) -> None:
    """Write every advert of a folder into another, then the lists; ends with the exit code.

    Args:
        vacancies: a CSV file with what is known about each post.
        options: of the settings and of the vacancy, for all of them.
        take_all, statements: as `Improving` has them.

    Raises:
        InclusiveAdsError: nothing was written: a folder, an option or the table cannot be used.
    """
    _check_folders(folder, output, replace=replace)
    beside = [Path(name) for name in (vacancies, *(options[each] for each in FIGURES)) if name]
    checker, known = make_checker(options)
    items = whole_folder(folder, beside)
    if vacancies:
        with Path(vacancies).open("rb") as stream:
            items = with_vacancies(items, read_vacancies(stream, vacancies, today=checker.settings.today))
    how = Improving(**known, take_all=take_all, statements=statements, taken=frozenset(item.id for item in items))
    work = IntoFolder(how=how, folder=output, replace=replace)
    results = recorded(progress(each_item(items, checker, work, workers=workers), total=len(items)), checker)
    waits, unread, errors = _write(results, output, checker.settings.fail_level)
    written = len(items) - errors
    said = f"{_count(written, 'advert is', 'adverts are')} in '{output}'; {_count(waits, 'waits', 'wait')} for you."
    if unread:
        said += f" {_count(unread, 'was', 'were')} not assessed."
    if errors:
        said += f" {_count(errors, 'file', 'files')} could not be read or written."
    click.echo(f"{said} See {output / LIST}")
    sys.exit(2 if errors or (unread and not waits) else int(waits > 0))


def _check_folders(folder: Path, output: Path, *, replace: bool) -> None:
    """Nothing may be written among the adverts, nor over what is there."""
    here, there = folder.resolve(), output.resolve()
    if here.is_relative_to(there) or there.is_relative_to(here):
        raise SettingsError(
            f"'{output}' is the folder of adverts, or one of the two lies in the other.", "Give a folder beside it."
        )
    if output.exists() and not output.is_dir():
        raise SettingsError(f"'{output}' is a file.", "Give a folder.")
    if output.exists() and not replace and any(output.iterdir()):
        raise SettingsError(
            f"'{output}' is not empty.", "Give another folder, or add --replace to write over files of the same name."
        )


def _write(results: Iterator[JsonObject], output: Path, level: Severity) -> tuple[int, int, int]:
    """The adverts, then the lists; how many wait for a person, were not assessed, and could not be done."""
    output.mkdir(parents=True, exist_ok=True)
    waits = unread = errors = 0
    try:
        with closing(PartFile(output / LINES, resume=False)) as part:
            for line in results:
                part.add(to_json_line(line))
                errors += "error" in line
                unread += line.get("wording") == Verdict.NOT_ASSESSED
                gravest = min((Severity(f["severity"]).rank for f in waiting(line)), default=99)
                waits += gravest <= level.rank or bool(line.get("told"))
            with whole_file(output / LIST) as file:
                for piece in improved_list(lambda: read_results(part.lines(), LINES), lines=LINES):
                    file.write(piece.encode())
            part.finish()
    finally:
        with suppress(OSError):  # a folder in which nothing came to be goes
            output.rmdir()
    return waits, unread, errors


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
