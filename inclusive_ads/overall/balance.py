"""Gender-coded words of a whole advert: one note, never a finding each.

Source: Gaucher, Friesen & Kay 2011. The evidence that changing them changes who applies is mixed, and
stems misfire on this field's own words ("NHS Trust"), so those are left out and the note is modest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.report import GenderBalance


class Balance:
    """Counts the coded words: those that begin with one of the stems."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._masculine = _beginning_with(lexicon.balance.masculine)
        self._feminine = _beginning_with(lexicon.balance.feminine)
        self._neither = frozenset(lexicon.balance.neither)
        self._more_than = lexicon.balance.more_than

    def note(self, advert: Advert) -> GenderBalance | None:
        """The note, or None where no word is coded."""
        masculine, feminine = self._words(self._masculine, advert), self._words(self._feminine, advert)
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

    def _words(self, words: re.Pattern[str], advert: Advert) -> tuple[str, ...]:
        return tuple(word for word in words.findall(advert.lower) if word not in self._neither)


def _beginning_with(stems: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, stems))})[\w']*")
