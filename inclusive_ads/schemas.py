"""JSON Schemas, made from the types themselves: `python -m inclusive_ads.schemas docs` writes them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from inclusive_ads.plain import JsonObject
from inclusive_ads.text.writing import write_whole
from inclusive_ads.vacancy import VACANCY_FIELDS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def lexicon_schema() -> JsonObject:
    """What a file of entries may say, for completion and checking in an editor."""
    from inclusive_ads.lexicon.models import EntryFile

    return {"$schema": _DIALECT, **EntryFile.model_json_schema()}


def report_schema() -> JsonObject:
    """What `Report.to_dict` gives: every key is always there, and there are no others."""
    from pydantic import TypeAdapter

    from inclusive_ads.report import SCHEMA_VERSION, Report

    schema = TypeAdapter(Report).json_schema(mode="serialization")
    for part in (schema, *schema["$defs"].values()):
        if "properties" in part:
            part["additionalProperties"] = False
            part["required"] = list(part["properties"])
    schema["properties"]["schema_version"] = {"const": SCHEMA_VERSION}
    return {"$schema": _DIALECT, **schema}


def settings_schema() -> JsonObject:
    """What `inclusive-ads.yaml` may say."""
    from pydantic import TypeAdapter

    from inclusive_ads.settings import Settings

    schema = TypeAdapter(Settings).json_schema()
    for item in VACANCY_FIELDS:
        schema["$defs"]["Vacancy"]["properties"][item.name]["description"] = f"{item.label}. {item.help}"
    return {"$schema": _DIALECT, **schema, "additionalProperties": False}


def published() -> dict[str, str]:
    """File name → content."""
    schemas = {
        "lexicon.schema.json": lexicon_schema(),
        "report.schema.json": report_schema(),
        "settings.schema.json": settings_schema(),
    }
    return {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    for name, text in published().items():
        write_whole(Path(sys.argv[1]) / name, text)
