"""An advert in the making: as it was given, and its text as it is now.

A person works in the text, whatever the format: all that was done, by whom or what, is what tells the two apart. From
that come the document as it reads now, and the edits that put it into the file that was given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from typing import Any  # difflib's steps are of mixed types

from inclusive_ads.offsets import clean
from inclusive_ads.report import Edit
from inclusive_ads.text.comparing import edits_between
from inclusive_ads.text.document import LIMIT, Document
from inclusive_ads.text.edits import place
from inclusive_ads.text.readers.cleaning import Cleaner
from inclusive_ads.text.readers.plain import marker_length

_MOST_STEPS = 4_000_000  # pairs of lines that are compared; beyond, lines are paired in order
_BREAK = re.compile("\r\n?")
_TAG = re.compile(r"<(li|p|h[1-6]|div|td)\b[^<>]*>\s*\Z", re.IGNORECASE)
_REACH = 50  # lines among which the new wording of one is looked for
_LONGEST_TAG = 500  # characters that are looked at for one

Pair = tuple[int | None, int | None]  # numbers of a line before and after; None: there is none


class Draft:
    """One advert that is being written.

    Attributes:
        given: as it came.
        text: as it stands now, with line feeds for line ends; of a web page without its markup, a line a block.

    Args:
        given: the advert.
        text: as above; None for the text of `given`.
        limit: the most characters to accept.
    """

    def __init__(self, given: Document, text: str | None = None, *, limit: int = LIMIT) -> None:
        self.given = given
        self.text = self.before if text is None else _BREAK.sub("\n", text)
        self._limit = limit

    @cached_property
    def before(self) -> str:
        """The text as it was at first."""
        return self.given.text if self.given.format == "html" else _BREAK.sub("\n", self.given.source)

    @cached_property
    def document(self) -> Document:
        """The text, read; its source is `text`. What a line is (heading, item, cell) it stays when it is changed.

        Raises:
            InputError: the text is empty, too long or not text.
        """
        if self.given.format not in ("docx", "html"):
            form = "markdown" if self.given.format == "markdown" else "text"
            return Document.from_text(self.text, format=form, limit=self._limit)
        plain = Document.from_text(self.text or " ", limit=self._limit)  # refuses what nobody can read
        if plain.format != "text":
            return plain
        return self._carried()

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of ``given.source`` that make it read like `text`; in order, not overlapping.

        Those that cannot be made in the file are left out (see `unmade`).
        """
        return tuple(edit for edit in self._wanted if self.given.can_change(edit))

    @property
    def unmade(self) -> int:
        """How many changes stand in text that the file takes in from another file, and so cannot be made in it."""
        return len(self._wanted) - len(self.edits)

    @cached_property
    def _wanted(self) -> tuple[Edit, ...]:
        if self.text == self.before:
            return ()
        if self.given.format == "html":
            return self._html_edits()
        word = self.given.format == "docx"
        found = tuple(sorted(self._line_edits(), key=place)) if word else edits_between(self.before, self.text)
        return self._with_line_ends(found)

    def _with_line_ends(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """Edits of `before` as edits of the source, which may end its lines otherwise."""
        double = [match.start() for match in re.finditer("\r\n", self.given.source)]
        if not double:
            return tuple(edits)
        at = [start - number for number, start in enumerate(double)]  # where they stand in `before`

        def there(offset: int) -> int:
            return offset + bisect_right(at, offset - 1)

        return tuple(Edit(start=there(e.start), end=there(e.end), text=e.text.replace("\n", "\r\n")) for e in edits)

    @cached_property
    def _lines(self) -> tuple[list[str], list[str]]:
        return self.before.split("\n"), self.text.split("\n")

    @cached_property
    def _pairs(self) -> list[Pair]:
        return list(_paired(*self._lines))

    def _carried(self) -> Document:
        given, lines = self.given, self._lines[1]
        html = given.format == "html"
        ends = _starts(self._lines[0])
        at = [block.start if html else given.span(block.start, block.end)[0] for block in given.blocks]
        kinds = {bisect_right(ends, start) - 1: block for start, block in zip(at, given.blocks, strict=True)}
        was = {new: old for old, new in self._pairs if old is not None and new is not None}
        cleaner = Cleaner(self.text)
        cleaner.not_read.extend(given.not_read)
        start, beside = 0, ""
        for number, line in enumerate(lines):
            block = kinds.get(was.get(number, -1))
            bare = line.lstrip()
            marker = 0 if html or not bare else marker_length(bare)
            kind, level = (block.kind, block.level) if block else ("item", 1) if marker else ("paragraph", 0)
            cleaner.beside = beside = block.beside if block else beside
            cleaner.add(start + (len(line) - len(bare) + marker if marker else 0), start + len(line))
            cleaner.close(kind, level)
            start += len(line) + 1
        return Document(self.text, cleaner, "text")

    def _line_edits(self) -> Iterator[Edit]:
        """Line by line, as a file of paragraphs takes them: a new line follows the end of the one before it."""
        old, new = self._lines
        starts = _starts(old)
        last, kept = -1, False  # whether a line before this one stays
        if all(None in pair for pair in self._pairs):
            yield Edit(start=0, end=len(self.before), text=self.text)
            return
        added: list[str] = []
        for before, after in [*self._pairs, (len(old), None)]:
            if before is None and after is not None:
                added.append(new[after])
                continue
            if added:
                yield from _added(starts[last] + len(old[last]) if kept else 0, added, first=not kept)
                added = []
            if before is None or before == len(old):
                continue
            last = before
            start = starts[before]
            if after is None:  # it goes with the line end before it; at the top with the one behind it
                end = start + len(old[before])
                yield Edit(start=start - kept, end=end + (not kept), text="")
                continue
            kept = True
            for edit in edits_between(old[before], new[after]):
                yield Edit(start=start + edit.start, end=start + edit.end, text=edit.text)

    def _html_edits(self) -> tuple[Edit, ...]:
        old, new = self._lines
        blocks = self.given.blocks
        found: list[Edit] = []
        last = -1
        added: list[str] = []
        for before, after in [*self._pairs, (len(old), None)]:
            if before is None and after is not None:
                added.append(new[after])
                continue
            if any(line.strip() for line in added):
                found += self._html_added(last, added)
            added = []
            if before is None or before == len(old):
                continue
            last = before
            block = blocks[before]
            if after is None:
                found += self._without(block.start, block.end)
            elif old[before] != new[after]:
                found += self._reworded(block.start, block.end, old[before], new[after])
        return tuple(sorted(found, key=place))

    def _html_added(self, last: int, lines: Sequence[str]) -> list[Edit]:
        """New lines behind a block: in a list, or right below its end, they are items; else paragraphs."""
        blocks = self.given.blocks
        after = blocks[last] if last >= 0 else None
        inside = last + 1 < len(blocks) and blocks[last + 1].kind == "item"
        if after is None or after.kind != "item" or not (inside or lines[0].strip()):
            return [self.given.insertion(after, "\n".join(lines))]
        gap = next((number for number, line in enumerate(lines) if not line.strip() and not inside), len(lines))
        items = [self.given.continuation(after, line.strip()) for line in lines[:gap] if line.strip()]
        found = [Edit(start=items[0].start, end=items[0].end, text="".join(item.text for item in items))]
        if any(line.strip() for line in lines[gap:]):
            found.append(self.given.insertion(after, "\n".join(lines[gap:])))
        return found

    def _reworded(self, start: int, end: int, old: str, new: str) -> list[Edit]:
        found = [
            edit
            for e in edits_between(old, new)
            for edit in self.given.edits(
                clean(start + e.start, start + e.end)[0], clean(start + e.start, start + e.end)[1], e.text
            )
        ]
        found.sort(key=place)
        if any(later.start < earlier.end for earlier, later in pairwise(found)):  # two words within one entity
            return list(self.given.edits(*clean(start, end), new))
        return found

    def _without(self, start: int, end: int) -> tuple[Edit, ...]:
        """A block taken out, with the element that holds nothing else."""
        low, high = self.given.span(*clean(start, end))
        source = self.given.source
        opened = _TAG.search(source, max(0, low - _LONGEST_TAG), low)
        closed = opened and re.compile(rf"\s*</{opened[1]}\s*>", re.IGNORECASE).match(source, high)
        if opened and closed:
            return (Edit(start=opened.start(), end=closed.end(), text=""),)
        return self.given.edits(*clean(start, end), "")


def _starts(lines: Sequence[str]) -> list[int]:
    """Where each line begins, if a line feed parts them."""
    found, position = [], 0
    for line in lines:
        found.append(position)
        position += len(line) + 1
    return found


def _added(end: int, lines: Sequence[str], *, first: bool) -> Iterator[Edit]:
    text = "".join(line + "\n" for line in lines) if first else "".join("\n" + line for line in lines)
    yield Edit(start=end, end=end, text=text)


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Which line became which, in order: (number before, number after), None where there is none."""
    top = 0
    while top < min(len(old), len(new)) and old[top] == new[top]:
        yield top, top
        top += 1
    tail = 0
    while tail < min(len(old), len(new)) - top and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = old[top : len(old) - tail], new[top : len(new) - tail]
    if len(middle[0]) * len(middle[1]) > _MOST_STEPS:
        steps: Iterable[Sequence[Any]] = [("", 0, len(middle[0]), 0, len(middle[1]))]
    else:
        steps = SequenceMatcher(None, *middle, autojunk=False).get_opcodes()
    for _, old_start, old_end, new_start, new_end in steps:
        for before, after in _matched(middle[0][old_start:old_end], middle[1][new_start:new_end]):
            yield (
                None if before is None else top + old_start + before,
                None if after is None else top + new_start + after,
            )
    yield from ((len(old) - left, len(new) - left) for left in range(tail, 0, -1))


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Lines that took the place of others: a pair for each that is one of them written anew."""
    if len(old) == len(new):
        yield from ((number, number) for number in range(len(old)))
        return
    words = [set(line.split()) for line in new]
    done = 0
    for number, line in enumerate(old):
        mine = set(line.split())
        reach = range(done, min(len(new), done + _REACH))
        near = next(
            (at for at in reach if mine and len(mine & words[at]) * 2 >= min(len(mine), len(words[at]) or 1)), None
        )
        if near is None:
            yield number, None
            continue
        yield from ((None, at) for at in range(done, near))
        yield number, near
        done = near + 1
    yield from ((None, at) for at in range(done, len(new)))
