"""The OpenAPI 3.1 description: what each operation takes and gives, from the schemas and the types of a report."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar  # apispec says nothing of its types

from apiflask import APIFlask
from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from inclusive_ads import (
    FORMATS,
    VACANCY_FIELDS,
    JsonObject,
    Report,
)
from inclusive_ads_web import schemas
from inclusive_ads_web.problems import API
from inclusive_ads_web.settings import WebSettings
from inclusive_ads_web.utf16 import OFFSETS

_F = TypeVar("_F", bound=Callable[..., Any])
REF = "#/components/schemas/{model}"
JSON, LINES, FORM = "application/json", "application/x-ndjson", "multipart/form-data"

ZIP, WORD = "application/zip", FORMATS["docx"].media_type
SHAPES = {
    "yes-no": "`yes` or `no`.",
    "names": "Parted by commas.",
    "values": "Parted by semicolons.",
}


def _file(kind: str, about: str) -> JsonObject:
    return {"type": "string", "contentMediaType": kind, "description": about}


def _form(required: str, **files: Any) -> JsonObject:
    """A form with files, and what is known about the post."""
    about = {
        item.name: {"type": "string", "description": f"{item.label}. {item.help} {SHAPES.get(item.kind, '')}".strip()}
        for item in VACANCY_FIELDS
    }
    return {
        "type": "object",
        "required": [required],
        "additionalProperties": False,
        "properties": {**files, "profile": {"type": "string", "maxLength": 200}, **about},
    }


FILE_FORM = _form(
    "document",
    document=_file("application/octet-stream", f"The advert: {', '.join(each.label for each in FORMATS.values())}."),
)
FIX_FORM = _form(
    "document",
    document=FILE_FORM["properties"]["document"],
    answer=schemas.FixIn.model_json_schema()["properties"]["answer"],
)
FOLDER_FORM = _form(
    "adverts",
    adverts=_file(ZIP, "The adverts, in folders if you like."),
    vacancies=_file(
        "text/csv", "A row an advert: `file` is its name in the zip; the other columns are fields of the vacancy."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation: a summary, what comes in by media type, what goes out, and how it can fail.

    Attributes:
        takes: media type → name of a model, or a schema.
        gives: name of a model; "" for a file.
        gives_too: media type → schema of what can come out instead.
    """

    summary: str
    about: str = ""
    takes: dict[str, str | JsonObject] = field(default_factory=dict)
    gives: str = ""
    gives_type: str = JSON
    gives_too: dict[str, JsonObject] = field(default_factory=dict)
    parameters: tuple[JsonObject, ...] = ()
    fails: tuple[int, ...] = ()
    open: bool = False


def _query(name: str, about: str, **schema: Any) -> JsonObject:
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema}


ABOUT_OFFSETS = (
    "Offsets are half-open and count Unicode code points of the text that was sent; "
    "`utf16` has them again, as browsers count."
)
SLIM = _query("slim", "Leave `guards` and `sources` out of findings.", type="boolean", default=False)
TAKES_ADVERT = (400, 401, 413, 415, 422, 429, 503)
OPERATIONS = {
    "check": Operation(
        summary="Check an advert",
        about=f"Findings, completeness, readability, the statement, and a verdict. {ABOUT_OFFSETS}",
        takes={JSON: "JudgeIn", FORM: FILE_FORM},
        gives="Report",
        parameters=(SLIM,),
        fails=TAKES_ADVERT,
    ),
    "keep": Operation(
        summary="Keep a wording on purpose",
        about="Makes the decision, of today; nothing is stored. Send it along with the advert as one of `decisions`.",
        takes={JSON: "KeepIn"},
        gives="DecisionOut",
        fails=(*TAKES_ADVERT, 409),
    ),
    "fix": Operation(
        summary="Improve an advert",
        about="Uses the safe suggestions and those that you accept, inserts the statement, and checks the result. "
        "`answer` asks for the Word file instead, whatever format the advert came in.",
        takes={JSON: "FixIn", FORM: FIX_FORM},
        gives="FixOut",
        gives_too={
            FORMATS["docx"].media_type: _file(FORMATS["docx"].media_type, "The Word file, if it was asked for.")
        },
        parameters=(SLIM,),
        fails=(*TAKES_ADVERT, 409),
    ),
    "statement": Operation(
        summary="Choose the statement",
        about="Which statement fits the advert and the post, where it goes, and why; or why not.",
        takes={JSON: "CheckIn", FORM: FILE_FORM},
        gives="StatementChoice",
        fails=TAKES_ADVERT,
    ),
    "batch": Operation(
        summary="Check many adverts",
        about="JSON lines in, JSON lines out, in order, as they are done. A bad line gives a line with `error`.",
        takes={LINES: "BatchLine"},
        gives="ResultLine",
        gives_type=LINES,
        parameters=(_query("profile", "Name of a profile.", type="string", default="generic", maxLength=200),),
        fails=(401, 413, 415, 422, 429, 503),
    ),
    "folder": Operation(
        summary="Improve many adverts",
        about="A zip of adverts in; out comes a zip of improved adverts, each in its own format, with one list of what "
        "was done and what waits for a person: `improved-adverts.html` to read, `improved-adverts.jsonl` for programs. "
        "A row of the table counts over the fields of the form, and those over the advert. An advert that cannot be "
        "read is listed and stops no other.",
        takes={FORM: FOLDER_FORM},
        gives_type=ZIP,
        fails=(401, 413, 415, 422, 429, 503),
    ),
    "entries": Operation(
        summary="List the entries of the lexicon",
        gives="EntriesOut",
        parameters=(
            _query("q", "Words to look for.", type="string", maxLength=100),
            _query("category", "Name of a category.", type="string", maxLength=50),
            _query("offset", "How many to skip.", type="integer", minimum=0, maximum=1_000_000, default=0),
            _query("limit", "How many to give.", type="integer", minimum=0, maximum=1000, default=100),
        ),
        fails=(401, 422, 429),
    ),
    "entry": Operation(summary="Read one entry", gives="EntryOut", fails=(401, 404, 429)),
    "profiles": Operation(summary="List the profiles", gives="ProfilesOut", fails=(401, 429)),
    "health": Operation(summary="Is the server up?", gives="HealthOut", open=True),
    "ready": Operation(summary="Can the server check adverts?", gives="HealthOut", fails=(503,), open=True),
}
REASONS = {
    400: "The body cannot be read.",
    401: "A key is needed, or the key is wrong.",
    404: "Nothing has this id.",
    409: "A choice does not fit the findings of this advert.",
    413: "The body is too large.",
    415: "The body is of another media type.",
    422: "A field, or the advert, cannot be used.",
    429: "Too many requests, characters, or requests at once; `Retry-After` says when to try again.",
    503: "Not ready, all workers are busy, or the advert takes too long; `Retry-After` where it helps to wait.",
}


