"""Past one machine: a Spark table of adverts in, a row an advert and a row a finding out.

Needs the extra `[spark]` and Java 17.

    python -m inclusive_ads.spark adverts.parquet checked.parquet findings.parquet

or, in a job or a notebook of your own::

    checked = check_table(table, column="advert", id_column="ref").persist()
    adverts, findings = parted(checked, id_column="ref")

Every worker process makes one checker and keeps it. Rows come in no order; the id says whose they are.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any  # Spark says nothing of its types

import click

from inclusive_ads.batch.arrow import our_schema
from inclusive_ads.batch.columns import FINDINGS, STAMP, check_names, check_text
from inclusive_ads.batch.frames import BROKEN, POST, FrameChecker
from inclusive_ads.checker import Checker
from inclusive_ads.cli.options import make_settings, settings_options, take_vacancy, vacancy_options
from inclusive_ads.errors import InclusiveAdsError, InputError, SettingsError
from inclusive_ads.settings import Settings
from inclusive_ads.text.readers.formats import LINES

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import Evidence

# What Spark calls a fault → what it is, and what to do about it; in braces, what Spark says of it.
_FAULTS = {
    "PATH_NOT_FOUND": ("there is no such file or folder", "Check the path."),
    "PATH_ALREADY_EXISTS": ("it is there already", "Remove it, or name another."),
    "PARQUET_TYPE_ILLEGAL NANOS": (
        "it has a column of times in nanoseconds, which Spark does not know",
        "Save the column in microseconds, or leave it out.",
    ),
    "PARQUET_TYPE_ILLEGAL": (
        "it has a column of a type that Spark does not know, {parquetType}",
        "Save the column with another type, or leave it out.",
    ),
    "COLUMN_ALREADY_EXISTS": ("two of its columns are called {columnName}, apart from capitals", "Rename one."),
    "UNABLE_TO_INFER_SCHEMA": ("nothing is in it", "Check the path."),
    "FAILED_READ_FILE": ("it is damaged, or not what its name says", "Give .parquet, .csv or .jsonl."),
}


def check_table(
    table: Any,
    settings: Settings | None = None,
    *,
    column: str = "text",
    id_column: str = "id",
    evidence: Evidence | None = None,
    lines_of_json: bool = False,
) -> Any:
    """A Spark table with a row an advert: its own columns, those of `columns.ADVERT`, and the list of its findings.

    As every step in Spark it is done when somebody asks for rows, and again for whoever asks next, unless it is kept
    (``persist``) or written. Ids are not compared. The arguments are those of `FrameChecker`.

    Raises:
        InputError: a column is missing, is not of text, or has the name of one of ours.
    """
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StructType

    check_names(table.columns, id_column, column)
    kind = table.schema[column].dataType.simpleString()
    check_text(column, kind, is_text=kind.startswith(("string", "varchar", "char", "void")))
    # A dot in the name of a column that goes to a worker leads Spark astray: another sign stands for it on the way.
    names = {name: name.replace(".", "\N{ONE DOT LEADER}").replace("`", "'") for name in table.columns}
    frames = FrameChecker(
        settings=settings or Settings(),
        column=names[column],
        id_column=names[id_column],
        evidence=evidence,
        lines_of_json=lines_of_json,
    )
    sent = table.toDF(*names.values())
    shape = StructType([*sent.schema.fields, *from_arrow_schema(our_schema()).fields])
    return sent.mapInArrow(frames, shape).toDF(*names, *our_schema().names)


def parted(checked: Any, *, id_column: str = "id") -> tuple[Any, Any]:
    """The two tables of one that `check_table` gave: a row an advert, and a row a finding with the id of its advert."""
    from pyspark.sql import functions

    stamps = [functions.col(name) for name in STAMP]
    return checked.drop(FINDINGS), checked.select(_column(id_column), functions.inline(FINDINGS), *stamps)


def _column(name: str) -> Any:
    from pyspark.sql import functions

    return functions.col(_quoted(name))


def _quoted(name: str) -> str:
    """A name in which a dot leads to no part of a column."""
    return f"`{name.replace('`', '``')}`"


def read_table(spark: Any, path: str, *, column: str = "text", id_column: str = "id") -> Any:
    """A table from Parquet, CSV or JSON lines, files or folders of them; of JSON lines `BROKEN` marks what is none.

    Raises:
        InputError: another ending, nothing there, a column that Spark does not read, or no such column.
    """
    from pyspark.sql.types import StringType, StructField, StructType

    kind = PurePath(path).suffix.lower()
    options = {"header": True, "multiLine": True, "escape": '"'} if kind == ".csv" else {}
    with _told(f"'{path}' cannot be read"):
        if kind in LINES:
            # What is an object in JSON stays JSON where Spark is told that it is text.
            read, texts = spark.read.option("columnNameOfCorruptRecord", BROKEN), (id_column, column, POST, BROKEN)
            found = read.json(path).schema.fields
            shape = [StructField(one.name, StringType()) if one.name in texts else one for one in found]
            table = read.schema(StructType(shape)).json(path) if shape else spark.createDataFrame([], StructType())
        elif kind in (".csv", ".parquet"):
            table = getattr(spark.read.options(**options), kind[1:])(path)
        else:
            raise InputError(f"'{path}' cannot be read here.", "Give .parquet, .csv or .jsonl.", code="format")
    check_names([name for name in table.columns if name != BROKEN], id_column, column)
    return table


def find(
    spark: Any,
    path: str,
    adverts: str,
    findings: str,
    settings: Settings,
    *,
    column: str = "text",
    id_column: str = "id",
) -> None:
    """Check every advert of a table and write the two tables, each as Parquet or JSON lines by its ending.

    Raises:
        InclusiveAdsError: the input, an output or the settings cannot be used.
    """
    for output in (adverts, findings):
        if PurePath(output).suffix.lower() not in (".parquet", ".jsonl"):
            raise InputError(f"'{output}' cannot be written.", "Name it .parquet or .jsonl.", code="format")
    Checker(settings)  # here first, so that a mistake in a lexicon is said once and plainly
    table = read_table(spark, path, column=column, id_column=id_column)
    lines = PurePath(path).suffix.lower() in LINES
    with _told(f"'{path}' cannot be checked"):
        repeated = table.groupBy(_column(id_column)).count().where(f"count > 1 and {_quoted(id_column)} is not null")
        for row in repeated.limit(1).collect():
            remedy = "Give each advert an id of its own, or nobody can tell whose a finding is."
            raise InputError(f"{row[1]} adverts of '{path}' have the id '{row[0]}'.", remedy, code="id")
        cores = spark.sparkContext.defaultParallelism
        if table.rdd.getNumPartitions() < cores:
            table = table.repartition(cores * 4)
        checked = check_table(table, settings, column=column, id_column=id_column, lines_of_json=lines)
        checked = checked.drop(BROKEN).persist()
    try:
        for output, part in zip((adverts, findings), parted(checked, id_column=id_column), strict=True):
            with _told(f"'{output}' cannot be written"):
                if PurePath(output).suffix.lower() == ".parquet":
                    part.write.parquet(output)
                else:
                    part.write.json(output, ignoreNullFields=False)
    finally:
        checked.unpersist()


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


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Faults of Spark as one of ours: what could not be done, why, and what to do.

    Raises:
        InputError: there was one.
    """
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        text = str(error)
        for name, (why, remedy) in _FAULTS.items():
            if all(word in text for word in name.split()):
                given: dict[str, str] = getattr(error, "getMessageParameters", dict)() or {}
                raise InputError(f"{what}: {why.format_map(given)}.", remedy, code="spark") from None
        raise InputError(f"{what}: {_reason(text)}", code="spark") from None


