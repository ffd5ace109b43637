"""What applicants look for and may not find: pay, hours, whom to ask.

An item is there where the advert states the fact: it was read from the advert for the vacancy, stands behind its label,
or a sentence tells it. What refuses, delays or limits it states nothing, nor does a label without a value.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import LONGEST
from inclusive_ads.lexicon.amounts import BUILTIN
from inclusive_ads.lexicon.checklist import ChecklistFile, ChecklistItem
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.scan_text import DASHES
from inclusive_ads.offsets import clean
from inclusive_ads.overall.places import PlaceReader
from inclusive_ads.report import Completeness, Finding
from inclusive_ads.text.document import Block

Span = tuple[int, int]

_GAP = 3  # words between "no" and what it refuses
_VALUE = 400  # characters behind a label in which its value begins
_NEAR = 60  # characters between an amount and a word of pay
_BEHIND = 4  # characters between an amount whose digits are masked and its unit
_RANGE = 5  # characters between the two ends of a range: " to "
_LINE = 12  # words; an amount in so short a line needs no word of pay
_LINE_LONGEST = 150  # characters; no such line has more
_SIGN = re.compile(r"[£€$]|k\Z")
_ROUND = " :-()"
_FIGURE = re.compile(r"\d+|\*{2,}")
# A sum of millions is nobody's pay; without the atomic group "£250m" would be read as £25.
_MONEY = re.compile(rf"(?<![\w*])(?>{BUILTIN['money']})(?! ?(?:m|mn|bn)\b)")


class Checklist:
    """The items of completeness.yaml; their phrases are cues of the one scan."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._file: ChecklistFile = lexicon.checklist
        self._places = PlaceReader(lexicon.places)
        self._units = {
            item.id: re.compile(rf"(?:\d|\*\*) ?(?:{'|'.join(map(re.escape, item.units))})\b")
            for item in lexicon.checklist.items
            if item.units
        }
        self._times = {item.id: _spans_of_day(item.times) for item in lexicon.checklist.items if item.times}

    def check(
        self, advert: Advert, findings: Iterable[Finding] = (), facts: Mapping[str, Span] | None = None
    ) -> tuple[Completeness, ...]:
        """Each item that matters for this advert, in the file's order.

        Args:
            findings: what refuses or delays an item, does not meet it (`ChecklistItem.not_in`).
            facts: fields of the vacancy that were read from the advert, with their places in the clean text.
        """
        found: dict[str, list[Span]] = {}
        for finding in findings:
            found.setdefault(finding.entry, []).append(advert.document.clean_span(finding.start, finding.end))
        results = []
        for item in self._file.items:
            refusing = (span for entry in item.not_in for span in found.get(entry, ()))
            never = _Spans((*advert.found.cues.get(f"never {item.id}", ()), *refusing))
            if not item.when or any(not never.meet(cue) for cue in advert.found.cues.get(f"when {item.id}", ())):
                results.append(self._result(item, advert, never, facts or {}))
        return tuple(results)

    def _result(self, item: ChecklistItem, advert: Advert, never: _Spans, facts: Mapping[str, Span]) -> Completeness:
        if item.most:
            place = self._criteria(item, advert)
        else:
            places = [*self._labelled(item, advert, never), *self._told(item, advert, never)]
            if item.id in self._units:
                places += self._matched(self._units[item.id], advert.lower, never)
            if item.id in self._times:
                places += self._matched(self._times[item.id], advert.text, never)
            if item.near:
                places += self._amounts(item, advert, never)
            if item.places:
                places += (span for span in self._places.read(advert) if not never.meet(span))
            if item.fact in facts:
                places.append(facts[item.fact])
            # A letterhead tells of the employer, not of the post.
            place = min((span for span in places if span[0] < advert.document.text_end), default=None)
        # A count is a fault where it is too high; anything else where it is not there.
        present = place is None if item.most else place is not None
        start, end = advert.document.span(*clean(*place)) if place else (None, None)
        return Completeness(
            id=item.id,
            title=item.title,
            present=present,
            advice=item.advice,
            needed=item.needed,
            start=start,
            end=end,
            why=item.why,
            source=item.source,
        )

    def _labelled(self, item: ChecklistItem, advert: Advert, never: _Spans) -> Iterator[Span]:
        """Values behind the item's labels that tell it."""
        for line in advert.labelled(f"fact {item.label}") if item.label else ():
            if _open(advert, line.start, line.end):
                continue
            end = min(line.end, line.start + _VALUE)
            values = (_FIGURE if item.figure else _MONEY).finditer(advert.lower, line.start, end)
            if any(not never.meet(value.span()) for value in values):
                yield line.start, line.end

    @staticmethod
    def _matched(pattern: re.Pattern[str], text: str, never: _Spans) -> Iterator[Span]:
        """Figures with a unit of the item right behind them, or two times of day."""
        spans = (match.span() for match in pattern.finditer(text))
        return (span for span in spans if not never.meet(span))

    def _told(self, item: ChecklistItem, advert: Advert, never: _Spans) -> Iterator[Span]:
        last = 0
        for start, end in sorted(advert.found.cues.get(f"told {item.id}", ()), key=_longest):
            if end <= last:
                continue  # "part time" in "part time hours: to be agreed"
            last = end
            low, high = advert.sentence(start)
            if never.meet((start, end)) or advert.cues(f"limits {item.id}", low, high):
                continue
            answer = _answer(advert, end)
            if answer and (_open(advert, *answer) or advert.cues(f"limits {item.id}", *answer)):
                continue
            if not _refused(advert, start, end):
                yield start, end

    @staticmethod
    def _amounts(item: ChecklistItem, advert: Advert, never: _Spans) -> Iterator[Span]:
        """Amounts of money that are pay: beside a word of pay, or in a short line."""
        found = list(_MONEY.finditer(advert.lower))
        for match, following in zip_longest(found, found[1:]):
            start, end = match.span()
            if never.meet((start, end)):
                continue
            low, high = advert.sentence(start)
            before = advert.cues(f"near {item.id}", max(low, start - _NEAR), start)
            if _SIGN.search(match.group()):
                beside = before or advert.cues(f"near {item.id}", end, min(high, end + _NEAR))
                ranged = following is not None and following.start() - end <= _RANGE
                if beside or ranged or _is_line(advert, advert.block(start)):
                    yield start, end
            elif before or any(s < end + _BEHIND for s, _ in advert.cues(f"near {item.id}", end, end + _NEAR)):
                yield start, end

    @staticmethod
    def _criteria(item: ChecklistItem, advert: Advert) -> Span | None:
        """The stretch of a list that is too long, or None."""
        items = [b for b in advert.document.blocks if b.kind == "item" and advert.section(b.start) == item.section]
        return (items[0].start, items[-1].end) if len(items) > item.most else None


