"""Past one machine: a Spark table of adverts in, a row a finding out. Needs the extra `[spark]` and Java 17.

    python -m inclusive_ads.spark adverts.parquet findings.parquet

or, in a job of your own::

    table.select("id", "text").mapInPandas(finder(Settings()), SCHEMA)

Every worker process makes one checker and keeps it. Rows come in no order; `id` says whose they are.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import PurePath
from typing import Any  # Spark and pandas say nothing of their types

import click

from inclusive_ads.batch.items import NOT_JSON, Item
from inclusive_ads.batch.running import check_item
from inclusive_ads.checker import Checker
from inclusive_ads.cli.options import make_settings, settings_options, take_vacancy, vacancy_options
from inclusive_ads.errors import InclusiveAdsError, InputError, SettingsError
from inclusive_ads.plain import JsonObject
from inclusive_ads.render.results import ROW, rows
from inclusive_ads.settings import Settings
from inclusive_ads.text.readers.formats import LINES
from inclusive_ads.vacancy import VACANCY_FIELDS, Vacancy, read_vacancy

SCHEMA = ", ".join(f"`{name}` {'int' if name in ('start', 'end') else 'string'}" for name in ("id", *ROW))
_BATCH = 500  # adverts that a worker holds at a time

Tables = Iterator[Any]  # of pandas.DataFrame


def finder(settings: Settings) -> Callable[[Tables], Tables]:
    """The function for `DataFrame.mapInPandas`, from tables with ``id`` and ``text`` to tables of `SCHEMA`.

    One row a finding, or one an advert where nothing was found; ``error`` says why an advert could not be checked.
    Offsets count code points of ``text``. Further columns may say what is known of the post, each as text: those that
    a field of `Vacancy` names, or one ``post`` with all of it in JSON; ``broken`` marks lines that are not JSON.
    """
    return lambda tables: _find(tables, settings)


def _find(tables: Tables, settings: Settings) -> Tables:
    import pandas as pd

    checker = _checker(settings)
    for table in tables:
        yield pd.DataFrame(find_rows(checker, table.to_dict("records")), columns=["id", *ROW]).astype(
            {"start": "Int32", "end": "Int32"}
        )


def find_rows(checker: Checker, adverts: Iterable[JsonObject]) -> Iterator[JsonObject]:
    """What a worker does, in plain Python: adverts in, rows of `SCHEMA` out.

    Args:
        adverts: by the name of their columns, as `finder` takes them; where a cell is empty there is no string.
    """
    for advert in adverts:
        item = item_of(advert)
        for row in rows(check_item(checker, item)):
            yield {"id": item.id, **row}


_checker = cache(Checker)


def item_of(advert: JsonObject) -> Item:
    """A row of the table as an advert of a batch."""
    given = {name: value for name, value in advert.items() if isinstance(value, str)}
    name = "" if advert["id"] is None or advert["id"] != advert["id"] else str(advert["id"])  # NaN is not itself
    if "broken" in given:
        return Item(id=name, error=NOT_JSON)
    if "text" not in given:
        return Item(id=name, error='The row has no "text".')
    try:
        vacancy = Vacancy.from_text(given).over(read_vacancy(json.loads(given.get("post", "{}"))))
    except InputError as error:
        return Item(id=name, error=str(error))
    except (ValueError, RecursionError):
        return Item(id=name, error='The column "post" is not JSON.')
    return Item(id=name, text=given["text"], vacancy=vacancy)


def read_table(spark: Any, path: str, *, column: str = "text", id_column: str = "id") -> Any:
    """A table as `finder` takes it, from Parquet, CSV or JSON lines, files or folders of them.

    Raises:
        InputError: another ending, nothing there, or no such column.
    """
    kind = PurePath(path).suffix.lower()
    options = {"header": True, "multiLine": True, "escape": '"'} if kind == ".csv" else {}
    try:
        if kind in LINES:
            # What is an object in JSON stays JSON where Spark is told that it is text.
            shape = f"`{id_column}` string, `{column}` string, post string, broken string"
            table = spark.read.schema(shape).json(path, columnNameOfCorruptRecord="broken")
        elif kind in (".csv", ".parquet"):
            table = getattr(spark.read.options(**options), kind[1:])(path)
        else:
            raise InputError(f"'{path}' cannot be read here.", "Give .parquet, .csv or .jsonl.", code="format")
    except _spark_error():
        raise InputError(f"'{path}' cannot be read.", "Check the path.", code="not-found") from None
    for name in (column, id_column):
        if name not in table.columns:
            raise InputError(
                f"'{path}' has no column '{name}'.", f"Its columns are: {', '.join(table.columns)}.", code="no-column"
            )
    named = [
        item.name for item in VACANCY_FIELDS if item.name in table.columns and item.name not in (column, id_column)
    ]
    more = ["post", "broken"] if kind in LINES else [_as_text(table, name) for name in named]
    return table.select(table[id_column].alias("id"), table[column].alias("text"), *more)


def _as_text(table: Any, name: str) -> Any:
    from pyspark.sql import functions

    listed = dict(table.dtypes)[name].startswith("array")
    return (functions.concat_ws(", ", name) if listed else table[name].cast("string")).alias(name)


def find(
    spark: Any, path: str, output: str, settings: Settings, *, column: str = "text", id_column: str = "id"
) -> None:
    """Check every advert of a table and write the findings, as Parquet or JSON lines by the ending of `output`.

    Raises:
        InclusiveAdsError: the input, the output or the settings cannot be used.
    """
    kind = PurePath(output).suffix.lower()
    if kind not in (".parquet", ".jsonl"):
        raise InputError(f"'{output}' cannot be written.", "Name it .parquet or .jsonl.", code="format")
    _checker(settings)  # here first, so that a mistake in a lexicon is said once and plainly
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", _BATCH)
    table = read_table(spark, path, column=column, id_column=id_column)
    cores = spark.sparkContext.defaultParallelism
    if table.rdd.getNumPartitions() < cores:
        table = table.repartition(cores * 4)
    writer = table.mapInPandas(finder(settings), SCHEMA).write
    try:
        if kind == ".parquet":
            writer.parquet(output)
        else:
            writer.json(output, ignoreNullFields=False)
    except _spark_error():
        raise InputError(f"'{output}' cannot be written.", "Is it there already?", code="output") from None


def session(master: str = "") -> Any:
    """A Spark session: the one that `spark-submit` gives, or a local one on every core.

    Raises:
        SettingsError: Spark or Java is not there.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers see the packages that we see
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise SettingsError("Spark is not installed.", "Run: pip install 'inclusive-ads[spark]'") from None
    builder = SparkSession.builder.appName("inclusive-ads")
    try:
        return (builder.master(master) if master else builder).getOrCreate()
    except PySparkRuntimeError:
        raise SettingsError("Spark does not start.", "It needs Java 17 or later; set JAVA_HOME.") from None


