"""What must change beside a cure: the list, the verb and the words said twice around it. Offsets are the sentence's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from inclusive_ads.lexicon.shared import CuresFile, GrammarFile
from inclusive_ads.report import Edit
from inclusive_ads.text.edits import apply_edits, fits, place
from inclusive_ads.wording.removal import either

Span = tuple[int, int]

_JOINED = re.compile(r" (?:and|&) ", re.IGNORECASE)
_GOES_ON = re.compile(r",? (?:and|or|but|&)(?![\w-])", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_DESCRIBED = re.compile(r" ?\([^()]*\)| ?\[[^\[\]]*\]| [-–—] [\w/]+(?: [\w/]+)? [-–—](?= )")
_CLAUSE = re.compile(r".*[.;:!?\n] ?", re.DOTALL)
_ENDS = re.compile(r"[.;:!?\n]|[-–—] ")
_COPULA = re.compile(r"(?<![\w-])(is|are)(?![\w-])", re.IGNORECASE)
_ABLE = 8  # characters right before a change that may hold an "able to"
_REACH = 60  # characters; a verb farther behind what changes has its own subject


class Mending:
    """Mends what stands around a change; safe to share between threads."""

    def __init__(self, words: CuresFile, grammar: GrammarFile) -> None:
        self._words = {name: re.compile(text, re.IGNORECASE) for name, text in words.beside_written().items()}
        self._list = re.compile(rf"\b(?:{either(grammar.links)})\b(?:,? [\w'’-]+){{1,6}}, $", re.IGNORECASE)
        self._articles = frozenset(("", *grammar.determiners))
        self._leads = re.compile(rf" (?:{either(grammar.prepositions)})\b", re.IGNORECASE)

    def descriptions(self, sentence: str) -> list[Span]:
        """What only describes the thing before it, and goes with it: "a driving licence [(manual)]"."""
        thing, stays = self._words["thing"], self._words["stays"]
        found = (one.span() for one in _DESCRIBED.finditer(sentence))
        return [
            (a, b) for a, b in found if thing.search(sentence[:a]) and not stays.search(sentence[a:b].lstrip(" ([-–—"))
        ]

    def mended(self, sentence: str, edits: Sequence[Edit]) -> list[Edit]:
        """The edits with what they make needful beside them, in order."""
        ways = (self._joined, self._said_once, self._parted)
        beside = [new for edit in edits for way in ways for new in way(sentence, edit)]
        edits = sorted(edits, key=place)
        edits = sorted((*edits, *(new for new in beside if fits(new, edits))), key=place)
        return self._agreeing(sentence, self._turned(sentence, edits)) if edits else edits

    def _joined(self, sentence: str, edit: Edit) -> list[Edit]:
        """The "and" before what is the last of a list now: "keen, fit and active" → "keen and able to do the job"."""
        was = _JOINED.search(_BRACKETS.sub("", sentence[edit.start : edit.end]))
        lost = was and edit.text and not _JOINED.search(edit.text)
        if not lost or _GOES_ON.match(sentence, edit.end) or not self._list.search(sentence[: edit.start]):
            return []
        return [Edit(start=edit.start - 2, end=edit.start, text=" and ")]

    def _said_once(self, sentence: str, edit: Edit) -> list[Edit]:
        """What need not be said again: "able to travel and [be able] to drive"."""
        said = self._words["able"].search(sentence[max(0, edit.start - _ABLE) : edit.start] + edit.text)
        again = self._words["again"].match(sentence, edit.end) if said else None
        return [Edit(start=again.start(), end=again.end(), text=f"{again[1]} ")] if again else []

    def _parted(self, sentence: str, edit: Edit) -> list[Edit]:
        """The comma between a bracket and a reason: "the tasks (with help), as the work is heavy"."""
        parted = edit.text.endswith(")") and self._words["reason"].match(sentence, edit.end)
        return [Edit(start=edit.end, end=edit.end, text=",")] if parted else []

    def _turned(self, sentence: str, edits: list[Edit]) -> list[Edit]:
        """A sentence that loses the first of what it tells of, the right way round: "pay and leave, we offer"."""
        first, fronted = edits[0], self._words["fronted"].search(sentence, edits[-1].end)
        article = sentence[: first.start].lower().strip() in self._articles
        if len(edits) > 1 or not article or len(first.text) > 1 or not fronted:
            return edits
        end = first.end - len(first.text)
        if end >= fronted.start() or self._words["no_noun"].search(sentence[end : fronted.start()]):
            return edits
        lead = f"{fronted[1].capitalize()} {fronted[2]} "
        return [Edit(start=0, end=end, text=lead), Edit(start=fronted.start(), end=fronted.end(), text="")]

    def _agreeing(self, sentence: str, edits: list[Edit]) -> list[Edit]:
        """The verb of a subject of which one thing is left, or two: "a car and a licence are" → "transport is"."""
        first, last = edits[0], edits[-1]
        after = apply_edits(sentence, edits)
        grown = len(after) - len(sentence)
        old = _COPULA.search(_BRACKETS.sub(_blank, sentence), first.start, last.end + _REACH)
        new = _COPULA.search(_BRACKETS.sub(_blank, after), first.start, last.end + grown + _REACH)
        if not old or not new or old[1].lower() != "are" or _ENDS.search(sentence, last.end, old.start()):
            return edits
        head = _CLAUSE.match(sentence, 0, first.start)
        begin = head.end() if head else 0
        before, now = sentence[begin : old.start()], after[begin : new.start()]
        if any(self._words["no_noun"].search(subject) for subject in (before, now)):
            return edits
        two = self._is_joined(now)
        if new[1] == "is" and two:
            verb = "are"
        elif new[1] == "are" and not two and self._is_joined(before) and self._is_one(now):
            verb = "is"
        else:
            return edits
        if new.start() >= last.end + grown:
            return [*edits, Edit(start=new.start() - grown, end=new.end() - grown, text=verb)]
        return [*edits[:-1], replace(last, text=re.sub(rf"\b{new[1]}\b", verb, last.text, count=1))]

    @staticmethod
    def _is_joined(subject: str) -> bool:
        return _JOINED.search(_BRACKETS.sub("", subject)) is not None

    def _is_one(self, subject: str) -> bool:
        """Whether the noun of a subject is no plural."""
        words = self._leads.split(_BRACKETS.sub("", subject), maxsplit=1)[0].split()
        return bool(words) and (words[-1].endswith("ss") or not words[-1].endswith("s"))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def without(text: str, spans: Sequence[Span]) -> str:
    """A text without some stretches of it, in order."""
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return text


def whole(offset: int, spans: Sequence[Span]) -> int:
    """Where a place of such a text is in the whole one: behind a stretch that is taken out there."""
    for start, end in spans:
        if start <= offset:
            offset += end - start
    return offset
