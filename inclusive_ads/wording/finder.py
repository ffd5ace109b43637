"""Finds many phrases in a text at once: literals by one scan, the others where their fixed words stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

from inclusive_ads.lexicon.needs import Need, beginnings, needs
from inclusive_ads.lexicon.patterns import (
    FIGURE,
    FIGURES,
    Vocabulary,
    bounded,
    check_phrase,
    compile_phrase,
    regex_source,
    scan_text,
)
from inclusive_ads.lexicon.phrases import PatternError, parse

_T = TypeVar("_T")
_SPACES = re.compile("  +")


class Found(Generic[_T]):
    """A phrase that needs an expression, made where its fixed words first stand."""

    def __init__(self, phrase: str, vocabulary: Vocabulary, value: _T) -> None:
        self.phrase = phrase
        self._vocabulary = vocabulary
        self.value = value

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(regex_source([self.phrase], self._vocabulary))


class Finder(Generic[_T]):
    """Phrases, each with a value, ready to be sought in scan text.

    Args:
        phrases: each with the vocabulary of its slots and the value that is given for it.
        reach: characters on each side of a fixed word within which its phrase stands.

    Raises:
        PatternError: a phrase cannot be read, or has no fixed word.
    """

    def __init__(self, phrases: Iterable[tuple[str, Vocabulary, _T]], *, reach: int) -> None:
        self._reach = reach
        literals: dict[str, list[_T]] = defaultdict(list)
        anchors: dict[str, list[Found[_T]]] = defaultdict(list)
        numbered: dict[str, list[Found[_T]]] = defaultdict(list)
        self._anywhere: list[Found[_T]] = []
        for phrase, vocabulary, value in phrases:
            begins = beginnings(parse(scan_text(phrase)), vocabulary)
            if FIGURE in begins:
                pattern = Found(phrase, vocabulary, value)
                for word in begins:
                    numbered[word].append(pattern)
                continue
            try:
                compiled = compile_phrase(phrase, vocabulary)
            except PatternError:
                check_phrase(phrase, vocabulary)
                # No fixed word to look for: sought everywhere.
                self._anywhere.append(Found(phrase, vocabulary, value))
                continue
            for literal in compiled.literals:
                literals[literal].append(value)
            pattern = Found(phrase, vocabulary, value)
            for anchor in compiled.anchors:
                anchors[anchor].append(pattern)
        self._figures = numbered.pop(FIGURE, [])
        words = dict.fromkeys((*literals, *anchors, *numbered))
        self._values = [(literals.get(word, ()), numbered.get(word, ()), anchors.get(word, ())) for word in words]
        self._scan = AhoCorasick(list(words))

    def find(self, text: str) -> Iterator[tuple[int, int, _T]]:
        """Every place of every phrase: (start, end, value), overlapping, in no order."""
        for pattern in self._anywhere:
            for match in pattern.regex.finditer(text):
                yield *match.span(), pattern.value
        tried: set[tuple[int, int]] = set()
        for index, start, end in _whole(self._scan.find_matches_as_indexes(text, overlapping=True), text):
            values, numbered, patterns = self._values[index]
            for value in values:
                yield start, end, value
            yield from _starting(numbered, text, start)
            if not patterns:
                continue
            low, high = self._around(text, start, end)
            for pattern in patterns:
                if (id(pattern), low) in tried:
                    continue
                tried.add((id(pattern), low))
                for match in pattern.regex.finditer(text, low, high):
                    if bounded(text, *match.span()):
                        yield *match.span(), pattern.value

        for figure in FIGURES.finditer(text) if self._figures else ():
            yield from _starting(self._figures, text, figure.start())

    def _around(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The stretch of a line in which a phrase stands whose fixed words are at ``text[start:end]``."""
        low, high = max(0, start - self._reach), min(len(text), end + self._reach)
        line_end = text.find("\n", end, high)
        return text.rfind("\n", low, start) + 1 or low, line_end if line_end >= 0 else high


def _starting(patterns: Iterable[Found[_T]], text: str, start: int) -> Iterator[tuple[int, int, _T]]:
    for pattern in patterns:
        if match := pattern.regex.match(text, start):
            yield *match.span(), pattern.value


def _whole(hits: Iterable[tuple[int, int, int]], text: str) -> Iterator[tuple[int, int, int]]:
    """The hits that are whole words (`bounded`, written out: it is asked of every hit)."""
    length = len(text)
    for index, start, end in hits:
        if start and text[start].isalnum() and (text[start - 1].isalnum() or text[start - 1] == "_"):
            continue
        if end < length and text[end - 1].isalnum() and (text[end].isalnum() or text[end] == "_"):
            continue
        yield index, start, end


class Sieve(Generic[_T]):
    """Phrases that are tried on a sentence only if some word of each of their parts stands in it.

    Args:
        phrases: as for a `Finder`, and whether the phrase must open the sentence.
        behind: signs that may stand before a phrase that opens.

    Raises:
        PatternError: a phrase cannot be read.
    """

    def __init__(self, phrases: Iterable[tuple[str, Vocabulary, _T, bool]], *, behind: str) -> None:
        self._behind = behind
        bits: dict[Need, int] = {}  # a bit for each need
        self._patterns: list[tuple[int, bool, Found[_T]]] = []
        for phrase, vocabulary, value, opens in phrases:
            check_phrase(phrase, vocabulary)
            wanted = {bits.setdefault(need, 1 << len(bits)) for need in needs(parse(scan_text(phrase)), vocabulary)}
            self._patterns.append((sum(wanted), opens, Found(phrase, vocabulary, value)))
        words: dict[str, int] = defaultdict(int)
        for need, bit in bits.items():
            for word in need:
                words[word] |= bit
        self._bits = list(words.values())
        self._scan = AhoCorasick(list(words))

    def find(self, text: str) -> Iterator[tuple[int, int, _T]]:
        """Every place of every phrase: (start, end, value), phrase by phrase."""
        opening = len(text) - len(text.lstrip(self._behind))
        missing = ~self._present(text)
        for wanted, opens, pattern in self._patterns:
            if wanted & missing:
                continue
            if not opens:
                for match in pattern.regex.finditer(text):
                    yield *match.span(), pattern.value
            elif first := pattern.regex.match(text, opening):
                yield *first.span(), pattern.value

    def _present(self, text: str) -> int:
        """The bits of all needs that a text meets."""
        text = _SPACES.sub(" ", text)
        present = 0
        for index, _, _ in _whole(self._scan.find_matches_as_indexes(text, overlapping=True), text):
            present |= self._bits[index]
        return present
