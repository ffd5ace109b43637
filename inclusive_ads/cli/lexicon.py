"""lexicon and explain: read, test and write the lexicons."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import Any  # click gives options as it parsed them

import click

from inclusive_ads.cli.options import make_settings, read_adverts, settings_options
from inclusive_ads.errors import InputError
from inclusive_ads.text.writing import write_whole


@click.command()
@click.argument("entry")
@settings_options
def explain(entry: str, **options: Any) -> None:
    """Say what ENTRY (its id, or a phrase) is about: whom, why, on what source, and what to say instead."""
    from inclusive_ads.checker import Checker
    from inclusive_ads.lexicon.guide import entry_text

    checker = Checker(make_settings(**options))
    entries = checker.lexicon.entries
    names = [entry] if entry in entries else list(dict.fromkeys(c.entry.id for c in checker.candidates(entry)))
    if not names:
        raise InputError(
            f"No entry has the id or the wording '{entry}'.", "See `inclusive-ads lexicon list`.", code="entry"
        )
    for name in names:
        click.echo(entry_text(entries[name], checker.lexicon))


@click.group()
def lexicon() -> None:
    """Validate, test, list and document the lexicons, or start an entry of your own."""


@lexicon.command()
@settings_options
def validate(**options: Any) -> None:
    """Read every file and every phrase; say the first mistake with file, line, entry and remedy."""
    from inclusive_ads.lexicon.checking import check_phrases, check_wording
    from inclusive_ads.lexicon.loading import load_lexicon

    loaded = load_lexicon(make_settings(**options).lexicons)
    check_phrases(loaded)
    check_wording(loaded.wording, loaded.vocabulary)
    click.echo(f"{len(loaded.entries)} entries in {len(loaded.categories)} categories are in order.")


@lexicon.command()
@click.argument("entries", nargs=-1)
@settings_options
def test(entries: tuple[str, ...], **options: Any) -> None:
    """Run the examples of ENTRIES (default: of your own in --lexicons, or else of all).

    Where none is named, also name the sources that nobody has checked for a year.
    """
    from inclusive_ads.checker import Checker
    from inclusive_ads.lexicon.known import load_known
    from inclusive_ads.lexicon.sources import unchecked
    from inclusive_ads.selftest import known_problems, run_selftests

    checker = Checker(make_settings(**options))
    unknown = [name for name in entries if name not in checker.lexicon.entries]
    if unknown:
        raise InputError(f"There is no entry '{unknown[0]}'.", "See `inclusive-ads lexicon list`.", code="entry")
    own = tuple(name for name in checker.lexicon.entries if not checker.lexicon.ships(name))
    chosen = entries or own
    tested = chosen or tuple(checker.lexicon.entries)
    problems = list(run_selftests(checker, tested))
    if not chosen:
        problems += known_problems(checker)
    for problem in problems:
        click.echo(str(problem))
    for line in () if entries else unchecked(checker.lexicon.sources.values(), checker.settings.today or date.today()):
        click.echo(f"Not checked for a year: {line}.", err=True)
    if not chosen:
        known = load_known()
        click.echo(f"Known to come out wrong: {len(known.known_miss)} misses, {len(known.known_false)} false alarms.")
    click.echo(f"{len(tested)} entries tested, {len(problems)} problems.")
    sys.exit(1 if problems else 0)


@lexicon.command()
@click.argument("adverts", nargs=-1)
@settings_options
def lint(adverts: tuple[str, ...], **options: Any) -> None:
    """List what is hard to read: long phrases, lists that stand twice, and options that nothing needs.

    Options count as needed where an example, or one of ADVERTS, holds wording that they alone find.
    """
    from inclusive_ads.batch.running import open_item
    from inclusive_ads.checker import Checker
    from inclusive_ads.lexicon.legible import lists_that_stand_twice, long_phrases, unreached
    from inclusive_ads.selftest import reached

    checker = Checker(make_settings(**options))
    for place, message in long_phrases(checker.lexicon):
        click.echo(f"long\t{place}\t{message}.")
    for phrase, places in lists_that_stand_twice(checker.lexicon):
        click.echo(f"twice\t{', '.join(dict.fromkeys(places))}\tthe list in '{phrase}' stands {len(places)} times.")
    limit = checker.settings.max_characters
    found = reached(checker, (open_item(item, limit)[0].text for item in read_adverts(adverts)) if adverts else ())
    for name, entry in checker.lexicon.entries.items():
        for phrase, option in unreached(entry, checker.lexicon.vocabulary, found.get(name, frozenset())):
            click.echo(f"unused\t{name}\tnothing needs '{option}' in '{phrase}'.")


@lexicon.command("list")
@settings_options
def list_entries(**options: Any) -> None:
    """Every entry: id, severity, message."""
    from inclusive_ads.lexicon.loading import load_lexicon

    for entry in load_lexicon(make_settings(**options).lexicons).entries.values():
        click.echo(f"{entry.id}\t{entry.severity.value}\t{entry.message}")


@lexicon.command()
@click.argument("folder", type=click.Path())
@settings_options
def docs(folder: str, **options: Any) -> None:
    """Write the guide to every entry into FOLDER, one page a category."""
    from inclusive_ads.lexicon.guide import pages
    from inclusive_ads.lexicon.loading import load_lexicon

    target = _folder(folder)
    written = pages(load_lexicon(make_settings(**options).lexicons))
    for name, text in written.items():
        write_whole(target / name, text)
    click.echo(f"{len(written)} pages written to {target}.")


@lexicon.command()
def schema() -> None:
    """Print the JSON Schema of an entry file, for editors."""
    from inclusive_ads.schemas import published

    click.echo(published()["lexicon.schema.json"], nl=False)


@lexicon.command("near-words", hidden=True)
def near_words() -> None:
    """Write near_words.yaml of the lexicons that ship anew (for those who change them)."""
    from inclusive_ads.analysis.near_words import near_words_page
    from inclusive_ads.lexicon.files import lexicon_folder
    from inclusive_ads.lexicon.loading import load_lexicon

    write_whole(lexicon_folder() / "en-GB" / "near_words.yaml", near_words_page(load_lexicon()))


@lexicon.command()
@click.argument("folder", type=click.Path())
@click.option("--category", default="own", show_default=True, help="Category of the entry.")
def new(folder: str, category: str) -> None:
    """Write a first entry of your own into FOLDER, ready to be changed."""
    from inclusive_ads.lexicon.files import SHARED
    from inclusive_ads.lexicon.guide import starter

    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", category) or f"{category}.yaml" in SHARED:
        raise InputError(
            f"'{category}' cannot be the name of a category.",
            "Use small letters and hyphens, as in our-words.",
            code="name",
        )
    path = Path(folder) / f"{category}.yaml"
    if path.exists():
        raise InputError(
            f"'{path}' is there already.", "Add your entry to it, or choose another category.", code="exists"
        )
    _folder(folder)
    write_whole(path, starter(category))
    click.echo(f"Written to {path}. Change it, then run: inclusive-ads lexicon test --lexicons {folder}")


@lexicon.command()
@click.argument("old", type=click.Path())
@click.argument("adverts", nargs=-1, required=True)
@settings_options
def compare(old: str, adverts: tuple[str, ...], **options: Any) -> None:
    """Show what is newly flagged (+) and newly silent (-) in ADVERTS since OLD.

    OLD is the jsonl of an earlier batch over the same adverts. The totals by entry come last.
    """
    from inclusive_ads.batch.running import check_items
    from inclusive_ads.lexicon.guide import difference
    from inclusive_ads.render.results import read_results

    try:
        with Path(old).open("rb") as lines:
            before = list(read_results(lines, old))
    except OSError as error:
        raise InputError(f"'{old}' cannot be opened: {error.strerror}.", "Check the path.", code="file") from None
    for line in difference(before, check_items(read_adverts(adverts), make_settings(**options))):
        click.echo(line)


def _folder(name: str) -> Path:
    """The folder, made where it is not there."""
    try:
        Path(name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"'{name}' cannot be a folder: {error.strerror}.", "Choose another place.", code="write"
        ) from None
    return Path(name)
