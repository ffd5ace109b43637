"""Phrases as parts that a glance at a text can follow: words, lists of words, gaps and expressions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Container, Iterable
from functools import cached_property, lru_cache

from inclusive_ads.lexicon.glance import Glance, Need, Shape, Way, units_of
from inclusive_ads.lexicon.phrases import Gap, Part, Sequence, Slot, Word, parse
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.vocabulary import Vocabulary

_LAZY = re.compile(r"[*+?}]\?")  # in an expression: it may go on beyond where it first fits
_FAR = 40  # words; none of those expressions goes further
_MOST_FIRSTS = 40  # words; a list that begins with more is asked as a whole
_NOTHING: Need = frozenset()


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
        return _Word(ways[0][0]) if len(ways) == 1 and len(ways[0]) == 1 else _Any(ways, (), vocabulary.common)
    if isinstance(part, Slot):
        return _slot(part.name, vocabulary)
    return _any(part.options, vocabulary, empty=part.optional)


@lru_cache(maxsize=1 << 14)  # many phrases share one
def _slot(name: str, vocabulary: Vocabulary) -> Way:
    source = vocabulary.builtin.get(name)
    if source is None:
        return _any(vocabulary.slot(name), vocabulary)
    if name == "word":
        return _Gap(1, 1)
    return _Gap(1, _FAR) if _LAZY.search(source) else _Builtin(source, vocabulary.signs.get(name, ""))


def _any(options: Iterable[Sequence], vocabulary: Vocabulary, *, empty: bool = False) -> _Any:
    words: list[tuple[str, ...]] = [()] if empty else []
    shapes: list[Shape] = []
    for option in options:
        if all(isinstance(part, Word) and vocabulary.is_plain(part.text) for part in option.parts):
            words.append(tuple(part.text for part in option.parts if isinstance(part, Word)))
            continue
        ways: list[tuple[str, ...]] = [()]
        for part in option.parts:
            if not isinstance(part, Word):
                shapes.append(_shape(option, vocabulary))
                break
            ways = [(*way, *more) for way in ways for more in _written(part, vocabulary)]
        else:
            words.extend(ways)
    return _Any(words, shapes, vocabulary.common)


def _written(word: Word, vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """All ways to write a word of a phrase, as the words of a text that they are."""
    ways = vocabulary.words(word.text, alone=False)
    return list(dict.fromkeys(tuple(units_of(text)) for way in ways for text in (way, way.replace("'", ""))))


class _Word:
    """One word that is written in one way."""

    def __init__(self, word: str) -> None:
        self._word = word
        self.firsts = frozenset((word,))
        self.lasts = self.firsts
        self.needed = self.firsts

    def ends(self, glance: Glance, places: int) -> int:
        return (places & glance.words.get(self._word, 0)) << 1


class _Any:
    """One of several: words one after the other, or parts of any kind."""

    def __init__(self, words: Iterable[tuple[str, ...]], shapes: Iterable[Shape], common: Container[str] = ()) -> None:
        self._shapes = tuple(shapes)
        self._common = common
        self._words = tuple(dict.fromkeys(words))
        self._empty = () in self._words
        self._open: list[Shape] = []  # may begin with too much
        # By the first word: whether it stands alone, how it goes on, and the shapes that it begins.
        self._begun: dict[str, tuple[list[bool], list[tuple[str, ...]], list[Shape]]] = {}
        for first, *rest in filter(None, self._words):
            alone, rests, _ = self._begun.setdefault(first, ([], [], []))
            if rest:
                rests.append(tuple(rest))
            else:
                alone.append(True)
        for shape in self._shapes:
            firsts = shape[0].firsts if shape else None
            if firsts is None:
                self._open.append(shape)
            else:
                for first in firsts:
                    self._begun.setdefault(first, ([], [], []))[2].append(shape)

    @cached_property
    def firsts(self) -> frozenset[str] | None:
        """The first word of each of its ways."""
        return None if self._empty or self._open or len(self._begun) > _MOST_FIRSTS else frozenset(self._begun)

    @cached_property
    def lasts(self) -> frozenset[str] | None:
        """The last word of each of its ways."""
        ends = [shape[-1].lasts if shape else None for shape in self._shapes]
        if self._empty or not all(ends):
            return None
        found = _NOTHING.union(*filter(None, ends), (way[-1] for way in self._words))
        return found if len(found) <= _MOST_FIRSTS else None

    @cached_property
    def needed(self) -> Need:
        """The rarest word of each of its ways, or two that follow each other."""
        if self._empty:
            return _NOTHING
        rarity = frequency(self._common)
        ways = [
            min((way.needed for way in shape if way.needed), key=rarity, default=_NOTHING) for shape in self._shapes
        ]
        return _NOTHING.union(*ways, map(_rarest, self._words)) if all(ways) else _NOTHING

    def ends(self, glance: Glance, places: int) -> int:
        key = self, places
        known = glance.known.get(key)
        if known is None:
            known = glance.known[key] = self._ends(glance, places)
        return known

    def _ends(self, glance: Glance, places: int) -> int:
        found = places if self._empty else 0
        words = glance.words
        for first in words.keys() & self._begun.keys():
            start = places & words[first]
            if not start:
                continue
            alone, rests, shapes = self._begun[first]
            if alone:
                found |= start << 1
            for rest in rests:
                end = start << 1
                for word in rest:
                    end = (end & words.get(word, 0)) << 1
                    if not end:
                        break
                found |= end
            for shape in shapes:
                found |= glance.ends(shape, start)
        for shape in self._open:
            found |= glance.ends(shape, places)
        return found


class _Gap:
    """Any words, so many at least and at most."""

    firsts = lasts = None
    needed = _NOTHING

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
    """A slot that is an expression; of signs, where it needs one."""

    def __init__(self, source: str, signs: str = "") -> None:
        self._source = source
        self.needed = frozenset(signs)
        self.firsts = self.lasts = self.needed or None

    def ends(self, glance: Glance, places: int) -> int:
        found = 0
        for start, ends in glance.spans(self._source):
            if places & start:
                found |= ends
        return found


def frequency(common: Container[str]) -> Callable[[Need], float]:
    """Roughly how often one of some words stands anywhere: with each letter half as often, common words always."""
    return lambda need: sum(1 if word in common else 0.5 ** len(word) for word in need)


def _rarest(words: tuple[str, ...]) -> str:
    return max(map(" ".join, itertools.pairwise(words)), key=len) if len(words) > 1 else words[0]
