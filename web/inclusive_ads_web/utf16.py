"""Offsets as JavaScript, Java and C# count: in UTF-16 code units."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any  # what goes out as JSON has no types

OFFSETS = ("start", "end", "sentence_start", "sentence_end", "replaces")  # names of offsets in answers


class Utf16:
    """Turns code-point offsets of one text into UTF-16 offsets."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [i for i, c in enumerate(text) if c > "\uffff"]

    def at(self, offset: int) -> int:
        """One offset."""
        return offset + bisect_left(self._wide, offset)

    def span(self, start: int, end: int) -> dict[str, int]:
        """Both ends."""
        return {"start": self.at(start), "end": self.at(end)}

    def add(self, value: Any) -> None:
        """Give everything in JSON that has offsets the same again, in UTF-16, as `utf16`."""
        if isinstance(value, (list, tuple)):
            for each in value:
                self.add(each)
        elif isinstance(value, dict):
            for each in value.values():
                self.add(each)
            if isinstance(value.get("start"), int):
                named = {name: value[name] for name in OFFSETS if value.get(name) is not None}
                value["utf16"] = {
                    name: list(map(self.at, found)) if isinstance(found, (list, tuple)) else self.at(found)
                    for name, found in named.items()
                }
