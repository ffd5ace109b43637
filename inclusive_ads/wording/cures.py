"""Cures that are tried before they are offered: what is said instead, added or taken out, and whether that reads.

Offsets are those of the sentence, unless they are said to be of the clean text.

Longer than 300 lines: one cure from the demand to the sentence read again, whose steps make no sense apart.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import lru_cache

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.errors import InputError
from inclusive_ads.lexicon.expressions import compile_all, compile_ordered
from inclusive_ads.lexicon.glance import Glance
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.models import Alternative, Entry
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.shapes import shape
from inclusive_ads.lexicon.vocabulary import Vocabulary
from inclusive_ads.offsets import clean
from inclusive_ads.outcomes import Severity
from inclusive_ads.report import Edit
from inclusive_ads.text.edits import apply_edits
from inclusive_ads.wording.fitting import Fitting
from inclusive_ads.wording.grammar import Grammar, title
from inclusive_ads.wording.mending import Mending, whole, without
from inclusive_ads.wording.removal import Reading, Removal, lost_and

Judged = list[tuple[Candidate, Severity | None]]
Judge = Callable[[str], Judged]

_KEPT = r"(?P<kept>[^\s;:.!?()]+(?: +[^\s;:.!?()]+){0,11}?)"
_FILLED = re.compile(r"\{(\w+)\}")
_NEAR = 150  # characters; what is added behind a demand stands no further off
_LONGEST_SENTENCE = 1_500  # characters; of a longer one, no sentence at all, nobody can tell how it would read
_MOST_AROUND = 40  # findings in and before a sentence; where there are more, it is no sentence that a cure could mend
_LONGEST = 300  # characters; a longer line leads to nothing
_RUNS_ON = re.compile(r"[@*]|\d{4}")  # an address or a number: other sentences stand between
_PAY_STEP = re.compile(r"£[\d.,]+k?(?: [a-z]+){0,3} ?[-–—:] $")
_RUN = re.compile(r"[a-z)] [A-Z][a-z]+ \w")  # items that lost their line breaks
_BARE = re.compile(r"(?:of )?[Ee]xperience(?: [A-Z]|[.;]|$)")  # an answer to a label that would say nothing
_AND = re.compile(r"(?:and|or|&) ")
_BRACKET = re.compile(r" ?\(([^()]*)\)")
_NAME_GOES_ON = re.compile(r"\b[A-Z][\w'’.]*$")
_CAPITAL = re.compile(r" [A-Z]")
_CAPITAL_LAST = re.compile(r"\w.*(?:\)|\b[A-Z]\w*) $")
_HEADED = 4  # words; what is longer is no name
_SMALL = 3  # letters; a word no longer may be small in a heading
_WORDS_FOLLOW = re.compile(r" [^\W_]")
_BEGINS = re.compile(r"[^\W_]|[\"'(£]")


class Cures:
    """Tries cures; safe to share between threads."""

    _judge: Judge

    def __init__(self, lexicon: Lexicon, grammar: Grammar) -> None:
        self._grammar = grammar
        self._words = lexicon.cures
        self._removal = Removal(lexicon.cures)
        self.fitting = Fitting(lexicon.grammar)
        self.mending = Mending(lexicon.cures, lexicon.grammar)
        self._reading = Reading(lexicon.cures, compile_all(lexicon.cures.broken, lexicon.vocabulary))
        kept = {f"kept_{name}": f"(?P<kept>{way})" for name, way in lexicon.cures.expressions.items()}
        builtin = {**lexicon.vocabulary.builtin, "kept": _KEPT, **kept}
        self._vocabulary = replace(lexicon.vocabulary, builtin=builtin, _mark="")  # other words, so another mark

    def judged_by(self, judge: Judge) -> Cures:
        """The same, for one advert.

        Args:
            judge: what a text holds, with what became of it (None for nothing).
        """
        ours = copy(self)
        ours._judge = judge
        return ours

    def cure(self, advert: Advert, candidate: Candidate, alternative: Alternative, before: Judged) -> list[Edit] | None:
        """Edits of the candidate's sentence that cure it in the way of an alternative, or None where nothing reads.

        Args:
            before: what the advert holds, with what became of it.

        Returns:
            edits without overlap; one that empties the whole sentence where nothing of it is left.
        """
        low, high = advert.sentence(candidate.start)
        high = max(high, candidate.end)
        sentence = advert.text[low:high].rstrip()
        if len(sentence) > _LONGEST_SENTENCE or len(before) > _MOST_AROUND:
            return None
        for way in self._ways(advert, candidate, alternative, sentence, low, before):
            edits = self.mending.mended(sentence, way)
            after = apply_edits(sentence, edits)
            if not after.strip():
                return edits if alternative.delete == "demand" else None
            if self._reading.is_right(after, sentence) and self._is_cured(
                advert, candidate, after, before, (low, high)
            ):
                return edits
        return None

    def breaks(self, after: str, sentence: str) -> bool:
        """Whether a change leaves words side by side in a sentence that none holds."""
        return self._reading.breaks(after, sentence)

    def _ways(
        self,
        advert: Advert,
        candidate: Candidate,
        alternative: Alternative,
        sentence: str,
        low: int,
        before: Judged,
    ) -> Iterator[list[Edit]]:
        end = min(candidate.end - low, len(sentence))
        start, stop, traits = _demand(candidate, before, low, len(sentence))
        if alternative.delete == "demand":
            if alternative.of:
                wide = self._widened(alternative.of, advert.lower[low : low + len(sentence)], start, stop)
                if wide == (start, stop):
                    return
                start, stop = wide
            work = any(one.delete == "trait" for one in candidate.entry.alternatives)
            places = [(a, b) for a, b, _ in traits]
            grave = candidate.entry.severity is Severity.UNLAWFUL
            for spans in self._removal.ways(sentence, start, stop, places, names_work=work, with_reason=grave):
                yield self._without(sentence, spans)
        elif alternative.delete == "trait":
            if edits := self._plain(sentence, traits):
                yield edits
        elif alternative.add:
            added = self._added(sentence, end, alternative.add)
            said = self._said(advert, candidate, alternative, sentence, low) if alternative.of else iter([[]])
            if added:
                yield from ([*edits, added] for edits in said if all(edit.end <= added.start for edit in edits))
        else:
            yield from self._said(advert, candidate, alternative, sentence, low)

    def _widened(self, phrases: Sequence[str], scan: str, start: int, stop: int) -> tuple[int, int]:
        """The demand with all that the phrases say around it."""
        glance = Glance(scan)
        for phrase in phrases:
            for found in self._found(phrase, scan, glance):
                if found.start() < stop and start < found.end():
                    start, stop = min(start, found.start()), max(stop, found.end())
                    break
        return start, stop

    def _added(self, sentence: str, end: int, words: str) -> Edit | None:
        """Words in brackets at the end of the clause of what ends there; None where that end is not plain to see."""
        place = self._removal.clause_end(sentence, end)
        between = sentence[end:place]
        if place - end > _NEAR or _RUNS_ON.search(between):
            return None
        if sentence[:place].endswith(")"):
            within = sentence.rfind("(", 0, end) > sentence.rfind(")", 0, place - 1)
            return Edit(start=place - 1, end=place - 1, text=f"; {words}") if within else None
        return Edit(start=place, end=place, text=f" ({words})")

    def _without(self, sentence: str, spans: Sequence[tuple[int, int]]) -> list[Edit]:
        """Edits that take stretches out, and mend the "and", the capital and the article that they leave."""
        edits = []
        for start, end in spans:
            comma = lost_and(sentence, (start, end))
            if comma:
                edits.append(Edit(start=comma[0], end=comma[1], text=comma[2]))
            rest = _BEGINS.search(sentence, end) if start == 0 else None
            if rest:
                first = rest.group().upper() if sentence[:1].isupper() else rest.group()
                edits.append(Edit(start=0, end=rest.end(), text=first))
            else:
                edits.append(Edit(start=start, end=end, text=""))
        return edits

    def _plain(self, sentence: str, traits: Sequence[tuple[int, int, str]]) -> list[Edit]:
        """Edits that leave out whom a demand names: "a young cook" → "a cook", "women wanted" → "people wanted"."""
        edits: list[Edit] = []
        for start, end, kind in traits:
            if sentence[end : end + 1] in ("*", "/"):
                return []
            if kind == "noun":
                new = self._person(sentence, start, end)
                edits.extend(self._grammar.article_before(sentence, start, new))
                edits.append(Edit(start=start, end=end, text=new.capitalize() if start == 0 else new))
            elif kind in ("adjective", "state"):
                edits.extend(self._grammar.delete(sentence, start, end))
            else:
                return []
        ordered = sorted(edits, key=lambda e: (e.start, e.end))
        return ordered if all(a.end <= b.start for a, b in itertools.pairwise(ordered)) else []

    def _person(self, sentence: str, start: int, end: int) -> str:
        plural = sentence[start:end].lower().endswith(tuple(self._words.plural_endings))
        before = re.search(r"([\w-]+)\s+$", sentence[:start])
        if before and before[1].lower() in self._words.jobs:
            return self._words.person["jobs" if plural else "job"]
        return self._words.person["plural" if plural else "singular" if before else "none"]

    def _said(
        self, advert: Advert, candidate: Candidate, alternative: Alternative, sentence: str, low: int
    ) -> Iterator[list[Edit]]:
        """What is said instead, for each of the alternative's phrases that shares a word with the wording."""
        new = alternative.say.get(candidate.form, alternative.say.get("any", ""))
        start, end = candidate.start - low, min(candidate.end - low, len(sentence))
        if not alternative.of:
            yield self._replaced(sentence, start, end, new, kept="", match=sentence[start:end])
            return
        scan = advert.lower[low : low + len(sentence)]
        described = self.mending.descriptions(sentence) if new and "} (" not in new and "{match}" not in new else []
        texts = [
            (without(sentence, spans), read, Glance(read), spans)
            for spans in ([described, []] if described else [[]])
            for read in (without(scan, spans),)
        ]
        for phrase, (text, read, glance, spans) in itertools.product(alternative.of, texts):
            for found in self._found(phrase, read, glance):
                first, last = whole(found.start(), spans), whole(found.end(), spans)
                if first < end and start < last and last not in (a for a, _ in described):
                    if not alternative.say:
                        yield []
                        break
                    kept = found.span("kept") if "kept" in found.re.groupindex else (0, 0)
                    match = text[slice(*found.span())]
                    yield self._replaced(sentence, first, last, new, kept=text[slice(*kept)], match=match)
                    break

    def _found(self, phrase: str, scan: str, glance: Glance) -> Iterable[re.Match[str]]:
        if not glance.may_hold(shape(phrase, self._vocabulary)):
            return ()
        return _compiled(phrase, self._vocabulary).finditer(scan)

    def _replaced(self, sentence: str, start: int, end: int, new: str, *, kept: str, match: str) -> list[Edit]:
        item = self._begins_item(sentence, start)
        if (
            _PAY_STEP.search(sentence[:start])
            or sentence[:start].endswith(("*", "£"))
            or sentence[end : end + 1] in ("'", "’")  # half a word would be left
            or (item and not _RUN.search(sentence))
        ):
            return []
        text = _FILLED.sub(lambda slot: {"kept": kept, "match": match}.get(slot[1], slot[0]), new)
        if text.endswith(",") and not _WORDS_FOLLOW.match(sentence, end):
            text = text[:-1]
        if not text:
            return self._deleted(sentence, start, end, capital=item)
        if text.startswith(match) and "{match}" in new:
            return self._appended(sentence, end, text[len(match) :])
        if item or self._is_capital(sentence, start) or (start == 0 and sentence[0].isdigit()):
            text = text[:1].upper() + text[1:]
        tall = [word for word in match.split() if len(word) > _SMALL]
        if " " in match and len(text.split()) <= _HEADED and tall and all(word.istitle() for word in tall):
            text = title(text)
        article = self._grammar.article_before(sentence, start, text)
        shouted = sentence.isupper() or (match.isupper() and " " in match)
        return [*article, Edit(start=start, end=end, text=text.upper() if shouted else text)]

    @staticmethod
    def _appended(sentence: str, end: int, words: str) -> list[Edit]:
        """Words behind a stretch; those in brackets go into the brackets that stand around or behind it."""
        if not words.startswith(" ("):
            return [Edit(start=end, end=end, text=words)]
        if _NAME_GOES_ON.search(sentence[:end]) and _CAPITAL.match(sentence, end):
            return []
        if sentence[:end].endswith(")"):
            return [Edit(start=end, end=end, text=f" {words[2:-1]}")]
        inner = f", {words[2:-1]}"
        if sentence.count("(", 0, end) > sentence.count(")", 0, end):
            return [Edit(start=end, end=end, text=inner)]
        bracket = _BRACKET.match(sentence, end)
        if not bracket:
            return [Edit(start=end, end=end, text=words)]
        says_it = set(bracket[1].lower().split()) & set(words.strip("() ").split())
        return [] if says_it - {"or"} else [Edit(start=bracket.end(1), end=bracket.end(1), text=inner)]

    def _deleted(self, sentence: str, start: int, end: int, *, capital: bool) -> list[Edit]:
        """Take words out without the joint words beside them, which join what is left.

        Args:
            capital: whether what is left begins an item.
        """
        while (
            sentence[end : end + 1] in (" ", "-")
            and not sentence[:start][-1:].isalnum()
            and sentence[:start][-1:] not in (",", ";", ":", ".")
        ):
            end += 1
        rest = sentence[end : end + 1]
        if rest in ("'", "’"):  # half a word would be left
            return []
        if sentence[:start].endswith(": ") and _BARE.match(sentence, end):
            return []
        if not rest or rest in ".,;:!?)(":
            before = sentence[:start].rstrip()
            if before.endswith(":"):  # the answer to a label
                return []
            if rest == ")" and before.endswith("("):  # all that stands in brackets
                before, end = before[:-1].rstrip(), end + 1
            gap = " " if rest == "(" else ""
            return [Edit(start=len(before.rstrip(":, ")), end=end, text=gap)]
        if rest.islower() and (
            capital or self._is_capital(sentence, start) or (start == 0 and not sentence[0].isalpha())
        ):
            return [Edit(start=start, end=end + 1, text=rest.upper())]
        if sentence[:start].endswith(", ") and _AND.match(sentence, end):  # it was the last but one of a list
            return [Edit(start=start - 2, end=end, text=" ")]
        return [*self._grammar.article_before(sentence, start, sentence[end:]), Edit(start=start, end=end, text="")]

    def _begins_item(self, sentence: str, start: int) -> bool:
        """Whether a number may begin an item behind a lost line break: no word stands before it that leads to it."""
        before = re.search(r"(?<![\w-])([a-z]+) $", sentence[:start])
        carries = (*self._words.never_last, *self._words.bases, *self._words.frame.split())
        return before is not None and sentence[start].isdigit() and before[1] not in carries

    def _is_capital(self, sentence: str, start: int) -> bool:
        """Whether what stands there begins with the capital of a sentence or an item, not with one of its own."""
        first = sentence[start:].split(maxsplit=1)[0]
        before = sentence[:start].split()[-1:]
        if first[:1].isdigit() and before:  # an item behind another, in a line that lost its line breaks
            return bool(_CAPITAL_LAST.search(sentence[:start])) and before[0].lower() not in self._words.never_last
        if not first[:1].isupper() or start == 0:
            return first[:1].isupper()
        own = (first.isupper() and len(first) > 1) or first.lower() in self._words.proper
        return not own and not set(before) & set(self._words.never_last)

    def _is_cured(
        self, advert: Advert, candidate: Candidate, after: str, before: Judged, place: tuple[int, int]
    ) -> bool:
        """Whether the sentence, read again behind the line that leads to it, holds nothing new and less of the old."""
        top, bottom = advert.introduction(place[0])
        lead = f"{advert.text[top:bottom].strip()}\n" if bottom <= place[0] and 0 < bottom - top <= _LONGEST else ""
        try:
            judged = self._judge(lead + after)
        except InputError:
            return False
        old = advert.lower[slice(*place)]
        was = [(c.entry, s) for c, s in before if place[0] <= c.start < place[1]]
        told = {entry.id for entry, s in was if s is not None}
        now = [(c.entry, s) for c, s in judged if c.end > len(lead) and s is not None]
        text = scan_text(lead + after)
        fresh = [(c, s) for c, s in judged if c.end > len(lead) and s is not None and c.entry.id not in told]
        if any(_is_grave(s) or text[c.start : c.end] not in old for c, s in fresh):
            return False
        together = [c.entry for c, s in before if s is Severity.UNLAWFUL and _overlap(c, candidate)]
        beside = {c.entry.id for c, s in before if s is Severity.INDIRECT and not _overlap(c, candidate)}
        left = [entry for entry, s in now if _is_grave(s) and not (s is Severity.INDIRECT and entry.id in beside)]
        if any(_same_subject(entry, one) for entry in left for one in together):
            return False
        worst = max(Severity.INDIRECT, *(s for c, s in before if s and c.entry is candidate.entry), key=_rank)
        subject, same = (
            [s for entry, s in all_ if s and s.rank <= worst.rank and _same_subject(entry, candidate.entry)]
            for all_ in (now, was)
        )
        return bool(together) or len(subject) < len(same)


