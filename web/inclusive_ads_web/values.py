"""What a request carries: the advert as it was given, and what was given of its post. It goes with the request."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from inclusive_ads import VACANCY_FIELDS, InputError, Review, Vacancy, read_review

_FIELDS = {item.name for item in VACANCY_FIELDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the user tells us about the post; `profile` is the name of an organisation's profile."""

    profile: str = "generic"
    vacancy: Vacancy = field(default_factory=Vacancy)

    def fields(self) -> dict[str, str]:
        """Fields of a form that carry it."""
        return {"profile": self.profile, **self.vacancy.to_text()}

    def told(self) -> list[tuple[str, str]]:
        """What was said of the post, each with its label."""
        texts = self.vacancy.to_text()
        return [(item.label, texts[item.name]) for item in VACANCY_FIELDS if item.name in texts]

    def with_values(self, values: Mapping[str, str]) -> Given:
        """With more values for the texts of statements; those that are fields of the vacancy become that."""
        fields = {name: value for name, value in values.items() if name in _FIELDS}
        more = {name: value for name, value in values.items() if name not in _FIELDS}
        text = self.vacancy.to_text() | fields
        vacancy = replace(Vacancy.from_text(text), values={**self.vacancy.values, **more})
        return replace(self, vacancy=vacancy)

    @classmethod
    def from_fields(cls, form: Mapping[str, str]) -> Given:
        """What `fields` made.

        Raises:
            InputError: a field does not hold what it should.
        """
        return cls(profile=form.get("profile", "generic")[:200], vacancy=Vacancy.from_text(form))


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One advert and its post, as the form carries them.

    Attributes:
        advert: the file, or the pasted text in UTF-8.
        name: name of the file; "" for pasted text.
        reviews: the file that a review sheet saved, or b"".
    """

    advert: bytes
    name: str = ""
    reviews: bytes = b""
    given: Given = field(default_factory=Given)

    def fields(self) -> dict[str, str]:
        """Hidden fields that carry it; base64, since browsers rewrite line ends."""
        carried = {"source": base64.b64encode(self.advert).decode(), "name": self.name}
        if self.reviews:
            carried["reviews"] = base64.b64encode(self.reviews).decode()
        return {**carried, **self.given.fields()}

    @property
    def said(self) -> list[Review]:
        """The review. Raises InputError where the file is none."""
        return [read_review(self.reviews, "The review")] if self.reviews else []

    @classmethod
    def from_fields(cls, form: Mapping[str, str]) -> State:
        """The state that `fields` made.

        Raises:
            InputError: the fields do not hold one.
        """
        try:
            advert, reviews = (base64.b64decode(form.get(name, ""), validate=True) for name in ("source", "reviews"))
        except (binascii.Error, ValueError):
            advert = reviews = b""
        if not advert:
            raise InputError("The page did not send the advert.", "Go to the start page and paste it again.")
        return cls(advert=advert, name=form.get("name", "")[:200], reviews=reviews, given=Given.from_fields(form))
