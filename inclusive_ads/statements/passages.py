"""Which blocks of an advert are running text, and where a passage of it ends: the only places for a new paragraph.

Lines of facts, menus, buttons, contents lists and labels are none: what stands between two of them belongs to neither.
Blocks are named by their index among those of the body.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.statements.library import Hit
from inclusive_ads.text.document import Block

_FULL = 20  # words; a shorter first paragraph may be a field list or a greeting
_LONG = 12  # words; a shorter line is running text only if it is a sentence
_SENTENCE = 2  # words, with a stop at their end
_STOPS = (".", "!")
_LINE_LONGEST = 60  # characters; a longer line is no button and no close of a letter
_LEADERS = "...."  # in a line of a contents list
_ROUND = " :.!,>|*-"


class Passages:
    """The running text of one advert.

    Args:
        advert: the advert.
        hits: its cues for statements.

    Attributes:
        blocks: those of the body; nothing goes into a note, a header or a footer.
        buttons: blocks that are a button of a page ("Apply now"), which tells nobody how to apply.
        telling: blocks of running text that tell how to apply, in order.
    """

    def __init__(self, advert: Advert, hits: Mapping[str, Sequence[Hit]]) -> None:
        self._advert = advert
        self.blocks: tuple[Block, ...] = tuple(block for block in advert.blocks if not block.beside)
        self.buttons = frozenset(self._lines(hits.get("button", ()), whole=True))
        self._ends = frozenset(self._lines(hits.get("end", ()), whole=False))
        applying = dict.fromkeys(advert.number(hit.start) for hit in hits.get("apply", ()))
        self.telling = tuple(index for index in applying if index < len(self.blocks) and self.is_text(index))

    def _lines(self, hits: Iterable[Hit], *, whole: bool) -> Iterable[int]:
        for hit in hits:
            block = self._advert.block(hit.start)
            rest = self._advert.text[hit.end : block.end].strip(_ROUND)
            if hit.start == block.start and block.end - block.start <= _LINE_LONGEST and not (whole and rest):
                yield self._advert.number(hit.start)

    def is_text(self, index: int, *, known: bool = True) -> bool:
        """Whether a block is running text: a paragraph, a cell that holds one, or an item of a list.

        Args:
            known: whether it is known to stand under a heading of its own; elsewhere a list of few words may be a
                menu or the contents.
        """
        block = self.blocks[index]
        if block.kind == "heading" or index in self.buttons or index in self._ends:
            return False
        if block.kind == "item":
            return known or self._listed[index]
        field = self._advert.field(block.start)
        if field and field.fact:
            return False
        return self._is_sentence(index)

    def _is_sentence(self, index: int) -> bool:
        if self._advert.text.find(_LEADERS, self.blocks[index].start, self.blocks[index].end) >= 0:
            return False
        words = self._words(index)
        ends = self._advert.text.endswith(_STOPS, self.blocks[index].start, self.blocks[index].end)
        return words >= _LONG or (ends and words >= _SENTENCE)

    @cached_property
    def _listed(self) -> list[bool]:
        """For each block whether it stands in a list with a sentence in it."""
        found = [False] * len(self.blocks)
        first = 0
        for index, block in enumerate((*self.blocks, None)):
            if block is None or block.kind != "item":
                if any(map(self._is_sentence, range(first, index))):
                    found[first:index] = [True] * (index - first)
                first = index + 1
        return found

    def _words(self, index: int) -> int:
        return self._advert.text.count(" ", self.blocks[index].start, self.blocks[index].end) + 1

    def can_follow(self, index: int) -> bool:
        """Whether what is put after a block stands before the next one: in a cell of labels, say, it does not."""
        if index + 1 >= len(self.blocks):
            return True
        document, after = self._advert.document, self.blocks[index + 1]
        place = document.insertion(self.blocks[index], "x").start
        return place <= document.span(after.start, after.end)[0]

    def splits_list(self, index: int) -> bool:
        """Whether the blocks on both sides of a gap are items of one list."""
        return index + 1 < len(self.blocks) and self.blocks[index].kind == self.blocks[index + 1].kind == "item"

    def end(self, first: int, last: int) -> int:
        """The last block of running text between two (both taken in) after which a paragraph can go; -1 for none.

        They are those of a part with a heading. The close of a letter or what a page puts under an advert ends it.
        """
        found = -1
        for index in range(first, last + 1):
            if found >= 0 and index in self._ends:
                break
            if self.is_text(index) and self._is_gap(index):
                found = index
        return found

    def end_above(self, index: int) -> int:
        """As `end`, for all that stands above a block, with a heading or without."""
        return self._ends_above[index]

    @cached_property
    def _ends_above(self) -> list[int]:
        found = [-1]
        closed = False
        for index in range(len(self.blocks)):
            closed = closed or (found[-1] >= 0 and index in self._ends)
            ends = not closed and self.is_text(index, known=False) and self._is_gap(index)
            found.append(index if ends else found[-1])
        return found

    def _is_gap(self, index: int) -> bool:
        return self.can_follow(index) and not self.splits_list(index)

    def until_applying(self, first: int, last: int) -> int:
        """The last block between two before those that tell how to apply; `last` where none does or the first does."""
        begun = next((index for index in range(first, last + 1) if self.is_text(index)), last)
        next_one = bisect_right(self.telling, begun)
        telling = min(self.telling[next_one], last + 1) if next_one < len(self.telling) else last + 1
        while telling <= last and self.splits_list(telling - 1):  # a point of a list: the list stays whole
            telling += 1
        return telling - 1

    def opening(self) -> tuple[int, int]:
        """The passage that an advert without headings opens with: its first block, and the one where it ends (-1)."""
        running = [index for index in range(len(self.blocks)) if self._may_open(index)]
        full = (index for index in running if self.blocks[index].kind != "item" and self._words(index) > _FULL)
        first = next(full, running[0] if running else len(self.blocks))
        last = first
        while last + 1 < len(self.blocks) and self.blocks[last + 1].kind != "heading":
            last += 1
        return first, self.end(first, self.until_applying(first, min(last, len(self.blocks) - 1)))

    def _may_open(self, index: int) -> bool:
        """Whether a block is running text that may be about the role: not under a heading for something else."""
        return (
            self.is_text(index, known=False)
            and index not in self.telling
            and not self._advert.section(self.blocks[index].start)
        )

    def close(self) -> int:
        """The block that closes the text (a letter's end, a page's other matters); the number of blocks for none."""
        below = (index for index in sorted(self._ends) if self._ends_above[index] >= 0)
        return next(below, len(self.blocks))
