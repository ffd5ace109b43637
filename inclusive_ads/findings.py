"""From a judged candidate to a finding that explains itself."""

from __future__ import annotations

from inclusive_ads.acronyms import AcronymRule
from inclusive_ads.context import Advert, Judgement
from inclusive_ads.grammar import Grammar, VerbFinder
from inclusive_ads.loading import Lexicon
from inclusive_ads.matching import Candidate
from inclusive_ads.report import Finding, Severity
from inclusive_ads.suggestions import suggest


def to_finding(
    advert: Advert,
    candidate: Candidate,
    judgement: Judgement,
    number: int,
    grammar: Grammar,
    verbs: VerbFinder | None,
    lexicon: Lexicon,
    acronyms: AcronymRule,
) -> Finding:
    """All that a report says about one candidate; offsets become those of the source."""
    entry = candidate.entry
    start, end = advert.document.span(candidate.start, candidate.end)
    low, high = advert.sentence(candidate.start)
    first, last = advert.document.span(low, max(candidate.end, low + len(advert.text[low:high].rstrip())))
    phrase = advert.text[candidate.start : candidate.end]
    plain = acronyms.plain(phrase) if entry is acronyms.entry else ""
    return Finding(
        number=number,
        start=start,
        end=end,
        text=advert.document.source[start:end],
        phrase=phrase,
        entry=entry.id,
        category=entry.category,
        severity=judgement.severity or Severity(entry.severity),
        form=candidate.form,
        message=entry.message.replace("{match}", phrase),
        why=entry.why,
        affects=entry.affects,
        characteristics=entry.characteristics,
        sources=tuple(lexicon.sources[name] for name in entry.source),
        evidence=entry.evidence,
        suggestions=suggest(advert, candidate, grammar, verbs),
        advice=f"Write it out at first use: {plain}." if plain else entry.advice,
        sentence_start=first,
        sentence_end=last,
        guards=judgement.guards,
    )
