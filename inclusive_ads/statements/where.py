"""Where a location lies: in Great Britain, in Northern Ireland, abroad, or a name that leaves it open.

The names are those of `lexicons/en-GB/places/`. What is not known is never taken for Great Britain.

Longer than 300 lines: one reading of names, which all its steps share.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Literal

from inclusive_ads.lexicon.gazetteer import Gazetteer, Namesake, Nation, NorthernIrelandFile, load_gazetteer

_Kind = Literal[
    "ni", "ni-location", "ni-whole", "everywhere", "kingdom", "open", "county", "town", "part", "out", "code", "city"
]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*|&")
_PARTS = re.compile(r"[,;:/|()\[\]{}\n•·–—!?]| - ")
_POSTCODE = re.compile(r"(?<![^\W_])([A-Z]{1,2})(\d[A-Z\d]?)[ \-]*(\d[A-Z]{2})(?![^\W_])", re.I)
_OUTWARD = re.compile(r"(?<![^\W_])([A-Z]{2})(\d[A-Z\d]?)(?![^\W_])", re.I)
_SENTENCE_END = 4  # letters of a word whose full stop ends a part


@dataclass(frozen=True, slots=True)
class _Name:
    kind: _Kind
    nation: Nation = "great-britain"
    namesake: Namesake | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    start: int
    end: int
    part: int  # number of the part between commas


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name at words ``first`` to ``last`` (the last included); a postcode covers the words it is of."""

    first: int
    last: int
    name: _Name
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What a location says of its law.

    Attributes:
        northern: names that lie, or may lie, in Northern Ireland.
        abroad: names that lie elsewhere, and nothing shows that they are British.
        unsettled: names that leave it open, each with answers that settle it.
        nations: nations of Great Britain in which it certainly lies.
        british: the names that say so.
    """

    northern: tuple[str, ...] = ()
    abroad: tuple[str, ...] = ()
    unsettled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nations: frozenset[Nation] = frozenset()
    british: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether it is certain to be in Great Britain, and nowhere else."""
        return bool(self.nations) and not (self.northern or self.abroad or self.unsettled)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """The gazetteer, made ready for looking up."""

    names: Mapping[tuple[str, ...], _Name]
    longest: Mapping[str, int]  # how many words the longest name has that begins with a word
    areas: Mapping[str, _Name]
    named_after: frozenset[tuple[str, ...]]
    around: frozenset[str]


def locate(location: str, masked: Iterable[tuple[int, int]] = ()) -> Where:
    """Say where a location lies.

    Args:
        location: as a person wrote it, one place or several.
        masked: stretches that are longer names and say nothing about the place, half-open.
    """
    words = _words(location)
    spans = tuple(masked)
    mentions = [one for one in _mentions(location, words, anywhere=False) if not _inside(one, words, spans)]
    british = [one for one in mentions if one.name.kind in ("county", "town", "part")]
    fixed = any(one.name.kind == "county" for one in british)
    northern = [one.text for one in mentions if one.name.kind in ("ni", "ni-location", "ni-whole", "everywhere")]
    abroad: list[str] = []
    unsettled: dict[str, tuple[str, ...]] = {}
    for number, one in enumerate(mentions):
        after = mentions[number + 1 : number + 2]
        if one.name.kind == "open" and not _settled(one, british, after, words):
            unsettled[one.text] = _answers(one)
        elif one.name.kind == "kingdom" and not british and not northern:
            northern.append(one.text)
        elif one.name.kind == "code":
            abroad.append(one.text)
        elif one.name.kind in ("out", "city") and not fixed:
            if not british:
                abroad.append(one.text)
            elif one.name.kind == "city":
                unsettled[one.text] = ()
    return Where(
        northern=tuple(northern),
        abroad=tuple(abroad),
        unsettled=unsettled,
        nations=frozenset(one.name.nation for one in british),
        british=tuple(one.text for one in british),
    )


def northern_names(text: str) -> Iterator[tuple[int, int]]:
    """Names of Northern Ireland in running text, wherever they stand; half-open."""
    if not _may_name_northern(text):
        return
    words = _words(text)
    for one in _mentions(text, words, anywhere=True):
        if one.name.kind == "ni":
            yield words[one.first].start, words[one.last].end


