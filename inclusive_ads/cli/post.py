"""A checker, and what the user tells us about the post: the vacancy and the employer's figures."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inclusive_ads.checker import Checker
from inclusive_ads.cli.options import POST, make_settings
from inclusive_ads.errors import SettingsError
from inclusive_ads.vacancy import Vacancy


def make_checker(options: dict[str, Any]) -> tuple[Checker, dict[str, Any]]:
    """A checker with the settings among `options`, and the further arguments of `Checker.check`."""
    post = {name: options.pop(name) for name in POST}
    settings = make_settings(**options)
    gc.disable()  # very many objects and no garbage: to look for it takes a fifth of the time
    try:
        checker = Checker(settings)
    finally:
        gc.enable()
    return checker, read_post(post, checker.profile.evidence_columns)


def read_post(options: dict[str, Any], columns: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Options of the command line as the arguments of `Checker.check`.

    Args:
        options: grade, role, location and the files of figures.
        columns: which heading of the figures holds what, where they have a layout of their own (from the profile).

    Raises:
        EvidenceError: a file of figures cannot be used.
        SettingsError: comparators are given without the figures to compare.
    """
    evidence = None
    if options["representation"]:
        from inclusive_ads.evidence import read_evidence

        evidence = read_evidence(
            Path(options["representation"]),
            _path(options["comparators"]),
            _path(options["recruitment"]),
            mapping=columns or None,
        )
    elif options["comparators"] or options["recruitment"]:
        raise SettingsError("There is nothing to compare.", "Give --representation FILE.csv too.")
    vacancy = Vacancy(grade=options["grade"], role=options["role"], location=options["location"])
    return {"vacancy": vacancy, "evidence": evidence}


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None
