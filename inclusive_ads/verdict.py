"""A plain verdict on the wording, and whether all is there; there is no score to game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from inclusive_ads.not_read import NotRead
from inclusive_ads.outcomes import Severity, Verdict
from inclusive_ads.report import CONTRADICTION, Completeness, Finding, StatementChoice

_NAMED = 4  # things to add that are named in a line


def summarise(
    findings: Sequence[Finding],
    completeness: Sequence[Completeness],
    statements: StatementChoice,
    not_read: Sequence[NotRead] = (),
    *,
    assessed: bool = True,
) -> tuple[Verdict, bool, str]:
    """What the wording comes to, whether all is there that an advert needs, and a few sentences that say why."""
    phrases = Counter(f.severity for f in findings if f.kept is None and not f.repeats)
    problems = [problem.severity for problem in statements.problems if problem.id != CONTRADICTION]
    verdict, reason = _verdict(phrases, Counter(problems))
    sentences = [reason]
    kept = Counter(f.severity for f in findings if f.kept is not None)
    unlawful = kept.pop(Severity.UNLAWFUL, 0)
    if unlawful:
        # No decision makes such wording ready: whoever publishes it answers for the advice taken.
        if verdict is Verdict.READY:
            sentences.clear()
        verdict = verdict if verdict is Verdict.STOP else Verdict.KEPT
        sentences.append(f"{_count(unlawful, 'phrase is', 'phrases are')} likely unlawful and kept on advice.")
    contradictions = len(statements.problems) - len(problems)
    if contradictions:
        verdict = Verdict.CHANGE if verdict is Verdict.READY else verdict
        points = _count(contradictions, "point", "points")
        sentences.append(f"The advert and what you said of the post differ on {points}: correct one of the two.")
    if kept:
        sentences.append(f"{_count(kept.total(), 'point is', 'points are')} kept by decision.")
    foreign = sorted({name for part in not_read if part.code == "language" for name in part.names})
    if not assessed:
        # A finding outranks it: what was found, was read.
        if verdict is Verdict.READY:
            verdict = Verdict.NOT_ASSESSED
            sentences.clear()
        sentences.append(_not_assessed(not_read, foreign))
        return verdict, False, " ".join(sentences)
    if foreign:
        sentences.append(f"What is in {_listed(foreign)} was not checked.")
    lacking = [_small(item.title) for item in completeness if item.needed and not item.present]
    if lacking:
        more = [f"{len(lacking) - _NAMED} more"] if len(lacking) > _NAMED else []
        sentences.append(f"To complete it, add {_listed([*lacking[:_NAMED], *more])}.")
    return verdict, not lacking, " ".join(sentences)


def _not_assessed(not_read: Sequence[NotRead], foreign: Sequence[str]) -> str:
    if foreign:
        return f"Only English is checked, and it is in {_listed(foreign)}, or most of it is."
    stored = next((part for part in not_read if part.code == "stored-mail"), None)
    return f"It is an {stored.message.removeprefix('1 ')}" if stored else "No English was found in it."


def _listed(words: Sequence[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


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
    return Verdict.READY, "The wording is fine."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
