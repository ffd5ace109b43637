"""Where the work is, as a sentence or a line of its own tells it: "in Leeds", "our Leeds office", "Fairfield Hospital".

Labelled lines ("Location: Leeds") are facts and are read by `facts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.lexicon.checklist import PlacesFile

_GAP = 4  # words between "in" and its place: "in the sunny heart of Leeds"
_TAIL = 2  # words between a place and what is there: "the Leeds family court team"
_NEAR = 40  # characters in which they stand
_TITLE = 10  # words; a place in the first of so many is the title's
_LINE = 12  # words; a longer line is a sentence
_LONGEST = 150  # characters; no title and no short line has more
_NAME = re.compile(r"((?:[A-Z][\w'’-]* )*[A-Z][\w'’-]*)(?: [a-z]+)?$")  # "Fairfield", or "Fairfield community"
_NEXT = re.compile(r" [A-Z][\w'’.-]+")
_STOP = re.compile(r"[.;!?](?: |\Z)")
_SIGN = re.compile(r"[^\w '&-]")
_BAR = re.compile(r" [|·•] ")  # between the parts of a line: "Leeds | £27,500 | 40 hours over five days"


class PlaceReader:
    """Finds the places of `places.yaml`; its phrases are cues of the one scan."""

    def __init__(self, places: PlacesFile) -> None:
        self._not_names = frozenset(places.not_names)

    def read(self, advert: Advert) -> Iterator[tuple[int, int]]:
        """Where the advert says that the work is, in order of their ends; clean offsets."""
        cues = advert.found.cues
        for start, end in cues.get("place towns", ()):
            if advert.text[start].isupper():
                lead = self._lead(advert, start)
                if lead is not None:
                    yield lead, end
                elif self._alone(advert, start) or self._tail(advert, end):
                    yield start, end
        for start, end in cues.get("place based", ()):
            if name := _NEXT.match(advert.text, end):
                yield start, name.end()
        for start, end in cues.get("place sites", ()):
            name = _NAME.search(advert.text, max(0, start - _NEAR), max(0, start - 1))
            if advert.text[start].isupper() and name and self._is_name(name[1]):
                lead = self._lead(advert, name.start())
                yield (name.start() if lead is None else lead), end

    def _is_name(self, words: str) -> bool:
        """Whether any word is more than "The" or "University"."""
        return any(word.lower() not in self._not_names for word in words.split())

    @staticmethod
    def _lead(advert: Advert, start: int) -> int | None:
        """Where the word stands that leads to a place, or None."""
        low = max(advert.block(start).start, start - _NEAR)
        for cue in reversed(advert.cues("place lead", low, start)):
            between = advert.text[cue[1] : start]
            if len(between.split()) <= _GAP and not _STOP.search(between):
                return cue[0]
        return None

    @staticmethod
    def _tail(advert: Advert, end: int) -> bool:
        for low, _ in advert.cues("place tail", end, end + _NEAR):
            between = advert.text[end:low]
            if len(between.split()) <= _TAIL and "\n" not in between and not _SIGN.search(between):
                return True
        return False

    @staticmethod
    def _alone(advert: Advert, start: int) -> bool:
        """Whether it stands in the title, or in a short line, or part of one between bars, that is no sentence."""
        block = advert.block(start)
        low, high = int(block.start), int(block.end)
        if high - low <= _LONGEST:
            for bar in _BAR.finditer(advert.text, low, high):
                low, high = (bar.end(), high) if bar.start() < start else (low, min(high, bar.start()))
        before = advert.text[low : min(start, low + _LONGEST)]
        if ":" in before:  # the line of a label is a fact, or of something else
            return False
        if high - low <= _LONGEST and advert.text.count(" ", low, high) < _LINE:
            return advert.text[high - 1] not in ".!?" and block.kind != "item"
        # Text that lost its line breaks begins with the title.
        return block is advert.blocks[0] and len(before) == start - low and before.count(" ") < _TITLE
