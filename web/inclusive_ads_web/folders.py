"""A zip of adverts through the API."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response, request

from inclusive_ads_web.api import given_by
from inclusive_ads_web.downloads import attachment
from inclusive_ads_web.fields import form_fields, validated
from inclusive_ads_web.openapi import FORM, ZIP, described
from inclusive_ads_web.pages import work
from inclusive_ads_web.problems import API, Problem
from inclusive_ads_web.schemas import FolderIn

folders = APIBlueprint("folders", __name__, url_prefix=API)


@folders.post("/folder")
@described("folder")
def folder() -> Response:
    """Improve many adverts: a zip in, a zip out."""
    if request.mimetype != FORM:
        raise Problem(415, "media-type", "The adverts are not in a form.", f"Send Content-Type: {FORM}.")
    adverts, table = request.files.get("adverts"), request.files.get("vacancies")
    if adverts is None:
        raise Problem(422, "no-adverts", "The form has no file 'adverts'.", "Send the zip as the field 'adverts'.")
    asked = validated(FolderIn, form_fields())
    made = work().folder(adverts.read(), table.read() if table else None, given_by(asked))
    return attachment(made, "improved-adverts.zip", ZIP)
