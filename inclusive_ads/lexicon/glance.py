"""Whether a phrase can stand in a text, seen at a glance: by the words of the text, in all its places at once.

A set of places between words is a number, each place one of its bits. A part of a phrase takes the places where it may
begin to those where it may then end, in one step for all of them. What stands beside words (commas, brackets, slashes)
is not looked at, so a glance lets through more than stands there, and never less: an expression tells the rest. It is
made only for what a glance has let through, and most never is: an expression writes out every list of its phrase.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Protocol

from inclusive_ads.lexicon.kept import long_expression

# A clause's end with what is left of the word behind it, a sign of masked text, masked digits, or letters and digits.
_UNIT = re.compile(r";[^\W_]*|([\ue000-\uf8ff])\1*|\*+|[^\W_]+")
_DASH = "\ue009"  # a comma by another name
_END = ";"  # no gap goes on behind it
_SHORTENED = {_END, *map(chr, range(0xE000, 0xE010))}
OFTEN = 200  # times; a phrase that is asked for oftener had better have its expression, which is sooner asked
_LINE = 1_000  # characters; a longer one is looked at in pieces


class Way(Protocol):
    """A part of a phrase."""

    @property
    def firsts(self) -> frozenset[str] | None:
        """Words one of which begins it; None where these are too many, or are no words."""

    @property
    def lasts(self) -> frozenset[str] | None:
        """Words one of which ends it, likewise."""

    @property
    def needed(self) -> Need:
        """Words one of which it holds; none where it can do without."""

    def ends(self, glance: Glance, places: int) -> int:
        """Where it may end, if it begins at one of the places."""


Shape = tuple[Way, ...]
Need = frozenset[str]


class Glance:
    """A text as its words.

    Args:
        text: scan text, or masked text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.known: dict[tuple[Way, int], int] = {}  # where a part ends, by the part and the places
        self._inner = 0  # places within a chunk: no space is before them
        self._crossed = 0  # places of words that may stand in a gap
        self._everywhere = 0
        self._ends: list[int] = []  # offsets
        self._spans: dict[str, list[tuple[int, int]]] = {}

    def joined(self) -> Iterator[str]:
        """Each word with the next."""
        return map(" ".join, itertools.pairwise(units_of(self.text)))

    @cached_property
    def words(self) -> dict[str, int]:
        """Each word with the places where it begins."""
        words: dict[str, int] = {}
        place = 1
        for chunk in self.text.split():
            if chunk.isalnum():
                words[chunk] = words.get(chunk, 0) | place
                place <<= 1
                continue
            first = place
            for unit in units_of(chunk):
                words[unit] = words.get(unit, 0) | place
                place <<= 1
            if place > first << 1:
                self._inner |= place - (first << 1)
        self._crossed = (place - 1) & ~words.get(_END, 0)
        self._everywhere = place * 2 - 1
        return words

    def may_hold(self, shape: Shape) -> bool:
        """Whether a phrase can stand somewhere in the text."""
        return bool(self.words) and bool(self.ends(shape, self._everywhere))

    def ends(self, shape: Shape, places: int) -> int:
        """Where the parts of a phrase may end, one after the other, if they begin at one of the places."""
        for way in shape:
            places = way.ends(self, places)
            if not places:
                return 0
        return places

    def further(self, places: int) -> int:
        """One word of a gap further: to any place within the next chunk, or at its end."""
        found = (places & self._crossed) << 1
        inner = found & self._inner
        while inner:
            step = (inner & self._crossed) << 1
            inner = step & self._inner & ~found
            found |= step
        return found

    def spans(self, source: str) -> list[tuple[int, int]]:
        """For each place where an expression fits: the place, and those where it may end."""
        if source not in self._spans:
            self._spans[source] = list(self._spans_of(_expression(source)))
        return self._spans[source]

    def _spans_of(self, expression: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        if not self._ends:
            self._ends = [match.end() for match in _found_units(self.text)]
        offset = 0
        while match := expression.search(self.text, offset):
            first = bisect_right(self._ends, match.start())
            if first == len(self._ends):
                return
            last = bisect_left(self._ends, match.end())
            yield 1 << first, (2 << last + 1) - (2 << first)
            offset = self._ends[first]


class Glances:
    """Glances at the lines of one text, each made once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._made: dict[tuple[int, int], Glance] = {}

    def at(self, low: int, high: int) -> Glance:
        """A glance at the stretch between two offsets of a line, or at all of its line."""
        start, end = self._text.rfind("\n", 0, low) + 1, self._text.find("\n", high)
        end = end if end >= 0 else len(self._text)
        place = (start, end) if end - start <= _LINE else (low, high)
        if place not in self._made:
            self._made[place] = Glance(self._text[slice(*place)])
        return self._made[place]


@lru_cache(maxsize=256)
def _expression(source: str) -> re.Pattern[str]:
    # It begins with a word, or with a sign that may stand right behind one: "an hour; those".
    return long_expression(rf"(?:(?<![^\W_])|(?![^\W_]))(?:{source})")


def units_of(text: str) -> list[str]:
    """The words of a text: a sign however long, and a clause's end without what is behind it."""
    return [unit[0] if unit[0] in _SHORTENED else unit for unit in map(itemgetter(0), _found_units(text))]


def _found_units(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _UNIT.finditer(text) if match[0][0] != _DASH)
