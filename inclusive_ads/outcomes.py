"""How grave a finding is, and what an advert comes to."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal


class Severity(StrEnum):
    """Risk, not taste; ordered from the gravest."""

    UNLAWFUL = "likely-unlawful"
    CONFIRM = "confirm"
    INDIRECT = "indirect-risk"
    DISCOURAGING = "discouraging"
    STYLE = "style"

    rank: int  # 0 for the gravest; a smaller rank is more severe

    def __init__(self, _: str) -> None:
        self.rank = len(type(self).__members__)

    @property
    def level(self) -> Literal["error", "warning", "note"]:
        """The same as other tools grade it."""
        return "error" if self is Severity.UNLAWFUL else "note" if self is Severity.STYLE else "warning"


class Verdict(StrEnum):
    """What the wording comes to; ordered from the gravest."""

    STOP = "do not publish yet"
    KEPT = "kept on advice"
    CHANGE = "change before publishing"
    NOT_ASSESSED = "not assessed"
    READY = "ready"


INCOMPLETE = "not complete"
OUTCOMES = (*(each.value for each in Verdict if each is not Verdict.READY), INCOMPLETE, Verdict.READY.value)


def outcome(wording: str, *, complete: bool) -> str:
    """One of `OUTCOMES`, the gravest first: the two fields of a verdict as people read them; "ready" needs both."""
    return INCOMPLETE if wording == Verdict.READY and not complete else str(wording)
