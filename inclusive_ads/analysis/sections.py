"""The parts of an advert, by the headings of `sections.yaml`.

A heading is a line of its own ("4. How to apply:"), with text under it: a line of a table of contents opens nothing.
Before a colon ("How to apply: send us...") it labels its line, or what follows in text that lost its line breaks.
All offsets are of the clean text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from inclusive_ads.lexicon.expansion import strings
from inclusive_ads.lexicon.kept import kept, long_expression
from inclusive_ads.lexicon.shared import About, Place, SectionEntry, SectionsFile
from inclusive_ads.lexicon.vocabulary import Vocabulary
from inclusive_ads.offsets import CleanOffset
from inclusive_ads.text.document import Block, Document

_LINE_LONGEST = 60  # characters; a longer line is no heading that lost its form
_INLINE_LONGEST = 80  # characters before a colon in which its heading may lie
_FACT_LONGEST = 20  # words; a fact such as "37 hours a week, Monday to Friday, with one late evening" is not longer
_PARAGRAPH = 7  # level of a line that only its words make a heading: below every heading of a format
_NUMBER = re.compile(r"(?:(?:part|section|step) )?\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.):]+ *|\d{1,2} +")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]+\s*\Z")
_LEADERS = re.compile(r"\.{3}|\. \. |…")
_ROUND = " :.*#-"
_ENDS = (".", "!", "?", ":")
_OPEN = "_"  # in a heading: one to three words of any kind, "what makes a great _"
_OPEN_WORDS = r"\S+(?: \S+){0,2}"
_MARK = 8  # characters before an item in which its mark stands: "  (iii)  "


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of an advert, from its heading to the next; clean offsets, half-open.

    Attributes:
        name: as in `sections.yaml`, "" under a heading that is not known.
        title: the heading as written.
        about: whom its wording is usually about ("" where that is open).
        place: which statements may go at its end ("" for none).
        goes_on: below a part of the same name, whether it tells more of the same.
        own_line: whether the heading is a line of its own.
        fact: whether it most often tells a fact; then a labelled line of it says nothing about where things go.
    """

    start: CleanOffset
    end: CleanOffset
    name: str
    title: str
    about: About
    place: Place | Literal[""]
    own_line: bool
    fact: bool
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    title: str
    entry: SectionEntry | None
    level: int
    block: int  # index of the block it is or stands in
    own_line: bool


