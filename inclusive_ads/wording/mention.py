"""Wording that is spoken about and not used: quoted, named as a word, told of the past, or disowned."""

from __future__ import annotations

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.outcomes import Severity

_DENIED = 2  # words between "we do not say" and what is not said
_QUOTE = 3  # characters between a cue and wording that hold a quotation mark
_QUOTES = " \"'“”‘’"
_SHORT = 3  # spaces; fewer words in quotation marks may be meant all the same
_AROUND = 240  # characters on each side of a quotation in which it is disowned


def words_between(advert: Advert, start: int, end: int) -> int:
    """Words between two offsets."""
    return (
        advert.lower[start:end].count(" ") - (1 if end > start and advert.lower[end - 1] == " " else 0)
        if end > start
        else 0
    )


def is_reported(advert: Advert, candidate: Candidate) -> bool:
    """In quotation marks after "say", "called" and the like."""
    return _is_quoted(advert, candidate, "mention-reported")


def is_mentioned(advert: Advert, candidate: Candidate) -> bool:
    """Spoken about, not used: "the term X", "we do not say X", "X" in quotation marks after "words such as"."""
    start, end, text = candidate.start, candidate.end, advert.text
    low, high = advert.sentence(start)
    if _is_quoted(advert, candidate, "mention-quoted") or _is_disowned(advert, candidate):
        return True
    if any(not text[cue:start].strip(_QUOTES) for _, cue in advert.cues("mention-named", low, start)):
        return True
    if any(words_between(advert, cue, start) <= _DENIED for _, cue in advert.cues("mention-denied", low, start)):
        return True
    return any(not text[end:cue].strip(_QUOTES) for cue, _ in advert.cues("mention-after", end, high))


def is_past(advert: Advert, candidate: Candidate) -> bool:
    """Told of a time that is over: "we used to ask for it", with no "but now" in between."""
    low, _ = advert.sentence(candidate.start)
    return any(
        not advert.cues("mention-now", end, candidate.start)
        for _, end in advert.cues("mention-past", low, candidate.start)
    )


def _is_quoted(advert: Advert, candidate: Candidate, cue: str) -> bool:
    for _, end in advert.cues(cue, advert.sentence(candidate.start)[0], candidate.start):
        between = advert.text[end : candidate.start]
        if between.count('"') % 2 == 1 or between.count(" '") - between.count("' ") == 1:
            return True
        if len(between) <= _QUOTE and any(quote in between for quote in "\"'"):
            return True
    return False


def _is_disowned(advert: Advert, candidate: Candidate) -> bool:
    """Grave wording inside a quotation, whose paragraph, or a line beside it, says that it is not to be said.

    Of a reading whom it names is enough, in a quotation of some length: 'clients who say "only send us men"'.
    """
    block = advert.block(candidate.start)
    inner = candidate.traits[0][:2] if candidate.traits else (candidate.start, candidate.end)
    low, high = max(block.start, inner[0] - _AROUND), min(block.end, inner[1] + _AROUND)
    before = advert.text.rfind('"', low, inner[0])
    behind = advert.text.find('"', inner[1], high)
    if before < 0 or behind < 0 or advert.text.count('"', block.start, before) % 2:
        return False
    grave = Severity(candidate.entry.severity) is Severity.UNLAWFUL
    if grave and any(start <= behind + 2 for start, _ in advert.cues("mention-disowned", behind + 1, high)):
        return True
    if any(not advert.text[cue:before].strip() for _, cue in advert.cues("mention-disowned", low, before)):
        return True
    if not grave:
        return False
    whole = before < candidate.start and candidate.end <= behind + 1
    if not whole and advert.text.count(" ", before, behind) < _SHORT:
        return False
    top, bottom = advert.introduction(candidate.start)
    if any(
        advert.cues("mention-disowned", start, end)
        for start, end in ((low, before), (behind + 1, high), (top, bottom))
        if end > start
    ):
        return True
    if whole and any(not advert.text[cue:before].strip() for _, cue in advert.cues("mention-unsaid", low, before)):
        return True
    number = advert.number(candidate.start)
    beside = advert.blocks[max(0, number - 1) : number] + advert.blocks[number + 1 : number + 2]
    return any(advert.cues("mention-belied", one.start, min(one.end, one.start + _AROUND)) for one in beside)