def _spark_error() -> type[Exception]:
    from pyspark.errors import AnalysisException

    error: type[Exception] = AnalysisException
    return error


def settings_of(options: dict[str, Any]) -> Settings:
    """The settings of the options; what they say of the post holds for every advert that says nothing else."""
    vacancy = take_vacancy(options)
    settings = make_settings(**options)
    return replace(settings, post=vacancy.over(settings.post))


@click.command()
@click.argument("adverts")
@click.argument("findings")
@click.option("--column", default="text", show_default=True, help="Column that holds the advert.")
@click.option("--id-column", default="id", show_default=True, help="Column that names it.")
@click.option("--master", default="", help="Spark master, such as local[2] (default: as spark-submit says).")
@vacancy_options()
@settings_options
def main(adverts: str, findings: str, column: str, id_column: str, master: str, **options: Any) -> None:
    """Check ADVERTS (.parquet, .csv or .jsonl) with Spark and write FINDINGS (.parquet or .jsonl), a row a finding."""
    try:
        settings = settings_of(options)
        find(session(master), adverts, findings, settings, column=column, id_column=id_column)
    except InclusiveAdsError as error:
        click.echo(f"inclusive-ads: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    # Workers find the function by its module's name, which must not be "__main__".
    from inclusive_ads.spark import main as command

    command()
