"""The fields of a request to the API, and what is wrong with them."""

from __future__ import annotations

import json
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
    if "decisions" in fields:
        try:
            fields["decisions"] = read_json(fields["decisions"].encode())
        except (ValueError, RecursionError):
            raise InvalidFields([{"field": "decisions", "message": "Send a list in JSON."}]) from None
    return {"post": as_json(Vacancy.from_text(given)), **fields}


class TwiceError(ValueError):
    """A name stands twice in an object of JSON: programs differ in which of the two they take."""


def read_json(data: bytes) -> Any:
    """The one JSON value that `data` holds.

    Raises:
        TwiceError: a name stands twice in an object.
        ValueError, RecursionError: it is not JSON, or not in UTF-8, or more than one value.
    """
    return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant)


def _once(pairs: list[tuple[str, Any]]) -> JsonObject:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise TwiceError
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity are no JSON


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
        {"field": _whole(".".join(str(part) for part in item["loc"]) or "body"), "message": _whole(said(item))}
        for item in error.errors(include_url=False, include_input=False)
    ]


def _whole(text: str) -> str:
    """`text` without half characters, which could not be sent."""
    return text.encode("utf-8", "replace").decode()
