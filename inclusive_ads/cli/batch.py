"""batch: many adverts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any  # click gives options as it parsed them

import click

from inclusive_ads.batch.columns import STAMP, check_names, check_row, stamp_of, told_apart
from inclusive_ads.batch.items import Item
from inclusive_ads.batch.running import Work, check_item, each_item
from inclusive_ads.cli.given import make_checker
from inclusive_ads.cli.options import (
    fail_option,
    figures_options,
    read_adverts,
    settings_options,
    vacancy_options,
    workers_option,
)
from inclusive_ads.cli.progress import progress
from inclusive_ads.cli.recording import recorded
from inclusive_ads.errors import InputError, SettingsError
from inclusive_ads.outcomes import Severity, Verdict
from inclusive_ads.plain import JsonObject
from inclusive_ads.render.results import NOTE, read_results, to_csv, to_json_line
from inclusive_ads.text.writing import PartFile, whole_file

Results = Iterable[JsonObject]
PARQUET = "parquet"


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["jsonl", "csv", "html", PARQUET]),
    default="jsonl",
    help="jsonl for tools, csv for spreadsheets, html for an overview to read, parquet for two tables.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(),
    help="Write here, whole or not at all (default: standard output); parquet writes NAME-findings beside it.",
)
@click.option("--csv", "csv_output", type=click.Path(), help="Write the findings as CSV, too; needs --output.")
@click.option("--resume", is_flag=True, help="Go on where an earlier run with the same --output was ended.")
@workers_option
@click.option("--column", default="text", show_default=True, help="CSV column that holds the advert.")
@click.option("--id-column", default="id", show_default=True, help="CSV column that names it.")
@click.option("--team-column", default="team", show_default=True, help="CSV column or JSON key to group by.")
@click.option("--month-column", default="month", show_default=True, help="The same for the month or date.")
@click.option("--last", type=click.Path(), help="Results of the last run (jsonl), to show what changed.")
@fail_option
@settings_options
@vacancy_options()
@figures_options
def batch(
    inputs: tuple[str, ...],
    output_format: str,
    output: str | None,
    csv_output: str | None,
    resume: bool,
    workers: int,
    column: str,
    id_column: str,
    team_column: str,
    month_column: str,
    last: str | None,
    **options: Any,
) -> None:
    """Check folders, files, CSV or JSON lines, in order.

    INPUTS are folders, single adverts, tables as .csv or .tsv (see --column), .jsonl files with {"id", "text"} a line,
    or - for such lines on standard input. A line tells its vacancy in "post", a row in columns such as grade; the
    options for the vacancy hold for the rest. A bad advert is reported and the rest are done.

    Exit code: 0 nothing at or above the fail level, 1 something is, 2 some advert or option was bad,
    or some advert was not assessed and nothing at or above the fail level was found.
    """
    if output is None and (resume or csv_output or output_format == PARQUET):
        raise SettingsError("--resume, --csv and --format parquet go with --output.", "Add --output FILE.")
    checker, known = make_checker(options)
    settings = checker.settings
    work: Work = partial(check_item, **known)
    counts = _Counts(settings.fail_level)
    hidden = output is None and sys.stdout.isatty()
    items = read_adverts(inputs, column=column, id_column=id_column, carry=(team_column, month_column))
    if output_format == PARQUET:
        from inclusive_ads.batch.arrow import arrow

        arrow()  # said before the work, not after it
        check_names(list(dict.fromkeys(("id", team_column, month_column))), "id")
        work, items = partial(check_row, stamp=stamp_of(checker, **known), **known), told_apart(items)
    make = _Maker(output_format, team_column, month_column, last, Path(csv_output).name if csv_output else "")
    if output is None:
        results = each_item(items, checker, work, workers=workers)
        for text in make(counts.watch(recorded(progress(results, hidden=hidden), checker))):
            sys.stdout.write(text)
            sys.stdout.flush()
    else:
        with closing(PartFile(Path(output), resume=resume)) as part:
            done = counts.watch(read_results(part.lines(), str(part.part)))
            items = _after(done, items, part, stamped=output_format == PARQUET)
            results = progress(each_item(items, checker, work, workers=workers))
            for result in counts.watch(recorded(results, checker)):
                part.add(to_json_line(result))
            _finish(part, Path(output), csv_output, make)
    if counts.errors:
        click.echo(f"inclusive-ads: {counts.errors} of {counts.total} adverts could not be checked.", err=True)
    if counts.unread:
        click.echo(f"inclusive-ads: {counts.unread} of {counts.total} adverts were not assessed.", err=True)
    sys.exit(counts.exit_code)


class _Maker:
    """Results in the form that was asked for, as pieces of text."""

    def __init__(self, output_format: str, team: str, month: str, last: str | None, csv_name: str) -> None:
        if last is not None and not Path(last).is_file():
            raise InputError(f"There is no file '{last}'.", "Give the jsonl of the last run.", code="not-found")
        self.output_format = output_format
        self._team, self._month, self._last, self._csv_name = team, month, last, csv_name
        self.carried = (team, month)

    def __call__(self, results: Results) -> Iterator[str]:
        if self.output_format == "html":
            from inclusive_ads.render.overview import overview

            with open(self._last or os.devnull, "rb") as lines:  # noqa: PTH123  no last run: nothing to read
                last = read_results(lines, self._last or "") if self._last else None
                yield overview(results, team=self._team, month=self._month, last=last, csv=self._csv_name)
        elif self.output_format == "csv":
            yield from self.csv(results)
        else:
            yield from map(to_json_line, results)

    def csv(self, results: Results) -> Iterator[str]:
        return to_csv(results, self.carried)


def _after(done: Results, items: Iterator[Item], part: PartFile, *, stamped: bool) -> Iterator[Item]:
    """The adverts that come after those that are done; `stamped`: for tables, whose lines say more."""
    for result in done:
        if (STAMP.keys() <= result.keys()) != stamped:
            raise InputError(
                f"'{part.part}' was begun with another --format.", "Give that, or leave --resume out to begin anew."
            )
        item = next(items, None)
        if item is None or item.id != result["id"]:
            raise InputError(
                f"'{part.part}' belongs to other adverts.", "Remove it, or leave --resume out to begin anew."
            )
    return items


def _finish(part: PartFile, output: Path, csv_output: str | None, make: _Maker) -> None:
    def write(path: Path, pieces: Iterator[str]) -> None:
        with whole_file(path) as file:
            file.writelines(piece.encode(errors="backslashreplace") for piece in pieces)

    def results() -> Results:
        return read_results(part.lines(), str(part.part))

    if csv_output:
        write(Path(csv_output), make.csv(results()))
    if make.output_format == "jsonl":
        part.finish()
    elif make.output_format == PARQUET:
        from inclusive_ads.batch.arrow import write_parquet

        # The findings take their place first: where the adverts are, all is.
        with whole_file(output) as adverts, whole_file(findings_beside(output)) as findings:
            write_parquet(results(), adverts, findings, make.carried)
        part.discard()
    else:
        write(output, make(results()))
        part.discard()


def findings_beside(output: Path) -> Path:
    """Where the findings go whose adverts are at `output`."""
    return output.with_name(f"{output.stem}-findings{output.suffix}")


class _Counts:
    """What was seen, for the exit code."""

    def __init__(self, fail_level: Severity) -> None:
        self._level = fail_level.rank
        self.total = self.errors = self.failing = self.unread = 0

    def watch(self, results: Results) -> Iterator[JsonObject]:
        for result in results:
            self.total += 1
            self.errors += "error" in result
            self.unread += result.get("wording") == Verdict.NOT_ASSESSED
            self.failing += result.get("wording") == Verdict.KEPT or any(
                f["severity"] != NOTE and Severity(f["severity"]).rank <= self._level
                for f in result.get("findings", ())
            )
            yield result

    @property
    def exit_code(self) -> int:
        return 2 if self.errors or (self.unread and not self.failing) else int(self.failing > 0)