def described(name: str) -> Callable[[_F], _F]:
    """Marks a view as the operation `name`; what it takes and gives stands in `OPERATIONS`."""

    def mark(view: _F) -> _F:
        view._spec = {"operation_id": name}  # type: ignore[attr-defined]  # where APIFlask keeps it
        return view

    return mark


def describe(app: APIFlask, settings: WebSettings) -> None:
    """Make the description complete when it is asked for."""
    app.config["OPENAPI_VERSION"] = "3.1.0"
    app.description = (
        "Checks the language of job adverts. Guidance, not legal advice. Adverts are neither stored nor logged. "
        "A breaking change gets a new version in the path; this one then goes on for at least six months and "
        "answers with the headers Deprecation and Sunset."
    )
    app.license = {"name": "MIT", "identifier": "MIT"}

    @app.spec_processor
    def complete(spec: Any) -> Any:
        spec["paths"] = {path: methods for path, methods in spec["paths"].items() if path.startswith(API)}
        for methods in spec["paths"].values():
            for operation in methods.values():
                if isinstance(operation, dict) and operation.get("operationId") in OPERATIONS:
                    kept = [p for p in operation.get("parameters", []) if p["in"] == "path"]
                    name = operation["operationId"]
                    operation.clear()
                    operation.update(_operation(name, OPERATIONS[name], kept, settings))
        spec["components"] = {
            "schemas": component_schemas(),
            "securitySchemes": {"ApiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"}},
        }
        spec["tags"] = []
        return spec


def published(app: APIFlask) -> str:
    """The description as it is published with the documentation: for a server that needs keys."""
    return json.dumps(app.test_client().get(f"{API}/openapi.json").get_json(), indent=2, ensure_ascii=False) + "\n"


def component_schemas() -> JsonObject:
    """JSON Schemas of everything that goes in or out, the report's types included."""
    ours_alone = (schemas.Model, schemas.Answer)
    models = [m for m in vars(schemas).values() if isinstance(m, type) and issubclass(m, ours_alone)]
    _, ours = models_json_schema([(model, "validation") for model in models], ref_template=REF)
    report = TypeAdapter(Report).json_schema(ref_template=REF, mode="serialization")
    report_types = report.pop("$defs")
    found: JsonObject = {**ours["$defs"], **report_types, "Report": report}
    for schema in (report, *(one for one in report_types.values() if "properties" in one)):
        properties = schema["properties"]
        schema["required"] = list(properties)  # a report has them all, those with a default too
        named = {name: about for name, about in properties.items() if name in OFFSETS}
        if "start" in named:
            about = "The same offsets in UTF-16 code units, as browsers and Java count; left out where there are none."
            sure = [name for name, offset in named.items() if "anyOf" not in offset]
            properties["utf16"] = {"type": "object", "description": about, "properties": named, "required": sure}
            schema["required"] += ["utf16"] if "start" in sure else []
    found["Report"]["properties"]["findings_left_out"] = {
        "type": "integer",
        "description": "How many more findings there are than are given, where an advert has very many.",
    }
    finding = found["Finding"]
    finding["required"] = [name for name in finding["required"] if name not in schemas.FULL]  # the slim form has none
    found["FixOut"]["properties"]["report"] = {"$ref": REF.format(model="Report")}
    for name in ("Model", "Answer"):
        found.pop(name, None)
    return found


def _schema(given: str | JsonObject) -> JsonObject:
    return {"$ref": REF.format(model=given)} if isinstance(given, str) else given


def _operation(name: str, operation: Operation, parameters: list[Any], settings: WebSettings) -> JsonObject:
    made: JsonObject = {
        "operationId": name,
        "summary": operation.summary,
        "parameters": [*parameters, *operation.parameters],
        "responses": {
            "200": {
                "description": operation.summary,
                "content": {
                    operation.gives_type: {"schema": _schema(operation.gives or _file(ZIP, "The zip."))},
                    **{kind: {"schema": schema} for kind, schema in operation.gives_too.items()},
                },
            },
            **{
                str(status): {
                    "description": REASONS[status],
                    "content": {"application/problem+json": {"schema": {"$ref": REF.format(model="ProblemOut")}}},
                }
                for status in operation.fails
            },
        },
    }
    if operation.about:
        made["description"] = operation.about
    if operation.takes:
        content = {kind: {"schema": _schema(given)} for kind, given in operation.takes.items()}
        made["requestBody"] = {"required": True, "content": content}
    if not operation.open and not settings.open_api:
        made["security"] = [{"ApiKey": []}]
    return made
