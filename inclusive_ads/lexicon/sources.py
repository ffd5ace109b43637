"""What entries cite: each source with its law in time, and which of them somebody should look at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from inclusive_ads.lexicon.models import Model
from inclusive_ads.report import Source, written

Jurisdiction = Literal["United Kingdom", "Great Britain", "England and Wales", "England", "Scotland", "Wales"]
A_YEAR = timedelta(days=365)


class Superseded(Model):
    """What of a source no longer holds, in a few words, and since when."""

    since: date
    what: str = Field(min_length=3)


class SourceEntry(Model):
    """One source of `sources.yaml`; what each key means is said at the head of that file."""

    title: str
    publisher: str
    year: Annotated[str, BeforeValidator(str)] = ""
    url: str = ""
    jurisdiction: Jurisdiction | Literal[""] = ""
    in_force: date | Literal["not confirmed", ""] = ""
    superseded_in_part: Superseded | None = None
    checked_on: date | None = None

    def cited(self, name: str) -> Source:
        """As a value of a report."""
        return Source(
            id=name,
            title=self.title,
            publisher=self.publisher,
            year=self.year,
            url=self.url,
            standing="; ".join(self._standing()),
            checked_on=str(self.checked_on or ""),
        )

    def _standing(self) -> Iterator[str]:
        if self.jurisdiction:
            yield self.jurisdiction
        if isinstance(self.in_force, date):
            yield f"in force since {written(self.in_force)}"
        elif self.in_force:
            yield f"{self.in_force} to be in force"
        if gone := self.superseded_in_part:
            yield f"superseded in part since {written(gone.since)}: {gone.what}"
        yield f"checked on {written(self.checked_on)}" if self.checked_on else "not verified"


class SourcesFile(Model):
    """`sources.yaml`: what entries cite."""

    sources: Mapping[str, SourceEntry]


def unchecked(sources: Iterable[Source], today: date) -> Iterator[str]:
    """A line for each source that nobody has looked at for a year before `today`, the oldest first."""
    for source in sorted(sources, key=lambda source: source.checked_on):
        day = date.fromisoformat(source.checked_on) if source.checked_on else None
        if day is None or today - day > A_YEAR:
            yield f"{source.id}: {source.title}: " + (f"checked on {written(day)}" if day else "not verified")
