"""Frozen values as what JSON knows: dicts, lists, strings and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any  # any value can be made plain

JsonObject = dict[str, Any]  # of a line, a report, a schema: no type says which key holds what
_NAMES: dict[type, tuple[str, ...]] = {}  # of the fields of each dataclass; () of what is none


def _names(kind: type) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(item.name for item in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES[kind]


def to_plain(value: Any) -> Any:
    """Dataclasses, enums and tuples as dicts, strings and lists."""
    if value is None or type(value) in (str, int, bool):
        return value
    if names := _names(type(value)):
        return {name: to_plain(getattr(value, name)) for name in names}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    return value
