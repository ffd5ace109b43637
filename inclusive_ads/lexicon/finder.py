"""Finds many phrases in a text at once: literals by one scan, the others where their fixed words stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Generic, TypeVar

from inclusive_ads.lexicon.amounts import FIGURE, FIGURES
from inclusive_ads.lexicon.expressions import compile_ordered
from inclusive_ads.lexicon.glance import OFTEN, Glance, Glances, Need, Shape
from inclusive_ads.lexicon.kept import kept
from inclusive_ads.lexicon.literals import Literals, Packed, pack
from inclusive_ads.lexicon.needs import beginnings, needs
from inclusive_ads.lexicon.patterns import compile_phrase
from inclusive_ads.lexicon.scan_text import bounded
from inclusive_ads.lexicon.shapes import shape
from inclusive_ads.lexicon.vocabulary import Vocabulary

_T = TypeVar("_T")
_Numbers = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
_NOTHING: Need = frozenset(("",))  # of a phrase that needs no words


class Found(Generic[_T]):
    """A phrase that needs an expression, made where its fixed words first stand."""

    def __init__(self, phrase: str, vocabulary: Vocabulary, value: _T) -> None:
        self.phrase = phrase
        self._vocabulary = vocabulary
        self.value = value
        self._asked = 0

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The phrase as an expression, made when it is first needed."""
        return compile_ordered([self.phrase], self._vocabulary)

    @cached_property
    def shape(self) -> Shape:
        """The phrase, to be asked for at a glance."""
        return shape(self.phrase, self._vocabulary)

    def may_stand(self, glance: Glance) -> bool:
        """Whether it is worth asking for it: where its expression is made already, that is sooner asked."""
        if "regex" in self.__dict__:
            return True
        self._asked += 1
        return self._asked > OFTEN or glance.may_hold(self.shape)

    def places(self, text: str, low: int, high: int) -> Iterator[tuple[int, int, _T]]:
        """Where it stands between two offsets: (start, end, value)."""
        for match in self.regex.finditer(text, low, high):
            if bounded(text, *match.span()):
                yield *match.span(), self.value


