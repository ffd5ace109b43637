"""One remark for one stretch: what is wrong with a statement and what is wrong with its wording meet here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from inclusive_ads.report import Finding, StatementProblem


def report_once(
    findings: Sequence[Finding], problems: Iterable[StatementProblem]
) -> tuple[tuple[Finding, ...], tuple[StatementProblem, ...]]:
    """Of a finding and a fault of a statement on the same stretch the graver leads, and names the other.

    A word within a statement is another stretch than the statement: each can be mended by itself. A finding that was
    kept, by decision, hides nothing.

    Returns:
        findings and faults, both in order of place.
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
    return tuple(sorted(left.values(), key=_place)), tuple(kept)


def numbered(findings: Iterable[Finding], habits: Mapping[str, str]) -> tuple[Finding, ...]:
    """Findings with the numbers by which they are shown, each habit led by the first of it.

    Args:
        findings: in order of place.
        habits: entry → name of the habit it is part of, whatever the wording; of other entries only the same wording
            is the same habit.

    Returns:
        in order of place.
    """
    leaders: dict[tuple[str, str, bool], int] = {}
    led: list[tuple[int, Finding]] = []  # by what
    for finding in sorted(findings, key=lambda one: (one.severity.rank, *_place(one))):
        habit = habits.get(finding.entry)
        same = (habit, "") if habit else (finding.entry, finding.phrase.casefold())
        key = (*same, finding.kept is None)
        led.append((leaders.get(key, 0), finding))
        leaders.setdefault(key, len(leaders) + 1)
    # Those that are shown come first, so that no number is passed over.
    led.sort(key=lambda one: one[0] > 0)
    found = [replace(finding, number=number, repeats=leader) for number, (leader, finding) in enumerate(led, 1)]
    return tuple(sorted(found, key=_place))


def _place(finding: Finding) -> tuple[int, int]:
    return finding.start, finding.end


def _same_stretch(finding: Finding, problem: StatementProblem) -> bool:
    """Whether they share at least half of the longer one."""
    shared = min(finding.end, problem.end) - max(finding.start, problem.start)
    return shared * 2 >= max(finding.end - finding.start, problem.end - problem.start)
