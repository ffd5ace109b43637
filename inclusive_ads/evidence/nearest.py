"""Which comparators of the file are for the place of a post: the nearest that is certain to hold it goes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from inclusive_ads.evidence.comparators import Comparator
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.lexicon.areas import NATIONS, load_areas

_HOLDS = "It is for {area}: of the comparators in the file, the nearest that is certain to hold the post ({location})."
_WIDER = "It is for {area}, which holds the place of the post ({location}); a nearer one stands before it."
_NATION = " It is much wider than that: a share for the town, the county or the region would say more."
_ONLY = "It is for {area}; the place of the post was not given."
_NOWHERE = "It is given in the file of comparators, which names no place for it that is known."
_NOT_THERE = "Left aside, because it is not certain that the post is there: {names}."
_WHERE = "Left aside until the place of the post is given, since they are for different places: {names}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """Comparators in the order in which they are taken, and what is said of those that are not."""

    comparators: tuple[Comparator, ...]
    aside: str = ""


def fitting(given: Sequence[Comparator], location: str, *, organisation_names: Iterable[str]) -> Fitting:
    """Order the comparators of a file by the place of a post; the order of the file says nothing.

    Args:
        location: of the post, "" where it is not known.
        organisation_names: comparators of these names are the employer's own total, wherever the post is.
    """
    own = {fold(name) for name in organisation_names}
    internal = [item for item in given if fold(item.name) in own]
    placed = [item for item in given if item.places and item not in internal]
    nowhere = [replace(item, why=_NOWHERE) for item in given if not item.places and item not in internal]
    nowhere.sort(key=lambda item: item.name)
    near = _near(placed, location) if location else _alone(placed)
    left = dict.fromkeys(item.name for item in placed if all(item.name != one.name for one in near))
    template = _NOT_THERE if location else _WHERE
    aside = template.format(names=", ".join(sorted(left))) if left else ""
    return Fitting(comparators=(*internal, *near, *nowhere), aside=aside)


def _near(placed: Sequence[Comparator], location: str) -> list[Comparator]:
    areas = load_areas()
    here = areas.find(location)
    words = f" {fold(location).replace(',', ' ')} "
    sized: list[tuple[int, str, str, Comparator]] = []
    for item in placed:
        fits = [
            (areas.size(place) if place in areas.holders else 0, place)
            for place in item.places
            if (areas.holds(place, here) if place in areas.holders else f" {fold(place)} " in words)
        ]
        if fits:
            size, area = min(fits)
            sized.append((size, item.name, area, item))
    sized.sort(key=lambda one: one[:3])
    first = sized[0][0] if sized else 0
    return [
        replace(
            item,
            why=(_HOLDS if size == first else _WIDER).format(area=area, location=location)
            + (_NATION if area in NATIONS and not NATIONS.intersection(here) else ""),
        )
        for size, _, area, item in sized
    ]


def _alone(placed: Sequence[Comparator]) -> list[Comparator]:
    """Without a place of the post: the comparators there are, if all are for one place."""
    if len({item.places for item in placed}) != 1:
        return []
    return [replace(item, why=_ONLY.format(area=" and ".join(item.places))) for item in placed]
