"""What a phrase cannot do without: where none of a set of strings stands, the phrase does not stand either."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator

from inclusive_ads.lexicon.amounts import NUMBERS
from inclusive_ads.lexicon.expansion import combine, expand, expand_parts
from inclusive_ads.lexicon.kept import kept
from inclusive_ads.lexicon.patterns import check_phrase
from inclusive_ads.lexicon.phrases import Choice, Gap, Part, Sequence, Slot, Word, parse
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.vocabulary import Vocabulary

Need = tuple[str, ...]

_TOGETHER = 64  # ways to write words that are sought as one string; more would fill the memory for little
_CLOSE = (",", ":", "/")  # with or without a space before them: part of no string


def needs(phrase: str, vocabulary: Vocabulary) -> tuple[Need, ...]:
    """Sets of strings, of each of which one stands in every match, with its spaces taken singly, the rarest first.

    Raises:
        PatternError: the phrase cannot be read, or a slot is not there.
    """

    def make() -> tuple[Need, ...]:
        check_phrase(phrase, vocabulary)
        return tuple(sorted(filter(None, _needs(parse(scan_text(phrase)), vocabulary)), key=_frequency_in(vocabulary)))

    return kept().value(f"needs {vocabulary.mark} {phrase}", make)


def _needs(sequence: Sequence, vocabulary: Vocabulary) -> Iterator[Need]:
    run: list[list[str]] = []  # parts that follow each other and are always there
    for part, strings in zip(sequence.parts, expand_parts(sequence, vocabulary), strict=True):
        fixed = strings if strings and all(strings) and not any(s.startswith(_CLOSE) for s in strings) else None
        if run and (fixed is None or math.prod(map(len, run)) * len(fixed) > _TOGETHER):
            yield tuple(combine(run, vocabulary.most) or ())
            run = []
        if fixed is None:
            yield _of_part(part, vocabulary)
        else:
            run.append(fixed)
    if run:
        yield tuple(combine(run, vocabulary.most) or ())


def _of_part(part: Part, vocabulary: Vocabulary) -> Need:
    if isinstance(part, Choice) and not part.optional:
        return _of_any(part.options, vocabulary)
    if not isinstance(part, Slot):
        return ()
    if part.name in vocabulary.builtin:
        return tuple(vocabulary.signs.get(part.name, ""))
    if part.name not in vocabulary.needed:
        vocabulary.needed[part.name] = _of_any(vocabulary.slot(part.name), vocabulary)
    return vocabulary.needed[part.name]


def _of_any(options: Iterable[Sequence], vocabulary: Vocabulary) -> Need:
    """Strings one of which stands in every match of any of the options; () where one of them needs none."""
    found: dict[str, None] = {}
    for option in options:
        best = min(filter(None, _needs(option, vocabulary)), key=_frequency_in(vocabulary), default=())
        if not best:
            return ()
        found.update(dict.fromkeys(best))
    return tuple(found)


def _frequency_in(vocabulary: Vocabulary) -> Callable[[Need], float]:
    """Roughly how often one of the strings stands anywhere: with each letter half as often, common words always."""
    common = vocabulary.common
    return lambda need: sum(1 if way in common else 0.5 ** len(way) for way in need)


def beginnings(phrase: str, vocabulary: Vocabulary) -> Need:
    """Strings with one of which every match begins, `FIGURE` among them; () where that is open."""
    return kept().value(
        f"beginnings {vocabulary.mark} {phrase}", lambda: _beginnings(parse(scan_text(phrase)), vocabulary)
    )


def _beginnings(sequence: Sequence, vocabulary: Vocabulary) -> Need:
    part = sequence.parts[0]
    if isinstance(part, Slot) and part.name in vocabulary.builtin:
        return NUMBERS.get(part.name, ())
    if isinstance(part, Word):
        return tuple(expand(Sequence((part,)), vocabulary) or ())
    if isinstance(part, Gap) or (isinstance(part, Choice) and part.optional):
        return ()
    options = vocabulary.slot(part.name) if isinstance(part, Slot) else part.options
    ways = [_beginnings(option, vocabulary) for option in options]
    return tuple(dict.fromkeys(itertools.chain.from_iterable(ways))) if all(ways) else ()
