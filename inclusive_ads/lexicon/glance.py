"""Whether a phrase can stand in a text, seen at a glance: by the words of the text, in all its places at once.

A set of places between words is a number, each place one of its bits. A part of a phrase takes the places where it may
begin to those where it may then end, in one step for all of them. What stands beside words (commas, brackets, slashes)
is not looked at, so a glance lets through more than stands there, and never less: an expression tells the rest. It is
made only for what a glance has let through, and most never is: an expression writes out every list of its phrase.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Protocol

from inclusive_ads.lexicon.phrases import Gap, Part, Sequence, Slot, Word, parse
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.vocabulary import Vocabulary

# A clause's end with what is left of the word behind it, a sign of masked text, masked digits, or letters and digits.
_UNIT = re.compile(r";[^\W_]*|([\ue000-\uf8ff])\1*|\*+|[^\W_]+")
_DASH = "\ue009"  # a comma by another name
_END = ";"  # no gap goes on behind it
_SHORTENED = {_END, *map(chr, range(0xE000, 0xE010))}
_LAZY = re.compile(r"[*+?}]\?")  # in an expression: it may go on beyond where it first fits
_FAR = 40  # words; none of those expressions goes further
_MOST_FIRSTS = 40
_LINE = 1_000  # characters; a longer one is looked at in pieces


class Way(Protocol):
    """A part of a phrase.

    Attributes:
        firsts: words one of which begins it; None where these are too many, or are no words.
    """

    firsts: frozenset[str] | None

    def ends(self, glance: Glance, places: int) -> int:
        """Where it may end, if it begins at one of the places."""


Shape = tuple[Way, ...]


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
            for unit in _units(chunk):
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


class _Word:
    """One word that is written in one way."""

    def __init__(self, word: str) -> None:
        self._word = word
        self.firsts: frozenset[str] | None = frozenset((word,))

    def ends(self, glance: Glance, places: int) -> int:
        return (places & glance.words.get(self._word, 0)) << 1


class _Any:
    """One of several: words one after the other, or parts of any kind."""

    def __init__(self, words: Iterable[tuple[str, ...]], shapes: Iterable[Shape]) -> None:
        self._words: dict[str, list[tuple[str, ...]]] = defaultdict(list)  # how it goes on, by its first word
        self._begun: dict[str, list[Shape]] = defaultdict(list)
        self._open: list[Shape] = []  # may begin with too much
        self._empty = False
        for way in dict.fromkeys(words):
            if way:
                self._words[way[0]].append(way[1:])
            else:
                self._empty = True
        for shape in shapes:
            firsts = _firsts(shape)
            if firsts is None:
                self._open.append(shape)
            else:
                for first in firsts:
                    self._begun[first].append(shape)
        firsts = frozenset(self._words).union(self._begun)
        self.firsts = None if self._empty or self._open or len(firsts) > _MOST_FIRSTS else firsts

    def ends(self, glance: Glance, places: int) -> int:
        key = self, places
        known = glance.known.get(key)
        if known is None:
            known = glance.known[key] = self._ends(glance, places)
        return known

    def _ends(self, glance: Glance, places: int) -> int:
        found = places if self._empty else 0
        words = glance.words
        for first in words.keys() & self._words.keys():
            start = (places & words[first]) << 1
            if start:
                for rest in self._words[first]:
                    end = start
                    for word in rest:
                        end = (end & words.get(word, 0)) << 1
                        if not end:
                            break
                    found |= end
        for first in words.keys() & self._begun.keys():
            start = places & words[first]
            if start:
                for shape in self._begun[first]:
                    found |= glance.ends(shape, start)
        for shape in self._open:
            found |= glance.ends(shape, places)
        return found


def _firsts(shape: Shape) -> frozenset[str] | None:
    """Words one of which begins a phrase; None where these are too many, or are no words."""
    return shape[0].firsts if shape else None


class _Gap:
    """Any words, so many at least and at most."""

    firsts: frozenset[str] | None = None

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def ends(self, glance: Glance, places: int) -> int:
        found = 0 if self._least else places
        for number in range(1, self._most + 1):
            places = glance.further(places)
            if not places:
                break
            if number >= self._least:
                found |= places
        return found


class _Builtin:
    """A slot that is an expression."""

    firsts: frozenset[str] | None = None

    def __init__(self, source: str) -> None:
        self._source = source

    def ends(self, glance: Glance, places: int) -> int:
        found = 0
        for start, ends in glance.spans(self._source):
            if places & start:
                found |= ends
        return found


@lru_cache(maxsize=256)
def _expression(source: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{source})")  # it begins with a word


@lru_cache(maxsize=1 << 16)  # every checker of a process asks for the same
def shape(phrase: str, vocabulary: Vocabulary) -> Shape:
    """A phrase, to be asked for at a glance.

    Raises:
        PatternError: it cannot be read, or a slot is not there.
    """
    return _shape(parse(scan_text(phrase)), vocabulary)


def _shape(sequence: Sequence, vocabulary: Vocabulary) -> Shape:
    return tuple(_way(part, vocabulary) for part in sequence.parts)


def _way(part: Part, vocabulary: Vocabulary) -> Way:
    if isinstance(part, Gap):
        return _Gap(part.least, part.most)
    if isinstance(part, Word):
        ways = _written(part, vocabulary)
        return _Word(ways[0][0]) if len(ways) == 1 and len(ways[0]) == 1 else _Any(ways, ())
    if isinstance(part, Slot):
        if part.name not in vocabulary.shapes:
            vocabulary.shapes[part.name] = _slot(part.name, vocabulary)
        return vocabulary.shapes[part.name]
    return _any(part.options, vocabulary, empty=part.optional)


def _slot(name: str, vocabulary: Vocabulary) -> Way:
    source = vocabulary.builtin.get(name)
    if source is None:
        return _any(vocabulary.slot(name), vocabulary)
    if name == "word":
        return _Gap(1, 1)
    return _Gap(1, _FAR) if _LAZY.search(source) else _Builtin(source)


def _any(options: Iterable[Sequence], vocabulary: Vocabulary, *, empty: bool = False) -> _Any:
    words: list[tuple[str, ...]] = [()] if empty else []
    shapes: list[Shape] = []
    for option in options:
        ways: list[tuple[str, ...]] = [()]
        for part in option.parts:
            if not isinstance(part, Word):
                shapes.append(_shape(option, vocabulary))
                break
            ways = [(*way, *more) for way in ways for more in _written(part, vocabulary)]
        else:
            words.extend(ways)
    return _Any(words, shapes)


def _written(word: Word, vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """All ways to write a word of a phrase, as the words of a text that they are."""
    ways = vocabulary.words(word.text, alone=False)
    return list(dict.fromkeys(tuple(_units(text)) for way in ways for text in (way, way.replace("'", ""))))


def _units(text: str) -> list[str]:
    """The words of a text: a sign however long, and a clause's end without what is behind it."""
    return [unit[0] if unit[0] in _SHORTENED else unit for unit in map(itemgetter(0), _found_units(text))]


def _found_units(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _UNIT.finditer(text) if match[0][0] != _DASH)
