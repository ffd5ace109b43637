"""Wording that was kept on purpose, over many adverts: the list that a board asks for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from inclusive_ads.outcomes import Severity
from inclusive_ads.plain import JsonObject

LISTED = 100  # exceptions, and decisions that keep nothing
GROUPS = 1000  # names of one kind that are told apart
OTHERS = "(others)"
NOBODY = "(nobody had to agree)"


@dataclass(frozen=True, slots=True, order=True)
class ExceptionRow:
    """One wording that was kept, and where."""

    advert: str
    team: str
    phrase: str
    entry: str
    severity: str
    reason: str
    kept_by: str
    approved_by: str
    approved_on: str
    advice: str


class Exceptions:
    """Counts what was kept, by team, entry, who agreed and month, and lists the gravest and the lapsed.

    Memory is bounded: beyond `GROUPS` names of a kind and `LISTED` rows only numbers grow.
    """

    def __init__(self) -> None:
        self.total = 0
        self.teams: Counter[str] = Counter()
        self.entries: Counter[str] = Counter()
        self.approvers: Counter[str] = Counter()
        self.months: Counter[str] = Counter()
        self._rows: list[tuple[int, int, ExceptionRow]] = []
        self.unlawful = 0
        self.lapsed: list[tuple[str, str]] = []
        self.lapsed_total = 0

    def add(self, result: JsonObject, team: str) -> None:
        """Count what was kept in one advert."""
        for said in result.get("lapsed", ()):
            self.lapsed_total += 1
            if len(self.lapsed) < LISTED:
                self.lapsed.append((str(result["id"]), said))
        for kept in result.get("kept", ()):
            self.total += 1
            self.unlawful += kept["severity"] == Severity.UNLAWFUL.value
            _count(self.teams, team)
            _count(self.entries, kept["entry"])
            _count(self.months, kept["approved_on"][:7] or "(no date)")
            for name in kept["approved_by"] or [NOBODY]:
                _count(self.approvers, name)
            row = ExceptionRow(
                advert=str(result["id"]),
                team=team,
                phrase=" ".join(kept["text"].split())[:80],
                approved_by=" and ".join(kept["approved_by"]),
                **{name: kept[name] for name in ("entry", "severity", "reason", "kept_by", "approved_on", "advice")},
            )
            self._rows.append((Severity(kept["severity"]).rank, self.total, row))
            if len(self._rows) > 2 * LISTED:
                self._rows = sorted(self._rows)[:LISTED]

    @property
    def rows(self) -> list[ExceptionRow]:
        """The gravest first, and of equals the earlier."""
        return [row for *_, row in sorted(self._rows)[:LISTED]]

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """Each way to count, with its numbers; the most frequent first, months in order."""
        months = sorted(self.months.items())
        ways = (("Team", self.teams), ("Entry", self.entries), ("Who agreed", self.approvers))
        counted = [(name, sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))) for name, counts in ways]
        return [*counted, ("Month", months)]


def _count(counts: Counter[str], name: str) -> None:
    counts[name if name in counts or len(counts) < GROUPS else OTHERS] += 1
