"""A checker, and what the user tells us about the post: the vacancy and the employer's figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from inclusive_ads.checker import Checker
from inclusive_ads.cli.options import POST, make_settings
from inclusive_ads.errors import SettingsError
from inclusive_ads.statements import Vacancy


def make_checker(options: dict[str, Any]) -> tuple[Checker, dict[str, Any]]:
    """A checker with the settings among `options`, and the further arguments of `Checker.check`."""
    post = read_post({name: options.pop(name) for name in POST})
    return Checker(make_settings(**options)), post


def read_post(options: dict[str, Any]) -> dict[str, Any]:
    """Options of the command line as the arguments of `Checker.check`.

    Raises:
        EvidenceError: a file of figures cannot be used.
        SettingsError: comparators are given without the figures to compare.
    """
    evidence = None
    if options["representation"]:
        from inclusive_ads.evidence import read_evidence

        evidence = read_evidence(
            Path(options["representation"]), _path(options["comparators"]), _path(options["recruitment"])
        )
    elif options["comparators"] or options["recruitment"]:
        raise SettingsError("There is nothing to compare.", "Give --representation FILE.csv too.")
    vacancy = Vacancy(grade=options["grade"], role=options["role"], location=options["location"])
    return {"vacancy": vacancy, "evidence": evidence}


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None
