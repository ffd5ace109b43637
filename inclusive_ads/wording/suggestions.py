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

# An item of a list, with its article: ", a good salary and", "We offer a good salary, ...".
_ITEM_BEGINS = re.compile(
    r"(?:^|[\n,;:•*] ?|\b(?:and|plus|offer|offers|offering|include|includes|including|provide|such as) )"
    r"((?:an? |the )?(?:very |highly |really )?)?$",
    re.IGNORECASE,
)
_ITEM_ENDS = re.compile(r"\s*(?:$|[\n;.]|, (?!which|with|plus|including|depend)|,? (?:and|plus) )", re.IGNORECASE)


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
        listed = alternative.where == "item"
        edits = grammar.replace(sentence, *place, new) if new else grammar.delete(sentence, *place, listed=listed)
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


def _place(alternative: Alternative, text: str, start: int, end: int) -> tuple[int, int] | None:
    """What of the wording an alternative changes; None where it does not fit there."""
    line = text[text.rfind("\n", 0, start) + 1 : start] + text[end:].partition("\n")[0]
    fills = not any(c.isalnum() for c in line)
    if alternative.where == "goes_on" and not re.match(r"[ ,]+\w", text[end:]):
        return None
    if alternative.where == "line" and not fills:
        return None
    if alternative.where == "item" and not fills:
        before, behind = _ITEM_BEGINS.search(text[:start]), _ITEM_ENDS.match(text[end:])
        return (before.end() if before.group(1) is None else before.start(1), end) if before and behind else None
    if not alternative.part:
        return start, end
    if fills and not any(alternative.say.values()):
        return None  # a bare word would be left
    for words in alternative.part:
        found = re.search(rf"(?<!\w){'[ -]'.join(map(re.escape, words.split()))}(?!\w)", text[start:end], re.IGNORECASE)
        if found:
            return start + found.start(), start + found.end()
    return None