class Headings:
    """The headings of `sections.yaml`, ready to be found in adverts."""

    def __init__(self, sections: SectionsFile, vocabulary: Vocabulary) -> None:
        self._entries: dict[str, SectionEntry] = {}
        self._open: list[tuple[re.Pattern[str], SectionEntry]] = []
        for entry in sections.sections:
            opened = [phrase for phrase in entry.headings if _OPEN in phrase]
            plain = [phrase for phrase in entry.headings if phrase not in opened]
            titles = kept().value(f"headings {vocabulary.mark} {plain}", partial(_titles, plain, vocabulary))
            self._entries.update(dict.fromkeys(titles, entry))
            if opened:
                self._open.append((long_expression("|".join(_open(phrase, vocabulary) for phrase in opened)), entry))
        self._last_words = frozenset(title.rpartition(" ")[2] for title in self._entries)

    def entry(self, title: str) -> SectionEntry | None:
        """The part that a heading (scan text) opens, whatever stands round it; None where it is not known."""
        if _LEADERS.search(title):
            return None
        plain = " ".join(title.strip(_ROUND + "?").split())
        for name in (plain, plain[number.end() :] if (number := _NUMBER.match(plain)) else ""):
            found = self._entries.get(name) or self._entries.get(name.removeprefix("the "))
            if found:
                return found
        return next((entry for heading, entry in self._open if heading.fullmatch(plain.removeprefix("the "))), None)

    def find(self, document: Document, lower: str) -> tuple[list[Section], list[Section]]:
        """The sections of an advert, in order, each up to the next; and the labelled lines that stand in them.

        Args:
            lower: the scan text of the document.
        """
        lines = list(self._lines(document, lower))
        known = {line.block for line in lines if line.entry}
        labels = list(self._labels(document, lower, known))
        fields = [_section(label, end) for label, end in zip(labels, _label_ends(document, labels), strict=True)]
        heads = {line.block for line in lines} - {label.block for label in labels}
        found = list(_with_text(document, [line for line in lines if line.block in heads]))
        for line in reversed(found):  # of facts in a row the last is known first
            if end := _fact_end(document, line, heads):
                fields.append(_section(line, end))
                heads.remove(line.block)
        headings: list[_Heading] = []
        for line in found:
            above = headings[-1] if headings else None
            if line.block in heads and not (above and (_belongs(line, above) or _leads(document, line, above))):
                headings.append(line)
        ends = (*(heading.start for heading in headings[1:]), document.body_end)
        return list(map(_section, headings, ends)), sorted(fields, key=lambda field: field.start)

    def _lines(self, document: Document, lower: str) -> Iterator[_Heading]:
        """Every line that is a heading by its form or its words."""
        for index, block in enumerate(document.blocks):
            if block.beside:
                break
            formed = block.kind == "heading"
            if not formed and block.end - block.start > _LINE_LONGEST:
                continue
            if block.kind == "item" and not _is_numbered(document, block):
                continue
            entry = self.entry(lower[block.start : block.end])
            if formed and entry is None and lower[block.end - 1] == ":":
                # "Education and training:" is about training, too.
                start = self._title_start(document.text, lower, block.end - 1)
                entry = self.entry(lower[start : block.end]) if start is not None else None
            if entry or formed:
                title = document.text[block.start : block.end].strip(_ROUND)
                yield _Heading(block.start, title, entry, block.level if formed else _PARAGRAPH, index, own_line=True)

    def _labels(self, document: Document, lower: str, headings: Container[int]) -> Iterator[_Heading]:
        """Known headings before a colon, but for the lines that are headings themselves."""
        index = 0
        colon = lower.find(":", 0, document.body_end)
        while colon >= 0:
            while document.blocks[index].end <= colon:
                index += 1
            start = None if index in headings else self._title_start(document.text, lower, colon)
            if start is not None:
                title, entry = document.text[start:colon].strip(_ROUND), self.entry(lower[start:colon])
                yield _Heading(start, title, entry, _PARAGRAPH, index, own_line=False)
            colon = lower.find(":", colon + 1, document.body_end)

    def _title_start(self, text: str, lower: str, colon: int) -> int | None:
        """Where the longest known heading that ends at a colon begins, with a capital."""
        before = lower[max(0, colon - _INLINE_LONGEST) : colon].rpartition("\n")[2].rpartition(":")[2]
        words = before.split()
        if not words or not (words[-1].strip(_ROUND) in self._last_words or self.entry(before)):
            return None
        start = colon - len(before)
        while start < colon:
            if text[start].isupper() and self.entry(lower[start:colon]):
                return start
            space = lower.find(" ", start, colon)
            start = space + 1 if space >= 0 else colon
        return None


