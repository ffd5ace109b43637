"""How a profile stands: what is written, approved and still holds, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from inclusive_ads.dates import written
from inclusive_ads.statements.drafting import needed
from inclusive_ads.statements.library import load_library
from inclusive_ads.statements.models import Profile, Record


@dataclass(frozen=True, slots=True)
class Standing:
    """One part of a profile, and what is still to do; `todo` is empty where it holds.

    Attributes:
        name: id of a statement or a record.
        said: what holds, as a sentence.
    """

    name: str
    said: str
    todo: tuple[str, ...]


def standings(profile: Profile, today: date) -> Iterator[Standing]:
    """Each statement and each record of a profile, in its order."""
    library = load_library()
    for name in profile.companions:
        gaps = [
            words
            for word, words in needed((name,)).items()
            if not profile.values.get(word) and library.companions[name].when != "asked"
        ]
        todo = tuple(f"It needs {words}: from the advert, the vacancy, or `values` of the profile." for words in gaps)
        yield Standing(name, f"{library.companions[name].title}.", todo)
    for record in profile.records:
        yield Standing(record.id, _said(record), tuple(_todo(record, today)))


def _said(record: Record) -> str:
    if not record.approved_by:
        return "A draft: nothing is inserted on it."
    day = f" on {written(record.approved_on)}" if record.approved_on else ""
    review = f"; to be reviewed by {written(record.review_by)}" if record.review_by else ""
    return f"Approved by {record.approved_by}{day}{review}."


def _todo(record: Record, today: date) -> Iterator[str]:
    for gap in record.missing:
        yield f"Write down {gap}."
    if not record.approved_by:
        yield "Have it approved: give name, post and day (approved_by, approved_on)."
    if record.approved_on and record.approved_on > today:
        yield f"The day of approval is still to come: {written(record.approved_on)}."
    if record.review_by and record.review_by < today:
        yield f"It was to be reviewed by {written(record.review_by)}: review it, and give a new day."
