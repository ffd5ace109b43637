"""A checker, and what is given with an advert: the vacancy and the employer's figures."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any  # click gives options as it parsed them

from inclusive_ads.checker import Checker
from inclusive_ads.cli.options import FIGURES, make_settings, take_vacancy
from inclusive_ads.errors import SettingsError

if TYPE_CHECKING:
    from inclusive_ads.evidence import Evidence


def make_checker(options: dict[str, Any]) -> tuple[Checker, dict[str, Any]]:
    """A checker with the settings among `options`, and the further arguments of `Checker.check`."""
    figures = {name: options.pop(name) for name in FIGURES}
    vacancy = take_vacancy(options)
    settings = make_settings(**options)
    gc.disable()  # very many objects and no garbage: to look for it takes a fifth of the time
    try:
        checker = Checker(settings)
    finally:
        gc.enable()
    return checker, {"vacancy": vacancy, "evidence": read_figures(figures, checker.profile.evidence_columns)}


def read_figures(files: Mapping[str, str | None], columns: Mapping[str, str]) -> Evidence | None:
    """The employer's figures, None where no file is given.

    Args:
        columns: which heading holds what, where they have a layout of their own (from the profile).

    Raises:
        EvidenceError: a file cannot be used.
        SettingsError: comparators are given without the figures to compare.
    """
    if not files["representation"]:
        if files["comparators"] or files["recruitment"]:
            raise SettingsError("There is nothing to compare.", "Give --representation FILE.csv too.")
        return None
    from inclusive_ads.evidence import read_evidence

    further = [Path(name) if (name := files[each]) else None for each in FIGURES[1:]]
    return read_evidence(Path(files["representation"]), *further, mapping=columns or None)
