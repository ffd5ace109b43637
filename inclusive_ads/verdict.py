"""A plain verdict from the findings; there is no score to game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from inclusive_ads.report import Completeness, Finding, Severity, StatementChoice, Verdict


def summarise(
    findings: Sequence[Finding], completeness: Sequence[Completeness], statements: StatementChoice
) -> tuple[Verdict, str]:
    """What to do with the advert, and one sentence that says why."""
    counts = Counter(f.severity for f in findings if f.kept is None)
    counts.update(problem.severity for problem in statements.problems)
    missing = sum(not item.present for item in completeness)
    tail = (
        f" {missing} thing{'s' * (missing != 1)} applicants look for {'is' if missing == 1 else 'are'} missing."
        if missing
        else ""
    )
    if counts[Severity.UNLAWFUL]:
        number = counts[Severity.UNLAWFUL]
        what = "1 phrase is" if number == 1 else f"{number} phrases are"
        return Verdict.STOP, f"{what} likely unlawful: do not publish without advice.{tail}"
    serious = counts[Severity.INDIRECT] + counts[Severity.DISCOURAGING]
    if serious:
        what = "1 phrase" if serious == 1 else f"{serious} phrases"
        return Verdict.CHANGE, f"{what} may put able people off or need a reason.{tail}"
    if counts[Severity.STYLE]:
        what = "1 point" if counts[Severity.STYLE] == 1 else f"{counts[Severity.STYLE]} points"
        return Verdict.READY, f"Nothing stands in the way; {what} of style to look at.{tail}"
    return Verdict.READY, f"Nothing in the wording stands in the way.{tail}"
