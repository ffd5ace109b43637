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
from inclusive_ads.text.edited import edited
from inclusive_ads.text.edits import place
from inclusive_ads.text.readers.cleaning import Cleaner

_MOST_STEPS = 4_000_000  # pairs of lines that are compared; beyond, lines are paired in order
_BREAK = re.compile("\r\n?")
_REACH = 50  # lines among which the new wording of one is looked for

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
        form = "markdown" if self.given.format == "markdown" else "text"
        plain = Document.from_text(self.text, format=form, limit=self._limit)
        if self.given.format not in ("docx", "eml", "html") or plain.format != form:
            return plain
        return self._carried() if self.given.format == "html" else edited(self.given, self.edits, limit=self._limit)

    @property
    def unmade(self) -> int:
        """How many changes stand in text that is locked or taken in from another file: they cannot be made in it."""
        return sum(not self.given.can_change(edit) for edit in self.edits)

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of ``given.source`` that make it read like `text`; in order, not overlapping."""
        if self.text == self.before:
            return ()
        if self.given.format == "html":
            return self._html_edits()
        return self._with_line_ends(edits_between(self.before, self.text))

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
        return list(_renewed(_paired(*self._lines), self._lines[1]))

    def _carried(self) -> Document:
        was = {new: old for old, new in self._pairs if old is not None and new is not None}
        cleaner = Cleaner(self.text)
        cleaner.not_read.extend(self.given.not_read)
        start = 0
        for number, line in enumerate(self._lines[1]):
            block = self.given.blocks[was[number]] if number in was else None
            cleaner.add(start, start + len(line))
            cleaner.close(*(block.kind, block.level) if block else ("paragraph", 0))
            start += len(line) + 1
        return Document(self.text, cleaner, "text")

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
                found += self.given.without(block)
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


def _renewed(pairs: Iterable[Pair], new: Sequence[str]) -> Iterator[Pair]:
    """A line that goes right where another comes has become that one, and lends it its paragraph."""
    gone: Pair | None = None
    for before, after in pairs:
        if before is None:
            fills = gone is not None and after is not None and new[after].strip()
            yield (gone[0], after) if gone and fills else (before, after)
            gone = None if fills else gone
            continue
        if gone:
            yield gone
        gone = (before, None) if after is None else None
        if after is not None:
            yield before, after
    if gone:
        yield gone


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
