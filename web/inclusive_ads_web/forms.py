"""What people fill in. The state of a check travels in the form; the server keeps nothing between two requests."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovSelect, GovSubmitInput, GovTextArea, GovTextInput
from wtforms import FileField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import Length

from inclusive_ads import InputError

DETAIL = Length(max=100, message="Use at most 100 characters.")


class StartForm(FlaskForm):  # type: ignore[misc]
    """The advert and the post."""

    advert = TextAreaField(
        "Paste your advert",
        description="All of it: title, pay, description, how to apply. It is checked and not kept.",
        widget=GovTextArea(),
    )
    document = FileField(
        "Or choose a file",
        description="Word (.docx), PDF with text, web page (.html), Markdown (.md) or plain text (.txt).",
        widget=GovFileInput(),
    )
    profile = SelectField("Organisation", widget=GovSelect())
    grade = StringField(
        "Grade or band (optional)",
        description="As in your figures, such as SEO or Band 6.",
        widget=GovTextInput(),
        validators=[DETAIL],
    )
    role = StringField("Role or profession (optional)", widget=GovTextInput(), validators=[DETAIL])
    location = StringField(
        "Location (optional)",
        description="It decides which law applies, such as Leeds or Belfast.",
        widget=GovTextInput(),
        validators=[DETAIL],
    )
    submit = SubmitField("Check this advert", widget=GovSubmitInput())

    def validate(self, extra_validators: Any = None) -> bool:
        """One advert, from one place."""
        if not super().validate(extra_validators):
            return False
        pasted, chosen = bool((self.advert.data or "").strip()), bool(self.uploaded)
        if pasted and chosen:
            self.document.errors = ["Paste an advert or choose a file, not both."]
        elif not pasted and not chosen:
            self.advert.errors = ["Paste an advert, or choose a file."]
        return pasted != chosen

    @property
    def uploaded(self) -> str:
        """Name of the chosen file, or ""."""
        return str(getattr(self.document.data, "filename", "") or "")

    def state(self) -> State:
        """What was filled in; line ends as they were typed, not as browsers send them."""
        pasted = (self.advert.data or "").replace("\r\n", "\n").encode()
        advert = self.document.data.read() if self.uploaded else pasted
        details = {name: (self[name].data or "").strip() for name in ("profile", "grade", "role", "location")}
        return State(advert=advert, name=self.uploaded, **details)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One advert and its post, as the form carries them.

    Attributes:
        advert: the file, or the pasted text in UTF-8.
        name: name of the file; "" for pasted text.
    """

    advert: bytes
    name: str = ""
    profile: str = "generic"
    grade: str = ""
    role: str = ""
    location: str = ""

    def fields(self) -> dict[str, str]:
        """Hidden fields that carry it; base64, since browsers rewrite line ends."""
        return {
            "source": base64.b64encode(self.advert).decode(),
            "name": self.name,
            "profile": self.profile,
            "grade": self.grade,
            "role": self.role,
            "location": self.location,
        }

    @classmethod
    def from_fields(cls, form: Mapping[str, str]) -> State:
        """The state that `fields` made.

        Raises:
            InputError: the fields do not hold one.
        """
        try:
            advert = base64.b64decode(form.get("source", ""), validate=True)
        except binascii.Error:
            advert = b""
        if not advert:
            raise InputError("The page did not send the advert.", "Go to the start page and paste it again.")
        names = ("name", "profile", "grade", "role", "location")
        return cls(advert=advert, **{name: form.get(name, "")[:200] for name in names})


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


def read_choices(form: Mapping[str, str]) -> dict[int, Choice]:
    """Choices by number of finding; a finding that the form does not name has none."""
    choices = {}
    for name, value in form.items():
        prefix, _, number = name.partition("-")
        if prefix == "choice" and number.isdecimal() and (value in {"leave", "keep"} or value.isdecimal()):
            choices[int(number)] = Choice(
                action=value[:4],
                reason=form.get(f"reason-{number}", "").strip()[:500],
                approver=form.get(f"approver-{number}", "").strip()[:100],
            )
    return choices


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
