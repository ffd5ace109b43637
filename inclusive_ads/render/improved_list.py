"""What a run over many adverts did and what waits for a person, as one HTML page for whoever answers for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from inclusive_ads.outcomes import OUTCOMES, Severity, outcome
from inclusive_ads.plain import JsonObject
from inclusive_ads.render.page import template
from inclusive_ads.render.results import NOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One advert in the table at the top."""

    number: int
    id: str
    written: str
    verdict: str
    changes: int
    positive_action: bool
    others: int
    waiting: int

    @property
    def order(self) -> tuple[int, int, int]:
        return OUTCOMES.index(self.verdict), -self.waiting, self.number


def improved_list(results: Callable[[], Iterable[JsonObject]], *, lines: str) -> Iterator[str]:
    """One self-contained page, in pieces. The adverts with most to look at come first in its table.

    Memory grows with the names of the adverts only.

    Args:
        results: gives the lines of the run, each time from the first.
        lines: name of the file beside it that holds the same for tools.
    """
    rows: list[_Row] = []
    errors: list[tuple[str, str]] = []
    for number, line in enumerate(results(), 1):
        if "error" in line:
            errors.append((str(line["id"]), line["error"]))
        else:
            rows.append(_row(number, line))
    verdicts = Counter(row.verdict for row in rows)
    page = template("improved_list.html").generate(
        rows=sorted(rows, key=lambda row: row.order),
        errors=errors,
        verdicts=[(verdict, verdicts[verdict]) for verdict in OUTCOMES if verdicts[verdict]],
        adverts=((number, _grave_first(line)) for number, line in enumerate(results(), 1) if "error" not in line),
        lines=lines,
        note=NOTE,
    )
    return (piece.encode(errors="replace").decode() for piece in page)


def waiting(line: JsonObject) -> list[JsonObject]:
    """The findings of a line that wait for a person, gravest first: all but notes."""
    found = [finding for finding in line.get("findings", ()) if finding["severity"] != NOTE]
    return sorted(found, key=lambda finding: Severity(finding["severity"]).rank)


def _row(number: int, line: JsonObject) -> _Row:
    kinds = [statement["kind"] for statement in line["inserted"]]
    return _Row(
        number=number,
        id=str(line["id"]),
        written=line["written"],
        verdict=outcome(line["wording"], complete=line["complete"]),
        changes=len(line["changes"]),
        positive_action="positive-action" in kinds,
        others=sum(kind != "positive-action" for kind in kinds),
        waiting=len(waiting(line)),
    )


def _grave_first(line: JsonObject) -> JsonObject:
    return {
        **line,
        "verdict": outcome(line["wording"], complete=line["complete"]),
        "waiting": waiting(line),
        "notes": [f for f in line["findings"] if f["severity"] == NOTE],
    }
