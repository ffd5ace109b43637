"""What the rest of an advert could change, said as a condition: for a part of one that is judged alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.models import Entry
from inclusive_ads.outcomes import Severity
from inclusive_ads.report import Finding, Passage

_BEYOND = frozenset({"advert", "title", "section", "nearby"})  # scopes of guards that look beyond the sentence
_FLAT = re.compile(r"(likely unlawful)(?! unless\b)", re.IGNORECASE)
_REASON = "unless the advert gives the reason"
_MOST = 2  # conditions that are named


def as_passage(advert: Advert, findings: Iterable[Finding], lexicon: Lexicon) -> Passage:
    """What is said of a part of an advert: its findings, but for those that a mark in it keeps."""
    languages = advert.languages
    names = {name: code for code, name in lexicon.languages.names.items()}
    if languages.foreign and not languages.english:
        return Passage(findings=(), language=names[languages.foreign[0].language])
    said = tuple(conditional(one, lexicon.entries[one.entry]) for one in findings if one.kept is None)
    return Passage(findings=said, language=names["English"] if languages.english else "")


def conditional(finding: Finding, entry: Entry) -> Finding:
    """The finding with a message that holds whatever else the advert says.

    A lawful ground, or a heading such as "What we never ask", may stand anywhere: nothing is flatly likely unlawful.
    Of lighter findings (style apart) the message names what their guards look for beyond the sentence and did not find.
    """
    message = _FLAT.sub(rf"\1 {_REASON}", finding.message)
    if finding.severity is Severity.UNLAWFUL and "unlawful unless" not in message.lower():
        message += f" Likely unlawful {_REASON}."
    if finding.severity not in (Severity.UNLAWFUL, Severity.STYLE):
        if named := _named(finding):
            message += f" It weighs less, or nothing, if the rest of the advert shows this: {named}."
        elif not entry.forms:  # found by reading: the law allows some of it, for reasons that may stand elsewhere
            message += " It weighs less, or nothing, if the rest of the advert gives a reason that the law allows."
    also = tuple(_FLAT.sub(rf"\1 {_REASON}", each) for each in finding.also)
    return replace(finding, message=message, also=also)


def _named(finding: Finding) -> str:
    """The conditions, without capitals and stops."""
    found = dict.fromkeys(one.because for one in finding.guards if one.guard in _BEYOND and not one.applied)
    return "; or ".join(each[:1].lower() + each[1:].rstrip(".") for each in list(found)[:_MOST])
