"""The advert as everything that judges it sees it: read once, by one scan. All offsets here are of the clean text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from inclusive_ads.analysis.found import Scan
from inclusive_ads.analysis.language import Languages, languages
from inclusive_ads.analysis.scan import Matcher
from inclusive_ads.analysis.sections import Headings, Section
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.shared import LanguagesFile
from inclusive_ads.offsets import CleanOffset, clean
from inclusive_ads.text.document import Block, Document

_BREAK = re.compile(r"[.!?]['\")\]]*[ ]+(?=[A-Z0-9\"'(\[£•*])|\n")
# Where the capitals were lost, a stop and a space must do.
_LOWER_BREAK = re.compile(r"[.!?]['\")\]]*[ ]+|\n")
# "No." behind a question answers it, and is no number.
_NO_BREAK = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|(?<!\? )no|dr|mr|mrs|ms|st|approx|hrs|inc|incl|ltd|p\.a|tel|ext|prof|ref|vs|[a-z]))"
    r"\.['\")\]]* +$",
    re.I,
)
_ABBREVIATION = 12  # characters before a break in which an abbreviation that is none may stand, with its brackets
_ROUND = " :()\t-–—|*•"  # what stands round the value of a label
_FAR = 240  # characters: some forty words
_LONGEST_TITLE = 80  # characters; a longer first line is a sentence
_LONGEST = 1_000  # characters; a longer sentence has lost its stops and is counted in pieces


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled line: where its label begins, its value, and whether more than a space parts the two."""

    label: int
    start: int
    end: int
    parted: bool


class Analyser:
    """Reads adverts; safe to share between threads.

    Args:
        lexicon: what to look for.
        cues: what else to look for in the same scan: name → phrases.
    """

    def __init__(self, lexicon: Lexicon, cues: Mapping[str, Iterable[str]] | None = None) -> None:
        self.matcher = Matcher(lexicon, cues)
        self._languages = lexicon.languages
        self._headings = Headings(lexicon.sections, lexicon.vocabulary)

    def analyse(self, document: Document, *, passage: bool = False) -> Advert:
        """Read one advert, or a part of one of which the rest is not known."""
        lower = scan_text(document.text)
        sections, fields = self._headings.find(document, lower)
        found = self.matcher.scan(document.text, lower)
        return Advert(document, lower, found, sections, fields, self._languages, passage=passage)


