"""Many results as one HTML page for whoever looks after equality in recruitment.

It holds ids, counts, the flagged phrases, and reasons and names where wording was kept; nothing else of an advert.
Memory grows with the number of entries, teams and months, not with the number of adverts (except for what changed
since the last run: one verdict an id).
"""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from inclusive_ads.outcomes import OUTCOMES, Severity, Verdict, outcome
from inclusive_ads.plain import JsonObject
from inclusive_ads.render.exceptions import Exceptions
from inclusive_ads.render.page import template
from inclusive_ads.render.results import NOTE

FIRST = 25  # adverts that come first
FREQUENT = 25  # entries, phrases and errors listed
_NO_GROUP = "(not given)"
_ALWAYS = (Verdict.STOP, Verdict.CHANGE, Verdict.READY)  # shown even where no advert came to it
_DATES = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%B %Y", "%b %Y", "%b-%y", "%m/%Y")


@dataclass(slots=True)
class Tally:
    """Counts of the adverts of one group: a team, a month, or all of them."""

    name: str
    adverts: int = 0
    findings: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    entries: Counter[str] = field(default_factory=Counter)  # adverts that hold the entry

    def add(self, result: JsonObject) -> None:
        """Count one advert."""
        self.adverts += 1
        self.findings += len(result["findings"])
        self.verdicts[_outcome(result)] += 1
        self.entries.update({f["entry"] for f in result["findings"]})

    @property
    def each(self) -> str:
        """Findings an advert."""
        return f"{self.findings / self.adverts:.1f}" if self.adverts else "0"

    @property
    def most(self) -> str:
        """The most frequent entry, and in how many adverts."""
        name, number = min(self.entries.items(), key=lambda kv: (-kv[1], kv[0]), default=("", 0))
        return f"{name} ({number})" if name else "none"


@dataclass(slots=True)
class EntryCount:
    """How often one entry was found, and in which words."""

    name: str
    category: str
    severity: str
    findings: int = 0
    adverts: int = 0
    phrases: Counter[str] = field(default_factory=Counter)

    @property
    def words(self) -> str:
        """The most frequent phrases."""
        return "; ".join(f"“{p}”" for p, _ in sorted(self.phrases.items(), key=lambda kv: (-kv[1], kv[0]))[:3])


@dataclass(slots=True)
class AdvertRow:
    """One advert in the list of those that come first."""

    id: str
    verdict: str
    counts: list[int]
    phrases: list[str]
    team: str
    month: str


@dataclass(slots=True)
class Bar:
    """One bar of a picture, in units of the drawing."""

    label: str
    value: str
    y: int
    width: float


class _Totals:
    """All that the page says, counted in one pass."""

    def __init__(self, team: str, month: str) -> None:
        self._team, self._month = team, month
        self.all = Tally("all")
        self.teams: dict[str, Tally] = {}
        self.months: dict[str, Tally] = {}
        self.entries: dict[str, EntryCount] = {}
        self.missing: Counter[str] = Counter()
        self.errors: list[tuple[str, str]] = []
        self.unread = 0
        self.exceptions = Exceptions()
        self.states: dict[str, tuple[str, frozenset[str]]] = {}
        self._first: list[tuple[tuple[int, ...], int, AdvertRow]] = []

    def add(self, result: JsonObject, *, keep: bool) -> None:
        """Count one result; `keep` remembers it for the comparison with another run."""
        if "error" in result or "wording" not in result:
            self.unread += 1
            if len(self.errors) < FREQUENT:
                self.errors.append((str(result["id"]), str(result.get("error", ""))))
            return
        result = {**result, "findings": [f for f in result["findings"] if f["severity"] != NOTE]}
        extra = result.get("extra", {})
        team, month = str(extra.get(self._team, "")).strip(), month_of(str(extra.get(self._month, "")))
        self.all.add(result)
        for name, tallies in ((team, self.teams), (month, self.months)):
            tallies.setdefault(name or _NO_GROUP, Tally(name or _NO_GROUP)).add(result)
        self.exceptions.add(result, team or _NO_GROUP)
        self.missing.update(result.get("missing", ()))
        self._count_entries(result["findings"])
        self._rank(result, team, month)
        if keep:
            self.states[str(result["id"])] = state(result)

    def _count_entries(self, findings: list[JsonObject]) -> None:
        for finding in findings:
            name = finding["entry"]
            entry = self.entries.setdefault(name, EntryCount(name, finding["category"], finding["severity"]))
            entry.findings += 1
            entry.severity = min(entry.severity, finding["severity"], key=_rank)
            phrase = " ".join(finding["text"].lower().split())[:80]
            if phrase in entry.phrases or len(entry.phrases) < 1000:
                entry.phrases[phrase] += 1
        for name in {f["entry"] for f in findings}:
            self.entries[name].adverts += 1

    def _rank(self, result: JsonObject, team: str, month: str) -> None:
        counts = [sum(f["severity"] == s.value for f in result["findings"]) for s in Severity]
        if not any(counts) and result["wording"] == Verdict.READY:
            return
        worst = sorted(result["findings"], key=lambda f: _rank(f["severity"]))
        phrases = list(dict.fromkeys(" ".join(f["text"].split())[:80] for f in worst))[:3]
        advert = AdvertRow(str(result["id"]), _outcome(result), counts, phrases, team, month)
        order = (OUTCOMES.index(_outcome(result)) * -1, *counts)
        item = (order, -self.all.adverts, advert)  # of equals, the earlier advert comes first
        if len(self._first) < FIRST:
            heapq.heappush(self._first, item)
        else:
            heapq.heappushpop(self._first, item)

    @property
    def first(self) -> list[AdvertRow]:
        """The most serious adverts, gravest first."""
        return [advert for *_, advert in sorted(self._first, key=lambda item: item[:2], reverse=True)]


