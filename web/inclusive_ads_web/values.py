"""What a request carries: the advert, what was given of its post, and what the user chose. It goes with the request."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inclusive_ads import VACANCY_FIELDS, Finding, InputError, JsonObject, Review, Vacancy, decision_faults, read_review


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the user wants done with one finding.

    Attributes:
        action: ``"leave"``, ``"keep"`` (on purpose), or the index of a suggestion.
        reason, kept_by, approved_by, advice: of wording that is kept, see `Decision`.
    """

    action: str
    reason: str = ""
    kept_by: str = ""
    approved_by: tuple[str, ...] = ()
    advice: str = ""

    @property
    def suggestion(self) -> int | None:
        """Index of the chosen suggestion."""
        return int(self.action) if self.action.isdecimal() else None

    def faults(self, finding: Finding) -> dict[str, str]:
        """What is still to be said before the wording is kept, by field; empty where it is, or is not to be."""
        return decision_faults(finding.severity, **self.decision()) if self.action == "keep" else {}

    def decision(self) -> JsonObject:
        """The fields of a `Decision` that the user gives."""
        given = {"reason": self.reason, "kept_by": self.kept_by, "advice": self.advice}
        return {**given, "approved_by": self.approved_by}

    @property
    def approver(self) -> str:
        """The first who agreed."""
        return self.approved_by[0] if self.approved_by else ""

    @property
    def second(self) -> str:
        """The second who agreed."""
        return self.approved_by[1] if len(self.approved_by) > 1 else ""


# Field of a decision → the first field of the form in which it is given.
ASKED = {"reason": "reason", "kept_by": "keeper", "approved_by": "approver", "advice": "advice"}


def read_choices(form: Mapping[str, str]) -> dict[int, Choice]:
    """Choices by number of finding; a finding that the form does not name has none.

    Whoever keeps one wording keeps the others, too, where no other name is given.
    """
    numbers = {
        int(number): value
        for name, value in form.items()
        for prefix, _, number in (name.partition("-"),)
        if prefix == "choice" and number.isdecimal() and len(number) < 7 and _is_action(value)
    }
    keeper = next((name for number in numbers if (name := _field(form, "keeper", number))), "")
    return {
        number: Choice(
            action=action,
            reason=_field(form, "reason", number),
            kept_by=_field(form, "keeper", number) or (keeper if action == "keep" else ""),
            approved_by=tuple(filter(None, (_field(form, name, number) for name in ("approver", "second")))),
            advice=_field(form, "advice", number),
        )
        for number, action in numbers.items()
    }


def _field(form: Mapping[str, str], name: str, number: int) -> str:
    return form.get(f"{name}-{number}", "").strip()[:5000]


def _is_action(value: str) -> bool:
    return value in {"leave", "keep"} or (value.isascii() and value.isdecimal() and len(value) < 4)


def choice_errors(choices: Mapping[int, Choice], findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Errors for the summary: what is still to be said of wording that is to be kept."""
    errors = []
    for finding in findings:
        choice = choices.get(finding.number)
        for name, fault in choice.faults(finding).items() if choice else ():
            text = f"Finding {finding.number}: {fault[0].lower()}{fault[1:]}"
            errors.append({"text": text, "href": f"#{ASKED[name]}-{finding.number}"})
    return errors
