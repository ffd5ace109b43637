"""Finds many phrases in a text at once: literals by one scan, the others where their fixed words stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

from inclusive_ads.lexicon.patterns import (
    Compiled,
    Vocabulary,
    bounded,
    check_phrase,
    compile_phrase,
    holds_all,
    regex_source,
    scan_text,
)
from inclusive_ads.lexicon.phrases import Choice, PatternError, Slot, parse
from inclusive_ads.lexicon.phrases import Sequence as Phrase

_T = TypeVar("_T")


class _Found(Generic[_T]):
    """A phrase that needs an expression, made where its fixed words first stand."""

    def __init__(self, phrase: str, vocabulary: Vocabulary, compiled: Compiled | None, value: _T, signs: Sequence[str]):
        self._phrase = phrase
        self._vocabulary = vocabulary
        self._compiled = compiled
        self.value = value
        self.signs = signs

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(regex_source([self._phrase], self._vocabulary))

    @cached_property
    def needs(self) -> Sequence[Sequence[str]]:
        return self._compiled.needs if self._compiled else ()

    def wants(self, missing: str) -> bool:
        """Whether it needs a sign that is missing in the text."""
        return any(not needed.strip(missing) for needed in self.signs)


class Finder(Generic[_T]):
    """Phrases, each with a value, ready to be sought in scan text.

    Args:
        phrases: each with the vocabulary of its slots and the value that is given for it.
        reach: characters on each side of a fixed word within which its phrase stands.
        behind: where it is given, only phrases are sought that open the text, behind none but these signs.
        signs: slot → the signs of a masked text of which it needs one; a phrase is not sought where they are missing.

    Raises:
        PatternError: a phrase cannot be read, or has no fixed word.
    """

    def __init__(
        self,
        phrases: Iterable[tuple[str, Vocabulary, _T]],
        *,
        reach: int,
        behind: str | None = None,
        signs: Mapping[str, str] | None = None,
    ) -> None:
        self._reach = reach
        self._behind = behind
        self._signs = "".join(dict.fromkeys("".join((signs or {}).values())))
        known: dict[str, str] = dict(signs or {})
        literals: dict[str, list[_T]] = defaultdict(list)
        anchors: dict[str, list[_Found[_T]]] = defaultdict(list)
        self._anywhere: list[_Found[_T]] = []
        for phrase, vocabulary, value in phrases:
            needed = _signs(parse(scan_text(phrase)), vocabulary, known) if signs else ()
            try:
                compiled = compile_phrase(phrase, vocabulary)
            except PatternError:
                check_phrase(phrase, vocabulary)
                # No fixed word to look for: sought everywhere.
                self._anywhere.append(_Found(phrase, vocabulary, None, value, needed))
                continue
            for literal in compiled.literals:
                literals[literal].append(value)
            pattern = _Found(phrase, vocabulary, compiled, value, needed)
            for anchor in compiled.anchors:
                anchors[anchor].append(pattern)
        self._words = list(dict.fromkeys((*literals, *anchors)))
        self._values = [(literals.get(word, ()), anchors.get(word, ())) for word in self._words]
        self._scan = AhoCorasick(self._words)

    def find(self, text: str) -> Iterator[tuple[int, int, _T]]:
        """Every place of every phrase: (start, end, value), overlapping, in no order."""
        missing = "".join(sign for sign in self._signs if sign not in text)
        yield from self._without_words(text, missing)
        tried: set[tuple[int, int]] = set()
        length, words, reach = len(text), self._values, self._reach
        for index, start, end in self._scan.find_matches_as_indexes(text, overlapping=True):
            # `bounded`, written out: it is asked of every hit.
            if start and text[start].isalnum() and (text[start - 1].isalnum() or text[start - 1] == "_"):
                continue
            if end < length and text[end - 1].isalnum() and (text[end].isalnum() or text[end] == "_"):
                continue
            values, patterns = words[index]
            for value in values:
                yield start, end, value
            if not patterns:
                continue
            low, high = max(0, start - reach), min(length, end + reach)
            low = text.rfind("\n", low, start) + 1 or low
            break_after = text.find("\n", end, high)
            high = break_after if break_after >= 0 else high
            around = text[low:high]
            for pattern in patterns:
                if (id(pattern), low) in tried:
                    continue
                if missing and pattern.wants(missing):
                    continue
                if not holds_all(around, pattern.needs):
                    continue
                tried.add((id(pattern), low))
                for match in pattern.regex.finditer(text, low, high):
                    if bounded(text, *match.span()):
                        yield match.start(), match.end(), pattern.value

    def _without_words(self, text: str, missing: str) -> Iterator[tuple[int, int, _T]]:
        """Places of the phrases that have no fixed word."""
        for pattern in self._anywhere:
            if missing and pattern.wants(missing):
                continue
            if self._behind is None:
                for match in pattern.regex.finditer(text):
                    yield match.start(), match.end(), pattern.value
            elif opening := pattern.regex.match(text, len(text) - len(text.lstrip(self._behind))):
                yield opening.start(), opening.end(), pattern.value


def _signs(sequence: Phrase, vocabulary: Vocabulary, known: dict[str, str]) -> list[str]:
    """For each part that is always there the signs of which it needs one."""
    found: list[str] = []
    for part in sequence.parts:
        if isinstance(part, Slot):
            if part.name not in known:
                options = () if part.name in vocabulary.builtin else vocabulary.slot(part.name)
                known[part.name] = _of_any(options, vocabulary, known)
            found.append(known[part.name])
        elif isinstance(part, Choice) and not part.optional:
            found.append(_of_any(part.options, vocabulary, known))
    return list(filter(None, found))


def _of_any(options: Iterable[Phrase], vocabulary: Vocabulary, known: dict[str, str]) -> str:
    """The signs of which one of the options needs one; "" where an option needs none."""
    needed = [_signs(option, vocabulary, known) for option in options]
    return "".join(dict.fromkeys("".join(signs[0] for signs in needed))) if needed and all(needed) else ""
