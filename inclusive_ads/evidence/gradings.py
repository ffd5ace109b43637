"""One group at one post, while its evidence is being graded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inclusive_ads.evidence.comparing import Standard
from inclusive_ads.evidence.pooling import Reading
from inclusive_ads.evidence.protection import Shown
from inclusive_ads.evidence.recruitment import Likelihood
from inclusive_ads.evidence.values import EvidenceGrade


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """One group at one post on its way to a `GradedGroup`.

    Attributes:
        count: released people of the group, or why hidden; `known` and `unknown`: 0 where nothing is released.
        highest: what the test uses: the count, or the highest it can be where it is small; None where it is withheld.
        chance: of the exact test; `adjusted`: after Holm over the `tested` groups of the post.
        flips: whether the result would fall away if every unknown belonged to the group.
        others: results against further comparators.
        aside: which comparators were not used, and why; a sentence.
    """

    reading: Reading
    group: str
    count: Shown
    known: int = 0
    unknown: int = 0
    highest: int | None = None
    standard: Standard | None = None
    further: tuple[Standard, ...] = ()
    chance: float = 1.0
    adjusted: float = 1.0
    tested: int = 0
    level: EvidenceGrade = EvidenceGrade.INSUFFICIENT
    flips: bool = False
    capped: bool = False
    others: Mapping[str, EvidenceGrade] | None = None
    likelihood: Likelihood | None = None
    aside: str = ""

    @property
    def index(self) -> float | None:
        """Share over comparator share, where both are released."""
        if not isinstance(self.count, int) or self.standard is None:
            return None
        return self.count / self.known / self.standard.share
