"""A plain verdict from the findings; there is no score to game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from inclusive_ads.report import Completeness, Finding, Severity, StatementChoice, Verdict


def summarise(
    findings: Sequence[Finding], completeness: Sequence[Completeness], statements: StatementChoice
) -> tuple[Verdict, str]:
    """What to do with the advert, and a sentence or three that say why."""
    counts = Counter(f.severity for f in findings if f.kept is None)
    counts.update(problem.severity for problem in statements.problems)
    verdict, reason = _verdict(counts)
    sentences = [reason]
    kept = sum(f.kept is not None for f in findings)
    if kept:
        sentences.append(f"{_count(kept, 'finding is', 'findings are')} kept by decision.")
    missing = sum(not item.present for item in completeness)
    if missing:
        sentences.append(
            f"{_count(missing, 'thing applicants look for is', 'things applicants look for are')} missing."
        )
    return verdict, " ".join(sentences)


def _verdict(counts: Counter[Severity]) -> tuple[Verdict, str]:
    if counts[Severity.UNLAWFUL]:
        what = _count(counts[Severity.UNLAWFUL], "phrase is", "phrases are")
        return Verdict.STOP, f"{what} likely unlawful: do not publish without advice."
    serious = counts[Severity.INDIRECT] + counts[Severity.DISCOURAGING]
    if serious:
        return Verdict.CHANGE, f"{_count(serious, 'phrase', 'phrases')} may put able people off or need a reason."
    if counts[Severity.STYLE]:
        what = _count(counts[Severity.STYLE], "point", "points")
        return Verdict.READY, f"Nothing stands in the way; {what} of style to look at."
    return Verdict.READY, "Nothing in the wording stands in the way."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
