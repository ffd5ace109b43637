"""fix and keep: change an advert, or say why not."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any  # the options as click gives them

import click

from inclusive_ads.cli.options import (
    figures_options,
    input_format_option,
    make_settings,
    read_document,
    settings_options,
    vacancy_options,
    workers_option,
)
from inclusive_ads.cli.recording import record
from inclusive_ads.decisions import decisions_path, load_decisions, make_decision, save_decision
from inclusive_ads.errors import InputError, SettingsError
from inclusive_ads.outcomes import Severity, Verdict
from inclusive_ads.plain import to_plain
from inclusive_ads.planning import plan
from inclusive_ads.render.results import result_line
from inclusive_ads.report import Edit, Report
from inclusive_ads.text.document import Document
from inclusive_ads.text.edited import edited
from inclusive_ads.text.edits import apply_edits
from inclusive_ads.text.readers.formats import FORMATS, format_named
from inclusive_ads.text.writing import write_whole

if TYPE_CHECKING:
    from inclusive_ads.checker import Checker


# Of what is written: whoever publishes on the exit code must not publish these.
_EXIT_CODES = {Verdict.STOP: 1, Verdict.KEPT: 1, Verdict.NOT_ASSESSED: 2}


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--output", "-o", type=click.Path(), help="Write here, whole or not at all (default: standard output).")
@click.option("--replace", is_flag=True, help="Of a folder: write into an output folder that is not empty.")
@click.option("--vacancies", type=click.Path(), help="Of a folder: CSV with a row an advert, its file and its post.")
@workers_option
@click.option(
    "--accept",
    multiple=True,
    metavar="ID=N",
    help="Also take suggestion N of finding ID (its number, or its entry); 0 leaves it as it is. May be repeated.",
)
@click.option("--all", "take_all", is_flag=True, help="Take the first suggestion of every finding.")
@click.option("--statements/--no-statements", default=True, help="Insert the statements that were chosen.")
@click.option("--clean", is_flag=True, help="Of a Word file: with the changes made, instead of tracked.")
@click.option("--style-comments/--no-style-comments", default=True, help="Of a Word file: comment on style, too.")
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
@input_format_option
@settings_options
@vacancy_options()
@figures_options
def fix(
    files: tuple[str, ...],
    output: str | None,
    accept: tuple[str, ...],
    take_all: bool,
    statements: bool,
    clean: bool,
    style_comments: bool,
    diff: bool,
    input_format: str | None,
    replace: bool,
    vacancies: str | None,
    workers: int,
    **options: Any,
) -> None:
    """Write the improved advert: safe suggestions, those you accept, and the statements.

    FILES is one advert, or - for standard input; several with --diff. With --output FILE.docx it comes out as a Word
    file with tracked changes, and with a comment for every finding that is left to you. What was kept stays as it is.

    FILES may be one folder: every advert in it is written into the folder --output, with a list of what was done and
    what waits for you. What is said of an advert in --vacancies counts over the options, the options over the advert.

    Exit code: 0 done (of a folder: and nothing waits); 1 likely-unlawful wording is left (of a folder: something waits
    for you); 2 something could not be read, or was not assessed.
    """
    if any(Path(name).is_dir() for name in files):
        if len(files) > 1 or diff or accept or input_format or clean or not style_comments or not output:
            raise SettingsError("A folder is written into another.", "Use: inclusive-ads fix FOLDER --output FOLDER.")
        from inclusive_ads.cli.folder import fix_folder

        fix_folder(
            Path(files[0]),
            Path(output),
            vacancies,
            options,
            replace=replace,
            workers=workers,
            take_all=take_all,
            statements=statements,
        )
        return
    if replace or vacancies:
        raise SettingsError("--replace and --vacancies are for a folder.", "Name the folder, or leave them out.")
    from inclusive_ads import render
    from inclusive_ads.cli.given import make_checker

    word = output is not None and (named := format_named(output)) is not None and named.name == "docx"
    if (clean or not style_comments) and (diff or not word):
        raise SettingsError("--clean and --no-style-comments are for a Word file.", "Give --output FILE.docx.")
    if len(files) > 1 and (output or not diff):
        raise SettingsError("One advert is fixed at a time.", "Give one file, or use --diff to look at several.")
    checker, post = make_checker(options)
    record([], checker)
    worst = Verdict.READY
    for name in files:
        document = read_document(name, checker.settings, input_format=input_format)
        if not diff and output:
            _check_writable(document, output)
        kept = load_decisions(decisions_path(name)) if name != "-" else ()
        report = checker.check(document, decisions=kept, **post)
        inserted = report.statements if statements else None
        edits = plan(document, report.findings, inserted, _accepted(accept, report), take_all=take_all)
        if diff or not output:
            _show(document, edits, diff=diff, name=name)
        elif clean:
            write_whole(Path(output), render.clean_word(document, edits))
        elif word:
            write_whole(Path(output), render.review(document, report, edits, comments=_commented(style=style_comments)))
        else:
            write_whole(Path(output), render.improved(document, report, edits))
        if not diff:
            line = result_line(Path(name).name, report, document.source)
            record([line | {"inserted": to_plain(report.statements.chosen if statements else ())}], checker)
        worst = min(worst, _tell(name, checker, document, edits, {"decisions": kept, **post}), key=list(Verdict).index)
    sys.exit(_EXIT_CODES.get(worst, 0))


def _tell(name: str, checker: Checker, document: Document, edits: Sequence[Edit], known: Mapping[str, Any]) -> Verdict:
    """What the wording comes to as it is written; said, where nobody may take it for good."""
    report = checker.check(edited(document, edits, limit=2 * checker.settings.max_characters), **known)
    if report.wording in _EXIT_CODES:
        click.echo(f"inclusive-ads: {name}: {report.wording.value}. {report.summary}", err=True)
    return report.wording


def _commented(*, style: bool) -> frozenset[Severity]:
    """The severities of which what is left gets a comment."""
    return frozenset(Severity) - (set() if style else {Severity.STYLE})


def _check_writable(document: Document, output: str) -> None:
    """An advert comes out in its own format or as Word; one of a kind that is only read as its text or as Word."""
    read, named = FORMATS[document.format], format_named(output)
    if named is FORMATS["docx"] and document.format != "docx" and not output.lower().endswith(named.suffixes[0]):
        raise SettingsError("A Word file with macros is not made anew.", "Give --output FILE.docx.")
    if document.format == "docx" and named not in (None, FORMATS["docx"]):
        raise SettingsError("An advert in Word comes out as Word.", "Give --output FILE.docx.")
    if not read.written and (named is None or named.name not in ("docx", "text", "markdown")):
        raise SettingsError(
            f"A file of the kind {read.label} is read but not written.", "Give --output FILE.docx, or FILE.txt."
        )


def _show(document: Document, edits: Sequence[Edit], *, diff: bool, name: str) -> None:
    from inclusive_ads import render

    text = apply_edits(document.source, edits)
    if diff:
        click.echo(render.diff(document.source, text, name), nl=False)
    elif document.format == "docx":
        raise InputError("A Word file needs a place to go.", "Add --output FILE.docx.", code="no-output")
    else:
        click.echo(text, nl=sys.stdout.isatty() and not text.endswith("\n"))


def _accepted(accept: tuple[str, ...], report: Report) -> dict[int, int]:
    """Finding number → index of the suggestion that is taken, -1 for none."""
    chosen: dict[int, int] = {}
    for item in accept:
        name, _, number = item.partition("=")
        found = [f for f in report.findings if name in (str(f.number), f.entry)]
        if not found or not (number.isascii() and number.isdigit() and len(number) < 4):
            raise InputError(
                f"There is nothing to accept as '{item}'.", "Use the number of a finding, such as 2=1.", code="accept"
            )
        for finding in found:
            if int(number) > len(finding.suggestions):
                raise InputError(
                    f"There is no suggestion {number} for finding {finding.number}: it has {len(finding.suggestions)}.",
                    "Choose one of those, or 0 to leave the wording.",
                    code="accept",
                )
            chosen[finding.number] = int(number) - 1
    return chosen


@click.command()
@click.argument("file")
@click.argument("finding", type=click.IntRange(min=1))
@click.option("--reason", required=True, help="Why this wording is kept.")
@click.option("--kept-by", required=True, metavar="NAME", help="Who keeps it, by name and post.")
@click.option(
    "--approver", multiple=True, metavar="NAME", help="Who agreed to it, by name and post. Twice for likely unlawful."
)
@click.option("--advice", default="", help="What advice was taken and from whom, or that none was.")
@settings_options
def keep(
    file: str, finding: int, reason: str, kept_by: str, approver: tuple[str, ...], advice: str, **options: Any
) -> None:
    """Keep the wording of FINDING in FILE, with a reason and the names of those who answer for it.

    FINDING is its number in the report. Indirect risk, and what is to be confirmed, need the name of somebody else who
    agreed (--approver); likely unlawful wording needs two, the manager and the lead on equality, and what advice was
    taken (--advice). The decision is of today. It goes into a file beside the advert, NAME.decisions.yaml, and is shown
    in every report until the wording changes.
    """
    from inclusive_ads.checker import Checker

    if file == "-":
        raise SettingsError("A decision is kept beside a file.", "Save the advert, and name the file.")
    settings = make_settings(**options)
    if settings.today:
        raise SettingsError("A decision is of the day on which it is made.", "Leave --today out.")
    document = read_document(file, settings)
    checker = Checker(settings)
    report = checker.check(document)
    found = next((f for f in report.findings if f.number == finding), None)
    if found is None:
        raise InputError(f"There is no finding {finding}.", f"The report has {len(report.findings)}.", code="finding")
    record([], checker)
    path = decisions_path(file)
    decision = make_decision(
        found, document.source, reason=reason, kept_by=kept_by, approved_by=approver, advice=advice
    )
    save_decision(path, decision)
    if settings.register:
        kept = checker.check(document, decisions=[decision])
        record([result_line(Path(file).name, kept, document.source)], checker)
    click.echo(f"Kept '{found.phrase}': recorded in {path.name}.")
