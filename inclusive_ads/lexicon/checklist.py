"""The shapes of `completeness.yaml` and `places.yaml`: what applicants look for, and where the work may be."""

from __future__ import annotations

from inclusive_ads.lexicon.models import Model, Phrases


class ChecklistExamples(Model):
    """Short adverts in which an item is there, and in which it only looks so."""

    present: Phrases
    missing: Phrases


class ChecklistItem(Model):
    """One thing that applicants look for; the head of `completeness.yaml` says what each key does.

    Attributes:
        fact: a field of the vacancy; where it was read from the advert, the item is there.
        label: a kind of label in `facts/labels.yaml`, whose value tells it with an amount of money,
            or (`figure`) with any figure.
        units: what tells it right behind a figure, also without a space.
        times: what joins two times of day that tell it.
        told: wording that states the fact.
        near: words beside which an amount of money states it.
        never: wording that only looks like it.
        limits: what delays or limits the whole sentence.
        not_in: entries that refuse or delay it; a phrase inside such a finding does not count.
        needed: an advert without it is not complete.
    """

    id: str
    title: str
    needed: bool = False
    fact: str = ""
    label: str = ""
    figure: bool = False
    units: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    places: bool = False
    never: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    section: str = ""
    most: int = 0
    advice: str
    why: str
    source: str
    examples: ChecklistExamples


class ChecklistFile(Model):
    """`completeness.yaml`; its head says what each list is for."""

    refused: Phrases
    declined: Phrases
    turns: Phrases
    open: Phrases
    items: tuple[ChecklistItem, ...]


class PlacesFile(Model):
    """`places.yaml`: named sites, and the words by which an advert says that the work is there."""

    sites: Phrases
    lead: Phrases
    based: Phrases
    tail: Phrases
    not_names: Phrases
