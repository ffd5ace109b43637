"""What is put right behind lighter wording: "gaps get read like any other", "guests who swear are walked out"."""

from __future__ import annotations

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.outcomes import Severity
from inclusive_ads.wording.mention import words_between

_BETWEEN = " '\"’”)"


def is_waived(within: int, advert: Advert, candidate: Candidate) -> bool:
    """Whether the sentence of lighter wording goes on to take it back, or the next in its block begins so.

    Grave wording stands whatever is said behind it: a welcome cannot undo a bar.

    Args:
        within: how many words may stand between, in the same sentence.
    """
    if Severity(candidate.entry.severity) in (Severity.UNLAWFUL, Severity.CONFIRM):
        return False
    end = candidate.end
    high = advert.sentence(max(candidate.start, end - 1))[1]
    stops = [start for start, _ in advert.cues("waived-stop", end, high)]
    if any(
        words_between(advert, end, start) <= within and not any(stop <= start for stop in stops)
        for start, _ in advert.cues("waived-behind", end, high)
    ):
        return True
    if stops or advert.number(high) != advert.number(end - 1):
        return False
    following = advert.cues("waived-behind", high, advert.sentence(high)[1])
    return any(not advert.text[high:start].strip(_BETWEEN) for start, _ in following)