def _may_name_northern(text: str) -> bool:
    """Whether the words of a name, or a postcode, of Northern Ireland stand anywhere: in few adverts they do."""
    plain = text.isascii()
    words = _WORD.findall(text.lower() if plain else text)
    keys = [word if plain and word.isalpha() else _key(word) for word in words]
    northern = _northern()
    for number, key in enumerate(keys):
        if any(tuple(keys[number : number + len(name)]) == name for name in northern.get(key, ())):
            return True
    areas = load_gazetteer().northern_ireland.postcode_areas
    return any(match[1].upper() in areas for match in _POSTCODE.finditer(text))


@cache
def _northern() -> Mapping[str, list[tuple[str, ...]]]:
    """The names of Northern Ireland, by their first words; and some that are names of other places, too."""
    names: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    northern = load_gazetteer().northern_ireland
    for key in map(_keys, (*_counties(northern), *_places(northern))):
        names[key[0]].append(key)
    return dict(names)


def _settled(one: _Mention, british: list[_Mention], after: list[_Mention], words: list[_Word]) -> bool:
    """Whether something beside a shared name shows that Great Britain is meant."""
    if one.name.namesake is None:  # a street named after a place
        return bool(british)
    if after and after[0].name.kind == "county" and words[after[0].first].part <= words[one.last].part + 1:
        return True
    return any(mention.text.casefold() in map(str.casefold, one.name.namesake.britain) for mention in british)


def _answers(one: _Mention) -> tuple[str, ...]:
    if one.name.namesake is None:
        return ()
    return tuple(f"{one.text}, {name}" for name in (one.name.namesake.answer, *one.name.namesake.britain[:1]))


def _inside(one: _Mention, words: list[_Word], spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= words[one.first].start and words[one.last].end <= end for start, end in spans)


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    part, last = 0, 0
    for match in _WORD.finditer(text):
        between = text[last : match.start()]
        # The full stop of "Co. Down" ends nothing.
        part += bool(found and (_PARTS.search(between) or ("." in between and len(found[-1].key) >= _SENTENCE_END)))
        found.append(_Word(_key(match.group()), *match.span(), part))
        last = match.end()
    return found


