"""The fields of a request to the API, and what is wrong with them."""

from __future__ import annotations

from typing import Any, TypeVar  # forms hold whatever was sent

from flask import request
from pydantic import BaseModel, ValidationError

from inclusive_ads import JsonObject, Vacancy, said
from inclusive_ads_web.problems import Problem
from inclusive_ads_web.schemas import PostIn, as_json

_M = TypeVar("_M", bound=BaseModel)


class InvalidFields(Problem):
    """Some fields are wrong; each is named."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        named = "; ".join(f"{error['field']}: {error['message']}" for error in errors[:3])
        super().__init__(422, "fields", named, "The description of this API lists the fields.")
        self.errors = errors


def form_fields() -> JsonObject:
    """The fields of a form as JSON has them; those that there are not stay, to be refused.

    Raises:
        InvalidFields: a field, or a file, stands in it more than once.
    """
    names = [name for name, _ in (*request.form.items(multi=True), *request.files.items(multi=True))]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidFields([{"field": name, "message": "Given more than once."} for name in twice])
    fields = dict(request.form)
    given = {name: fields.pop(name) for name in PostIn.model_fields if name in fields}
    # What a form holds as text becomes what JSON would hold, so that both are checked alike.
    return {"post": as_json(Vacancy.from_text(given)), **fields}


def validated(model: type[_M], data: Any) -> _M:
    """The fields as a model.

    Raises:
        InvalidFields: some are wrong, missing or unknown.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InvalidFields(field_problems(error)) from None


def field_problems(error: ValidationError) -> list[dict[str, str]]:
    """What is wrong with which field."""
    # The message may not quote the input: it could be the advert.
    return [
        {"field": ".".join(str(part) for part in item["loc"]) or "body", "message": said(item)}
        for item in error.errors(include_url=False, include_input=False)
    ]
