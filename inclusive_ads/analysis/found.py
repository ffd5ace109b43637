"""What a scan found in an advert: candidates, cues and terms of art. All offsets are of the clean text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from inclusive_ads.lexicon.models import Entry
from inclusive_ads.offsets import CleanOffset

LONGEST = 200  # characters; no wording is longer

Cues = Mapping[str, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A form of an entry at ``text[start:end]`` of the clean text.

    Attributes:
        traits: of a reading the words that say whom it is about: start, end and kind, as in `Hit`.
    """

    start: CleanOffset
    end: CleanOffset
    entry: Entry
    form: str
    traits: tuple[tuple[int, int, str], ...] = ()


@dataclass(slots=True)
class Scan:
    """What one pass over an advert found; offsets of the clean text.

    Attributes:
        candidates: in order of place.
        cues: name of a cue → the places where it stands, in order of their ends.
        terms: stretches whose wording is a term of art, a name or a house term.
    """

    candidates: list[Candidate]
    cues: Cues
    terms: list[tuple[int, int]]

    def cues_between(self, name: str, low: int, high: int) -> list[tuple[int, int]]:
        """Places of a cue that lie between two offsets."""
        places = self.cues.get(name)
        if not places:
            return []
        return [(s, e) for s, e in places[_first_end(places, low) : _first_end(places, high + 1)] if s >= low]

    def in_term(self, start: int, end: int) -> bool:
        """Whether a term of art, a known name or a house term holds a stretch."""
        near = self.terms[_first_end(self.terms, end) : _first_end(self.terms, start + LONGEST)]
        return any(s <= start for s, _ in near)


def _first_end(places: list[tuple[int, int]], offset: int) -> int:
    """Index of the first place that ends at `offset` or later; a scan finds places in order of their ends."""
    return bisect_left(places, offset, key=lambda place: place[1])
