"""What the user tells us about the post: the vacancy and the employer's figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from inclusive_ads.errors import SettingsError
from inclusive_ads.statements import Vacancy


def read_post(options: dict[str, Any]) -> dict[str, Any]:
    """Options of the command line as the arguments of `Checker.check`.

    Raises:
        EvidenceError: a file of figures cannot be used.
        SettingsError: comparators are given without the figures to compare.
    """
    evidence = None
    if options.get("representation"):
        from inclusive_ads.evidence import read_evidence

        evidence = read_evidence(
            Path(options["representation"]), _path(options.get("comparators")), _path(options.get("recruitment"))
        )
    elif options.get("comparators") or options.get("recruitment"):
        raise SettingsError("There is nothing to compare.", "Give --representation FILE.csv too.")
    vacancy = Vacancy(
        grade=options.get("grade", ""), role=options.get("role", ""), location=options.get("location", "")
    )
    return {"vacancy": vacancy, "evidence": evidence}


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None
