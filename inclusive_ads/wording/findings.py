"""From a judged candidate to a finding that explains itself."""

from __future__ import annotations

from collections.abc import Iterable

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.lexicon.loading import Lexicon
from inclusive_ads.report import Finding, Severity
from inclusive_ads.wording.acronyms import AcronymRule
from inclusive_ads.wording.context import Judgement
from inclusive_ads.wording.grammar import Grammar, VerbFinder
from inclusive_ads.wording.suggestions import suggest


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


_NONE = 255  # graver than nothing


def resolve(candidates: Iterable[tuple[Candidate, int]]) -> list[Candidate]:
    """Of overlapping candidates keep the likely unlawful ones, then the longest, the most severe, the first.

    What is likely unlawful comes before all: no style edit may make an unlawful sentence prettier. A reading of
    concepts and operators gives way to an entry with phrases that is as grave: it knows the wording better.

    Args:
        candidates: each with the rank of its severity (0 is the gravest).
    """
    candidates = list(candidates)
    phrases = [pair for pair in candidates if pair[0].entry.forms]
    told = _ranks(phrases)
    readings = [
        (one, rank)
        for one, rank in candidates
        if not one.entry.forms and min(told[one.start : one.end], default=_NONE) > rank
    ]
    kept: list[Candidate] = []
    taken = bytearray()
    ordered = sorted(
        [*phrases, *readings],
        key=lambda pair: (pair[1] > 0, pair[0].start - pair[0].end, pair[1], pair[0].start, pair[0].entry.id),
    )
    for candidate, _rank in ordered:
        if 1 not in taken[candidate.start : candidate.end]:
            taken.extend(bytes(max(0, candidate.end - len(taken))))
            taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)


def _ranks(phrases: Iterable[tuple[Candidate, int]]) -> bytearray:
    """For each place of the text the rank of the gravest phrase that covers it."""
    found = bytearray()
    for one, rank in phrases:
        found.extend([_NONE] * (one.end - len(found)))
        for place in range(one.start, one.end):
            found[place] = min(found[place], rank)
    return found
