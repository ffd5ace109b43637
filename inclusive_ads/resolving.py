"""One remark for one stretch: what is wrong with a statement and what is wrong with its wording meet here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from inclusive_ads.report import Finding, StatementProblem


def report_once(
    findings: Sequence[Finding], problems: Iterable[StatementProblem]
) -> tuple[tuple[Finding, ...], tuple[StatementProblem, ...]]:
    """Of a finding and a fault of a statement on the same stretch the graver leads, and names the other.

    A word within a statement is another stretch than the statement: each can be mended by itself. A finding that was
    kept, by decision, hides nothing.

    Returns:
        findings, numbered anew, and faults, both in order of place.
    """
    left = dict(enumerate(findings))
    kept: list[StatementProblem] = []
    for problem in problems:
        same = [number for number, finding in left.items() if finding.kept is None and _same_stretch(finding, problem)]
        leader = next((number for number in same if left[number].severity.rank <= problem.severity.rank), None)
        if leader is not None:
            left[leader] = replace(left[leader], also=(*left[leader].also, problem.message))
        else:
            messages = [message for number in same for message in (left[number].message, *left.pop(number).also)]
            kept.append(replace(problem, also=tuple(messages)))
    ordered = sorted(left.values(), key=lambda finding: finding.number)
    return tuple(replace(finding, number=number) for number, finding in enumerate(ordered, 1)), tuple(kept)


def _same_stretch(finding: Finding, problem: StatementProblem) -> bool:
    """Whether they share at least half of the longer one."""
    shared = min(finding.end, problem.end) - max(finding.start, problem.start)
    return shared * 2 >= max(finding.end - finding.start, problem.end - problem.start)
