"""Areas that hold each other (`places/areas.yaml`): whether a share for Cumbria fits a post in Carlisle."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from inclusive_ads.lexicon.gazetteer import load_gazetteer

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_POSTCODE = re.compile(r"(?<![^\W_])([A-Z]{1,2})\d[A-Z\d]?(?:[ -]*\d[A-Z]{2})?(?![^\W_])|(?:^|, )([A-Z]{1,2})(?=,|$)")
NATIONS = frozenset(
    {"England", "Scotland", "Wales", "Northern Ireland", "England and Wales", "Great Britain", "United Kingdom"}
)
_NATIONS = {"england": "England", "scotland": "Scotland", "wales": "Wales", "great-britain": "Great Britain"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """Names of places, and what they lie in.

    Attributes:
        names: the usual name by the words that may stand for it.
        holders: name → the areas that it lies in, however large.
        vague: names of which the nation is known and nothing nearer.
    """

    names: Mapping[tuple[str, ...], str]
    longest: int
    holders: Mapping[str, frozenset[str]]
    vague: frozenset[str]

    def find(self, text: str, *, among_words: bool = False) -> tuple[str, ...]:
        """The places that a text names, in order, each once; the longest name counts ("England and Wales").

        Args:
            among_words: the text is no location but speaks of other things too, so only names in capitals that are
                known to all are places ("Reading", but not a village called "Street").
        """
        words = [(match.group().casefold(), match.start()) for match in _WORD.finditer(text)]
        codes = ((match.start(), match[1] or match[2]) for match in _POSTCODE.finditer(text))
        found: dict[int, str] = {place: code for place, code in codes if code in self.holders}
        number = 0
        while number < len(words):
            for last in range(min(number + self.longest, len(words)), number, -1):
                name = self.names.get(tuple(word for word, _ in words[number:last]))
                if name and not (among_words and (name in self.vague or text[words[number][1]].islower())):
                    found[words[number][1]] = name
                    number = last - 1
                    break
            number += 1
        return tuple(dict.fromkeys(found[place] for place in sorted(found)))

    def holds(self, area: str, places: Iterable[str]) -> bool:
        """Whether an area is certain to hold all of a location, such as "Carlisle, Cumbria"."""
        here = tuple(places)
        wider = self.holders.get(area, frozenset())
        inside = [place for place in here if place == area or area in self.holders.get(place, ())]
        apart = (place for place in here if place not in inside and place not in wider)
        return bool(inside) and all(self._may_lie_in(place, {area, *wider}) for place in apart)

    def size(self, area: str) -> int:
        """How large an area is, by what it holds: for an order, nearest first."""
        return sum(area in holders for holders in self.holders.values())

    def _may_lie_in(self, place: str, areas: set[str]) -> bool:
        """Of a village or a postcode the name beside it tells the rest: "Hallbankgate, Carlisle CA8 2PT"."""
        return (place in self.vague or _is_code(place)) and self.holders[place] <= areas


def _is_code(name: str) -> bool:
    return name.isupper() and len(name) <= 2


@cache
def load_areas() -> Areas:
    """The areas that ship.

    Raises:
        LexiconError: with file, line, entry and remedy.
    """
    places = load_gazetteer()
    inside: dict[str, set[str]] = defaultdict(set)
    for area, parts in places.areas.holds.items():
        for part in parts:
            inside[part].add(area)
    spelt = {other: name for name, others in places.areas.spellings.items() for other in others}
    known = {*inside, *places.areas.holds, *spelt}
    vague = {
        name: _NATIONS[nation]
        for lists in (places.settlements, places.britain.counties)
        for nation, names in lists.items()
        for name in names
        if name not in known
    }
    northern = places.northern_ireland
    for more in (northern.counties, northern.towns, northern.places, northern.postcode_areas):
        vague |= {name: "Northern Ireland" for name in more if name not in known and name not in vague}
    for name, nation in vague.items():
        inside[name].add(nation)
    holders = {name: _all_above(name, inside) for name in {*inside, *places.areas.holds}}
    names = {_key(name): name for name in holders if not _is_code(name)}
    names |= {_key(other): name for other, name in spelt.items()}
    return Areas(names=names, longest=max(map(len, names)), holders=holders, vague=frozenset(vague))


def _all_above(name: str, inside: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(inside.get(name, ()))
    while waiting:
        area = waiting.pop()
        if area not in found:
            found.add(area)
            waiting += inside.get(area, ())
    return frozenset(found)


def _key(name: str) -> tuple[str, ...]:
    return tuple(match.group().casefold() for match in _WORD.finditer(name))
