"""What a value that was refused should be is said in plain words, never in those of the library that refused it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from inclusive_ads import Settings, Vacancy, said
from inclusive_ads.decisions import Decision
from inclusive_ads.lexicon.checklist import ChecklistFile, PlacesFile
from inclusive_ads.lexicon.concepts import Concept, FamiliesFile, Operator, Persons
from inclusive_ads.lexicon.models import EntryFile
from inclusive_ads.lexicon.shared import NotesFile, SectionsFile
from inclusive_ads.lexicon.sources import SourcesFile
from inclusive_ads.statements.models import CompanionsFile, DecisionsFile, GroupsFile, Profile
from inclusive_ads_web.schemas import BatchLine, CheckIn, FixIn

MODELS: list[type[Any]] = [
    *(BatchLine, CheckIn, ChecklistFile, CompanionsFile, Concept, Decision, DecisionsFile, EntryFile, FamiliesFile),
    *(FixIn, GroupsFile, NotesFile, Operator, Persons, PlacesFile, Profile, SectionsFile, Settings, SourcesFile),
    Vacancy,
]
OF_THE_LIBRARY = (
    "Input should",
    "Field required",
    "Extra inputs",
    "valid",
    "String should",
    "pydantic",
    "Value error",
    "Unexpected",
)
SECRET = "the text of an advert"
leaves = st.none() | st.booleans() | st.integers(-3, 10**9) | st.floats() | st.sampled_from(["", SECRET, "x" * 300])
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
)


def names(model: type[Any]) -> list[str]:
    return sorted(model.model_fields if issubclass(model, BaseModel) else model.__dataclass_fields__)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@given(data=st.data())
def test_a_refusal_speaks_plainly_and_quotes_nothing(model: type[Any], data: st.DataObject) -> None:
    given_ = data.draw(st.dictionaries(st.sampled_from([*names(model), "colour"]), values))
    try:
        TypeAdapter(model).validate_json(json.dumps(given_), strict=model in (Settings, Vacancy))
    except ValidationError as error:
        for one in error.errors():
            text = said(one)
            assert not any(words in text for words in OF_THE_LIBRARY)
            assert SECRET not in text
            assert "{" not in text


@pytest.mark.parametrize(
    ("model", "value", "expected"),
    [
        (CheckIn, {}, "Give a value"),
        (CheckIn, {"text": 3}, "Enter text"),
        (CheckIn, {"text": "a", "colour": 1}, "Nothing of this name can be set: check the spelling"),
        (BatchLine, {"id": 1, "text": "a", "format": "pages"}, "Use one of: html, markdown, text"),
        (Decision, {"approved_on": "31 June"}, "Enter a real date, such as 2026-11-30"),
        (Decision, {"entry": ""}, "Enter at least 1 character"),
    ],
)
def test_what_to_enter(model: type[BaseModel], value: dict[str, Any], expected: str) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(value)
    assert expected in [said(error) for error in caught.value.errors()]