def _demand(candidate: Candidate, before: Judged, low: int, length: int) -> tuple[int, int, list[tuple[int, int, str]]]:
    """The whole demand: the wording with other grave wording that overlaps it, and whom all of it names."""
    found = [candidate]
    for other, severity in before:
        if _is_grave(severity) and _overlap(other, candidate):
            found.append(other)
    start, end = min(one.start for one in found) - low, max(one.end for one in found) - low
    # One that goes on from the sentence before names people there, too.
    traits = sorted({(a - low, b - low, kind) for one in found for a, b, kind in one.traits if low <= a < low + length})
    return max(0, start), min(end, length), traits


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end


def _rank(severity: Severity) -> int:
    return severity.rank


def _is_grave(severity: Severity | None) -> bool:
    return severity is not None and severity.rank <= Severity.INDIRECT.rank


def _same_subject(one: Entry, other: Entry) -> bool:
    return one.category == other.category or bool(set(one.characteristics) & set(other.characteristics))


@lru_cache(maxsize=1 << 10)
def _compiled(phrase: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    return compile_ordered([phrase], vocabulary)


def takes_all(sentence: str, edits: Sequence[Edit]) -> bool:
    """Whether nothing of a sentence is left."""
    return not apply_edits(sentence, edits).strip()


def without_line(advert: Advert, start: int, end: int) -> tuple[Edit, ...]:
    """Edits of the source that take a sentence of the clean text out, with the line or list item that it fills."""
    return advert.document.without_stretch(*clean(start, end))