def _key(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "and" if word == "&" else "".join(letter for letter in plain if letter.isalnum())


def _mentions(text: str, words: list[_Word], *, anywhere: bool) -> list[_Mention]:
    """The names of a text in order of place, the longest first, without those that only a street is named after."""
    known = _ready()
    found = list(_postcodes(text, words, known, anywhere=anywhere))
    taken = {number for one in found for number in range(one.first, one.last + 1)}
    number = 0
    while number < len(words):
        one = None if number in taken else _longest(text, words, number, known, anywhere=anywhere)
        if one is None:
            number += 1
            continue
        number = one.last + 1
        if not _names_a_street(one, words, known):
            found.append(one)
        elif one.name.kind in ("ni", "open") and not anywhere:
            found.append(_Mention(one.first, number, _Name("open"), text[words[one.first].start : words[number].end]))
    found.sort(key=lambda one: one.first)
    return [one for one in found if anywhere or _counts(one, words, found, known)]


def _longest(text: str, words: list[_Word], first: int, known: _Names, *, anywhere: bool) -> _Mention | None:
    most = known.longest.get(words[first].key, 0)
    for last in range(min(first + most, len(words)) - 1, first - 1, -1):
        key = tuple(word.key for word in words[first : last + 1])
        if key in known.names and (words[first].part == words[last].part or "and" in key):
            written = text[words[first].start : words[last].end]
            name = known.names[key]
            if anywhere and name.kind != "ni" and last > first:
                continue
            return _Mention(first, last, name, written)
    return None


def _names_a_street(one: _Mention, words: list[_Word], known: _Names) -> bool:
    after = [word.key for word in words[one.last + 1 : one.last + 3] if word.part == words[one.last].part]
    return tuple(after[:1]) in known.named_after or tuple(after) in known.named_after


def _counts(one: _Mention, words: list[_Word], found: list[_Mention], known: _Names) -> bool:
    """Whether a name that may be a person's, or a word, stands as the name of a place does."""
    part = [number for number, word in enumerate(words) if word.part == words[one.first].part]
    if one.name.kind == "town":  # "Royal Nelson Hospital" is anywhere
        ends = one.first == part[0] or one.last == part[-1] or words[one.first - 1].key in known.around
        return ends or one.last > one.first
    if one.name.kind not in ("part", "ni-whole"):
        return True
    others = {number for other in found for number in range(other.first, other.last + 1)}
    alone = (number in others or words[number].key in known.around or words[number].key.isdigit() for number in part)
    return all(alone)


def _postcodes(text: str, words: list[_Word], known: _Names, *, anywhere: bool) -> Iterator[_Mention]:
    seen: set[int] = set()
    for pattern in (_POSTCODE,) if anywhere else (_POSTCODE, _OUTWARD):
        for match in pattern.finditer(text):
            area = match[1].upper()
            if area in known.areas and match.start() not in seen:
                seen.add(match.start())
                covered = [n for n, word in enumerate(words) if word.end > match.start() and word.start < match.end()]
                written = area if known.areas[area].kind == "county" else match.group()
                yield _Mention(covered[0], covered[-1], known.areas[area], written)


@cache
def _ready() -> _Names:
    places = load_gazetteer()
    named_after = frozenset(_keys(name) for name in places.elsewhere.named_after)
    names: dict[tuple[str, ...], _Name] = {}
    for written, name in _named(places):
        key = _keys(written)
        # A small place called "Church Street" proves nothing.
        if name.kind != "part" or key[-1:] not in named_after:
            names.setdefault(key, name)
    longest: dict[str, int] = defaultdict(int)
    for key in names:
        longest[key[0]] = max(longest[key[0]], len(key))
    areas = {area: _Name("ni") for area in places.northern_ireland.postcode_areas}
    areas |= {area: _Name("code") for area in places.elsewhere.out_postcode_areas}
    for nation, letters in places.britain.postcode_areas.items():
        areas |= {area: _Name("county", nation) for area in letters}
    return _Names(
        names=names,
        longest=dict(longest),
        areas=areas,
        named_after=named_after,
        around=frozenset(_key(word) for line in places.elsewhere.around for word in line.split()),
    )


def _named(places: Gazetteer) -> Iterator[tuple[str, _Name]]:
    """Every name; of those that stand twice the first counts."""
    northern, britain, elsewhere = places.northern_ireland, places.britain, places.elsewhere
    yield from ((name, _Name("ni")) for name in _counties(northern))
    yield from ((name, _Name("open", namesake=namesake)) for name, namesake in elsewhere.ambiguous.items())
    yield from ((name, _Name("ni")) for name in _places(northern))
    yield from ((name, _Name("ni-location")) for name in northern.only_as_location)
    yield from ((name, _Name("ni-whole")) for name in northern.only_whole)
    for nation, names in (*britain.nations.items(), *britain.counties.items()):
        yield from ((name, _Name("county", nation)) for name in names)
    of = {name: nation for nation, names in places.settlements.items() for name in names}
    for name in (*britain.known, *britain.towns):
        yield name, _Name("town", of.get(name, "great-britain"))
    lists: tuple[tuple[_Kind, Iterable[str]], ...] = (
        *(("out", names) for names in (elsewhere.out_of_scope, elsewhere.islands)),
        ("city", elsewhere.cities),
        ("everywhere", elsewhere.whole_kingdom),
        ("kingdom", elsewhere.kingdom),
        ("part", britain.parts),
    )
    yield from ((name, _Name(kind)) for kind, names in lists for name in names)
    for nation, settlements in places.settlements.items():
        yield from ((name, _Name("part", nation)) for name in settlements)


def _counties(northern: NorthernIrelandFile) -> Iterator[str]:
    return (f"{before} {county}" for county in northern.counties for before in ("County", "Co"))


def _places(northern: NorthernIrelandFile) -> Iterator[str]:
    return chain(northern.regions, northern.towns, northern.places, northern.sites)


def _keys(name: str) -> tuple[str, ...]:
    if name.isascii() and name.replace(" ", "").isalnum():
        return tuple(name.lower().split())
    return tuple(_key(match.group()) for match in _WORD.finditer(name))