def _outcome(result: JsonObject) -> str:
    return outcome(result["wording"], complete=result["complete"])


def _rank(severity: str) -> int:
    return Severity(severity).rank


def state(result: JsonObject) -> tuple[str, frozenset[str]]:
    """What is compared between runs: the verdict, and which entries were found."""
    return _outcome(result), frozenset(f["entry"] for f in result["findings"])


def month_of(value: str) -> str:
    """A date or month in one of the usual British or ISO forms as ``2026-11``; anything else as it is."""
    value = " ".join(value.split())
    if re.match(r"\d{4}-\d{2}(?!\d)", value):
        return value[:7]
    for form in _DATES:
        try:
            return datetime.strptime(value, form).strftime("%Y-%m")
        except ValueError:
            continue
    return value


def _changes(now: _Totals, last: Iterable[JsonObject]) -> JsonObject:
    """What is better, worse, new and gone since the last run, and which entries became more or less frequent."""
    before: dict[str, tuple[str, frozenset[str]]] = {
        str(r["id"]): state(r) for r in last if "wording" in r and "findings" in r
    }
    both = [name for name in now.states if name in before]
    place = {verdict: number for number, verdict in enumerate(OUTCOMES)}
    moved = [(name, before[name][0], now.states[name][0]) for name in both if before[name][0] != now.states[name][0]]
    entries: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name in both:
        for entry in now.states[name][1] - before[name][1]:
            entries[entry][0] += 1
        for entry in before[name][1] - now.states[name][1]:
            entries[entry][1] += 1
    return {
        "compared": len(both),
        "new": len(now.states) - len(both),
        "gone": len(before) - len(both),
        "better": [m for m in moved if place[m[2]] > place[m[1]]],
        "worse": [m for m in moved if place[m[2]] < place[m[1]]],
        "entries": sorted(((n, c[0], c[1]) for n, c in entries.items()), key=lambda e: (-e[1] - e[2], e[0]))[:FREQUENT],
        "most": FREQUENT,
    }


def _bars(values: list[tuple[str, float, str]], top: float = 0, width: int = 300) -> list[Bar]:
    """A bar for each (label, size, what it says); `top` is the size of the longest there could be."""
    top = top or max((size for _, size, _ in values), default=0) or 1
    return [
        Bar(label if len(label) <= 34 else f"{label[:33]}…", said, number * 26, round(width * size / top, 1))
        for number, (label, size, said) in enumerate(values)
    ]


def _groups(tallies: dict[str, Tally]) -> list[Tally]:
    """By name; none where no advert says which group it belongs to."""
    return sorted(tallies.values(), key=lambda t: (t.name == _NO_GROUP, t.name)) if set(tallies) - {_NO_GROUP} else []


def _share_ready(tallies: list[Tally]) -> list[Bar]:
    ready = ((t, t.verdicts[Verdict.READY.value]) for t in tallies)
    values = [(t.name, number / t.adverts, f"{100 * number / t.adverts:.0f}% of {t.adverts}") for t, number in ready]
    return _bars(values, top=1)


def overview(
    results: Iterable[JsonObject], *, team: str, month: str, last: Iterable[JsonObject] | None, csv: str = ""
) -> str:
    """One self-contained page.

    Args:
        results: lines of a batch.
        team, month: names of the columns in their ``extra`` that say so.
        last: lines of the run before, to show what changed; None if there is none.
        csv: name of the file beside it that holds the rows.
    """
    totals = _Totals(team, month)
    for result in results:
        totals.add(result, keep=last is not None)
    entries = sorted(totals.entries.values(), key=lambda e: (-e.adverts, -e.findings, e.name))
    # Hardly ever there, so only shown where it is.
    verdicts = [(v, n) for v in OUTCOMES if (n := totals.all.verdicts[v]) or v in _ALWAYS]
    teams, months = _groups(totals.teams), _groups(totals.months)
    page = template("overview.html").render(
        totals=totals,
        verdicts=verdicts,
        verdict_bars=_bars([(v.capitalize(), n, str(n)) for v, n in verdicts]),
        severities=[s.value for s in Severity],
        first=totals.first,
        entries=entries[:FREQUENT],
        others=len(entries) - FREQUENT,
        entry_bars=_bars([(e.name, e.adverts, str(e.adverts)) for e in entries[:10]]),
        groups=[("team", team, teams, _share_ready(teams)), ("month", month, months, _share_ready(months))],
        missing=sorted(totals.missing.items(), key=lambda kv: (-kv[1], kv[0])),
        changes=_changes(totals, last) if last is not None else None,
        csv=csv,
    )
    return page.encode(errors="replace").decode()


__all__ = ["month_of", "overview"]