class Finder(Generic[_T]):
    """Phrases, each with a value, ready to be sought in scan text.

    One that begins with a number is tried wherever a number stands: what goes with it stands in every advert.

    Args:
        phrases: each with the vocabulary of its slots and the value that is given for it.
        reach: characters on each side of a fixed word within which its phrase stands.

    Raises:
        PatternError: a phrase cannot be read, or has no fixed word.
    """

    def __init__(self, phrases: Iterable[tuple[str, Vocabulary, _T]], *, reach: int) -> None:
        self._reach = reach
        self._phrases = list(phrases)
        of = "\n".join(f"{vocabulary.mark} {phrase}" for phrase, vocabulary, _ in self._phrases)
        words, self._figures = kept().value(f"finder {of}", lambda: _table((p, words) for p, words, _ in self._phrases))
        self._words: Literals[_Numbers] = Literals(words)
        self._patterns: dict[int, Found[_T]] = {}  # those that were asked for

    def load(self) -> None:
        """Read now what is otherwise read with the first text that needs it."""
        self._words.load()

    def find(self, text: str) -> Iterator[tuple[int, int, _T]]:
        """Every place of every phrase: (start, end, value), overlapping, in no order."""
        tried: set[tuple[int, int]] = set()
        glances = Glances(text)
        for (literals, numbered, anchored), start, end in self._words.find(text):
            for number in literals:
                yield start, end, self._phrases[number][2]
            if numbered:
                yield from _beginning(map(self._pattern, numbered), text, start, glances.at(start, end))
            if anchored:
                low, high = self._around(text, start, end)
                glance = glances.at(low, high)
                for number in anchored:
                    if (number, low) not in tried:
                        tried.add((number, low))
                        pattern = self._pattern(number)
                        if pattern.may_stand(glance):
                            yield from pattern.places(text, low, high)
        standing: dict[Glance, list[Found[_T]]] = {}  # those that may stand in a line
        for figure in FIGURES.finditer(text) if self._figures else ():
            glance = glances.at(*figure.span())
            if glance not in standing:
                standing[glance] = [p for p in map(self._pattern, self._figures) if p.may_stand(glance)]
            yield from _beginning(standing[glance], text, figure.start(), glance)

    def _pattern(self, number: int) -> Found[_T]:
        if number not in self._patterns:
            self._patterns[number] = Found(*self._phrases[number])
        return self._patterns[number]

    def _around(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The stretch of a line in which a phrase stands whose fixed words are at ``text[start:end]``."""
        low, high = max(0, start - self._reach), min(len(text), end + self._reach)
        line_end = text.find("\n", end, high)
        return text.rfind("\n", low, start) + 1 or low, line_end if line_end >= 0 else high


def _table(phrases: Iterable[tuple[str, Vocabulary]]) -> tuple[Packed, list[int]]:
    """Strings with the numbers of phrases: those that it is, that it begins with its number, and that it is a part of.

    And the numbers of those that begin with a figure.
    """
    words: dict[str, tuple[list[int], list[int], list[int]]] = defaultdict(lambda: ([], [], []))
    figures = []
    for number, (phrase, vocabulary) in enumerate(phrases):
        numbers = beginnings(phrase, vocabulary)
        if FIGURE in numbers:
            figures.append(number)
            for word in numbers:
                if word != FIGURE:
                    words[word][1].append(number)
            continue
        compiled = compile_phrase(phrase, vocabulary)
        for literal in compiled.literals:
            words[literal][0].append(number)
        for anchor in compiled.anchors:
            words[anchor][2].append(number)
    return pack((word, (tuple(a), tuple(b), tuple(c))) for word, (a, b, c) in words.items()), figures


def _beginning(patterns: Iterable[Found[_T]], text: str, start: int, glance: Glance) -> Iterator[tuple[int, int, _T]]:
    for pattern in patterns:
        if pattern.may_stand(glance) and (match := pattern.regex.match(text, start)):
            yield *match.span(), pattern.value


class Sieve(Generic[_T]):
    """Phrases of which a sentence is asked only those that have some word of each of their parts in it.

    Args:
        phrases: as for a `Finder`, and whether the phrase must open the sentence.
        behind: signs that may stand before a phrase that opens; the number of an item may, too ("Q3", "b)").

    Raises:
        PatternError: a phrase cannot be read.
    """

    def __init__(self, phrases: Iterable[tuple[str, Vocabulary, _T, bool]], *, behind: str) -> None:
        self._behind = re.compile(rf"[{re.escape(behind)}]*(?:(?:[a-z]?\d{{1,2}}[a-z]?[.:)]*|[a-z]\)) +)?")
        self._phrases = list(phrases)
        of = "\n".join(f"{vocabulary.mark} {phrase}" for phrase, vocabulary, *_ in self._phrases)
        self._words, self._rarest = kept().value(
            f"sieve {of}", lambda: _sifted((phrase, words) for phrase, words, *_ in self._phrases)
        )
        self._patterns: dict[int, Found[_T]] = {}  # those that were asked for

    def find(self, text: str, is_asked: Callable[[_T], bool]) -> Iterator[tuple[int, int, _T]]:
        """Every place of every phrase whose value is asked for: (start, end, value), phrase by phrase."""
        glance = Glance(text)
        present: set[int] = set()
        for word in self._words.keys() & {"", *glance.words, *glance.joined()}:
            present.update(self._words[word])
        opening = behind.end() if (behind := self._behind.match(text)) else 0
        met = [
            number
            for need in present & self._rarest.keys()
            for number, others in self._rarest[need]
            if present.issuperset(others) and is_asked(self._phrases[number][2])
        ]
        for number in sorted(met):
            phrase, vocabulary, value, opens = self._phrases[number]
            if number not in self._patterns:
                self._patterns[number] = Found(phrase, vocabulary, value)
            pattern = self._patterns[number]
            if opens:
                yield from _beginning([pattern], text, opening, glance)
            elif glance.may_hold(pattern.shape):
                yield from pattern.places(text, 0, len(text))


def _sifted(
    phrases: Iterable[tuple[str, Vocabulary]],
) -> tuple[dict[str, tuple[int, ...]], dict[int, list[tuple[int, tuple[int, ...]]]]]:
    """Each word with the needs that it meets; each need with the phrases whose rarest it is.

    A need is its number; a phrase is its number, and its other needs.
    """
    numbers: dict[Need, int] = {}
    rarest: dict[int, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
    for number, (phrase, vocabulary) in enumerate(phrases):
        first, *others = (numbers.setdefault(need, len(numbers)) for need in needs(phrase, vocabulary) or [_NOTHING])
        rarest[first].append((number, tuple(others)))
    words: dict[str, list[int]] = defaultdict(list)
    for need, own in numbers.items():
        for word in need:
            words[word].append(own)
    return {word: tuple(own) for word, own in words.items()}, dict(rarest)
