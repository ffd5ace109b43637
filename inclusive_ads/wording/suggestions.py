"""What to say instead: the alternatives of an entry, fitted to the sentence they go into."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.lexicon.models import Alternative
from inclusive_ads.offsets import CleanOffset, clean
from inclusive_ads.outcomes import Severity
from inclusive_ads.report import Edit, Suggestion
from inclusive_ads.text.edits import apply_edits, shift
from inclusive_ads.wording.clashes import clashes, repeats
from inclusive_ads.wording.cures import Cures, Judged, takes_all, without_line
from inclusive_ads.wording.fitting import Fitting
from inclusive_ads.wording.grammar import Grammar, VerbFinder

_BEFORE = 500  # characters; what begins farther before a sentence does not reach into it


def _start(one: tuple[Candidate, Severity | None]) -> CleanOffset:
    return one[0].start


def suggest(
    advert: Advert,
    candidate: Candidate,
    alternatives: Iterable[Alternative],
    grammar: Grammar,
    verbs: VerbFinder | None,
    cures: Cures,
    judged: Judged,
) -> tuple[Suggestion, ...]:
    """A suggestion for each alternative that fits the sentence, in the order given.

    One that would leave the sentence broken, or say a word twice, is not offered.

    Args:
        verbs: finds further verbs of a subject by parsing its sentence (None: no parser installed).
        judged: what the advert holds, with what became of it, in order of place.
    """
    low, high = advert.sentence(candidate.start)
    high = max(high, candidate.end)
    sentence = advert.text[low:high]
    first, last = clean(low - _BEFORE, high)
    judged = judged[bisect_left(judged, first, key=_start) : bisect_left(judged, last, key=_start)]
    found: list[Suggestion] = []
    taken_out = False  # one way to take it out is enough
    own = [(candidate, alternative) for alternative in alternatives]
    for asked, alternative in (*own, *_of_others(candidate, judged)):
        if (taken_out and alternative.delete) or (found and asked is not candidate):
            continue
        if advert.sentence(asked.start)[0] != low:  # one that goes on from the sentence before
            continue
        safe = True
        if alternative.checked:
            cured = cures.cure(advert, asked, alternative, judged)
            if cured is None:
                continue
            taken_out |= bool(alternative.delete)
            edits = cured
        else:
            fitted = _fit(alternative, candidate, sentence, low, grammar, cures.fitting, verbs)
            if fitted is None:
                continue
            edits, safe = cures.mending.mended(sentence, fitted[0]), fitted[1]
            if cures.breaks(apply_edits(sentence, edits), sentence):
                continue
        words = grammar.words
        if candidate.entry.category not in words.terms_of and repeats(sentence, edits, words.may_repeat):
            continue
        after = apply_edits(sentence, edits).strip()
        if not any(one.sentence == after for one in found):
            found.append(
                Suggestion(
                    text=_said(alternative, candidate, sentence, edits, low),
                    edits=_source_edits(advert, sentence, low, edits),
                    safety=alternative.safety if safe else "review",
                    sentence=after,
                    kind=_kind(alternative, edits),
                )
            )
    return tuple(found)


def _of_others(candidate: Candidate, judged: Judged) -> Iterator[tuple[Candidate, Alternative]]:
    """How to take out what else is likely unlawful in the same words: "a young lady" says two things."""
    for other, severity in judged:
        overlaps = other.start < candidate.end and candidate.start < other.end
        if severity is Severity.UNLAWFUL and overlaps and other is not candidate:
            yield from ((other, alternative) for alternative in other.entry.alternatives if alternative.delete)


def _said(alternative: Alternative, candidate: Candidate, sentence: str, edits: Sequence[Edit], low: int) -> str:
    """What the wording becomes, with the words beside it that change, too; "" where it is taken out."""
    start, end = candidate.start - low, candidate.end - low
    if alternative.checked:
        if alternative.delete == "demand":
            return ""
        if alternative.add and not alternative.say:
            return f"({alternative.add})"
        start, end = min(start, edits[0].start), max(end, edits[-1].end)
        return apply_edits(sentence[start:end], shift(edits, -start)).strip()
    wanted = alternative.say.get(candidate.form, alternative.say.get("any", ""))
    return next((e.text for e in edits if e.start <= start <= e.end and e.text), wanted)


def _kind(alternative: Alternative, edits: Sequence[Edit]) -> str:
    """How it cures: a template keeps what the work needs in the sentence's own words."""
    if alternative.delete == "demand" or sum(len(e.text) for e in edits) <= 1:
        return "template" if alternative.of else "delete"
    if alternative.add or any("{" in text or not text for text in alternative.say.values()):
        return "template"
    return "replace"


def _source_edits(advert: Advert, sentence: str, low: int, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits as edits of the source; a sentence that goes takes its line with it."""
    if takes_all(sentence, edits):
        return without_line(advert, low, low + len(sentence.rstrip()))
    return tuple(
        e for edit in shift(edits, low) for e in advert.document.edits(*clean(edit.start, edit.end), edit.text)
    )


def _fit(
    alternative: Alternative,
    candidate: Candidate,
    sentence: str,
    low: int,
    grammar: Grammar,
    fitting: Fitting,
    verbs: VerbFinder | None,
) -> tuple[list[Edit], bool] | None:
    """The edits of an alternative and whether they can be trusted without a look; None where it does not fit."""
    new = alternative.say.get(candidate.form, alternative.say.get("any"))
    place = fitting.place(alternative, sentence, candidate.start - low, candidate.end - low)
    if new is None or place is None:
        return None
    edits = grammar.replace(sentence, *place, new) if new else _deleted(alternative, sentence, *place, grammar)
    safe = True
    if alternative.verb == "plural" or candidate.entry.pronoun == "subject":
        agreed, safe = grammar.agree(sentence, *place, verbs)
        edits = sorted((*edits, *agreed), key=lambda e: e.start)
    explains = new.startswith(sentence[slice(*place)])  # a word may stand again in what only explains it
    if not edits or clashes(sentence, apply_edits(sentence, edits), near=not explains):
        return None
    return edits, safe


def _deleted(alternative: Alternative, sentence: str, start: int, end: int, grammar: Grammar) -> list[Edit]:
    """Edits that take words out: the whole sentence where they are all of it, none where it would not read."""
    if not any(c.isalnum() for c in sentence[:start] + sentence[end:]):
        return [Edit(start=0, end=len(sentence), text="")]
    listed = alternative.where == "item" or (bool(alternative.part) and not grammar.begins_apart(sentence))
    edits = grammar.delete(sentence, start, end, listed=listed)
    if edits and edits[-1].end >= len(sentence.rstrip()) and not edits[-1].text:  # no ";" is left at the end
        first = min(edits[-1].start, len(sentence[: edits[-1].start].rstrip(" ;,")))
        edits = [*edits[:-1], replace(edits[-1], start=first)]
    return [] if grammar.dangles(sentence, edits) else edits
