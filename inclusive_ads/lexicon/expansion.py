"""Phrases as the strings they stand for, where these are few."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from inclusive_ads.lexicon.phrases import CLOSE, OPEN, Gap, Part, PatternError, Sequence, Slot, Word, parse
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.vocabulary import Vocabulary

EXPANSIONS = 160  # strings of an entry's phrase; one that stands for more is found by an anchor and an expression
MOST_STRINGS = 2000  # of a cue, a term or a heading, each of which is looked for as it stands
_SLASH = re.compile(r" ?/ ?")
_SPACED = re.compile("|".join(("/", rf"{re.escape(OPEN)}(?: |\Z)", *(f" {re.escape(sign)}" for sign in CLOSE))))


def expand(sequence: Sequence, vocabulary: Vocabulary, limit: int = EXPANSIONS) -> list[str] | None:
    """Every string the sequence stands for, or None where that is more than `limit` or has no end."""
    return combine(expand_parts(sequence, vocabulary), limit)


def expand_parts(sequence: Sequence, vocabulary: Vocabulary) -> list[list[str] | None]:
    """For each part of a sequence the strings it stands for; None where they are too many, or are no strings."""
    alone = len(sequence.parts) == 1
    return [_expand_part(part, vocabulary, alone=alone) for part in sequence.parts]


def combine(parts: Iterable[list[str] | None], limit: int) -> list[str] | None:
    """One string of each part in turn, in every way; None as for `expand`."""
    lists: list[list[str]] = []
    total = 1
    for strings in parts:
        if strings is None:
            return None
        lists.append(strings)
        total *= len(strings)
        if total > limit:
            return None
    ways: Iterator[str] = (" ".join(filter(None, words)) for words in itertools.product(*lists))
    if any(_SPACED.search(f" {string}") for strings in lists for string in strings):
        ways = itertools.chain.from_iterable(map(_spaced, ways))
    return list(dict.fromkeys(ways))


def _expand_part(part: Part, vocabulary: Vocabulary, *, alone: bool) -> list[str] | None:
    if isinstance(part, Gap):
        return None
    if isinstance(part, Word):
        words = vocabulary.words(part.text, alone=alone)
        if not any("'" in word for word in words):
            return list(words)
        return list(dict.fromkeys(itertools.chain.from_iterable(map(_apostrophes, words))))
    if isinstance(part, Slot):
        return slot_strings(part.name, vocabulary)
    strings = _alternatives(part.options, vocabulary)
    return ["", *strings] if strings and part.optional else strings


def slot_strings(name: str, vocabulary: Vocabulary) -> list[str] | None:
    """Every string that a slot stands for; None as for `expand`."""
    if name in vocabulary.builtin:
        return None
    if name not in vocabulary.strings:
        vocabulary.strings[name] = _alternatives(vocabulary.slot(name), vocabulary)
    return vocabulary.strings[name]


def _alternatives(options: tuple[Sequence, ...], vocabulary: Vocabulary) -> list[str] | None:
    found: list[str] = []
    for option in options:
        strings = expand(option, vocabulary, vocabulary.most)
        if strings is None or len(found) + len(strings) > vocabulary.most:
            return None
        found.extend(strings)
    return found


def _spaced(text: str) -> Iterable[str]:
    """The text with the spaces that belong at its slashes and commas."""
    return _slashes(tight(text))


def _apostrophes(word: str) -> list[str]:
    return [word, word.replace("'", "")] if "'" in word and len(word) > 2 else [word]


def _slashes(text: str) -> list[str]:
    """The text with and without spaces at its slashes (in one way throughout where there are many)."""
    first, *rest = _SLASH.split(text)
    ways = ("/", " / ", "/ ", " /")
    joins = itertools.product(ways, repeat=len(rest)) if len(rest) < 3 else ((way,) * len(rest) for way in ways)
    return [first + "".join(map("".join, zip(join, rest, strict=True))) for join in joins]


def tight(text: str) -> str:
    """Joined words without the spaces that slashes do not have, nor the signs that stand right beside a word."""
    for sign in CLOSE:
        text = text.replace(f" {sign}", sign)
    return text.replace(" / ", "/").replace(f"{OPEN} ", OPEN)


def strings(phrase: str, vocabulary: Vocabulary) -> list[str]:
    """Every string of a cue, a term or a heading, which must stand for no more than a few thousand.

    Raises:
        PatternError: the phrase is wrong, or stands for too much.
    """
    found = expand(parse(scan_text(phrase)), vocabulary, MOST_STRINGS)
    if found is None or not all(found):
        raise PatternError(f"'{phrase}' stands for too much; use plain words and short lists")
    return found
