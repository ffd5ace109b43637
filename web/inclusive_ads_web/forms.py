"""The start form."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovSelect, GovSubmitInput, GovTextArea, GovTextInput
from wtforms import FileField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import Length

from inclusive_ads import FORMATS
from inclusive_ads_web.values import Post, State

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
        description=f"{', '.join(kind.label for kind in FORMATS.values())}.",
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

    @property
    def accepted(self) -> str:
        """What the file chooser offers first."""
        return ",".join(suffix for kind in FORMATS.values() for suffix in kind.suffixes)

    def state(self) -> State:
        """What was filled in; line ends as they were typed, not as browsers send them."""
        pasted = (self.advert.data or "").replace("\r\n", "\n").encode()
        advert = self.document.data.read() if self.uploaded else pasted
        post = {name: (self[name].data or "").strip() for name in Post.__dataclass_fields__}
        return State(advert=advert, name=self.uploaded, post=Post(**post))
