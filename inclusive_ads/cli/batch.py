"""batch: many adverts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from inclusive_ads.batch import check_items, read_items, to_csv
from inclusive_ads.cli.options import make_settings, settings_options
from inclusive_ads.report import Severity
from inclusive_ads.writing import whole_file


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option("--format", "output_format", type=click.Choice(["jsonl", "csv", "html"]), default="jsonl")
@click.option("--output", "-o", type=click.Path(), help="Write here, whole or not at all (default: standard output).")
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="Processes to use.")
@click.option("--column", default="text", help="CSV column that holds the advert.")
@click.option("--id-column", default="id", help="CSV column that names it.")
@click.option("--team-column", default="team", help="Column to group the HTML page by.")
@click.option("--month-column", default="month", help="Column with the month or date, for the HTML page.")
@click.option("--last", type=click.Path(), help="Results of the last run (jsonl), to show what changed.")
@click.option(
    "--fail-level", type=click.Choice([s.value for s in Severity]), help="Exit with 1 at this severity or above."
)
@settings_options
def batch(
    inputs: tuple[str, ...],
    output_format: str,
    output: str | None,
    workers: int,
    column: str,
    id_column: str,
    team_column: str,
    month_column: str,
    last: str | None,
    **options: Any,
) -> None:
    """Check folders, files, a CSV column or JSON lines; - reads JSON lines from standard input.

    Results come in the order of the input. One bad advert is reported and the rest are done.
    """
    settings = make_settings(**options)
    counts = _Counts(settings.fail_level)
    items = read_items(inputs, column=column, id_column=id_column)
    results = counts.watch(_progress(check_items(items, settings, workers=workers)))
    if output_format == "html":
        from inclusive_ads.render.overview import overview

        page = overview(results, team=team_column, month=month_column, last=_last(last))
        lines: Iterable[str] = [page]
    elif output_format == "csv":
        lines = _csv_lines(results)
    else:
        lines = (json.dumps(result, ensure_ascii=False) + "\n" for result in results)
    if output:
        with whole_file(Path(output)) as file:
            for line in lines:
                file.write(line.encode())
    else:
        for line in lines:
            sys.stdout.write(line)
        sys.stdout.flush()
    if counts.errors:
        click.echo(f"inclusive-ads: {counts.errors} of {counts.total} adverts could not be read.", err=True)
    sys.exit(counts.exit_code)


class _Counts:
    """What was seen, for the exit code."""

    def __init__(self, fail_level: Severity) -> None:
        self._level = fail_level.rank
        self.total = self.errors = self.failing = 0

    def watch(self, results: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for result in results:
            self.total += 1
            self.errors += "error" in result
            self.failing += any(Severity(f["severity"]).rank <= self._level for f in result.get("findings", ()))
            yield result

    @property
    def exit_code(self) -> int:
        return 2 if self.total and self.errors == self.total else int(self.failing > 0)


def _csv_lines(results: Iterable[dict[str, Any]]) -> Iterator[str]:
    lines: list[str] = []

    class _Lines:
        def write(self, text: str) -> int:
            lines.append(text)
            return len(text)

    first = True
    for result in results:
        lines.clear()
        to_csv([result], _Lines(), header=first)
        first = False
        yield "".join(lines)


def _progress(results: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A progress bar on a terminal, none in a pipe."""
    if not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} adverts"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("checking", total=None)
        for result in results:
            bar.advance(task)
            yield result


def _last(path: str | None) -> list[dict[str, Any]]:
    if path is None:
        return []
    from inclusive_ads.errors import InputError

    try:
        return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError):
        raise InputError(
            f"'{path}' is not a file of results.", "Give the jsonl of the last run.", code="last"
        ) from None
