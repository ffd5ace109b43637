"""The whole API against its own description: whatever it allows is answered as it says (schemathesis)."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings, create_app


@schemathesis.serializer("application/x-ndjson")
def lines(_: Any, value: Any) -> bytes:
    return json.dumps(value).encode() + b"\n"


@schemathesis.deserializer("application/x-ndjson")
def first_line(_: Any, response: Any) -> Any:
    return json.loads(response.content.splitlines()[0])


schema = schemathesis.openapi.from_wsgi(
    "/api/v2/openapi.json", create_app(WebSettings(api_rate="1000000 per minute"), Settings())
)

# That an advert allowed by the schema may still be refused with 422 is documented: no schema can say what is readable.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_answers_as_described(case: schemathesis.Case) -> None:
    in_line = case.path.endswith("/batch")  # a bad line of a batch gets a line with its error
    plain = {"Accept-Encoding": "identity"}  # in one process nobody unpacks what is compressed
    case.call_and_validate(checks=CHECKS if in_line else [*CHECKS, negative_data_rejection], headers=plain)


def test_the_description_is_openapi_3_1_and_names_every_operation() -> None:
    spec = schema.raw_schema
    names = {operation["operationId"] for methods in spec["paths"].values() for operation in methods.values()}
    assert spec["openapi"] == "3.1.0"
    assert names == {
        "check",
        "keep",
        "fix",
        "batch",
        "folder",
        "statement",
        "entries",
        "entry",
        "profiles",
        "health",
        "ready",
    }


@pytest.mark.parametrize("name", ["Report", "Finding", "StatementChoice", "ProblemOut"])
def test_the_types_that_clients_need_are_described(name: str) -> None:
    assert schema.raw_schema["components"]["schemas"][name]["properties"]
