"""Where in a sentence an alternative fits, and what it changes there. Offsets are those of the sentence."""

from __future__ import annotations

import re

from inclusive_ads.lexicon.models import Alternative
from inclusive_ads.lexicon.shared import GrammarFile
from inclusive_ads.wording.removal import either

# A line of its own that lost its line break: "Leeds, Full time, Salary negotiable The home ...".
_ENDS = re.compile(r"(?: [*•-])? (?=[A-Z])|[.;](?: |$)|$")
_ITEM = re.compile(r" (?=[A-Z])|[.;]?$")
_AFTER = re.compile(r"(,? (?:and|or|&) |/|, | )?([\w'’-]+)?(?: ([\w'’-]+))?")


class Fitting:
    """Finds the place of an alternative; safe to share between threads."""

    def __init__(self, words: GrammarFile) -> None:
        degrees, leads = either(words.degrees), either(words.item_leads)
        # An item of a list, with its article: ", a good salary and", "We offer a good salary, ...".
        self._begins = re.compile(
            rf"(?:^|[\n,;:•*] ?|\b(?:{leads}) )((?:an? |the )?(?:(?:{degrees}) )?)?$", re.IGNORECASE
        )
        goes_on, clause = either(words.item_goes_on), either(words.item_clause)
        # What joins the next item, which stays without it: "a competitive salary with 6 weeks' holiday".
        joins, belongs = either(words.item_joins), either(words.item_belongs)
        self._joins = re.compile(
            rf",? (?:{joins}) (?!(?:{clause})\b)(?!(?:[\w-]+ ){{0,3}}(?:{belongs})\b)", re.IGNORECASE
        )
        self._small = frozenset((*words.after_nouns, *words.joints))
        self._ends = re.compile(
            rf",?\s*(?:$|\n)|[;.]|, (?!(?:{goes_on})\b)|,? (?:and|plus) (?!(?:{clause})\b)", re.IGNORECASE
        )

    def place(self, alternative: Alternative, sentence: str, start: int, end: int) -> tuple[int, int] | None:
        """What of the wording at ``sentence[start:end]`` an alternative changes; None where it does not fit there."""
        line = sentence[sentence.rfind("\n", 0, start) + 1 : start] + sentence[end:].partition("\n")[0]
        fills = not any(c.isalnum() for c in line)
        if alternative.where == "line" and not fills:
            return (start, end) if sentence[start].isupper() and _ENDS.match(sentence, end) else None
        if alternative.where in ("goes_on", "alone") and alternative.where != self.head(sentence, end):
            return None
        if alternative.where == "alone" and sentence[:start].lower().endswith("the "):
            return None  # the article would stay: "nursing the older people"
        if alternative.where == "item" and not fills:
            joins = self._joins.match(sentence, end)
            if joins and (before := self._begins.search(sentence[:start])):
                return before.start(1), joins.end()
            before, behind = self._begins.search(sentence[:start]), self._ends.match(sentence, end)
            label = behind and behind.end() == len(sentence) and sentence[:start].rstrip().endswith(":")
            if before and behind and not label:
                return before.start(1), end
            return (start, end) if self._runs_on(sentence, start, end) else None
        if not alternative.part:
            return start, end
        if fills and not any(alternative.say.values()):
            return None  # a bare word would be left
        for words in alternative.part:
            pattern = r"[ -]".join(map(re.escape, words.split()))
            found = re.search(rf"(?<!\w){pattern}(?!\w)", sentence[start:end], re.IGNORECASE)
            if found:
                return start + found.start(), start + found.end()
        return None

    @staticmethod
    def _runs_on(sentence: str, start: int, end: int) -> bool:
        """Whether it is an item between two others that lost their line breaks: "free parking Good pay Study leave"."""
        own = sentence[start].isupper() and sentence[start + 1 : end].islower()
        return own and bool(_ITEM.match(sentence, end))

    def head(self, sentence: str, end: int) -> str:
        """Whether a phrase that ends at `end` "goes_on" to its noun or stands "alone"; "" where that is unclear."""
        joint, one, two = _AFTER.match(sentence, end).groups()  # type: ignore[union-attr]
        if not joint or not one or one.lower() in self._small:
            return "alone"
        if joint == " ":
            new_item = one.istitle() and two is not None and two.islower()  # "... the elderly Send your CV"
            return "" if new_item else "goes_on"
        return "goes_on" if two and two.lower() not in self._small else ""
