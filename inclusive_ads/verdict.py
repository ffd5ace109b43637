"""A plain verdict from the findings; there is no score to game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from inclusive_ads.report import Completeness, Finding, Severity, StatementChoice, Verdict


def summarise(
    findings: Sequence[Finding], completeness: Sequence[Completeness], statements: StatementChoice
) -> tuple[Verdict, str]:
    """What to do with the advert, and a sentence or three that say why."""
    phrases = Counter(f.severity for f in findings if f.kept is None)
    verdict, reason = _verdict(phrases, Counter(problem.severity for problem in statements.problems))
    sentences = [reason]
    kept = Counter(f.severity for f in findings if f.kept is not None)
    unlawful = kept.pop(Severity.UNLAWFUL, 0)
    if unlawful:
        # No decision makes such wording ready: whoever publishes it answers for the advice taken.
        if verdict is Verdict.READY:
            sentences.clear()
        verdict = verdict if verdict is Verdict.STOP else Verdict.KEPT
        sentences.append(f"{_count(unlawful, 'phrase is', 'phrases are')} likely unlawful and kept on advice.")
    if kept:
        sentences.append(f"{_count(kept.total(), 'finding is', 'findings are')} kept by decision.")
    missing = sum(not item.present for item in completeness)
    if missing:
        sentences.append(
            f"{_count(missing, 'thing applicants look for is', 'things applicants look for are')} missing."
        )
    return verdict, " ".join(sentences)


def _verdict(phrases: Counter[Severity], statements: Counter[Severity]) -> tuple[Verdict, str]:
    def both(*severities: Severity) -> tuple[int, str]:
        # Named apart, so that the number of phrases is the number of findings that a reader can count.
        numbers = [sum(counts[severity] for severity in severities) for counts in (phrases, statements)]
        names = (("phrase", "phrases"), ("point about a statement", "points about statements"))
        said = [_count(number, *name) for number, name in zip(numbers, names, strict=True) if number]
        return sum(numbers), " and ".join(said)

    number, what = both(Severity.UNLAWFUL)
    if number:
        return Verdict.STOP, f"{what} {'is' if number == 1 else 'are'} likely unlawful: do not publish without advice."
    confirm, unsure = both(Severity.CONFIRM)
    number, what = both(Severity.INDIRECT, Severity.DISCOURAGING)
    reasons = [f"{what} may put able people off or need a reason."] if number else []
    if confirm:
        reasons.insert(0, f"{unsure} may be lawful with the right ground: have this confirmed before publishing.")
    if reasons:
        return Verdict.CHANGE, " ".join(reasons)
    style = phrases[Severity.STYLE] + statements[Severity.STYLE]
    if style:
        return Verdict.READY, f"Nothing stands in the way; {_count(style, 'point', 'points')} of style to look at."
    return Verdict.READY, "Nothing in the wording stands in the way."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