class Advert:
    """One advert, read.

    Attributes:
        document: as given.
        text: its clean text.
        lower: its scan text, of the same length.
        found: what the scan found.
        sections: its parts, in order.
        fields: labelled lines, such as "Location: Leeds"; the part that they stand in goes on after them.
        passage: whether it is a part of an advert, of which the rest is not known.
    """

    def __init__(
        self,
        document: Document,
        lower: str,
        found: Scan,
        sections: Sequence[Section],
        fields: Sequence[Section],
        known: LanguagesFile,
        *,
        passage: bool = False,
    ) -> None:
        self.document = document
        self.text = document.text
        self.lower = lower
        self.found = found
        self.sections = tuple(sections)
        self.fields = tuple(fields)
        self.passage = passage
        self._known = known
        self._breaks = _breaks(self.text)
        self._leading = _leading(document.blocks)
        self._searched: dict[tuple[int, int, int], bool] = {}
        self._places: dict[str, int] = {}
        self._lines: dict[str, tuple[Labelled, ...]] = {}

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the clean text."""
        return self.document.blocks

    @property
    def alone(self) -> bool:
        """Whether it is a single paragraph, which may stand anywhere: it opens no advert, and is no small ad."""
        return self.passage and len(self.blocks) == 1

    @cached_property
    def sentences(self) -> tuple[tuple[CleanOffset, CleanOffset], ...]:
        """All sentences in order, half-open, without the space after them; none crosses a block.

        A list item or heading without a full stop is one, too. Text that lost its stops comes in pieces.
        """
        return tuple(clean(*span) for span in split(self.text, self._breaks))

    @cached_property
    def languages(self) -> Languages:
        """Which of it is English."""
        return languages(self.text, self.lower, self.sentences, self._known)

    def sentence(self, place: int) -> tuple[CleanOffset, CleanOffset]:
        """The sentence that holds `place`, half-open, with the space after it; never crosses a block.

        Text that lost its full stops is one endless sentence: what stands far off says nothing about `place`.
        """
        index = bisect_right(self._breaks, place)
        low, high = self._breaks[index - 1], self._breaks[index] if index < len(self._breaks) else len(self.text)
        if high - low > 2 * _FAR:
            if place - _FAR > low:
                space = self.text.find(" ", place - _FAR, place)
                low = space + 1 if space >= 0 else place - _FAR
            if place + _FAR < high:
                space = self.text.rfind(" ", place, place + _FAR)
                high = space + 1 if space >= 0 else place + _FAR
        return clean(low, high)

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence of a stretch with the one before and the one after it."""
        low, high = self.sentence(start)[0], self.sentence(max(start, end - 1))[1]
        return self.sentence(max(0, low - 2))[0], self.sentence(min(len(self.text), high + 1))[1]

    def part(self, place: int) -> Section | None:
        """The labelled line, or else the part of the advert, that `place` stands in."""
        return self.field(place) or _holding(self.sections, place)

    def field(self, place: int) -> Section | None:
        """The labelled line that `place` stands in."""
        return _holding(self.fields, place)

    def section(self, place: int) -> str:
        """Name of the part that `place` stands in, or ""."""
        part = self.part(place)
        return part.name if part else ""

    def block(self, place: int) -> Block:
        """The block that holds `place`."""
        return self.blocks[self.number(place)]

    def number(self, place: int) -> int:
        """Index of the block that holds `place`."""
        return max(0, bisect_right(self.blocks, place, key=lambda block: block.start) - 1)

    def is_title(self, place: int) -> bool:
        """Whether `place` opens the advert, or stands in a heading that opens no known part."""
        number = self.number(place)
        if self.alone:
            return False
        return bool(self.blocks) and not self.section(place) and (number == 0 or self.blocks[number].kind == "heading")

    @cached_property
    def titles(self) -> tuple[tuple[int, int], ...]:
        """The stretches that name the post: the line that opens the advert, and headings that open no known part."""
        return tuple(
            (b.start, b.end) for b in self.blocks if b.end - b.start <= _LONGEST_TITLE and self.is_title(b.start)
        )

    def introduction(self, place: int) -> tuple[int, int]:
        """The line that leads to `place`: what stands before its list, or the heading right above; empty where none."""
        index = self._leading[self.number(place)]
        return (self.blocks[index].start, self.blocks[index].end) if index >= 0 else (0, 0)

    def labelled(self, cue: str) -> tuple[Labelled, ...]:
        """Lines that a cue opens ("Location: Leeds"), each with the value behind it or in the line below, in order.

        In text that lost its line breaks, a label has a capital and a colon; the value then ends with the line.
        Remembered: facts, completeness and statements all ask.
        """
        if cue not in self._lines:
            self._lines[cue] = tuple(self._find_labelled(cue)) if cue in self.found.cues else ()
        return self._lines[cue]

    def _find_labelled(self, cue: str) -> Iterator[Labelled]:
        labels: dict[int, int] = {}
        for start, end in self.cues(cue, 0, self.document.text_end):
            first = self.block(start).start
            before = self.text[max(first, start - _FAR) : start].split()[-1:]
            # "... in Leeds Salary: ..." begins another line; "... about our Trust: ..." does not.
            inside = before and self.text[start].isupper() and not (before[0].isalpha() and before[0].islower())
            if not before or (inside and self.text[end : end + 2].strip().startswith(":")):
                labels[start] = max(end, labels.get(start, 0))
        return (self._labelled(start, end) for start, end in sorted(labels.items()))

    def _labelled(self, label: int, place: int) -> Labelled:
        number = self.number(label)
        for block in self.blocks[number : number + 2]:
            start, end = max(place, block.start), int(block.end)
            while start < end and self.text[start] in _ROUND:
                start += 1
            while start < end and self.text[end - 1] in _ROUND:
                end -= 1
            if start < end:
                return Labelled(label, start, end, self.text[place:start].strip() != "" or block.start > label)
        return Labelled(label, place, place, parted=False)

    def cues(self, name: str, low: int, high: int) -> list[tuple[int, int]]:
        """Places of a cue between two offsets."""
        return self.found.cues_between(name, low, high)

    def holds(self, pattern: re.Pattern[str], low: int, high: int) -> bool:
        """Whether a guard's phrase stands between two offsets (remembered)."""
        key = (id(pattern), low, high)
        if key not in self._searched:
            self._searched[key] = pattern.search(self.lower, low, high) is not None
        return self._searched[key]

    def once(self, name: str, find: Callable[[], int]) -> int:
        """A place in the whole advert that is asked for again and again (found once)."""
        if name not in self._places:
            self._places[name] = find()
        return self._places[name]


def _holding(parts: Sequence[Section], place: int) -> Section | None:
    index = bisect_right(parts, place, key=lambda part: part.start)
    return parts[index - 1] if index and place < parts[index - 1].end else None


def _leading(blocks: Sequence[Block]) -> list[int]:
    """For each block the index of the one that leads to it, or -1."""
    found: list[int] = []
    for index, block in enumerate(blocks):
        before = blocks[index - 1].kind if index else ""
        if block.kind == before == "item":
            found.append(found[-1])
        else:
            found.append(index - 1 if block.kind == "item" or before == "heading" else -1)
    return found


def _breaks(text: str) -> list[int]:
    return [0] + [
        match.end()
        for match in (_LOWER_BREAK if text.islower() else _BREAK).finditer(text)
        if match.group() == "\n" or not _NO_BREAK.search(text, max(0, match.start() - _ABBREVIATION), match.end())
    ]


def split(text: str, breaks: Sequence[int] = ()) -> tuple[tuple[int, int], ...]:
    """The sentences of a text, as in `Advert.sentences`."""
    breaks = breaks or _breaks(text)
    ends = (*breaks[1:], len(text))
    return tuple(span for low, high in zip(breaks, ends, strict=True) for span in _pieces(text, low, high))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    end = start + len(text[start:end].rstrip())
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield start, cut
        start = cut + (text[cut] == " ")
    if start < end:
        yield start, end
