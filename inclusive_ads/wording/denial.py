"""What readings take back, phrases do not say either: "Must I be British born? No, anyone can apply."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inclusive_ads.analysis.found import Candidate
from inclusive_ads.outcomes import Severity
from inclusive_ads.report import GuardResult
from inclusive_ads.wording.context import Judgement
from inclusive_ads.wording.reader import Governs

Pairs = Sequence[tuple[Candidate, Judgement]]


def without_denied(phrases: Pairs, readings: Pairs, hushed: Sequence[Governs]) -> Iterator[tuple[Candidate, Judgement]]:
    """Phrases as they were judged; one is silent where what it says of people is denied, or said of others.

    That is so where an operator that hushes speaks of its people, and no reading of the same people stands. Wording
    that is only out of date stays so whoever is meant.

    Args:
        hushed: what the operators say that hush phrases.
    """
    for candidate, judgement in phrases:
        if judgement.severity is not None and judgement.severity is not Severity.STYLE:
            by = next((one.operator for one in hushed if _denies(one, candidate)), "")
            if by and not any(
                how.severity is Severity.UNLAWFUL and _shares_people(one.traits, candidate) for one, how in readings
            ):
                told = GuardResult(guard=by, applied=True, because="what else is said")
                yield candidate, Judgement(severity=None, guards=(*judgement.guards, told))
                continue
        yield candidate, judgement


def _denies(one: Governs, phrase: Candidate) -> bool:
    """Whether a denial speaks of whom a phrase names, with words that are not the phrase's own."""
    beyond = one.start < phrase.start or phrase.end < one.end
    return beyond and _shares_people(one.traits, phrase)


def _shares_people(traits: Sequence[tuple[int, int, str]], phrase: Candidate) -> bool:
    """Whether a word that says whom a reading is about stands in the phrase."""
    return any(start < phrase.end and phrase.start < end for start, end, _ in traits)
