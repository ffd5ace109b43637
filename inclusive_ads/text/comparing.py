"""What was done to a text, told from the text as it was and as it is. Knows no language and no lexicon."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from inclusive_ads.report import Edit

_LINE = re.compile(r"[\r\n]*[^\r\n]+|[\r\n]+")
_SENTENCE = re.compile(r"[^.!?>]*[.!?>]+|[^.!?>]+")
_WORD = re.compile(r"[^\S\r\n]+|[^\W_]+(?:['’][^\W_]+)*|.", re.DOTALL)
_LINE_ENDS = frozenset("\r\n")
_STOP = re.compile(r"[.!?]\s")
_LEVELS = (_LINE, _SENTENCE, _WORD)
_SMALL, _MOST = 40_000, 4_000_000  # pairs of pieces that are compared each with each: in one stretch, and in all
_FEWEST_WORDS = 3  # in common between two changes of a line, to be left apart


def edits_between(before: str, after: str) -> tuple[Edit, ...]:
    """The smallest edits of whole words, readable as changes, that turn one text into another.

    Lines that stay are found first, then sentences, then words: by what stands once in each, and where that parts
    the texts no further, by comparing each piece with each. The work of that is bounded: of a long stretch in which
    nothing stands once, what differs becomes one edit.

    Args:
        before: the text as it was.
        after: the text as it is.

    Returns:
        Edits in offsets of `before`, in order and not overlapping; `apply_edits` with them gives `after`. New and
        removed lines take the line end before them, not the one behind.
    """
    return tuple(_from_line_ends(before, _joined(before, _Comparing().edits(before, after, 0, 0))))


class _Comparing:
    """One comparison, with what it may still cost."""

    def __init__(self) -> None:
        self._left = _MOST

    def edits(self, old: str, new: str, at: int, level: int) -> Iterator[Edit]:
        """The edits of a stretch that begins at an offset, in pieces of a level and of those below it."""
        if old == new:
            return
        if level == len(_LEVELS) or not (old and new):
            yield Edit(start=at, end=at + len(old), text=new)
            return
        olds, news = (_LEVELS[level].findall(text) for text in (old, new))
        starts = list(accumulate(map(len, olds), initial=at))
        for i, j, k, m in self._different(olds, news):
            yield from self.edits("".join(olds[i:j]), "".join(news[k:m]), starts[i], level + 1)

    def _different(self, olds: Sequence[str], news: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
        """The stretches ``olds[i:j]`` and ``news[k:m]`` that differ, in order."""
        i = k = 0
        for j, m in (*_anchors(olds, news), (len(olds), len(news))):
            for a, b, c, d in self._between(olds, i, j, news, k, m):
                if b - a == d - c:  # as many new pieces as old ones are the old ones reworded, each a change of its own
                    yield from ((a + n, a + n + 1, c + n, c + n + 1) for n in range(b - a))
                else:
                    yield a, b, c, d
            i, k = j + 1, m + 1

    def _between(
        self, olds: Sequence[str], i: int, j: int, news: Sequence[str], k: int, m: int
    ) -> Iterator[tuple[int, int, int, int]]:
        while i < j and k < m and olds[i] == news[k]:
            i, k = i + 1, k + 1
        while i < j and k < m and olds[j - 1] == news[m - 1]:
            j, m = j - 1, m - 1
        pairs = (j - i) * (m - k)
        if not 0 < pairs <= min(_SMALL, self._left):
            if i < j or k < m:
                yield i, j, k, m
            return
        self._left -= pairs
        steps = SequenceMatcher(str.isspace, olds[i:j], news[k:m], autojunk=False).get_opcodes()
        yield from ((i + a, i + b, k + c, k + d) for what, a, b, c, d in steps if what != "equal")


def _anchors(olds: Sequence[str], news: Sequence[str]) -> list[tuple[int, int]]:
    """Places of pieces that stand once on either side, as many as are in the same order on both."""
    once = [{piece for piece, number in Counter(side).items() if number == 1} for side in (olds, news)]
    there = {piece: place for place, piece in enumerate(news) if piece in once[1]}
    pairs = [(place, there[piece]) for place, piece in enumerate(olds) if piece in once[0] and piece in there]
    # The longest rising row: of each length the row that ends lowest, and before each pair the one that it follows.
    ends: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        rows[length : length + 1] = [number]
        before.append(rows[length - 1] if length else -1)
    found = []
    number = rows[-1] if rows else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _joined(before: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """A word or two between two changes of a sentence would chop them up: one longer change reads better."""
    held: Edit | None = None
    for edit in edits:
        gap = before[held.end : edit.start] if held else ""
        if held is None:
            held = edit
        elif (
            not _LINE_ENDS.isdisjoint(gap)
            or _STOP.search(gap)
            or sum(word[0].isalnum() for word in _WORD.findall(gap)) >= _FEWEST_WORDS
        ):
            yield held
            held = edit
        else:
            held = Edit(start=held.start, end=edit.end, text=held.text + gap + edit.text)
    if held:
        yield held


def _from_line_ends(before: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """What is only new or only removed begins with the line end, where it could as well end with it."""
    done = 0
    for edit in edits:
        start, end, text = edit.start, edit.end, edit.text
        if not text or start == end:
            moved, by = text or before[start:end], 0
            while start - by > done and moved[-1 - by % len(moved)] == before[start - by - 1] in _LINE_ENDS:
                by += 1
            turn = len(text) - by % len(moved) if text else 0
            start, end, text = start - by, end - by, text[turn:] + text[:turn]
        yield Edit(start=start, end=end, text=text)
        done = end