def _titles(phrases: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    return [" ".join(each.split()) for phrase in phrases for each in strings(phrase, vocabulary)]


def _open(phrase: str, vocabulary: Vocabulary) -> str:
    """The regular expression of a heading that leaves a word or more open.

    Raises:
        PatternError: what stands around the open words is wrong, or stands for too much.
    """
    parts = (part and strings(part, vocabulary) for part in phrase.split(_OPEN))
    sides = ([" ".join(each.split()) for each in part] for part in parts)
    before, after = (f"(?:{'|'.join(map(re.escape, side))})" if side else "" for side in sides)
    return " ".join(filter(None, (before, _OPEN_WORDS, after)))


def _is_numbered(document: Document, block: Block) -> bool:
    """Whether a list item's mark is a number or letter, which headings have, too."""
    start = document.span(block.start, block.end)[0]
    return _NUMBERED.search(document.source, max(0, start - _MARK), start) is not None


def _with_text(document: Document, lines: Sequence[_Heading]) -> Iterator[_Heading]:
    """The headings that have text under them; those of unknown words stay, for what they end."""
    blocks = document.blocks
    at = {line.block: line for line in lines}
    last = {line.title.lower(): line for line in lines}
    ends = (*(line.block for line in lines[1:]), len(blocks))
    for line, end in zip(lines, ends, strict=False):
        below = line.block + 1
        if line.entry is None:
            yield line
        elif below < len(blocks) and not _heads_nothing(line, at.get(below), at.get(below + 1)):
            text = document.text[blocks[below].start : blocks[below].end]
            # The line of a table of contents has a page number, or comes again as a heading.
            again = last[line.title.lower()] is not line
            if not text.isdigit() and not (again and all(_is_short(document, block) for block in blocks[below:end])):
                yield line


def _heads_nothing(line: _Heading, below: _Heading | None, second: _Heading | None) -> bool:
    """Whether the line below is a known heading, too, and no division of this one."""
    if below is None or below.entry is None:
        return False
    # A title (level 1) has no parts, and only its words make the lowest level a heading.
    return not (1 < line.level < below.level and (below.level < _PARAGRAPH or second is None))


def _is_short(document: Document, block: Block) -> bool:
    """Whether a block may be another line of a table of contents."""
    if block.end - block.start > _LINE_LONGEST:
        return False
    return block.kind != "item" or _is_numbered(document, block)


def _label_ends(document: Document, labels: Sequence[_Heading]) -> Iterator[int]:
    """Where the text of each label ends: with its line and the list under it, or where the next label begins."""
    blocks = document.blocks
    starts = (*(label.start for label in labels[1:]), len(document.text))
    for label, start in zip(labels, starts, strict=False):
        last = label.block
        rest = document.text[label.start + len(label.title) : blocks[last].end].strip(_ROUND)
        if label.entry and not label.entry.field and (blocks[last].kind != "item" or not rest):
            while last + 1 < len(blocks) and blocks[last + 1].kind == "item" and blocks[last].end < start:
                last += 1
        yield min(blocks[last].end, start)


def _fact_end(document: Document, line: _Heading, headings: Container[int]) -> int:
    """Where a fact ends whose label is a line of its own; 0 where the line is a heading."""
    below = line.block + 1
    if line.entry is None or not line.entry.field or below + 1 >= len(document.blocks) or below + 1 in headings:
        return 0
    block = document.blocks[below]
    fact = document.text[block.start : block.end]
    is_fact = block.kind != "item" and fact.count(" ") < _FACT_LONGEST and not fact.endswith(_ENDS)
    return block.end if is_fact else 0


def _belongs(heading: _Heading, above: _Heading) -> bool:
    """Whether a heading of unknown words only divides the part above it; a title (level 1) has no parts."""
    divides = heading.level > above.level > 1 or heading.block == above.block + 1
    return heading.entry is None and above.entry is not None and divides


def _leads(document: Document, line: _Heading, above: _Heading) -> bool:
    """Whether a line of unknown words leads to its list within the part above ("You will:"), and heads no part."""
    blocks = document.blocks
    colons = [document.text[blocks[each.block].end - 1] == ":" for each in (line, above)]
    item_below = line.block + 1 < len(blocks) and blocks[line.block + 1].kind == "item"
    return line.entry is None and above.entry is not None and colons == [True, False] and item_below


def _section(heading: _Heading, end: int) -> Section:
    entry = heading.entry
    return Section(
        start=CleanOffset(heading.start),
        end=CleanOffset(end),
        name=entry.name if entry else "",
        title=heading.title,
        about=entry.about if entry else "",
        place=entry.place if entry else "",
        own_line=heading.own_line,
        fact=entry.field if entry else False,
        goes_on=entry.goes_on if entry else False,
    )
