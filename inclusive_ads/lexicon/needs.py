"""What a phrase cannot do without: words of a text, as a glance sees them, of which one stands wherever it stands."""

from __future__ import annotations

import itertools

from inclusive_ads.lexicon.amounts import NUMBERS
from inclusive_ads.lexicon.expansion import expand
from inclusive_ads.lexicon.glance import Need, Way
from inclusive_ads.lexicon.phrases import Choice, Gap, Sequence, Slot, Word, parse
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.shapes import frequency, shape
from inclusive_ads.lexicon.vocabulary import Vocabulary

_PAIRS = 200
_NOTHING: Need = frozenset()


def needs(phrase: str, vocabulary: Vocabulary) -> tuple[Need, ...]:
    """Sets of words or of pairs of them, of each of which one stands in every match, the rarest first.

    Raises:
        PatternError: the phrase cannot be read, or a slot is not there.
    """
    ways = shape(phrase, vocabulary)
    pairs = [_together(before, behind) for before, behind in itertools.pairwise(ways)]
    # What stands in a pair need not be asked for by itself.
    beside = zip([_NOTHING, *pairs], [*pairs, _NOTHING], strict=True)
    alone = (way.needed for way, sides in zip(ways, beside, strict=True) if not any(sides))
    found = dict.fromkeys(filter(None, (*pairs, *alone)))
    return tuple(sorted(found, key=frequency(vocabulary.common)))


def _together(before: Way, behind: Way) -> Need:
    """The pairs of words in one of which two parts meet; none where that is open, or they are too many."""
    if not before.lasts or not behind.firsts or len(before.lasts) * len(behind.firsts) > _PAIRS:
        return _NOTHING
    return frozenset(map(" ".join, itertools.product(before.lasts, behind.firsts)))


def beginnings(phrase: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Strings with one of which every match begins, `FIGURE` among them; () where that is open."""
    return _beginnings(parse(scan_text(phrase)), vocabulary)


def _beginnings(sequence: Sequence, vocabulary: Vocabulary) -> tuple[str, ...]:
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
