"""What a value that was refused should be, in plain words: pydantic's errors said as a public service says them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args  # what pydantic tells of an error has no types

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

# Type of error → what to do. {…} are facts that pydantic gives with it.
_SAID = {
    "missing": "Give a value",
    "extra_forbidden": "Nothing of this name can be set: check the spelling",
    "unexpected_keyword_argument": "Nothing of this name can be set: check the spelling",
    "string_type": "Enter text",
    "string_too_short": "Enter at least {min_length} {character}",
    "string_too_long": "Enter {max_length} characters or fewer",
    "string_pattern_mismatch": "Enter it in the form that the documents describe",
    "int_type": "Enter a whole number",
    "int_parsing": "Enter a whole number",
    "int_from_float": "Enter a whole number",
    "float_type": "Enter a number",
    "float_parsing": "Enter a number",
    "finite_number": "Enter a number that has an end",
    "bool_type": "Enter true or false",
    "bool_parsing": "Enter true or false",
    "greater_than": "Enter a number above {gt}",
    "greater_than_equal": "Enter {ge} or more",
    "less_than": "Enter a number below {lt}",
    "less_than_equal": "Enter {le} or less",
    "enum": "Use {expected}",
    "literal_error": "Use {expected}",
    "list_type": "Enter a list",
    "tuple_type": "Enter a list",
    "too_short": "Enter at least {min_length} {item}",
    "too_long": "Enter {max_length} items or fewer",
    "dict_type": "Enter names with their values",
    "mapping_type": "Enter names with their values",
    "model_type": "Enter names with their values",
    "model_attributes_type": "Enter names with their values",
    "dataclass_type": "Enter names with their values",
    "date_type": "Enter a real date, such as {today}",
    "date_parsing": "Enter a real date, such as {today}",
    "date_from_datetime_parsing": "Enter a real date, such as {today}",
    "date_from_datetime_inexact": "Enter a date without a time, such as {today}",
    "path_type": "Enter the path of a file or folder",
    "string_unicode": "Enter text in UTF-8",
    "json_invalid": "Enter JSON",
    "frozen_set_type": "Enter a list",
    "set_type": "Enter a list",
    "invalid_key": "Enter names as text",
    "none_required": "Leave this empty",
}
_OTHER = "Enter a value of the kind that the documents describe"
_EXAMPLE = "2026-11-30"


@cache
def _of_pydantic() -> frozenset[str]:
    """The types of pydantic's own errors; any other has words of ours."""
    from pydantic_core.core_schema import ErrorType

    return frozenset(get_args(ErrorType))


def said(error: ErrorDetails) -> str:
    """What to enter, as a sentence without its stop. It never holds what was entered, which could be an advert."""
    facts: dict[str, Any] = {"today": _EXAMPLE, **error.get("ctx", {})}
    facts["character"] = "character" if facts.get("min_length") == 1 else "characters"
    facts["item"] = "item" if facts.get("min_length") == 1 else "items"
    if error["type"] in ("value_error", "assertion_error"):
        return str(facts["error"]).rstrip(".")
    template = _SAID.get(error["type"])
    if template:
        return template.format_map(facts)
    return _OTHER if error["type"] in _of_pydantic() else error["msg"].rstrip(".")
