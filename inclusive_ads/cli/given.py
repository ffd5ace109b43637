"""A checker, and what is given with an advert: the vacancy and the employer's figures."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any  # click gives options as it parsed them

from inclusive_ads.checker import Checker
from inclusive_ads.cli.options import FIGURES, OF_FIGURES, make_settings, take_vacancy
from inclusive_ads.errors import SettingsError

if TYPE_CHECKING:
    from inclusive_ads.evidence import Evidence


def make_checker(options: dict[str, Any]) -> tuple[Checker, dict[str, Any]]:
    """A checker with the settings among `options`, and the further arguments of `Checker.check`."""
    figures = {name: options.pop(name) for name in (*FIGURES, *OF_FIGURES)}
    vacancy = take_vacancy(options)
    settings = make_settings(**options)
    gc.disable()  # very many objects and no garbage: to look for it takes a fifth of the time
    try:
        checker = Checker(settings)
    finally:
        gc.enable()
    return checker, {"vacancy": vacancy, "evidence": read_figures(figures, checker.profile.evidence_columns)}


def read_figures(files: Mapping[str, Any], columns: Mapping[str, str]) -> Evidence | None:
    """The employer's figures, None where no file is given.

    Args:
        files: the options of `figures_options`.
        columns: which heading holds what, where they have a layout of their own (from the profile).

    Raises:
        EvidenceError: a file cannot be used.
        SettingsError: something is said of figures that are not given, or a column makes no sense.
    """
    if not files["representation"]:
        if any(files[name] for name in (*FIGURES, *OF_FIGURES)):
            raise SettingsError("There is nothing to compare.", "Give --representation FILE too.")
        return None
    from inclusive_ads.evidence import Asked, read_evidence

    further = [Path(name) if (name := files[each]) else None for each in FIGURES[1:]]
    asked = Asked(sheet=files["sheet"] or "", organisation=files["figures_of"] or "", as_at=files["as_at"])
    mapping = {**columns, **dict(_column(text) for text in files["map"])}
    return read_evidence(Path(files["representation"]), *further, mapping=mapping or None, asked=asked)


def _column(text: str) -> tuple[str, str]:
    field, sign, heading = text.partition("=")
    if not sign or not field.strip() or not heading.strip():
        raise SettingsError(
            f"--map '{text[:60]}' does not say which column is which.", 'Write it as --map "grade=Pay band".'
        )
    return field.strip(), heading.strip()
