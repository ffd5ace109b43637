"""What a phrase cannot do without: where none of a set of strings stands, the phrase does not stand either."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from inclusive_ads.lexicon.patterns import Vocabulary, combine, expand_parts, length
from inclusive_ads.lexicon.phrases import Choice, Part, Sequence, Slot

Need = tuple[str, ...]

_TOGETHER = 64  # ways to write words that are sought as one string; more would fill the memory for little
_SIGNS = (",", ":", "/")  # with or without a space before them


def needs(sequence: Sequence, vocabulary: Vocabulary) -> list[Need]:
    """Sets of strings, of each of which one stands in every match, with its spaces taken singly."""
    return list(filter(None, _needs(sequence, vocabulary)))


def _needs(sequence: Sequence, vocabulary: Vocabulary) -> Iterator[Need]:
    run: list[list[str]] = []  # parts that follow each other and are always there
    for part, strings in zip(sequence.parts, expand_parts(sequence, vocabulary), strict=True):
        fixed = strings if strings and all(strings) and not any(s.startswith(_SIGNS) for s in strings) else None
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
        best = max(needs(option, vocabulary), key=lambda need: _rare(need, vocabulary), default=())
        if not best:
            return ()
        found.update(dict.fromkeys(best))
    return tuple(found)


def _rare(need: Need, vocabulary: Vocabulary) -> tuple[int, int]:
    """The longer the rarer, common words and signs apart; then the fewer the better."""
    return min(length(way, vocabulary.common) for way in need), -len(need)
