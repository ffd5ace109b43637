"""What to say instead: the alternatives of an entry, fitted to the sentence they go into."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.lexicon.models import Alternative
from inclusive_ads.offsets import clean
from inclusive_ads.report import Suggestion
from inclusive_ads.text.edits import apply_edits, shift
from inclusive_ads.wording.clashes import clashes
from inclusive_ads.wording.grammar import Grammar, VerbFinder


def suggest(
    advert: Advert,
    candidate: Candidate,
    alternatives: Iterable[Alternative],
    grammar: Grammar,
    verbs: VerbFinder | None,
) -> tuple[Suggestion, ...]:
    """A suggestion for each alternative that fits the sentence, in the order given.

    One that would leave the sentence broken, or say a word twice, is not offered.

    Args:
        verbs: finds further verbs of a subject by parsing its sentence (None: no parser installed).
    """
    low, high = advert.sentence(candidate.start)
    high = max(high, candidate.end)
    sentence = advert.text[low:high]
    found = []
    for alternative in alternatives:
        new = alternative.say.get(candidate.form, alternative.say.get("any"))
        place = _place(alternative, sentence, candidate.start - low, candidate.end - low)
        if new is None or place is None:
            continue
        edits = grammar.replace(sentence, *place, new)
        safe = True
        if alternative.verb == "plural" or candidate.entry.pronoun == "subject":
            agreed, safe = grammar.agree(sentence, *place, verbs)
            edits = sorted((*edits, *agreed), key=lambda e: e.start)
        fixed = apply_edits(sentence, edits)
        if (not new and grammar.dangles(sentence, place[0], edits)) or clashes(sentence, fixed):
            continue
        source_edits = tuple(
            e for edit in shift(edits, low) for e in advert.document.edits(*clean(edit.start, edit.end), edit.text)
        )
        found.append(
            Suggestion(
                text=next((e.text for e in edits if e.start <= place[0] <= e.end and e.text), new),
                edits=source_edits,
                safety=alternative.safety if safe else "review",
                sentence=fixed.strip(),
            )
        )
    return tuple(found)


def _place(alternative: Alternative, sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """What of the wording an alternative changes; None where its words do not stand there."""
    if not alternative.part:
        return start, end
    for words in alternative.part:
        found = re.search(rf"(?<!\w){'[ -]'.join(map(re.escape, words.split()))}(?!\w)", sentence[start:end], re.I)
        if found:
            return start + found.start(), start + found.end()
    return None
