"""Wording that says what something else is about, and asks nothing: "a film about hustlers", "a rock star's guitar"."""

from __future__ import annotations

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.outcomes import Severity
from inclusive_ads.wording.mention import words_between

_LED = 3  # words between "a film about" and what it is about
_CLOSE = " '\"’”"
_PAUSES = ".,;:!?)-–—\n"


def is_topic(advert: Advert, candidate: Candidate) -> bool:
    """Whether wording stands behind "a film about" and the like, or right before a word for a work, ware or beast.

    Grave wording never does: it may name those who are not wanted.
    """
    if Severity(candidate.entry.severity) in (Severity.UNLAWFUL, Severity.CONFIRM):
        return False
    start, end = candidate.start, candidate.end
    low, high = advert.sentence(start)
    if any(words_between(advert, cue, start) <= _LED for _, cue in advert.cues("topic-before", low, start)):
        return True
    if any(stop == end for _, stop in advert.cues("topic-open", start, end)):
        return False  # "passionate about" wants a noun behind it
    owned = end + (2 if advert.lower.startswith(("'s", "’s"), end) else 0)
    return any(not advert.text[owned:cue].strip(_CLOSE) for cue, _ in advert.cues("topic-behind", owned, high))


def is_answered(advert: Advert, candidate: Candidate) -> bool:
    """Whether wording stands in a question that the advert answers at once with no: "Do you need a van? Not here."."""
    high = advert.sentence(max(candidate.start, candidate.end - 1))[1]
    if not advert.text[candidate.end : high].rstrip(" \n\"'”’").endswith("?"):
        return False
    for start, end in advert.cues("negation-answer", high, advert.sentence(high)[1]):
        if not advert.text[high:start].strip(' \n(-–—"“'):
            return " " in advert.lower[start:end] or advert.text[end : end + 1] in _PAUSES
    return False
