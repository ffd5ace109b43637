"""From a judged candidate to a finding that explains itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.models import Entry
from inclusive_ads.offsets import clean
from inclusive_ads.outcomes import Severity
from inclusive_ads.report import Finding
from inclusive_ads.wording.acronyms import AcronymRule
from inclusive_ads.wording.context import Judgement
from inclusive_ads.wording.cures import Cures, Judged
from inclusive_ads.wording.ending import Ending
from inclusive_ads.wording.grammar import Grammar, VerbFinder
from inclusive_ads.wording.suggestions import suggest


def as_told(advert: Advert, candidate: Candidate, ending: Ending) -> Candidate:
    """A candidate without the words at its end that only led to it being found."""
    if any(
        one.takes_all(candidate.form) for one in candidate.entry.alternatives
    ):  # such a cure takes it as it was found
        return candidate
    _, shorter = clean(candidate.start, ending.of(advert.lower, candidate.start, candidate.end))
    return replace(candidate, end=shorter)


def to_finding(
    advert: Advert,
    found: Resolved,
    judgement: Judgement,
    number: int,
    grammar: Grammar,
    verbs: VerbFinder | None,
    lexicon: Lexicon,
    acronyms: AcronymRule,
    ending: Ending,
    cures: Cures,
    judged: Judged,
) -> Finding:
    """All that a report says about one candidate; offsets become those of the source."""
    candidate = as_told(advert, found.candidate, ending)
    entry = candidate.entry
    start, end = advert.document.span(candidate.start, candidate.end)
    low, high = advert.sentence(candidate.start)
    first, last = advert.document.span(*clean(low, max(candidate.end, low + len(advert.text[low:high].rstrip()))))
    phrase = advert.text[candidate.start : candidate.end]
    cured, ways = (
        acronyms.written_out(advert, candidate) if entry is acronyms.entry else (candidate, entry.alternatives)
    )
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
        suggestions=suggest(advert, cured, ways, grammar, verbs, cures, judged),
        advice=f"Write it out at first use: {acronyms.plain(phrase)}." if entry is acronyms.entry else entry.advice,
        sentence_start=first,
        sentence_end=last,
        guards=judgement.guards,
        also=_also(advert, found),
    )


_NONE = 255  # graver than nothing


@dataclass(slots=True)
class Resolved:
    """A candidate that is reported, and those that stood on its wording and are not."""

    candidate: Candidate
    others: list[Candidate] = field(default_factory=list)


def resolve(candidates: Iterable[tuple[Candidate, int]]) -> list[Resolved]:
    """Of overlapping candidates keep the likely unlawful ones, then the longest, the most severe, the first.

    Of those alike in all this the one given first: a reading gives whom it names in order.

    What is likely unlawful comes before all: no style edit may make an unlawful sentence prettier. A reading of
    concepts and operators gives way to an entry with phrases that is as grave: it knows the wording better.

    Args:
        candidates: each with the rank of its severity (0 is the gravest).

    Returns:
        those kept, in order of place, each with the others that it stands for, the gravest first.
    """
    candidates = list(candidates)
    told = _ranks(pair for pair in candidates if pair[0].entry.forms)

    def yields(one: Candidate, rank: int) -> bool:
        return not one.entry.forms and min(told[one.start : one.end], default=_NONE) <= rank

    ordered = sorted(
        candidates,
        key=lambda pair: (
            yields(*pair),
            pair[1] > 0,
            pair[0].start - pair[0].end,
            pair[1],
            pair[0].start,
        ),
    )
    kept: list[Resolved] = []
    taken: dict[int, Resolved] = {}
    for candidate, _rank in ordered:
        holder = next((taken[place] for place in range(candidate.start, candidate.end) if place in taken), None)
        if holder is None:
            kept.append(holder := Resolved(candidate))
            taken.update(dict.fromkeys(range(candidate.start, candidate.end), holder))
        else:
            holder.others.append(candidate)
    return sorted(kept, key=lambda one: one.candidate.start)


def limited(found: Iterable[Resolved], text: str) -> list[Resolved]:
    """Each wording of an entry as often as the entry's limit lets it be told."""
    counts: Counter[tuple[str, str]] = Counter()
    kept = []
    for one in found:
        wording = one.candidate.entry.id, text[one.candidate.start : one.candidate.end].casefold()
        counts[wording] += 1
        if not one.candidate.entry.limit or counts[wording] <= one.candidate.entry.limit:
            kept.append(one)
    return kept


def _ranks(phrases: Iterable[tuple[Candidate, int]]) -> bytearray:
    """For each place of the text the rank of the gravest phrase that covers it."""
    found = bytearray()
    for one, rank in phrases:
        found.extend([_NONE] * (one.end - len(found)))
        for place in range(one.start, one.end):
            found[place] = min(found[place], rank)
    return found


def _also(advert: Advert, found: Resolved) -> tuple[str, ...]:
    """What the others say that the reported one does not: another characteristic, or another subject."""
    said, categories = _about(found.candidate.entry), {found.candidate.entry.category}
    messages = []
    for other in found.others:
        if other.entry.category not in categories and not _about(other.entry) <= said:
            said |= _about(other.entry)
            categories.add(other.entry.category)
            messages.append(other.entry.message.replace("{match}", advert.text[other.start : other.end]))
    return tuple(messages)


def _about(entry: Entry) -> set[str]:
    return set(entry.characteristics) or {entry.category}
