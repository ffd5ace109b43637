"""A checker, and what is given with an advert: the vacancy and the employer's figures."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any  # click gives options as it parsed them

import click

from inclusive_ads.checker import Checker
from inclusive_ads.cli.options import FIGURES, OF_FIGURES, make_settings, take_vacancy
from inclusive_ads.errors import EvidenceError, SettingsError

if TYPE_CHECKING:
    from inclusive_ads.evidence.asking import Asked
    from inclusive_ads.evidence.thresholds import Thresholds
    from inclusive_ads.evidence.values import Evidence

_OBJECTS = 100_000  # made between two searches for garbage


def make_checker(options: dict[str, Any]) -> tuple[Checker, dict[str, Any]]:
    """A checker with the settings among `options`, and the further arguments of `Checker.check`."""
    figures = {name: options.pop(name) for name in (*FIGURES, *OF_FIGURES)}
    vacancy = take_vacancy(options)
    settings = make_settings(**options)
    with _left_alone():
        checker = Checker(settings)
    return checker, {"vacancy": vacancy, "evidence": read_figures(figures, checker.profile.evidence_columns)}


@contextmanager
def _left_alone() -> Iterator[None]:
    """What a command loads stays to its end, and is not looked through for garbage."""
    gc.disable()
    try:
        yield
        _leave_alone()
    finally:
        gc.enable()


@cache
def _leave_alone() -> None:
    """Once, since each time keeps all. The first advert loads much, too: garbage is looked for less often then."""
    gc.freeze()
    gc.set_threshold(_OBJECTS)


def read_figures(
    files: Mapping[str, Any], columns: Mapping[str, str], *, thresholds: Thresholds | None = None, comparator: str = ""
) -> Evidence | None:
    """The employer's figures, None where no file is given.

    Args:
        files: the options of `figures_options`.
        columns: which heading holds what, where they have a layout of their own (from the profile).
        thresholds, comparator: as for `read_evidence`.

    Raises:
        EvidenceError: a file cannot be used.
        SettingsError: something is said of figures that are not given, or a column makes no sense.
    """
    if not files["representation"]:
        if any(files[name] for name in (*FIGURES, *OF_FIGURES)):
            raise SettingsError("There is nothing to compare.", "Give --representation FILE too.")
        return None
    from inclusive_ads.evidence.asking import Asked
    from inclusive_ads.evidence.grading import read_evidence

    figures = Path(files["representation"])
    further = [Path(name) if (name := files[each]) else None for each in FIGURES[1:]]
    asked = Asked(sheet=files["sheet"] or "", organisation=files["figures_of"] or "", as_at=files["as_at"])
    mapping = {**columns, **dict(_column(text) for text in files["map"])}

    def read(mapping: Mapping[str, str] | None) -> Evidence:
        return read_evidence(
            figures, *further, mapping=mapping, asked=asked, thresholds=thresholds, comparator=comparator
        )

    try:
        return read(mapping or None)
    except EvidenceError as error:
        if error.code != "layout" or error.path != figures.name:
            raise
        return read(_confirmed(figures, asked, error))


def _confirmed(figures: Path, asked: Asked, error: EvidenceError) -> Mapping[str, str]:
    """The mapping that a person at a terminal agrees to, of a table whose layout is not known.

    Raises:
        EvidenceError: nobody is there to ask, or does not agree; it says how to state the mapping.
    """
    from inclusive_ads.evidence.proposing import propose_mapping

    proposal = propose_mapping(figures, asked=asked)
    options = " ".join(f'--map "{field}={heading}"' for field, heading in proposal.mapping.items())
    lacks = " ".join(f'--map "{field}=..."' for field in proposal.missing)
    if lacks:
        said = f"{options} {lacks}".strip()
        remedy = f"Say which column is which: {said}. The headings are: {'; '.join(proposal.headings[:30])}."
    else:
        if sys.stdin.isatty():
            click.echo(f"{figures.name}: the layout is not known. It would be read so:", err=True)
            for field, heading in proposal.mapping.items():
                click.echo(
                    f"  {field}: {heading.removeprefix('=')}{' (in every row)' * heading.startswith('=')}", err=True
                )
            if click.confirm("Is that right?", err=True):
                click.echo(f"To read it so without being asked: {options}", err=True)
                return proposal.mapping
        remedy = f"If this is right, say so: {options}. Else name other columns, as docs/evidence.md tells."
    raise EvidenceError(
        "The headings are of no layout that is known.",
        remedy,
        path=error.path,
        sheet=error.sheet,
        row=error.row,
        code="layout",
    )


def _column(text: str) -> tuple[str, str]:
    field, sign, heading = text.partition("=")
    if not sign or not field.strip() or not heading.strip():
        raise SettingsError(
            f"--map '{text[:60]}' does not say which column is which.", 'Write it as --map "grade=Pay band".'
        )
    return field.strip(), heading.strip()