def _reason(text: str) -> str:
    """What went wrong, of all that Spark, Java or a worker say of it: the sentence behind the last name of an error."""
    named = [line for line in text.splitlines() if re.search(r"(?:Exception|Error): ", line)]
    line = (named or text.splitlines() or [""])[-1 if "Traceback" in text else 0]
    return re.split(r"[\w.$]+(?:Exception|Error): ", re.sub(r"^\[[\w.]+\] | SQLSTATE: \w+$", "", line))[-1].strip()


def settings_of(options: dict[str, Any]) -> Settings:
    """The settings of the options; what they say of the post holds for every advert that says nothing else."""
    vacancy = take_vacancy(options)
    settings = make_settings(**options)
    return replace(settings, post=vacancy.over(settings.post))


@click.command()
@click.argument("source", metavar="ADVERTS")
@click.argument("adverts", metavar="CHECKED")
@click.argument("findings", metavar="FINDINGS")
@click.option("--column", default="text", show_default=True, help="Column that holds the advert.")
@click.option("--id-column", default="id", show_default=True, help="Column that names it.")
@click.option("--master", default="", help="Spark master, such as local[2] (default: as spark-submit says).")
@vacancy_options()
@settings_options
def main(source: str, adverts: str, findings: str, column: str, id_column: str, master: str, **options: Any) -> None:
    """Check ADVERTS with Spark: CHECKED has a row an advert, FINDINGS a row a finding.

    ADVERTS is .parquet, .csv or .jsonl; the two that are written are .parquet or .jsonl. Settings are those of the
    command line; what the options say of the post holds for every advert that says nothing else.
    """
    try:
        settings = settings_of(options)
        find(session(master), source, adverts, findings, settings, column=column, id_column=id_column)
    except InclusiveAdsError as error:
        click.echo(f"inclusive-ads: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    # Workers find the function by its module's name, which must not be "__main__".
    from inclusive_ads.spark import main as command

    command()
