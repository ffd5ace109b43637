"""A mark in the advert's own text that keeps one entry, with a reason.

    <!-- inclusive-ads ignore ENTRY: the reason -->      in HTML and Markdown
    [inclusive-ads ignore ENTRY: the reason]             in plain text

It holds for the whole advert, and is shown in the report like any other decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from inclusive_ads.report import Finding

_MARK = re.compile(
    r"(?:<!--|\[)[ \t]*inclusive-ads[ \t]+ignore[ \t]+([a-z0-9-]+)[ \t]*:[ \t]*([^\]\n]{3,300}?)[ \t]*(?:-->|\])"
)


def marks(source: str) -> dict[str, str]:
    """Entry → reason, for every mark in the source."""
    return dict(_MARK.findall(source)) if "inclusive-ads" in source else {}


def apply_marks(findings: Iterable[Finding], source: str) -> tuple[Finding, ...]:
    """The findings, with `kept` set on those that a mark covers."""
    known = marks(source)
    return tuple(
        replace(f, kept={"reason": known[f.entry], "approved_by": "a mark in the text"}) if f.entry in known else f
        for f in findings
    )
