"""What a request carries: the advert, what was given of its post, and what the user chose. It goes with the request."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field

from inclusive_ads import VACANCY_FIELDS, InputError, Vacancy


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
    """

    advert: bytes
    name: str = ""
    given: Given = field(default_factory=Given)

    def fields(self) -> dict[str, str]:
        """Hidden fields that carry it; base64, since browsers rewrite line ends."""
        return {"source": base64.b64encode(self.advert).decode(), "name": self.name, **self.given.fields()}

    @classmethod
    def from_fields(cls, form: Mapping[str, str]) -> State:
        """The state that `fields` made.

        Raises:
            InputError: the fields do not hold one.
        """
        try:
            advert = base64.b64decode(form.get("source", ""), validate=True)
        except (binascii.Error, ValueError):
            advert = b""
        if not advert:
            raise InputError("The page did not send the advert.", "Go to the start page and paste it again.")
        return cls(advert=advert, name=form.get("name", "")[:200], given=Given.from_fields(form))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the user wants done with one finding.

    Attributes:
        action: ``"leave"``, ``"keep"`` (on purpose, with reason and approver), or the index of a suggestion.
    """

    action: str
    reason: str = ""
    approver: str = ""

    @property
    def suggestion(self) -> int | None:
        """Index of the chosen suggestion."""
        return int(self.action) if self.action.isdecimal() else None

    @property
    def settled(self) -> bool:
        """Whether the wording is kept, and it is said why and by whom."""
        return self.action == "keep" and bool(self.reason and self.approver)


def read_choices(form: Mapping[str, str]) -> dict[int, Choice]:
    """Choices by number of finding; a finding that the form does not name has none."""
    choices = {}
    for name, value in form.items():
        prefix, _, number = name.partition("-")
        if prefix == "choice" and number.isdecimal() and len(number) < 7 and _is_action(value):
            choices[int(number)] = Choice(
                action=value,
                reason=form.get(f"reason-{number}", "").strip()[:500],
                approver=form.get(f"approver-{number}", "").strip()[:100],
            )
    return choices


def _is_action(value: str) -> bool:
    return value in {"leave", "keep"} or (value.isascii() and value.isdecimal() and len(value) < 4)


def choice_errors(choices: Mapping[int, Choice]) -> list[dict[str, str]]:
    """Errors for the summary: wording that is kept needs a reason and a name."""
    errors = []
    for number, choice in sorted(choices.items()):
        if choice.action != "keep":
            continue
        if not choice.reason:
            errors.append({"text": f"Finding {number}: say why you keep the wording.", "href": f"#reason-{number}"})
        if not choice.approver:
            errors.append({"text": f"Finding {number}: say who agreed to it.", "href": f"#approver-{number}"})
    return errors