class _Spans:
    """Stretches, ready to be asked which of them meets another one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for low, high in sorted(spans):
            if self._ends and low <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], high)
            else:
                self._starts.append(low)
                self._ends.append(high)

    def meet(self, span: Span) -> bool:
        index = bisect_right(self._ends, span[0])
        return index < len(self._starts) and self._starts[index] < span[1]


def _spans_of_day(joins: Iterable[str]) -> re.Pattern[str]:
    """Two times of day, in the text as it stands; one of them may be a bare hour ("9-5.30pm")."""
    clock, hour = BUILTIN["clock"], r"(?:0?[1-9]|1[0-2])(?![\d:.]\d)"
    join = rf" ?(?:\b(?:{'|'.join(map(re.escape, joins))})\b|[{DASHES}]) ?"
    before = rf"(?<![\w:.£$€/{DASHES}])"
    return re.compile(rf"{before}(?:{clock}{join}(?:{clock}|{hour}\b)|{hour}{join}{clock})", re.I)


def _longest(span: Span) -> Span:
    return span[0], -span[1]


def _is_line(advert: Advert, block: Block) -> bool:
    """Whether a block is a short line and no sentence."""
    if block.end - block.start > _LINE_LONGEST:
        return False
    text = advert.text[block.start : block.end]
    return text.count(" ") < _LINE and text[-1] not in ".!?"


def _open(advert: Advert, start: int, end: int) -> bool:
    """Whether a value says that there is none yet, or none at all."""
    first = advert.sentence(start)[1]
    opens = any(low == start for low, _ in advert.cues("complete open", start, end))
    return opens or bool(advert.cues("complete declined", start, min(end, first)))


def _answer(advert: Advert, end: int) -> Span | None:
    """What stands behind wording that is a label or a heading, or None where it is neither."""
    block = advert.block(end - 1)
    rest = advert.text[end : block.end]
    if (advert.text[end - 1] == ":" or rest.lstrip().startswith(":")) and rest.strip(_ROUND):
        return end + len(rest) - len(rest.lstrip(_ROUND)), block.end
    number = advert.number(end - 1) + 1
    is_label = not rest.strip(_ROUND) and (advert.text[block.end - 1] == ":" or block.kind == "heading")
    if is_label and number < len(advert.blocks):
        return advert.blocks[number].start, advert.blocks[number].end
    return None


def _refused(advert: Advert, start: int, end: int) -> bool:
    """Whether the clause says that it is not so."""
    low, high = advert.sentence(start)
    for cue in advert.cues("complete refused", max(low, start - LONGEST), start):
        between = advert.lower[cue[1] : start]
        if len(between.split()) <= _GAP and ";" not in between and not advert.cues("complete turns", cue[1], start):
            return True
    return any(
        not advert.cues("complete turns", end, cue[0]) and ";" not in advert.text[end : cue[0]]
        for cue in advert.cues("complete declined", end, min(high, end + LONGEST))
    )
