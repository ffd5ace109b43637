"""The start form."""

from __future__ import annotations

import os
from typing import Any  # WTForms says nothing of its types

from flask import current_app
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovFileInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from wtforms import Field, FileField, SelectField, SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from inclusive_ads import FORMATS, VACANCY_FIELDS, InputError, Vacancy, VacancyField, statement_titles
from inclusive_ads_web.values import Given, State
from inclusive_ads_web.work import Work

DETAIL = Length(max=100, message="Use at most 100 characters.")
MOST_REVIEW = 600_000  # bytes; the library refuses as much
VALUES = Length(max=4000, message="Use at most 4,000 characters.")


def _readable(form: FlaskForm, field: Field) -> None:  # noqa: ARG001 - as WTForms calls it
    """A text that the field of the vacancy can hold."""
    try:
        Vacancy.from_text({field.name: field.data or ""})
    except InputError as error:
        raise ValidationError(error.remedy) from None


def _input(item: VacancyField) -> Field:
    """How the page asks for a field of the vacancy."""
    about = {"label": f"{item.label} (optional)", "description": item.help}
    if item.kind == "yes-no":
        choices = [SelectChoice("", "Not said"), SelectChoice("yes", "Yes"), SelectChoice("no", "No")]
        return SelectField(**about, choices=choices, default="", widget=GovSelect())
    if item.kind == "names":
        about["description"] = ""
        choices = [SelectChoice(name, title) for name, title in statement_titles().items()]
        return SelectMultipleField(**about, choices=choices, widget=GovCheckboxesInput())
    if item.kind == "values":
        return TextAreaField(**about, widget=GovTextArea(), validators=[VALUES, _readable])
    return StringField(**about, widget=GovTextInput(), validators=[DETAIL, _readable])


class StartForm(FlaskForm):  # type: ignore[misc]
    """The advert and the post; the fields of the vacancy are added below.

    Attributes:
        offered: field of the vacancy → what can be chosen from the organisation's figures, or typed otherwise.
    """

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
    review = FileField(
        "A review to read beside it (optional)",
        description="The .review.json file that somebody saved from a review sheet.",
        widget=GovFileInput(),
    )
    profile = SelectField("Organisation", widget=GovSelect())
    submit = SubmitField("Check this advert", widget=GovSubmitInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        work: Work = current_app.extensions["inclusive_ads"]
        self.profile.choices = list(work.profiles.items())
        self.offered = work.offered
        self._most_bytes = work.most_bytes
        self.advert.description += f" At most {work.most_characters:,} characters."
        self.document.description += f" At most {_size(work.most_bytes)}."

    def vacancy(self, *, main: bool) -> list[Field]:
        """The fields of the vacancy that are shown at first sight, or the others."""
        return [self[item.name] for item in VACANCY_FIELDS if item.main == main]

    @property
    def unfolded(self) -> bool:
        """Whether a field is filled in, or wrong, that is not shown at first sight."""
        return any(field.data or field.errors for field in self.vacancy(main=False))

    def validate(self, extra_validators: Any = None) -> bool:
        """One advert, from one place."""
        if not super().validate(extra_validators):
            return False
        pasted, chosen = bool((self.advert.data or "").strip()), bool(self.uploaded)
        if pasted and chosen:
            self.document.errors = ["Paste an advert or choose a file, not both."]
        elif not pasted and not chosen:
            self.advert.errors = ["Paste an advert, or choose a file."]
        elif chosen and self._too_large:
            most = _size(self._most_bytes)
            self.document.errors = [f"Choose a file of at most {most}: of the advert alone, without pictures."]
            return False
        return pasted != chosen

    @property
    def _too_large(self) -> bool:
        file = self.document.data.stream
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        return bool(size > self._most_bytes)

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
        texts = {item.name: _text(self[item.name].data) for item in VACANCY_FIELDS}
        given = Given(profile=self.profile.data, vacancy=Vacancy.from_text(texts))
        said = self.review.data.read(MOST_REVIEW) if getattr(self.review.data, "filename", "") else b""
        return State(advert=advert, name=self.uploaded, reviews=said, given=given)


for _item in VACANCY_FIELDS:
    setattr(StartForm, _item.name, _input(_item))


def form_data(given: Given) -> dict[str, Any]:
    """The data of the start form for what was given."""
    names = {item.name: list(getattr(given.vacancy, item.name)) for item in VACANCY_FIELDS if item.kind == "names"}
    return {**given.fields(), **names}


def _size(most: int) -> str:
    """Bytes as people read them: "5.6 MB"."""
    return f"{most / 1e6:.1f} MB".replace(".0 ", " ") if most >= 1e6 else f"{most // 1000} kB"


def _text(data: Any) -> str:
    return ", ".join(data) if isinstance(data, list) else (data or "")
