"""What a file of figures says: how many people of a group there are at a grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.sheets import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount:
    """One group at one grade, as a file gives it. Counts are people; None is a number the publisher hid.

    `kind` is "group", "unknown" or "total"; `rounded_to` is the publisher's rounding. `group` is the id of a group, or
    the label of a row of unknowns, of which there may be several ("Undeclared", "Unknown"); `part` is the label of a
    part of a group, "" for the whole. `board`: whether it is of the board, and not of staff. `written` is what the file
    calls the grade and the group.
    """

    line: Line
    column: str
    org: str
    snapshot: date
    scheme: str
    grade: str
    role: str
    characteristic: str
    kind: str
    group: str
    count: int | None
    part: str = ""
    board: bool = False
    written: tuple[str, str] = ("", "")
    rounded_to: int = 1
    complete: bool = False

    @property
    def whole(self) -> tuple[object, ...]:
        """What makes two records speak of the same people, or of parts of them."""
        role = fold(self.role)
        return (self.board, self.org, self.snapshot, self.grade, role, self.characteristic, self.kind, self.group)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two records speak of the same number."""
        return (*self.whole, fold(self.part))
