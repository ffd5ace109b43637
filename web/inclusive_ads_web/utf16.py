"""Offsets as JavaScript, Java and C# count: in UTF-16 code units."""

from __future__ import annotations

from bisect import bisect_left


class Utf16:
    """Turns code-point offsets of one text into UTF-16 offsets."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [i for i, c in enumerate(text) if c > "\uffff"]

    def span(self, start: int, end: int) -> dict[str, int]:
        """Both ends."""
        return {"start": start + bisect_left(self._wide, start), "end": end + bisect_left(self._wide, end)}
