"""Phrases made ready to be found: the strings they stand for, or an expression and where to look for it.

A phrase that stands for few strings is expanded into them and found by one literal scan; any other
is found by its rarest fixed words, its *anchor*, and then checked on the spot.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from inclusive_ads.lexicon.expansion import EXPANSIONS, combine, expand_parts
from inclusive_ads.lexicon.kept import kept
from inclusive_ads.lexicon.phrases import Choice, PatternError, Sequence, Slot, parse
from inclusive_ads.lexicon.scan_text import scan_text, without_dashes
from inclusive_ads.lexicon.vocabulary import Vocabulary


@dataclass(frozen=True)
class Compiled:
    """A phrase ready to be found.

    Attributes:
        literals: the strings it stands for, or () where it needs an expression.
        anchors: strings one of which stands in every match of the expression with its spaces taken singly, else ().
        words: all words that the phrase cannot do without, and their other ways.
    """

    literals: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 16)  # every checker of a process asks for the same
def compile_phrase(phrase: str, vocabulary: Vocabulary, *, exact: bool = False, most: int = EXPANSIONS) -> Compiled:
    """Expand a phrase, or find its anchor.

    Args:
        exact: keep the phrase's capitals (they count only for literals).
        most: expand it into so many strings at most.

    Raises:
        PatternError: the phrase is wrong, or has no fixed word to look for.
    """
    of = f"phrase {vocabulary.mark} {exact} {most} {phrase}"
    literals, anchors, words = kept().value(of, lambda: _made_ready(phrase, vocabulary, exact=exact, most=most))
    return Compiled(literals, anchors, frozenset(words))


def _made_ready(phrase: str, vocabulary: Vocabulary, *, exact: bool, most: int) -> tuple[tuple[str, ...], ...]:
    """The literals of a phrase, or its anchors and its words."""
    sequence = parse(without_dashes(phrase) if exact else scan_text(phrase))
    _check_slots(sequence, vocabulary)
    strings = expand_parts(sequence, vocabulary)
    literals = combine(strings, most)
    if literals is not None:
        if not all(literals):
            raise PatternError(f"'{phrase}' may stand for nothing at all")
        return tuple(literals), (), ()
    always = _always(strings)
    best = max(_runs(always, vocabulary.most), key=lambda run: _worth(run, vocabulary.common), default=None)
    anchors = combine(best, vocabulary.most) if best else None
    anchors = anchors or _any_anchor(sequence, vocabulary)
    if not anchors:
        raise PatternError(f"'{phrase}' has no fixed word to look for; spell out at least one")
    words = scan_text(" ".join(itertools.chain.from_iterable(filter(None, always)))).split()
    return (), tuple(dict.fromkeys(anchor.strip() for anchor in anchors)), tuple(dict.fromkeys(words))


def _any_anchor(sequence: Sequence, vocabulary: Vocabulary) -> list[str] | None:
    """Strings one of which stands in every match: of a part that is always there, the best of each of its options."""
    best = max(
        _runs(_always(expand_parts(sequence, vocabulary)), vocabulary.most),
        key=lambda run: _worth(run, vocabulary.common),
        default=None,
    )
    if best and (ways := combine(best, vocabulary.most)):
        return ways
    for part in sequence.parts:
        ways = None
        if isinstance(part, Choice) and not part.optional:
            ways = _anchors_of(part.options, vocabulary)
        elif isinstance(part, Slot) and part.name not in vocabulary.builtin:
            ways = _slot_anchors(part.name, vocabulary)
        if ways:
            return ways
    return None


def _slot_anchors(name: str, vocabulary: Vocabulary) -> list[str] | None:
    if name not in vocabulary.anchors:
        vocabulary.anchors[name] = _anchors_of(vocabulary.slot(name), vocabulary)
    return vocabulary.anchors[name]


def _anchors_of(options: Iterable[Sequence], vocabulary: Vocabulary) -> list[str] | None:
    """Strings one of which stands in every match of any of the options, or None."""
    found: dict[str, None] = {}
    for option in options:
        ways = _any_anchor(option, vocabulary)
        if not ways:
            return None
        found.update(dict.fromkeys(ways))
    return list(found) if len(found) <= vocabulary.most else None


def check_phrase(phrase: str, vocabulary: Vocabulary) -> None:
    """Read a phrase and look up its slots.

    Raises:
        PatternError: it cannot be read, or a slot is not there.
    """
    _check_slots(parse(scan_text(phrase)), vocabulary)


def _check_slots(sequence: Sequence, vocabulary: Vocabulary) -> None:
    """Look up every slot now: the expression is written when it is first used, too late to complain."""
    for part in sequence.parts:
        if isinstance(part, Slot) and part.name not in vocabulary.builtin:
            vocabulary.slot(part.name)
        elif isinstance(part, Choice):
            for option in part.options:
                _check_slots(option, vocabulary)


def _always(parts: Iterable[list[str] | None]) -> list[list[str] | None]:
    """The strings of the parts that are always there, in few words; None for the others."""
    return [strings if strings and all(strings) else None for strings in parts]


def _runs(always: list[list[str] | None], most: int) -> Iterator[list[list[str]]]:
    """Stretches of parts that are always there and stand for few strings together."""
    for start in range(len(always)):
        run: list[list[str]] = []
        for ways in always[start:]:
            if ways is None:
                break
            run = [*run, ways]
            if math.prod(map(len, run)) <= most:
                yield run


def _worth(run: list[list[str]], common: Container[str]) -> tuple[int, int, int]:
    """The longer the rarer, common words apart; beyond twelve letters few strings are better."""
    letters = sum(min(_length(way, common) for way in ways) + 1 for ways in run)
    return min(12, letters), -math.prod(map(len, run)), letters


def _length(way: str, common: Container[str]) -> int:
    return sum(len(word) for word in way.split() if word not in common)
