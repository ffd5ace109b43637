"""What of an advert or its file was not judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """Something that an advert holds and that was not judged.

    Attributes:
        code: a stable name for tools, such as "language" or "picture".
        what: what it is, for people, such as "Text in Welsh".
        count: how many of it there are.
        start, end: where it stands, in source offsets; None where it has no place in the text.
    """

    code: str
    what: str
    count: int = 1
    start: int | None = None
    end: int | None = None

    @property
    def said(self) -> str:
        """A plain sentence."""
        return f"Not checked: {self.what[:1].lower()}{self.what[1:]}{f' ({self.count})' if self.count > 1 else ''}."
