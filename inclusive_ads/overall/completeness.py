"""What applicants look for and may not find: pay, hours, whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.lexicon.loading import Lexicon
from inclusive_ads.lexicon.models import ChecklistFile, ChecklistItem
from inclusive_ads.lexicon.patterns import BUILTIN
from inclusive_ads.report import Completeness, Finding


class Checklist:
    """The items of completeness.yaml; their phrases are cues of the one scan."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._file: ChecklistFile = lexicon.checklist
        self._money = re.compile(rf"(?<!\w){BUILTIN['money']}")

    def check(self, advert: Advert, findings: Iterable[Finding] = ()) -> tuple[Completeness, ...]:
        """Each item that matters for this advert, in the file's order; wording that refuses one does not meet it."""
        found: dict[str, list[tuple[int, int]]] = {}
        for finding in findings:
            found.setdefault(finding.entry, []).append(advert.document.clean_span(finding.start, finding.end))
        return tuple(
            self._result(item, advert, [span for entry in item.not_in for span in found.get(entry, ())])
            for item in self._file.items
            if not item.when or advert.found.cues.get(f"when {item.id}")
        )

    def _result(self, item: ChecklistItem, advert: Advert, refused: list[tuple[int, int]]) -> Completeness:
        place = self._criteria(item, advert) if item.most else self._place(item, advert, refused)
        # A count is a fault where it is too high; anything else where it is not there.
        present = place is None if item.most else place is not None
        start, end = advert.document.span(*place) if place else (None, None)
        return Completeness(
            id=item.id,
            title=item.title,
            present=present,
            advice=item.advice,
            start=start,
            end=end,
            why=item.why,
            source=item.source,
        )

    def _place(self, item: ChecklistItem, advert: Advert, refused: list[tuple[int, int]]) -> tuple[int, int] | None:
        text_end = advert.document.text_end  # a letterhead tells of the employer, not of the post
        cues = advert.cues(f"complete {item.id}", 0, text_end)
        places = [cue for cue in cues if not any(low <= cue[0] and cue[1] <= high for low, high in refused)][:1]
        # Only an amount that comes first is of interest, and none is so long.
        last = places[0][0] + 60 if places else text_end
        if item.amount and (money := self._money.search(advert.lower, 0, last)):
            places = [*places, money.span()]
        return min(places, default=None)

    @staticmethod
    def _criteria(item: ChecklistItem, advert: Advert) -> tuple[int, int] | None:
        """The stretch of a list that is too long, or None."""
        items = [b for b in advert.document.blocks if b.kind == "item" and advert.section(b.start) == item.section]
        return (items[0].start, items[-1].end) if len(items) > item.most else None
