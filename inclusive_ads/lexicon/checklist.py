"""The shapes of `completeness.yaml` and `places.yaml`: what applicants look for, and where the work may be."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from inclusive_ads.lexicon.models import Model, Phrases

VALUE = "{value}"


class ChecklistExamples(Model):
    """Short adverts in which an item is there, and in which it only looks so."""

    present: Phrases
    missing: Phrases


class MissingLine(Model):
    """The line that states an item where it is missing, and what a person fills in to write it.

    Attributes:
        text: the line, with "{value}" for what is filled in.
        place: where it goes: with the facts at the top, with how to apply, or beside what calls for it.
        kind: what is filled in; "ready" for a line in which there is nothing to fill.
        label, hint, example: how the value is asked for; "" for a line that is ready.
    """

    text: str
    place: Literal["facts", "application", "beside"]
    kind: Literal["text", "date", "contact", "ready"] = "text"
    label: str = ""
    hint: str = ""
    example: str = ""

    @model_validator(mode="after")
    def _asked(self) -> MissingLine:
        asks = bool(self.label and self.hint and self.example)
        if asks == (self.kind == "ready") or asks != (VALUE in self.text):
            raise ValueError(f"a line with {VALUE} has label, hint and example; one without has kind: ready")
        return self


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
        line: what states it where it is missing; None where no line could.
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
    line: MissingLine | None = None
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
