"""What to say instead: the alternatives of an entry, fitted to the sentence they go into."""

from __future__ import annotations

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.lexicon.models import Alternative
from inclusive_ads.offsets import clean
from inclusive_ads.report import Edit, Suggestion
from inclusive_ads.text.edits import apply_edits, shift
from inclusive_ads.wording.grammar import Grammar, VerbFinder


def suggest(advert: Advert, candidate: Candidate, grammar: Grammar, verbs: VerbFinder | None) -> tuple[Suggestion, ...]:
    """A suggestion for each alternative of the candidate's entry, in the entry's order.

    Args:
        verbs: finds further verbs of a subject by parsing its sentence (None: no parser installed).
    """
    low, high = advert.sentence(candidate.start)
    high = max(high, candidate.end)
    sentence = advert.text[low:high]
    found = []
    for alternative in candidate.entry.alternatives:
        edits, safe = _fit(alternative, candidate, sentence, low, grammar, verbs)
        wanted = alternative.say.get(candidate.form, alternative.say.get("any", ""))
        source_edits = tuple(
            e for edit in shift(edits, low) for e in advert.document.edits(*clean(edit.start, edit.end), edit.text)
        )
        found.append(
            Suggestion(
                text=next((e.text for e in edits if e.start <= candidate.start - low <= e.end and e.text), wanted),
                edits=source_edits,
                safety=alternative.safety if safe else "review",
                sentence=apply_edits(sentence, edits).strip(),
            )
        )
    return tuple(found)


def _fit(
    alternative: Alternative,
    candidate: Candidate,
    sentence: str,
    low: int,
    grammar: Grammar,
    verbs: VerbFinder | None,
) -> tuple[list[Edit], bool]:
    start, end = candidate.start - low, candidate.end - low
    new = alternative.say.get(candidate.form, alternative.say.get("any", ""))
    edits = grammar.replace(sentence, start, end, new)
    if alternative.verb == "plural" or candidate.entry.pronoun == "subject":
        agreed, safe = grammar.agree(sentence, start, end, verbs)
        return sorted((*edits, *agreed), key=lambda e: e.start), safe
    return edits, True
