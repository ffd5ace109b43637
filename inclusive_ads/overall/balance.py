"""Gender-coded words of a whole advert: one note, never a finding each.

Source: Gaucher, Friesen & Kay 2011. The evidence that changing them changes who applies is mixed, and
stems misfire on this field's own words ("NHS Trust"), so those are left out and the note is modest.
"""

from __future__ import annotations

import re

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.report import GenderBalance

_REST = re.compile(r"[\w']*")


class Balance:
    """Counts the coded words that the scan found."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._neither = frozenset(lexicon.balance.neither)
        self._more_than = lexicon.balance.more_than

    def note(self, advert: Advert) -> GenderBalance | None:
        """The note, or None where no word is coded."""
        masculine, feminine = self._words(advert, "masculine"), self._words(advert, "feminine")
        if not masculine and not feminine:
            return None
        difference = len(masculine) - len(feminine)
        if difference > self._more_than:
            message = (
                "More words here are read as masculine than as feminine. Neutral ones may widen the field a little."
            )
        elif -difference > self._more_than:
            message = "More words here are read as feminine than as masculine. That has not been found to put men off."
        else:
            message = "Words read as masculine and as feminine are in balance."
        return GenderBalance(masculine=masculine, feminine=feminine, message=message)

    def _words(self, advert: Advert, kind: str) -> tuple[str, ...]:
        found = []
        for start, end in advert.found.cues.get(kind, ()):
            rest = _REST.match(advert.lower, end)
            word = advert.lower[start : rest.end() if rest else end]
            if word not in self._neither:
                found.append(word)
        return tuple(found)
