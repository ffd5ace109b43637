"""A mark in the advert's own text that keeps one entry, with a reason.

    <!-- inclusive-ads ignore ENTRY: the reason -->      in HTML and Markdown
    [inclusive-ads ignore ENTRY: the reason]             in plain text and Word

It holds for the whole advert, and is shown in the report like any other decision. It names nobody, so it cannot keep
what somebody has to agree to (`inclusive-ads keep`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from inclusive_ads.decisions import APPROVERS
from inclusive_ads.report import KEPT_BY_MARK, Finding, Kept

# The bounds keep a hostile advert from costing more than a linear scan.
_INSIDE = r"[ \t]{0,9}inclusive-ads[ \t]{1,9}ignore[ \t]{1,9}([a-z0-9-]{1,80})[ \t]{0,9}:[ \t]{0,9}"
_MARK = re.compile(
    rf"<!--{_INSIDE}(?P<html>[^\r\n]{{3,300}}?)[ \t]{{0,9}}-->|\[{_INSIDE}(?P<text>[^\]\r\n]{{3,300}})\]"
)


def ignore_marks(source: str) -> dict[str, str]:
    """Entry → reason, for every mark in the source."""
    if "inclusive-ads" not in source:
        return {}
    return {
        match[1] or match[3]: reason
        for match in _MARK.finditer(source)
        if len(reason := (match["html"] or match["text"]).strip()) >= 3
    }


def apply_ignore_marks(findings: Iterable[Finding], source: str) -> tuple[Finding, ...]:
    """The findings, with `kept` set on those that a mark covers and no decision does."""
    known = ignore_marks(source)
    return tuple(
        replace(f, kept=Kept(reason=known[f.entry], kept_by=KEPT_BY_MARK))
        if f.entry in known and f.kept is None and f.severity not in APPROVERS
        else f
        for f in findings
    )
