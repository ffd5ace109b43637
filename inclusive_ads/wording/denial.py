"""What readings take back, phrases do not say either: "Must I be British born? No, anyone can apply."."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from inclusive_ads.analysis.found import Candidate
from inclusive_ads.outcomes import Severity
from inclusive_ads.wording.context import Judgement

Pairs = Sequence[tuple[Candidate, Judgement]]


def without_denied(phrases: Pairs, readings: Pairs, deniers: Collection[str]) -> Iterator[tuple[Candidate, Judgement]]:
    """Phrases as they were judged; one that is likely unlawful is silent where every reading of its people is denied.

    Args:
        deniers: operators that deny what phrases say, too.
    """
    for candidate, judgement in phrases:
        if judgement.severity is Severity.UNLAWFUL:
            within = [how for one, how in readings if _shares_people(one, candidate)]
            if within and all(_denied(how, deniers) for how in within):
                yield candidate, Judgement(severity=None, guards=(*judgement.guards, *within[0].guards))
                continue
        yield candidate, judgement


def _shares_people(reading: Candidate, phrase: Candidate) -> bool:
    """Whether a word that says whom the reading is about stands in the phrase."""
    return any(start < phrase.end and phrase.start < end for start, end, _ in reading.traits)


def _denied(how: Judgement, deniers: Iterable[str]) -> bool:
    return any(guard.applied and guard.guard in deniers for guard in how.guards)
